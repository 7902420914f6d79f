import Seeded
import Testing

/// Compares texts with files of `Golden/`.
enum Golden {
  private static let files = GoldenFiles(besides: #filePath)

  static func expect(
    _ content: String?, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let content else {
      Issue.record("the run wrote no such file", sourceLocation: sourceLocation)
      return
    }
    if let difference = files.difference(of: content, from: name) {
      Issue.record("\(difference)", sourceLocation: sourceLocation)
    }
  }
}
