import Desk
import FoundationEssentials
import Monitor
import SLA
import Seeded
import Testing
import Text

@Suite struct LineCalculatorTests {
  private static let office = CalendarDefinition(
    zone: "America/Mexico_City",
    weekly: Dictionary(
      uniqueKeysWithValues: Weekday.allCases.prefix(5).map { ($0, [Hours("09:00-14:00")!, Hours("16:00-19:00")!]) }))

  private func makeCalculator() -> LineCalculator {
    LineCalculator(zone: TestDesk.zone) { name in
      guard name == "office" else { throw DeskError("there is no calendar '\(name)'", mend: "name another") }
      return Calculator(Self.office, zone: try TestDesk.zone("America/Mexico_City"))
    }
  }

  private func answer(_ line: String) -> String {
    var output: [UInt8] = []
    Array(line.utf8).withUnsafeBytes { makeCalculator().answer($0, number: 3, to: &output) }
    return String(decoding: output, as: UTF8.self)
  }

  private static let newYork =
    #"{"timezone":"America/New_York","weekly":{"mon":[["09:00","12:00"],["13:00","17:00"]],"#
    + #""wed":[["09:00","17:00"]],"fri":[["09:00","17:00"]]},"holidays":["2006-01-04","2006-01-06"],"#
    + #""shifts":{"2006-01-06":[["10:00","14:00"]]}}"#

  @Test(arguments: [
    (#""op":"add","start":"2006-01-02T11:00:00-05:00","seconds":7200"#, #""instant":"2006-01-02T14:00:00-05:00""#),
    // Wednesday is a holiday; on Friday, one too, the shift wins.
    (#""op":"add","start":"2006-01-02T17:00:00-05:00","seconds":3600"#, #""instant":"2006-01-06T11:00:00-05:00""#),
    (#""op":"add","start":"2006-01-06T10:00:00-05:00","seconds":14400"#, #""instant":"2006-01-06T14:00:00-05:00""#),
    (#""op":"add","start":"2006-01-03T03:00:00Z","seconds":0"#, #""instant":"2006-01-02T22:00:00-05:00""#),
    (#""op":"add","start":"2006-07-03T09:00","seconds":60.0"#, #""instant":"2006-07-03T09:01:00-04:00""#),
    (#""op":"between","start":"2006-01-01","end":"2006-01-08""#, #""seconds":39600"#),
    (#""op":"between","start":"2006-01-08","end":"2006-01-01""#, #""seconds":0"#),
    (
      #""op":"deadline","created":"2006-01-02T09:00:00-05:00","target_seconds":3600,"pauses":[]"#,
      #""instant":"2006-01-02T10:00:00-05:00""#
    ),
    (
      #""op":"deadline","created":"2006-01-02T09:00:00-05:00","target_seconds":3600"#,
      #""instant":"2006-01-02T10:00:00-05:00""#
    ),
    (
      #""op":"deadline","created":"2006-01-02T09:00:00-05:00","target_seconds":3600,"pauses":[["2006-01-02T09:30:00-05:00","2006-01-02T10:30:00-05:00"],["2006-01-02T10:00:00-05:00","2006-01-02T11:00:00-05:00"]]"#,
      #""instant":"2006-01-02T11:30:00-05:00""#
    ),
    (
      #""op":"deadline","created":"2006-01-02T09:00:00-05:00","target_seconds":3600,"pauses":[["2006-01-02T09:30:00-05:00",null]]"#,
      #""instant":null"#
    ),
    (
      #""op":"deadline","created":"2006-01-02T09:00:00-05:00","target_seconds":3600,"pauses":[["2006-01-02T10:00:00-05:00",null]]"#,
      #""instant":"2006-01-02T10:00:00-05:00""#
    ),
  ])
  func answersByTheCalendarOfTheLine(question: String, answer: String) {
    #expect(self.answer(#"{"id":7,"calendar":\#(Self.newYork),\#(question)}"#) == "{\"id\":7,\(answer)}\n")
    // The calendar may come last.
    #expect(self.answer(#"{"id":7,\#(question),"calendar":\#(Self.newYork)}"#) == "{\"id\":7,\(answer)}\n")
  }

  @Test(arguments: [
    (#""id": {"a" : [1, "ñ"]}"#, #"{"a" : [1, "ñ"]}"#), (#""id":null"#, "null"), (#""id":"\"x\"""#, #""\"x\"""#),
    (#""id":1.50"#, "1.50"),
  ])
  func givesTheIdentifierBackAsItCame(id: String, same: String) {
    let question = #""calendar":"office","op":"add","start":"2026-03-27T09:00","seconds":3600"#
    #expect(answer("{\(id),\(question)}") == "{\"id\":\(same),\"instant\":\"2026-03-27T10:00:00-06:00\"}\n")
    #expect(answer("{\(question),\(id)}") == "{\"id\":\(same),\"instant\":\"2026-03-27T10:00:00-06:00\"}\n")
  }

  @Test(arguments: [
    (#""op":"add","start":"2026-03-27","seconds":-1"#, "seconds: -1 is negative; give 0 or more working seconds"),
    (
      #""op":"deadline","created":"2026-03-27","target_seconds":-5"#,
      "target_seconds: -5 is negative; give 0 or more working seconds"
    ),
    (#""op":"add","start":"2026-03-27","seconds":"60""#, "seconds: expected a number, got a text"),
    (#""op":"add","start":"2026-03-27","seconds":1.5"#, "seconds: '1.5' is not a whole number"),
    (#""op":"add","start":"2026-03-27""#, "seconds is missing; give a whole number of working seconds"),
    (#""op":"add","seconds":60"#, "start is missing; give an instant such as 2006-01-03T09:00:00-05:00"),
    (
      #""op":"add","start":"2026-02-30","seconds":60"#,
      "start: '2026-02-30' is not an instant; write it as 2006-01-03T09:00:00-05:00"
    ),
    (
      #""op":"add","start":"2290-02-28","seconds":60"#,
      "start: '2290-02-28' is too far away; give an instant from the years 1900 to 2199"
    ),
    (
      #""op":"add","start":"2026-03-27","seconds":9007199254740993"#,
      "the answer lies after 2199-12-31, which is too far away"
    ),
    (
      #""op":"betwen","start":"2026-03-27","end":"2026-03-28""#,
      "op: 'betwen' is not legal; did you mean 'between'? legal values: add, between, deadline"
    ),
    (#""start":"2026-03-27","end":"2026-03-28""#, "op is missing; give one of add, between, deadline"),
    (
      #""op":"deadline","created":"2026-03-27","target_seconds":5,"pauses":[["2026-03-27"]]"#,
      "pauses: a pause is a beginning and an end; write it as [\"2006-01-03T09:00:00Z\", null] if it is open"
    ),
    (
      #""op":"deadline","created":"2026-03-27","target_seconds":5,"pauzes":[["2026-03-27",null]]"#,
      "pauzes: unknown key; did you mean 'pauses'? legal keys: id, op, calendar, start, end, created, seconds, "
        + "target_seconds, pauses"
    ),
  ])
  func saysWhatIsWrongWithTheIdentifier(question: String, error: String) throws {
    let text = try JSONValue.string(error).canonicalText()
    #expect(answer(#"{"calendar":"office",\#(question),"id":7}"#) == "{\"id\":7,\"error\":\(text)}\n")
  }

  @Test(arguments: [
    ("7", "calendar: expected a name or an object; name a calendar of the desk, or write one"),
    (#""ofice""#, "there is no calendar 'ofice'; name another"),
    (#"{"weekly":{}}"#, "calendar.timezone is missing; give an IANA name such as America/New_York"),
    (
      #"{"timezone":"UTC","weekdays":{}}"#,
      "calendar.weekdays: unknown key; legal keys: timezone, weekly, holidays, shifts"
    ),
    (
      #"{"timezone":"UTC","weekly":{"monday":[]}}"#,
      "calendar.weekly.monday: unknown key; legal keys: mon, tue, wed, thu, fri, sat, sun"
    ),
    (
      #"{"timezone":"UTC","weekly":{"mon":[["09:00","12:00"],["18:00","09:00"]]}}"#,
      "calendar.weekly.mon[1]: ['18:00', '09:00'] is not an opening and a later closing; write it as "
        + "[\"09:00\",\"14:00\"], or [\"22:00\",\"30:00\"] past midnight"
    ),
    (
      #"{"timezone":"UTC","weekly":{"mon":["09:00-12:00"]}}"#,
      "calendar.weekly.mon[0]: expected a list, got a text"
    ),
    (
      #"{"timezone":"UTC","weekly":{"mon":[["09:00","12:00"]]},"holidays":["2006-02-29"]}"#,
      "calendar.holidays: '2006-02-29' is not a date; write it as 2006-01-04"
    ),
    (
      #"{"timezone":"UTC","weekly":{}}"#,
      "the calendar never opens from 2026-03-27 on; give it hours"
    ),
  ])
  func saysWhatIsWrongWithACalendar(calendar: String, error: String) throws {
    let text = try JSONValue.string(error).canonicalText()
    #expect(
      answer(#"{"id":7,"calendar":\#(calendar),"op":"add","start":"2026-03-27","seconds":60}"#)
        == "{\"id\":7,\"error\":\(text)}\n")
  }

  @Test func aLineThatIsNoObjectIsToldByItsNumberAndABlankOneIsPassedOver() {
    #expect(
      answer("nonsense")
        == #"{"id":null,"error":"line 3: it is not one JSON object: 'n' at byte 1, where an object is expected"}"#
        + "\n")
    #expect(answer(" \t\r").isEmpty)
    var output: [UInt8] = []
    makeCalculator().answer(nil, number: 9, to: &output)
    #expect(
      String(decoding: output, as: UTF8.self)
        == "{\"id\":null,\"error\":\"line 9: it is too long; write shorter ones\"}\n")
    output = []
    let bytes: [UInt8] = [0x7B, 0xFF, 0x7D]
    bytes.withUnsafeBytes { makeCalculator().answer($0, number: 9, to: &output) }
    #expect(
      String(decoding: output, as: UTF8.self)
        == "{\"id\":null,\"error\":\"line 9: it is not UTF-8; write it as UTF-8\"}\n")
  }

  @Test func dayLongHoursAndNightsAreTaken() {
    let calendar = #"{"timezone":"America/Sao_Paulo","weekly":{"sat":[["22:00","24:00"]],"mon":[["22:00","30:00"]]}}"#
    // On 4 November 2018 the clocks of São Paulo went from 0:00 to 1:00.
    #expect(
      answer(#"{"id":1,"calendar":\#(calendar),"op":"between","start":"2018-11-03","end":"2018-11-05"}"#)
        == "{\"id\":1,\"seconds\":7200}\n")
    #expect(
      answer(#"{"id":1,"calendar":\#(calendar),"op":"between","start":"2018-11-05","end":"2018-11-07"}"#)
        == "{\"id\":1,\"seconds\":28800}\n")
  }

  /// Random bytes, and good lines with a few bytes changed: whatever comes, one line of JSON answers it.
  @Test func noBytesBringItDown() throws {
    var random = Dice(seed: 5)
    let calculator = makeCalculator()
    let good = [
      #"{"id":7,"calendar":\#(Self.newYork),"op":"add","start":"2006-01-02T11:00:00-05:00","seconds":7200}"#,
      #"{"id":"a","calendar":"office","op":"deadline","created":"2006-01-02T09:00","target_seconds":3600,"pauses":[["2006-01-02T09:30",null],["2006-01-02T09:30","2007-01-01"]]}"#,
      #"{"id":null,"calendar":"office","op":"between","start":"2006-01-02","end":"2031-01-01"}"#,
    ]
    for round in 0..<6000 {
      var bytes: [UInt8]
      if round % 4 == 0 {
        bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      } else {
        bytes = Array(good[round % good.count].utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          if Bool.random(using: &random) {
            bytes[place] = Array(#"{}[]:,"\ 0123456789-+.eTZnul"#.utf8).randomElement(using: &random)!
          } else if Bool.random(using: &random) {
            bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &random)))
          } else {
            bytes[place] = UInt8.random(in: 0...255, using: &random)
          }
          if bytes.isEmpty { bytes = [0x20] }
        }
      }
      bytes.removeAll { $0 == 10 }
      var output: [UInt8] = []
      bytes.withUnsafeBytes { calculator.answer($0, number: 1, to: &output) }
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 9 }) { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(output.last == 10 && output.filter { $0 == 10 }.count == 1, "\(text)")
      let value = try? JSONDecoder().decode(JSONValue.self, from: Data(output))
      guard case .object(let fields)? = value else {
        Issue.record("\(text) is answered by \(String(decoding: output, as: UTF8.self))")
        return
      }
      #expect(fields.count == 2 && fields["id"] != nil, "\(text)")
    }
  }
}
