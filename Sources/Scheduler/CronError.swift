/// What is wrong with the text of a schedule, as facts: where, what was written, why not, and what would do.
public struct CronError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The part of the text at fault.
  public enum Part: String, Sendable {
    case schedule, minute, hour
    case dayOfMonth = "day of month"
    case month, weekday, every
  }

  public let part: Part
  /// Where the text at fault begins, in characters from 1 on, blanks counted singly.
  public var position: Int
  /// The text at fault, as it was written.
  public let value: String
  /// What is the matter with it, to be read after it: `is out of range`.
  public let problem: String
  /// What to write instead: the legal values, or the mend itself where it is known.
  public let legal: String

  init(part: Part, position: Int = 1, value: String, problem: String, legal: String) {
    self.part = part
    self.position = position
    self.value = value
    self.problem = problem
    self.legal = legal
  }

  /// The same fault in a text that stands further right.
  func moved(by characters: Int) -> CronError {
    var error = self
    error.position += characters
    return error
  }

  /// `minute: '60' (character 1) is out of range; write 0-59, lists (1,15), ranges (1-5), steps (*/5, 10-40/5) or *`.
  public var description: String { "\(part.rawValue): '\(value)' (character \(position)) \(problem); write \(legal)" }
}
