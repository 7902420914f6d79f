import Glibc
import Testing

@Suite("The service") struct ServiceTests {
  private let desk = TestDesk()

  /// Starts it and waits until its first pass is over.
  private func start() -> Child {
    let child = desk.program.start(["run"])
    #expect(child.says("watching mesa, a pass each minute"))
    #expect(child.says("applied plazo.json5 as version"))
    return child
  }

  @Test("does its first pass at once, keeps out a second one, lets tick pass, and ends on SIGTERM")
  func livesAndEnds() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "1h", "--assign", "beto")
    desk.now = "2026-03-27T10:30"
    let child = start()
    #expect(child.says("mail: 1 sent"))
    let tick = desk.run("tick")
    #expect(tick.code == 0 && tick.data == "")
    #expect(tick.talk.hasPrefix("plazo: the desk is locked by process \(child.process) (plazo run) since "))
    #expect(desk.run("tick", "--quiet") == .init(code: 0, data: "", talk: ""))
    let second = desk.run("run")
    #expect(second.code == 1)
    #expect(second.talk.hasPrefix("plazo: the desk is locked by process \(child.process) (plazo run) since "))
    child.signal(SIGTERM)
    let outcome = child.wait()
    #expect(outcome.code == 0)
    #expect(outcome.talk.hasSuffix("stopped by signal 15\n"))
    desk.done("tick")
    #expect(desk.names(in: "mesa/mail/beto/new").count == 1)
  }

  @Test("reads a changed configuration on SIGHUP, and keeps the old one when the new one is wrong")
  func reloads() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    let child = start()
    desk.write(settings.replacing("\"es\"", with: "\"fr\""), to: "mesa/plazo.json5")
    child.signal(SIGHUP)
    #expect(child.says("error: mesa/plazo.json5: language: 'fr' is not legal; legal values: es, en"))
    #expect(child.says("plazo.json5 as it was read before stays in use"))
    desk.write(settings.replacing("\"es\"", with: "\"en\""), to: "mesa/plazo.json5")
    child.signal(SIGHUP)
    #expect(child.says("plazo.json5 was read again"))
    child.signal(SIGINT)
    #expect(child.wait().code == 0)
  }

  @Test("begins its clock at --now and lets it go on")
  func clockGoesOn() {
    let child = start()
    #expect(child.talk.hasPrefix("2026-03-27T09:00:0"))
    child.signal(SIGTERM)
    #expect(child.wait().code == 0)
  }

  @Test("goes on when a pass fails, and says why")
  func survivesAFailedPass() {
    desk.done("tick")
    // Nothing is swept backwards.
    desk.now = "2026-03-27T08:00"
    let child = desk.program.start(["run"])
    #expect(child.says("which is later than now"))
    child.signal(SIGTERM)
    #expect(child.wait().code == 0)
  }
}
