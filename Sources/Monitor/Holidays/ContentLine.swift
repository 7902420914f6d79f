internal import Text

/// One line of an iCalendar file, put together again where it was folded.
///
/// - Source: RFC 5545 §3.1.
struct ContentLine {
  /// Of the first line in the file, from 1 on.
  let number: Int
  /// In upper case.
  let name: String
  /// By their names in upper case; of several values the text as it stands.
  let parameters: [String: String]
  let value: String

  /// Every line of a file, and what is no line of any.
  static func read(_ bytes: [UInt8], file: String) -> (lines: [ContentLine], faults: [Fault]) {
    var lines: [ContentLine] = []
    var faults: [Fault] = []
    for (number, bytes) in unfolded(bytes) {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        faults.append(Fault(file: file, line: number, problem: "it is not UTF-8", mend: "save it as UTF-8"))
        continue
      }
      if text.allSatisfy(\.isWhitespace) { continue }
      if let line = ContentLine(text, number: number) {
        lines.append(line)
      } else {
        faults.append(
          Fault(file: file, line: number, problem: "it is no line of an iCalendar file", mend: "write NAME:VALUE"))
      }
    }
    return (lines, faults)
  }

  /// Lines as bytes, as a fold may fall within a letter. A line that begins with a blank goes on with the one before.
  private static func unfolded(_ bytes: [UInt8]) -> [(number: Int, bytes: [UInt8])] {
    var result: [(number: Int, bytes: [UInt8])] = []
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    for (index, var line) in rest.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      if line.last == 13 { line = line.dropLast() }
      if let first = line.first, first == 32 || first == 9, !result.isEmpty {
        result[result.count - 1].bytes += line.dropFirst()
      } else {
        result.append((index + 1, Array(line)))
      }
    }
    return result
  }

  private init?(_ text: String, number: Int) {
    // Colons and semicolons between quotes belong to a parameter.
    var isQuoted = false
    var parts: [String] = [""]
    var value: Substring?
    for index in text.indices {
      let character = text[index]
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ";", !isQuoted {
        parts.append("")
      } else if character == ":", !isQuoted {
        value = text[text.index(after: index)...]
        break
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    let isName = parts[0].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    guard let value, !parts[0].isEmpty, isName else { return nil }
    var parameters: [String: String] = [:]
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { parameters[pair[0].uppercased()] = String(pair[1]) }
    }
    self.number = number
    name = parts[0].uppercased()
    self.parameters = parameters
    self.value = String(value)
  }

  /// The value as a text, its escapes undone. - Source: RFC 5545 §3.3.11.
  var text: String {
    var result = ""
    var isEscaped = false
    for character in value {
      if isEscaped {
        result.append(character == "n" || character == "N" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
