internal import Glibc
internal import Text

/// The rows that an import passed over, each as it was, with four columns before it: file, line, column and reason. Once
/// mended it can be imported like any other file. It appears whole, and only when a row was rejected.
final class RejectFile {
  private let path: String
  private let header: [UInt8]
  private let delimiter: UInt8
  private let encoding: CSVEncoding
  private var stream: UnsafeMutablePointer<FILE>?

  init(path: String, header: [UInt8], mapping: Mapping) {
    self.path = path
    self.header = header
    delimiter = mapping.delimiter
    encoding = mapping.encoding
  }

  private var isClosed = false

  deinit {
    if let stream { fclose(stream) }
    if stream != nil || isClosed { unlink(part) }
  }

  private var part: String { path + ".part" }

  func add(_ faults: [Fault], line: Int, raw: [UInt8]) throws {
    if stream == nil {
      stream = fopen(part, "we")
      guard stream != nil else { throw refusal() }
      try write(cells: ["rejected_file", "rejected_line", "rejected_column", "rejected_reason"], then: header)
    }
    let reasons = faults.map { fault in
      (fault.field == faults[0].field ? "" : "\(fault.field ?? ""): ") + "\(fault.problem); \(fault.mend)"
    }
    try write(
      cells: [faults[0].file, String(line), faults[0].field ?? "", reasons.joined(separator: " | ")], then: raw)
  }

  /// Brings everything to the disk, so that what is left to do after the import's own commit hardly fails.
  func close() throws {
    guard let stream else { return }
    self.stream = nil
    isClosed = true
    let isWhole = fflush(stream) == 0 && fsync(fileno(stream)) == 0
    guard fclose(stream) == 0, isWhole else { throw refusal() }
  }

  /// Gives the file its name, in the place of an older one.
  func publish() throws {
    guard isClosed else { return }
    guard rename(part, path) == 0 else { throw refusal() }
    isClosed = false
  }

  private func write(cells: [String], then rest: [UInt8]) throws {
    var bytes: [UInt8] = []
    for cell in cells {
      bytes += encoding.bytes(
        of: "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"")
      bytes.append(delimiter)
    }
    bytes += rest + [13, 10]
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw refusal() }
  }

  private func refusal() -> DeskError {
    DeskError(
      "'\(path)' cannot be written (\(String(cString: strerror(errno))))", mend: "name another file for the rejects")
  }
}
