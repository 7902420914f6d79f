internal import FoundationEssentials

/// A folder of texts that whole outputs are compared with. Set `PLAZO_REWRITE_GOLDEN` to write them anew, and read the
/// difference.
public struct GoldenFiles: Sendable {
  private let folder: String

  /// - Parameter file: of the test; the folder `Golden` is beside it, or beside the folder that it is in.
  public init(besides file: String) {
    let parent = URL(filePath: file).deletingLastPathComponent()
    let own = parent.appending(path: "Golden").path
    let above = parent.deletingLastPathComponent().appending(path: "Golden").path
    folder = FileManager.default.fileExists(atPath: own) ? own : above
  }

  /// In what way a text is not the kept one, in lines; `nil` where it is.
  public func difference(of content: String, from name: String) -> String? {
    let path = "\(folder)/\(name)"
    let text = name.hasSuffix(".html") ? Self.withoutStyle(content) : content
    if ProcessInfo.processInfo.environment["PLAZO_REWRITE_GOLDEN"] != nil {
      do { try Data(text.utf8).write(to: URL(filePath: path)) } catch { return "Golden/\(name): \(error)" }
      return nil
    }
    guard let expected = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) }) else {
      return "there is no Golden/\(name)"
    }
    // Bytes count: Swift takes CRLF for one character and equates what is normalised differently.
    if Array(expected.utf8) == Array(text.utf8) { return nil }
    let (left, right) = (Self.lines(expected), Self.lines(text))
    let first = zip(left, right).enumerated().first { $1.0 != $1.1 }?.offset ?? min(left.count, right.count)
    return """
      Golden/\(name) differs from line \(first + 1) on
      expected: \(first < left.count ? left[first] : "(no line)")
      got:      \(first < right.count ? right[first] : "(no line)")
      """
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
