import FoundationEssentials
import Testing

/// Reports from the command line: what they take, of when they are, whether a kept one is still true.
@Suite struct ReportCommandTests {
  /// A ticket of Acme's that Ana has and one of Bolt's that Beto has, on Friday; the first is closed on Monday.
  private func desk() -> TestDesk {
    let desk = TestDesk()
    desk.done(
      "ticket", "open", "--as", "ada", "--client", "Acme", "--title", "No imprime", "--assign", "ana", "--plazo", "2h")
    desk.done("ticket", "open", "--as", "ada", "--client", "Bolt", "--title", "Se apaga", "--assign", "beto")
    desk.done("tick", "--quiet")
    desk.now = "2026-03-27T18:30"
    desk.done("tick", "--quiet")
    desk.now = "2026-03-30T10:00"
    desk.done("ticket", "close", "--as", "ada", "1")
    desk.done("tick", "--quiet")
    return desk
  }

  @Test func aReportOfThenSaysWhatWasTrueThen() {
    let desk = desk()
    let now = desk.done("report", "run", "daily-sla")
    func figure(_ name: String, in text: String) -> Substring? {
      text.split(separator: "\n").first { $0.contains(name) }?.split(separator: " ").last
    }
    #expect(figure("Abiertos en total", in: now) == "1" && !now.contains("■ Retrasado "))
    let then = desk.done("report", "run", "daily-sla", "--as-of", "2026-03-27T18:30")
    #expect(then.contains("2026-03-27T18:30:00-06:00") && figure("Abiertos en total", in: then) == "2")
    #expect(then.contains("■ Retrasado "))
    // A date means its end.
    #expect(desk.done("report", "run", "tickets", "--as-of", "2026-03-27").contains("2026-03-27T23:59:59-06:00"))
    desk.fails(
      "report", "run", "daily-sla", "--as-of", "2026-03-31", code: 2,
      saying: "plazo: --as-of 2026-03-31 is still to come; give an instant up to 2026-03-30T10:00:00-06:00")
  }

  @Test func whatAReportTakesIsToldAndWhatItDoesNotTakeIsRefused() {
    let desk = desk()
    desk.fails(
      "report", "run", "tasks-vobo", "--period", "today",
      saying: "plazo: report tasks-vobo: parameter period has no part in it; the report takes --technician")
    desk.fails(
      "report", "run", "tickets", "--client", "Acmee",
      saying: "plazo: there is no client 'Acmee'; did you mean 'Acme'?")
    desk.fails(
      "report", "run", "tickets", "--to", "2026-03-01", code: 2,
      saying: "plazo: --to is given without --from; give both")
    let shown = desk.done("report", "show", "tickets")
    #expect(shown.hasPrefix("// tickets takes --period, --from and --to"))
    #expect(shown.contains("// === tickets.json5\n") && shown.contains("-- === tickets.sql\nSELECT number"))
    let listed = desk.done("report", "list", "--format", "json")
    #expect(listed.contains("\"report\": \"daily-sla\""))
  }

  @Test func aShownDefinitionIsAStartForOnesOwn() throws {
    let desk = desk()
    desk.done("report", "show", "tickets", "--out", "mesa/reports")
    #expect(desk.names(in: "mesa/reports") == ["tickets.json5", "tickets.sql"])
    let text = try #require(desk.file("mesa/reports/tickets.json5"))
    desk.write(text.replacing("es: 'Tickets'", with: "es: 'Los míos'"), to: "mesa/reports/tickets.json5")
    #expect(desk.done("report", "list").contains("tickets (de esta mesa)"))
    #expect(desk.done("report", "run", "tickets").hasPrefix("Los míos\n"))
    desk.fails(
      "report", "show", "tickets", "--out", "mesa/reports",
      saying: "plazo: there is a 'mesa/reports/tickets.json5' already; move it away, or choose another folder")
    // One that is still being written hides no other.
    desk.write("{ title: ", to: "mesa/reports/broken.json5")
    let listed = desk.run("report", "list")
    #expect(listed.code == 1 && listed.data.contains("daily-sla") && listed.talk.contains("broken.json5"))
  }

  @Test func aKeptReportIsMadeAgainAndCompared() throws {
    let desk = desk()
    desk.done("report", "run", "daily-sla", "tickets", "--format", "html,csv,text,json", "--out", "kept")
    let stream = desk.done("report", "run", "tickets", "--format", "json")
    desk.write(stream + "\n", to: "kept/stream.json")
    let files = [
      "kept/daily-sla.html", "kept/daily-sla.csv", "kept/daily-sla-vobo.csv", "kept/tickets.txt", "kept/tickets.json",
      "kept/stream.json",
    ]
    func verify(_ lang: String = "en") -> Program.Outcome {
      desk.program.run(["--lang", lang, "report", "verify"] + files)
    }
    let at = "made again as of 2026-03-30T10:00:00-06:00 from the events up to"
    #expect(verify().code == 0)
    #expect(verify().data.split(separator: "\n").allSatisfy { $0.contains(": it is the same, \(at) ") })
    // Life goes on.
    desk.now = "2026-03-31T10:00"
    desk.done("ticket", "reply", "--as", "ada", "2", "--text", "Ya viene", "--assign", "ana", "--plazo", "4d")
    desk.done("ticket", "vobo", "--as", "ada", "1", "granted")
    desk.done("tick", "--quiet")
    #expect(verify().code == 0, "\(verify().data)")
    // A number that somebody changed.
    let text = try #require(desk.file("kept/tickets.txt"))
    desk.write(text.replacing("Se apaga", with: "Se apago"), to: "kept/tickets.txt")
    let changed = verify()
    #expect(changed.code == 1 && changed.data.contains("kept/tickets.txt: it is not the same\n"))
    #expect(changed.data.contains("Se apago") && changed.data.contains("Se apaga"))
    desk.write("hello", to: "kept/other.txt")
    desk.fails(
      "report", "verify", "kept/other.txt",
      saying:
        "plazo: 'kept/other.txt' does not say what it was made with; give HTML, CSV, text or JSON that 'plazo report run' wrote"
    )
  }
}
