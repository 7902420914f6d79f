import Seeded
import Testing

@testable import Text

/// Reads all of a text, handing it out in pieces of the given size. Bad records come as their faults.
func records(
  of bytes: some Sequence<UInt8>, delimiter: Character = ",", encoding: CSVEncoding = .utf8, piece: Int = 1 << 16,
  width: Bool = false
) throws -> [String] {
  var rest = Array(bytes)[...]
  let reader = CSVReader(file: "a.csv", delimiter: delimiter.asciiValue!, encoding: encoding) { buffer in
    let part = rest.prefix(min(piece, buffer.count))
    buffer.copyBytes(from: part)
    rest = rest.dropFirst(part.count)
    return part.count
  }
  var records: [String] = []
  while true {
    switch try reader.step() {
    case .end: return records
    case .bad(let fault): records.append(fault.description)
    case .record:
      if width, reader.width == nil { reader.width = reader.count }
      records.append("\(reader.line): " + (0..<reader.count).map { reader.text($0) }.joined(separator: "|"))
    }
  }
}

func records(of text: String) throws -> [String] { try records(of: text.utf8) }

@Suite struct CSVReaderTests {
  @Test func lineEndsAreLFAndCRLFAndLoneCRAndTheLastMayLack() throws {
    #expect(try records(of: "a,b\n1,2\r\n3,4\r5,6") == ["1: a|b", "2: 1|2", "3: 3|4", "4: 5|6"])
  }

  @Test func quotedCellsKeepDelimitersQuotesAndLineBreaks() throws {
    #expect(
      try records(of: "a,b\n\"x, \"\"y\"\"\r\nz\",2\n\"\",3\n") == ["1: a|b", "2: x, \"y\"\r\nz|2", "4: |3"])
  }

  @Test func aMarkAtTheBeginningIsPassedOver() throws {
    #expect(try records(of: "\u{feff}a;b\n") == ["1: a;b"])
  }

  @Test func emptyCellsAndBlankLinesAreNormalLife() throws {
    #expect(try records(of: "a,b,c\n\n,,\n\r\n1,,3\n\n") == ["1: a|b|c", "3: ||", "5: 1||3"])
    #expect(try records(of: "") == [])
    #expect(try records(of: "\n\n") == [])
    #expect(try records(of: "a") == ["1: a"])
  }

  @Test func aQuoteInsideAnUnquotedCellIsACharacter() throws {
    #expect(try records(of: "a,5\" pipe,b\n") == ["1: a|5\" pipe|b"])
  }

  @Test func semicolonsAndTabsDelimitWhenAsked() throws {
    #expect(try records(of: "a;b,c\n".utf8, delimiter: ";") == ["1: a|b,c"])
    #expect(try records(of: "a\tb,c\n".utf8, delimiter: "\t") == ["1: a|b,c"])
  }

  @Test func latin1AndWindows1252BecomeText() throws {
    let bytes: [UInt8] = [0x6e, 0xfa, 0x6d, 0x2c, 0x22, 0xbf, 0x22, 0x22, 0x22, 0x0a]
    #expect(try records(of: bytes, encoding: .latin1) == ["1: núm|¿\""])
    #expect(try records(of: [0x80, 0x2c, 0x93, 0xe9, 0x94], encoding: .windows1252) == ["1: €|“é”"])
  }

  @Test func bytesThatAreNoTextAreToldWithTheirPlaceAndNeverMangled() throws {
    let bytes: [UInt8] = [0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0xe9, 0x0a, 0x33, 0x2c, 0x34]
    #expect(
      try records(of: bytes) == [
        "1: a|b",
        "a.csv:2: column 2: byte E9 is not UTF-8; save it as UTF-8, or write encoding: \"windows-1252\" in the mapping",
        "3: 3|4",
      ])
    #expect(
      try records(of: [0x61, 0x2c, 0x81], encoding: .windows1252)
        == ["a.csv:1: column 2: byte 81 is not windows-1252; write the file's encoding in the mapping"])
    #expect(
      try records(of: "a,b\u{0}c") == ["a.csv:1: column 2: there is a NUL byte in it; save the file as text"])
  }

  @Test func aFileOfAnotherEncodingIsRefusedWhole() throws {
    let utf16 = #expect(throws: Fault.self) { try records(of: [0xff, 0xfe, 0x61, 0x00]) }
    #expect(utf16?.description == "a.csv:1: it is UTF-16; save it as CSV in UTF-8")
    let mark = #expect(throws: Fault.self) { try records(of: "\u{feff}a".utf8, encoding: .latin1) }
    #expect(
      mark?.description
        == "a.csv:1: it begins with the mark of UTF-8, and the mapping says latin-1; write encoding: \"utf-8\" in the mapping"
    )
  }

  @Test func aStrayQuoteCostsOneLineAndNotTheRest() throws {
    #expect(
      try records(of: "a,b\n1,\"2\n3,4\n5,6\n") == [
        "1: a|b",
        "a.csv:2: column 2: the quote that opens it is never closed; close it, or double the quotes inside the cell",
        "3: 3|4", "4: 5|6",
      ])
    #expect(
      try records(of: "1,\"2\" x,3\n4,5,6\n") == [
        "a.csv:1: column 2: text follows the closing quote; double the quotes inside the cell", "2: 4|5|6",
      ])
  }

  @Test func aRowOfAnotherWidthIsBad() throws {
    #expect(
      try records(of: "a,b\n1\n2,3\n4,5,6\n".utf8, width: true) == [
        "1: a|b",
        "a.csv:2: the row has 1 cell, the header 2; add what is missing, or put a cell that holds a line break between quotes",
        "3: 2|3", "a.csv:4: the row has 3 cells, the header 2; put a cell that holds the delimiter between quotes",
      ])
  }

  @Test func cellsAndRowsHaveALimit() throws {
    let long = String(repeating: "x", count: CSVReader.longestCell)
    #expect(try records(of: "\(long),b\n1,2\n") == ["1: \(long)|b", "2: 1|2"])
    #expect(
      try records(of: "a,\(long)x\n1,2\n") == ["a.csv:1: column 2: it is longer than 1 MiB; shorten it", "2: 1|2"])
    #expect(try records(of: "a,\"\(long)x\n1,2\n").count == 2)
    let row = Array(repeating: long, count: 5).joined(separator: ",")
    #expect(
      try records(of: "\(row)\n1,2\n")
        == ["a.csv:1: the row is longer than 4 MiB; look for a missing line end", "2: 1|2"])
  }

  // MARK: Against an oracle

  /// Splits a text into records a character at a time, with none of the reader's cleverness. It knows only good files.
  private func oracle(_ text: [UInt8]) -> [String] {
    var records: [String] = []
    var cells: [[UInt8]] = [[]]
    var (line, first, place) = (1, 1, 0)
    var (isQuoted, sawAny) = (false, false)
    func flush() {
      if sawAny {
        records.append("\(first): " + cells.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|"))
      }
      cells = [[]]
      sawAny = false
    }
    while place < text.count {
      let byte = text[place]
      let isCRLF = byte == 13 && place + 1 < text.count && text[place + 1] == 10
      if isQuoted {
        if byte == 34, place + 1 < text.count, text[place + 1] == 34 {
          cells[cells.count - 1].append(34)
          place += 1
        } else if byte == 34 {
          isQuoted = false
        } else {
          cells[cells.count - 1].append(byte)
          if byte == 10 || (byte == 13 && !isCRLF) { line += 1 }
        }
      } else if byte == 10 || byte == 13 {
        if isCRLF { place += 1 }
        line += 1
        flush()
        first = line
      } else {
        sawAny = true
        if byte == 34, cells[cells.count - 1].isEmpty {
          isQuoted = true
        } else if byte == 44 {
          cells.append([])
        } else {
          cells[cells.count - 1].append(byte)
        }
      }
      place += 1
    }
    flush()
    return records
  }

  @Test(arguments: 0..<200) func anyGoodFileReadsAsTheOracleReadsItInPiecesOfAnySize(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed))
    let ends = ["\n", "\r\n", "\r"]
    var text = ""
    for _ in 0..<dice.upTo(40) {
      let cells = (0..<1 + dice.upTo(4)).map { _ in
        let isQuoted = dice.upTo(2) == 0
        let letters = isQuoted ? ["a", "é", ",", "\"\"", "\n", "\r\n", "\r", " ", "漢"] : ["a", "b", " ", "ñ", "7"]
        // Now and then long enough to cross the end of the buffer.
        let length = dice.upTo(60) == 0 ? dice.upTo(90_000) : dice.upTo(6)
        let body = (0..<length).map { _ in letters[dice.upTo(letters.count)] }.joined()
        return isQuoted ? "\"\(body)\"" : body
      }
      text += cells.joined(separator: ",") + ends[dice.upTo(3)]
    }
    if dice.upTo(2) == 0, text.last?.isNewline == true { text.removeLast() }
    let piece = [1, 7, 4096, 1 << 20][dice.upTo(4)]
    #expect(try records(of: text.utf8, piece: piece) == oracle(Array(text.utf8)))
  }

  @Test(arguments: 0..<300) func anyBytesAtAllEndAndEveryLineIsReadOrTold(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 7_000)
    let letters: [UInt8] = [10, 13, 34, 34, 44, 44, 97, 98, 0, 0xe9, 0xc3, 0xa9, 0xf0]
    let bytes = (0..<dice.upTo(400)).map { _ in letters[dice.upTo(letters.count)] }
    let whole = try records(of: bytes)
    #expect(try records(of: bytes, piece: 1) == whole)
    #expect(whole.count <= bytes.count)
  }
}
