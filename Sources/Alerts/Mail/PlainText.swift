/// Text from people and imports, made fit for one line of a mail.
extension String {
  /// On one line, without controls, and at most `limit` characters, the last of them `…` when something was cut off.
  ///
  /// Controls and line ends become spaces, so that no input can begin a header or a line; bidirectional overrides
  /// vanish, since they reach beyond the text that has them. Words in any script stay as they are.
  func oneLine(limit: Int) -> String {
    var clean = String.UnicodeScalarView()
    var count = 0
    var isAfterSpace = true
    for scalar in unicodeScalars {
      if scalar.isBidirectionalOverride { continue }
      if scalar.isBreak {
        if isAfterSpace { continue }
        clean.append(" ")
        isAfterSpace = true
      } else {
        clean.append(scalar)
        isAfterSpace = false
      }
      // A character may have any number of accents: they are bounded too.
      count += 1
      if count > limit * Self.scalarsPerCharacter { break }
    }
    if clean.last == " " { clean.removeLast() }
    let line = String(clean)
    if count <= limit * Self.scalarsPerCharacter, line.count <= limit { return line }
    return String(line.prefix(limit - 1)) + "…"
  }

  private static let scalarsPerCharacter = 8

  /// The lines as they are, without controls or marks that turn the writing round.
  var paragraphs: String {
    var clean = String.UnicodeScalarView()
    for scalar in unicodeScalars where !scalar.isBidirectionalOverride {
      switch scalar {
      case "\n": clean.append(scalar)
      case "\r": continue
      default:
        let isControl = [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        clean.append(isControl ? " " : scalar)
      }
    }
    return String(clean)
  }
}

extension Unicode.Scalar {
  fileprivate var isBreak: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
    default: false
    }
  }

  /// Embeddings, overrides and isolates. - Source: Unicode Standard Annex 9, table 1.
  fileprivate var isBidirectionalOverride: Bool {
    (0x202a...0x202e).contains(value) || (0x2066...0x2069).contains(value)
  }
}
