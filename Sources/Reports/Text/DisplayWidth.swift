/// How many columns of a terminal a text takes, and texts cut to so many.
///
/// - Source: Unicode Standard Annex 11 (wide and fullwidth), UTS 51 (emoji presentation).
public enum DisplayWidth {
  /// The columns of a text without controls.
  public static func of(_ text: String) -> Int {
    var width = 0
    for character in text { width += of(character) }
    return width
  }

  /// The columns of a character: 0, 1 or 2.
  public static func of(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      // The variation selector that asks for a picture makes it wide.
      if scalar == "\u{FE0F}", width == 1 { return 2 }
      width = max(width, of(scalar))
    }
    return width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 32 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return isWide(value) ? 2 : 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// The text if it fits, else as much of it as fits before `…`.
  public static func cut(_ text: String, to width: Int) -> String {
    if text.utf8.count <= width || of(text) <= width { return text }
    var result = ""
    var used = 0
    for character in text {
      let next = of(character)
      if used + next > width - 1 { break }
      result.append(character)
      used += next
    }
    while result.last == " " { result.removeLast() }
    return result + "…"
  }

  /// The text with blanks up to a width, on its left when it stands at the right; a wider one stays as it is.
  public static func pad(_ text: String, to width: Int, atRight: Bool) -> String {
    let space = String(repeating: " ", count: max(0, width - of(text)))
    return atRight ? space + text : text + space
  }

  /// One line without anything that moves the cursor or turns the writing round.
  public static func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isAfterSpace = true
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if !isAfterSpace { result.append(" ") }
        isAfterSpace = true
        continue
      }
      switch scalar.value {
      case 0..<32, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x61C: continue
      default: result.append(scalar)
      }
      isAfterSpace = false
    }
    if result.last == " " { result.removeLast() }
    return String(result)
  }
}
