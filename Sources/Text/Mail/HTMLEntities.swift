/// The letters that HTML has names for: those of Latin-1, and the marks that letters of offices are full of.
///
/// - Source: HTML Living Standard, §13.5.
enum HTMLEntities {
  static func text(of name: String) -> String? { others[name] ?? latin1[name] }

  private static let others: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
    "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„", "bull": "•", "hellip": "…",
    "euro": "€", "trade": "™", "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓", "zwnj": "\u{200C}",
    "zwj": "\u{200D}",
    "OElig": "Œ", "oelig": "œ", "Scaron": "Š", "scaron": "š", "Yuml": "Ÿ", "dagger": "†", "permil": "‰", "lsaquo": "‹",
    "rsaquo": "›", "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "check": "✓", "star": "☆",
  ]

  /// In the order of the letters, from U+00A1 to U+00FF.
  private static let latin1: [String: String] = {
    let names = """
      iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para \
      middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave \
      Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute \
      Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
      iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
      """
    var known: [String: String] = [:]
    for (index, name) in names.split(separator: " ").enumerated() {
      known[String(name)] = String(Unicode.Scalar(UInt8(0xA1 + index)))
    }
    return known
  }()
}
