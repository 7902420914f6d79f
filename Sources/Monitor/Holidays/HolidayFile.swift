public import SLA
public import Text

/// The days of an iCalendar file, as holidays.
public struct HolidayFile {
  /// A date that an event touches.
  public struct Day: Hashable, Sendable {
    public var date: LocalDate
    /// The event's summary on one line; of several events of a date all of them.
    public var name: String
    /// The event takes a part of the day only.
    public var isPart: Bool
    /// The event marks no busy time.
    public var isFree: Bool
  }

  /// Ascending, one for each date.
  public private(set) var days: [Day] = []
  /// What could not be read, by line. The days of the other events are there.
  public private(set) var faults: [Fault] = []
  /// How many days lie outside of the years asked for.
  public private(set) var outside = 0

  /// - Parameters:
  ///   - zone: the calendar's: events in UTC are on its dates, and others on those that are written.
  ///   - zones: finds a zone by its name; `nil` for one that this machine does not know. An event's own is that in which the
  ///     end of its rule and its exceptions are read, which stand in UTC where it begins by a clock (RFC 5545 §3.3.10).
  ///   - years: those whose days are wanted; a rule without an end is followed to the last of them.
  /// - Throws: `Faults` when it is no iCalendar file.
  public init(
    _ bytes: [UInt8], file: String, zone: Zone, zones: (String) -> Zone? = { _ in nil }, years: ClosedRange<Int>
  ) throws {
    let (events, faults) = try Self.events(bytes, file: file)
    self.faults = faults
    let last = LocalDate(year: years.upperBound, month: 12, day: 31)!
    // An occurrence that another event stands for is that one's to tell.
    var replaced: [String: Set<Int64>] = [:]
    for event in events {
      if let uid = event.uid, let id = event.recurrenceID {
        replaced[uid, default: []].insert(CalendarEvent.key(id, in: event.zoneName.flatMap(zones) ?? zone))
      }
    }
    var found: [LocalDate: Day] = [:]
    for event in events where !event.isCancelled {
      guard let start = event.start else {
        self.faults.append(
          Fault(
            file: file, line: event.line, problem: "the event has no DTSTART, so the event is left out",
            mend: "write its days by hand, in holidays"))
        continue
      }
      let standing = event.recurrenceID == nil ? event.uid.flatMap { replaced[$0] } ?? [] : []
      let name = Self.oneLine(event.summary)
      let zone = event.zoneName.flatMap(zones) ?? zone
      for beginning in event.beginnings(through: last, in: zone) {
        let key = CalendarEvent.key(beginning, in: zone)
        if standing.contains(key) || standing.contains(beginning.date.localSeconds) { continue }
        for date in event.dates(of: beginning, in: zone) {
          guard years.contains(date.year) else {
            outside += 1
            continue
          }
          var day =
            found[date] ?? Day(date: date, name: name, isPart: start.second != nil, isFree: event.isTransparent)
          if day.name != name, !name.isEmpty, !day.name.split(separator: " / ").contains(name[...]) {
            day.name = day.name.isEmpty ? name : "\(day.name) / \(name)"
          }
          day.isPart = day.isPart && start.second != nil
          day.isFree = day.isFree && event.isTransparent
          found[date] = day
        }
      }
    }
    days = found.values.sorted { $0.date < $1.date }
    self.faults.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// The events of the file, those left out that cannot be read.
  private static func events(
    _ bytes: [UInt8], file: String
  ) throws -> (events: [CalendarEvent], faults: [Fault]) {
    var (lines, faults) = ContentLine.read(bytes, file: file)
    func broken(_ line: Int?, _ problem: String) -> Faults {
      Faults([Fault(file: file, line: line, problem: problem, mend: "give a whole iCalendar file (RFC 5545)")])
    }
    guard let first = lines.first, first.name == "BEGIN", first.value.uppercased() == "VCALENDAR" else {
      throw broken(lines.first?.number, "it does not begin with BEGIN:VCALENDAR")
    }
    var events: [CalendarEvent] = []
    var open: [(name: String, line: Int)] = []
    var event: CalendarEvent?
    var isLost = false
    for line in lines {
      switch line.name {
      case "BEGIN":
        open.append((line.value.uppercased(), line.number))
        if open.count == 2, open[1].name == "VEVENT" {
          event = CalendarEvent(line: line.number)
          isLost = false
        }
      case "END":
        guard let last = open.popLast(), last.name == line.value.uppercased() else {
          throw broken(line.number, "END:\(line.value.prefix(40)) closes what is not open")
        }
        if open.count == 1, let whole = event {
          if !isLost { events.append(whole) }
          event = nil
        }
      default:
        // What is nested deeper, an alarm, is no part of the event's own.
        guard event != nil, open.count == 2, !isLost else { continue }
        do {
          try event!.take(line, file: file)
        } catch let fault as Fault {
          faults.append(fault)
          isLost = true
        }
      }
    }
    if let last = open.last { throw broken(last.line, "the \(last.name) that begins here never ends") }
    return (events, faults)
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
