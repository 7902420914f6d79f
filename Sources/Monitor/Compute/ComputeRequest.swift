internal import SLA
internal import Text

/// One line of the calculator, taken apart but not yet understood: instants need the zone of a calendar, which may come
/// after them.
struct ComputeRequest {
  enum Operation: String, CaseIterable { case add, between, deadline }
  enum Calendar {
    case named(String)
    case inline(Range<Int>)
  }

  /// The bytes of the identifier, whatever it is.
  private(set) var id: Range<Int>?
  private(set) var operation: Operation?
  private(set) var calendar: Calendar?
  private(set) var start: String?
  private(set) var end: String?
  private(set) var created: String?
  private(set) var seconds: Int64?
  private(set) var targetSeconds: Int64?
  private(set) var pauses: [(from: String, to: String?)] = []

  private static let keys: [StaticString] = [
    "id", "op", "calendar", "start", "end", "created", "seconds", "target_seconds", "pauses",
  ]

  /// Reads what it can: the identifier is found even where something else is wrong.
  /// - Returns: the first thing wrong.
  mutating func read(_ line: UnsafeRawBufferPointer) -> ComputeFault? {
    var scanner = JSONScanner(line)
    var fault: ComputeFault?
    var known: Set<String> = []
    var unknown: [String] = []
    do {
      try scanner.openObject()
      while let key = try scanner.nextKey() {
        _ = scanner.first()
        let begin = scanner.position
        guard let name = Self.keys.first(where: { scanner.equals(key, $0) }) else {
          unknown.append(scanner.string(of: key))
          try scanner.skip()
          continue
        }
        known.insert("\(name)")
        do {
          try take("\(name)", &scanner)
        } catch {
          // Of the wrong kind, or broken: the second is found when it is passed over.
          scanner.position = begin
          try scanner.skip()
          let problem = (error as? JSONScanner.Fault)?.problem ?? (error as? ComputeFault)?.text ?? "\(error)"
          fault = fault ?? ComputeFault("\(name): \(problem)")
        }
      }
      try scanner.finish()
    } catch {
      return ComputeFault("it is not one JSON object: \(error.problem)")
    }
    // What is strange is let be, and what is misspelt is not.
    let missing = Self.keys.map { "\($0)" }.filter { !known.contains($0) }
    for key in unknown where nearest(to: key, among: missing) != nil {
      return fault ?? ComputeFault.unknown(key, in: "", legal: Self.keys.map { "\($0)" })
    }
    return fault
  }

  private mutating func take(_ key: String, _ scanner: inout JSONScanner) throws {
    if key == "id" {
      id = try scanner.skip()
      return
    }
    if try scanner.null() { return }
    switch key {
    case "op":
      let word = scanner.string(of: try scanner.string())
      guard let operation = Operation(rawValue: word) else {
        let legal = Operation.allCases.map(\.rawValue)
        let guess = nearest(to: word, among: legal).map { "did you mean '\($0)'? " } ?? ""
        throw ComputeFault(
          "'\(word.prefix(40))' is not legal; \(guess)legal values: \(legal.joined(separator: ", "))")
      }
      self.operation = operation
    case "calendar":
      if scanner.first() == UInt8(ascii: "\"") {
        calendar = .named(scanner.string(of: try scanner.string()))
      } else if scanner.first() == UInt8(ascii: "{") {
        calendar = .inline(try scanner.skip())
      } else {
        throw ComputeFault("expected a name or an object; name a calendar of the desk, or write one")
      }
    case "start": start = scanner.string(of: try scanner.string())
    case "end": end = scanner.string(of: try scanner.string())
    case "created": created = scanner.string(of: try scanner.string())
    case "seconds": seconds = try scanner.integer()
    case "target_seconds": targetSeconds = try scanner.integer()
    default: try takePauses(&scanner)
    }
  }

  private mutating func takePauses(_ scanner: inout JSONScanner) throws {
    pauses = []
    try scanner.openArray()
    while try scanner.nextItem() {
      try scanner.openArray()
      var ends: [String?] = []
      while try scanner.nextItem() {
        let end = try scanner.null() ? nil : scanner.string(of: try scanner.string())
        if ends.count < 3 { ends.append(end) }
      }
      guard ends.count == 2, let from = ends[0] else {
        throw ComputeFault(
          "a pause is a beginning and an end; write it as [\"2006-01-03T09:00:00Z\", null] if it is open")
      }
      pauses.append((from, ends[1]))
    }
  }
}
