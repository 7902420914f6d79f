import FoundationEssentials
import Glibc
import Testing

/// A fresh folder with, unless told otherwise, a desk in `mesa`: Mexico City, office hours 9–14 and 16–19, the
/// administrator ada, the technicians ana and beto, the client Acme with its contact carla, and the client Bolt.
///
/// It is Friday 27 March 2026, 9:00, until told otherwise.
final class TestDesk {
  let folder: String
  var now = "2026-03-27T09:00"

  init(empty: Bool = false) {
    var template = Array("/tmp/plazo-test-XXXXXX".utf8CString)
    folder = String(cString: mkdtemp(&template)!)
    if empty { return }
    done(
      "init", "mesa", "--name", "Soporte Acme", "--zone", "America/Mexico_City", "--admin", "ada", "--mail",
      "ada@example.com")
    done("--as", "ada", "client", "add", "Acme")
    done("--as", "ada", "client", "add", "Bolt")
    done("--as", "ada", "user", "add", "ana", "--name", "Ana Muñoz", "--mail", "ana@example.com")
    done("--as", "ada", "user", "add", "beto", "--name", "Beto Ruiz", "--mail", "beto@example.com")
    done("--as", "ada", "user", "add", "carla", "--name", "Carla Díaz", "--role", "client", "--client", "Acme")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var program: Program {
    Program(folder: folder, environment: ["PLAZO_DESK": "mesa", "PLAZO_NOW": now])
  }

  func run(_ arguments: String..., input: String = "", output: String? = nil) -> Program.Outcome {
    program.run(arguments, input: input, output: output)
  }

  /// Runs what must go well. - Returns: standard output without its last line break.
  @discardableResult
  func done(
    _ arguments: String..., input: String = "", at location: SourceLocation = #_sourceLocation
  ) -> String {
    let outcome = program.run(arguments, input: input)
    #expect(outcome.code == 0, "\(arguments): \(outcome.talk)", sourceLocation: location)
    return outcome.data.hasSuffix("\n") ? String(outcome.data.dropLast()) : outcome.data
  }

  /// Expects what must fail to say exactly this, and nothing on standard output.
  func fails(
    _ arguments: String..., code: Int32 = 1, saying talk: String, at location: SourceLocation = #_sourceLocation
  ) {
    let outcome = program.run(arguments)
    #expect(outcome == .init(code: code, data: "", talk: talk + "\n"), sourceLocation: location)
  }

  func file(_ path: String) -> String? {
    FileManager.default.contents(atPath: "\(folder)/\(path)").map { String(decoding: $0, as: UTF8.self) }
  }

  func write(_ text: String, to path: String) {
    _ = FileManager.default.createFile(atPath: "\(folder)/\(path)", contents: Data(text.utf8))
    // As plazo's own files are, so that doctor finds nothing in it.
    chmod("\(folder)/\(path)", 0o600)
  }

  /// The names in a folder, in order.
  func names(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)")) ?? []).sorted()
      .filter { !$0.hasPrefix(".test-") }
  }

  func mode(of path: String) -> mode_t {
    var information = stat()
    return stat("\(folder)/\(path)", &information) == 0 ? information.st_mode & 0o777 : 0
  }
}
