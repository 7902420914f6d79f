// Answers the 'add' questions of 'plazo calendar compute' the obvious way: day by day with Foundation's Calendar, which
// is asked for every opening and closing. It shares nothing with plazo, and shows what such a walk costs.
//   swiftc -O walk.swift && ./walk < QUESTIONS.jsonl
import Foundation

struct Hours: Decodable {
  let timezone: String
  let weekly: [String: [[String]]]
  let holidays: [String]
  let shifts: [String: [[String]]]
}

struct Question: Decodable {
  let id: Int
  let calendar: Hours
  let op: String
  let start: Date
  let seconds: TimeInterval
}

let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

/// The instant of a "HH:MM" on a day, "24:00" being the next day's midnight.
func instant(of clock: String, on day: Date, _ calendar: Calendar) -> Date {
  let parts = clock.split(separator: ":").map { Int($0)! }
  return parts[0] == 24
    ? calendar.date(byAdding: .day, value: 1, to: day)!
    : calendar.date(bySettingHour: parts[0], minute: parts[1], second: 0, of: day)!
}

func answer(to question: Question) -> Date {
  let hours = question.calendar
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = TimeZone(identifier: hours.timezone)!
  var left = question.seconds
  var day = calendar.startOfDay(for: question.start)
  while left > 0 {
    let date = calendar.dateComponents([.year, .month, .day, .weekday], from: day)
    let name = String(format: "%04d-%02d-%02d", date.year!, date.month!, date.day!)
    let open =
      hours.shifts[name] ?? (hours.holidays.contains(name) ? [] : hours.weekly[weekdays[date.weekday! - 1]] ?? [])
    for pair in open {
      let begin = max(instant(of: pair[0], on: day, calendar), question.start)
      let end = instant(of: pair[1], on: day, calendar)
      guard begin < end else { continue }
      let length = end.timeIntervalSince(begin)
      if left <= length { return begin + left }
      left -= length
    }
    day = calendar.date(byAdding: .day, value: 1, to: day)!
  }
  return question.start
}

let written = DateFormatter()
written.locale = Locale(identifier: "en_US_POSIX")
written.dateFormat = "yyyy-MM-dd'T'HH:mm:ssXXX"
let decoder = JSONDecoder()
decoder.dateDecodingStrategy = .iso8601
while let line = readLine() {
  let question = try decoder.decode(Question.self, from: Data(line.utf8))
  written.timeZone = TimeZone(identifier: question.calendar.timezone)
  print("{\"id\":\(question.id),\"instant\":\"\(written.string(from: answer(to: question)))\"}")
}
