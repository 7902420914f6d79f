import FoundationEssentials
import Testing
import Text

@Suite struct DocumentTests {
  private func document(_ text: String) throws -> Document {
    try Document(file: "plazo.json5", data: Data(text.utf8))
  }

  @Test func syntaxErrorsNameTheirLine() throws {
    let error = try #require(throws: Faults.self) { try document("{\n  name: 'Desk'\n  zone: 'UTC'\n}") }
    #expect(error.all[0].line == 3)
  }

  @Test func everyFaultIsToldAtOnceWithItsPathAndTheNearestSpelling() throws {
    let document = try document("{ nmae: 'Desk', list: [{ size: 'big' }, { size: 99 }] }")
    let root = document.root.object(keys: ["name", "list"])
    for item in root["list"].list() { _ = item["size"].integer(in: 1...10, default: 1) }
    let faults = try #require(throws: Faults.self) { try document.finish() }
    #expect(
      faults.description == """
        plazo.json5: nmae: unknown key; did you mean 'name'? legal keys: name, list
        plazo.json5: list[0].size: expected a whole number, got a text; write a whole number from 1 to 10
        plazo.json5: list[1].size: 99 is out of range; write a whole number from 1 to 10
        """)
  }

  @Test("names the line of each fault, of what is missing that of what it is missing in")
  func lines() throws {
    let document = try document(
      """
      {
        // a comment, "list": [
        "name": 'Desk', list: [
          { size: 1 }, { size: 'big',
            "a.b": { x: 1 } },
          /* nothing
             here */ 5,
        ],
        'odd key': 1,
      }
      """)
    func line(_ path: String) -> Int? { document.line(of: path) }
    #expect(line("name") == 3)
    #expect(line("list") == 3)
    #expect(line("list[0].size") == 4)
    #expect(line("list[1].size") == 4)
    #expect(line("list[1][\"a.b\"].x") == 5)
    #expect(line("list[1].colour") == 4)
    #expect(line("list[2]") == 7)
    #expect(line("[\"odd key\"]") == 9)
    #expect(line("missing") == nil)
    #expect(line("") == nil)
    document.add(path: "list[1].size", problem: "is wrong", mend: "mend it")
    #expect(document.faults.map(\.description) == ["plazo.json5:4: list[1].size: is wrong; mend it"])
    #expect(try self.document("{ name: 'Desk' }").line(of: "name") == nil)
  }

  /// Foundation's reader of JSON5 reads a number that ends the data on, and ends the program at digits behind it.
  @Test func aNumberAtTheVeryEndEndsThere() throws {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: 200, alignment: 1)
    defer { bytes.deallocate() }
    bytes.initializeMemory(as: UInt8.self, repeating: 0x35, count: 200)
    let document = try Document(file: "a", data: Data(bytesNoCopy: bytes, count: 3, deallocator: .none))
    #expect(document.root.value == .integer(555))
    let long = try Document(file: "a", data: Data(bytesNoCopy: bytes, count: 93, deallocator: .none))
    #expect(long.root.value == .real(Double(String(repeating: "5", count: 93))!))
  }
}
