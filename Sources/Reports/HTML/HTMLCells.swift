internal import Desk
internal import SLA
internal import SQLite
internal import Text

/// What stands in a cell, and where the number of a ticket leads.
struct HTMLCells {
  /// A text longer than this is cut on pages; the CSV has it whole.
  private static let longestText = 600

  let people: PeopleText
  /// The primary section, whose tickets can be linked to.
  let primaryID: String
  private let shownTickets: Set<Int64>

  init(_ content: PageContent, _ people: PeopleText) {
    self.people = people
    let primaryID = content.head.definition.primary.id
    self.primaryID = primaryID
    var shown: Set<Int64> = []
    if let primary = content.sections.first(where: { $0.section.id == primaryID }),
      let column = primary.section.columns.firstIndex(where: { $0.kind == .ticket }), column == 0
    {
      for row in primary.rows { if case .integer(let number) = row[column] { shown.insert(number) } }
    }
    shownTickets = shown
  }

  /// The address of a ticket's row on this page, if it is there.
  func address(ofTicket number: Int64) -> String? { shownTickets.contains(number) ? "#ticket-\(number)" : nil }

  /// - Parameters:
  ///   - isAnchor: the number stands where links to the ticket lead, and leads nowhere itself.
  ///   - isBrief: an instant has little room.
  func content(
    _ value: Value, _ column: ReportColumn, isAnchor: Bool = false, isBrief: Bool = false, _ out: inout Markup
  ) {
    guard let text = people.text(value, of: column) else { return out.raw("–") }
    switch (column.kind, value) {
    case (.ticket, .integer(let number)):
      if !isAnchor, let address = address(ofTicket: number) {
        out.element("a", [("href", address)], text)
      } else {
        out.text(text)
      }
    case (.situation, .text(let raw)):
      guard let situation = Situation(rawValue: raw) else { return out.text(text) }
      Self.situation(situation, text, &out)
    case (.outcome, .text(let raw)):
      guard raw != "no-plazo" else { return out.text(text) }
      Self.situation(raw == "late" ? .late : .onTime, text, &out)
    case (.word, .text(let raw)):
      guard let tone = column.words[raw]?.tone, tone != .neutral else { return out.text(text) }
      Self.mark(tone.rawValue, tone.symbol, text, &out)
    case (.instant, .integer(let seconds)):
      let instant = Instant(seconds)
      let full = instant.iso8601(in: people.zone)
      out.element(
        "time", [("datetime", full), ("title", full)], isBrief ? people.brief(instant) : people.short(instant))
    case (.month, .text(let raw)) where LocalDate(raw) != nil:
      out.element("time", [("datetime", String(raw.dropLast(3))), ("title", raw)], text)
    case (.date, .text(let raw)):
      guard let date = LocalDate(raw) else { return out.text(text) }
      out.element("time", [("datetime", raw), ("title", raw)], people.short(date))
    default:
      out.text(text.utf8.count > Self.longestText ? text.prefix(Self.longestText) + "…" : text)
    }
  }

  /// Symbol, word and colour: any one of them is enough.
  static func situation(_ situation: Situation, _ text: String, _ out: inout Markup) {
    mark(situation.rawValue, situation.symbol, text, &out)
  }

  private static func mark(_ name: String, _ symbol: String, _ text: String, _ out: inout Markup) {
    out.open("span", [("class", "situation \(name)")])
    out.raw("<span aria-hidden=\"true\">\(symbol)</span> ")
    out.text(text)
    out.close("span")
  }
}
