import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// Tasks: once in, once again, once changed.
@Suite struct ImportTaskTests {
  private let desk: RecordDesk

  init() throws { desk = try RecordDesk() }

  private static let tasks = """
    key: 'id', title: 'title', technician: 'who', opened_at: 'opened', due_at: 'due', plazo: 'plazo', \
    status: { column: 'state', values: { Done: 'closed', Signed: 'closed' }, otherwise: 'open' }, closed_at: 'closed', \
    vobo: { column: 'state', values: { Signed: 'granted' }, otherwise: null }, changed_at: 'changed'
    """
  private static let tasksHeader = "id,title,who,opened,due,plazo,state,closed,changed\n"

  private func history(_ task: Int64) throws -> [String] {
    try desk.rows(
      """
      SELECT strftime('%m-%d %H:%M', happened_at, 'unixepoch'), kind, iif(kind = 'opened', '-', coalesce(value, '-'))
        FROM task_event WHERE task_id = \(task) ORDER BY sequence
      """)
  }

  @Test func tasksComeWithTheirEndAndFollowTheirSource() throws {
    let first = try desk.run(
      "tasks", Self.tasks,
      Self.tasksHeader + """
        1,Servidor,ana,2026-03-20 09:00,2026-03-27 18:00,,New,,2026-03-20 09:00
        2,Copia,Nueva Persona,2026-03-20 09:00,,2d,Signed,2026-03-21 10:00,2026-03-22 11:00\n
        """)
    #expect(
      first.lines == [
        "imported 2 rows: 2 new, 0 updated, 0 unchanged, 0 rejected", "added 1 technician: nueva.persona",
      ])
    #expect(try history(1) == ["03-20 09:00|opened|-"])
    #expect(try history(2) == ["03-20 09:00|opened|-", "03-21 10:00|closed|-", "03-21 10:00|vobo|granted"])
    let again = try desk.run(
      "tasks", Self.tasks,
      Self.tasksHeader + """
        2,Copia diaria,ana,2026-03-20 09:00,,3d,New,,2026-03-25 08:00
        1,Servidor,ana,2026-03-20 09:00,,,Done,2026-03-24 12:00,2026-03-24 13:00\n
        """)
    #expect(again.updated == 2)
    #expect(
      try history(1) == ["03-20 09:00|opened|-", "03-24 13:00|target|-", "03-24 13:00|closed|-"])
    #expect(
      try history(2).dropFirst(3) == [
        "03-25 08:00|edited|Copia diaria", "03-25 08:00|assigned|\(desk.office.ana.id)", "03-25 08:00|plazo|3d",
        "03-25 08:00|reopened|-",
      ])
    #expect(try desk.office.differences().isEmpty)
  }

  @Test func tasksThatCannotBe() throws {
    #expect(
      try desk.faults(
        "tasks", Self.tasks,
        Self.tasksHeader + """
          1,a,ana,2026-03-20 09:00,2026-03-27 18:00,2d,New,,
          2,b,ana,2026-03-20 09:00,,,Done,,
          3,c,ana,2026-03-20 09:00,,,Done,2026-03-19 09:00,
          4,d,,2026-03-20 09:00,,,New,,\n
          """) == [
          "rows.csv:2: due: it has both a plazo and a due instant; map one of them",
          "rows.csv:3: closed: the task is closed and nothing says when; fill it, or map changed_at",
          "rows.csv:4: closed: it is before the opening, 2026-03-20T09:00:00Z; mend the row; a task closes at or after its opening",
          "rows.csv:5: who: it is empty; fill it, or give fields.technician a default in the mapping",
        ])
  }
}
