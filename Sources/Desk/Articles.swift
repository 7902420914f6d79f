public import SLA
public import SQLite

/// The knowledge base: problems that were solved, so that the next one is solved quicker (manual, 7).
///
/// An article is never overwritten: each correction is a version more, and all of them are kept.
public struct Articles {
  public let connection: Connection
  public let actor: User
  public let now: Instant

  public init(_ connection: Connection, actor: User, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  /// What somebody says of an article; `nil` is left as it was, or as the ticket has it.
  public struct Draft {
    public var title: String?
    public var problem: String?
    public var solution: String?
    /// A name; the inner `nil` takes it away.
    public var product: String??
    public var isActive: Bool?
    public init() {}
  }

  /// - Parameter ticketID: a ticket that gives what the draft does not: its title and product, its problem, and as the
  ///   solution the reply of support that came last before it was closed.
  /// - Returns: the number of the article. - Throws: `DeskError` for what is still missing.
  public func add(_ draft: Draft, from ticketID: Int64? = nil) throws -> Int64 {
    try staffOnly()
    return try connection.write {
      var row = ArticleRow(title: "", problem: "", solution: "")
      if let ticketID { row = try article(from: ticketID, hasSolution: draft.solution != nil) }
      try edit(&row, draft)
      return try ArticleBook(connection, now: now, actorID: actor.id).add(row, by: actor.id, at: now)
    }
  }

  /// Adds a version to an article. - Throws: `DeskError` when it says nothing new.
  public func correct(_ id: Int64, _ draft: Draft, reason: String?) throws {
    try staffOnly()
    try connection.write {
      let book = ArticleBook(connection, now: now, actorID: actor.id)
      guard let old = try book.article(id) else {
        throw DeskError("there is no article \(id)", mend: "see 'plazo kb list'")
      }
      var row = old
      try edit(&row, draft)
      guard row != old else {
        throw DeskError("the correction says nothing new", mend: "give what differs, such as --solution")
      }
      try book.replace(id, by: row, reason: reason, at: now)
    }
  }

  // MARK: Parts

  private func edit(_ row: inout ArticleRow, _ draft: Draft) throws {
    if let title = draft.title { row.title = title }
    if let problem = draft.problem { row.problem = problem }
    if let solution = draft.solution { row.solution = solution }
    if let product = draft.product {
      row.productID = try product.map { try Directory(connection).require($0, in: .product) }
    }
    if let isActive = draft.isActive { row.isActive = isActive }
  }

  private func article(from ticketID: Int64, hasSolution: Bool) throws -> ArticleRow {
    guard let ticket = try Tickets(connection).ticket(ticketID) else {
      throw DeskError("there is no ticket \(ticketID)", mend: "see 'plazo ticket list'")
    }
    // A ticket that never was closed, or whose texts all came after, has its last answer.
    let reply = try connection.value(
      sql: """
        SELECT r.body FROM ticket_event e JOIN reply r ON r.sequence = e.sequence
          WHERE e.ticket_id = ?1 AND e.kind = 'replied' AND e.value = 'support'
          ORDER BY e.happened_at <= coalesce(?2, e.happened_at) DESC, e.happened_at DESC, e.sequence DESC LIMIT 1
        """, .integer(ticketID), Value(ticket.closedAt?.seconds)
    ).text
    guard reply != nil || hasSolution else {
      throw DeskError("support never replied to ticket \(ticketID)", mend: "say what solved it with --solution")
    }
    return ArticleRow(
      title: ticket.title, problem: ticket.description.hasText ? ticket.description : ticket.title,
      solution: reply ?? "", productID: ticket.productID, ticketID: ticketID)
  }

  private func staffOnly() throws {
    guard actor.role != .client else {
      throw DeskError("a client's contact does not write articles", mend: "ask a technician")
    }
  }
}
