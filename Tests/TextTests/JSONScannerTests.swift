import FoundationEssentials
import Seeded
import Testing
import Text

@Suite struct JSONScannerTests {
  private func scanning<T>(_ text: String, _ body: (inout JSONScanner) throws -> T) rethrows -> T {
    try Array(text.utf8).withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      return try body(&scanner)
    }
  }

  /// Whether the text is one JSON value.
  private func accepts(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      do {
        try scanner.skip()
        try scanner.finish()
        return true
      } catch { return false }
    }
  }

  private func problem(_ text: String, _ body: (inout JSONScanner) throws -> Void) -> String? {
    do {
      try scanning(text) { try body(&$0) }
      return nil
    } catch { return (error as? JSONScanner.Fault)?.problem }
  }

  @Test func readsKeysInAnyOrderAndPassesOverTheRest() throws {
    try scanning(#" { "other" : [ {"a":1} , "]" , null ] , "n" : -12 , "t" : "x" , "deep" : { } } "#) { scanner in
      var seen: [String] = []
      try scanner.openObject()
      while let key = try scanner.nextKey() {
        if scanner.equals(key, "n") {
          seen.append("\(try scanner.integer())")
        } else if scanner.equals(key, "t") {
          seen.append(scanner.string(of: try scanner.string()))
        } else {
          seen.append("\(try scanner.skip().count)")
        }
      }
      try scanner.finish()
      #expect(seen == ["24", "-12", "x", "3"])
    }
  }

  @Test(arguments: [
    (#""\u00f1 \uD83D\uDE00 \"\\\/\b\f\n\r\t é""#, "ñ 😀 \"\\/\u{8}\u{c}\n\r\t é"),
    (#""""#, ""), (#""\uD83D""#, "\u{FFFD}"),
  ])
  func undoesEscapes(json: String, text: String) throws {
    let result = try scanning(json) { scanner in scanner.string(of: try scanner.string()) }
    #expect(result == text)
  }

  @Test func comparesAnEscapedKeyByItsMeaning() throws {
    try scanning(#"{"\u006fp":1}"#) { scanner in
      try scanner.openObject()
      let key = try #require(try scanner.nextKey())
      #expect(scanner.equals(key, "op"))
      #expect(!scanner.equals(key, "ope"))
    }
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("3600.0", 3600), ("3.6e3", 3600), ("9223372036854775807", .max), ("-3600", -3600),
      ("1e3", 1000),
    ] as [(String, Int64)])
  func readsWholeNumbersHoweverWritten(json: String, value: Int64) throws {
    let result = try scanning(json) { scanner in try scanner.integer() }
    #expect(result == value)
  }

  @Test(arguments: ["1.5", "9223372036854775808", "1e400", "-9223372036854775809", "1e19"])
  func refusesOtherNumbers(json: String) {
    #expect(problem(json) { _ = try $0.integer() } == "'\(json)' is not a whole number")
  }

  @Test(arguments: [
    (#"{"a" 1}"#, "'1' at byte 6, where ':' after a key is expected"),
    (#"{"a":1,}"#, "'}' at byte 8, where a key between quotes is expected"),
    (#"[1 2]"#, "'2' at byte 4, where ',' or ']' is expected"),
    (#"{"a":"b"#, "a text without a closing quote"),
    (#"{"a":01}"#, "a number that begins with 0"),
    (#"["\x"]"#, "a '\\' before what needs none at byte 4"),
    (#"[tru]"#, "']' at byte 5, where 'true' is expected"),
    (#"{"a":1"#, "the line ends where ',' or '}' is expected"),
    ("[1]]", "']' at byte 4, where the end of the line is expected"),
    ("", "the line ends where a number is expected"),
  ])
  func saysWhereAndWhatIsExpected(json: String, message: String) {
    #expect(
      problem(json) {
        try $0.skip()
        try $0.finish()
      } == message)
  }

  @Test func saysWhatAValueIsInsteadOfWhatIsWanted() {
    #expect(problem("[1]") { _ = try $0.string() } == "expected a text, got a list")
    #expect(problem("\"1\"") { _ = try $0.integer() } == "expected a number, got a text")
    #expect(problem("null") { try $0.openObject() } == "expected an object, got null")
  }

  @Test func refusesNestsThatWouldExhaustTheStack() {
    #expect(accepts(Array((String(repeating: "[", count: 100) + String(repeating: "]", count: 100)).utf8)))
    #expect(!accepts(Array(String(repeating: "[", count: 1_000_000).utf8)))
  }

  /// Foundation's reader says of the same texts, each with a few bytes changed at random, whether they are JSON.
  @Test func acceptsWhatFoundationAccepts() {
    let seeds = [
      #"{"id":1,"calendar":{"timezone":"UTC","weekly":{"mon":[["09:00","12:00"]]}},"seconds":-12.5e+3,"x":[true,false,null]}"#,
      #"[{"a":"\u00e9\n\"x\""},0.1,-0,[],{},"",[[1,2],[3]]]"#,
    ]
    let alphabet = Array(#"{}[]:,"\ 0123-+.eEtrufalsn/b"#.utf8) + [9, 10, 1, 0x7F]
    var random = Dice(seed: 7)
    let decoder = JSONDecoder()
    for round in 0..<6000 {
      var bytes = Array(seeds[round % seeds.count].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = alphabet.randomElement(using: &random)!
        case 1: bytes.remove(at: place)
        default: bytes.insert(alphabet.randomElement(using: &random)!, at: place)
        }
      }
      // Foundation takes a comma before the end of a list or an object, which RFC 8259 does not have.
      let text = String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self)
      if text.contains(",]") || text.contains(",}") { continue }
      let isJSON = (try? decoder.decode(JSONValue.self, from: Data(bytes))) != nil
      #expect(accepts(bytes) == isJSON, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
