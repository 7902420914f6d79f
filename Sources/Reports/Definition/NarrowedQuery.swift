extension ReportSection {
  /// The query as a run asks it. A condition such as `(:client IS NULL OR client = :client)` is true of every row where the
  /// run is not narrowed to a client, and is then left out, and by SQLite with it the joins that it alone needs: SQLite
  /// plans a query before it knows what a parameter is.
  ///
  /// - Parameter arguments: of the run.
  func sql(narrowedBy arguments: [String: String]) -> String {
    ReportFilter.allCases.reduce(sql) { sql, filter in
      arguments[filter.rawValue] == nil ? Self.leaveOut(filter.rawValue, of: sql) : sql
    }
  }

  private static func leaveOut(_ name: String, of sql: String) -> String {
    let opening = "(:\(name) IS NULL OR "
    let ending = " = :\(name))"
    var narrowed = ""
    var rest = sql[...]
    while let start = rest.firstRange(of: opening) {
      narrowed += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      let column = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      // Anything else than a comparison with one column stays as it is.
      if !column.isEmpty, rest[column.endIndex...].hasPrefix(ending) {
        narrowed += "TRUE"
        rest = rest[column.endIndex...].dropFirst(ending.count)
      } else {
        narrowed += opening
      }
    }
    return narrowed + rest
  }
}
