import Foundation
import SLA
import Testing

@Suite struct ZoneJudgeTests {
  /// Every zone of the system at random instants from 1900 to 2099 and at the edges of changes.
  @Test func agreesWithPythonOverAllZones() throws {
    let script = #filePath.split(separator: "/").dropLast(2).map { "/\($0)" }.joined() + "/judges/zones.py"
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let points = ProcessInfo.processInfo.environment["PLAZO_CASES"] ?? "40"
    process.arguments = ["python3", script, ProcessInfo.processInfo.environment["PLAZO_SEED"] ?? "1", points]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else {
      print("skipped: there is no python3")
      return
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("skipped: python3 has no zoneinfo, or no time zone database")
      return
    }
    var zone = Zone.utc
    var names: Set<Substring> = []
    var count = 0
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if names.insert(words[0]).inserted { zone = try systemZone(String(words[0])) }
      let instant = Instant(try #require(Int64(words[1])))
      count += 1
      guard zone.offset(at: instant) != Int64(words[2]) else { continue }
      Issue.record("\(words[0]) at \(words[1]): \(zone.offset(at: instant)), by Python \(words[2])")
      return
    }
    #expect(names.count > 400 && count > names.count)
  }
}
