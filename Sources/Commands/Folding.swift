/// A text as a search compares it: in lower case, and without the accents of Latin letters, so that `resolucion` finds
/// `Resolución`. Letters of other scripts stay as they are.
func folded(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.lowercased().unicodeScalars {
    // An accent that stands by itself, after its letter.
    if (0x300...0x36F).contains(scalar.value) { continue }
    result.append(scalar.value < 0x80 ? scalar : plain[scalar] ?? scalar)
  }
  return String(result)
}

private let plain: [Unicode.Scalar: Unicode.Scalar] = {
  let groups: [(Unicode.Scalar, String)] = [
    ("a", "áàâäãåāăą"), ("c", "çćčĉċ"), ("d", "ďđ"), ("e", "éèêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "íìîïĩīĭįı"),
    ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "óòôöõøōŏő"), ("r", "ŕŗř"), ("s", "śŝşš"),
    ("t", "ţťŧ"),
    ("u", "úùûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
  ]
  var plain: [Unicode.Scalar: Unicode.Scalar] = [:]
  for (letter, others) in groups { for other in others.unicodeScalars { plain[other] = letter } }
  return plain
}()
