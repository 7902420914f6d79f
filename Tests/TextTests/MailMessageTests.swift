import Seeded
import Testing

@testable import Text

@Suite("A mail that comes in") struct MailMessageTests {
  private func mail(_ text: String) throws -> MailMessage {
    try MailMessage(Array(text.replacing("\n", with: "\r\n").utf8))
  }

  @Test("is read with its author, subject, conversation and text")
  func plain() throws {
    let mail = try mail(
      """
      From: "Díaz, Carla (Acme)" <carla@acme.example>
      To: soporte@example.com
      Subject: =?UTF-8?Q?N=C3=B3mina:?= =?utf-8?b?IG5v?=
       imprime
      Message-ID: <uno@acme.example>
      In-Reply-To: <plazo.ticket.17.ab@example.com>
      References: <cero@acme.example> <plazo.ticket.17.ab@example.com>

      Desde ayer.

      Saludos
      """)
    #expect(mail.sender == "carla@acme.example")
    #expect(mail.subject == "Nómina: no imprime")
    #expect(mail.id == "uno@acme.example")
    #expect(mail.references == ["plazo.ticket.17.ab@example.com", "cero@acme.example"])
    #expect(mail.text == "Desde ayer.\n\nSaludos" && mail.files.isEmpty && mail.automatic == nil)
  }

  @Test(
    "has its letters in the encodings that there are",
    arguments: [
      ("text/plain; charset=ISO-8859-1", [0x71, 0xF3] as [UInt8], "qó"),
      ("text/plain; charset=\"Windows-1252\"", [0x80, 0x20, 0x93, 0xF1, 0x94], "€ “ñ”"),
      ("text/plain; charset=utf-8", Array("ñ😀".utf8), "ñ😀"),
      ("text/plain; charset=us-ascii", [0x61], "a"),
      // Nobody said what it is, or said too little: UTF-8 if it is that, else what Windows writes.
      ("text/plain", Array("ñ".utf8), "ñ"), ("text/plain; charset=us-ascii", [0xF1], "ñ"),
      ("text/plain; charset=iso-8859-15", [0xA4], "€"), ("text/plain; charset=koi8-r", [0xC4, 0xC1], "да"),
      ("text/plain; charset=utf-16le", [0x61, 0, 0xF1, 0], "añ"),
    ])
  func charsets(type: String, bytes: [UInt8], text: String) throws {
    #expect(try MailMessage(Array("Content-Type: \(type)\n\n".utf8) + bytes).text == text)
  }

  @Test(
    "is refused when its text cannot be read as it says",
    arguments: [
      (
        "text/plain; charset=utf-8", [0xF1] as [UInt8],
        "the mail has a text in the encoding 'utf-8', which cannot be read"
      ),
      (
        "text/plain; charset=ebcdic-nowhere", [0x61],
        "the mail has a text in the encoding 'ebcdic-nowhere', which cannot be read"
      ),
      ("text/plain; charset=utf-8", [0x61, 0, 0x62], "the mail's text holds a NUL character"),
    ])
  func unreadable(type: String, bytes: [UInt8], problem: String) {
    #expect {
      try MailMessage(Array("Content-Type: \(type)\n\n".utf8) + bytes)
    } throws: { ($0 as? MailFault)?.problem == problem }
  }

  @Test("gives the plain form of its text, and the files of all its parts")
  func parts() throws {
    let mail = try mail(
      """
      Content-Type: multipart/mixed; boundary="a b"

      This is a multi-part message.
      --a b
      Content-Type: multipart/alternative; boundary=b

      --b
      Content-Type: text/html; charset=utf-8

      <p>En HTML</p>
      --b
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      En texto, con una l=C3=ADnea que =
      sigue=20
      --b
      Content-Type: image/png; name="logo.png"
      Content-Transfer-Encoding: base64

      AAEC
      --b--
      --a b
      Content-Type: application/pdf
      Content-Disposition: attachment; filename*0*=UTF-8''factura%20;
       filename*1*=n%C3%BAm; filename*2=.pdf

      %PDF
      --a b
      Content-Type: text/plain; name="=?ISO-8859-1?Q?bit=E1cora.txt?="

      fila
      --a b
      Content-Type: message/rfc822

      Subject: otro

      --a b
      Content-Type: application/pgp-signature

      firma
      --a b--
      después
      """)
    #expect(mail.text == "En texto, con una línea que sigue")
    #expect(mail.files.map(\.name) == ["logo.png", "factura núm.pdf", "bitácora.txt", "file-4.eml"])
    #expect(mail.files[0].content == [0, 1, 2] && mail.files[1].content == Array("%PDF".utf8))
  }

  @Test("of HTML alone gives its text")
  func html() throws {
    let mail = try mail(
      """
      Content-Type: text/html; charset=utf-8

      <html><head><title>x</title><style>p { color: red }</style></head><body>
      <!-- <p>no</p> --><p>Buenos d&iacute;as:&nbsp; <b>no
      imprime</b>.</p><p>1 &lt; 2 &amp; 3 &#8364; &#x20AC; &nada; a < b</p>
      <ul><li>uno<li>dos</ul><div>Vea <a href="https://example.com/a?b=1&amp;c=2">esto</a><br>y
      <a href='https://example.com'>https://example.com</a></div>
      <script>alert("<p>")</script><blockquote>citado<br>más</blockquote><pre>a  b
        c</pre>
      """)
    #expect(
      mail.text == """
        Buenos días:  no imprime.

        1 < 2 & 3 € € &nada; a < b

        - uno
        - dos

        Vea esto <https://example.com/a?b=1&c=2>
        y https://example.com
        > citado
        > más
        a  b
          c
        """)
  }

  @Test(
    "has one author, whatever stands around the address",
    arguments: [
      ("carla@acme.example", "carla@acme.example"), ("Carla <c@a.mx>", "c@a.mx"), ("c@a.mx (Carla <x@y.z>)", "c@a.mx"),
      ("\"Ana <a@b.c>, de \\\"Acme\\\"\" <c@a.mx>", "c@a.mx"), ("=?utf-8?q?Ana_=3Ca=40b.c=3E?= <c@a.mx>", "c@a.mx"),
      ("Grupo: c@a.mx, d@a.mx;", "c@a.mx"), ("<c@a.mx>, <d@a.mx>", "c@a.mx"), ("Carla", nil), ("", nil), ("@", nil),
      ("<>", nil), ("a@b@c", nil),
    ])
  func authors(header: String, address: String?) throws { #expect(try mail("From: \(header)\n\nx").sender == address) }

  @Test(
    "that no person wrote is told apart",
    arguments: [
      ("Auto-Submitted: auto-replied", "Auto-Submitted: auto-replied"),
      ("Auto-Submitted: Auto-Generated; owner=x", "Auto-Submitted: auto-generated"), ("Auto-Submitted: no", nil),
      ("Auto-Submitted: NO (a person)", nil), ("Precedence: bulk", "Precedence: bulk"), ("Precedence: list", nil),
      ("X-Autoreply: yes", "x-autoreply"), ("Return-Path: <>", "Return-Path: <>"), ("Return-Path: <a@b.c>", nil),
      (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        "Content-Type: multipart/report"
      ),
    ])
  func automatic(header: String, reason: String?) throws { #expect(try mail("\(header)\n\nx").automatic == reason) }

  @Test("may be broken in any way and is read as far as it goes")
  func broken() throws {
    // Cut off in the middle of a part.
    #expect(try mail("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nuno\n--b\n\ndo").text == "uno\n\ndo")
    // A boundary that never comes: the body is a text.
    #expect(try mail("Content-Type: multipart/mixed; boundary=b\n\nnada").text == "nada")
    // No empty line before the body, and a line of a mailbox file before all.
    #expect(try mail("From carla Fri Mar 27\nSubject: x\nno es cabecera").text == "no es cabecera")
    #expect(try mail("Subject: x\nno es cabecera").subject == "x")
    #expect(try mail("").text == "")
    // A boundary that is the beginning of another.
    let nested =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\nx\n--bb--\n--b--"
    #expect(try mail(nested).text == "x")
  }

  @Test("with parts without end is refused")
  func endless() {
    var text = "x"
    for level in 0..<30 {
      text = "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n\(text)\n--b\(level)--"
    }
    #expect { try mail(text) } throws: { ($0 as? MailFault)?.problem == "the mail has too many parts" }
  }

  @Test("ends, whatever its bytes are", arguments: 1...200)
  func anyBytes(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let pieces = [
      "From: ", "Subject: ", "=?utf-8?q?", "=?utf-8?b?", "?=", "Content-Type: multipart/mixed; boundary=b", "\n",
      "\r\n",
      "\n\n", "--b", "--b--", "Content-Type: text/html", "Content-Transfer-Encoding: base64", "\n ", "<p", "<!--",
      "-->",
      "&#", ";", "=", "=C3", "\"", "(", ")", "<", ">", "\\", "filename*0*=utf-8''%", "quoted-printable", ":", "\u{0}",
      "Content-Disposition: attachment", "<blockquote>", "</", "charset=", "utf-16", "Message-ID: <",
    ]
    var bytes: [UInt8] = []
    for _ in 0..<dice.upTo(120) {
      bytes += dice.upTo(8) == 0 ? [UInt8(dice.upTo(256))] : Array(pieces[dice.upTo(pieces.count)].utf8)
    }
    do { _ = QuotedText.own(try MailMessage(bytes).text) } catch is MailFault {}
  }
}
