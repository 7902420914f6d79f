internal import Text

/// Charts, boards, and what must hold between the parts of a definition.
extension DefinitionReader {
  func chart(_ node: Node, columns: [ReportColumn]) -> ReportChart? {
    guard node.isPresent else { return nil }
    let node = node.object(keys: ["kind", "title", "label", "across", "values"])
    let kind = node["kind"].choice(ReportChart.Kind.self) ?? .bars
    let names = columns.map(\.name)
    func kindOf(_ name: String) -> ColumnKind? { columns.first { $0.name == name }?.kind }
    let label = columnName(node["label"], among: names)
    if kind != .stack, !node["label"].isPresent {
      node["label"].fail("is missing", mend: "name the column that names the \(kind.hasOneValue ? "values" : "bars")")
    }
    if kind.isOverDays, let label, kindOf(label)?.isDate == false {
      node["label"].fail("'\(label)' is no date", mend: "a chart of kind \(kind.rawValue) has a row for each day")
    }
    let across = columnName(node["across"], among: names)
    if kind == .matrix, !node["across"].isPresent {
      node["across"].fail("is missing", mend: "name the column that names the columns of the matrix")
    } else if kind != .matrix, node["across"].isPresent {
      node["across"].fail("only a matrix has it", mend: "write kind: 'matrix', or remove it")
    }
    let values = node["values"].list().compactMap { columnName($0, among: names) }
    if values.isEmpty {
      node["values"].fail("a chart needs values", mend: "write ['column', …]")
    } else if kind.hasOneValue, values.count > 1 {
      node["values"].fail("a chart of kind \(kind.rawValue) draws one value", mend: "keep one column")
    }
    for (index, name) in values.enumerated() where kindOf(name)?.isDrawable == false {
      node["values"].list()[index].fail("'\(name)' is no number", mend: "name a column of numbers or hours")
    }
    return ReportChart(kind: kind, title: bilingual(node["title"]), label: label, across: across, values: values)
  }

  func board(_ node: Node, columns: [String]) -> ReportBoard? {
    guard node.isPresent else { return nil }
    let node = node.object(keys: [
      "title", "empty", "chart", "rows", "number", "lead", "notes", "value", "only", "marked",
    ])
    let only = node["only"].entriesInOrder()
    for (column, value) in only {
      _ = columnName(column, at: value, among: columns)
      _ = value.stringOrNil()
    }
    if only.count > 1 { node["only"].fail("has more than one column", mend: "keep one") }
    let marked = columnName(node["marked"], among: columns)
    if marked != nil, !only.isEmpty { node["marked"].fail("stands beside only", mend: "keep one of the two") }
    return ReportBoard(
      title: bilingual(node["title"]), empty: node["empty"].isPresent ? bilingual(node["empty"]) : nil,
      showsChart: node["chart"].boolean(default: false), rows: node["rows"].integer(in: 1...20, default: 4),
      number: columnName(node["number"], among: columns), lead: columnName(node["lead"], among: columns),
      notes: node["notes"].list().compactMap { columnName($0, among: columns) },
      value: columnName(node["value"], among: columns),
      condition: marked.map { .hasValue(column: $0) }
        ?? only.first.map { .equals(column: $0.key, value: $0.node.string(default: "")) })
  }

  /// What no part can see of itself: ids are told apart, one section is primary, links lead somewhere.
  func checkTogether(_ sections: [ReportSection], _ node: Node) {
    let nodes = node.list()
    let ids = sections.map(\.id)
    for (index, section) in sections.enumerated() {
      if ids[..<index].contains(section.id) {
        nodes[index]["id"].fail("'\(section.id)' is there twice", mend: "give each section an id of its own")
      }
      for (place, column) in section.columns.enumerated() {
        guard let link = column.link else { continue }
        checkLink(link, of: section, to: sections, nodes[index]["columns"].list()[place]["link"])
      }
    }
    let primaries = sections.indices.filter { sections[$0].isPrimary }
    if primaries.count > 1 {
      nodes[primaries[1]]["primary"].fail("two sections are primary", mend: "keep the one whose rows are NAME.csv")
    } else if primaries.isEmpty, sections.count > 1 {
      node.fail("no section is primary", mend: "write primary: true in the one whose rows are NAME.csv")
    }
  }

  /// `'open'`, or `{ to: 'open', where: { situation: 'late', assigned: ':technician' } }`.
  func link(_ node: Node) -> ReportLink? {
    guard node.isPresent else { return nil }
    if case .string(let section)? = node.value { return ReportLink(section: section, conditions: []) }
    let node = node.object(keys: ["to", "where"])
    let conditions = node["where"].entriesInOrder().map { column, value in
      let text = value.string()
      return ReportLink.Condition(
        column: column, value: text.hasPrefix(":") ? .own(column: String(text.dropFirst())) : .fixed(text))
    }
    return ReportLink(section: node["to"].string(), conditions: conditions)
  }

  private func checkLink(_ link: ReportLink, of section: ReportSection, to sections: [ReportSection], _ node: Node) {
    guard let target = sections.first(where: { $0.id == link.section }) else {
      let ids = sections.map(\.id)
      let guess = nearest(to: link.section, among: ids).map { "did you mean '\($0)'? " } ?? ""
      return node.fail(
        "there is no section '\(link.section)'", mend: "\(guess)the sections are: \(ids.joined(separator: ", "))")
    }
    for condition in link.conditions {
      let place = node["where"][condition.column]
      _ = columnName(condition.column, at: place, among: target.columns.map(\.name))
      if case .own(let column) = condition.value {
        _ = columnName(column, at: place, among: section.columns.map(\.name))
      }
    }
  }

  private func columnName(_ node: Node, among columns: [String]) -> String? {
    guard let name = node.stringOrNil() else { return nil }
    return columnName(name, at: node, among: columns)
  }

  private func columnName(_ name: String, at node: Node, among columns: [String]) -> String? {
    if columns.contains(name) { return name }
    let guess = nearest(to: name, among: columns).map { "did you mean '\($0)'? " } ?? ""
    node.fail("there is no column '\(name)'", mend: "\(guess)the columns are: \(columns.joined(separator: ", "))")
    return nil
  }

  private func bilingual(_ node: Node) -> Bilingual {
    let object = node.object(keys: ["es", "en"])
    return Bilingual(es: object["es"].string(), en: object["en"].string())
  }
}
