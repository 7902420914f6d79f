internal import Desk
internal import SLA
internal import Text

let ticketOpenCommand = Command(
  name: "ticket open", summary: "opens a ticket, and prints its number",
  options: [
    .init("--title", "TEXT", "what it is about, in a line"),
    .init("--text", "TEXT", "the problem or question; '-' reads standard input"),
    .init("--text-file", "PATH", "or the file that holds it"),
    .init("--file", "PATH", "adds a file, of 1 MiB at most", isRepeatable: true),
    .init("--client", "NAME", "the company served; a contact's own by itself"),
    .init("--for", "CONTACT", "opens it for this contact of a client, who called say"),
    .init("--product", "NAME", "what it is about"), .init("--provider", "NAME", "the third party that must act"),
    .init("--priority", "WORD", "as the policies name it"),
    .init("--external", "NUMBER", "the provider's number for it"),
    .init("--plazo", "PLAZO", "3d working days, 6h or 90m working time; else the policy's"),
    .init("--responsible", "LOGIN", "who answers for it; else the technician who opens it"),
    .init("--assign", "LOGIN", "who works on it now"),
    .init("--at", "INSTANT", "when it was reported, if that was earlier"),
  ],
  details: "A client's contact gives title, text, product and files; the rest is for support to say.",
  examples: [
    "plazo ticket open --client \"Acme\" --title \"No imprime\" --plazo 2d",
    "plazo ticket open --for carla --title \"No imprime\" --assign ana",
    "plazo ticket open --as carla --title \"Error 17\" --file pantalla.png",
  ]
) { line, session in
  guard let title = try line.oneLine("--title") else { _ = try line.required("--title"); return .done }
  let desk = try session.open()
  var opening = TicketActions.Opening(
    title: title, description: try text(line, "--text", file: "--text-file", session) ?? "")
  opening.client = line.value("--client")
  opening.onBehalfOf = line.value("--for")
  opening.product = line.value("--product")
  opening.provider = line.value("--provider")
  opening.priority = try line.oneLine("--priority")
  opening.externalNumber = try line.oneLine("--external")
  opening.plazo = line.value("--plazo")
  opening.responsible = line.value("--responsible")
  opening.assigned = line.value("--assign")
  opening.files = try files(line, "--file")
  opening.happenedAt = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
  let row = try actions(session, desk).open(opening)
  session.world.output.line("\(row.id)")
  return .done
}
