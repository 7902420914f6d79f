internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import SLA

/// The folders in which a job's reports are kept: `out/DATE/JOB`, or `out/DATE/JOB@0800` of a job that runs several times
/// a day.
struct KeptReports {
  /// The desk's `out`.
  let root: String
  let job: String

  /// - Parameter isOneOfDay: whether the job runs but once on that date.
  static func place(_ job: String, at planned: Instant, isOneOfDay: Bool, in zone: Zone) -> String {
    let local = planned.localText(in: zone)
    let time = isOneOfDay ? "" : "@" + local.dropFirst(11).prefix(5).filter { $0 != ":" }
    return "\(local.prefix(10))/\(job)\(time)"
  }

  /// Every folder of the job, the oldest first, as its place under `out`.
  func places() -> [String] {
    let dates = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).filter { LocalDate($0) != nil }
    return dates.flatMap { date in
      ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(date)")) ?? [])
        .filter { $0 == job || Self.isTimed($0, of: job) }.map { "\(date)/\($0)" }
    }.sorted()
  }

  private static func isTimed(_ name: String, of job: String) -> Bool {
    guard name.hasPrefix("\(job)@") else { return false }
    let time = name.dropFirst(job.count + 1)
    return time.count == 4 && time.allSatisfy(\.isNumber)
  }

  /// Takes away what is older than so many days, and all but the latest so many; what was just written stays.
  /// - Returns: how many were taken away.
  func prune(days: Int?, count: Int?, today: LocalDate, keeping written: String) throws -> Int {
    let places = places()
    var gone: [String] = []
    if let days {
      let first = today.adding(days: -days)
      gone += places.filter { LocalDate($0.prefix(10)).map { $0 < first } ?? false }
    }
    if let count { gone += places.dropLast(count) }
    let names = Set(gone).subtracting([written])
    for place in names {
      do { try FileManager.default.removeItem(atPath: "\(root)/\(place)") } catch {
        throw DeskError("the old report '\(root)/\(place)' cannot be removed", mend: "see who owns it")
      }
      // Of a day on which nothing is left; else it stays.
      rmdir("\(root)/\(place.prefix(10))")
    }
    return names.count
  }
}
