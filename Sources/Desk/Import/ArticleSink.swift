internal import SLA
internal import SQLite

/// Articles on their way in; a row that has changed is a version more.
final class ArticleSink: RecordSink {
  private let writer: DeskWriter
  private let names: NameBook
  private let others: OtherKeys
  private let book: ArticleBook

  init(_ context: RecordImport, _ writer: DeskWriter, _ names: NameBook, _ others: OtherKeys) {
    self.writer = writer
    self.names = names
    self.others = others
    book = ArticleBook(writer.connection, now: writer.recordedAt, actorID: nil)
  }

  func take(_ row: RecordRow) throws -> RecordOutcome {
    let values = row.values
    let old = try row.id.flatMap { try book.article($0) }
    var new = old ?? ArticleRow(title: "", problem: "", solution: "")
    if let title = values[.title] { new.title = title }
    if let problem = values[.problem] { new.problem = problem }
    if let solution = values[.solution] { new.solution = solution }
    if row.stated.contains(.product) { new.productID = try names.id(of: values[.product], in: .product) }
    if row.stated.contains(.ticket), old == nil { new.ticketID = try others.ticket(values[.ticket]) }
    if row.stated.contains(.active) { new.isActive = values[.active] != "no" }
    guard let id = row.id, let old else {
      let author = try names.person(values[.author])
      return RecordOutcome(
        .new, try book.add(new, by: author, at: values[instant: .writtenAt] ?? writer.recordedAt))
    }
    if new == old { return RecordOutcome(.same, id) }
    try book.replace(
      id, by: new, reason: "changed in the source", at: values[instant: .changedAt] ?? writer.recordedAt)
    return RecordOutcome(.updated, id)
  }

  func counts(_ id: Int64) throws -> Bool {
    try writer.connection.integer(sql: "SELECT active FROM article WHERE id = ?", .integer(id)) == 1
  }
}
