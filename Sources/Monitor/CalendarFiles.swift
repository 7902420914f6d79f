public import SLA
public import Text

/// The files `calendars/NAME.json5` of a desk, which say more of a calendar than `plazo.json5` does, or are one.
///
/// A file adds its hours and days to the calendar of its name. Where the configuration has none of that name, a file
/// with hours is a calendar of its own; one with days only waits to be included.
public struct CalendarFiles {
  /// What each file says, by its name without the ending.
  private let documents: [String: Document]
  /// The files that cannot be read, which are told as such and not missed elsewhere.
  let brokenNames: Set<String>
  private let brokenFaults: [Fault]

  public init(_ documents: [String: Document] = [:], broken: [String: [Fault]] = [:]) {
    self.documents = documents
    brokenNames = Set(broken.keys)
    brokenFaults = broken.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  public static var none: CalendarFiles { CalendarFiles() }

  /// Those that can be read, in the order of their names.
  public var roots: [(name: String, node: Node)] {
    documents.sorted { $0.key < $1.key }.map { ($0.key, $0.value.root) }
  }

  /// What was found wrong so far, file by file.
  public var faults: [Fault] { brokenFaults + documents.sorted { $0.key < $1.key }.flatMap(\.value.faults) }

  func root(_ name: String) -> Node? { documents[name]?.root }

  /// The same files with one of them replaced.
  public func replacing(_ name: String, with document: Document) -> CalendarFiles {
    var documents = documents
    documents[name] = document
    return CalendarFiles(documents, broken: [:])
  }

  /// The files that are no calendars and add to none, by name: days that others can include.
  public func lists(besides calendars: [String: CalendarDefinition], zone: String) -> [String: CalendarDefinition] {
    documents.filter { calendars[$0.key] == nil }.mapValues {
      CalendarReader.readList($0.root, zone: zone, files: self)
    }
  }

  /// The files that have a say in a calendar: that of its name, and those that it or they include.
  public func sources(of name: String, in root: Node) -> Set<String> {
    var found: Set<String> = documents[name] == nil ? [] : [name]
    var open = [root["calendars"][name], self.root(name)].compactMap(\.self)
    while let node = open.popLast() {
      for case .string(let list)? in node["include"].listOrOne().map(\.value) {
        guard let file = self.root(list), found.insert(list).inserted else { continue }
        open.append(file)
      }
    }
    return found
  }

  // MARK: Merging

  /// The configuration as if it said by itself what the files say: what is applied has to stand without them.
  ///
  /// - Precondition: Reading found no fault in either.
  public func merged(into root: JSONValue) -> JSONValue {
    guard case .object(var entries) = root else { return root }
    var calendars = entries["calendars"]?.entries ?? [:]
    let own = documents.filter { calendars[$0.key] == nil && $0.value.root["weekly"].isPresent }.keys
    for name in Set(calendars.keys).union(own) {
      let parts = [calendars[name], documents[name]?.root.value].compactMap { $0?.entries }
      if parts.count == 1, parts[0]["include"] == nil {
        calendars[name] = .object(parts[0])
        continue
      }
      var holidays: [JSONValue] = []
      var overrides: [String: JSONValue] = [:]
      var weekly: [String: JSONValue] = [:]
      for part in parts {
        holidays += self.holidays(part, including: [])
        overrides.merge(part["overrides"]?.entries ?? [:]) { first, _ in first }
        weekly.merge(part["weekly"]?.entries ?? [:]) { .array($0.items + $1.items) }
      }
      var calendar: [String: JSONValue] = [
        "holidays": .array(holidays), "overrides": .object(overrides), "weekly": .object(weekly),
      ]
      calendar["timeZone"] = parts.lazy.compactMap { $0["timeZone"] }.first
      calendars[name] = .object(calendar)
    }
    entries["calendars"] = .object(calendars)
    return .object(entries)
  }

  /// The holidays of a calendar or a file, its own first and then those that it includes.
  private func holidays(_ part: [String: JSONValue], including: Set<String>) -> [JSONValue] {
    var holidays = part["holidays"]?.items ?? []
    for case .string(let name) in part["include"]?.items ?? [] where !including.contains(name) {
      guard let file = documents[name]?.root.value?.entries else { continue }
      holidays += self.holidays(file, including: including.union([name]))
    }
    return holidays
  }
}

extension JSONValue {
  /// Of an object.
  var entries: [String: JSONValue]? {
    if case .object(let entries) = self { entries } else { nil }
  }

  /// A list's items; anything else stands for a list of one, as in `Node.listOrOne`.
  fileprivate var items: [JSONValue] {
    switch self {
    case .array(let items): items
    case .null: []
    default: [self]
    }
  }
}
