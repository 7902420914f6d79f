internal import Glibc
internal import SLA

/// Writes judgements as lines into one fixed buffer: numbers and instants by hand, no text in between.
final class JudgementWriter {
  private let descriptor: Int32
  private let isJSON: Bool
  private let zone: Zone
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
  private var count = 0
  // The offset in force between two changes of the zone: deadlines lie close together.
  private var offset: Int64 = 0
  private var offsetFrom = Int64.max
  private var offsetUntil = Int64.min
  private var offsetText: [UInt8] = []
  // The date of the last instant written.
  private var dayStart = Int64.max
  private var dayText = Array("0000-00-00T".utf8)

  /// The longest line that is ever written.
  private static let longestLine = 256

  init(descriptor: Int32, isJSON: Bool, zone: Zone) {
    self.descriptor = descriptor
    self.isJSON = isJSON
    self.zone = zone
    if !isJSON { put("id,deadline,remaining_s,state\n") }
  }

  deinit { buffer.deallocate() }

  /// - Parameter judgement: `nil` for a ticket without a plazo, which is on time.
  func write(_ id: Int64, _ judgement: Judgement?) throws {
    if count > buffer.count - Self.longestLine { try flush() }
    put(isJSON ? "{\"id\":" : "")
    put(id)
    put(isJSON ? ",\"deadline\":" : ",")
    if let deadline = judgement?.deadline {
      if isJSON { put("\"") }
      put(deadline)
      if isJSON { put("\"") }
    } else if isJSON {
      put("null")
    }
    put(isJSON ? ",\"remaining_s\":" : ",")
    if let judgement { put(judgement.remaining) } else if isJSON { put("null") }
    put(isJSON ? ",\"state\":\"" : ",")
    switch judgement?.situation ?? .onTime {
    case .onTime: put("on-time")
    case .nearDue: put("near-due")
    case .late: put("late")
    }
    put(isJSON ? "\"}\n" : "\n")
  }

  func finish() throws { try flush() }

  private func flush() throws {
    var done = 0
    while done < count {
      let written = Glibc.write(descriptor, buffer.baseAddress! + done, count - done)
      if written < 0, errno == EINTR { continue }
      // The reader went away, as `head` does; nobody is left to tell.
      if written < 0, errno == EPIPE { break }
      if written < 0 { throw OutputError(reason: String(cString: strerror(errno))) }
      done += written
    }
    count = 0
  }

  private func put(_ text: StaticString) {
    (buffer.baseAddress! + count).copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  private func put(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  private func put(_ bytes: [UInt8]) { for byte in bytes { put(byte) } }

  private func put(twoDigits value: Int64) {
    put(UInt8(48 + value / 10))
    put(UInt8(48 + value % 10))
  }

  private func put(_ value: Int64) {
    if value < 0 { put(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = count
    repeat {
      put(UInt8(48 + rest % 10))
      rest /= 10
    } while rest > 0
    buffer[start..<count].reverse()
  }

  /// ISO 8601 with the offset in force.
  private func put(_ instant: Instant) {
    let seconds = instant.seconds
    if seconds < offsetFrom || seconds >= offsetUntil { learnOffset(at: instant) }
    let local = seconds + offset
    if local < dayStart || local - dayStart >= 86_400 {
      learnDay(LocalDate(localSeconds: local))
    }
    put(dayText)
    let second = local - dayStart
    put(twoDigits: second / 3600)
    put(UInt8(ascii: ":"))
    put(twoDigits: second / 60 % 60)
    put(UInt8(ascii: ":"))
    put(twoDigits: second % 60)
    put(offsetText)
  }

  /// Writes `2026-03-27T` where the next line copies it from.
  private func learnDay(_ date: LocalDate) {
    dayStart = date.localSeconds
    let (year, month, day) = date.parts
    for (place, value) in [(0, year / 100), (2, year % 100), (5, month), (8, day)] {
      dayText[place] = UInt8(48 + value / 10)
      dayText[place + 1] = UInt8(48 + value % 10)
    }
  }

  private func learnOffset(at instant: Instant) {
    offset = zone.offset(at: instant)
    offsetFrom = instant.seconds
    offsetUntil = zone.nextChange(after: instant)?.seconds ?? .max
    offsetText = Array(instant.iso8601(in: zone).utf8.dropFirst(19))
  }
}
