internal import SQLite

extension Replay {
  /// Holds every article against its last version, and the index of words against the articles.
  func checkArticles(_ body: (Difference) throws -> Void) throws {
    let columns = ["title", "problem", "solution", "product_id", "active"]
    let differs = columns.map { "a.\($0) IS NOT v.\($0)" }
    let rows = try connection.rows(
      sql: """
        SELECT a.id, v.id IS NULL, \(differs.joined(separator: ", ")) FROM article a
          LEFT JOIN article_version v ON v.article_id = a.id AND v.version = a.version
          WHERE v.id IS NULL OR \(differs.joined(separator: " OR "))
            OR a.version <> (SELECT max(version) FROM article_version WHERE article_id = a.id)
        """)
    for row in rows {
      let names = columns.indices.filter { row[$0 + 2] == .integer(1) }.map { columns[$0] }
      let isWhole = row[1] == .integer(1) || names.isEmpty
      try body(Difference(table: "article", id: row[0].integer ?? 0, columns: isWhole ? ["version"] : names))
    }
    // Only a writer can ask the index itself whether it has every word; a reader counts whom it knows.
    for row in try connection.rows(
      sql: "SELECT id FROM article WHERE id NOT IN (SELECT id FROM article_text_docsize)")
    {
      try body(Difference(table: "article_text", id: row[0].integer ?? 0, columns: ["title", "problem", "solution"]))
    }
  }
}
