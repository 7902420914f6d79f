import FoundationEssentials
import SQLite
import Testing

@testable import Reports

/// Conditions that narrow nothing are left out of a query, and what a run says stays the same.
@Suite struct NarrowedQueryTests {
  private func narrowed(_ sql: String, by arguments: [String: String] = [:]) throws -> String {
    let desk = try OfficeDesk()
    let definition = try desk.definition(
      """
      { title: { es: '-', en: '-' }, about: { es: '-', en: '-' }, sections: [{ id: 's', title: { es: '-', en: '-' },
        sql: "\(sql)", columns: [{ name: 'n', type: 'integer', label: { es: '-', en: '-' } }] }] }
      """)
    return definition.sections[0].sql(narrowedBy: arguments)
  }

  @Test func aConditionOnWhatTheRunIsNotNarrowedToIsLeftOut() throws {
    let sql =
      "SELECT 1 WHERE (:client IS NULL OR t.client = :client) AND (:product IS NULL OR product_2 = :product) OR x"
    #expect(try narrowed(sql) == "SELECT 1 WHERE TRUE AND TRUE OR x")
    #expect(
      try narrowed(sql, by: ["client": "Acme"])
        == "SELECT 1 WHERE (:client IS NULL OR t.client = :client) AND TRUE OR x")
  }

  @Test(
    arguments: [
      "SELECT 1 WHERE (:client IS NULL OR iif(a, b, c) = :client)",
      "SELECT 1 WHERE (:client IS NULL OR client = :product)",
      "SELECT 1 WHERE (:client IS NULL OR client = :client OR x)", "SELECT 1 WHERE :client IS NULL",
      "SELECT (:client IS NULL OR ",
    ]) func anythingElseStaysAsItIs(_ sql: String) throws
  { #expect(try narrowed(sql) == sql) }

  /// With it the joins go.
  @Test func whatOnlyTheConditionNeedsIsNotRead() throws {
    let desk = try OfficeDesk()
    let connection = try Connection(path: desk.path, mode: .readOnly)
    _ = try ReportViews.make(on: connection, for: desk.request([.csv]))
    let sql = try narrowed("SELECT number AS n FROM open_tickets WHERE (:client IS NULL OR client = :client)")
    let plan = try connection.prepare(sql: "EXPLAIN QUERY PLAN \(sql)").rows().compactMap { $0[3].text }
    // The ticket stays, since the name of the client would have been found by it.
    #expect(plan.count == 2 && plan[0].hasPrefix("SCAN j") && plan[1].hasPrefix("SEARCH t "), "\(plan)")
  }
}
