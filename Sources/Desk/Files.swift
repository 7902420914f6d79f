public import SLA
public import SQLite
internal import Text

/// A file that somebody adds to a ticket. Its name is data: nothing ever takes it for a path.
public struct Attachment: Equatable, Sendable {
  public let name: String
  public let content: [UInt8]

  /// How many bytes a file has at most: 1 MiB. - Source: manual, 5.2.
  public static let limit = 1_048_576
  /// How many bytes a name has at most: what file systems take.
  static let longestName = 255

  /// - Throws: `DeskError` for a file that is too large, with its size and the limit, and for a name that says nothing.
  public init(name: String, content: [UInt8]) throws {
    guard content.count <= Self.limit else { throw Self.tooLarge(name, size: content.count) }
    guard name.hasText, name.utf8.count <= Self.longestName, !name.unicodeScalars.contains("\0") else {
      throw DeskError("a file's name is empty or too long", mend: "give it one of at most \(Self.longestName) bytes")
    }
    self.name = name
    self.content = content
  }

  /// What is said of a file that is larger than the desk takes, before it is read.
  public static func tooLarge(_ name: String, size: Int) -> DeskError {
    DeskError(
      "'\(name)' has \(size) bytes, and a file may have at most \(limit) (1 MiB)",
      mend: "make it smaller or split it; nothing was recorded")
  }
}

/// The files of tickets. Who added which is an event; the contents stand by themselves, each once, whatever its names.
public struct TicketFiles {
  public let connection: Connection
  public init(_ connection: Connection) { self.connection = connection }

  /// A file of a ticket, without its content.
  public struct Entry: Equatable, Sendable {
    /// 1 for the ticket's first file, and so on: it never changes.
    public var number: Int
    public var name: String
    public var size: Int
    public var hash: String
    public var addedAt: Instant
    /// The login of who added it; `nil` for the program itself.
    public var actor: String?
    /// Of its event.
    public var sequence: Int64
  }

  /// In the order in which they were added.
  public func list(of ticketID: Int64) throws -> [Entry] {
    let rows = try connection.rows(
      sql: """
        SELECT e.value, f.size, f.hash, e.happened_at, u.login, e.sequence
          FROM ticket_event e JOIN file f ON f.hash = e.detail LEFT JOIN user u ON u.id = e.actor_id
          WHERE e.ticket_id = ? AND e.kind = 'attached' ORDER BY e.sequence
        """, .integer(ticketID))
    return rows.enumerated().map { index, row in
      Entry(
        number: index + 1, name: row[0].text ?? "", size: Int(row[1].integer ?? 0), hash: row[2].text ?? "",
        addedAt: Instant(row[3].integer ?? 0), actor: row[4].text, sequence: row[5].integer ?? 0)
    }
  }

  /// A ticket's file by its number in the list, or by its name; of several with one name the last.
  /// - Throws: `DeskError` with the nearest name.
  public func find(_ reference: String, of ticketID: Int64) throws -> Entry {
    let all = try list(of: ticketID)
    if let named = all.last(where: { $0.name == reference }) { return named }
    if let number = Int(reference), let entry = all.first(where: { $0.number == number }) { return entry }
    let guess = nearest(to: reference, among: all.map(\.name)).map { "did you mean '\($0)'? " } ?? ""
    throw DeskError(
      "ticket \(ticketID) has no file '\(reference)'", mend: "\(guess)see 'plazo ticket file list \(ticketID)'")
  }

  public func content(of entry: Entry) throws -> [UInt8] {
    guard
      case .blob(let bytes) = try connection.value(sql: "SELECT content FROM file WHERE hash = ?", .text(entry.hash))
    else { throw DeskError("the desk has lost the content of a file", mend: "run 'plazo doctor'") }
    return bytes
  }

  /// Keeps a content, once. - Returns: the event that tells of it, to be recorded in the same transaction.
  func store(_ file: Attachment) throws -> TicketChange {
    let hash = SHA256.hex(file.content)
    try connection.run(
      sql: "INSERT INTO file (hash, size, content) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING",
      .text(hash), .integer(Int64(file.content.count)), .blob(file.content))
    return .attached(name: file.name, hash: hash)
  }
}
