internal import SLA
internal import SQLite

/// An article as its last version has it.
struct ArticleRow: Equatable {
  var title: String
  var problem: String
  var solution: String
  var productID: Int64?
  var ticketID: Int64?
  var isActive = true
}

/// Writes articles and their versions. The transaction is the caller's.
struct ArticleBook {
  let connection: Connection
  let now: Instant
  /// Who writes it down.
  let actorID: Int64?

  init(_ connection: Connection, now: Instant, actorID: Int64?) {
    self.connection = connection
    self.now = now
    self.actorID = actorID
  }

  func article(_ id: Int64) throws -> ArticleRow? {
    let statement = try connection.cached(
      sql: "SELECT title, problem, solution, product_id, ticket_id, active FROM article WHERE id = ?")
    statement.bind(1, id)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return ArticleRow(
      title: statement.text(0), problem: statement.text(1), solution: statement.text(2),
      productID: statement.integerOrNil(3), ticketID: statement.integerOrNil(4), isActive: statement.integer(5) == 1)
  }

  /// - Parameter authorID: who wrote it, which may be another than who writes it down. - Returns: its number.
  func add(_ row: ArticleRow, by authorID: Int64?, at writtenAt: Instant) throws -> Int64 {
    try check(row)
    try connection.run(
      sql: """
        INSERT INTO article (product_id, ticket_id, author_id, written_at, version, changed_at, active, title, problem,
          solution) VALUES (?1, ?2, ?3, ?4, 1, ?4, ?5, ?6, ?7, ?8)
        """, Value(row.productID), Value(row.ticketID), Value(authorID), .integer(writtenAt.seconds),
      Value(row.isActive), .text(row.title), .text(row.problem), .text(row.solution))
    let id = connection.lastInsertedID
    try index(row, id)
    try keep(id, reason: nil)
    return id
  }

  func replace(_ id: Int64, by row: ArticleRow, reason: String?, at changedAt: Instant) throws {
    try check(row)
    // The index forgets the words by the texts that they came from.
    if let old = try article(id) {
      try connection.run(
        sql: "INSERT INTO article_text (article_text, rowid, title, problem, solution) VALUES ('delete', ?, ?, ?, ?)",
        .integer(id), .text(old.title), .text(old.problem), .text(old.solution))
    }
    try connection.run(
      sql: """
        UPDATE article SET product_id = ?2, version = version + 1, changed_at = ?3, active = ?4, title = ?5,
          problem = ?6, solution = ?7 WHERE id = ?1
        """, .integer(id), Value(row.productID), .integer(changedAt.seconds), Value(row.isActive), .text(row.title),
      .text(row.problem), .text(row.solution))
    try index(row, id)
    try keep(id, reason: reason)
  }

  private func index(_ row: ArticleRow, _ id: Int64) throws {
    try connection.run(
      sql: "INSERT INTO article_text (rowid, title, problem, solution) VALUES (?, ?, ?, ?)", .integer(id),
      .text(row.title), .text(row.problem), .text(row.solution))
  }

  /// The version that the article has just become.
  private func keep(_ id: Int64, reason: String?) throws {
    try connection.run(
      sql: """
        INSERT INTO article_version (article_id, version, recorded_at, recorded_by, reason, product_id, active, title,
            problem, solution)
          SELECT id, version, ?2, ?3, ?4, product_id, active, title, problem, solution FROM article WHERE id = ?1
        """, .integer(id), .integer(now.seconds), Value(actorID), Value(reason))
  }

  private func check(_ row: ArticleRow) throws {
    for (text, what) in [(row.title, "title"), (row.problem, "problem"), (row.solution, "solution")]
    where !text.hasText {
      throw DeskError("the article has no \(what)", mend: "give one with --\(what)")
    }
  }
}
