internal import FoundationEssentials

/// A text that may be secret: as written, or where it is to be found when it is needed. It is never printed.
public struct Secret: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    case literal(String)
    /// A variable of the environment.
    case variable(String)
    /// A file, whose first line it is.
    case file(String)
  }

  private let source: Source
  public init(_ source: Source) { self.source = source }

  /// - Parameter environment: of the process. - Returns: `nil` when it is not there, or has a control in it, which could
  ///   begin a header.
  func read(_ environment: [String: String]) -> String? {
    let text: String?
    switch source {
    case .literal(let literal): text = literal
    case .variable(let name): text = environment[name]
    case .file(let path):
      text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }?
        .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first.map(String.init)
    }
    guard let text, !text.isEmpty, !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
      return nil
    }
    return text
  }

  /// Where it is to be found, for an error; never what it is.
  var place: String {
    switch source {
    case .literal: "the setting"
    case .variable(let name): "the variable \(name)"
    case .file: "its file"
    }
  }
}
