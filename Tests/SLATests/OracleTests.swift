import FoundationEssentials
import SLA
import Seeded
import Testing

/// The engine against the oracle over random calendars, zones, pauses and instants from 2000 to 2037.
///
/// `PLAZO_CASES` says how many cases to try, `PLAZO_SEED` from which one on.
@Suite struct OracleTests {
  private func compare(step: Int64, days: Int64, cases: Int) throws {
    let first = firstSeed()
    for seed in first..<first + cases {
      var maker = ScenarioMaker(random: Dice(seed: UInt64(seed)), step: step, days: days)
      let scenario = try maker.scenario()
      guard try scenario.disagreement() != nil else { continue }
      let reduced = try scenario.reduced()
      Issue.record("PLAZO_SEED=\(seed), step \(step) s: \(try reduced.disagreement() ?? "")\n\(reduced)")
      return
    }
  }

  @Test func agreesWithAWalkMinuteByMinute() throws {
    try compare(step: 60, days: 9, cases: randomCases(40))
  }

  @Test func agreesWithAWalkSecondBySecond() throws {
    try compare(step: 1, days: 4, cases: max(1, randomCases(40) / 20))
  }
}
