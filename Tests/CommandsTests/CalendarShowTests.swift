import Testing

@Suite("A calendar on the terminal") struct CalendarShowTests {
  /// A desk in Madrid with a holiday, a half day and a date of special hours in March 2026, when the clock changes too.
  private func madrid() -> TestDesk {
    let desk = TestDesk(empty: true)
    desk.done("init", "mesa", "--zone", "Europe/Madrid", "--admin", "ada")
    desk.write(
      """
      { holidays: [{ date: "2026-03-19", name: "San José" },
          { date: "2026-03-20", name: "Puente", hours: ["09:00-13:30"] }],
        weekly: { sun: ["00:00-06:00"] }, overrides: { "2026-03-03": ["22:00-30:00"] } }
      """, to: "mesa/calendars/office.json5")
    return desk
  }

  @Test("is a month with weeks as rows, hours, marks, and what they mean below")
  func month() {
    let shown = madrid().done("calendar", "show", "office").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(shown.allSatisfy { $0.count <= 80 })
    #expect(shown[0].hasPrefix("office · Europe/Madrid · ") && shown[0].hasSuffix(" · nuevo, sin aplicar"))
    #expect(
      shown.dropFirst(2).joined(separator: "\n") == """
                                         marzo de 2026

          lun        mar        mié        jue        vie        sáb        dom
                                                                            1
                                                                            0-6

          2          3 !        4          5          6          7          8
          9-14 16-19 22-30      9-14 16-19 9-14 16-19 9-14 16-19 ·          0-6

          9          10         11         12         13         14         15
          9-14 16-19 9-14 16-19 9-14 16-19 9-14 16-19 9-14 16-19 ·          0-6

          16         17         18         19 *       20 ½       21         22
          9-14 16-19 9-14 16-19 9-14 16-19 ·          9-13:30    ·          0-6

          23         24         25         26         [27]       28         29 ~
          9-14 16-19 9-14 16-19 9-14 16-19 9-14 16-19 9-14 16-19 ·          0-6

          30         31
          9-14 16-19 9-14 16-19

          !  3 mar  horario especial: 22:00-30:00
          * 19 jue  San José
          ½ 20 vie  Puente: 09:00-13:30
          ~ 29 dom  cambio de hora: a las 2:00 son las 3:00; el día tiene 23 h

          26 días con horario, 193 h 30 min
        """)
  }

  @Test("is a year in twelve small months, and its special days by date")
  func year() {
    let shown = madrid().done("calendar", "show", "office", "--year", "--lang", "en")
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(shown.contains("         January                   February                     March\n"))
    #expect(shown.contains("  19 20 21 22 23 24 25       16 17 18 19 20 21 22       16 17 18 19*20½21 22\n"))
    #expect(shown.contains("  ~ 25 Oct Sun  the clock changes: at 3:00 it is 2:00; the day has 25 h\n"))
    #expect(madrid().done("calendar", "show", "office", "--year=2027").contains("2027"))
  }

  @Test("is told to programs date by date")
  func json() throws {
    let shown = madrid().done("calendar", "show", "office", "--format", "json")
    #expect(
      shown.contains(
        #"{"clock_change_s":3600,"clock_changes_at":"2026-03-29T03:00:00+02:00","date":"2026-03-29","hours":["00:00-06:00"],"#
          + #""kind":"open","label":null,"weekday":"sun","working_s":18000}"#))
    #expect(shown.contains(#""standing":"new""#) && shown.contains(#""working_s":696600"#))
  }

  @Test("of a name that is not there is refused with the nearest, as is a month that is none")
  func refusals() {
    let desk = madrid()
    desk.fails(
      "calendar", "show", "ofice",
      saying: "plazo: there is no calendar 'ofice'; did you mean 'office'? calendars: always, office")
    desk.fails(
      "calendar", "show", "office", "--month", "2026-13", code: 2,
      saying: "plazo: '2026-13' is no value for --month; write it as 2026-03, of the years 1970 to 2199")
    desk.fails(
      "calendar", "show", "office", "--year", "--month", "2026-03", code: 2,
      saying: "plazo: --month and --year do not go together; give one of them")
  }

  @Test("is listed with its hours a week, its next holiday, and whether it is in force")
  func list() {
    let desk = madrid()
    func standings() -> [String] {
      desk.done("calendar", "list", "--format", "csv").split(separator: "\r\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).prefix(6).joined(separator: ",")
      }
    }
    desk.now = "2026-03-18T09:00"
    desk.write("{ holidays: [\"2026-04-03\"] }", to: "mesa/calendars/feria.json5")
    #expect(
      standings() == [
        "name,zone,hours_a_week,standing,next_holiday,holiday", "always,Europe/Madrid,168,new,,",
        "office,Europe/Madrid,46,new,2026-03-19,San José", "feria,,,list,2026-04-03,",
      ])
    desk.done("tick")
    #expect(standings()[2] == "office,Europe/Madrid,46,applied,2026-03-19,San José")
    desk.write("{ weekly: { sat: [\"09:00-09:20\"] } }", to: "mesa/calendars/office.json5")
    desk.write("{ weekly: { sat: [\"09:00-14:00\"] } }", to: "mesa/calendars/extra.json5")
    #expect(
      standings()[1...3] == [
        "always,Europe/Madrid,168,applied,,", "extra,Europe/Madrid,5,new,,",
        "office,Europe/Madrid,40.33,changed,2026-05-01,Día del Trabajo",
      ])
  }
}
