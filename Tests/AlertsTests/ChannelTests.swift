import Children
import FoundationEssentials
import Glibc
import SLA
import Testing
import Text

@testable import Alerts

@Suite struct SendmailChannelTests {
  private let folder: String
  init() throws {
    var template = Array("/tmp/plazo-channel-XXXXXX".utf8CString)
    folder = String(cString: try #require(mkdtemp(&template)))
    signal(SIGPIPE, SIG_IGN)
  }

  private func message(_ text: String = "Subject: x\r\n\r\nHola\r\n") -> OutgoingMessage {
    OutgoingMessage(
      id: 1, messageID: "a@b", recipient: "ana@example.org", mailbox: "ana", attempt: 2, createdAt: Instant(1),
      content: Array(text.utf8), kind: "digest", subject: "3 retrasados", facts: "{\"late\":3}")
  }

  @Test func theMailIsOnStandardInputWithTheLineEndsOfFiles() throws {
    let file = "\(folder)/mail"
    let channel = SendmailChannel(name: "mail", command: ["/bin/sh", "-c", "cat > \(file)"])
    #expect(channel.deliver(message()) == .sent)
    #expect(FileManager.default.contents(atPath: file) == Data("Subject: x\n\nHola\n".utf8))
  }

  @Test(arguments: [
    (0, "sent"), (64, "never"), (65, "never"), (67, "never"), (69, "retry"), (75, "retry"), (77, "retry"), (1, "retry"),
    (127, "retry"),
  ])
  func theExitCodeSaysWhetherTryingAgainHelps(code: Int, result: String) {
    let channel = SendmailChannel(name: "mail", command: ["/bin/sh", "-c", "exit \(code)"])
    switch channel.deliver(message()) {
    case .sent: #expect(result == "sent")
    case .retry(let reason): #expect(result == "retry" && reason.contains("\(code)"))
    case .never(let reason): #expect(result == "never" && reason.contains("\(code)"))
    }
  }

  @Test func whatItSaysIsToldWithoutAddresses() {
    let script = "echo 'msmtp: recipient <ana@example.org> rejected by https://mail.example, user=ana' >&2; exit 75"
    #expect(
      SendmailChannel(name: "mail", command: ["/bin/sh", "-c", script]).deliver(message())
        == .retry("the command ended with code 75 (temporary failure): msmtp: recipient … rejected by … …"))
  }

  @Test func aCommandThatHangsOrIsMissingIsTriedAgain() {
    #expect(
      SendmailChannel(name: "mail", command: ["/bin/sleep", "60"], timeLimit: 1).deliver(message())
        == .retry("the command took longer than 1 s and was stopped"))
    #expect(
      SendmailChannel(name: "mail", command: ["/no/such/sendmail"]).deliver(message())
        == .retry("the command cannot be started: No such file or directory"))
  }

  @Test func aCommandHasTheFactsInItsEnvironment() throws {
    let file = "\(folder)/facts"
    let names = ["KIND", "SUBJECT", "RECIPIENT", "ADDRESS", "ATTEMPT", "FACTS"].map { "$PLAZO_\($0)" }
    let script = "{ echo \"\(names.joined(separator: "|"))\"; cat; } > \(file)"
    #expect(CommandChannel(name: "sms", command: ["/bin/sh", "-c", script]).deliver(message("Hola\n")) == .sent)
    #expect(
      FileManager.default.contents(atPath: file)
        == Data("digest|3 retrasados|ana|ana@example.org|2|{\"late\":3}\nHola\n".utf8))
  }
}

@Suite struct WebhookChannelTests {
  @Test(arguments: [
    (0, 200, "sent"), (0, 204, "sent"), (0, 301, "never"), (0, 400, "never"), (0, 404, "never"), (0, 408, "retry"),
    (0, 429, "retry"), (0, 500, "retry"), (0, 503, "retry"), (3, 0, "never"), (6, 0, "retry"), (7, 0, "retry"),
    (28, 0, "retry"), (60, 0, "retry"), (99, 0, "retry"),
  ])
  func statusAndExitCodeSayWhetherTryingAgainHelps(curl: Int, status: Int, result: String) {
    switch WebhookChannel.result(curl: Int32(curl), status: status) {
    case .sent: #expect(result == "sent")
    case .retry: #expect(result == "retry")
    case .never: #expect(result == "never")
    }
  }

  @Test(arguments: [
    ("https://hooks.example.com/T1/B2", true), ("http://localhost:8080/x", true), ("http://127.0.0.1/x", true),
    ("http://[::1]:9/x", true), ("http://example.com/x", false), ("http://localhost.example.com/x", false),
    ("http://127.0.0.1.example.com/", false), ("http://localhost@example.com/", false), ("file:///etc/passwd", false),
    ("https://", false), ("ftp://x", false),
  ])
  func onlyHTTPSLeavesTheMachine(address: String, isAllowed: Bool) {
    #expect(WebhookChannel.isAllowed(address) == isAllowed)
  }

  @Test func noErrorHasTheSecretInIt() throws {
    signal(SIGPIPE, SIG_IGN)
    let message = OutgoingMessage(
      id: 1, messageID: "a@b", recipient: "#x", mailbox: "#x", attempt: 1, createdAt: Instant(1), content: [123, 125])
    let environment = [
      "HOOK": "http://127.0.0.1:9/s3cret", "BAD": "http://127.0.0.1/s3cret\nheader = \"x\"",
      "FAR": "http://s3cret.example/",
    ]
    for (variable, expected) in [
      ("HOOK", "the webhook's host does not answer"),
      ("NONE", "the webhook's address is not in the variable NONE"),
      ("BAD", "the webhook's address is not in the variable BAD"),
    ] {
      let channel = WebhookChannel(name: "chat", url: Secret(.variable(variable)), environment: environment)
      #expect(channel.deliver(message) == .retry(expected))
    }
    #expect(
      WebhookChannel(name: "chat", url: Secret(.variable("FAR")), environment: environment).deliver(message)
        == .never("the webhook's address is not https://, nor http:// on this machine"))
  }

  @Test func aSecretFileIsItsFirstLine() throws {
    var template = Array("/tmp/plazo-secret-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    try Data("t0ken\n# a note\n".utf8).write(to: URL(filePath: "\(folder)/secret"))
    #expect(Secret(.file("\(folder)/secret")).read([:]) == "t0ken")
    #expect(Secret(.file("\(folder)/none")).read([:]) == nil)
    #expect(Secret(.variable("A")).read(["A": "x\u{7}"]) == nil)
  }

  @Test func valuesAreQuotedAsCurlReadsThem() {
    #expect(WebhookChannel.quoted("a\"b\\c\nd\te\0") == "\"a\\\"b\\\\c\\nd\\te\"")
  }
}

@Suite struct BodyTemplateTests {
  private let facts: [String: JSONValue] = [
    "subject": .string("3 \"retrasados\" & <1>"), "late": .integer(3), "text": .string("a\nb {late}"),
    "tickets": .array([.object(["line": .string("■ Ticket 7 · <script> & co")])]),
  ]

  private func filled(_ value: JSONValue) -> JSONValue { BodyTemplate(value).filled(with: facts) }

  @Test func factsStandWhereTheirNamesAre() {
    #expect(filled(.string("{subject}!")) == .string("3 \"retrasados\" & <1>!"))
    #expect(filled(.string("{late}")) == .integer(3))
    #expect(filled(.string("{late} de {late}")) == .string("3 de 3"))
    #expect(filled(.string("{unknown} {")) == .string("{unknown} {"))
    #expect(filled(.string("{text}")) == .string("a\nb {late}"), "what a fact says is not filled again")
    #expect(
      filled(.object(["a": .array([.string("{late}"), .bool(true)])]))
        == .object(["a": .array([.integer(3), .bool(true)])]))
  }

  @Test func noFactEndsAString() throws {
    let text = try filled(.object(["text": .string("{subject}")])).canonicalText()
    #expect(text == #"{"text":"3 \"retrasados\" & <1>"}"#)
  }

  @Test func slackGetsALineATicketWithItsMarkupEscaped() {
    #expect(
      filled(BodyTemplate.slack.value)
        == .object(["text": .string("*3 \"retrasados\" &amp; &lt;1&gt;*\n• ■ Ticket 7 · &lt;script&gt; &amp; co")]))
  }
}
