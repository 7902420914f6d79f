import FoundationEssentials
import SQLite

/// A folder of its own for a database, for as long as a test holds it.
final class Scratch {
  let folder: String
  var path: String { "\(folder)/test.sqlite" }

  init() throws {
    folder = "\(FileManager.default.temporaryDirectory.path())plazo-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func connection(_ mode: Connection.Mode = .create, wait: Int32 = 10_000) throws -> Connection {
    try Connection(path: path, mode: mode, busyTimeoutMilliseconds: wait)
  }

  static func inMemory() throws -> Connection { try Connection(path: ":memory:", mode: .create) }
}
