internal import SLA
internal import SQLite
internal import Text

/// The rows of one section as JSON objects: raw words, numbers as numbers, instants with their offset, durations as
/// decimal hours. Texts go from SQLite's memory to the file's without becoming texts of the program.
final class JSONRows {
  private let json: JSONWriter
  private let zone: Zone
  private let clock: LocalClock
  /// What stands before each value of a row: the key with its colon, and what divides it from the value before.
  private let leads: [[UInt8]]
  private let kinds: [ColumnKind]

  init(_ section: ReportSection, zone: Zone, to json: JSONWriter) {
    self.json = json
    self.zone = zone
    clock = LocalClock(zone: zone)
    leads = section.columns.enumerated().map { Array("\($0 == 0 ? "{" : ", ")\"\($1.name)\": ".utf8) }
    kinds = section.columns.map(\.kind)
  }

  /// Writes the row on one line of its own.
  func write(_ row: Row) throws {
    let writer = json.writer
    json.next()
    for index in 0..<kinds.count {
      leads[index].withUnsafeBufferPointer { writer.put($0) }
      put(row, index)
    }
    writer.put(UInt8(ascii: "}"))
    try writer.check()
  }

  @inline(__always) private func put(_ row: Row, _ index: Int) {
    let cell = row[index]
    switch cell.content {
    case .null: json.writer.put(ascii: "null")
    case .text: json.string(cell.bytes)
    case .integer, .real, .blob:
      if kinds[index].isText {
        json.string(row.text(index))
      } else if cell.content == .integer {
        put(integer: cell.integer, kinds[index])
      } else {
        put(cell.value, kinds[index])
      }
    }
  }

  func put(_ value: Value, _ kind: ColumnKind) {
    let writer = json.writer
    switch value {
    case .integer(let value): put(integer: value, kind)
    case .real(let value):
      guard value.isFinite else { return writer.put(ascii: "null") }
      writer.put(kind.isSeconds ? value / 3600 : value, decimalMark: UInt8(ascii: "."))
    case .text(let text): json.string(text)
    case .null, .blob: writer.put(ascii: "null")
    }
  }

  @inline(__always) private func put(integer value: Int64, _ kind: ColumnKind) {
    let writer = json.writer
    switch kind {
    case .flag: if value != 0 { writer.put(ascii: "true") } else { writer.put(ascii: "false") }
    case .instant: put(instant: value)
    case _ where kind.isSeconds: writer.put(hoursOfSeconds: value, decimalMark: UInt8(ascii: "."))
    default: writer.put(value)
    }
  }

  /// `2026-03-27T17:00:00-06:00`.
  private func put(instant seconds: Int64) {
    let offset = clock.offset(at: seconds)
    // Offsets of whole minutes, that is all since about 1972, are written by hand.
    guard offset % 60 == 0 else { return json.string(Instant(seconds).iso8601(in: zone)) }
    let writer = json.writer
    writer.put(UInt8(ascii: "\""))
    writer.put(LocalDate(localSeconds: seconds + offset))
    writer.put(UInt8(ascii: "T"))
    writer.put(timeOfLocalSeconds: seconds + offset)
    if offset == 0 {
      writer.put(UInt8(ascii: "Z"))
    } else {
      let size = Int(offset.magnitude)
      writer.put(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
      writer.put(twoDigits: size / 3600)
      writer.put(UInt8(ascii: ":"))
      writer.put(twoDigits: size / 60 % 60)
    }
    writer.put(UInt8(ascii: "\""))
  }
}
