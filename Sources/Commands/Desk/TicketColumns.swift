internal import Reports

/// The columns of the list of tickets.
enum TicketColumns {
  /// Those of a text, the most important first.
  static func text(isOpen: Bool) -> [ReportColumn] {
    [
      .init("number", .ticket, es: "No.", en: "No."), .init("situation", .situation, es: "Situación", en: "Situation"),
      isOpen
        ? .init("deadline", .instant, es: "Vence", en: "Due") : .init("status", .status, es: "Estatus", en: "Status"),
      isOpen ? .init("remaining_s", .duration, es: "Queda", en: "Left") : .init("vobo", .vobo, es: "VoBo", en: "VoBo"),
      .init("title", .text, es: "Título", en: "Title"), .init("client", .text, es: "Cliente", en: "Client"),
      .init("assigned", .text, es: "Asignado", en: "Assigned"),
      .init("waiting_on", .waiting, es: "Esperando a", en: "Waiting on"),
      .init("external_number", .text, es: "Externo", en: "External"),
      .init("responsible", .text, es: "Responsable", en: "Responsible"),
      .init("opened_at", .instant, es: "Registrado", en: "Registered"),
      isOpen
        ? .init("product", .text, es: "Producto", en: "Product")
        : .init("closed_at", .instant, es: "Cerrado", en: "Closed"),
      .init("registered_by", .text, es: "Registró", en: "Registered by"),
    ]
  }

  /// Those for programs, and for `--columns` and `--sort`: names and units stay as they are, new ones come last.
  static let data: [ReportColumn] = [
    .init("number", .ticket, es: "No.", en: "No."), .init("external_number", .text, es: "Externo", en: "External"),
    .init("situation", .situation, es: "Situación", en: "Situation"),
    .init("waiting_on", .waiting, es: "Esperando a", en: "Waiting on"),
    .init("client", .text, es: "Cliente", en: "Client"), .init("title", .text, es: "Título", en: "Title"),
    .init("responsible", .text, es: "Responsable", en: "Responsible"),
    .init("assigned", .text, es: "Asignado", en: "Assigned"), .init("deadline", .instant, es: "Vence", en: "Due"),
    .init("remaining_s", .integer, es: "Quedan (s)", en: "Left (s)"),
    .init("status", .status, es: "Estatus", en: "Status"), .init("vobo", .vobo, es: "VoBo", en: "VoBo"),
    .init("product", .text, es: "Producto", en: "Product"), .init("provider", .text, es: "Proveedor", en: "Provider"),
    .init("priority", .text, es: "Prioridad", en: "Priority"),
    .init("registered_by", .text, es: "Registró", en: "Registered by"),
    .init("opened_at", .instant, es: "Registrado", en: "Registered"),
    .init("closed_at", .instant, es: "Cerrado el", en: "Closed"), .init("plazo", .text, es: "Plazo", en: "Plazo"),
    .init("policy", .text, es: "Política", en: "Policy"),
    .init("responsible_login", .text, es: "Responsable (usuario)", en: "Responsible (login)"),
    .init("assigned_login", .text, es: "Asignado (usuario)", en: "Assigned (login)"),
    .init("clock", .clock, es: "Reloj", en: "Clock"), .init("is_paused", .flag, es: "En pausa", en: "Paused"),
    .init("original_deadline", .instant, es: "Vencía primero", en: "First due"),
    .init("moves", .integer, es: "Plazos movidos", en: "Plazos moved"),
    .init("aside_until", .instant, es: "Apartado hasta", en: "Put aside until"),
    .init("reopened", .integer, es: "Reaperturas", en: "Reopenings"),
    .init("files", .integer, es: "Archivos", en: "Files"),
  ]

  /// What SQL counts of the column `files`.
  static let files =
    "(SELECT count(*) FROM ticket_event f WHERE f.ticket_id = t.number AND f.kind = 'attached') AS files"
}
