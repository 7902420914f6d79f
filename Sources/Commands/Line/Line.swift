internal import Text

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
  /// A whole number, zero included.
  func count(_ option: String) throws -> Int64? {
    guard let text = value(option) else { return nil }
    guard let number = Int64(text), number >= 0 else {
      throw UsageError(problem: "'\(text)' is no number for \(option)", mend: "give a whole number such as 50")
    }
    return number
  }

  /// The number of a ticket or the like, given by an option.
  func id(_ option: String) throws -> Int64? {
    guard let text = value(option) else { return nil }
    guard let number = Int64(text.hasPrefix("#") ? String(text.dropFirst()) : text), number > 0 else {
      throw UsageError(problem: "'\(text)' is no number for \(option)", mend: "give a whole number such as 17")
    }
    return number
  }
}

/// The command line asks for the help of its command.
struct HelpWanted: Error {}

extension Line {
  /// Reads what follows the command's name.
  /// - Throws: `HelpWanted`; `UsageError` for an option that the command does not know, one given twice, a missing
  ///   value, or the wrong number of operands.
  init(_ words: [String], for command: Command, global: [Command.Option]) throws {
    self.command = command.name
    let options = command.options + global
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        // What follows is never an option, whatever it begins with.
        operands += rest
        break
      }
      if word == "--help" || word == "-h" { throw HelpWanted() }
      if word.hasPrefix("-"), word.count > 1 {
        try takeOption(word, &rest, options)
      } else {
        operands.append(word)
      }
    }
    let takesMore = command.operands.last.map { $0.hasSuffix("…") || $0.hasSuffix("…]") } ?? false
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

  private mutating func takeOption(
    _ word: String, _ rest: inout ArraySlice<String>, _ options: [Command.Option]
  ) throws {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let option = options.first(where: { $0.name == parts[0] }) else {
      let name = parts[0].hasPrefix("--") ? parts[0] : "-\(parts[0])"
      let guess = nearest(to: name, among: options.map(\.name)).map { "did you mean \($0)? " } ?? ""
      throw UsageError(
        problem: "'plazo \(command)' has no option \(parts[0])", mend: "\(guess)see 'plazo help \(command)'")
    }
    if values[option.name] != nil, !option.isRepeatable {
      throw UsageError(problem: "\(option.name) is given twice", mend: "give it once")
    }
    guard let placeholder = option.value else {
      guard parts.count == 1 else {
        throw UsageError(problem: "\(option.name) takes no value", mend: "leave '=\(parts[1])' out")
      }
      values[option.name] = [""]
      return
    }
    if parts.count == 2 {
      values[option.name, default: []].append(parts[1])
      return
    }
    // A value that may be missing is a number where it is there: a word could as well be an operand.
    if placeholder.hasPrefix("["), placeholder.hasSuffix("]"), !(rest.first?.first?.isNumber ?? false) {
      values[option.name, default: []].append("")
      return
    }
    guard let value = rest.popFirst(), value != "--" else {
      throw UsageError(problem: "\(option.name) needs a value", mend: "write \(option.name) \(placeholder)")
    }
    // The next option, most likely: taking it for a value would do something that nobody meant.
    guard !value.hasPrefix("--") else {
      throw UsageError(
        problem: "\(option.name) needs a value, and '\(value)' looks like an option",
        mend: "write \(option.name) \(placeholder), or \(option.name)=\(value) if that is the value")
    }
    values[option.name, default: []].append(value)
  }
}
