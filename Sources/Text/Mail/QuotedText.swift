/// What a reply by mail says by itself, without the mail that it answers below it.
///
/// The rule is plain, and what it does not understand it leaves: a quotation is cut off where it ends the mail, with the
/// line that introduces it, and so is what follows the mark of an original message or of a signature. A quotation between
/// answers stays. When nothing would be left, all stays.
public enum QuotedText {
  public static func own(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    if let start = lines.firstIndex(where: isOriginalMark) { lines = lines[..<start] }
    if let start = lines.lastIndex(of: "-- ") { lines = lines[..<start] }
    dropBlank(&lines)
    if isQuoted(lines.last) {
      while let last = lines.last, isQuoted(last) || isBlank(last) { lines.removeLast() }
      dropIntroduction(&lines)
      // A signature may stand above the quotation as well.
      if let start = lines.lastIndex(of: "-- ") { lines = lines[..<start] }
      dropBlank(&lines)
    }
    let own = lines.joined(separator: "\n").trimmedLines
    return own.isEmpty ? text.trimmedLines : own
  }

  private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
  private static func isQuoted(_ line: Substring?) -> Bool { line?.drop(while: \.isWhitespace).hasPrefix(">") ?? false }

  private static func dropBlank(_ lines: inout ArraySlice<Substring>) {
    while let last = lines.last, isBlank(last) { lines.removeLast() }
  }

  /// `El vie, 27 mar 2026 a las 9:00, Soporte escribió:`, which mail programs also break into two lines or three.
  private static func dropIntroduction(_ lines: inout ArraySlice<Substring>) {
    dropBlank(&lines)
    guard let last = lines.last, last.drop(while: \.isWhitespace).last(where: { !$0.isWhitespace }) == ":" else {
      return
    }
    let starts = ["On ", "El ", "Le ", "Am ", "Em ", "Il ", "W dniu "]
    for count in 1...3 where lines.count >= count {
      let candidate = lines[lines.endIndex - count]
      if isBlank(candidate) { break }
      if starts.contains(where: { candidate.hasPrefix($0) }) {
        lines.removeLast(count)
        return
      }
    }
    // Any other single line that ends so: a name, or a date in another language.
    if lines.count == 1 || isBlank(lines[lines.endIndex - 2]) { lines.removeLast() }
  }

  /// `-----Original Message-----`, and the line that Outlook draws.
  private static func isOriginalMark(_ line: Substring) -> Bool {
    let text = line.filter { !$0.isWhitespace }.lowercased()
    if text.count >= 20, text.allSatisfy({ $0 == "_" }) { return true }
    guard text.hasPrefix("--"), text.hasSuffix("--") else { return false }
    let inner = text.drop { $0 == "-" }.prefix { $0 != "-" }
    return ["originalmessage", "mensajeoriginal", "mensajeoriginal:"].contains(String(inner))
  }
}
