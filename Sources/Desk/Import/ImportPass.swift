internal import SLA
internal import SQLite
internal import Text

/// How an import is run.
public struct ImportOptions: Sendable {
  /// Does all that an import does, and takes it back.
  public var isDryRun: Bool
  /// Where rejected rows go; `nil` refuses a file with bad rows. Those of events go beside it, to `NAME.events.csv`.
  public var rejects: String?

  public init(isDryRun: Bool = false, rejects: String? = nil) {
    self.isDryRun = isDryRun
    self.rejects = rejects
  }
}

/// An import at work, whatever it brings.
protocol ImportWork {
  func run() throws -> ImportResult
  /// Call once the import stands.
  func publishRejects() throws
}

/// One import as a whole: in one transaction, and kept only when every row is good, or bad rows may be passed over.
enum ImportPass {
  /// - Throws: `ImportRefused` with the faults of rows.
  static func run(
    _ connection: Connection, now: Instant, by actorID: Int64?, options: ImportOptions,
    _ make: (DeskWriter) throws -> any ImportWork
  ) throws -> ImportResult {
    do {
      var work: (any ImportWork)?
      let result = try DeskWriter.transact(connection, at: now, by: actorID) { writer in
        let current = try make(writer)
        work = current
        let result = try current.run()
        if result.faultCount > 0, options.rejects == nil { throw ImportRefused(result: result) }
        if options.isDryRun { throw TakenBack(result: result) }
        return result
      }
      try work?.publishRejects()
      return result
    } catch let taken as TakenBack {
      return taken.result
    }
  }

  private struct TakenBack: Error {
    let result: ImportResult
  }
}

extension ImportFile {
  /// - Throws: `Faults` for a mapping of another kind.
  public func check(_ kind: ImportKind) throws {
    guard mapping.kind != kind else { return }
    throw Faults([
      Fault(
        file: mapping.file, field: "kind",
        problem: "it maps \(mapping.kind.rawValue), and \(kind.rawValue) are to be imported",
        mend: "name another mapping, or import \(mapping.kind.rawValue)")
    ])
  }
}
