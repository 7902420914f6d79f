/// One thing wrong in something that a person wrote, with what to do about it.
///
/// Facts are kept apart so that tests and programs can read them; `description` is the one place that words them.
public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as the person named it.
  public var file: String
  /// Counted from 1, where the format has lines that a person can find.
  public var line: Int?
  /// The column of a table, or the path in a document such as `policies[0].clocks`.
  public var field: String?
  public var problem: String
  public var mend: String

  public init(file: String, line: Int? = nil, field: String? = nil, problem: String, mend: String) {
    self.file = file
    self.line = line
    self.field = field
    self.problem = problem
    self.mend = mend
  }

  /// `samples/tickets.csv:212: opened_at: '31/02/2026' is not a date; write it as 2026-02-28`
  public var description: String {
    let place = file + (line.map { ":\($0)" } ?? "") + (field.map { $0.isEmpty ? "" : ": \($0)" } ?? "")
    return "\(place): \(problem)" + (mend.isEmpty ? "" : "; \(mend)")
  }
}

/// Everything wrong with one input, told at once.
public struct Faults: Error, Sendable, CustomStringConvertible {
  public var all: [Fault]
  public init(_ all: [Fault]) { self.all = all }
  public var description: String { all.map(\.description).joined(separator: "\n") }
}
