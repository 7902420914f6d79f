import Glibc
import Testing

@Suite("The install script") struct InstallTests {
  private let desk = TestDesk(empty: true)

  private func install(_ arguments: String..., at location: SourceLocation = #_sourceLocation) -> Program.Outcome {
    desk.program.run(["\(Program.root)/cron/install.sh", "--root", "\(desk.folder)/root"] + arguments, as: "/bin/bash")
  }

  private var files: [String] {
    let root = "\(desk.folder)/root"
    let all = desk.program.run([root, "-type", "f", "-printf", "%P %m\\n"], as: "/usr/bin/find").data
    return all.split(separator: "\n").map(String.init).sorted()
  }

  @Test(
    "writes what each way needs, says nothing is new the second time, and takes it all away",
    arguments: [
      ("service", ["etc/systemd/system/plazo.service 644"]),
      ("timer", ["etc/systemd/system/plazo-tick.service 644", "etc/systemd/system/plazo-tick.timer 644"]),
      ("cron", ["etc/cron.d/plazo 644", "etc/logrotate.d/plazo 644"]),
    ])
  func way(name: String, expected: [String]) {
    let first = install(name, "--binary", "/bin/true")
    #expect(first.code == 0 && first.talk == "", "\(first)")
    let written = files
    #expect(Set(written).isSuperset(of: expected + ["usr/local/bin/plazo 755"]))
    #expect(written.count == expected.count + 2)
    #expect(install(name, "--binary", "/bin/true").data == "everything is as it should be\n")
    #expect(files == written)
    #expect(install("undo").data.hasSuffix("undone; the desk, its user and the logs stay as they are\n"))
    #expect(files == [])
    #expect(install("undo").data == "nothing is installed\n")
  }

  @Test("changes from one way to another, and leaves what somebody has changed")
  func change() {
    _ = install("cron", "--binary", "/bin/true")
    #expect(install("service", "--binary", "/bin/true", "--desk", "/srv/mesa", "--user", "soporte").code == 0)
    #expect(!files.contains { $0.hasPrefix("etc/cron.d") })
    let unit = desk.file("root/etc/systemd/system/plazo.service") ?? ""
    #expect(unit.contains("ExecStart=/usr/local/bin/plazo --desk /srv/mesa run\n"))
    #expect(unit.contains("User=soporte\nGroup=soporte\n") && unit.contains("ReadWritePaths=/srv/mesa\n"))
    #expect(!unit.contains("StateDirectory") && !unit.contains("/var/lib/plazo"))
    desk.write(unit + "# mine\n", to: "root/etc/systemd/system/plazo.service")
    let undone = install("undo")
    #expect(undone.data.contains("plazo.service: it was changed since it was installed\n"))
    #expect(files.contains { $0.hasPrefix("etc/systemd/system/plazo.service") })
  }

  @Test("tells what it would do, and does nothing")
  func dryRun() {
    #expect(install("service", "--binary", "/bin/true", "--dry-run").data.contains("writes "))
    #expect(files == [])
    #expect(
      install("service", "--binary", "/nowhere").talk
        == "install.sh: there is no program to install; give it with --binary FILE\n")
    #expect(install("service", "--desk", "mesa").code == 2)
    #expect(install("sevice").code == 2)
  }

  @Test("installs units that systemd finds no fault with, and finds safe enough")
  func systemd() throws {
    guard let analyze = Tool.path("systemd-analyze", else: "apt-get install systemd") else { return }
    mkdir("\(desk.folder)/units", 0o700)
    for (name, text) in [("plazo.service", "service"), ("plazo-tick.service", "timer"), ("plazo-tick.timer", "timer")] {
      _ = install(text, "--binary", "/bin/true")
      // The program is not where the unit expects it on the machine that runs this test.
      let unit = try #require(desk.file("root/etc/systemd/system/\(name)"))
      desk.write(unit.replacing("/usr/local/bin/plazo", with: "/bin/true"), to: "units/\(name)")
    }
    let names = ["plazo.service", "plazo-tick.service", "plazo-tick.timer"].map { "\(desk.folder)/units/\($0)" }
    let verified = desk.program.run(["verify", "--man=no", "--recursive-errors=no"] + names, as: analyze)
    #expect(verified == .init(code: 0, data: "", talk: ""))
    for name in names.prefix(2) {
      let rated = desk.program.run(["security", "--offline=true", "--threshold=25", "--no-pager", name], as: analyze)
      #expect(rated.code == 0, "\(rated.data.suffix(200))")
    }
  }
}
