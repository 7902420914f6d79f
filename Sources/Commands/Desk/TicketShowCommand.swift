internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

let ticketShowCommand = Command(
  name: "ticket show", summary: "one ticket: its facts, how its clock stands, and the whole follow-up",
  operands: ["NUMBER"], options: [.init("--format", "text|json", "how it is printed; JSON is the stable one")]
) { line, session in
  enum Format: String, CaseIterable { case text, json }
  let number = try line.number(0, "ticket")
  let format = try line.choice("--format", Format.self) ?? .text
  let desk = try session.open()
  guard let sheet = try TicketSheet(number, session, desk) else {
    throw DeskError("there is no ticket \(number)", mend: "see 'plazo ticket list'")
  }
  session.world.output.write(format == .json ? try sheet.json() + "\n" : printable(sheet.text()))
  return .done
}

/// A ticket as one person reads it.
private struct TicketSheet {
  private let row: TicketRow
  private let names: [String: String?]
  private let followUp: FollowUp
  private let clock: Judge.Judged?
  private let desk: OpenDesk

  /// `nil` when there is no such ticket, or it is another company's.
  init?(_ number: Int64, _ session: Session, _ desk: OpenDesk) throws {
    guard let row = try Tickets(desk.connection).ticket(number) else { return nil }
    if let reader = try session.reader(desk), reader.role == .client, reader.clientID != row.clientID { return nil }
    self.row = row
    self.desk = desk
    func name(_ table: String, _ id: Int64?) throws -> String? {
      guard let id else { return nil }
      return try desk.connection.value(sql: "SELECT name FROM \(table) WHERE id = ?", .integer(id)).text
    }
    names = [
      "client": try name("client", row.clientID), "product": try name("product", row.productID),
      "provider": try name("provider", row.providerID), "registered_by": try name("user", row.registeredBy),
      "responsible": try name("user", row.responsibleID), "assigned": try name("user", row.assignedID),
    ]
    followUp = try FollowUp(of: number, on: desk.connection)
    clock = try Judge(desk.connection, now: desk.now, candidate: try desk.candidate(session.zones)).one(number)
  }

  private func time(_ instant: Instant?) -> String? { instant.map { $0.localText(in: desk.zone) } }

  func text() -> String {
    let say = desk.language
    var text = "#\(row.id)  \(oneLine(row.title))\n\n"
    func fact(_ label: String, _ value: String?) {
      if let value, !value.isEmpty {
        text += "  \(label)\(String(repeating: " ", count: max(1, 24 - label.count)))\(value)\n"
      }
    }
    fact(say(es: "Cliente", en: "Client"), names["client"] ?? nil)
    fact(say(es: "No. Proveedor (externo)", en: "External number"), row.externalNumber)
    fact(say(es: "Producto", en: "Product"), names["product"] ?? nil)
    fact(say(es: "Proveedor", en: "Provider"), names["provider"] ?? nil)
    fact(say(es: "Prioridad", en: "Priority"), row.priority)
    fact(say(es: "Registrado", en: "Registered"), time(row.openedAt))
    fact(say(es: "Registró", en: "Registered by"), names["registered_by"] ?? nil)
    fact(say(es: "Responsable", en: "Responsible"), names["responsible"] ?? nil)
    fact(say(es: "Asignado", en: "Assigned"), names["assigned"] ?? nil)
    fact(say(es: "Estatus", en: "Status"), row.status.label(in: say))
    fact(say(es: "Cerrado el", en: "Closed"), time(row.closedAt))
    fact("VoBo", row.vobo?.label(in: say))
    if row.status == .open { fact(say(es: "Esperando a", en: "Waiting on"), row.waitingOn.label(in: say)) }
    if let clock {
      fact(say(es: "Situación", en: "Situation"), "\(clock.situation.symbol) \(clock.situation.label(in: say))")
      fact("Plazo", clock.plazo)
      fact(say(es: "Vence", en: "Due"), time(clock.judgement?.deadline))
      if let left = clock.judgement?.remaining { fact(say(es: "Queda", en: "Left"), Self.hours(left)) }
      fact(say(es: "Política", en: "Policy"), clock.policy)
    }
    if !row.description.isEmpty { text += "\n\(indented(row.description))\n" }
    text += "\n\(say(es: "Seguimiento", en: "Follow-up"))\n"
    for entry in followUp.entries {
      let head = "\(time(entry.happenedAt) ?? "")  \(wording(entry))\(entry.actor.map { "  — \($0)" } ?? "")"
      text += "  \(head)\n"
      if entry.kind == .replied, let body = entry.value { text += indented(body, by: 6) + "\n" }
    }
    return text
  }

  private func wording(_ entry: FollowUp.Entry) -> String {
    let say = desk.language
    let value = entry.value ?? ""
    func reason() -> String { entry.detail.map { ": \($0)" } ?? "" }
    switch entry.kind {
    case .opened: return say(es: "registrado", en: "registered")
    case .replied:
      return entry.detail == Party.client.rawValue
        ? say(es: "escribe el cliente", en: "the client writes") : say(es: "responde soporte", en: "support replies")
    case .attached: return say(es: "archivo \(value)", en: "file \(value)")
    case .numbered: return say(es: "No. Proveedor \(value)", en: "external number \(value)")
    case .plazo: return value.isEmpty ? say(es: "plazo de la política", en: "the policy's plazo") : "plazo \(value)"
    case .target:
      return say(es: "vence ", en: "due ") + (Int64(value).flatMap { time(Instant($0)) } ?? "—")
    case .waiting:
      return say(es: "esperando a ", en: "waiting on ") + (Party(rawValue: value)?.label(in: say) ?? value)
    case .assigned: return say(es: "asignado a \(value)", en: "assigned to \(value)")
    case .responsible: return say(es: "responsable: \(value)", en: "responsible: \(value)")
    case .aside:
      return say(es: "apartado hasta ", en: "put aside until ") + (Int64(value).flatMap { time(Instant($0)) } ?? "—")
    case .closed: return say(es: "cerrado", en: "closed")
    case .reopened:
      let byClient = value == Party.client.rawValue
      return say(es: "reabierto", en: "reopened")
        + (byClient ? say(es: " por el cliente", en: " by the client") : "") + reason()
    case .vobo: return "VoBo " + (VoBo(rawValue: value)?.label(in: say) ?? value).lowercased() + reason()
    case .edited: return "\(entry.detail ?? ""): \(value)"
    }
  }

  private func indented(_ text: String, by width: Int = 2) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { String(repeating: " ", count: width) + $0 }
      .joined(separator: "\n")
  }

  private static func hours(_ seconds: Seconds) -> String {
    let minutes = seconds.magnitude / 60
    return (seconds < 0 ? "−" : "") + "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60) min"
  }

  func json() throws -> String {
    func value(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    func iso(_ instant: Instant?) -> JSONValue { value(instant.map { $0.iso8601(in: desk.zone) }) }
    var object: [String: JSONValue] = [
      "number": .integer(row.id), "external_number": value(row.externalNumber), "title": .string(row.title),
      "description": .string(row.description), "priority": value(row.priority), "status": .string(row.status.rawValue),
      "waiting_on": .string(row.waitingOn.rawValue), "vobo": value(row.vobo?.rawValue), "opened_at": iso(row.openedAt),
      "closed_at": iso(row.closedAt), "reopened": .integer(row.reopened),
      "situation": value(clock?.situation.rawValue), "plazo": value(clock?.plazo), "policy": value(clock?.policy),
      "deadline": iso(clock?.judgement?.deadline),
      "remaining_s": clock?.judgement.map { .integer($0.remaining) } ?? .null,
    ]
    for (key, name) in names { object[key] = value(name) }
    object["events"] = .array(
      followUp.entries.map { entry in
        .object([
          "sequence": .integer(entry.sequence), "kind": .string(entry.kind.rawValue),
          "happened_at": iso(entry.happenedAt), "recorded_at": iso(entry.recordedAt), "actor": value(entry.actor),
          "value": value(entry.value), "detail": value(entry.detail),
        ])
      })
    return try JSONValue.object(object).canonicalText()
  }
}
