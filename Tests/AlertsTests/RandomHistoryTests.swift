import Desk
import FoundationEssentials
import SLA
import SQLite
import Seeded
import Testing

@testable import Alerts

/// What holds whatever happens. `PLAZO_CASES` says how many histories, `PLAZO_SEED` from which one on.
@Suite struct RandomHistoryTests {
  static let seeds: [UInt64] = {
    let first = UInt64(firstSeed())
    return Array(first..<first + min(UInt64(randomCases(2)), 2000))
  }()

  @Test(arguments: seeds) func promisesHold(seed: UInt64) throws {
    let history = try RandomHistory(seed: seed)
    try history.run(days: 9)
    let total = try history.connection.integer(sql: "SELECT count(*) FROM message WHERE kind = 'digest'") ?? 0
    #expect(total > 5, "seed \(seed): hardly anything was told")
    try oneDigestAWindowAndACapAnHour(history, seed)
    try nothingOutsideOfHours(history, seed)
    try everyLateClockReachesSomebody(history, seed)
    try silencesHoldAndEnd(history, seed)
    try acknowledgementsHold(history, seed)
    try nothingIsLeftOrTwice(history, seed)
  }

  private func oneDigestAWindowAndACapAnHour(_ history: RandomHistory, _ seed: UInt64) throws {
    let rows = try history.connection.rows(
      sql: """
        SELECT recipient, created_at FROM message WHERE kind = 'digest' AND state <> 'dropped' ORDER BY recipient, created_at
        """)
    var times: [String: [Int64]] = [:]
    for row in rows { times[row[0].text ?? "", default: []].append(row[1].integer ?? 0) }
    for (who, all) in times {
      for (index, at) in all.enumerated().dropFirst() {
        #expect(at - all[index - 1] >= history.rules.window, "seed \(seed): \(who) twice in a window at \(at)")
        let inHour = all[..<index].count { at - $0 < 3600 }
        #expect(inHour < history.rules.cap, "seed \(seed): \(who) beyond the cap at \(at)")
      }
    }
  }

  private func nothingOutsideOfHours(_ history: RandomHistory, _ seed: UInt64) throws {
    let rows = try history.connection.rows(
      sql: "SELECT mailbox, created_at FROM message WHERE kind = 'digest' AND mailbox <> 'carla'")
    for row in rows {
      let at = Instant(row[1].integer ?? 0)
      #expect(history.works(row[0].text ?? "", at: at), "seed \(seed): \(row[0].text ?? "") at \(at.iso8601(in: .utc))")
    }
  }

  /// Told, or held for a reason that has its end; never forgotten. Bound: the recipient's next opening, and then the hour
  /// after which a cap lets through, the first wait, and the time until a pass comes by.
  private func everyLateClockReachesSomebody(_ history: RandomHistory, _ seed: UInt64) throws {
    for owner in ["ticket", "task"] {
      let late = try history.connection.rows(
        sql: """
          SELECT c.\(owner)_id, c.kind, c.cycle, max(t.recorded_at) FROM \(owner)_clock c
            JOIN \(owner)_transition t ON t.\(owner)_id = c.\(owner)_id AND t.kind = c.kind AND t.to_situation = 'late'
            WHERE c.situation = 'late' GROUP BY 1, 2
          """)
      for row in late {
        let (id, clock) = (row[0].integer ?? 0, row[1].text ?? "")
        let states = try history.connection.rows(
          sql: """
            SELECT state, reason, next_at FROM alert WHERE \(owner)_id = ? AND clock = ? AND cycle = ?
              AND kind IN ('late', 'still-late', 'escalation', 'task-late', 'vobo-late') AND recorded_at >= ?
            """, .integer(id), .text(clock), row[2], row[3])
        let isTold = states.contains { $0[0].text == "grouped" }
        let isHeld = states.contains { $0[0].text == "held" && ($0[2].integer ?? 0) > history.now.seconds }
        #expect(isTold || isHeld, "seed \(seed): \(owner) \(id) \(clock) is late and reached nobody: \(states)")
      }
    }
    // And what was held was told, or dropped for a reason, once its hour had come: nobody waits for longer than a pass.
    let rows = try history.connection.rows(
      sql: """
        SELECT a.id, a.recorded_at, a.not_before, m.created_at, u.login FROM alert a JOIN message m ON m.id = a.message_id
          JOIN user u ON u.id = a.recipient_id
          WHERE a.kind IN ('late', 'task-late', 'vobo-late') AND m.kind = 'digest'
            AND NOT EXISTS (SELECT 1 FROM alert_silence)
        """)
    for row in rows {
      let recorded = max(row[1].integer ?? 0, row[2].integer ?? 0)
      let told = row[3].integer ?? 0
      // The first pass at which the person was at work.
      let first = history.passes.first { $0.seconds >= recorded && history.works(row[4].text ?? "", at: $0) }
      guard let first else { continue }
      // By then a window or a cap may hold it, and by their end the person may have gone home: the next pass at work
      // after that must tell it.
      let free = history.passes.first { $0.seconds >= first.seconds + 3600 && history.works(row[4].text ?? "", at: $0) }
      #expect(told <= free?.seconds ?? .max, "seed \(seed): alert \(row[0].integer ?? 0) came late")
    }
  }

  private func silencesHoldAndEnd(_ history: RandomHistory, _ seed: UInt64) throws {
    let broken = try history.connection.rows(
      sql: """
        SELECT a.id, s.id FROM alert a JOIN message m ON m.id = a.message_id JOIN alert_silence s
          ON (s.ticket_id IS NULL OR s.ticket_id = a.ticket_id)
          AND (s.technician_id IS NULL OR s.technician_id = a.recipient_id OR s.technician_id = a.stands_in_for)
          WHERE a.kind <> 'recovered' AND m.created_at > s.at AND m.created_at < coalesce(s.ended_at, s.until)
        """)
    #expect(broken.isEmpty, "seed \(seed): told in silence: \(broken)")
    let forgotten = try history.connection.rows(
      sql: """
        SELECT a.id FROM alert a WHERE a.state = 'held' AND a.reason = 'silenced' AND NOT EXISTS (
          SELECT 1 FROM alert_silence s WHERE s.ended_at IS NULL AND s.until > ?
            AND (s.ticket_id IS NULL OR s.ticket_id = a.ticket_id)
            AND (s.technician_id IS NULL OR s.technician_id = a.recipient_id OR s.technician_id = a.stands_in_for))
        """, .integer(history.now.seconds))
    #expect(forgotten.isEmpty, "seed \(seed): silent after the end: \(forgotten)")
  }

  private func acknowledgementsHold(_ history: RandomHistory, _ seed: UInt64) throws {
    // The last one of a clock and deadline counts.
    let broken = try history.connection.rows(
      sql: """
        SELECT a.id, k.id FROM alert a JOIN message m ON m.id = a.message_id JOIN alert_acknowledgement k
          ON k.ticket_id = a.ticket_id AND k.clock = a.clock AND k.cycle = a.cycle AND k.deadline IS a.deadline
          WHERE a.kind IN ('still-late', 'escalation') AND m.created_at > k.at AND m.created_at < k.expires_at
            AND NOT EXISTS (SELECT 1 FROM alert_acknowledgement l WHERE l.id > k.id AND l.ticket_id = k.ticket_id
              AND l.clock = k.clock AND l.at <= m.created_at)
            AND NOT EXISTS (SELECT 1 FROM ticket_event e WHERE e.ticket_id = a.ticket_id
              AND e.kind IN ('plazo', 'waiting', 'reopened', 'closed') AND e.recorded_at BETWEEN k.at AND m.created_at)
        """)
    #expect(broken.isEmpty, "seed \(seed): told though acknowledged: \(broken)")
  }

  private func nothingIsLeftOrTwice(_ history: RandomHistory, _ seed: UInt64) throws {
    func count(_ sql: String) throws -> Int64 { try history.connection.integer(sql: sql) ?? 0 }
    #expect(try count("SELECT count(*) FROM alert WHERE state = 'pending'") == 0, "seed \(seed)")
    #expect(
      try count("SELECT count(*) FROM alert, sweep_state WHERE state = 'held' AND next_at <= swept_at") == 0,
      "seed \(seed)")
    #expect(try count("SELECT count(*) FROM message WHERE state = 'pending'") == 0, "seed \(seed)")
    // A reply that was to go by mail went to its contact once.
    #expect(
      try count(
        """
        SELECT count(*) FROM ticket_event e JOIN ticket t ON t.id = e.ticket_id
          WHERE e.kind = 'replied' AND e.detail = 'mail' AND t.client_id = 1
            AND 1 <> (SELECT count(*) FROM alert a WHERE a.event = e.sequence AND a.kind = 'answered')
        """) == 0, "seed \(seed)")
    // One clock, one deadline, one level: one alert for a person, in one message.
    #expect(
      try count(
        """
        SELECT count(*) FROM (SELECT 1 FROM alert WHERE clock IS NOT NULL AND kind <> 'recovered' AND state = 'grouped'
          GROUP BY ticket_id, task_id, clock, cycle, kind, deadline, level, recipient_id HAVING count(*) > 1)
        """) == 0, "seed \(seed)")
  }
}
