import FoundationEssentials
import Testing

@Suite("A new desk") struct InitTests {
  @Test("has its settings, its database and its folders, for its owner only")
  func makesAllOfIt() {
    let desk = TestDesk()
    #expect(desk.names(in: "mesa") == ["calendars", "desk.sqlite", "mail", "out", "plazo.json5", "reports"])
    for folder in ["mesa", "mesa/calendars", "mesa/mail", "mesa/out", "mesa/reports"] {
      #expect(desk.mode(of: folder) == 0o700)
    }
    for file in ["mesa/desk.sqlite", "mesa/plazo.json5"] { #expect(desk.mode(of: file) == 0o600) }
    #expect(desk.done("user", "list", "--format", "csv").contains("ada,ada,administrator,ada@example.com"))
  }

  @Test("says where it is and what comes next")
  func saysWhatComesNext() {
    let desk = TestDesk(empty: true)
    let outcome = desk.run("init", "neu", "--zone", "Europe/Madrid", "--admin", "ada")
    #expect(outcome.data == "neu: a new desk, in Europe/Madrid, administered by ada\n")
    #expect(outcome.talk.hasPrefix("next: look through neu/plazo.json5"))
  }

  @Test("takes any name that a person can type")
  func takesOddNames() {
    let desk = TestDesk(empty: true)
    desk.done("init", "mesa", "--name", "Ñandú \"3\\4\" \u{1F680} // no", "--zone", "UTC", "--admin", "ada")
    desk.done("ticket", "list")
  }

  @Test("is refused where there is one, whole or in part")
  func refusesToOverwrite() {
    let desk = TestDesk()
    let settings = desk.file("mesa/plazo.json5")
    desk.fails(
      "init", "mesa", "--zone", "UTC", saying: "plazo: there is a desk at 'mesa' already; choose another folder")
    #expect(desk.file("mesa/plazo.json5") == settings)
    desk.write("{}", to: "plazo.json5")
    desk.fails(
      "init", ".", "--zone", "UTC",
      saying: "plazo: '.' has part of a desk, plazo.json5, already; "
        + "remove it if it is of no use, or choose another folder")
  }

  @Test("leaves nothing behind when it cannot be made")
  func leavesNothing() {
    let desk = TestDesk(empty: true)
    desk.write("", to: "file")
    desk.fails(
      "init", "file", "--zone", "UTC",
      saying: "plazo: 'file' cannot be made (not a directory); choose another place")
    desk.fails(
      "init", "file/sub", "--zone", "UTC",
      saying: "plazo: 'file/sub' cannot be made (not a directory); choose another place")
    // Half way: the last of the folders is a file of the user's, which must stay.
    desk.done("init", "other", "--zone", "UTC", "--admin", "ada")
    try? FileManager.default.createDirectory(atPath: "\(desk.folder)/mine", withIntermediateDirectories: true)
    desk.write("precious", to: "mine/mail")
    desk.fails(
      "init", "mine", "--zone", "UTC",
      saying: "plazo: 'mine/mail' cannot be made (not a directory); choose another place")
    #expect(desk.names(in: "mine") == ["mail"])
    #expect(desk.file("mine/mail") == "precious")
  }

  @Test("is refused in a zone that is not known, with the nearest one")
  func refusesUnknownZone() {
    let desk = TestDesk(empty: true)
    desk.fails(
      "init", "neu", "--zone", "America/Mexico_Cty",
      saying: "plazo: there is no time zone 'America/Mexico_Cty'; "
        + "did you mean 'America/Mexico_City'? write an IANA name such as America/Mexico_City")
    desk.fails(
      "init", "neu", "--zone", "mexico city",
      saying: "plazo: there is no time zone 'mexico city'; "
        + "did you mean 'America/Mexico_City'? write an IANA name such as America/Mexico_City")
    #expect(desk.names(in: ".") == [])
  }
}
