/// What somebody looks for, put into the language of SQLite's full-text search. Whatever is typed is taken for words,
/// never for that language: each goes in between quotes.
///
/// All words must be there, each as the beginning of a word; words between quotes as they follow one another; words
/// behind a minus must not be there.
/// - Source: <https://www.sqlite.org/fts5.html>, section 3
public struct ArticleQuery: Equatable, Sendable {
  /// Articles that have all of it.
  public let all: String
  /// Articles that have any of it, for when none has all; `nil` when there is but one thing to find.
  public let any: String?

  /// - Throws: `DeskError` when there is nothing to look for.
  public init(_ text: String) throws {
    var wanted: [String] = []
    var unwanted: [String] = []
    for term in Self.terms(of: text) {
      if term.isUnwanted { unwanted.append(term.quoted) } else { wanted.append(term.quoted) }
    }
    guard !wanted.isEmpty else {
      throw DeskError(
        unwanted.isEmpty
          ? "there is nothing to look for in '\(text.prefix(60))'" : "there is only what must not be found",
        mend: "give a word, such as impresora")
    }
    let without = unwanted.isEmpty ? "" : " NOT (\(unwanted.joined(separator: " OR ")))"
    all = "(\(wanted.joined(separator: " AND ")))\(without)"
    any = wanted.count < 2 ? nil : "(\(wanted.joined(separator: " OR ")))\(without)"
  }

  private struct Term {
    var text = ""
    var isPhrase = false
    var isUnwanted = false

    /// Words found by their beginning; a phrase, and what must not be there, only as they are.
    var quoted: String { "\"\(text)\"" + (isPhrase || isUnwanted ? "" : "*") }
  }

  private static let quotes: Set<Character> = ["\"", "“", "”", "„", "«", "»"]

  private static func terms(of text: String) -> [Term] {
    var terms: [Term] = []
    var term = Term()
    var isQuoted = false
    func end() {
      // What has neither letter nor digit has no word in it, and would find nothing.
      if term.text.unicodeScalars.contains(where: isPartOfWord) { terms.append(term) }
      term = Term()
    }
    for character in text {
      if quotes.contains(character) {
        if isQuoted {
          end()
        } else if !term.text.isEmpty {
          end()
        }
        isQuoted.toggle()
        term.isPhrase = isQuoted
      } else if character.isWhitespace, !isQuoted {
        end()
      } else if character == "-", term.text.isEmpty, !isQuoted {
        term.isUnwanted = true
      } else {
        // SQLite's own quotes cannot get here; a NUL would end its text.
        term.text.unicodeScalars += character.unicodeScalars.filter { $0.value != 0 && $0 != "\"" }
      }
    }
    end()
    return terms
  }

  /// What the tokenizer takes for a part of a word. - Source: categories L, N and Co of `unicode61`.
  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }
}
