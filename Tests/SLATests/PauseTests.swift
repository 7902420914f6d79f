import SLA
import Testing

@Suite struct PauseTests {
  private func pauses(_ ends: [(Int64, Int64?)]) -> [Pause] {
    ends.map { Pause(from: Instant($0.0), to: $0.1.map(Instant.init)) }
  }

  @Test(
    arguments: [
      ([], []),
      ([(5, 9)], [(5, 9)]),
      ([(5, 9), (1, 3)], [(1, 3), (5, 9)]),
      ([(1, 5), (5, 9)], [(1, 9)]),
      ([(1, 5), (6, 9)], [(1, 5), (6, 9)]),
      ([(1, 9), (2, 3)], [(1, 9)]),
      ([(1, 5), (3, nil), (7, 9)], [(1, nil)]),
      ([(1, nil), (7, 9)], [(1, nil)]),
      ([(1, 3), (7, nil), (9, nil)], [(1, 3), (7, nil)]),
      ([(3, 3), (5, 2)], []),
    ] as [([(Int64, Int64?)], [(Int64, Int64?)])])
  func mergesPausesThatOverlapOrTouch(given: [(Int64, Int64?)], merged: [(Int64, Int64?)]) {
    #expect(Pause.merged(pauses(given)) == pauses(merged))
  }
}
