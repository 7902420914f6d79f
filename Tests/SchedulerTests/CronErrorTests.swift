import Scheduler
import Seeded
import Testing

@Suite("A schedule that cannot be is refused")
struct CronErrorTests {
  @Test(
    "with the field, what was written, and what would do",
    arguments: [
      (
        "60 * * * *",
        "minute: '60' (character 1) is out of range; write 0-59, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      (
        "0 24 * * *",
        "hour: '24' (character 3) is out of range; write 0-23, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      (
        "0 0 0 * *",
        "day of month: '0' (character 5) is out of range; write 1-31 or L (the last day), lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      (
        "0 0 * 13 *",
        "month: '13' (character 7) is out of range; write 1-12 or jan-dec, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      (
        "0 0 * * lun",
        "weekday: 'lun' (character 9) is not understood; write 0-7 (0 and 7 are Sunday) or sun-sat, lists (2,4), ranges (1-5), "
          + "steps (*/2, 1-5/2) or *"
      ),
      (
        "1,,2 * * * *",
        "minute: '' (character 3) is missing; write 0-59, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      (
        "+5 * * * *",
        "minute: '+5' (character 1) is not understood; write 0-59, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      ("0 22-6 * * *", "hour: '22-6' (character 3) runs backwards; write 22-23,0-6"),
      ("0 0 * * sat-tue", "weekday: 'sat-tue' (character 9) runs backwards; write 6-6,0-2"),
      ("5/15 * * * *", "minute: '5/15' (character 1) has a step but no range; write 5-59/15"),
      (
        "*/0 * * * *",
        "minute: '*/0' (character 1) has no step of 1 or more; write 0-59, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      (
        "*/90 * * * *",
        "minute: '*/90' (character 1) has a step longer than its range; write 0-59, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      (
        "0 0 1,15,40 * *",
        "day of month: '40' (character 10) is out of range; write 1-31 or L (the last day), lists (2,4), ranges (1-5), "
          + "steps (*/2, 1-5/2) or *"
      ),
      (
        "0 0 L-3 * *",
        "day of month: 'l-3' (character 5) is not understood; write 1-31 or L (the last day), lists (2,4), ranges (1-5), "
          + "steps (*/2, 1-5/2) or *"
      ),
      (
        "0 L * * *",
        "hour: 'l' (character 3) is not understood; write 0-23, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ),
      ("0 0 31 2 *", "day of month: '31' (character 5) never comes in month '2'; write a day that the month has"),
      (
        "0 0 31 apr,jun */2",
        "day of month: '31' (character 5) never comes in month 'apr,jun'; write a day that the month has"
      ),
      (
        "0 8 * *",
        "schedule: '0 8 * *' (character 1) has 4 fields; write five (minute hour day-of-month month weekday), a name such as @daily, "
          + "or a pace such as every 5m"
      ),
      (
        "",
        "schedule: '' (character 1) has 0 fields; write five (minute hour day-of-month month weekday), a name such as @daily, "
          + "or a pace such as every 5m"
      ),
      (
        "@dayly",
        "schedule: '@dayly' (character 1) is no known name; write @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually"
      ),
      (
        "every 7m",
        "every: '7m' (character 7) does not divide a day; write minutes or hours that divide a day evenly, such as 1m, 5m, 15m, 1h, "
          + "2h or 12h"
      ),
      (
        "every 0m",
        "every: '0m' (character 7) does not divide a day; write minutes or hours that divide a day evenly, such as 1m, 5m, 15m, 1h, "
          + "2h or 12h"
      ),
      (
        "every 30s",
        "every: '30s' (character 7) is no pace; write minutes or hours that divide a day evenly, such as 1m, 5m, 15m, 1h, 2h or 12h"
      ),
    ])
  func wording(text: String, message: String) {
    let error = #expect(throws: CronError.self) { try CronExpression(text) }
    #expect(error?.description == message)
  }

  @Test("unless one of its months has the day, or a weekday comes to its help")
  func accepted() throws {
    for text in ["0 0 31 2,3 *", "0 0 29 2 *", "0 0 31 2 mon"] { _ = try CronExpression(text) }
  }

  @Test("and never crashes, whatever the text")
  func anyText() {
    var random = Dice(seed: 7)
    let alphabet = Array("0123456789*/-, @everymondayjn\t7\u{301}")
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 0...16, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
      _ = try? CronExpression(text)
    }
  }
}
