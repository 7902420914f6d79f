/// Other hours for certain dates: a holiday, a half day, or an override that wins over any of them.
public struct DayRule: Hashable, Sendable {
  public var pattern: DayPattern
  /// What a reader is told, such as `Navidad`.
  public var label: String
  /// The hours of these dates, instead of the week's; empty means closed.
  public var hours: [Hours]
  public var isOverride: Bool

  public init(pattern: DayPattern, label: String, hours: [Hours] = [], isOverride: Bool = false) {
    self.pattern = pattern
    self.label = label
    self.hours = hours
    self.isOverride = isOverride
  }

  /// Whether this rule holds on a date that both name. The order in which rules are declared has no part in it.
  ///
  /// An override wins over a holiday. Of two holidays the one with less open time wins, so that a half day inside a
  /// closure stays closed; of two overrides the one that names fewer dates, so that one day can be excepted from a
  /// week. What is then still equal is settled by the text, to be the same on every machine.
  func outranks(_ other: DayRule) -> Bool {
    if isOverride != other.isOverride { return isOverride }
    let (mine, theirs) = (openSeconds, other.openSeconds)
    let (breadth, otherBreadth) = (pattern.breadth, other.pattern.breadth)
    if isOverride, breadth != otherBreadth { return breadth < otherBreadth }
    if mine != theirs { return mine < theirs }
    if breadth != otherBreadth { return breadth < otherBreadth }
    return canonicalText < other.canonicalText
  }

  private var openSeconds: Int { Hours.united(hours).reduce(0) { $0 + $1.closes - $1.opens } }

  /// `holiday 12-24 09:00-14:00 Nochebuena` or `override 2026-12-24 closed Mudanza`, always one line.
  var canonicalText: String {
    let text = hours.isEmpty ? "closed" : Hours.united(hours).map(\.description).joined(separator: ",")
    var line = ""
    for scalar in label.unicodeScalars {
      switch scalar {
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\\": line += "\\\\"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return "\(isOverride ? "override" : "holiday") \(pattern) \(text) \(line)"
  }
}

extension DayPattern {
  /// For ranking: how many dates of a year the pattern names, a date of one year counting as fewer than one of every
  /// year.
  fileprivate var breadth: Int {
    switch self {
    case .date: 2
    case .yearly, .nthWeekday, .easter: 3
    case .span(let first, let last): 2 * max(0, last.dayNumber - first.dayNumber + 1)
    // A leap year, so that a span that begins or ends on 29 February counts it.
    case .yearlySpan: 2 * dates(in: 2000).count + 1
    }
  }
}
