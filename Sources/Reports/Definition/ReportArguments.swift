/// What a run may give a report, as its queries ask for it.
extension ReportDefinition {
  /// Whether a run can name a period.
  public var takesPeriod: Bool { period != nil || !names.isDisjoint(with: ["from", "to", "before"]) }

  /// What a run can narrow it down to.
  public var filters: [ReportFilter] {
    let names = names
    return ReportFilter.allCases.filter { names.contains($0.rawValue) }
  }

  /// What it takes, in the words of the command line: `--period`, `--client`, `--set status=…`.
  public var legalArguments: [String] {
    (takesPeriod ? ["--period", "--from and --to"] : []) + filters.map { "--\($0.rawValue)" }
      + parameters.map { "--set \($0.name)=…" }
  }

  /// The names of all its CSV files.
  public var csvNames: [String] { sections.map { csvName(of: $0) } }

  func csvName(of section: ReportSection) -> String {
    section.id == primary.id ? "\(name).csv" : "\(name)-\(section.id).csv"
  }

  /// Whether any query asks for the parameter of this name.
  func uses(_ name: String) -> Bool { names.contains(name) }

  private var names: Set<String> { Set(sections.flatMap { SQLParameters.names(in: $0.sql) }) }
}

/// The parameters that a text of SQL names.
enum SQLParameters {
  /// Their names without the colon, in the order of the text. What stands in quotes or in comments is none.
  static func names(in sql: String) -> [String] {
    var names: [String] = []
    let bytes = Array(sql.utf8)
    var index = 0
    func skip(to end: [UInt8]) {
      while index < bytes.count, !bytes[index...].starts(with: end) { index += 1 }
      index += end.count
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): skip(to: [byte])
      case UInt8(ascii: "["): skip(to: [UInt8(ascii: "]")])
      case UInt8(ascii: "-") where index < bytes.count && bytes[index] == byte: skip(to: [10])
      case UInt8(ascii: "/") where index < bytes.count && bytes[index] == UInt8(ascii: "*"):
        index += 1
        skip(to: [UInt8(ascii: "*"), UInt8(ascii: "/")])
      case UInt8(ascii: ":"):
        let name = bytes[index...].prefix { isOfName($0) }
        if !name.isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
        index += name.count
      default: break
      }
    }
    return names
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 95
  }
}
