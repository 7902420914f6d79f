extension String {
  /// Safe in HTML between tags and between quotes. Characters that HTML forbids become U+FFFD, and those that turn the
  /// writing round for what follows are left out.
  ///
  /// - Source: HTML Standard, 13.1.4 (character references) and 13.2.3.5 (which characters a document may have).
  public var htmlEscaped: String {
    var result = ""
    result.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
      default:
        let isForbidden =
          switch scalar.value {
          case 9, 10: false
          case 0..<32, 0x7F..<0xA0, 0xFDD0...0xFDEF: true
          default: scalar.value & 0xFFFE == 0xFFFE
          }
        result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
