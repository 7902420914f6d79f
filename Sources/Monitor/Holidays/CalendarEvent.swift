internal import SLA
internal import Text

/// An event of an iCalendar file: what it is called, when it is, and when it comes again.
struct CalendarEvent {
  /// Of its BEGIN.
  var line: Int
  var uid: String?
  var summary = ""
  var start: EventTime?
  /// The zone in which it begins, by its name in the file; `nil`: that of whoever reads it.
  var zoneName: String?
  var end: EventTime?
  /// In seconds.
  var duration: Int64?
  var rules: [(rule: RecurrenceRule, line: Int)] = []
  var addedDates: [EventTime] = []
  /// Those that are left out, as they are written.
  var exceptions: [EventTime] = []
  /// The occurrence for which this one stands.
  var recurrenceID: EventTime?
  var isCancelled = false
  /// It marks no busy time; public calendars say so of holidays too.
  var isTransparent = false

  init(line: Int) { self.line = line }

  /// Takes a property of the event; the many that say nothing of days are let be.
  /// - Throws: `Fault` for one that matters and cannot be read, which loses the event.
  mutating func take(_ line: ContentLine, file: String) throws {
    func fault(_ problem: String) -> Fault {
      Fault(
        file: file, line: line.number, field: line.name, problem: "\(problem), so the event is left out",
        mend: "write its days by hand, in holidays")
    }
    func times() throws -> [EventTime] {
      try line.value.split(separator: ",").map { text in
        // Of a period only the beginning matters here.
        guard let time = EventTime(text.split(separator: "/").first ?? "") else {
          throw fault("'\(text.prefix(40))' is not a date")
        }
        return time
      }
    }
    func time() throws -> EventTime {
      let times = try times()
      guard times.count == 1 else { throw fault("it names no date, or more than one") }
      return times[0]
    }
    switch line.name {
    case "UID": uid = line.value
    case "SUMMARY": summary = line.text
    case "DTSTART":
      start = try time()
      zoneName = line.parameters["TZID"]
    case "DTEND": end = try time()
    case "DURATION":
      guard let seconds = eventDuration(line.value) else {
        throw fault("'\(line.value.prefix(40))' is not a duration")
      }
      duration = seconds
    case "RRULE":
      do throws(RecurrenceRule.Unreadable) {
        rules.append((try RecurrenceRule(line.value), line.number))
      } catch {
        throw fault("the rule has '\(error.part.prefix(40))', which plazo does not read")
      }
    case "RDATE": addedDates += try times()
    case "EXDATE": exceptions += try times()
    case "EXRULE": throw fault("rules of exceptions are not read")
    case "RECURRENCE-ID":
      if line.parameters["RANGE"] != nil { throw fault("changes of an occurrence and all after it are not read") }
      recurrenceID = try time()
    case "STATUS": isCancelled = line.value.uppercased() == "CANCELLED"
    case "TRANSP": isTransparent = line.value.uppercased() == "TRANSPARENT"
    default: break
    }
  }

  /// When it begins: at first, by its rules and on added dates, exceptions left out.
  func beginnings(through last: LocalDate, in zone: Zone) -> [EventTime] {
    guard let start else { return [] }
    var dates = rules.isEmpty ? [start.date] : []
    for (rule, _) in rules {
      dates += rule.dates(from: start.date, through: last) { date in
        guard let until = rule.until else { return false }
        let occurrence = start.on(date)
        // Of a date and a reading only the dates can be compared.
        if until.second == nil || occurrence.second == nil { return occurrence.date > until.date }
        return occurrence.reading(in: zone) > until.reading(in: zone)
      }
    }
    let left = Set(exceptions.map { Self.key($0, in: zone) })
    return (dates.map { start.on($0) } + addedDates).filter {
      !left.contains(Self.key($0, in: zone)) && !left.contains($0.date.localSeconds)
    }
  }

  /// The instant of a beginning as a reading of the clock, by which exceptions name it.
  static func key(_ time: EventTime, in zone: Zone) -> Int64 { time.reading(in: zone) }

  /// The dates that an occurrence touches.
  func dates(of beginning: EventTime, in zone: Zone) -> [LocalDate] {
    guard let start else { return [] }
    let from = beginning.reading(in: zone)
    var length = duration ?? 0
    if let end {
      length = end.reading(in: zone) - start.reading(in: zone)
    } else if duration == nil, start.second == nil {
      length = 86_400
    }
    let first = LocalDate(localSeconds: from)
    let last = length > 0 ? LocalDate(localSeconds: from + length - 1) : first
    return (first.dayNumber...min(last.dayNumber, first.dayNumber + 366)).map(LocalDate.init(dayNumber:))
  }
}
