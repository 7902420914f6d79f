internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

let calendarComputeCommand = Command(
  name: "calendar compute",
  summary: "working-time arithmetic for other programs: JSON Lines on standard input, answers on standard output",
  details: """
    Each line is an object with an "id" of any kind, which comes back with the answer, a "calendar", and an "op":
    add ("start", "seconds"), answered by the earliest "instant" at which so much working time has elapsed; between
    ("start", "end"), answered by the working "seconds", 0 when reversed; deadline ("created", "target_seconds", and
    "pauses" as pairs of instants, the second null while one is open), answered by the "instant", null while a pause
    keeps it unknown. What is wrong is answered by an "error", and the stream goes on. A calendar is the name of one of
    the desk's, as in force, or an object that needs no desk:
      {"timezone":"Europe/Madrid","holidays":["2026-12-25"],
       "weekly":{"mon":[["09:00","14:00"],["16:00","19:00"]]},
       "shifts":{"2026-12-26":[["10:00","14:00"]]}}
    Shifts are a date's hours, on a holiday too. Instants are ISO 8601; without an offset the calendar's clock is
    meant. Answers go out before each wait for more.
    """,
  examples: [
    #"""
    echo '{"op":"add","start":"2026-10-30T18:00","seconds":7200,' \
      '"calendar":"oficina"}' | plazo calendar compute
    """#
  ]
) { _, session in
  let calendars = NamedCalendars(session)
  let calculator = LineCalculator(zone: { try session.zones.zone($0) }, named: { try calendars.calculator($0) })
  let output = session.world.output
  let feed = LineFeed(try FileSource("-").read, longest: 1024 * 1024)
  var answers: [UInt8] = []
  try feed.each { line, number in
    calculator.answer(line, number: number, to: &answers)
  } pause: {
    output.write(answers)
    output.flush()
    answers.removeAll(keepingCapacity: true)
    return output.failure == nil
  }
  output.write(answers)
  return .done
}

/// The desk's calendars, opened when the first is asked for: one in force as it was applied, one that is only in the
/// file as it stands there.
private final class NamedCalendars {
  private let session: Session
  private var opened: Result<(applied: AppliedRules?, configuration: Configuration), any Error>?

  init(_ session: Session) { self.session = session }

  func calculator(_ name: String) throws -> Calculator {
    let known = opened ?? Result { try open() }
    opened = known
    let (applied, configuration) = try known.get()
    if let (definition, zone) = applied?.calendar(named: name) { return Calculator(definition, zone: zone) }
    guard let definition = configuration.rules.calendars[name] else {
      let names = Set(configuration.rules.calendars.keys).union(applied.map { Array($0.calendarIDs.keys) } ?? [])
      let guess = nearest(to: name, among: names.sorted()).map { "did you mean '\($0)'? " } ?? ""
      throw DeskError(
        "there is no calendar '\(name.prefix(40))'",
        mend: "\(guess)calendars: \(names.sorted().joined(separator: ", "))")
    }
    return Calculator(definition, zone: try session.zones.zone(definition.zone))
  }

  private func open() throws -> (AppliedRules?, Configuration) {
    let desk = try session.open(.readOnly)
    return (try AppliedRules.current(on: desk.connection, now: desk.now), desk.configuration)
  }
}
