internal import Desk
public import SLA
internal import Text

/// The calculator for other programs: a line with a question in, a line with its answer out.
public final class LineCalculator {
  private let zone: (String) throws -> Zone
  private let named: (String) throws -> Calculator
  private var zones: [String: Result<Zone, any Error>] = [:]
  private var calendars: [String: Result<Calculator, any Error>] = [:]
  private var inline: [[UInt8]: Calculator] = [:]
  /// The inline calendar of the line before, which most often is that of the next one too.
  private var last: (bytes: [UInt8], calculator: Calculator)?

  /// How many inline calendars and how many of their days are kept: a few dozen megabytes at most.
  private static let mostCalendars = 2048
  private static let mostDays = 1_000_000
  private static let mostNames = 4096

  /// - Parameters:
  ///   - zone: gives the zone of a name.
  ///   - named: gives one of the desk's calendars.
  public init(zone: @escaping (String) throws -> Zone, named: @escaping (String) throws -> Calculator) {
    self.zone = zone
    self.named = named
  }

  /// Appends the answer to one line, with its line break; nothing for a line of blanks.
  /// - Parameters:
  ///   - line: without its line break; `nil` for one that was too long to read.
  ///   - number: counted from 1, told where the line has no identifier.
  public func answer(_ line: UnsafeRawBufferPointer?, number: Int, to output: inout [UInt8]) {
    guard let line else {
      return write(.failure(ComputeFault("line \(number): it is too long; write shorter ones")), id: nil, to: &output)
    }
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return }
    guard line.allSatisfy({ $0 < 0x80 }) || String(validating: line, as: UTF8.self) != nil else {
      return write(
        .failure(ComputeFault("line \(number): it is not UTF-8; write it as UTF-8")), id: nil, to: &output)
    }
    var request = ComputeRequest()
    let fault = request.read(line)
    let id = request.id.map { UnsafeRawBufferPointer(rebasing: line[$0]) }
    do {
      if let fault { throw fault }
      write(.success(try answer(request, line)), id: id, to: &output)
    } catch {
      let text = wording(error)
      write(.failure(ComputeFault(id == nil ? "line \(number): \(text)" : text)), id: id, to: &output)
    }
  }

  // MARK: Answers

  private enum Answer {
    case instant(Instant?, Zone)
    case seconds(Seconds)
  }

  private func answer(_ request: ComputeRequest, _ line: UnsafeRawBufferPointer) throws -> Answer {
    guard let operation = request.operation else {
      throw ComputeFault("op is missing; give one of add, between, deadline")
    }
    let calculator = try calculator(request, line)
    func instant(_ text: String?, _ key: String) throws -> Instant {
      guard let text else { throw ComputeFault("\(key) is missing; give an instant such as 2006-01-03T09:00:00-05:00") }
      return try self.instant(text, key, calculator.zone)
    }
    switch operation {
    case .add:
      let start = try instant(request.start, "start")
      return .instant(try calculator.add(try amount(request.seconds, "seconds"), to: start), calculator.zone)
    case .between:
      return .seconds(calculator.between(try instant(request.start, "start"), try instant(request.end, "end")))
    case .deadline:
      let created = try instant(request.created, "created")
      let pauses = try request.pauses.map { pause in
        Pause(
          from: try self.instant(pause.from, "pauses", calculator.zone),
          to: try pause.to.map { try self.instant($0, "pauses", calculator.zone) })
      }
      let amount = try amount(request.targetSeconds, "target_seconds")
      return .instant(try calculator.deadline(of: amount, from: created, pauses: pauses), calculator.zone)
    }
  }

  private func instant(_ text: String, _ key: String, _ zone: Zone) throws -> Instant {
    guard let instant = Instant(iso8601: text, in: zone) else {
      throw ComputeFault("\(key): '\(text.prefix(40))' is not an instant; write it as 2006-01-03T09:00:00-05:00")
    }
    guard Calculator.knows(instant) else {
      let years = Calculator.years
      throw ComputeFault(
        "\(key): '\(text.prefix(40))' is too far away; give an instant from the years \(years.lowerBound) to \(years.upperBound)"
      )
    }
    return instant
  }

  private func amount(_ seconds: Int64?, _ key: String) throws -> Seconds {
    guard let seconds else { throw ComputeFault("\(key) is missing; give a whole number of working seconds") }
    guard seconds >= 0 else { throw ComputeFault("\(key): \(seconds) is negative; give 0 or more working seconds") }
    return seconds
  }

  // MARK: Calendars

  private func calculator(_ request: ComputeRequest, _ line: UnsafeRawBufferPointer) throws -> Calculator {
    switch request.calendar {
    case nil: throw ComputeFault("calendar is missing; name one of the desk's, or write one")
    case .named(let name)?:
      if let known = calendars[name] { return try known.get() }
      if calendars.count == Self.mostNames { calendars = [:] }
      let result = Result { try named(name) }
      calendars[name] = result
      return try result.get()
    case .inline(let range)?:
      return try inlineCalculator(UnsafeRawBufferPointer(rebasing: line[range]))
    }
  }

  /// Equal bytes are the same calendar, which is then read and built but once.
  private func inlineCalculator(_ bytes: UnsafeRawBufferPointer) throws -> Calculator {
    if let last, last.bytes.count == bytes.count, last.bytes.elementsEqual(bytes) { return last.calculator }
    let key = Array(bytes)
    if let known = inline[key] {
      last = (key, known)
      return known
    }
    var scanner = JSONScanner(bytes)
    let calendar = try InlineCalendar(&scanner)
    let zone = try zoneNamed(calendar.zone ?? "")
    let calculator = Calculator(calendar.definition(in: zone), zone: zone)
    if inline.count >= Self.mostCalendars || (inline.count % 64 == 63 && daysKept > Self.mostDays) { inline = [:] }
    inline[key] = calculator
    last = (key, calculator)
    return calculator
  }

  private var daysKept: Int { inline.values.reduce(0) { $0 + $1.daysCovered } }

  private func zoneNamed(_ name: String) throws -> Zone {
    if let known = zones[name] { return try known.get() }
    if zones.count == Self.mostNames { zones = [:] }
    let result = Result { try zone(name) }
    zones[name] = result
    return try result.get()
  }

  // MARK: Words

  private func wording(_ error: any Error) -> String {
    switch error {
    case let fault as ComputeFault: fault.text
    case let fault as JSONScanner.Fault: "calendar: \(fault.problem)"
    case let error as DeskError: error.description
    case CalendarError.neverOpens(let date):
      "the calendar never opens from \(date) on; give it hours"
    case CalendarError.beyondHorizon(_, let through): "the answer lies after \(through), which is too far away"
    default: "\(error)"
    }
  }

  private func write(_ answer: Result<Answer, ComputeFault>, id: UnsafeRawBufferPointer?, to output: inout [UInt8]) {
    output.append(contentsOf: "{\"id\":".utf8)
    if let id { output.append(contentsOf: id) } else { output.append(contentsOf: "null".utf8) }
    switch answer {
    case .success(.instant(let instant?, let zone)):
      output.append(contentsOf: ",\"instant\":\"".utf8)
      output.append(contentsOf: instant.iso8601(in: zone).utf8)
      output.append(contentsOf: "\"}\n".utf8)
    case .success(.instant(nil, _)): output.append(contentsOf: ",\"instant\":null}\n".utf8)
    case .success(.seconds(let seconds)):
      output.append(contentsOf: ",\"seconds\":".utf8)
      output.append(contentsOf: "\(seconds)".utf8)
      output.append(contentsOf: "}\n".utf8)
    case .failure(let fault):
      output.append(contentsOf: ",\"error\":".utf8)
      output.append(contentsOf: ((try? JSONValue.string(fault.text).canonicalText()) ?? "\"\"").utf8)
      output.append(contentsOf: "}\n".utf8)
    }
  }
}
