import FoundationEssentials
import Glibc
import Reports
import SQLite
import Testing
import Text

/// How many rows a second the formats take: for people to run, in release, with `$PLAZO_BENCH` set to a number of rows.
@Suite(.enabled(if: getenv("PLAZO_BENCH") != nil), .serialized) struct Throughput {
  private static let rows = Int(String(cString: getenv("PLAZO_BENCH"))) ?? 1_000_000
  private static let columns = """
    { name: 'number', type: 'ticket', label: { es: '-', en: '-' } },
    { name: 'situation', type: 'situation', label: { es: '-', en: '-' } },
    { name: 'title', type: 'text', label: { es: '-', en: '-' } },
    { name: 'client', type: 'text', label: { es: '-', en: '-' } },
    { name: 'assigned', type: 'text', label: { es: '-', en: '-' } },
    { name: 'opened_at', type: 'instant', label: { es: '-', en: '-' } },
    { name: 'deadline', type: 'instant', label: { es: '-', en: '-' } },
    { name: 'remaining_hours', type: 'duration', label: { es: '-', en: '-' } }
    """

  @Test(arguments: [[ReportFormat.csv], [.json], [.html, .text], ReportFormat.allCases])
  func rowsASecond(_ formats: [ReportFormat]) throws {
    let desk = try OfficeDesk(
      sql: """
        CREATE TABLE bench (number INTEGER PRIMARY KEY, situation TEXT, title TEXT, client TEXT, assigned TEXT,
          opened_at INTEGER, deadline INTEGER, remaining_hours INTEGER);
        INSERT INTO bench WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < \(Self.rows))
          SELECT n, iif(n % 7, 'on-time', 'near-due'), 'No cuadra el inventario al cierre de mes ' || n,
            'Comercial Zapata', 'Ana López', 1770000000 + n * 60, 1772000000 + n * 53 % 9000000, n * 37 % 400000 FROM i;
        """)
    let definition = try desk.definition(
      """
      { title: { es: '-', en: '-' }, about: { es: '-', en: '-' }, sections: [{ id: 's', title: { es: '-', en: '-' },
        sql: "SELECT * FROM bench", columns: [\(Self.columns)] }] }
      """)
    let out = "\(desk.folder)/out"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let best = try seconds(3) { try desk.runner.run([definition], desk.request(formats), to: .folder(out)) }
    print("\(formats.map(\.rawValue)): \(Int(Double(Self.rows) / best)) rows/s, peak \(peak) MiB")
  }

  /// A desk of as many tickets, of which one in five is open.
  @Test(arguments: ["tickets", "daily-sla"]) func ofALargeDesk(_ name: String) throws {
    let desk = try OfficeDesk(
      sql: OfficeDesk.office + """
        INSERT INTO ticket (id, client_id, product_id, responsible_id, assigned_id, status, waiting_on, opened_at, closed_at,
          reopened, last_event, title, description)
        WITH RECURSIVE i (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM i WHERE n < \(Self.rows) + 99)
        SELECT n, 1 + n % 3, 1 + n % 2, 2 + n % 3, 2 + n % 3, iif(n % 5, 'closed', 'open'), 'support', 1770000000 + n,
          iif(n % 5, 1770100000 + n, NULL), 0, n, 'No cuadra el inventario al cierre de mes ' || n, '' FROM i;
        INSERT INTO ticket_verdict (ticket_id, kind, cycle, started_at, stopped_at, outcome, deadline, budget_s, used_s,
          late_s, moves, original_outcome, policy, plazo, policy_version_id, calendar_id, recorded_at)
        SELECT id, 'resolution', 1, opened_at, closed_at, iif(id % 9, 'kept', 'late'), closed_at, 86400, 80000,
          iif(id % 9, 0, 3600), 0, 'kept', 'general', '3d', 1, 1, closed_at FROM ticket WHERE id >= 100 AND closed_at;
        """)
    let sample = OfficeDesk.standing
    for index in stride(from: 100, to: Self.rows + 100, by: 5) {
      var row = sample[index / 5 % 5]
      row.ownerID = Int64(index)
      desk.judged.append(row)
    }
    let definition = try ReportCatalog(folder: nil).definition(named: name)
    let out = "\(desk.folder)/out"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let best = try seconds(1) {
      try desk.runner.run([definition], desk.request(ReportFormat.allCases), to: .folder(out))
    }
    print("\(name) of \(Self.rows) tickets in all formats: \(best) s, peak \(peak) MiB")
  }

  private func seconds(_ runs: Int, _ body: () throws -> Void) throws -> Double {
    var best = Double.infinity
    for _ in 0..<runs {
      let spent = try ContinuousClock().measure(body)
      best = min(best, Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18)
    }
    return best
  }

  /// Resident memory of the process at its highest.
  private var peak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}
