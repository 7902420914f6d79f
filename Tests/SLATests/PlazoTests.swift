import SLA
import Testing

@Suite struct PlazoTests {
  @Test(arguments: [
    ("3d", Plazo.workingDays(3)), ("0d", .workingDays(0)), ("9999d", .workingDays(9999)), ("6h", .workingTime(21_600)),
    ("90m", .workingTime(5400)), ("45s", .workingTime(45)), ("0h", .workingTime(0)), ("0m", .workingTime(0)),
    ("1h30m", .workingTime(5400)), ("153h22m12s", .workingTime(552_132)), ("1h5s", .workingTime(3605)),
    ("06h", .workingTime(21_600)), ("99999h", .workingTime(359_996_400)),
  ])
  func readsATerm(text: String, plazo: Plazo) {
    #expect(Plazo(text) == plazo)
    #expect(Plazo(plazo.description) == plazo)
  }

  @Test(arguments: [
    "", "3", "d", "h", "-3d", "3 d", " 3d", "3d ", "3D", "1d2h", "1h2d", "30m1h", "1h1h", "1.5h", "1,5h", "3w",
    "10000d",
    "100000h", "99999h1s", "99999999999999999999h", "1h30", "٣d", "+3d", "1d1d",
  ])
  func refusesAnythingElse(text: String) { #expect(Plazo(text) == nil) }

  @Test(arguments: [
    ("90m", "1h30m"), ("120m", "2h"), ("3600s", "1h"), ("0m", "0h"), ("0s", "0h"), ("0d", "0d"), ("03d", "3d"),
    ("3661s", "1h1m1s"), ("59s", "59s"),
  ])
  func writesTheShortestText(text: String, canonical: String) { #expect(plazo(text).description == canonical) }
}

@Suite struct NearDueRuleTests {
  @Test(
    arguments: [
      // A share, rounded up to the second.
      (80, nil, 100, 80), (80, nil, 101, 81), (80, nil, 99, 80), (0, nil, 100, 0), (100, nil, 100, 100), (1, nil, 1, 1),
      (101, nil, 100, nil), (80, nil, 0, nil), (33, nil, 1000, 330), (33, nil, 1001, 331),
      (100, nil, Seconds.max, Seconds.max),
      // A margin, and one that is not below the budget.
      (nil, 20, 100, 80), (nil, 99, 100, 1), (nil, 100, 100, nil), (nil, 101, 100, nil), (nil, 0, 100, 100),
      (nil, 20, 0, nil),
      // Both: the earlier. A margin left out of account leaves the share.
      (80, 30, 100, 70), (80, 10, 100, 80), (80, 100, 100, 80), (nil, nil, 100, nil),
    ] as [(Int?, Seconds?, Seconds, Seconds?)])
  func saysFromWhenAClockIsNearDue(share: Int?, margin: Seconds?, budget: Seconds, used: Seconds?) {
    #expect(NearDueRule(sharePercent: share, marginSeconds: margin).nearUsed(budget: budget) == used)
  }

  @Test func saysWhichMarginItIgnores() {
    let rule = NearDueRule(sharePercent: 80, marginSeconds: 7200)
    #expect(rule.ignoresMargin(budget: 7200))
    #expect(!rule.ignoresMargin(budget: 7201))
    #expect(!NearDueRule.default.ignoresMargin(budget: 0))
    #expect(NearDueRule.default == NearDueRule(sharePercent: 80))
  }
}

@Suite struct SituationTests {
  @Test func theWorstIsTheGreatest() {
    #expect(Situation.allCases.shuffled().max() == .late)
    #expect(Situation.allCases.sorted() == [.onTime, .nearDue, .late])
  }
}
