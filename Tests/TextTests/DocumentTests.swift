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
}
