import Testing

@Suite("calendar compute") struct CalendarComputeTests {
  private static let question = #""op":"add","start":"2026-03-27T18:00:00-06:00","seconds":7200}"#

  @Test("needs no desk for a calendar that the line brings, and says so for one of the desk's")
  func withoutDesk() {
    let desk = TestDesk(empty: true)
    let calendar = #"{"timezone":"America/Mexico_City","weekly":{"fri":[["16:00","19:00"]]}}"#
    let outcome = desk.run(
      "calendar", "compute",
      input: #"{"id":1,"calendar":"office",\#(Self.question)"# + "\n"
        + #"{"id":2,"calendar":\#(calendar),\#(Self.question)"#)
    #expect(outcome.code == 0)
    #expect(outcome.talk.isEmpty)
    #expect(
      outcome.data == """
        {"id":1,"error":"there is no desk at 'mesa'; make one with 'plazo init mesa', or name another with --desk"}
        {"id":2,"instant":"2026-04-03T17:00:00-06:00"}

        """)
  }

  @Test("answers on the desk's calendars, and one bad line does not end the stream")
  func named() {
    let desk = TestDesk()
    let outcome = desk.run(
      "calendar", "compute",
      input: """
        {"id":1,"calendar":"office",\(Self.question)
        nonsense

        {"id":2,"calendar":"ofice",\(Self.question)
        {"id":3,"calendar":"always",\(Self.question)
        """)
    #expect(outcome.code == 0)
    #expect(
      outcome.data == """
        {"id":1,"instant":"2026-03-30T10:00:00-06:00"}
        {"id":null,"error":"line 2: it is not one JSON object: 'n' at byte 1, where an object is expected"}
        {"id":2,"error":"there is no calendar 'ofice'; did you mean 'office'? calendars: always, office"}
        {"id":3,"instant":"2026-03-27T20:00:00-06:00"}

        """)
  }

  @Test("counts by the calendar in force until a changed one is applied")
  func inForce() throws {
    let desk = TestDesk()
    let line = #"{"id":1,"calendar":"office","# + Self.question
    desk.done("tick")
    let text = try #require(desk.file("mesa/plazo.json5"))
    desk.write(text.replacing("mon: [\"09:00-14:00\"", with: "mon: [\"08:00-14:00\""), to: "mesa/plazo.json5")
    #expect(desk.done("calendar", "compute", input: line) == #"{"id":1,"instant":"2026-03-30T10:00:00-06:00"}"#)
    desk.done("--as", "ada", "apply")
    #expect(desk.done("calendar", "compute", input: line) == #"{"id":1,"instant":"2026-03-30T09:00:00-06:00"}"#)
  }
}
