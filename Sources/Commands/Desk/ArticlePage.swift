internal import Desk
internal import SLA
internal import Text

/// An article as a person or a program reads it.
struct ArticlePage {
  let sheet: ArticleSheet
  let desk: OpenDesk

  func text(hasHistory: Bool) -> String {
    let say = desk.language
    let last = sheet.last
    var text =
      "#\(sheet.id)  \(oneLine(last.title))\(last.isActive ? "" : say(es: "  (retirado)", en: "  (withdrawn)"))\n\n"
    let facts: [(String, String?)] = [
      (say(es: "Producto", en: "Product"), last.product), (say(es: "Autor", en: "Author"), sheet.author),
      (say(es: "Escrito", en: "Written"), time(sheet.writtenAt)),
      (
        say(es: "Cambiado", en: "Changed"),
        last.number > 1
          ? say(
            es: "\(time(sheet.changedAt)), versión \(last.number)",
            en: "\(time(sheet.changedAt)), version \(last.number)") : nil
      ),
      ("Ticket", sheet.ticketID.map { "#\($0)" }),
    ]
    for (label, value) in facts {
      if let value { text += "  \(label)\(String(repeating: " ", count: max(1, 12 - label.count)))\(oneLine(value))\n" }
    }
    text += "\n" + body(last)
    guard hasHistory, sheet.versions.count > 1 else { return text }
    for version in sheet.versions.dropLast().reversed() {
      let after = sheet.versions[Int(version.number)]
      let reason = after.reason.map { ": \(oneLine($0))" } ?? ""
      text += "\n" + say(es: "Versión", en: "Version") + " \(version.number), "
      text +=
        say(es: "hasta", en: "until") + " \(time(after.recordedAt)) (\(after.recordedBy ?? "import")\(reason))\n\n"
      text += "  \(oneLine(version.title))\n\n" + body(version)
    }
    return text
  }

  private func body(_ version: ArticleSheet.Version) -> String {
    "\(desk.language(es: "Problema", en: "Problem"))\n\(indented(version.problem))\n\n"
      + "\(desk.language(es: "Solución", en: "Solution"))\n\(indented(version.solution))\n"
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }

  private func time(_ instant: Instant) -> String { String(instant.localText(in: desk.zone).dropLast(3)) }

  func json() throws -> String {
    func value(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    func iso(_ instant: Instant) -> JSONValue { .string(instant.iso8601(in: desk.zone)) }
    let last = sheet.last
    return try JSONValue.object([
      "number": .integer(sheet.id), "title": .string(last.title), "problem": .string(last.problem),
      "solution": .string(last.solution), "product": value(last.product), "author": value(sheet.author),
      "ticket": sheet.ticketID.map { .integer($0) } ?? .null, "written_at": iso(sheet.writtenAt),
      "changed_at": iso(sheet.changedAt), "version": .integer(last.number), "is_active": .bool(last.isActive),
      "versions": .array(
        sheet.versions.map { version in
          .object([
            "version": .integer(version.number), "recorded_at": iso(version.recordedAt),
            "recorded_by": value(version.recordedBy), "reason": value(version.reason), "title": .string(version.title),
            "problem": .string(version.problem), "solution": .string(version.solution),
            "product": value(version.product), "is_active": .bool(version.isActive),
          ])
        }),
    ]).canonicalText()
  }
}
