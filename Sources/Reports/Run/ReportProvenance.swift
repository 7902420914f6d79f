internal import FoundationEssentials
public import SLA
public import Text

/// What a report was made with, as every file of it keeps it, so that it can be made again: one line of JSON in ASCII.
public struct ReportProvenance: Hashable, Sendable {
  public var report: String
  /// Of the definition with its queries.
  public var definitionHash: String
  public var desk: String
  public var asOf: Instant
  /// The sequence of the last event that counted.
  public var lastEvent: Int64
  /// The number of the last change of people and names that counted; 0 where there was none.
  public var lastChange: Int64
  public var swept: ReportSweep?
  public var period: Period?
  public var since: Instant
  public var zone: String
  public var language: Language
  /// Of the run, since pages name the files beside them.
  public var formats: [ReportFormat]
  /// Whether the run wrote files, rather than one stream.
  public var hasFiles: Bool
  public var csvProfile: CSVProfile
  public var csvHeaders: CSVHeaders
  public var arguments: [String: String]
  public var versions: [ReportVersion]
  /// The columns of its text.
  public var textWidth: Int

  init(_ head: ReportHead) {
    let request = head.request
    report = head.definition.name
    definitionHash = head.definition.hash
    desk = request.desk
    asOf = request.asOf
    lastEvent = head.lastEvent
    lastChange = head.lastChange
    swept = head.swept
    period = head.period
    since = head.since
    zone = request.zone.name
    language = request.language
    formats = ReportFormat.allCases.filter(request.formats.contains)
    hasFiles = head.hasFiles
    csvProfile = request.csvProfile
    csvHeaders = request.csvHeaders
    arguments = request.arguments
    versions = request.versions
    textWidth = request.text.width
  }

  /// What makes the report again. - Parameter versions: those in force then, as the desk tells them now.
  public func request(zone: Zone, versions: [ReportVersion]) -> ReportRequest {
    var request = ReportRequest(
      desk: desk, asOf: asOf, period: period, since: since, zone: zone, language: language, formats: formats,
      csvProfile: csvProfile, csvHeaders: csvHeaders, versions: versions, arguments: arguments)
    request.text.width = textWidth
    request.past = ReportPast(through: lastEvent, changes: lastChange, swept: swept)
    return request
  }
}

// MARK: As text

extension ReportProvenance {
  /// The name under which JSON, a descriptor and a page keep it.
  static let key = "made_with"
  static let attribute = "data-made-with"
  /// Begins each line of it at the end of a text.
  static let linePrefix = "| "

  /// Sorted keys, nothing that is left to its default, no character beyond ASCII, one line.
  var json: String {
    func text(_ instant: Instant) -> JSONValue { .string(instant.iso8601(in: .utc)) }
    var entries: [String: JSONValue] = [
      "report": .string(report), "definition": .string(definitionHash), "desk": .string(desk), "as_of": text(asOf),
      "last_event": .integer(lastEvent), "since": text(since), "zone": .string(zone),
      "language": .string(language.rawValue), "formats": .array(formats.map { .string($0.rawValue) }),
      "csv": .string(csvProfile.rawValue), "headers": .string(csvHeaders.rawValue),
      "versions": .array(versions.map { .array([.string($0.name), .string($0.value)]) }),
    ]
    if lastChange > 0 { entries["last_change"] = .integer(lastChange) }
    if let swept {
      entries["swept_at"] = text(swept.at)
      entries["swept_event"] = .integer(swept.event)
    }
    if let period {
      entries["from"] = text(period.from)
      entries["to"] = text(period.to)
    }
    if textWidth != ReportTextStyle.pageWidth { entries["width"] = .integer(Int64(textWidth)) }
    if !hasFiles { entries["is_stream"] = .bool(true) }
    if !arguments.isEmpty { entries["arguments"] = .object(arguments.mapValues { .string($0) }) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = (try? encoder.encode(JSONValue.object(entries))) ?? Data()
    var ascii = ""
    for unit in String(decoding: data, as: UTF8.self).utf16 {
      if unit < 127, let scalar = Unicode.Scalar(unit) {
        ascii.unicodeScalars.append(scalar)
      } else {
        let digits = String(unit, radix: 16)
        ascii += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return ascii
  }

  /// The same in lines of a text, each marked, no wider than `width`.
  func lines(width: Int) -> [String] {
    var lines: [String] = []
    var rest = Substring(json)
    let room = width - Self.linePrefix.count
    while !rest.isEmpty {
      // A blank at the end of a line would be lost in a mail.
      var length = min(room, rest.count)
      while length > 1, rest.dropFirst(length - 1).first == " " || rest.dropFirst(length).first == " " { length -= 1 }
      lines.append(Self.linePrefix + rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return lines
  }

  /// - Returns: `nil` for what no report keeps.
  init?(json value: JSONValue) {
    guard case .object(let entries) = value else { return nil }
    func text(_ key: String) -> String? { if case .string(let text)? = entries[key] { text } else { nil } }
    func integer(_ key: String) -> Int64? { if case .integer(let value)? = entries[key] { value } else { nil } }
    func instant(_ key: String) -> Instant? { text(key).flatMap { Instant(iso8601: $0, in: .utc) } }
    guard let report = text("report"), let definition = text("definition"), let desk = text("desk"),
      let asOf = instant("as_of"), let lastEvent = integer("last_event"), let since = instant("since"),
      let zone = text("zone"), let language = text("language").flatMap(Language.init(rawValue:)),
      let csv = text("csv").flatMap(CSVProfile.init(rawValue:)),
      let headers = text("headers").flatMap(CSVHeaders.init(rawValue:)), case .array(let formats)? = entries["formats"],
      case .array(let versions)? = entries["versions"]
    else { return nil }
    self.report = report
    definitionHash = definition
    self.desk = desk
    self.asOf = asOf
    self.lastEvent = lastEvent
    lastChange = integer("last_change") ?? 0
    self.since = since
    self.zone = zone
    self.language = language
    csvProfile = csv
    csvHeaders = headers
    self.formats = formats.compactMap { if case .string(let name) = $0 { ReportFormat(rawValue: name) } else { nil } }
    self.versions = versions.compactMap {
      guard case .array(let pair) = $0, pair.count == 2, case .string(let name) = pair[0],
        case .string(let value) = pair[1]
      else { return nil }
      return ReportVersion(name: name, value: value)
    }
    textWidth = integer("width").flatMap { Int(exactly: $0) } ?? ReportTextStyle.pageWidth
    hasFiles = entries["is_stream"] != .bool(true)
    arguments = [:]
    if case .object(let given)? = entries["arguments"] {
      for case (let name, .string(let value)) in given { arguments[name] = value }
    }
    swept = instant("swept_at").flatMap { at in integer("swept_event").map { ReportSweep(at: at, event: $0) } }
    period = instant("from").flatMap { from in instant("to").map { Period(from: from, to: $0) } }
  }
}

// MARK: In a file

extension ReportProvenance {
  /// What a file of a report says that it was made with: HTML, JSON or text, or the descriptor beside a CSV.
  ///
  /// - Parameters:
  ///   - content: of the file, or for CSV of the `datapackage.json` beside it.
  ///   - name: of the file itself.
  public static func read(_ content: String, ofFile name: String) -> [ReportProvenance] {
    func decoded(_ json: String) -> JSONValue? { try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)) }
    if name.hasSuffix(".html") {
      guard let start = content.firstRange(of: "\(attribute)=\"")?.upperBound else { return [] }
      let rest = content[start...]
      guard let end = rest.firstIndex(of: "\"") else { return [] }
      return [decoded(Markup.unescaped(String(rest[..<end]))).flatMap(ReportProvenance.init(json:))].compactMap { $0 }
    }
    if name.hasSuffix(".txt") {
      let lines = content.split(separator: "\n").reversed().prefix { $0.hasPrefix(linePrefix) }.reversed()
      return [decoded(lines.map { $0.dropFirst(linePrefix.count) }.joined()).flatMap(ReportProvenance.init(json:))]
        .compactMap { $0 }
    }
    guard case .object(let entries)? = decoded(content), let kept = entries[key] else { return [] }
    if case .array(let all) = kept { return all.compactMap(ReportProvenance.init(json:)) }
    return [ReportProvenance(json: kept)].compactMap { $0 }
  }
}
