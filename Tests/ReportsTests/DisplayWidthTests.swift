import SLA
import Testing
import Text

@testable import Reports

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("Ana", 3), ("Ñandú", 5), ("N\u{303}andu\u{301}", 5), ("漢字", 4), ("ﾊﾛ", 2), ("한글", 4), ("Ｆ", 2), ("🦙", 2),
    ("👩‍👩‍👧", 2), ("🇲🇽", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("e\u{301}\u{302}\u{303}", 1), ("a\u{200B}b", 2),
    ("■▲●○", 4), ("…–", 2),
  ])
  func isWhatATerminalTakes(_ text: String, _ width: Int) { #expect(DisplayWidth.of(text) == width) }

  @Test(arguments: [
    ("Ana López", 9, "Ana López"), ("Ana López", 8, "Ana Lóp…"), ("Ana López", 5, "Ana…"), ("漢字漢字", 5, "漢字…"),
    ("漢字漢字", 4, "漢…"), ("漢字", 1, "…"),
  ])
  func cutsBeforeWhatDoesNotFit(_ text: String, _ width: Int, _ cut: String) {
    #expect(DisplayWidth.cut(text, to: width) == cut)
    #expect(DisplayWidth.of(DisplayWidth.cut(text, to: width)) <= width)
  }

  @Test func oneLineHasNothingThatMovesTheCursor() {
    #expect(DisplayWidth.oneLine("  a\r\n\tb\u{1B}[31m\u{202E}c\u{0}  ") == "a b[31mc")
  }

  @Test func aDurationIsInHoursAndAnAgeInDays() {
    let people = PeopleText(language: .es, zone: .utc, asOf: .init(0))
    #expect(people.duration(94_500) == "26\u{A0}h\u{A0}15\u{A0}min")
    #expect(people.duration(-45) == "-45\u{A0}s")
    #expect(people.duration(0) == "0\u{A0}min")
    #expect(people.duration(.min).hasPrefix("-2\u{A0}562"))
    #expect(people.age(86_400 * 12 + 4 * 3600) == "12\u{A0}d\u{A0}4\u{A0}h")
    #expect(people.age(86_399) == "23\u{A0}h\u{A0}59\u{A0}min")
    #expect(people.grouped(1234) == "1234")
    #expect(people.grouped(-1_234_567) == "-1\u{A0}234\u{A0}567")
  }
}
