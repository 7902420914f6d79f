internal import SLA
internal import Text

/// One command of the program: what it is called, what it takes, what it does.
struct Command: Sendable {
  /// Such as `ticket open`.
  var name: String
  var summary: String
  /// What the command line gives by place, such as `NUMBER`; `NAME…` takes the rest, `[NAME]` may be missing.
  var operands: [String] = []
  var options: [Option] = []
  /// More for the help, in lines of at most 100 columns.
  var details: String = ""
  var examples: [String] = []
  var run: @Sendable (Line, Session) throws -> ExitCode

  /// An option of a command: `--title TEXT` with a value, `--close` without.
  struct Option: Sendable {
    var name: String
    /// What stands for the value in the help; `nil` for a switch.
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

/// Options and operands as the user gave them.
struct Line: Sendable {
  fileprivate(set) var values: [String: [String]] = [:]
  fileprivate(set) var operands: [String] = []
  let command: String

  func value(_ option: String) -> String? { values[option]?.last }
  func values(_ option: String) -> [String] { values[option] ?? [] }
  func has(_ option: String) -> Bool { values[option] != nil }
  func operand(_ index: Int) -> String? { index < operands.count ? operands[index] : nil }

  /// An option that the command cannot do without.
  func required(_ option: String) throws -> String {
    guard let value = value(option) else {
      throw UsageError(problem: "\(option) is missing", mend: "see 'plazo help \(command)'")
    }
    return value
  }

  /// The number of a ticket, task or the like, given by place.
  func number(_ index: Int, _ what: String) throws -> Int64 {
    guard let text = operand(index) else {
      throw UsageError(problem: "the number of the \(what) is missing", mend: "see 'plazo help \(command)'")
    }
    guard let number = Int64(text.hasPrefix("#") ? String(text.dropFirst()) : text), number > 0 else {
      throw UsageError(problem: "'\(text)' is not the number of a \(what)", mend: "give a whole number such as 17")
    }
    return number
  }

  /// One of a few words.
  func choice<Choice: RawRepresentable & CaseIterable>(_ option: String, _ type: Choice.Type) throws -> Choice?
  where Choice.RawValue == String {
    guard let text = value(option) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let legal = Choice.allCases.map(\.rawValue)
    let guess = nearest(to: text, among: legal).map { "did you mean '\($0)'? " } ?? ""
    throw UsageError(
      problem: "'\(text)' is not legal for \(option)", mend: "\(guess)legal values: \(legal.joined(separator: ", "))")
  }

  /// A word or words separated by commas, each one of a few.
  func choices<Choice: RawRepresentable & CaseIterable>(_ option: String, _ type: Choice.Type) throws -> [Choice]
  where Choice.RawValue == String {
    try values(option).flatMap { $0.split(separator: ",").map(String.init) }.map { word in
      var one = self
      one.values[option] = [word]
      return try one.choice(option, type)!
    }
  }
}

extension Line {
  /// Reads what follows the command's name.
  /// - Throws: `UsageError` for an option that the command does not know, a missing value, or too many operands.
  init(_ words: [String], for command: Command, global: [Command.Option]) throws {
    self.command = command.name
    let options = command.options + global
    var rest = words[...]
    var onlyOperands = false
    while let word = rest.popFirst() {
      guard word.hasPrefix("--"), word.count > 2, !onlyOperands else {
        if word == "--", !onlyOperands {
          onlyOperands = true
        } else {
          operands.append(word)
        }
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let option = options.first(where: { $0.name == parts[0] }) else {
        let guess = nearest(to: parts[0], among: options.map(\.name)).map { "did you mean \($0)? " } ?? ""
        throw UsageError(
          problem: "'plazo \(command.name)' has no option \(parts[0])",
          mend: "\(guess)see 'plazo help \(command.name)'")
      }
      if values[option.name] != nil, !option.isRepeatable {
        throw UsageError(problem: "\(option.name) is given twice", mend: "give it once")
      }
      if option.value == nil {
        guard parts.count == 1 else {
          throw UsageError(problem: "\(option.name) takes no value", mend: "leave '=\(parts[1])' out")
        }
        values[option.name] = [""]
      } else if let value = parts.count == 2 ? parts[1] : rest.popFirst() {
        values[option.name, default: []].append(value)
      } else {
        throw UsageError(
          problem: "\(option.name) needs a value", mend: "write \(option.name) \(option.value ?? "VALUE")")
      }
    }
    let takesMore = command.operands.last?.hasSuffix("…]") ?? false || command.operands.last?.hasSuffix("…") ?? false
    let least = command.operands.count { !$0.hasPrefix("[") }
    if operands.count < least {
      throw UsageError(
        problem: "\(command.operands[operands.count]) is missing", mend: "see 'plazo help \(command.name)'")
    }
    if operands.count > command.operands.count, !takesMore {
      throw UsageError(
        problem: "'\(operands[command.operands.count])' is one word too many",
        mend: "put texts with blanks between quotes, or see 'plazo help \(command.name)'")
    }
  }
}
