import FoundationEssentials
import Reports
import SLA
import Seeded
import Testing
import Text

/// What must hold of every desk, whatever happened on it. Seeds are fixed; `PLAZO_CASES` asks for more.
@Suite struct InvariantTests {
  static let cases = randomCases(2)

  /// A report as its JSON tells it.
  private struct Told: Decodable {
    struct Section: Decodable {
      let id: String
      let rows: [[String: JSONValue]]
      let totals: [String: JSONValue]

      func sum(_ column: String) -> Int64 {
        rows.reduce(0) { $0 + number($1, column) }
      }
    }
    let sections: [Section]

    func section(_ id: String) throws -> Section { try #require(sections.first { $0.id == id }) }
    func figure(_ name: String) throws -> Int64 { number(try section("summary").rows[0], name) }
  }

  private func told(_ desk: LiveDesk, _ name: String, _ edit: (inout ReportRequest) -> Void = { _ in }) throws -> Told {
    var request = desk.request(desk.story.now)
    edit(&request)
    let files = try desk.run(name, request)
    return try JSONDecoder().decode(Told.self, from: Data(try #require(files["\(name).json"]).utf8))
  }

  private func desk(
    _ seed: Int, steps: Int = 90, zone: String = "America/Mexico_City", start: String = "2026-03-02T08:00",
    longest: Int64 = 14_400
  ) throws -> LiveDesk {
    let desk = try LiveDesk(zone: zone, start: start)
    desk.story = DeskStory(seed: seed + 300, now: desk.at(start))
    for _ in 0..<steps { try desk.story.step(desk, longest: longest) }
    return desk
  }

  /// The order of the lists is settled while tickets are judged; here SQL sorts them.
  @Test(arguments: 0..<cases) func theWorstComeFirst(seed: Int) throws {
    let desk = try desk(seed)
    let rows = try told(desk, "daily-sla").section("open").rows
    func key(_ row: [String: JSONValue]) -> (Int, Double, String, Int64) {
      let rank = row["situation"] == .string("late") ? 0 : row["situation"] == .string("near-due") ? 1 : 2
      let late: Double
      switch row["late_hours"] {
      case .real(let hours)?: late = hours
      case .integer(let hours)?: late = Double(hours)
      default: late = 0
      }
      // Instants of one zone and half a year sort as their texts do.
      let deadline: String
      if case .string(let text)? = row["deadline"] { deadline = text } else { deadline = "~" }
      return (rank, rank == 0 ? -late : 0, deadline, number(row["number"]))
    }
    #expect(rows.count > 3)
    for (row, next) in zip(rows, rows.dropFirst()) { #expect(key(row) < key(next), "seed \(seed)") }
  }

  @Test(arguments: 0..<cases) func partsAddUpToTheirTotals(seed: Int) throws {
    let desk = try desk(seed)
    let daily = try told(desk, "daily-sla")
    let situations = ["late", "near_due", "on_time", "without_plazo"]
    #expect(try situations.reduce(0) { try $0 + daily.figure($1) } == daily.figure("open"))
    #expect(try daily.figure("open") == Int64(daily.section("open").rows.count) && daily.figure("open") > 0)
    for part in ["technicians", "waiting", "clients"] {
      for column in situations + ["open"] {
        #expect(try daily.section(part).sum(column) == daily.figure(column), "\(part) \(column), seed \(seed)")
        #expect(try number(daily.section(part).totals[column]) == daily.figure(column))
      }
    }
    let late = try daily.section("open").rows.count { $0["situation"] == .string("late") }
    #expect(try Int64(late) == daily.figure("late"))
    #expect(try daily.figure("pending_vobo") == Int64(daily.section("vobo").rows.count))
    // The last day of the trend is now.
    let today = try #require(try daily.section("trend").rows.last)
    #expect(try number(today["open"]) == daily.figure("open"))
    #expect(try number(today["late"]) == daily.figure("late"))
    for day in try daily.section("trend").rows {
      #expect(number(day["late"]) >= 0 && number(day["not_late"]) >= 0, "\(day), seed \(seed)")
    }

    let overdue = try told(desk, "overdue")
    #expect(try overdue.figure("late") == daily.figure("late"))
    for part in ["bands", "technicians", "clients"] {
      #expect(try overdue.section(part).sum("late") == overdue.figure("late"), "\(part), seed \(seed)")
      #expect(try overdue.section(part).sum("late_hours") == overdue.figure("late_hours"), "\(part), seed \(seed)")
    }

    let compliance = try told(desk, "sla-compliance") { $0.period = Period("this-month", asOf: $0.asOf, in: $0.zone) }
    for column in ["verdicts", "kept", "late", "without_plazo"] {
      #expect(try compliance.section("clocks").sum(column) == compliance.figure(column), "\(column), seed \(seed)")
      #expect(try compliance.section("technicians").sum(column) == compliance.figure(column), "\(column), seed \(seed)")
    }
    #expect(try compliance.figure("verdicts") == Int64(compliance.section("verdicts").rows.count))
    #expect(
      try compliance.figure("kept") + compliance.figure("late") + compliance.figure("without_plazo")
        == compliance.figure("verdicts"))
  }

  /// The days are counted while tickets are judged; here from the list of all tickets, one by one. In the first story a
  /// ticket is closed late twice.
  @Test(arguments: 0..<cases, [nil, "Ñandú"]) func theTrendIsWhatTheTicketsTell(seed: Int, client: String?) throws {
    let desk = try desk(seed + 35, steps: 160, longest: 50_000)
    func narrowed(_ request: inout ReportRequest) { request.arguments["client"] = client }
    let trend = try told(desk, "daily-sla", narrowed).section("trend").rows
    let tickets = try told(desk, "tickets", narrowed).section("tickets").rows
    #expect(trend.count == 30 && tickets.count > 5)
    func day(_ row: [String: JSONValue], _ column: String) -> String? {
      guard case .string(let text)? = row[column] else { return nil }
      return String(text.prefix(10))
    }
    var lateOnSomeDay = 0
    for row in trend {
      let today = try #require(day(row, "day"))
      let open = tickets.filter { day($0, "opened_at")! <= today && day($0, "closed_at") ?? "~" > today }
      // By the end of the day past the deadline that it had in the end; one that is paused has none.
      let late = open.filter { ticket in
        guard ticket["situation"] == .string("late") else { return false }
        if ticket["status"] == .string("closed"), ticket["clock"] != .string("resolution") { return false }
        return day(ticket, "deadline") ?? day(ticket, "opened_at")! <= today
      }
      lateOnSomeDay += late.count
      #expect(number(row["opened"]) == Int64(tickets.count { day($0, "opened_at") == today }), "\(today), seed \(seed)")
      #expect(number(row["closed"]) == Int64(tickets.count { day($0, "closed_at") == today }), "\(today), seed \(seed)")
      #expect(number(row["open"]) == Int64(open.count), "\(today), seed \(seed)")
      #expect(number(row["late"]) == Int64(late.count), "\(today), seed \(seed)")
    }
    #expect(lateOnSomeDay > 0)
  }

  /// Days without hours are as many in the summary as in both tables: none that are still to come, and none of a client.
  @Test(arguments: ["this-month", "2027-01", "2026-02"], [nil, "Acme"])
  func missingDaysAgree(period: String, client: String?) throws {
    let desk = try desk(60)
    let hours = try told(desk, "technician-hours") {
      $0.period = Period(period, asOf: $0.asOf, in: $0.zone)
      $0.arguments["client"] = client
    }
    let gaps = try hours.figure("gaps")
    #expect(try hours.section("technicians").sum("gaps") == gaps)
    #expect(try hours.section("days").rows.count { $0["mark"] == .string("gap") } == Int(gaps))
    #expect((gaps > 0) == (client == nil && period != "2027-01"))
  }

  /// A report narrowed to each technician, or client, in turn is the whole one.
  @Test(arguments: 0..<cases) func narrowedReportsAddUpToTheWholeOne(seed: Int) throws {
    let desk = try desk(seed + 10)
    let whole = try told(desk, "daily-sla")
    for column in ["late", "near_due", "on_time", "without_plazo", "open", "due_today"] {
      let parts = try ["Acme", "Ñandú", "Zapata"].map { client in
        try told(desk, "daily-sla") { $0.arguments["client"] = client }.figure(column)
      }
      #expect(try parts.reduce(0, +) == whole.figure(column), "\(column), seed \(seed)")
    }
    let rows = try told(desk, "tickets").section("tickets").rows
    let parts = try ["ana", "luis"].map { login in
      try told(desk, "tickets") { $0.arguments["technician"] = login }.section("tickets").rows.count
    }
    #expect(parts.reduce(0, +) == rows.count { $0["assigned"] != .null })
  }

  /// The time of a late ticket goes to somebody, all of it, and nobody gets any twice.
  @Test(arguments: 0..<cases) func theTimeOfALateTicketIsAllThere(seed: Int) throws {
    let desk = try desk(seed + 20, steps: 120)
    try desk.sweep(desk.story.now)
    let used = Dictionary(
      uniqueKeysWithValues: try told(desk, "tickets").section("tickets").rows.map {
        (number($0["number"]), number($0, "used_hours"))
      })
    // Without a period it is of the one that its head names.
    let month = try told(desk, "where-time-went") { $0.period = Period("this-month", asOf: $0.asOf, in: $0.zone) }
    #expect(try told(desk, "where-time-went").section("tickets").rows == month.section("tickets").rows)
    let spent = try told(desk, "where-time-went") { $0.period = Period("2026", asOf: $0.asOf, in: $0.zone) }
    let tickets = try spent.section("tickets")
    #expect(!tickets.rows.isEmpty)
    for row in tickets.rows {
      let ticket = number(row["number"])
      #expect(number(row, "used_hours") == used[ticket], "ticket \(ticket), seed \(seed)")
      let parts = ["support", "unassigned", "client", "provider", "vobo"].reduce(0) { $0 + number(row, "\($1)_hours") }
      #expect(parts == number(row, "used_hours"), "ticket \(ticket), seed \(seed)")
    }
    #expect(try spent.section("holders").sum("used_hours") == spent.figure("used_hours"))
    #expect(try spent.section("parts").sum("used_hours") == spent.figure("used_hours"))
  }

  /// Also where a day has 23 or 25 hours.
  @Test(arguments: [("2026-03", "2026-03-01T08:00"), ("2026-10", "2026-10-01T08:00")])
  func aMonthIsTheSumOfItsDays(month: String, start: String) throws {
    let desk = try desk(40, steps: 100, zone: "Europe/Madrid", start: start, longest: 50_000)
    for (name, columns) in [
      ("sla-compliance", ["verdicts", "kept", "late", "without_plazo"]),
      ("activity-log", ["activities", "booked_hours", "corrections", "events"]),
      ("technician-hours", ["booked_hours", "activities"]),
    ] {
      func figures(_ period: String) throws -> [Int64] {
        let told = try told(desk, name) { $0.period = Period(period, asOf: $0.asOf, in: $0.zone) }
        return try columns.map(told.figure)
      }
      var sums = [Int64](repeating: 0, count: columns.count)
      for day in 1...31 {
        for (index, value) in try figures("\(month)-\(day < 10 ? "0" : "")\(day)").enumerated() { sums[index] += value }
      }
      let whole = try figures(month)
      #expect(sums == whole, "\(name) \(columns)")
      #expect(whole[0] > 0)
    }
  }

  /// What the summary says is on the page, in the text and in the CSV.
  @Test(arguments: 0..<cases) func everyFormatCarriesTheSameNumbers(seed: Int) throws {
    let desk = try desk(seed + 50)
    for name in ReportCatalog(folder: nil).names {
      let definition = try ReportCatalog(folder: nil).definition(named: name)
      let files = try desk.run(name, desk.request(desk.story.now, [.csv, .json, .html, .text]))
      let told = try JSONDecoder().decode(Told.self, from: Data(try #require(files["\(name).json"]).utf8))
      let text = try #require(files["\(name).txt"])
      let html = try #require(files["\(name).html"])
      for (section, part) in zip(definition.sections, told.sections) {
        let file = section.id == definition.primary.id ? "\(name).csv" : "\(name)-\(section.id).csv"
        let lines = Self.records(try #require(files[file]))
        #expect(lines.count == part.rows.count + 1, "\(file), seed \(seed)")
        for (line, row) in zip(lines.dropFirst(), part.rows) {
          for (column, cell) in zip(section.columns, line) {
            guard case .integer(let value)? = row[column.name] else { continue }
            #expect(cell == String(value), "\(file) \(column.name), seed \(seed)")
          }
        }
        if section.layout == .figures {
          for column in section.columns where column.kind == .integer {
            let value = number(part.rows[0][column.name])
            let label = column.label(.es)
            let line = text.split(separator: "\n").first { $0.contains("  \(label) ") || $0.contains(" \(label)  ") }
            #expect(line?.hasSuffix(" \(value)") == true, "\(name) \(label): \(line ?? "none"), seed \(seed)")
            #expect(html.contains(">\(value)<"), "\(name) \(label), seed \(seed)")
          }
        }
      }
    }
  }

  private static func records(_ csv: String) -> [[String]] {
    var records: [[String]] = []
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    for scalar in csv.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        cells.append(cell)
        cell = ""
      case "\n" where !isQuoted:
        records.append(cells + [cell])
        cells = []
        cell = ""
      case "\r" where !isQuoted: break
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return records
  }
}

private func number(_ value: JSONValue?) -> Int64 { if case .integer(let value)? = value { value } else { 0 } }

/// Hours count as seconds, so that sums are whole.
private func number(_ row: [String: JSONValue], _ column: String) -> Int64 {
  guard column.hasSuffix("_hours") else { return number(row[column]) }
  return switch row[column] {
  case .integer(let hours): hours * 3600
  case .real(let hours): Int64((hours * 3600).rounded())
  default: 0
  }
}
