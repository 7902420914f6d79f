import FoundationEssentials
import Seeded
import Testing

@testable import Text

/// Whatever is in a table, and however it is written, it is read back; and whatever is no table is told, never mangled.
@Suite struct CSVPropertyTests {
  /// As RFC 4180 has it, each cell between quotes or, where it needs none, now and then without.
  private func written(_ table: [[String]], delimiter: String, _ dice: inout Dice) -> String {
    table.map { row in
      row.map { cell in
        let isPlain =
          !cell.unicodeScalars.contains {
            "\"\r\n".unicodeScalars.contains($0) || delimiter.unicodeScalars.contains($0)
          }
          && row.count > 1
        return isPlain && dice.upTo(2) == 0 ? cell : "\"\(cell.replacing("\"", with: "\"\""))\""
      }.joined(separator: delimiter) + dice.one(of: ["\n", "\r\n", "\r"])
    }.joined()
  }

  private func read(_ text: [UInt8], delimiter: String, piece: Int) throws -> [[String]] {
    var rest = text[...]
    let reader = CSVReader(file: "a", delimiter: delimiter.utf8.first!) { buffer in
      let part = rest.prefix(min(piece, buffer.count))
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
    var rows: [[String]] = []
    while true {
      switch try reader.step() {
      case .end: return rows
      case .bad(let fault): throw fault
      case .record: rows.append((0..<reader.count).map { reader.text($0) })
      }
    }
  }

  @Test(arguments: 0..<randomCases(40)) func aTableComesBackAsItWasWritten(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 1)
    let width = 1 + dice.upTo(4)
    let table = (0..<(1 + dice.upTo(6))).map { _ in (0..<width).map { _ in Mangler.anyText.text(&dice, upTo: 12) } }
    let delimiter = dice.one(of: [",", ";", "\t", "|"])
    // A byte order mark at the very beginning is the file's, and not the first cell's.
    let text = "\"\"" + delimiter + "\"\"\n" + written(table, delimiter: delimiter, &dice)
    let piece = dice.one(of: [1, 2, 3, 7, 64, 1 << 16])
    let rows = try read(Array(text.utf8), delimiter: delimiter, piece: piece)
    // Compared by bytes: Swift's own == takes é and e with an accent for the same.
    #expect(rows.dropFirst().map { $0.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } })
  }

  @Test(arguments: 0..<randomCases(60)) func anyBytesGiveTheSameHoweverTheyArrive(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 9_000)
    let alphabet: [UInt8] = [34, 34, 34, 44, 44, 10, 13, 97, 98, 32, 0, 0xc3, 0xa9, 0xff, 0xed, 0xa0, 0x80, 0xf0, 0x9f]
    let bytes = (0..<dice.upTo(200)).map { _ in dice.upTo(12) == 0 ? UInt8(dice.upTo(256)) : dice.one(of: alphabet) }
    let encoding = dice.one(of: CSVEncoding.allCases)
    func told(_ piece: Int) -> [String] {
      do { return try records(of: bytes, encoding: encoding, piece: piece, width: true) } catch { return ["\(error)"] }
    }
    let whole = told(1 << 16)
    for piece in [1, 2, 3, 5] { #expect(told(piece) == whole, "\(bytes)") }
    // A cell that is read holds no NUL, and nothing that the encoding has not.
    #expect(!whole.contains { $0.utf8.contains(0) })
  }

  @Test func aTextOfAMebibyteIsReadWholeAndOneMoreIsRefused() throws {
    let cell = String(repeating: "ñ", count: CSVReader.longestCell / 2)
    #expect(try read(Array("a\n\"\(cell)\"\n".utf8), delimiter: ",", piece: 4096) == [["a"], [cell]])
    let told = try records(of: "a\n\"\(cell)x\"\nb\n")
    #expect(told.count == 3 && told[1].hasPrefix("a.csv:2: column 1: ") && told[2] == "3: b")
  }
}

/// Documents that nobody meant to write: a fault or a value, and no end of the program.
@Suite struct DocumentFuzzTests {
  private static let good = """
    { // a comment
      name: "Soporte", 'zone': 'America/Mexico_City', list: [1, -2.5, +3, .5, 0x1F, 1e3, Infinity, NaN, null, true,],
      deep: { a: { b: [[], {}, "\\u00f1\\n\\x41\\
      x"] } }, /* and one more */
    }
    """

  @Test(arguments: 0..<randomCases(150)) func aDocumentIsReadOrRefusedInOneSentence(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 77)
    let grammar = Mangler([
      "{", "}", "[", "]", ":", ",", "\"", "'", "a", "key", "1", "-", "+", ".", "e", "0x", "//", "/*", "*/", "\n", " ",
      "\\",
      "\\u12", "null", "true", "NaN", "ñ", "\u{0}", "\u{2028}", "\u{FEFF}",
    ])
    let bytes =
      dice.upTo(2) == 0
      ? Array(grammar.text(&dice, upTo: 30).utf8) : Mangler.mangled(Array(Self.good.utf8), &dice)
    do {
      let document = try Document(file: "a", data: .init(bytes))
      // What is read can be written, and is read again as the same.
      let text = try document.root.value?.canonicalText() ?? "null"
      let again = try Document(file: "a", data: .init(text.utf8))
      #expect(try again.root.value?.canonicalText() == text)
    } catch let faults as Faults {
      #expect(faults.all.count == 1 && faults.description.hasPrefix("a"))
    } catch is EncodingError {
      // Infinity and NaN can be read and not be written as JSON.
    }
  }

  @Test(arguments: ["[", "{a:", "{\"a\":[", "[[[{a:[", "/*", "((((", "'", "{{"])
  func whatNestsWithoutEndIsRefused(piece: String) {
    for count in [500, 600, 20_000, 200_000] {
      let text = String(repeating: piece, count: count)
      #expect(throws: Faults.self) { _ = try Document(file: "a", data: .init(text.utf8)) }
    }
  }

  @Test func whatNestsDeepIsReadAndDeeperIsTold() throws {
    func nested(_ count: Int) throws -> JSONValue? {
      let text = String(repeating: "[", count: count) + String(repeating: "]", count: count)
      return try Document(file: "a", data: .init(text.utf8)).root.value
    }
    #expect(try nested(500) != nil)
    let faults = #expect(throws: Faults.self) { _ = try nested(513) }
    #expect(faults?.description == "a:1: it nests deeper than 512 levels; mend it there or just before")
  }

  @Test func aKeyThatIsNotUTF8IsNotTheEndOfTheProgram() {
    for bytes: [UInt8] in [[123, 0xff, 58, 49, 125], [123, 97, 0xed, 0xa0, 0x80, 58, 49, 125], [123, 97, 0xc3]] {
      let faults = #expect(throws: Faults.self) { _ = try Document(file: "a", data: .init(bytes)) }
      #expect(faults?.description == "a: it is not UTF-8; save it as UTF-8")
    }
  }
}
