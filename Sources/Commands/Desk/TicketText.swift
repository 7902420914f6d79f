internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import Text

/// A ticket as one person reads it, on lines that fit.
struct TicketText {
  private let sheet: TicketSheet
  private let zone: Zone
  private let say: Language
  private let width: Int
  private let now: Instant
  private var lines: [String] = []

  init(_ sheet: TicketSheet, _ desk: OpenDesk, width: Int) {
    self.sheet = sheet
    zone = desk.zone
    say = desk.language
    self.width = width
    now = desk.now
  }

  func text() -> String {
    var page = self
    page.head()
    page.facts()
    page.clocks()
    if !sheet.row.description.isEmpty { page.lines += [""] + wrapped(sheet.row.description, width: width, indent: 2) }
    page.followUp()
    return page.lines.map { "\($0)\n" }.joined()
  }

  private func time(_ instant: Instant) -> String { String(instant.localText(in: zone).dropLast(3)) }

  // MARK: Facts

  private mutating func head() {
    lines += wrapped("#\(sheet.row.id)  \(oneLine(sheet.row.title))", width: width, hanging: 4) + [""]
  }

  private mutating func fact(_ label: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    let label = DisplayWidth.pad(label, to: 24, atRight: false)
    lines += wrapped("\(label)\(oneLine(value))", width: width, indent: 2, hanging: 24)
  }

  private mutating func facts() {
    let row = sheet.row
    func name(_ key: String) -> String? { sheet.names[key] ?? nil }
    fact(say(es: "Cliente", en: "Client"), name("client"))
    fact(say(es: "No. Proveedor (externo)", en: "External number"), row.externalNumber)
    fact(say(es: "Producto", en: "Product"), name("product"))
    fact(say(es: "Proveedor", en: "Provider"), name("provider"))
    fact(say(es: "Prioridad", en: "Priority"), row.priority)
    fact(say(es: "Registrado", en: "Registered"), time(row.openedAt))
    fact(say(es: "Registró", en: "Registered by"), name("registered_by"))
    fact(say(es: "Responsable", en: "Responsible"), name("responsible"))
    fact(say(es: "Asignado", en: "Assigned"), name("assigned"))
    fact(say(es: "Estatus", en: "Status"), (row.status == .closed ? "✓ " : "") + row.status.label(in: say))
    fact(say(es: "Cerrado el", en: "Closed"), row.closedAt.map(time))
    fact("VoBo", row.vobo?.label(in: say))
    if row.status == .open { fact(say(es: "Esperando a", en: "Waiting on"), row.waitingOn.label(in: say)) }
    fact(
      say(es: "Apartado hasta", en: "Put aside until"),
      row.asideUntil.flatMap { row.status == .open && $0 > now ? time($0) : nil })
    if row.reopened > 0 { fact(say(es: "Veces reabierto", en: "Times reopened"), "\(row.reopened)") }
  }

  // MARK: Clocks

  private mutating func clocks() {
    for clock in sheet.clocks { fact(clock.kind.label(in: say), ClockWords(say, zone).words(clock)) }
    if sheet.row.status == .closed {
      for verdict in sheet.verdicts { fact(verdict.kind.label(in: say), words(verdict)) }
    }
  }

  private func words(_ verdict: TicketSheet.Verdict) -> String {
    let due = verdict.deadline.map { say(es: ", vencía ", en: ", was due ") + time($0) } ?? ""
    switch verdict.outcome {
    case "kept": return say(es: "● cumplido", en: "● kept") + due
    case "late":
      let by = verdict.late.map { say(es: " por ", en: " by ") + ClockWords.hours($0) } ?? ""
      return say(es: "■ retrasado", en: "■ late") + by + due
    default: return say(es: "sin plazo", en: "without a plazo")
    }
  }

  // MARK: Follow-up

  private mutating func followUp() {
    lines += ["", say(es: "Seguimiento", en: "Follow-up")]
    for group in groups() {
      let first = group[0]
      var who = first.actor ?? say(es: "plazo", en: "plazo")
      if let contact = group.compactMap(\.onBehalfOf).first { who += say(es: " por ", en: " for ") + contact }
      let events = group.filter { $0.kind != .attached }.map { FollowUpWords(say, zone).words($0) }
      var head = "\(time(first.happenedAt))  \(who)"
      if !events.isEmpty { head += ": \(events.map(oneLine).joined(separator: ", "))" }
      if first.recordedAt.seconds - first.happenedAt.seconds >= 60 {
        head += say(es: " (registrado \(time(first.recordedAt)))", en: " (recorded \(time(first.recordedAt)))")
      }
      lines += wrapped(head, width: width, indent: 2, hanging: 18)
      for entry in group {
        if entry.kind == .replied, let body = entry.value, !body.isEmpty {
          lines += wrapped(body, width: width, indent: 6)
        }
        if entry.kind == .attached, let file = sheet.files.first(where: { $0.sequence == entry.sequence }) {
          let what = "\(say(es: "Archivo", en: "File")) \(file.number): \(oneLine(file.name)) (\(Self.size(file.size)))"
          lines += wrapped(what, width: width, indent: 6, hanging: 4)
        }
      }
    }
  }

  /// What one person did at one instant, together: in a reply the text comes first, but for a reopening. A VoBo, which may
  /// be another's word, is told by itself.
  private func groups() -> [[FollowUp.Entry]] {
    var groups: [[FollowUp.Entry]] = []
    for entry in sheet.followUp.entries {
      if let last = groups.last?.last, last.happenedAt == entry.happenedAt, last.recordedAt == entry.recordedAt,
        last.actor == entry.actor, entry.kind != .vobo, entry.kind != .replied || last.kind == .reopened
      {
        groups[groups.count - 1].append(entry)
      } else {
        groups.append([entry])
      }
    }
    return groups
  }

  static func size(_ bytes: Int) -> String {
    bytes < 1024 ? "\(bytes) bytes" : bytes < 1_048_576 ? "\((bytes + 512) / 1024) KiB" : "1 MiB"
  }
}

/// An event of a ticket in a few words.
struct FollowUpWords {
  private let say: Language
  private let zone: Zone

  init(_ language: Language, _ zone: Zone) {
    say = language
    self.zone = zone
  }

  func words(_ entry: FollowUp.Entry) -> String {
    let value = entry.value ?? ""
    func reason() -> String { entry.detail.map { ": \($0)" } ?? "" }
    func instant() -> String { Int64(value).map { String(Instant($0).localText(in: zone).dropLast(3)) } ?? "—" }
    switch entry.kind {
    case .opened: return say(es: "registra el ticket", en: "registers the ticket")
    case .replied:
      if entry.detail == Party.client.rawValue { return say(es: "escribe el cliente", en: "the client writes") }
      return entry.goesByMail
        ? say(es: "responde soporte, con correo al cliente", en: "support replies, with a mail to the client")
        : say(es: "responde soporte", en: "support replies")
    case .attached: return say(es: "archivo \(value)", en: "file \(value)")
    case .numbered:
      return value.isEmpty
        ? say(es: "sin No. Proveedor", en: "no external number")
        : say(es: "No. Proveedor \(value)", en: "external number \(value)")
    case .plazo: return value.isEmpty ? say(es: "plazo de la política", en: "the policy's plazo") : "plazo \(value)"
    case .target: return say(es: "vence ", en: "due ") + instant()
    case .waiting:
      return say(es: "esperando a ", en: "waiting on ") + (Party(rawValue: value)?.label(in: say) ?? value)
    case .assigned:
      return value.isEmpty
        ? say(es: "asignado a nadie", en: "assigned to nobody")
        : say(es: "asignado a \(value)", en: "assigned to \(value)")
    case .responsible: return say(es: "responsable \(value)", en: "responsible \(value)")
    case .aside:
      return value.isEmpty
        ? say(es: "ya no apartado", en: "taken up again")
        : say(es: "apartado hasta ", en: "put aside until ") + instant()
    case .closed:
      return value == TicketChange.corrected
        ? say(es: "corrige su cierre", en: "its closing put right") : say(es: "cerrado", en: "closed")
    case .reopened:
      let byClient = value == Party.client.rawValue
      return say(es: "reabierto", en: "reopened")
        + (byClient ? say(es: " por el cliente", en: " by the client") : "") + reason()
    case .vobo: return "VoBo " + (VoBo(rawValue: value)?.label(in: say) ?? value).lowercased() + reason()
    case .edited: return "\(field(entry.detail ?? "")) \(value)"
    }
  }

  private func field(_ name: String) -> String {
    switch TicketField(rawValue: name) {
    case .client: say(es: "cliente", en: "client")
    case .product: say(es: "producto", en: "product")
    case .provider: say(es: "proveedor", en: "provider")
    case .priority: say(es: "prioridad", en: "priority")
    case .title: say(es: "título", en: "title")
    case .description: say(es: "descripción", en: "description")
    case nil: name
    }
  }
}
