import SLA
import SQLite
import Seeded
import Testing

@testable import Alerts

@Suite struct HeaderTests {
  static let hostile = [
    "Hola\r\nBcc: all@example.org\r\n\r\n<script>", "a\nb\rc\u{0}d\u{85}e\u{2028}f", "=?UTF-8?Q?fake?=", "", " ",
    "\r\n",
    "Ñandú", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦 familia 🇲🇽", "مرحبا بالعالم", "\u{202e}txt.exe", String(repeating: "ab ", count: 4000),
    String(repeating: "ñ", count: 10_000), String(repeating: "👩‍👩‍👧‍👦", count: 10_000),
    "e" + String(repeating: "\u{301}", count: 10_000), "\"Ana\" <ana@evil.example>, x@y", "a;b:c,(d)\\e",
  ]

  @Test(arguments: hostile)
  func noTitleOrNameAddsAHeader(text: String) throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana", name: text)
    try desk.addTicket(7, title: text)
    try desk.connection.run(sql: "UPDATE client SET name = ? WHERE id = 1", .text(text))
    try desk.sweep((7, .late))
    try desk.compose()
    let mail = try #require(try desk.mails().first)
    #expect(
      mail.headers.map(\.name) == [
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "Content-Language", "MIME-Version", "Content-Type",
      ])
    #expect(mail.headerLines.allSatisfy { $0.utf8.count <= 76 || $0.hasPrefix("Content-Type") }, "\(mail.headerLines)")
    #expect(try mail.header("To").hasSuffix("<ana@example.org>") || mail.header("To") == "ana@example.org")
    #expect(try mail.header("Subject") == desk.subjects()[0].trimmed)
    #expect(try mail.header("Subject").count <= 150)
    #expect(!mail.html.contains("<script>"))
    #expect(mail.text.utf8.count < 12_000)
  }

  @Test func encodedWordsDecodeToWhatWentIn() throws {
    var random = Dice(seed: 42)
    let alphabet: [Character] = [
      "a", "Z", "9", " ", "-", "_", "?", "=", "ñ", "€", "語", "😀", "👩‍👩‍👧‍👦", "é", "e\u{301}", "\"", "<",
    ]
    for _ in 0..<3000 {
      let text = String(
        (0..<Int.random(in: 0...90, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
      )
      .oneLine(limit: 150)
      let value = HeaderText.unstructured(text, column: 9)
      for (index, line) in value.split(separator: "\r\n").enumerated() {
        #expect(line.utf8.count + (index == 0 ? 9 : 0) <= 76)
        #expect(index == 0 || line.first == " ")
      }
      #expect(try decodeWords(String(value.unicodeScalars.filter { $0 != "\r" && $0 != "\n" })) == text)
    }
  }

  @Test(arguments: [
    ("ana@example.org", true), ("Ana.Lopez+x@mail.example.org", true), ("root@localhost", true), ("", false),
    ("ana", false), ("@example.org", false), ("ana@", false), ("-oQ/tmp@example.org", false),
    ("a..b@example.org", false),
    (".a@example.org", false), ("a@-x.org", false), ("a@x..org", false), ("a b@example.org", false),
    ("a@example.org\nBcc: b@example.org", false), ("a@b@c", false), ("ñ@example.org", false),
    ("\"a\"@example.org", false),
    ("a@[127.0.0.1]", false), ("<a@example.org>", false),
  ])
  func onlyPlainAddressesPass(text: String, isAddress: Bool) {
    #expect((MailAddress(text) != nil) == isAddress)
  }

  @Test(arguments: [
    ("2026-03-27T16:05:09-06:00", "America/Mexico_City", "Fri, 27 Mar 2026 16:05:09 -0600"),
    ("2026-07-01T00:00:00Z", "Asia/Kolkata", "Wed, 1 Jul 2026 05:30:00 +0530"),
    ("2026-01-01T00:00:00Z", "UTC", "Thu, 1 Jan 2026 00:00:00 +0000"),
    ("1970-01-01T00:00:00Z", "America/St_Johns", "Wed, 31 Dec 1969 20:30:00 -0330"),
  ])
  func datesAreOfRFC5322(instant: String, zone: String, date: String) throws {
    #expect(try #require(Instant(iso8601: instant, in: .utc)).mailDate(in: try systemZone(zone)) == date)
  }

  @Test(arguments: [
    "", ".", "From here", "=", "a ", "tab\tinside\t", String(repeating: "x", count: 75),
    String(repeating: "x", count: 76),
    String(repeating: "x", count: 77), String(repeating: "ñ", count: 200), "a\n\nb\n.\nFrom x",
  ])
  func quotedPrintableDecodesToWhatWentIn(text: String) throws {
    let head = "Content-Type: multipart/alternative; boundary=\"=_b\"\r\n\r\n"
    let part = { (type: String) in
      "--=_b\r\nContent-Type: text/\(type); charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    }
    let encoded = String(decoding: QuotedPrintable.encode(text), as: UTF8.self)
    let mail = try ParsedMail(Array("\(head)\(part("plain"))\(encoded)\(part("html"))\(encoded)--=_b--\r\n".utf8))
    #expect(mail.text == text + "\n")
    #expect(!encoded.split(separator: "\r\n").contains { $0 == "." || $0.hasPrefix("From ") || $0.hasSuffix(" ") })
  }
}

extension String {
  /// A subject ends without the space that a header cannot hold at its end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
