internal import FoundationEssentials
internal import SLA
internal import Text

/// A mail in two forms, text and HTML, ready to be written out.
///
/// No input can add a header: names and subjects are put on one line and encoded, addresses and ids are of types that
/// hold no such thing.
struct Mail {
  var senderName: String
  var sender: MailAddress
  var recipientName: String
  var recipient: MailAddress
  var subject: String
  var id: MailID
  /// The mail at the head of the conversation to which this one belongs. It need not exist.
  var thread: MailID
  var date: Instant
  var zone: Zone
  var language: Language
  var text: String
  var html: String
  var attachments: [MailAttachment] = []

  static let longestName = 100
  static let longestSubject = 150

  /// The bytes of the message, lines ended by CRLF. The same mail gives the same bytes.
  var bytes: [UInt8] {
    let senderName = senderName.oneLine(limit: Self.longestName)
    let recipientName = recipientName.oneLine(limit: Self.longestName)
    let subject = subject.oneLine(limit: Self.longestSubject)  // again: no caller may forget it
    let headers = [
      "From: " + HeaderText.mailbox(name: senderName, sender, column: 6),
      "To: " + HeaderText.mailbox(name: recipientName, recipient, column: 4),
      "Subject: " + HeaderText.unstructured(subject, column: 9),
      "Date: " + date.mailDate(in: zone),
      "Message-ID: <\(id.text)>",
      "In-Reply-To: <\(thread.text)>",
      "References: <\(thread.text)>",
      "Auto-Submitted: auto-generated",
      "Content-Language: \(language.rawValue)",
      "MIME-Version: 1.0",
    ]
    return Self.lines(headers) + (attachments.isEmpty ? body : mixed)
  }

  /// Text and HTML, the two forms of the same.
  private var body: [UInt8] {
    // No line of quoted-printable can hold «=_», so the boundary cannot occur in a part.
    let boundary = "=_plazo-\(stableHash(id.text))"
    var bytes = Self.lines(["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""])
    for (type, content) in [("plain", text), ("html", html)] {
      bytes += Self.lines([
        "--\(boundary)", "Content-Type: text/\(type); charset=UTF-8", "Content-Transfer-Encoding: quoted-printable", "",
      ])
      bytes += QuotedPrintable.encode(content)
    }
    return bytes + Self.lines(["--\(boundary)--"])
  }

  /// The body, then the files.
  private var mixed: [UInt8] {
    let boundary = "=_plazo-files-\(stableHash(id.text))"
    var bytes = Self.lines(["Content-Type: multipart/mixed; boundary=\"\(boundary)\"", "", "--\(boundary)"]) + body
    for file in attachments { bytes += Self.lines(["--\(boundary)"]) + file.part }
    return bytes + Self.lines(["--\(boundary)--"])
  }

  static func lines(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\r\n") + "\r\n").utf8) }
}

extension MailAttachment {
  /// The file as a part of a mail: base64, with its name as old and new readers take it.
  ///
  /// - Source: RFC 2183; RFC 2231 for names beyond ASCII.
  fileprivate var part: [UInt8] {
    // A name is data, and of a path only the end is one.
    let whole = name.oneLine(limit: 120).split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? "file"
    let isPlain = whole.utf8.allSatisfy {
      (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "%")
    }
    let parameter = isPlain ? ["filename=\"\(whole)\""] : Self.extended(whole)
    let legalType = type.utf8.allSatisfy { (0x20...0x7e).contains($0) } ? type : "application/octet-stream"
    let head = Mail.lines([
      "Content-Type: \(legalType)", "Content-Disposition: attachment;\r\n " + parameter.joined(separator: ";\r\n "),
      "Content-Transfer-Encoding: base64", "",
    ])
    return head
      + Data(bytes).base64EncodedString(options: [
        .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
      ]).utf8 + [13, 10]
  }

  /// `filename*0*=UTF-8''…` in parts that fit their lines.
  private static func extended(_ name: String) -> [String] {
    var parts: [String] = []
    var part = "UTF-8''"
    for byte in name.utf8 {
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 46 || byte == 45
      let piece = isPlain ? String(Unicode.Scalar(byte)) : "%" + hexadecimal(byte)
      if part.utf8.count + piece.utf8.count > 55 {
        parts.append(part)
        part = ""
      }
      part += piece
    }
    parts.append(part)
    return parts.count == 1 ? ["filename*=\(parts[0])"] : parts.enumerated().map { "filename*\($0)*=\($1)" }
  }
}

/// A Message-ID without its angle brackets.
struct MailID: Hashable, Sendable {
  let text: String

  /// - Parameters:
  ///   - key: of what the mail is about: letters, digits, hyphens and slashes.
  ///   - salt: tells apart the same key in two desks.
  init(key: String, salt: String, domain: String) {
    text = "plazo.\(key.split(separator: "/").joined(separator: ".")).\(stableHash(salt))@\(domain)"
  }
}

/// FNV-1a of 64 bits, as 16 digits: the same on every machine and in every release. No secret rests on it.
///
/// - Source: <http://www.isthe.com/chongo/tech/comp/fnv/>
func stableHash(_ text: String) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

extension Instant {
  /// `Fri, 27 Mar 2026 17:00:00 -0600`. - Source: RFC 5322 §3.3.
  func mailDate(in zone: Zone) -> String {
    let date = zone.date(at: self)
    let (year, month, day) = date.parts
    let time = localText(in: zone).split(separator: " ").last ?? ""
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][date.weekday.rawValue]
    let monthName = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    // Old local mean times have seconds, which the form cannot carry.
    let offset = zone.offset(at: self) / 60
    let size = Int(offset.magnitude)
    let digits = "\(size / 60 * 100 + size % 60)"
    let padded = String(repeating: "0", count: 4 - digits.count) + digits
    return "\(weekday), \(day) \(monthName) \(year) \(time) \(offset < 0 ? "-" : "+")\(padded)"
  }
}
