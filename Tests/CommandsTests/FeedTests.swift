import Testing

@Suite("Deadlines as iCalendar") struct FeedTests {
  private let desk = TestDesk()
  private static let title =
    "Caída; con \\ comas, «comillas» y una línea muy larga que dobla: ñandú ñandú ñandú ñandú 🙂🙂🙂"

  init() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", Self.title, "--plazo", "1h", "--assign", "beto")
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "Correo", "--plazo", "2d", "--assign", "beto")
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "De ana", "--plazo", "2d", "--assign", "ana")
  }

  private func unfolded(_ text: String) -> [String] {
    text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
  }

  @Test("have the technician's own, each at its deadline in UTC, on lines of at most 75 octets")
  func form() {
    desk.now = "2026-03-27T10:30"
    let text = desk.run("feed", "--user", "beto").data
    #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
    #expect(!text.replacing("\r\n", with: "").contains { $0.isNewline })
    for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 75, "\(line)") }
    let lines = unfolded(text)
    #expect(lines.count { $0 == "BEGIN:VEVENT" } == 2)
    #expect(lines.contains("DTSTART:20260327T160000Z"))
    #expect(lines.contains("DTSTART:20260401T010000Z"))
    #expect(
      lines.contains(
        "SUMMARY:Retrasado: #1 Caída\\; con \\\\ comas\\, «comillas» y una línea muy larga que dobla: ñandú ñandú ñandú ñandú 🙂🙂🙂"
      ))
    #expect(
      lines.contains("DESCRIPTION:Retrasado\\nSolución\\nAcme\\nplazo 1h\\nEsperando respuesta de: Soporte técnico"))
    #expect(!text.contains("De ana"))
  }

  @Test("keep their names when the deadline moves")
  func stable() {
    let before = unfolded(desk.run("feed", "--user", "beto").data)
    desk.now = "2026-03-27T09:30"
    desk.done("--as", "ada", "ticket", "reply", "2", "--plazo", "4d")
    let after = unfolded(desk.run("feed", "--user", "beto").data)
    let names = { (lines: [String]) in lines.filter { $0.hasPrefix("UID:") } }
    #expect(names(before) == names(after))
    #expect(Set(names(before)).count == 2)
    #expect(before.filter { $0.hasPrefix("DTSTART") } != after.filter { $0.hasPrefix("DTSTART") })
    #expect(after.contains("SEQUENCE:1"))
  }

  @Test("are a file for each technician")
  func everybody() {
    #expect(
      desk.done("feed", "--all", "--out", "calendars") == "calendars/ada.ics\ncalendars/ana.ics\ncalendars/beto.ics")
    #expect(desk.mode(of: "calendars/ana.ics") == 0o600)
    #expect(desk.file("calendars/ana.ics") == desk.run("--as", "ana", "feed").data)
    #expect(desk.file("calendars/ada.ics")?.contains("VEVENT") == false)
    desk.fails(
      "feed", "--user", "bto",
      saying: "plazo: there is no user 'bto'; did you mean 'beto'? add one with 'plazo user add'")
  }

  @Test("are read by another program as they were meant")
  func otherReader() throws {
    guard let python = Tool.python(with: "icalendar") else { return }
    let script = """
      import sys, icalendar
      calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
      for event in calendar.walk("VEVENT"):
          assert not event.errors, event.errors
          print(event["UID"].split("-")[1], event.decoded("DTSTART").isoformat(), event["SUMMARY"])
      """
    let outcome = desk.program.run(
      ["-X", "utf8", "-c", script], input: desk.run("feed", "--user", "beto").data, as: python)
    #expect(
      outcome
        == .init(
          code: 0,
          data: "1 2026-03-27T16:00:00+00:00 #1 \(Self.title)\n2 2026-04-01T01:00:00+00:00 #2 Correo\n", talk: ""))
  }
}
