/// A place in a `Document`: its value, or the absence of one. Reading what is wrong records a fault and answers with a
/// stand-in, so that the rest is still read.
public struct Node {
  /// `nil` where the document has nothing.
  public let value: JSONValue?
  /// Such as `policies[0].clocks.resolution`; empty for the whole document.
  public let path: String
  public let document: Document

  public var isPresent: Bool { value != nil && value != .null }

  public func fail(_ problem: String, mend: String) { document.add(path: path, problem: problem, mend: mend) }

  // MARK: Objects

  /// The node as an object that has none but these keys; any other is a fault, told with the nearest legal spelling.
  @discardableResult
  public func object(keys legal: [String]) -> Node {
    guard let entries else { return self }
    for key in entries.keys.sorted() where !legal.contains(key) {
      let guess = nearest(to: key, among: legal).map { "did you mean '\($0)'? " } ?? ""
      self[key].fail("unknown key", mend: "\(guess)legal keys: \(legal.joined(separator: ", "))")
    }
    return self
  }

  /// The entries of an object with keys of the user's choosing, by key.
  public func entriesInOrder() -> [(key: String, node: Node)] {
    (entries ?? [:]).keys.sorted().map { ($0, self[$0]) }
  }

  public subscript(key: String) -> Node {
    guard case .object(let entries)? = value else { return Node(value: nil, path: join(key), document: document) }
    return Node(value: entries[key], path: join(key), document: document)
  }

  private var entries: [String: JSONValue]? {
    switch value {
    case .object(let entries)?: return entries
    case nil, .null?: return nil
    case let other?:
      fail("expected an object { … }, got \(other.kind)", mend: "write { key: value, … }")
      return nil
    }
  }

  private func join(_ key: String) -> String { Self.join(path, key) }

  /// The path of an entry.
  static func join(_ path: String, _ key: String) -> String {
    let isPlain = key.allSatisfy { $0.isLetter || $0.isNumber || "_-".contains($0) } && !key.isEmpty
    if !isPlain { return "\(path)[\"\(key)\"]" }
    return path.isEmpty ? key : "\(path).\(key)"
  }

  // MARK: Lists

  /// The items of a list; nothing where there is no list.
  public func list() -> [Node] {
    switch value {
    case .array(let items)?:
      return items.enumerated().map { Node(value: $1, path: "\(path)[\($0)]", document: document) }
    case nil, .null?: return []
    case let other?:
      fail("expected a list [ … ], got \(other.kind)", mend: "write [ … ]")
      return []
    }
  }

  /// A list, or a single value standing for a list of one.
  public func listOrOne() -> [Node] {
    if case .array? = value { return list() }
    return isPresent ? [self] : []
  }

  // MARK: Values

  public func stringOrNil() -> String? {
    switch value {
    case .string(let text)?: return text
    case nil, .null?: return nil
    case let other?:
      fail("expected a text, got \(other.kind)", mend: "put it between quotes")
      return nil
    }
  }

  public func string(default fallback: String) -> String { stringOrNil() ?? fallback }

  /// A text that must be there.
  public func string() -> String {
    if !isPresent { fail("is missing", mend: "add it") }
    return stringOrNil() ?? ""
  }

  public func boolean(default fallback: Bool) -> Bool {
    switch value {
    case .bool(let value)?: return value
    case nil, .null?: return fallback
    case let other?:
      fail("expected true or false, got \(other.kind)", mend: "write true or false")
      return fallback
    }
  }

  public func integer(in range: ClosedRange<Int>, default fallback: Int) -> Int { integerOrNil(in: range) ?? fallback }

  public func integerOrNil(in range: ClosedRange<Int>) -> Int? {
    switch value {
    case .integer(let number)?:
      if let number = Int(exactly: number), range.contains(number) { return number }
      fail("\(number) is out of range", mend: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
    case nil, .null?: break
    case let other?:
      fail(
        "expected a whole number, got \(other.kind)",
        mend: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return nil
  }

  /// One of a few words. `nil` when absent, or wrong and told.
  public func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    guard let text = stringOrNil() else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let legal = Choice.allCases.map(\.rawValue)
    let guess = nearest(to: text, among: legal).map { "did you mean '\($0)'? " } ?? ""
    fail("'\(text)' is not legal", mend: "\(guess)legal values: \(legal.joined(separator: ", "))")
    return nil
  }

  /// A text turned into a value by `parse`; where that answers `nil`, a fault that says what was expected.
  public func parsed<T>(_ expected: String, example: String, _ parse: (String) -> T?) -> T? {
    guard let text = stringOrNil() else { return nil }
    if let value = parse(text) { return value }
    fail("'\(text)' is not \(expected)", mend: "write it as \(example)")
    return nil
  }
}
