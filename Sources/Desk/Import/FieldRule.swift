public import SLA
internal import Text

/// How one fact is made from a row: the cell of a column, or a constant, and what is done to it.
///
/// In this order: blanks are cut, and lines past the first if so told, an empty cell or a null word becomes the default, the words of the source become ours,
/// and the prefix is put before what is left.
public struct FieldRule: Sendable {
  public enum Origin: Sendable, Equatable {
    /// Of several names, which languages and versions of a system may have, the file has one.
    case column([String])
    case constant(String)
  }

  public enum Otherwise: Sendable, Equatable {
    /// A word that `values` does not list is a fault of the row.
    case fault
    case value(String?)
  }

  public static let keys = [
    "column", "constant", "values", "otherwise", "default", "null", "trim", "firstLine", "prefix", "times", "timeZone",
    "unit",
  ]
  static let instantKeys = ["times", "timeZone"]
  static let durationKeys = ["unit"]

  public let field: ImportField
  /// The place in the mapping, for faults.
  public let path: String
  public var origin: Origin
  public var isTrimmed = true
  /// Of a cell with several lines, such as several technicians, only the first counts.
  public var isFirstLineOnly = false
  public var nulls: Set<String> = []
  public var fallback: String?
  public var values: [String: String]?
  public var otherwise = Otherwise.fault
  public var prefix = ""
  public var times: [TimeFormat] = []
  public var zone = Zone.utc
  /// What a number alone counts, of time spent.
  public var unit = SpentTime.Unit.hours
}

/// What is wrong with one cell.
struct CellProblem: Error, Equatable {
  let problem: String
  let mend: String
}

extension FieldRule {
  /// The fact as text, `nil` where the row says nothing.
  func value(of cell: String) throws(CellProblem) -> String? {
    var cell = cell
    if isFirstLineOnly, let end = cell.firstIndex(where: \.isNewline) { cell = String(cell[..<end]) }
    if cell.isEmpty || nulls.contains(cell) { return fallback }
    guard let values else { return prefix.isEmpty ? cell : prefix + cell }
    if let word = values[cell] { return prefix + word }
    switch otherwise {
    case .value(let word): return word
    case .fault:
      let guess = nearest(to: cell, among: values.keys.sorted()).map { "did you mean '\($0)'? " } ?? ""
      throw CellProblem(
        problem: "'\(cell)' is not among the values of the mapping",
        mend: "\(guess)add it at \(path).values, or give an 'otherwise'")
    }
  }

  /// The instant that a fact stands for.
  func instant(_ text: String) throws(CellProblem) -> Instant {
    for format in times {
      if let instant = format.instant(text, in: zone) { return instant }
    }
    let legal = times.map(\.text).joined(separator: "' or '")
    throw CellProblem(
      problem: "'\(text)' is not a time of the form '\(legal)'", mend: "mend it, or add its form to 'times'")
  }

  /// The time spent that a fact stands for.
  func duration(_ text: String) throws(CellProblem) -> Seconds {
    if let seconds = SpentTime.seconds(text, unit: unit) { return seconds }
    throw CellProblem(
      problem: "'\(text)' is no time spent", mend: "write it as 1h30, 90m, 1:30 or as a number of \(unit.rawValue)")
  }

  /// Why a text cannot be a fact of this field; `nil` when it can.
  func refusal(of text: String) -> CellProblem? {
    switch field.kind {
    case .text: return nil
    case .word(let legal):
      if legal.contains(text) { return nil }
      let guess = nearest(to: text, among: legal).map { "did you mean '\($0)'? " } ?? ""
      return CellProblem(
        problem: "'\(text)' is not legal", mend: "\(guess)legal values: \(legal.joined(separator: ", "))")
    case .plazo:
      if Plazo(text) != nil { return nil }
      return CellProblem(
        problem: "'\(text)' is not a plazo", mend: "write working days as 3d, working time as 6h, 90m or 1h30m")
    case .integer:
      if Int64(text) != nil { return nil }
      return CellProblem(problem: "'\(text)' is not a whole number", mend: "map a column that counts")
    case .instant, .day:
      do throws(CellProblem) {
        _ = try instant(text)
        return nil
      } catch { return error }
    case .duration:
      do throws(CellProblem) {
        _ = try duration(text)
        return nil
      } catch { return error }
    }
  }
}
