internal import SLA
internal import SQLite
internal import Text

/// The rows of one section as JSON objects: raw words, numbers as numbers, instants with their offset, durations as
/// decimal hours. Texts go from SQLite's memory to the file's without becoming texts of the program.
final class JSONRows {
  private let json: JSONWriter
  private let zone: Zone
  private let clock: LocalClock
  /// The keys of a row as they are written, colon included.
  private let keys: [[UInt8]]
  private let kinds: [ColumnKind]

  init(_ section: ReportSection, zone: Zone, to json: JSONWriter) {
    self.json = json
    self.zone = zone
    clock = LocalClock(zone: zone)
    keys = section.columns.map { Array("\"\($0.name)\": ".utf8) }
    kinds = section.columns.map(\.kind)
  }

  func write(_ row: Row) throws {
    json.next()
    json.object {
      for index in keys.indices {
        json.next()
        keys[index].withUnsafeBufferPointer { json.writer.put($0) }
        let place = row.places[index]
        switch kinds[index] {
        case .text, .word, .situation, .status, .waiting, .vobo, .clock, .outcome, .booking, .date, .month:
          if row.statement.isNull(place) {
            json.writer.put(ascii: "null")
          } else {
            row.statement.withBytes(place) { json.string($0) }
          }
        default: put(row.statement.value(place), kinds[index])
        }
      }
    }
    try json.writer.check()
  }

  func put(_ value: Value, _ kind: ColumnKind) {
    let writer = json.writer
    switch (value, kind) {
    case (.integer(let value), .flag): if value != 0 { writer.put(ascii: "true") } else { writer.put(ascii: "false") }
    case (.integer(let seconds), .instant): put(instant: seconds)
    case (.integer(let seconds), _) where kind.isSeconds:
      writer.put(hoursOfSeconds: seconds, decimalMark: UInt8(ascii: "."))
    case (.integer(let value), _): writer.put(value)
    case (.real(let value), _):
      guard value.isFinite else { return writer.put(ascii: "null") }
      writer.put(kind.isSeconds ? value / 3600 : value, decimalMark: UInt8(ascii: "."))
    case (.text(let text), _): json.string(text)
    case (.null, _), (.blob, _): writer.put(ascii: "null")
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
