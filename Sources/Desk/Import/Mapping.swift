public import FoundationEssentials
public import SLA
public import Text

/// How the columns of another system's export become facts of ours: a JSON5 file, wholly checked before the first row
/// is read. `samples/README.md` shows every key.
public struct Mapping: Sendable {
  public enum Repeats: String, Sendable, CaseIterable {
    /// A second row of the same key is a fault.
    case fault
    /// Rows are taken one after the other, so that the last one stands.
    case last
  }

  public enum Covers: String, Sendable, CaseIterable {
    /// An open ticket that the file lacks has vanished, which is told.
    case all
    /// The file has only some of the tickets.
    case some
  }

  public enum Header: String, Sendable, CaseIterable {
    /// The first row has the names of the columns.
    case first
    /// The first of `RowReader.headerRows` rows that has every column that the mapping names; what is above is a title.
    case found
  }

  public let file: String
  public let kind: ImportKind
  /// The name under which keys are remembered: files of one system share it.
  public let source: String
  public let encoding: CSVEncoding
  public let delimiter: UInt8
  public let repeats: Repeats
  public let covers: Covers
  public let header: Header
  /// In the order of the kind's fields.
  public let rules: [FieldRule]
  public static let keys = [
    "kind", "source", "encoding", "delimiter", "null", "timeZone", "times", "repeats", "covers", "header",
    "only", "skip", "fields",
  ]
  public static var delimiterNames: [String] { delimiters.map(\.key) }

  /// Which rows count: those that have one of the words in every column of `only`, and in none of `skip`.
  public let filters: [RowFilter]

  /// Changes with the mapping, so that rows read under another one are read anew.
  let seed: UInt64

  /// - Parameters:
  ///   - zone: the desk's, for a mapping that names none.
  ///   - zones: finds a zone by its IANA name, and throws for one that there is not.
  /// - Throws: `Faults` with everything that is wrong in the mapping.
  public init(file: String, data: Data, zone: Zone, zones: (String) throws -> Zone) throws {
    let document = try Document(file: file, data: data)
    let root = document.root.object(keys: Self.keys)
    let kind = root["kind"].choice(ImportKind.self)
    if kind == nil, !root["kind"].isPresent {
      root["kind"].fail(
        "is missing", mend: "say what the file is of: \(ImportKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.file = file
    self.kind = kind ?? .tickets
    source = root["source"].string()
    if source.contains("/") || root["source"].stringOrNil() == "" {
      root["source"].fail("'\(source)' is no name", mend: "name the system that the file comes from, without '/'")
    }
    encoding = root["encoding"].choice(CSVEncoding.self) ?? .utf8
    delimiter = Self.delimiter(root["delimiter"])
    repeats = root["repeats"].choice(Repeats.self) ?? .fault
    covers = root["covers"].choice(Covers.self) ?? .all
    header = root["header"].choice(Header.self) ?? .first
    filters = RowFilter.read(root["only"], keeps: true) + RowFilter.read(root["skip"], keeps: false)
    seed = RowHash.of(data)

    let ground = FieldReader(
      nulls: Set(root["null"].listOrOne().map { $0.string() }), times: FieldReader.times(root["times"]),
      isTimeless: !root["times"].isPresent,
      zone: FieldReader.zone(root["timeZone"], zones) ?? zone)
    rules = kind == nil ? [] : Self.rules(root["fields"], of: self.kind, ground, zones)
    try document.finish()
  }

  static let delimiters: KeyValuePairs = ["comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"]

  private static func delimiter(_ node: Node) -> UInt8 {
    guard let text = node.stringOrNil() else { return UInt8(ascii: ",") }
    for (name, character) in delimiters where text == name || text == character { return character.utf8.first! }
    node.fail("'\(text)' is not legal", mend: "legal values: \(delimiters.map(\.key).joined(separator: ", "))")
    return UInt8(ascii: ",")
  }

  private static func rules(
    _ node: Node, of kind: ImportKind, _ ground: FieldReader, _ zones: (String) throws -> Zone
  ) -> [FieldRule] {
    if !node.isPresent { node.fail("is missing", mend: "say which column is which field") }
    node.object(keys: kind.fields.map(\.name))
    for field in kind.required where node.isPresent && !node[field.name].isPresent {
      node[field.name].fail("is missing", mend: "every mapping of \(kind.rawValue) needs it")
    }
    for fields in kind.alternatives where node.isPresent && !fields.contains(where: { node[$0.name].isPresent }) {
      node[fields[0].name].fail("is missing", mend: "map it, or \(fields[1].name)")
    }
    return kind.fields.compactMap { field in
      let entry = node[field.name]
      return entry.isPresent ? ground.rule(entry, for: field, zones) : nil
    }
  }
}

/// Reads the entries of `fields`, each beginning with what the mapping says for all.
private struct FieldReader {
  var nulls: Set<String>
  var times: [TimeFormat]
  /// Whether the mapping has no times for all fields, be they right or wrong.
  var isTimeless: Bool
  var zone: Zone

  static func times(_ node: Node) -> [TimeFormat] {
    node.listOrOne().compactMap { item in
      guard let text = item.stringOrNil() else { return nil }
      do throws(TimeFormat.Refusal) {
        return try TimeFormat(text)
      } catch {
        item.fail("'\(text)' is not the form of a time: \(error.problem)", mend: "write it like \(TimeFormat.examples)")
        return nil
      }
    }
  }

  static func zone(_ node: Node, _ zones: (String) throws -> Zone) -> Zone? {
    guard let name = node.stringOrNil() else { return nil }
    do {
      return try zones(name)
    } catch let error as DeskError {
      node.fail(error.problem, mend: error.mend)
    } catch {
      node.fail("there is no zone '\(name)'", mend: "write an IANA name such as America/Mexico_City")
    }
    return nil
  }

  func rule(_ node: Node, for field: ImportField, _ zones: (String) throws -> Zone) -> FieldRule? {
    // A text or a list alone is short for { column: … }.
    if case .string(let column)? = node.value {
      return finished(ground(field, node, .column([column])), node)
    }
    if case .array? = node.value {
      let columns = node.list().map { $0.string() }
      guard !columns.isEmpty else {
        node.fail("names no column", mend: "write the name of one, or several of which the file has one")
        return nil
      }
      return finished(ground(field, node, .column(columns)), node)
    }
    let isTimed = field.kind.isTimed
    let isDuration = if case .duration = field.kind { true } else { false }
    node.object(
      keys: FieldRule.keys.filter {
        (isTimed || !FieldRule.instantKeys.contains($0)) && (isDuration || !FieldRule.durationKeys.contains($0))
      })
    guard case .object? = node.value else { return nil }
    let columns = node["column"].listOrOne().map { $0.string() }
    let column = columns.isEmpty ? nil : columns
    let constant = node["constant"].stringOrNil()
    let origin: FieldRule.Origin
    switch (column, constant) {
    case (let column?, nil): origin = .column(column)
    case (nil, let constant?): origin = .constant(constant)
    default:
      node.fail(
        column == nil ? "names neither a column nor a constant" : "names both a column and a constant",
        mend: "write column: \"…\" or constant: \"…\"")
      return nil
    }
    var rule = ground(field, node, origin)
    rule.isTrimmed = node["trim"].boolean(default: true)
    rule.isFirstLineOnly = node["firstLine"].boolean(default: false)
    rule.nulls.formUnion(node["null"].listOrOne().map { $0.string() })
    rule.fallback = node["default"].stringOrNil()
    rule.prefix = node["prefix"].string(default: "")
    if node["values"].isPresent {
      rule.values = Dictionary(uniqueKeysWithValues: node["values"].entriesInOrder().map { ($0.key, $0.node.string()) })
    }
    switch node["otherwise"].value {
    case nil: break
    case .null?: rule.otherwise = .value(nil)
    default: rule.otherwise = .value(node["otherwise"].string())
    }
    if node["otherwise"].value != nil, rule.values == nil {
      node["otherwise"].fail("has no 'values' to be otherwise than", mend: "add values: { … }, or take it away")
    }
    if isDuration { rule.unit = node["unit"].choice(SpentTime.Unit.self) ?? .hours }
    if isTimed {
      let own = Self.times(node["times"])
      if !own.isEmpty { rule.times = own }
      rule.zone = Self.zone(node["timeZone"], zones) ?? zone
    }
    return finished(rule, node)
  }

  private func ground(_ field: ImportField, _ node: Node, _ origin: FieldRule.Origin) -> FieldRule {
    var rule = FieldRule(field: field, path: node.path, origin: origin)
    rule.nulls = nulls
    rule.times = times
    rule.zone = zone
    return rule
  }

  /// Everything that the mapping itself puts in a row's place must be legal there.
  private func finished(_ rule: FieldRule, _ node: Node) -> FieldRule {
    func check(_ text: String?, _ place: Node) {
      guard let text, let refusal = rule.refusal(of: text) else { return }
      place.fail(refusal.problem, mend: refusal.mend)
    }
    if rule.field.kind.isTimed, rule.times.isEmpty {
      guard isTimeless, !node["times"].isPresent else { return rule }
      node.document.add(path: "times", problem: "is missing", mend: "write it like \(TimeFormat.examples)")
      return rule
    }
    if case .constant(let text) = rule.origin { check(text, node["constant"]) }
    check(rule.fallback, node["default"])
    if case .value(let text) = rule.otherwise { check(text, node["otherwise"]) }
    for (word, ours) in (rule.values ?? [:]).sorted(by: { $0.key < $1.key }) { check(ours, node["values"][word]) }
    return rule
  }
}
