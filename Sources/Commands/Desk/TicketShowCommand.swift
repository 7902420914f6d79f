internal import Desk
internal import SLA
internal import Text

let ticketShowCommand = Command(
  name: "ticket show", summary: "one ticket: its facts, how its clocks stand, its files and the whole follow-up",
  operands: ["NUMBER"], options: [.init("--format", "text|json", "how it is printed; JSON is the stable one")],
  examples: ["plazo ticket show 45", "plazo ticket show 45 --format json"]
) { line, session in
  enum Format: String, CaseIterable { case text, json }
  let format = try line.choice("--format", Format.self) ?? .text
  let desk = try session.open()
  let sheet = try TicketSheet(visibleTicket(line, session, desk), session, desk)
  let output = session.world.output
  output.write(
    format == .json
      ? try sheet.json() + "\n" : TicketText(sheet, desk, width: min(output.width, Output.pageWidth)).text())
  return .done
}
