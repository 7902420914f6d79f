import Desk
import Monitor
import SLA
import SQLite
import Testing

/// The completion of tasks and their VoBo (manual, 6; design: rules of the clock, 5 to 12).
@Suite struct TaskClockTests {
  private func desk(_ tasks: String = "clocks: { completion: { plazo: \"8h\" }, vobo: { plazo: \"4h\" } }") throws
    -> TestDesk
  {
    try TestDesk(rules: TestDesk.officeRules.replacing("policies:", with: "tasks: { \(tasks) }, policies:"))
  }

  private func give(_ desk: TestDesk, _ now: String, plazo: String? = nil, due: String? = nil) throws {
    var opening = Tasks.Opening(title: "Revisar", technician: "ana")
    opening.plazo = plazo
    opening.dueAt = due.map { desk.at($0) }
    _ = try tasks(desk, now).add(opening)
  }

  private func tasks(_ desk: TestDesk, _ now: String) -> Tasks {
    Tasks(desk.connection, actor: desk.admin, now: desk.at(now))
  }

  private func told(_ desk: TestDesk) throws -> [String] {
    func text(_ row: [Value]) -> String {
      "\(row[0].text!) \(row[1].integer!) \(row[2].integer.map { String(desk.local(Instant($0)).dropLast(3)) } ?? "-")"
    }
    let frozen = try desk.connection.rows(
      sql: "SELECT kind, cycle, deadline, outcome FROM task_verdict ORDER BY kind, cycle")
    let running = try desk.connection.rows(
      sql: "SELECT kind, cycle, deadline, situation FROM task_clock ORDER BY kind")
    return (frozen + running).map { "\(text($0)) \($0[3].text!)" }
  }

  @Test func completionRunsUntilClosedAndTheVoBoFromThere() throws {
    let desk = try desk()
    try give(desk, "2026-03-23T10:00")
    try desk.sweep("2026-03-23T10:00")
    #expect(try told(desk) == ["completion 1 2026-03-24T10:00 on-time"])
    try desk.sweep("2026-03-24T10:00")
    #expect(try told(desk) == ["completion 1 2026-03-24T10:00 near-due"])
    try desk.sweep("2026-03-24T10:00:01")
    #expect(try told(desk) == ["completion 1 2026-03-24T10:00 late"])
    try tasks(desk, "2026-03-24T11:00").close(1)
    try desk.sweep("2026-03-24T11:00")
    #expect(try told(desk) == ["completion 1 2026-03-24T10:00 late", "vobo 1 2026-03-24T17:00 on-time"])
    // Refused, it runs on where it stood: an hour over the eight; the VoBo is given in time.
    try tasks(desk, "2026-03-24T17:00").sign(1, .refused, reason: "Falta probar")
    try desk.sweep("2026-03-24T17:00")
    #expect(
      try told(desk) == [
        "completion 1 2026-03-24T10:00 late", "vobo 1 2026-03-24T17:00 kept", "completion 2 2026-03-24T10:00 late",
      ])
    try tasks(desk, "2026-03-25T09:00").close(1)
    try tasks(desk, "2026-03-25T10:00").sign(1, .granted, reason: nil)
    try desk.sweep("2026-03-25T10:00")
    #expect(
      try told(desk) == [
        "completion 1 2026-03-24T10:00 late", "completion 2 2026-03-24T10:00 late", "vobo 1 2026-03-24T17:00 kept",
        "vobo 2 2026-03-25T13:00 kept",
      ])
    let transitions = try desk.dump(
      "SELECT kind, cycle, from_situation, to_situation, happened_at FROM task_transition ORDER BY id")
    let near = desk.at("2026-03-23T18:24").seconds
    let late = desk.at("2026-03-24T10:00:01").seconds
    let again = desk.at("2026-03-24T17:00").seconds
    let nearVoBo = desk.at("2026-03-24T16:12").seconds
    #expect(
      Set(transitions) == [
        "completion 1 on-time near-due \(near)", "completion 1 near-due late \(late)", "completion 2 - late \(again)",
      ])
    #expect(!transitions.contains { $0.hasSuffix("\(nearVoBo)") }, "no sweep looked while it was near due")
  }

  @Test func itsOwnPlazoOrDueDateGoesFirst() throws {
    let desk = try desk()
    try give(desk, "2026-03-23T10:00", plazo: "1d")
    try give(desk, "2026-03-23T10:00", due: "2026-03-25T12:34")
    try desk.sweep("2026-03-23T10:00")
    #expect(
      try desk.dump("SELECT task_id, deadline, plazo FROM task_clock ORDER BY task_id") == [
        "1 \(desk.at("2026-03-24T19:00").seconds) 1d", "2 \(desk.at("2026-03-25T12:34").seconds) -",
      ])
  }

  @Test func withoutRulesAPlazoIsStillJudgedByTheLastPolicysCalendar() throws {
    let desk = try TestDesk()
    try give(desk, "2026-03-23T10:00", plazo: "8h")
    try give(desk, "2026-03-23T10:00")
    try desk.sweep("2026-03-23T10:00")
    #expect(try told(desk) == ["completion 1 2026-03-24T10:00 on-time", "completion 1 - on-time"])
    try tasks(desk, "2026-03-23T11:00").close(2)
    try desk.sweep("2026-03-23T11:00")
    #expect(try told(desk) == ["completion 1 - no-plazo", "completion 1 2026-03-24T10:00 on-time"])
  }

  @Test func aFullSweepAndJudgeSayTheSame() throws {
    let desk = try desk("clocks: { completion: { plazo: \"8h\" }, vobo: { plazo: \"4h\" } }, reopening: \"restart\"")
    try give(desk, "2026-03-23T10:00")
    try give(desk, "2026-03-23T11:00", plazo: "2h")
    try desk.sweep("2026-03-23T11:00")
    try tasks(desk, "2026-03-23T12:00").close(1)
    try tasks(desk, "2026-03-23T13:00").sign(1, .refused, reason: "No")
    try desk.sweep("2026-03-23T18:00")
    let due = try desk.dump("SELECT * FROM task_clock ORDER BY task_id, kind")
    try desk.sweep("2026-03-23T18:00", .full)
    #expect(try desk.dump("SELECT * FROM task_clock ORDER BY task_id, kind") == due)
    var judged: [String] = []
    try Judge(desk.connection, now: desk.at("2026-03-23T18:00"), candidate: desk.candidate).eachTaskClock {
      judged.append("\($0.ownerID) \($0.kind.rawValue) \($0.situation.rawValue) \($0.cycle)")
    }
    #expect(judged == ["1 completion on-time 2", "2 completion late 1"])
    let before = try Judge(desk.connection, now: desk.at("2026-03-23T12:30"), candidate: desk.candidate)
      .clocks(ofTask: 1)
    #expect(before.map(\.kind) == [.vobo], "as it was between the closing and the refusal")
  }

  @Test func planTellsOfTasks() throws {
    let desk = try desk()
    try give(desk, "2026-03-23T10:00")
    try desk.sweep("2026-03-23T10:00")
    let changed = try TestDesk.candidate(
      TestDesk.officeRules.replacing(
        "policies:", with: "tasks: { clocks: { completion: { plazo: \"3h\" } } }, policies:"),
      now: desk.at("2026-03-23T10:00"))
    var moves: [Plan.Move] = []
    let summary = try Plan.compare(changed, on: desk.connection, now: desk.at("2026-03-23T10:00")) { moves.append($0) }
    #expect(summary.openTasks == 1 && summary.deadlinesMoved == 1 && summary.clocksChanged == 0)
    #expect(moves.map(\.clock) == [.completion])
    #expect(moves[0].after.deadline == desk.at("2026-03-23T13:00"))
  }
}
