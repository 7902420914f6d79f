import SLA
import Testing

@Suite struct HoursTests {
  @Test(arguments: [
    ("09:00-14:00", 32_400, 50_400), ("9:00 – 14:30", 32_400, 52_200), ("00:00-24:00", 0, 86_400),
    ("22:00-30:00", 79_200, 108_000), ("23:59-48:00", 86_340, 172_800), ("08:00:30-08:01", 28_830, 28_860),
  ])
  func readsHours(text: String, opens: Int, closes: Int) {
    #expect(Hours(text) == Hours(opens: opens, closes: closes))
  }

  @Test(arguments: [
    "", "-", "09:00", "09:00-", "09:00-09:00", "14:00-09:00", "24:00-25:00", "09:00-48:01", "09:60-10:00", "9-14",
    "09:00-14:00-15:00", "09:0-14:00", "009:00-14:00", "09:00-14:00x", "-09:00-14:00", "٠٩:00-14:00", "09: 00-14:00",
    "09:00:00:00-10:00",
  ])
  func refusesWhatIsMalformedReversedOrEmpty(text: String) { #expect(Hours(text) == nil) }

  @Test(arguments: ["09:00-14:00", "22:00-30:00", "08:00:30-48:00"])
  func writesWhatItReads(text: String) { #expect(Hours(text)?.description == text) }

  @Test func unitesHoursThatOverlapOrTouch() {
    #expect(
      Hours.united(hours("16:00-19:00", "09:00-12:00", "11:00-14:00", "14:00-15:00", "09:30-10:00"))
        == hours("09:00-15:00", "16:00-19:00"))
    #expect(Hours.united([]) == [])
  }
}
