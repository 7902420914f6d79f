/// Why a report did not come to be, beyond faults of its definition.
public enum ReportError: Error, Equatable, Sendable, CustomStringConvertible {
  case cannotWrite(path: String, reason: String)
  /// The time limit came before the end.
  case stopped(report: String, section: String)
  /// Only one format of one report fits on one stream.
  case tooMuchForOneStream
  /// The run gives a parameter that the report does not have, or a value that it cannot be.
  case badArgument(report: String, name: String, problem: String)

  public var description: String {
    switch self {
    case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)"
    case .stopped(let report, let section):
      "report \(report) was stopped at its time limit in section \(section); narrow its period, or mend the query if it is the desk's own"
    case .tooMuchForOneStream: "one stream takes one format of one report; name a folder for more"
    case .badArgument(let report, let name, let problem): "report \(report): parameter \(name) \(problem)"
    }
  }
}
