import FoundationEssentials
import Testing

/// What goes with a reply that is mailed to the client: its own files, all of them, each once.
@Suite("The files of a mailed reply") struct LetterFilesTests {
  private let desk = TestDesk()

  init() {
    desk.done("--as", "ada", "user", "edit", "carla", "--mail", "carla@acme.example")
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Uno", "--plazo", "2d", "--assign", "ana",
      "--for", "carla")
    for name in ["interno", "otro", "a", "b"] { desk.write("\(name)\n", to: "\(name).txt") }
  }

  /// The names of the files in the mails to the contact, sorted.
  private func attached() -> [String] {
    desk.done("tick")
    let mails = desk.names(in: "mesa/mail/carla/new").compactMap { desk.file("mesa/mail/carla/new/\($0)") }
    return mails.flatMap { mail in
      mail.split(separator: "\n").filter { $0.contains("filename=") }.compactMap { line in
        line.split(separator: "\"").dropFirst().first.map(String.init)
      }
    }.sorted()
  }

  @Test("are those of no other reply, though all happened in one second")
  func ownFilesAlone() {
    desk.done("--as", "ana", "ticket", "reply", "1", "--text", "Al cliente", "--file", "a.txt", "--mail")
    desk.done("--as", "ana", "ticket", "attach", "1", "interno.txt")
    desk.done("--as", "ana", "ticket", "reply", "1", "--text", "Nota", "--file", "otro.txt")
    desk.done("--as", "ana", "ticket", "reply", "1", "--text", "Más", "--file", "b.txt", "--mail")
    #expect(attached() == ["a.txt", "b.txt"])
  }

  @Test("are all of them, also where they are many")
  func manyFiles() {
    let names = (10..<35).map { "f\($0).txt" }
    for name in names { desk.write("\(name)\n", to: name) }
    let words = ["--as", "ana", "ticket", "reply", "1", "--text", "Todos", "--mail"]
    #expect(desk.program.run(words + names.flatMap { ["--file", $0] }).code == 0)
    #expect(attached() == names)
  }
}
