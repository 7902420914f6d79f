/// What happened at the sample desk, read from `samples/demo/story.txt`: one thing a line, each at its local time.
struct DemoStory {
  struct Step: Equatable {
    /// The desk's wall clock, such as `2026-10-26T09:05`.
    var at: String
    /// Who acts; `nil` for the monitor's own pass.
    var login: String?
    /// A command line without the global options.
    var words: [String]
  }

  let steps: [Step]

  /// A line is a date, or a time with what was done then: `tick`, or a login and a command. `#` begins a comment.
  ///
  /// - Precondition: The text is the program's own; a line that is none of these is a mistake of whoever wrote it.
  init(_ text: String) {
    var date = ""
    var steps: [Step] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = Self.words(line)
      if words.count == 1 {
        date = words[0]
        continue
      }
      precondition(words.count > 1 && !date.isEmpty, "the story has a line that says nothing: \(line)")
      let at = "\(date)T\(words[0])"
      steps.append(
        words[1] == "tick"
          ? Step(at: at, words: ["tick"]) : Step(at: at, login: words[1], words: Array(words.dropFirst(2))))
    }
    self.steps = steps
  }

  /// Words between blanks; what stands between double quotes is one.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in line {
      switch character {
      case "\"":
        isQuoted.toggle()
        word = word ?? ""
      case " " where !isQuoted:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
