import Testing

@Suite("Hours") struct HoursTests {
  private let desk = TestDesk()

  init() {
    desk.done("--as", "ada", "user", "add", "luis", "--name", "Luis Paz", "--booking", "day")
    desk.done("--as", "ana", "activity", "log", "--start", "2026-03-26T22:30", "--time", "1,5", "--text", "Servidor")
    desk.done("--as", "luis", "activity", "log", "--day", "2026-03-22", "--time", "13h", "--text", "Inventario")
    desk.done(
      "--as", "ana", "activity", "log", "--start", "2026-03-27T08:00", "--time", "45m", "--text", "-", "--client",
      "Acme", input: "Visita\na la planta\n")
  }

  @Test("are listed with what is unlikely of them")
  func list() {
    #expect(
      desk.done("--lang", "en", "activity", "list") == """
        Day         No.  Technician  Hours  Unlikely               Activity            Ticket  Client
        ----------  ---  ----------  -----  ---------------------  ------------------  ------  ------
        2026-03-22    2  Luis Paz    13.00  over 12 h, closed day  Inventario               -  -
        2026-03-26    1  Ana Muñoz    1.50  at night               Servidor                 -  -
        2026-03-27    3  Ana Muñoz    0.75  -                      Visita a la planta       -  Acme
        ----------  ---  ----------  -----  ---------------------  ------------------  ------  ------
        Total                        15.25
        More columns in the csv format: Start, Task, Corrects, Reason.

        Activities: 3
        """)
    let unlikely = desk.done("activity", "list", "--unlikely", "--format", "csv").split(separator: "\r\n")
    #expect(unlikely.count == 3)
    #expect(unlikely[1].hasPrefix("2026-03-22,2,Luis Paz,13,\"long-day, closed-day\",Inventario,"))
  }

  @Test("are corrected beside the original, and taken back")
  func correct() {
    #expect(
      desk.done("--as", "ana", "activity", "correct", "3", "--time", "30m", "--client", "", "--reason", "menos") == "4")
    desk.fails(
      "--as", "ana", "activity", "correct", "3", "--time", "30m", "--reason", "x",
      saying: "plazo: activity 3 was corrected already; correct activity 4, which stands in for it")
    desk.done("--as", "ada", "activity", "correct", "2", "--void", "--reason", "doble")
    desk.fails(
      "--as", "ana", "activity", "correct", "1", "--void", "--time", "1h", "--reason", "x", code: 2,
      saying: "plazo: --void and --time are both given; take it back, or correct it")
    let all = desk.done("activity", "list", "--all", "--format", "csv").split(separator: "\r\n")
    #expect(all.count == 5)
    #expect(all[0].hasPrefix("day,number,technician,hours,unlikely,state,description"))
    #expect(all.count { $0.contains(",standing,") } == 2)
    #expect(all.count { $0.contains(",corrected,") } == 1)
    #expect(all.count { $0.contains(",void,") && $0.hasSuffix("doble") } == 1)
  }

  @Test("of a closed period stay as they are")
  func lock() {
    desk.done("--as", "ada", "activity", "lock", "--through", "2026-03-22")
    desk.fails(
      "--as", "luis", "activity", "log", "--day", "2026-03-22", "--time", "1h", "--text", "x",
      saying: "plazo: the hours are closed through 2026-03-22, and 2026-03-22 with them; "
        + "ask an administrator, who can open them again")
    desk.fails(
      "--as", "ada", "activity", "lock", "--through", "2026-03-01", "--unlock", code: 2,
      saying: "plazo: --reason is missing; see 'plazo help activity lock'")
    desk.done("--as", "ada", "activity", "lock", "--through", "2026-03-01", "--unlock", "--reason", "Faltaba Luis")
    #expect(
      desk.done("activity", "lock", "--format", "csv") == """
        through,is_current,recorded_at,recorded_by,reason\r
        2026-03-01,1,2026-03-27 09:00:00,ada,Faltaba Luis\r
        2026-03-22,0,2026-03-27 09:00:00,ada,\r

        """)
  }
}
