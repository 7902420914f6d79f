import Desk
import SLA
import SQLite
import Testing

/// Files of a ticket (manual, 5.2).
@Suite struct FileTests {
  @Test func filesComeWithAReplyInOneTransaction() throws {
    let office = try Office()
    let id = try office.open()
    let shot = try Attachment(name: "../../etc/passwd", content: [1, 2, 3])
    let again = try Attachment(name: "otra.png", content: [1, 2, 3])
    _ = try office.tickets(office.ana).reply(
      to: id,
      Office.reply {
        $0.body = "Mire."
        $0.files = [shot, again]
        $0.goesByMail = true
        $0.closes = true
      })
    let files = TicketFiles(office.connection)
    let list = try files.list(of: id)
    #expect(list.map(\.name) == ["../../etc/passwd", "otra.png"] && list.map(\.number) == [1, 2])
    #expect(list.map(\.size) == [3, 3] && list[0].hash == list[1].hash && list[0].actor == "ana")
    #expect(try files.content(of: list[0]) == [1, 2, 3])
    // One content is kept once, whatever its names.
    #expect(try office.connection.integer(sql: "SELECT count(*) FROM file") == 1)
    #expect(
      try office.connection.rows(sql: "SELECT kind, detail FROM ticket_event ORDER BY sequence").suffix(4) == [
        ["replied", "mail:2"], ["attached", .text(list[0].hash)], ["attached", .text(list[0].hash)], ["closed", .null],
      ])
    #expect(try office.differences().isEmpty)
  }

  @Test func aFileOfOneMebibyteIsTakenAndOneByteMoreIsNot() throws {
    let office = try Office()
    let id = try office.open()
    let whole = try Attachment(name: "a", content: [UInt8](repeating: 7, count: 1_048_576))
    _ = try office.tickets(office.contact).attach(id, [whole])
    #expect(
      try office.refusal { _ = try Attachment(name: "b.zip", content: [UInt8](repeating: 7, count: 1_048_577)) }
        == "'b.zip' has 1048577 bytes, and a file may have at most 1048576 (1 MiB); "
        + "make it smaller or split it; nothing was recorded")
    #expect(try TicketFiles(office.connection).list(of: id).map(\.size) == [1_048_576])
  }

  @Test func aFileIsFoundByNameOrNumber() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).attach(
      id, [try Attachment(name: "uno.txt", content: [1]), try Attachment(name: "1", content: [2])])
    let files = TicketFiles(office.connection)
    // A name goes before a number: the number can always be had from the list.
    #expect(try files.find("1", of: id).content(files) == [2])
    #expect(try files.find("2", of: id).content(files) == [2])
    #expect(try files.find("uno.txt", of: id).content(files) == [1])
    #expect(
      try office.refusal { _ = try files.find("umo.txt", of: id) }
        == "ticket 1 has no file 'umo.txt'; did you mean 'uno.txt'? see 'plazo ticket file list 1'")
  }

  @Test func contentsAreKeptAsTheyAre() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).attach(id, [try Attachment(name: "a", content: [1])])
    for sql in ["DELETE FROM file", "UPDATE file SET content = x'02'"] {
      #expect(throws: DatabaseError.self) { try office.connection.execute(sql: sql) }
    }
    // What gets past the guards is found by replaying.
    try office.connection.execute(sql: "DROP TRIGGER file_is_kept; UPDATE file SET content = x'02'")
    #expect(try office.differences().map(\.description) == ["file 1: content"])
    try office.connection.execute(sql: "DROP TRIGGER file_is_not_deleted; DELETE FROM file")
    #expect(try office.differences().map(\.description) == ["ticket_event 3: detail"])
  }

  @Test func aRefusedReplyLeavesNoFile() throws {
    let office = try Office()
    let id = try office.open()
    let before = try office.everything()
    #expect(
      try office.refusal {
        _ = try office.tickets(office.contact).reply(
          to: id,
          Office.reply {
            $0.files = [try! Attachment(name: "a", content: [1])]
            $0.closes = true
          })
      } == "a client's contact cannot close a ticket; ask a technician")
    #expect(try office.everything() == before)
  }
}

extension TicketFiles.Entry {
  fileprivate func content(_ files: TicketFiles) throws -> [UInt8] { try files.content(of: self) }
}
