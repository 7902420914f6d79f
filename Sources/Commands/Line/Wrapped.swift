internal import Reports

/// A text on lines of at most `width` columns, broken at blanks. Its own lines stay, with their indentation; a word that
/// is too long, such as an address of the web, stays whole.
/// - Parameters:
///   - indent: how many blanks stand before each line, beyond the width of none.
///   - hanging: how many more before those that continue one.
func wrapped(_ text: String, width: Int, indent: Int = 0, hanging: Int = 0) -> [String] {
  let margin = String(repeating: " ", count: indent)
  return printable(text).split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
    if line.isEmpty { return [""] }
    if indent + DisplayWidth.of(String(line)) <= width { return [margin + line] }
    var lines: [String] = []
    let own = String(line.prefix { $0 == " " })
    var current = margin + own
    var isEmpty = true
    // Blanks in a row stay as they are where no line is broken.
    for word in line.dropFirst(own.count).split(separator: " ", omittingEmptySubsequences: false) {
      if !isEmpty, DisplayWidth.of(current) + 1 + DisplayWidth.of(String(word)) > width {
        lines.append(current)
        current = margin + String(repeating: " ", count: hanging) + own
        isEmpty = true
      }
      current += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    return lines + [current]
  }
}
