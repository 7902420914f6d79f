import FoundationEssentials
import Glibc
import SLA
import Testing

@testable import Alerts

@Suite struct MaildirTests {
  private func message(_ mailbox: String) -> OutgoingMessage {
    OutgoingMessage(
      id: 1, messageID: "a@b", recipient: "a@b", mailbox: mailbox, attempt: 1, createdAt: Instant(1),
      content: [65, 13, 10])
  }

  @Test func theMailboxIsForItsOwnerOnlyAndLinesEndAsTheSystems() throws {
    let desk = try TestDesk()
    #expect(desk.maildir.deliver(message("ana")) == .sent)
    for path in ["mail", "mail/ana", "mail/ana/tmp", "mail/ana/new", "mail/ana/cur"] {
      #expect(mode(of: "\(desk.folder)/\(path)") == 0o700, "\(path)")
    }
    let file = "\(desk.folder)/mail/ana/new/\(try desk.files(in: "mail/ana/new")[0])"
    #expect(mode(of: file) == 0o600)
    #expect(try Data(contentsOf: URL(filePath: file)) == Data([65, 10]))
  }

  @Test(arguments: [
    ("ana", "ana"), ("ana.lopez@x", "ana.lopez@x"), ("../../etc", "%2E.%2F..%2Fetc"), (".ssh", "%2Essh"), ("", "%"),
    ("a/b", "a%2Fb"), ("a%2Fb", "a%252Fb"), ("ñu", "%C3%B1u"),
  ])
  func aLoginNeverReachesOutOfTheRoot(login: String, folder: String) {
    #expect(MaildirChannel.folderName(forLogin: login) == folder)
  }

  @Test func aLongLoginKeepsAFolderOfItsOwn() {
    let names = ["a", "b"].map {
      MaildirChannel.folderName(forLogin: String(repeating: "x", count: 300) + $0)
    }
    #expect(names[0] != names[1] && names.allSatisfy { $0.utf8.count <= 200 })
  }

  @Test func aFileInTheWayIsNoMatterOfTime() throws {
    let desk = try TestDesk()
    try Data().write(to: URL(filePath: "\(desk.folder)/mail"))
    #expect(desk.maildir.deliver(message("ana")) == .never("cannot make a folder of the mailbox: Not a directory"))
  }

  private func mode(of path: String) -> mode_t {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & 0o777 : 0
  }
}
