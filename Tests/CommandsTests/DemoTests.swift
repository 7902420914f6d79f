import FoundationEssentials
import Testing

@Suite("The sample desk") struct DemoTests {
  @Test("is the same every time, and its reader finds late tickets, mails and a report")
  func sameEveryTime() throws {
    let desk = TestDesk(empty: true)
    let first = desk.run("demo", "one")
    let second = desk.run("demo", "two")
    #expect(first.code == 0 && second.code == 0, "\(first.talk)\(second.talk)")
    let asTwo = first.data.replacing("one/", with: "two/").replacing("=one ", with: "=two ")
      .replacing("/one-", with: "/two-")
    #expect(asTwo == second.data)
    #expect(first.data.contains(#/■ Retrasados +5\n/#))
    #expect(first.data.contains("export PLAZO_DESK=one PLAZO_NOW=2026-10-30T12:30"))
    let reports = ["html", "csv", "txt"].map { "one/out/latest/daily-sla/daily-sla.\($0)" }
    for path in reports { #expect(desk.file(path) != nil, "\(path)") }
    let late = desk.run("--desk", "one", "--now", "2026-10-30T12:30", "judge").data.split(separator: "\n")
      .filter { $0.hasSuffix(",late") }
    #expect(late.count == 5)
    let mails = try FileManager.default.subpathsOfDirectory(atPath: "\(desk.folder)/one/mail")
      .filter { $0.contains("/new/") }
    #expect(mails.count >= 3)
  }

  @Test("is not made over anything that is there")
  func refusesWhatIsThere() throws {
    let desk = TestDesk(empty: true)
    try FileManager.default.createDirectory(atPath: "\(desk.folder)/desk", withIntermediateDirectories: true)
    desk.write("mine", to: "desk/plazo.json5")
    let outcome = desk.run("demo", "desk")
    #expect(outcome.code == 1 && outcome.talk.hasPrefix("plazo: ") && outcome.data.isEmpty)
    #expect(desk.file("desk/plazo.json5") == "mine")
  }
}
