import FoundationEssentials
import Testing
import Text

@Suite struct JSON5InsertionTests {
  private func inserted(_ text: String) -> String? {
    JSON5Insertion.append(["// new", "\"2026-12-26\","], toListNamed: "holidays", in: text)
  }

  @Test func goesAfterTheLastItemAndLeavesCommentsWhereTheyAre() throws {
    #expect(
      inserted("{\n  // mine\n  holidays: [\n    \"2026-12-25\", // ]\n  ],\n}\n")
        == "{\n  // mine\n  holidays: [\n    \"2026-12-25\", // ]\n    // new\n    \"2026-12-26\",\n  ],\n}\n")
  }

  @Test func addsTheCommaThatIsMissing() {
    #expect(
      inserted("{ holidays: [\n    \"2026-12-25\" /* one */\n  ] }")
        == "{ holidays: [\n    \"2026-12-25\", /* one */\n    // new\n    \"2026-12-26\",\n  ] }")
    #expect(inserted("{ holidays: [] }") == "{ holidays: [\n    // new\n    \"2026-12-26\",\n  ] }")
  }

  @Test func makesTheListWhereThereIsNone() {
    #expect(
      inserted("{ weekly: {} }") == "{\n  holidays: [\n    // new\n    \"2026-12-26\",\n  ], weekly: {} }")
    #expect(inserted("[]") == nil)
  }

  @Test(arguments: [
    "{ 'holidays' : [ { name: \"a ] } // b\", hours: [\"09:00-10:00\"] } ] }",
    "{ weekly: { holidays: [1] }, \"holidays\": [\n] }", "// {\n{ /* holidays: [ */ holidays: [ '\\']', ] , x: [] }",
    "{ note: \"holidays\", list: [\"holidays\", []], holidays: [[1], {}] }",
  ])
  func findsTheListAmongWhatLooksLikeIt(text: String) throws {
    let before = try Document(file: "a", data: Data(text.utf8)).root
    let after = try Document(file: "b", data: Data(try #require(inserted(text)).utf8)).root
    #expect(after["holidays"].list().map(\.value) == before["holidays"].list().map(\.value) + [.string("2026-12-26")])
    guard case .object(var rest)? = after.value, case .object(var old)? = before.value else { return }
    rest["holidays"] = nil
    old["holidays"] = nil
    #expect(rest == old)
  }
}
