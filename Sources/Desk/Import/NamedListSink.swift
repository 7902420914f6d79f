internal import SQLite

/// Clients, products or providers on their way in. One that the desk has by that name already is taken for the same.
final class NamedListSink: RecordSink {
  private let list: NamedList
  private let writer: DeskWriter
  private let directory: Directory

  init(_ list: NamedList, _ writer: DeskWriter) {
    self.list = list
    self.writer = writer
    directory = Directory(writer.connection)
  }

  func take(_ row: RecordRow) throws -> RecordOutcome {
    let field: ImportField = row.stated.contains(.name) ? .name : .key
    let name = row.values[field] ?? row.key
    guard name.hasText, name.count <= 200, !name.contains(where: \.isNewline) else {
      throw RowProblem(field, "it cannot be a name", mend: "map a column with at most 200 characters on one line")
    }
    let found = try directory.id(of: name, in: list)
    let isActive = row.stated.contains(.active) ? row.values[.active] != "no" : nil
    guard let id = row.id else {
      if let found {
        try refuseTwoKeys(found, noun: list.rawValue, writer.connection)
        return RecordOutcome(try activate(found, isActive) ? .updated : .same, found)
      }
      let id = try directory.add(name, to: list)
      _ = try activate(id, isActive)
      return RecordOutcome(.new, id)
    }
    if let found, found != id {
      throw RowProblem(field, "there is another \(list.rawValue) '\(name)'", mend: "give it a name of its own")
    }
    var isChanged = try activate(id, isActive)
    if found == nil {
      try NameChange(id, list, writer).rename(to: name.trimmed)
      isChanged = true
    }
    return RecordOutcome(isChanged ? .updated : .same, id)
  }

  /// - Returns: whether that changed anything.
  private func activate(_ id: Int64, _ isActive: Bool?) throws -> Bool {
    guard let isActive else { return false }
    return try NameChange(id, list, writer).setActive(isActive)
  }

  func counts(_ id: Int64) throws -> Bool {
    try writer.connection.integer(sql: "SELECT active FROM \(list.rawValue) WHERE id = ?", .integer(id)) == 1
  }
}
