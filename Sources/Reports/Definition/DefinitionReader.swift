internal import FoundationEssentials
internal import SLA
internal import Text

/// Reads a definition from its JSON5, and tells everything that is wrong with it at once.
struct DefinitionReader {
  /// The parameters that every report has.
  static let givenParameters =
    ["as_of", "from", "to", "before", "since", "since_event", "zone", "language", "today"]
    + ReportFilter.allCases.map(\.rawValue)

  let name: String
  let file: String
  let isOfTheDesk: Bool
  /// The text of an SQL file by its name, or `nil` when there is none.
  let sqlFile: (String) -> String?

  /// - Throws: `Faults`.
  func read(_ text: String) throws -> ReportDefinition {
    let document = try Document(file: file, data: Data(text.utf8))
    let root = document.root.object(keys: ["title", "about", "period", "parameters", "sections"])
    if !Self.isName(name) {
      document.add(
        path: "", problem: "'\(name)' cannot be the name of a report",
        mend: "name the file with lower-case letters, digits and hyphens")
    }
    let title = bilingual(root["title"])
    let about = bilingual(root["about"])
    let period = root["period"].parsed("a period", example: Period.legal) { Period.isLegal($0) ? $0 : nil }
    let parameters = root["parameters"].list().map(parameter)
    let sections = root["sections"].list().map(section)
    if sections.isEmpty { root["sections"].fail("a report needs a section", mend: "add { id: …, title: …, … }") }
    checkTogether(sections, root["sections"])
    try document.finish()
    return ReportDefinition(
      name: name, title: title, about: about, period: period, parameters: parameters, sections: sections, file: file,
      isOfTheDesk: isOfTheDesk, hash: ContentHash.hex(([text] + sections.map(\.sql)).joined(separator: "\0").utf8))
  }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 60 && text.utf8.first != 45
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  static func isColumnName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
      && !(48...57).contains(text.utf8.first!)
  }

  private func bilingual(_ node: Node) -> Bilingual {
    guard node.isPresent else {
      node.fail("is missing", mend: "add { es: '…', en: '…' }")
      return Bilingual(es: "", en: "")
    }
    let object = node.object(keys: ["es", "en"])
    return Bilingual(es: object["es"].string(), en: object["en"].string())
  }

  private func bilingualOrNil(_ node: Node) -> Bilingual? { node.isPresent ? bilingual(node) : nil }

  private func parameter(_ node: Node) -> ReportParameter {
    let node = node.object(keys: ["name", "type", "label", "default"])
    let name = node["name"].string()
    if Self.givenParameters.contains(name) {
      node["name"].fail("every report has '\(name)' already", mend: "choose another name")
    } else if !Self.isColumnName(name), !name.isEmpty {
      node["name"].fail("'\(name)' cannot be a name", mend: "use lower-case letters, digits and underscores")
    }
    if !node["type"].isPresent { _ = node["type"].string() }
    return ReportParameter(
      name: name, kind: node["type"].choice(ReportParameter.Kind.self) ?? .text, label: bilingual(node["label"]),
      fallback: node["default"].stringOrNil())
  }

  private func section(_ node: Node) -> ReportSection {
    let node = node.object(keys: [
      "id", "title", "note", "empty", "layout", "primary", "sql", "sqlFile", "columns", "chart", "board",
    ])
    let id = node["id"].string()
    if !id.isEmpty, !Self.isName(id) {
      node["id"].fail("'\(id)' cannot be an id", mend: "use lower-case letters, digits and hyphens")
    }
    let columns = node["columns"].list().map(column)
    if columns.isEmpty { node["columns"].fail("a section needs a column", mend: "add { name: …, type: …, label: … }") }
    var seen: Set<String> = []
    for (index, column) in columns.enumerated() where !seen.insert(column.name).inserted {
      node["columns"].list()[index]["name"].fail("'\(column.name)' is there twice", mend: "remove or rename one")
    }
    let names = columns.map(\.name)
    let layout = node["layout"].choice(ReportSection.Layout.self) ?? .table
    return ReportSection(
      id: id, title: bilingual(node["title"]), note: bilingualOrNil(node["note"]), empty: bilingualOrNil(node["empty"]),
      layout: layout, isPrimary: node["primary"].boolean(default: false), sql: sql(node), columns: columns,
      chart: chart(node["chart"], columns: columns), board: board(node["board"], columns: names))
  }

  private func sql(_ node: Node) -> String {
    let inline = node["sql"].stringOrNil()
    let named = node["sqlFile"].stringOrNil()
    switch (inline, named) {
    case (let sql?, nil): return sql
    case (nil, let named?):
      if let sql = sqlFile(named) { return sql }
      node["sqlFile"].fail("there is no '\(named)'", mend: "put it beside the definition")
    case (nil, nil): node["sqlFile"].fail("is missing", mend: "name an SQL file, or write the query as sql")
    case (_?, _?): node["sql"].fail("stands beside sqlFile", mend: "keep one of the two")
    }
    return ""
  }

  private func column(_ node: Node) -> ReportColumn {
    let node = node.object(keys: ["name", "type", "label", "total", "tone", "link", "words", "absent", "dataOnly"])
    let name = node["name"].string()
    if !name.isEmpty, !Self.isColumnName(name) {
      node["name"].fail("'\(name)' cannot be a name", mend: "use lower-case letters, digits and underscores")
    }
    if !node["type"].isPresent { _ = node["type"].string() }
    let kind = node["type"].choice(ColumnKind.self) ?? .text
    if kind.isSeconds, !name.hasSuffix("_hours") {
      node["name"].fail(
        "'\(name)' is written as decimal hours and does not say so", mend: "let the name end in _hours")
    }
    let total = node["total"].choice(ReportColumn.Total.self) ?? .none
    if total == .sum, !kind.canSum {
      node["total"].fail("values of type \(kind.rawValue) have no sum", mend: "write 'count' or 'none'")
    }
    var words: [String: Word] = [:]
    if node["words"].isPresent, kind != .word {
      node["words"].fail("only a column of type word has words", mend: "write type: 'word', or remove it")
    } else if kind == .word {
      for (word, node) in node["words"].entriesInOrder() {
        let node = node.object(keys: ["es", "en", "tone"])
        words[word] = Word(
          label: Bilingual(es: node["es"].string(), en: node["en"].string()),
          tone: node["tone"].choice(ReportColumn.Tone.self))
      }
      if words.isEmpty { node["words"].fail("is missing", mend: "write { value: { es: '…', en: '…' }, … }") }
    }
    return ReportColumn(
      name: name, kind: kind, label: bilingual(node["label"]), total: total,
      tone: node["tone"].choice(ReportColumn.Tone.self), link: link(node["link"]), words: words,
      absent: bilingualOrNil(node["absent"]), isDataOnly: node["dataOnly"].boolean(default: false))
  }
}
