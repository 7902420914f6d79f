/// A mail as it comes in: who writes, what about, in which conversation, the text, and the files.
///
/// - Source: RFC 5322 (the form), RFC 2045 to 2047 and 2231 (MIME), RFC 3834 (what is answered by no person).
public struct MailMessage: Sendable {
  /// The address of the first author; `nil` when there is none to be read.
  public let sender: String?
  public let subject: String
  /// Without angle brackets.
  public let id: String?
  /// The mails that this one answers, the nearest first, without angle brackets.
  public let references: [String]
  /// Why no person has written it: the header that says so; `nil` for a person's mail.
  public let automatic: String?
  /// What is written in it; of a mail in HTML alone, its text.
  public let text: String
  public let files: [File]

  public struct File: Equatable, Sendable {
    /// As the mail has it: data, never a path.
    public var name: String
    public var content: [UInt8]
  }

  /// - Throws: `MailFault` for a text in an encoding that cannot be read, or parts without end.
  public init(_ bytes: [UInt8]) throws {
    let part = MailPart(bytes[...])
    let headers = part.headers
    sender = headers["from"].flatMap { MailboxText.firstAddress(in: $0) }
    subject = headers["subject"].map { EncodedWords.decode($0).collapsed } ?? ""
    id = headers["message-id"].flatMap { MailboxText.ids(in: $0).first }
    let answered = headers["in-reply-to"].map { MailboxText.ids(in: $0) } ?? []
    let thread = headers["references"].map { MailboxText.ids(in: $0) } ?? []
    references = answered + thread.reversed().filter { !answered.contains($0) }
    automatic = Self.automatic(part)
    var content = MailContent()
    try content.take(part)
    text = content.text
    files = content.files
  }

  private static func automatic(_ part: MailPart) -> String? {
    func word(_ name: String) -> String? {
      part.headers[name].map { String($0.prefix { $0 != ";" && $0 != "(" }).collapsed.lowercased() }
    }
    if let word = word("auto-submitted"), word != "no" { return "Auto-Submitted: \(word)" }
    if let word = word("precedence"), ["bulk", "junk", "auto_reply"].contains(word) { return "Precedence: \(word)" }
    for name in ["x-autoreply", "x-autorespond", "x-auto-reply"] where part.headers[name] != nil { return name }
    if part.type.name == "multipart/report" { return "Content-Type: multipart/report" }
    if word("return-path") == "<>" { return "Return-Path: <>" }
    return nil
  }
}

/// Why a mail cannot be read.
public struct MailFault: Error, Equatable, Sendable {
  public let problem: String
  public let mend: String
}

extension String {
  /// Without outer blanks, and with one blank for each run of them.
  var collapsed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
