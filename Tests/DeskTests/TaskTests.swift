import Desk
import SLA
import SQLite
import Testing

@Suite struct TaskTests {
  @Test func aTaskLivesFromItsGivingToItsVoBo() throws {
    let office = try Office()
    let id = try office.tasks(office.ana).add(.init(title: "Revisar", technician: "luis"))
    func state() throws -> [Value] {
      try office.connection.rows(
        sql: "SELECT status, vobo, vobo_by, vobo_at, closed_at, reopened FROM task WHERE id = ?", .integer(id))[0]
    }
    let now = Value.integer(Office.now.seconds)
    #expect(try state() == ["open", .null, .null, .null, .null, 0])
    #expect(
      try office.refusal { try office.tasks(office.admin).sign(id, .granted, reason: nil) }
        == "task \(id) is still open; its technician closes it first")
    #expect(
      try office.refusal { try office.tasks(office.ana).close(id) }
        == "task \(id) is another technician's; act --as its technician")
    try office.tasks(office.luis).close(id)
    #expect(try state() == ["closed", "pending", .null, .null, now, 0])
    #expect(
      try office.refusal { try office.tasks(office.luis).close(id) } == "task \(id) is closed; nothing is left to do")
    try office.tasks(office.admin).sign(id, .refused, reason: "Falta.")
    #expect(try state() == ["open", "refused", .integer(office.admin.id), now, .null, 1])
    try office.tasks(office.luis).close(id)
    #expect(try state() == ["closed", "pending", .null, .null, now, 1])
    try office.tasks(office.admin).sign(id, .granted, reason: nil)
    #expect(try state() == ["closed", "granted", .integer(office.admin.id), now, now, 1])
    #expect(
      try office.refusal { try office.tasks(office.admin).sign(id, .granted, reason: nil) }
        == "task \(id) has its VoBo already; nothing is left to do")
    #expect(
      try office.connection.rows(sql: "SELECT kind, value, detail FROM task_event ORDER BY sequence").dropFirst() == [
        ["closed", .null, .null], ["vobo", "refused", "Falta."], ["closed", .null, .null], ["vobo", "granted", .null],
      ])
    #expect(try office.differences().isEmpty)
  }

  @Test func aClockThatWentBackPutsNothingBeforeWhatItFollows() throws {
    let office = try Office()
    let id = try office.tasks(office.ana).add(.init(title: "Revisar", technician: "luis"))
    let earlier = Office.now - 86_400
    try Tasks(office.connection, actor: office.luis, now: earlier).close(id)
    try Tasks(office.connection, actor: office.admin, now: earlier - 60).sign(id, .granted, reason: nil)
    #expect(
      try office.connection.rows(sql: "SELECT closed_at, vobo_at FROM task WHERE id = ?", .integer(id))[0]
        == [.integer(Office.now.seconds), .integer(Office.now.seconds)])
    #expect(try office.differences().isEmpty)
  }

  @Test func whatATaskNeeds() throws {
    let office = try Office()
    let tasks = office.tasks(office.admin)
    func refusal(_ edit: (inout Tasks.Opening) -> Void) throws -> String {
      var opening = Tasks.Opening(title: "x", technician: "ana")
      edit(&opening)
      return try office.refusal { try tasks.add(opening) }
    }
    #expect(try refusal { $0.title = " " } == "the task has no title; give one with --title")
    #expect(
      try refusal { $0.technician = "acme" }
        == "'acme' is a client's contact; choose a technician or an administrator")
    #expect(try refusal { $0.ticketID = 7 } == "there is no ticket 7; see 'plazo ticket list'")
    #expect(
      try refusal { $0.plazo = "1w" }
        == "'1w' is not a plazo; write working days as 3d, working time as 6h, 90m or 1h30m")
    #expect(
      try refusal {
        $0.plazo = "1d"
        $0.dueAt = Office.now
      } == "the task has both a plazo and a due instant; give one of them")
    #expect(try office.refusal { try tasks.close(5) } == "there is no task 5; see 'plazo task list'")
  }

  @Test func ticketsAndTasksShareOneSequence() throws {
    let office = try Office()
    let id = try office.open()
    let task = try office.tasks(office.admin).add(.init(title: "x", technician: "ana"))
    _ = try office.tickets(office.ana).close(id)
    try office.tasks(office.ana).close(task)
    let sequences = try office.connection.rows(
      sql: "SELECT sequence FROM ticket_event UNION ALL SELECT sequence FROM task_event ORDER BY sequence"
    ).map { $0[0] }
    #expect(sequences == (1...Int64(sequences.count)).map { .integer($0) })
    #expect(try office.connection.integer(sql: "SELECT last FROM event_sequence") == Int64(sequences.count))
  }
}
