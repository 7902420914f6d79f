internal import Reports
internal import SLA

/// A file that is written after each pass that went well: whoever finds it older than some minutes knows that something
/// is wrong, whatever it is.
struct Heartbeat {
  static let fileName = "heartbeat"
  private let desk: OpenDesk

  init(_ desk: OpenDesk) { self.desk = desk }

  /// - Parameter file: from the desk's folder on when it is not absolute.
  func write(to file: String = Heartbeat.fileName) throws {
    let path = file.hasPrefix("/") ? file : "\(desk.folder)/\(file)"
    try WholeFile.write("\(desk.now.iso8601(in: desk.zone))\n", to: path, mode: file == Self.fileName ? 0o600 : 0o644)
  }
}
