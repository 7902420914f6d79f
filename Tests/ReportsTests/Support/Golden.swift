import FoundationEssentials
import Glibc
import Testing

/// Compares texts with files of `Golden/`. Set `PLAZO_REWRITE_GOLDEN` to write them anew, and read the difference.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden").path

  static func expect(
    _ content: String?, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let content else {
      Issue.record("the run wrote no such file", sourceLocation: sourceLocation)
      return
    }
    let path = "\(folder)/\(name)"
    let text = name.hasSuffix(".html") ? withoutStyle(content) : content
    if getenv("PLAZO_REWRITE_GOLDEN") != nil {
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      #expect(throws: Never.self, sourceLocation: sourceLocation) { try Data(text.utf8).write(to: URL(filePath: path)) }
      return
    }
    let expected = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    guard let expected else {
      Issue.record("there is no Golden/\(name)", sourceLocation: sourceLocation)
      return
    }
    // Bytes count: Swift takes CRLF for one character and equates what is normalised differently.
    if Array(expected.utf8) == Array(text.utf8) { return }
    let (left, right) = (lines(expected), lines(text))
    let first = zip(left, right).enumerated().first { $1.0 != $1.1 }?.offset ?? min(left.count, right.count)
    Issue.record(
      """
      Golden/\(name) differs from line \(first + 1) on
      expected: \(first < left.count ? left[first] : "(no line)")
      got:      \(first < right.count ? right[first] : "(no line)")
      """, sourceLocation: sourceLocation)
  }

  /// Style and script are the same for all pages, and would bury what a change does to them.
  private static func withoutStyle(_ text: String) -> String {
    ["style", "script"].reduce(text) { text, tag in
      guard let start = text.firstRange(of: "<\(tag)>"), let end = text.firstRange(of: "</\(tag)>") else { return text }
      return String(text[..<start.upperBound] + text[end.lowerBound...])
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  }
}
