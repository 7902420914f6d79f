internal import SLA
public import Text

/// A file to import: what it is called, how it is read, and what its columns mean.
public struct ImportFile {
  public let mapping: Mapping
  /// As the person named it, for faults.
  public let name: String
  public let bytes: ByteSource

  public init(mapping: Mapping, name: String, bytes: @escaping ByteSource) {
    self.mapping = mapping
    self.name = name
    self.bytes = bytes
  }
}

/// What a row says, field by field, each checked: texts as the mapping made them, times as instants.
struct RowValues {
  private var texts = [String?](repeating: nil, count: ImportField.allCases.count)
  private var instants = [Instant?](repeating: nil, count: ImportField.allCases.count)

  subscript(_ field: ImportField) -> String? {
    get { texts[field.rawValue] }
    set { texts[field.rawValue] = newValue }
  }

  subscript(instant field: ImportField) -> Instant? {
    get { instants[field.rawValue] }
    set { instants[field.rawValue] = newValue }
  }
}

/// Reads a file row by row through its mapping.
final class RowReader {
  let mapping: Mapping
  let reader: CSVReader
  /// The header's bytes as the file has them, for the file of rejects.
  private(set) var header: [UInt8] = []
  private var names: [String] = []
  /// The place in the file of every rule; -1 for a constant.
  private var columns: [Int] = []
  private var filterColumns: [Int] = []

  /// Reads the header and finds the mapping's columns in it.
  /// - Throws: `Faults` for columns that the file lacks.
  init(_ file: ImportFile) throws {
    mapping = file.mapping
    reader = CSVReader(
      file: file.name, delimiter: mapping.delimiter, encoding: mapping.encoding, source: file.bytes)
    try readHeader(file.name)
    reader.width = reader.count
    reader.columnName = { [names] index in index < names.count ? names[index] : "cell \(index + 1)" }
    try bind()
  }

  /// How many rows are looked at for the one that names the columns.
  static let headerRows = 10

  private func readHeader(_ file: String) throws {
    for row in 1... {
      switch try reader.step() {
      case .end:
        guard row == 1 else { return }
        throw Faults([Fault(file: file, problem: "it is empty", mend: "export it again, with its header")])
      case .bad(let fault): throw Faults([fault])
      case .record: break
      }
      let cells = (0..<reader.count).map { reader.text($0, trimmed: true) }
      // Of a file without such a row the first one is told of.
      if row == 1 || hasEveryColumn(cells) {
        header = reader.withRaw { Array($0) }
        names = cells
      }
      if mapping.header == .first || hasEveryColumn(cells) || row == Self.headerRows { return }
    }
  }

  private func hasEveryColumn(_ cells: [String]) -> Bool {
    mapping.rules.allSatisfy { rule in
      guard case .column(let several) = rule.origin else { return true }
      return several.contains { cells.contains($0) }
    }
  }

  private func bind() throws {
    var faults: [Fault] = []
    for rule in mapping.rules {
      if case .column(let several) = rule.origin {
        let name = several.first { names.contains($0) } ?? several[0]
        columns.append(place(of: name, path: rule.path, &faults))
      } else {
        columns.append(-1)
      }
    }
    filterColumns = mapping.filters.map { place(of: $0.column, path: $0.path, &faults) }
    if faults.isEmpty { return }
    throw Faults(otherDelimiter().map { [$0] } ?? faults)
  }

  private func place(of name: String, path: String, _ faults: inout [Fault]) -> Int {
    let places = names.indices.filter { names[$0] == name }
    if places.isEmpty {
      let guess = nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
      faults.append(
        Fault(
          file: mapping.file, field: path, problem: "'\(name)' is no column of \(reader.file)",
          mend: "\(guess)its columns: \(names.joined(separator: ", "))"))
    } else if places.count > 1 {
      faults.append(
        Fault(
          file: mapping.file, field: path, problem: "\(reader.file) has \(places.count) columns '\(name)'",
          mend: "give them names of their own"))
    }
    return places.first ?? -1
  }

  /// Whether the mapping passes the row over.
  var isSkipped: Bool {
    zip(mapping.filters, filterColumns).contains { filter, column in
      filter.words.contains(reader.text(column, trimmed: true)) != filter.keeps
    }
  }

  /// Of a header that is one cell with another delimiter in it, that alone is worth telling.
  private func otherDelimiter() -> Fault? {
    let other = Mapping.delimiters.first { $0.value.utf8.first! != mapping.delimiter && names[0].contains($0.value) }
    guard names.count == 1, let other else { return nil }
    return Fault(
      file: reader.file, line: 1, problem: "its cells seem to be parted by \(other.key)s",
      mend: "write delimiter: \"\(other.key)\" in \(mapping.file)")
  }

  var line: Int { reader.line }

  /// A number that changes with the cells that the mapping reads.
  func hash(seed: UInt64) -> Int64 {
    var hash = RowHash(seed: seed)
    for column in columns where column >= 0 { reader.withBytes(column) { hash.add($0) } }
    return Int64(bitPattern: hash.value)
  }

  /// The ticket's name in its source; `nil` when the cell is empty or wrong.
  func key() -> String? {
    guard let (rule, text) = try? text(0) else { return nil }
    return text ?? rule.fallback
  }

  private func text(_ place: Int) throws(CellProblem) -> (rule: FieldRule, text: String?) {
    let rule = mapping.rules[place]
    if case .constant(let text) = rule.origin { return (rule, text) }
    return (rule, try rule.value(of: reader.text(columns[place], trimmed: rule.isTrimmed)))
  }

  /// Everything that the row says, and everything that is wrong with it.
  func read(into values: inout RowValues, faults: inout [Fault]) {
    for (place, rule) in mapping.rules.enumerated() {
      do throws(CellProblem) {
        let text = try text(place).text
        if text == nil, mapping.kind.required.contains(rule.field) {
          throw CellProblem(problem: "it is empty", mend: "fill it, or give \(rule.path) a default in the mapping")
        }
        switch rule.field.kind {
        case .instant:
          values[instant: rule.field] = if let text { try rule.instant(text) } else { nil }
          continue
        case .day:
          // As the wall clock of the source has it.
          values[rule.field] = if let text { rule.zone.date(at: try rule.instant(text)).description } else { nil }
          continue
        case .duration:
          values[rule.field] = if let text { String(try rule.duration(text)) } else { nil }
          continue
        default: break
        }
        if let text, rule.needsCheck, let refusal = rule.refusal(of: text) { throw refusal }
        values[rule.field] = text
      } catch {
        faults.append(fault(at: rule, error))
      }
    }
  }

  func fault(at rule: FieldRule, _ problem: CellProblem) -> Fault {
    let name =
      if case .column(let several) = rule.origin { several.first { names.contains($0) } ?? several[0] } else {
        rule.field.name
      }
    return Fault(file: reader.file, line: line, field: name, problem: problem.problem, mend: problem.mend)
  }

  /// A fault of the row in the column of a field.
  func fault(in field: ImportField, _ problem: String, mend: String) -> Fault {
    guard let rule = mapping.rules.first(where: { $0.field == field }) else {
      return Fault(file: reader.file, line: line, field: field.name, problem: problem, mend: mend)
    }
    return fault(at: rule, CellProblem(problem: problem, mend: mend))
  }
}

extension FieldRule {
  /// Whether a text still has to be checked row by row: what the mapping itself puts there was checked with it.
  fileprivate var needsCheck: Bool {
    if values != nil { return false }
    if case .constant = origin { return false }
    if case .text = field.kind { return false }
    return true
  }
}
