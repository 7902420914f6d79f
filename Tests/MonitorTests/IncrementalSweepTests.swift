import Desk
import Foundation
import Monitor
import SLA
import SQLite
import Testing

/// An incremental sweep must leave the rows that a full one leaves, whatever happened in between; and `judge` must say
/// what both say. Seeds are fixed; `PLAZO_CASES` asks for more.
@Suite struct IncrementalSweepTests {
  private static let cases = Int(ProcessInfo.processInfo.environment["PLAZO_CASES"] ?? "") ?? 6

  @Test(arguments: 0..<cases)
  func equalsTheFullSweepOverRandomHistories(seed: Int) throws {
    var random = SplitMix64(state: UInt64(seed) &* 7919 &+ 1)
    let desk = try TestDesk()
    let other = try TestDesk()
    var now = desk.at("2026-03-02T08:00")
    var open: [Int64] = []
    var closed: [Int64] = []
    for _ in 0..<120 {
      // Mostly minutes, sometimes a month of downtime.
      now =
        now + Int64.random(in: 1...(Int.random(in: 0..<40, using: &random) == 0 ? 2_592_000 : 20_000), using: &random)
      let text = now.iso8601(in: .utc)
      let step = Int.random(in: 0..<9, using: &random)
      let pick = open.randomElement(using: &random)
      let pickClosed = closed.randomElement(using: &random)
      let plazo = ["1d", "4h", "90m", "0h", "3d"].randomElement(using: &random)!
      let party = Party.allCases.randomElement(using: &random)!
      for target in [desk, other] {
        let actions = TicketActions(target.connection, actor: target.admin, now: now)
        switch step {
        case 0, 1:
          let id = try target.open(text, plazo: step == 0 ? plazo : nil)
          if target === desk { open.append(id) }
        case 2, 3:
          guard let pick else { break }
          var reply = TicketActions.Reply()
          reply.body = "x"
          reply.waitingOn = party
          _ = try actions.reply(to: pick, reply)
        case 4:
          guard let pick else { break }
          var reply = TicketActions.Reply()
          reply.plazo = plazo
          _ = try actions.reply(to: pick, reply)
        case 5:
          guard let pick else { break }
          _ = try actions.close(pick)
          if target === other {
            open.removeAll { $0 == pick }
            closed.append(pick)
          }
        case 6:
          guard let pickClosed else { break }
          _ = try actions.reopen(pickClosed, reason: nil)
          if target === other {
            closed.removeAll { $0 == pickClosed }
            open.append(pickClosed)
          }
        default: break
        }
      }
      try desk.sweep(text)
      try other.sweep(text, .full)
      #expect(try desk.dump(TestDesk.clockSQL) == other.dump(TestDesk.clockSQL), "seed \(seed) at \(text)")
      #expect(try desk.dump(TestDesk.pauseSQL) == other.dump(TestDesk.pauseSQL), "seed \(seed) at \(text)")
      let judged = try desk.judged(text)
      let kept = try desk.dump("SELECT ticket_id, situation, deadline FROM ticket_clock ORDER BY ticket_id")
      let told = judged.map { judged in
        "\(judged.ticketID) \(judged.situation.rawValue) \(judged.judgement?.deadline.map { "\($0.seconds)" } ?? "-")"
      }
      #expect(told == kept, "seed \(seed) at \(text)")
    }
    let verdicts =
      "SELECT ticket_id, cycle, stopped_at, outcome, used_s, late_s FROM ticket_verdict ORDER BY ticket_id, cycle"
    #expect(try desk.dump(verdicts) == other.dump(verdicts))
  }
}
