/// Something that the desk refuses, with what to do about it. Its text is the one line that a person reads.
public struct DeskError: Error, Equatable, Sendable, CustomStringConvertible {
  public let problem: String
  public let mend: String

  public init(_ problem: String, mend: String) {
    self.problem = problem
    self.mend = mend
  }

  public var description: String { "\(problem); \(mend)" }
}
