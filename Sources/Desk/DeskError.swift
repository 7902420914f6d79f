/// Something that the desk refuses, with what to do about it. Its text is the one line that a person reads.
public struct DeskError: Error, Equatable, Sendable, CustomStringConvertible {
  public let problem: String
  public let mend: String

  public init(_ problem: String, mend: String) {
    self.problem = problem
    self.mend = mend
  }

  /// A column that holds one of a few words holds another.
  static func unknownWord(_ text: String, in column: String) -> DeskError {
    DeskError("the desk holds '\(text)' in \(column), which this plazo does not know", mend: "run 'plazo doctor'")
  }

  public var description: String { "\(problem); \(mend)" }
}
