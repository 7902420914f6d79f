import SLA
import Testing

@testable import Desk

@Suite struct ImportTimeFormatTests {
  @Test(arguments: [
    ("d/M/yyyy HH:mm", "1/3/2016 09:52", "2016-03-01T09:52:00Z"),
    ("d/M/yyyy HH:mm", "29/2/2016 01:23", "2016-02-29T01:23:00Z"),
    ("yyyy-MM-dd HH:mm:ss", "2011-11-06 01:30:00", "2011-11-06T01:30:00Z"),
    ("dd.MM.yy", "27.03.26", "2026-03-27T00:00:00Z"),
    ("MMM d, yyyy h:mm a", "Mar 7, 2026 12:05 AM", "2026-03-07T00:05:00Z"),
    ("dd-MMM-yyyy hh:mm a", "07-ago-2026 12:05 p. m.", "2026-08-07T12:05:00Z"),
    ("yyyy-MM-dd'T'HH:mm:ss.SSSX", "2026-03-27T12:00:00.123-06:00", "2026-03-27T18:00:00Z"),
    ("yyyy-MM-dd HH:mm", "2026-03-27 24:00", "2026-03-28T00:00:00Z"),
    ("EEE MMM dd HH:mm:ss yyyy", "Fri Mar 27 12:00:00 2026", "2026-03-27T12:00:00Z"),
    ("EEE d MMM yyyy", "mié. 1 abr. 2026", "2026-04-01T00:00:00Z"),
    ("iso8601", "2026-03-27T12:00:00+02:00", "2026-03-27T10:00:00Z"),
    ("epoch", "1774612800", "2026-03-27T12:00:00Z"),
    ("epoch-ms", "1774612800999", "2026-03-27T12:00:00Z"),
  ]) func readsATimeOfItsForm(pattern: String, text: String, instant: String) throws {
    #expect(try TimeFormat(pattern).instant(text, in: .utc)?.iso8601(in: .utc) == instant)
  }

  @Test(arguments: [
    ("d/M/yyyy HH:mm", "2/29/2016 01:23"), ("d/M/yyyy HH:mm", "30/2/2016 01:23"), ("d/M/yyyy", "1/3/16"),
    ("d/M/yyyy HH:mm", "1/3/2016 9:52"), ("d/M/yyyy HH:mm", "1/3/2016 24:01"), ("d/M/yyyy", "1/3/2016 "),
    ("yyyy-MM-dd h:mm a", "2026-03-27 13:00 PM"), ("epoch", "soon"), ("iso8601", "27/03/2026"),
  ]) func answersNothingForAnotherForm(pattern: String, text: String) throws {
    #expect(try TimeFormat(pattern).instant(text, in: .utc) == nil)
  }

  @Test func aDoubledLocalTimeIsItsFirstOccurrenceAndASkippedOneTheEndOfTheGap() throws {
    let boston = try ImportDesk.zone("America/New_York")
    let format = try TimeFormat("yyyy-MM-dd HH:mm")
    #expect(format.instant("2011-11-06 01:30", in: boston)?.iso8601(in: .utc) == "2011-11-06T05:30:00Z")
    #expect(format.instant("2011-03-13 02:30", in: boston)?.iso8601(in: .utc) == "2011-03-13T07:00:00Z")
  }

  @Test(arguments: [
    ("HH:mm", "it has no year (yyyy)"), ("yyyy-dd HH:mm", "it has no month (MM)"),
    ("yyyy-mm-dd", "it has no month (MM)"), ("DD/MM/YYYY", "'DD' is no part of a pattern"),
    ("dd/MM/yyyy hh:mm", "h and a (AM, PM) belong together; H counts to 23"),
    ("dd/MM/yyyy 'at", "an apostrophe is never closed"), ("dd/MM/yyyy MM:ss", "it has a part twice"),
  ]) func refusesAPatternThatCannotBe(pattern: String, why: String) {
    #expect(throws: TimeFormat.Refusal(problem: why)) { try TimeFormat(pattern) }
  }
}
