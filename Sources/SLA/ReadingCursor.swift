/// `Zone.instant(atLocalSeconds:)` for readings that mostly ascend: the zone is searched only where its offset changes.
struct ReadingCursor {
  private let zone: Zone
  private var reading: Int64 = .max
  private var reached: Int64 = .max
  private var offset: Int64 = 0
  private var nextChange: Int64 = .min

  init(_ zone: Zone) { self.zone = zone }

  mutating func instant(on date: LocalDate, secondOfDay: Int) -> Int64 {
    let local = date.localSeconds + Int64(secondOfDay)
    // A later reading is reached no earlier. Until the next change it is reached under the same offset, and in the rest
    // of a gap at the same instant.
    if local >= reading, local - offset < nextChange { return max(reached, local - offset) }
    let instant = zone.instant(atLocalSeconds: local)
    reading = local
    reached = instant.seconds
    offset = zone.offset(at: instant)
    nextChange = zone.nextChange(after: instant)?.seconds ?? .max
    return reached
  }
}
