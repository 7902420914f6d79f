import Seeded
import Testing
import Text

@Suite struct LineFeedTests {
  /// The lines of a stream that arrives in pieces of these sizes; `nil` for one that is too long.
  private func lines(_ bytes: [UInt8], pieces: [Int], longest: Int) throws -> [String?] {
    var rest = bytes[...]
    var turn = 0
    let feed = LineFeed(
      { buffer in
        let piece = rest.prefix(min(pieces[turn % pieces.count], buffer.count))
        turn += 1
        buffer.copyBytes(from: piece)
        rest = rest.dropFirst(piece.count)
        return piece.count
      }, longest: longest)
    var result: [String?] = []
    try feed.each { line, number in
      result.append(line.map { String(decoding: $0, as: UTF8.self) })
      #expect(number == result.count)
    } pause: {
      true
    }
    return result
  }

  @Test func givesTheSameLinesHoweverTheyArrive() throws {
    var random = Dice(seed: 3)
    for _ in 0..<200 {
      let words = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        String(repeating: "x", count: Int.random(in: 0...70, using: &random))
      }
      let pieces = (0..<5).map { _ in Int.random(in: 1...90, using: &random) }
      let expected = words.map { $0.utf8.count > 50 ? nil : $0 }
      let whole = Array(words.map { $0 + "\n" }.joined().utf8)
      #expect(try lines(whole, pieces: pieces, longest: 50) == expected)
      // The last line may lack its line break.
      let isLastEmpty = words.last?.isEmpty ?? true
      #expect(
        try lines(whole.dropLast(), pieces: pieces, longest: 50)
          == (isLastEmpty ? Array(expected.dropLast()) : expected))
    }
  }

  @Test func growsForALineThatIsLongerThanItsBuffer() throws {
    let long = String(repeating: "y", count: 500_000)
    #expect(try lines(Array("\(long)\nz".utf8), pieces: [65_536], longest: 1_000_000) == [long, "z"])
    #expect(try lines(Array("\(long)\nz".utf8), pieces: [65_536], longest: 300_000) == [nil, "z"])
    #expect(try lines(Array("a\n\(long)".utf8), pieces: [65_536], longest: 300_000) == ["a", nil])
  }

  @Test func pausesBeforeEachWaitAndStopsWhenTold() throws {
    var pauses = 0
    var got = 0
    let feed = LineFeed(
      {
        $0.copyBytes(from: Array("a\nb\n".utf8))
        return 4
      }, longest: 10)
    try feed.each { _, _ in
      got += 1
    } pause: {
      pauses += 1
      return pauses < 4
    }
    #expect(got == 6)
  }
}
