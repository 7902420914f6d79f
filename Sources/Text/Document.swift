public import FoundationEssentials

/// A JSON5 document that a person wrote, read with care: unknown keys, wrong types and illegal values are collected with
/// their paths, and told all at once.
///
/// ```swift
/// let document = try Document(file: "plazo.json5", data: data)
/// let root = document.root.object(keys: ["name", "zone"])
/// let name = root["name"].string(default: "Desk")
/// try document.finish()   // throws every fault that the reading found
/// ```
public final class Document {
  public let file: String
  public private(set) var faults: [Fault] = []
  private let value: JSONValue
  private let text: String
  /// Where what is in it stands; made when the first fault is told.
  private lazy var lines = text.contains("\n") ? SyntaxLocator.lines(in: text) : [:]

  /// - Throws: `Faults` with the one place where the syntax breaks.
  public init(file: String, data: Data) throws {
    self.file = file
    // Before Foundation sees it: its reader of JSON5 ends the program at a key that is not UTF-8.
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Faults([Fault(file: file, problem: "it is not UTF-8", mend: "save it as UTF-8")])
    }
    self.text = text
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      // Foundation reads a number that ends the data on into what lies behind it.
      value = try decoder.decode(JSONValue.self, from: data + [0x0A])
    } catch {
      let place = SyntaxLocator.firstBreak(in: text)
      throw Faults([
        Fault(
          file: file, line: place?.line, problem: place?.problem ?? "it is not JSON5",
          mend: place == nil ? "see https://json5.org for the form" : "mend it there or just before")
      ])
    }
  }

  public var root: Node { Node(value: value, path: "", document: self) }

  /// - Throws: `Faults` when anything was wrong so far.
  public func finish() throws {
    if !faults.isEmpty { throw Faults(faults) }
  }

  public func add(path: String, problem: String, mend: String) {
    let fault = Fault(file: file, line: line(of: path), field: path, problem: problem, mend: mend)
    if !faults.contains(fault) { faults.append(fault) }
  }

  /// The line of what a path names, or of the nearest that it is in where it is missing; `nil` for the whole, and in a
  /// document of one line.
  public func line(of path: String) -> Int? {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      path = String(
        path[..<((path.hasSuffix("]") ? path.lastIndex(of: "[") : path.lastIndex(of: ".")) ?? path.startIndex)])
    }
    return nil
  }
}

/// Any JSON value.
public enum JSONValue: Hashable, Sendable, Codable {
  case null
  case bool(Bool)
  case integer(Int64)
  case real(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // What a document has most of comes first: each wrong guess is an error made and thrown away, and a pass reads two
    // documents. Whole numbers come before the others, which are told apart by no order.
    if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([String: JSONValue].self) {
      self = .object(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else {
      self = .real(try container.decode(Double.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// One line of JSON with its keys in order: the same value always gives the same text.
  public func canonicalText() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// An object's entries of these keys only.
  public func only(_ keys: [String]) -> JSONValue {
    guard case .object(let entries) = self else { return self }
    return .object(entries.filter { keys.contains($0.key) })
  }

  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .real: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
