internal import Desk
internal import Glibc
internal import SLA
internal import SQLite
internal import Text

/// A mail that becomes a ticket or the reply to one: who writes, and to which ticket.
struct MailedTicket {
  static let option = Command.Option(
    "--from-mail", "PATH", "a mail, whole, from a file or from standard input: '-'")

  let message: MailMessage
  /// Names the mail, so that it is recorded once: its Message-ID, or the hash of what it holds.
  let id: String
  private let session: Session
  private let desk: OpenDesk

  /// How many bytes a mail has at most: 64 MiB.
  private static let longest = 64 * 1_048_576

  /// - Throws: `DeskError` for what is no mail, and for one that no person wrote.
  init(_ path: String, _ session: Session, _ desk: OpenDesk) throws {
    self.session = session
    self.desk = desk
    let bytes = try Self.read(path, session)
    do { message = try MailMessage(bytes) } catch let fault as MailFault {
      throw DeskError(fault.problem, mend: "\(fault.mend); nothing was recorded")
    }
    id = message.id ?? "sha256.\(SHA256.hex(bytes))"
    if let reason = message.automatic {
      throw DeskError("the mail was not written by a person (\(reason))", mend: "nothing was recorded")
    }
  }

  private static func read(_ path: String, _ session: Session) throws -> [UInt8] {
    let bytes: [UInt8]?
    do {
      bytes =
        path == "-"
        ? try session.world.input.read(upTo: longest)
        : try withFile(path) { try Input(descriptor: $0).read(upTo: longest) }
    } catch let error as InputError {
      throw DeskError("the mail cannot be read (\(error.reason))", mend: "check what it is")
    }
    guard let bytes else {
      throw DeskError("the mail has more than \(longest) bytes", mend: "ask for a smaller one; nothing was recorded")
    }
    guard !bytes.isEmpty else { throw DeskError("the mail is empty", mend: "give it on standard input, whole") }
    return bytes
  }

  /// The ticket that the mail opened or followed up already; `nil` for a new mail.
  func known() throws -> Int64? { try MailIn(desk.connection).ticketID(of: id) }

  // MARK: Who writes

  /// Who acts, and for which contact: the sender by oneself, or whoever `--as` names for the sender.
  /// - Throws: `DeskError` when nobody active has the sender's address, or several have.
  func people(ticketID: Int64?) throws -> (actor: User, contact: User?) {
    let sender = try self.sender(ticketID)
    guard let actor = try session.explicitActor(desk), actor.id != sender.id else { return (sender, nil) }
    return (actor, sender.role == .client ? sender : nil)
  }

  private func sender(_ ticketID: Int64?) throws -> User {
    guard let address = message.sender else {
      throw DeskError("the mail has no sender that can be read", mend: "check its header From; nothing was recorded")
    }
    let all = try Directory(desk.connection).users().filter {
      $0.isActive && $0.mail.map { $0.lowercased() == address.lowercased() } ?? false
    }
    if all.count == 1 { return all[0] }
    guard let first = all.first else {
      throw DeskError(
        "nobody on this desk has the sender's address",
        mend: "add the contact with 'plazo user add … --mail', or give the address to one with 'plazo user edit'")
    }
    // One person may be a contact of several companies: the ticket says which is meant.
    let clientID = try ticketID.flatMap { try Tickets(desk.connection).ticket($0)?.clientID }
    if let fitting = all.first(where: { $0.role != .client || $0.clientID == clientID }), clientID != nil {
      return fitting
    }
    throw DeskError(
      "several users have the sender's address, '\(first.login)' among them",
      mend: "say for whom with --as and --for, or give each an address of its own")
  }

  // MARK: Which ticket

  /// The ticket that the mail answers, where it says so and the sender may see it: by the mails of this desk in its
  /// conversation, or by a number in the subject such as `[#17]`.
  func ticketID() throws -> Int64? {
    for number in message.references.compactMap(MailNumber.inMessageID) + MailNumber.inSubject(message.subject) {
      guard let row = try Tickets(desk.connection).ticket(number) else { continue }
      let address = message.sender?.lowercased()
      let mayAnswer = try Directory(desk.connection).users().contains {
        $0.isActive && $0.mail?.lowercased() == address && ($0.role != .client || $0.clientID == row.clientID)
      }
      if mayAnswer { return number }
    }
    return nil
  }

  // MARK: What it says

  /// The files, each at most as large as the desk takes. - Throws: `DeskError`; nothing is recorded then.
  func files() throws -> [Attachment] {
    try message.files.map { try Attachment(name: $0.name.prefixOfBytes(255), content: $0.content) }
  }

  /// The subject on one line, without the marks of answers.
  var title: String {
    let subject = MailNumber.withoutMarks(message.subject)
    if subject.isEmpty { return desk.language(es: "(sin asunto)", en: "(no subject)") }
    return subject.count <= 500 ? subject : subject.prefix(499) + "…"
  }

  /// The whole text; a subject that is too long for a title stands before it.
  var description: String { title.hasSuffix("…") ? "\(message.subject)\n\n\(message.text)" : message.text }

  /// The text without the mail that it answers. - Throws: `DeskError` for a mail that says nothing.
  func reply() throws -> String {
    let own = QuotedText.own(message.text)
    guard !own.isEmpty || !message.files.isEmpty else {
      throw DeskError("the mail says nothing", mend: "nothing was recorded")
    }
    return own
  }
}

/// The number of a ticket where mails carry it.
enum MailNumber {
  /// `plazo.ticket.17.…@…`, as this desk's mails of one ticket are called. The domain is not asked: it is a setting, and
  /// may have been another when the mail went out.
  static func inMessageID(_ id: String) -> Int64? {
    let words = id.split(separator: ".")
    guard words.count >= 4, words[0] == "plazo", words[1] == "ticket" else { return nil }
    return Int64(words[2])
  }

  /// `[#17]` anywhere, and in an answer also `Ticket 17` or `#17` at the beginning.
  static func inSubject(_ subject: String) -> [Int64] {
    var numbers: [Int64] = []
    for match in subject.matches(of: /\[#([0-9]{1,18})\]/) { if let number = Int64(match.1) { numbers.append(number) } }
    let rest = withoutMarks(subject)
    if rest != subject, let match = rest.prefixMatch(of: /(?:[Tt]icket\s+#?|#)([0-9]{1,18})\b/) {
      if let number = Int64(match.1) { numbers.append(number) }
    }
    return numbers
  }

  /// Without `Re:`, `RV:`, `Fwd:` and the like before it.
  static func withoutMarks(_ subject: String) -> String {
    var rest = subject.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    while let match = rest.prefixMatch(of: /(?i)(?:re|aw|rv|fwd?|enc|tr|wg|sv)\s*(?:\[[0-9]+\])?\s*:\s*/) {
      rest = String(rest[match.range.upperBound...])
    }
    return rest
  }
}

extension String {
  /// As much of the beginning as fits, characters whole.
  fileprivate func prefixOfBytes(_ count: Int) -> String {
    if utf8.count <= count { return self }
    var result = ""
    for character in self {
      if result.utf8.count + character.utf8.count > count { break }
      result.append(character)
    }
    return result
  }
}
