/// Colour for a terminal, by escape codes; none where it is off. Every symbol says without it what it says with it.
struct TextColour {
  let isOn: Bool

  private static let colours = [("■", 31), ("▲", 33), ("●", 32)]

  /// The symbols of situations in their colours. A symbol begins its cell, so it stands first, or two blanks stand before
  /// it; texts have no two blanks in a row.
  func symbols(_ line: String) -> String {
    guard isOn else { return line }
    var line = line
    for (symbol, colour) in Self.colours {
      let coloured = "\u{1B}[\(colour)m\(symbol)\u{1B}[0m "
      line = line.replacing("  \(symbol) ", with: "  \(coloured)")
      if line.hasPrefix("\(symbol) ") { line = coloured + line.dropFirst(2) }
    }
    return line
  }

  /// A run of symbols, such as a bar.
  func run(_ symbol: String, count: Int) -> String {
    let text = String(repeating: symbol, count: count)
    guard isOn, count > 0, let colour = Self.colours.first(where: { $0.0 == symbol })?.1 else { return text }
    return "\u{1B}[\(colour)m\(text)\u{1B}[0m"
  }

  func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
