public import SLA
public import SQLite

/// Finds articles by their words, the best first: a hit in the title counts most, then in the problem, then in the
/// solution.
public struct ArticleSearch {
  public struct Hit: Equatable, Sendable {
    public var id: Int64
    public var title: String
    public var product: String?
    public var changedAt: Instant
    /// The part of the text around the hits, each between `«` and `»`, on one line.
    public var snippet: String
  }

  private let connection: Connection

  public init(_ connection: Connection) { self.connection = connection }

  /// - Parameters:
  ///   - product: only articles on it; its name.
  ///   - limit: at most so many; `nil` for all.
  /// - Returns: the articles that have all that is looked for, else those that have some of it.
  /// - Throws: `DeskError` when there is nothing to look for, or no such product.
  public func find(_ text: String, product: String? = nil, limit: Int64? = nil) throws -> (hits: [Hit], hasAll: Bool) {
    let query = try ArticleQuery(text)
    let productID = try product.map { try Directory(connection).require($0, in: .product) }
    let hits = try self.hits(query.all, productID, limit)
    guard hits.isEmpty, let any = query.any else { return (hits, true) }
    return (try self.hits(any, productID, limit), false)
  }

  private func hits(_ match: String, _ productID: Int64?, _ limit: Int64?) throws -> [Hit] {
    let statement = try connection.cached(
      sql: """
        SELECT a.id, a.title, p.name, a.changed_at, snippet(article_text, -1, '«', '»', '…', 18)
          FROM article_text JOIN article a ON a.id = article_text.rowid LEFT JOIN product p ON p.id = a.product_id
          WHERE article_text MATCH ?1 AND a.active AND (?2 IS NULL OR a.product_id = ?2)
          ORDER BY bm25(article_text, 8.0, 3.0, 1.0), a.changed_at DESC, a.id LIMIT coalesce(?3, -1)
        """)
    statement.bind([.text(match), Value(productID), Value(limit)])
    var hits: [Hit] = []
    while try statement.step() {
      let snippet = statement.text(4).split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
      hits.append(
        Hit(
          id: statement.integer(0), title: statement.text(1), product: statement.textOrNil(2),
          changedAt: Instant(statement.integer(3)), snippet: snippet))
    }
    return hits
  }
}

/// One article with all its versions.
public struct ArticleSheet {
  public struct Version: Sendable {
    public var number: Int64
    public var recordedAt: Instant
    /// A login; `nil` for an import.
    public var recordedBy: String?
    public var reason: String?
    public var title: String
    public var problem: String
    public var solution: String
    public var product: String?
    public var isActive: Bool
  }

  public let id: Int64
  public let author: String?
  public let writtenAt: Instant
  public let changedAt: Instant
  public let ticketID: Int64?
  /// The first one first; the last one is the article.
  public let versions: [Version]
  public var last: Version { versions[versions.count - 1] }

  /// `nil` when there is no such article.
  public init?(_ id: Int64, on connection: Connection) throws {
    let head = try connection.cached(
      sql: """
        SELECT u.name, a.written_at, a.changed_at, a.ticket_id FROM article a LEFT JOIN user u ON u.id = a.author_id
          WHERE a.id = ?
        """)
    head.bind(1, id)
    defer { head.reset() }
    guard try head.step() else { return nil }
    self.id = id
    author = head.textOrNil(0)
    writtenAt = Instant(head.integer(1))
    changedAt = Instant(head.integer(2))
    ticketID = head.integerOrNil(3)
    let rows = try connection.cached(
      sql: """
        SELECT v.version, v.recorded_at, u.login, v.reason, v.title, v.problem, v.solution, p.name, v.active
          FROM article_version v LEFT JOIN user u ON u.id = v.recorded_by LEFT JOIN product p ON p.id = v.product_id
          WHERE v.article_id = ? ORDER BY v.version
        """)
    rows.bind(1, id)
    var versions: [Version] = []
    while try rows.step() {
      versions.append(
        Version(
          number: rows.integer(0), recordedAt: Instant(rows.integer(1)), recordedBy: rows.textOrNil(2),
          reason: rows.textOrNil(3), title: rows.text(4), problem: rows.text(5), solution: rows.text(6),
          product: rows.textOrNil(7), isActive: rows.integer(8) == 1))
    }
    guard !versions.isEmpty else {
      throw DeskError("article \(id) has no version on record", mend: "run 'plazo doctor'")
    }
    self.versions = versions
  }
}
