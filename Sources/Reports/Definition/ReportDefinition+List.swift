/// Definitions that a program makes for its own lists, rather than reading them from a file.
extension ReportDefinition {
  public init(name: String, title: Bilingual, sections: [ReportSection], parameters: [ReportParameter] = []) {
    self.init(
      name: name, title: title, about: title, period: nil, parameters: parameters, sections: sections, file: name,
      isOfTheDesk: false, hash: "")
  }
}

extension ReportParameter {
  public init(name: String, kind: Kind) {
    self.init(name: name, kind: kind, label: Bilingual(es: name, en: name), fallback: nil)
  }
}

extension ReportSection {
  public init(
    id: String, title: Bilingual, empty: Bilingual? = nil, isPrimary: Bool, sql: String, columns: [ReportColumn]
  ) {
    self.init(
      id: id, title: title, note: nil, empty: empty, layout: .table, isPrimary: isPrimary, sql: sql, columns: columns,
      chart: nil, board: nil)
  }
}

extension ReportColumn {
  public init(_ name: String, _ kind: ColumnKind, es: String, en: String, total: Total = .none) {
    self.init(
      name: name, kind: kind, label: Bilingual(es: es, en: en), total: total, tone: nil, link: nil, words: [:],
      absent: nil,
      isDataOnly: false)
  }
}
