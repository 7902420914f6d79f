internal import Text

/// Where the formats of a run go: files of one folder, or one stream.
final class Outlets {
  private let request: ReportRequest
  private let folder: OutputFolder?
  private let stream: ByteWriter?
  private let package: DataPackage?

  var hasFiles: Bool { folder != nil }

  /// - Throws: `ReportError.tooMuchForOneStream`.
  init(_ destination: ReportDestination, request: ReportRequest, reportCount: Int) throws {
    self.request = request
    switch destination {
    case .folder(let path, let mode):
      folder = OutputFolder(path: path, mode: mode)
      stream = nil
      package = request.formats.contains(.csv) ? DataPackage(request: request) : nil
    case .stream(let descriptor):
      guard reportCount == 1, request.formats.count == 1 else { throw ReportError.tooMuchForOneStream }
      folder = nil
      stream = ByteWriter(descriptor: descriptor, path: "standard output")
      package = nil
    }
  }

  /// One sink for each format asked for; HTML is last, so that what it links to is in its place before it.
  func sinks(for head: ReportHead) throws -> [any Sink] {
    let formats = ReportFormat.allCases.filter(request.formats.contains)
    var sinks: [any Sink] = []
    if formats.contains(.json) {
      let writer = try writer("\(head.definition.name).json")
      sinks.append(request.list == nil ? JSONSink(writer: writer) : JSONListSink(writer: writer))
    }
    if formats.contains(.csv) {
      let open: (ReportSection) throws -> ByteWriter? = { [self] section in
        if let stream { return section.id == head.definition.primary.id ? stream : nil }
        return try folder?.file(named: head.csvName(of: section)).writer
      }
      sinks.insert(CSVSink(request: request, package: package, open: open), at: 0)
    }
    // Pages are opened when all rows have passed, and so come into their places after the CSV that they link to.
    var pages: [PageSink.Page] = []
    if formats.contains(.text) {
      pages.append(.init(open: { [self] in try writer("\(head.definition.name).txt") }, render: TextPage.render))
    }
    if formats.contains(.html) {
      pages.append(.init(open: { [self] in try writer("\(head.definition.name).html") }, render: HTMLPage.render))
    }
    if !pages.isEmpty { sinks.append(PageSink(pages)) }
    return sinks
  }

  private func writer(_ name: String) throws -> ByteWriter {
    if let stream { return stream }
    return try folder!.file(named: name).writer
  }

  func finish() throws -> [String] {
    try stream?.flush()
    if let package, let folder { try package.write(to: folder.file(named: DataPackage.fileName).writer) }
    return try folder?.commit() ?? []
  }
}
