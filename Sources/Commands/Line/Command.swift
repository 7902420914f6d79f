/// One command of the program: what it is called, what it takes, what it does.
struct Command: Sendable {
  /// Such as `ticket open`.
  var name: String
  var summary: String
  /// What the command line gives by place, such as `NUMBER`; `NAME…` takes the rest, `[NAME]` may be missing.
  var operands: [String] = []
  var options: [Option] = []
  /// More for the help, which breaks the lines itself.
  var details: String = ""
  /// Lines for a shell in the folder where `plazo demo` was run, with the variables that it prints; in lines of at most
  /// 78 columns. They are run by a test, each on a desk of its own.
  var examples: [String]
  /// Whether a client's contact is kept out: such a command tells what is not the contact's business.
  var isForStaff = false
  /// Whether it speaks as monitoring plugins do: what goes wrong is a line on standard output and exit code 3.
  var isPlugin = false
  var run: @Sendable (Line, Session) throws -> ExitCode

  /// An option of a command: `--title TEXT` with a value, `--close` without.
  struct Option: Sendable {
    var name: String
    /// What stands for the value in the help; `nil` for a switch. `[YEAR]` may be missing, and begins with a digit.
    var value: String?
    var help: String
    var isRepeatable = false

    init(_ name: String, _ value: String? = nil, _ help: String, isRepeatable: Bool = false) {
      self.name = name
      self.value = value
      self.help = help
      self.isRepeatable = isRepeatable
    }
  }
}

/// How the program ends. `check` alone uses 0 to 3 as monitoring plugins do.
public enum ExitCode: Int32, Sendable {
  case done = 0
  case failed = 1
  case wrongCommandLine = 2
  case unknown = 3
}

/// The command line is wrong: said with what to do, and exit code 2.
struct UsageError: Error, CustomStringConvertible {
  var problem: String
  var mend: String
  var description: String { "\(problem); \(mend)" }
}
