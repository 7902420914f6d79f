internal import SLA

// What several actions ask of their arguments, in the same words.

extension String {
  /// Whether there is more than blanks.
  var hasText: Bool { contains { !$0.isWhitespace } }

  /// The same without outer blanks.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

extension String {
  /// How many bytes a text has at most: 8 MiB.
  static let longestText = 8 * 1_048_576

  /// A text as it is, whatever it holds. - Throws: `DeskError` for one that is too long.
  func checked(_ what: String) throws -> String {
    guard utf8.count <= Self.longestText else {
      throw DeskError(
        "the \(what) has \(utf8.count) bytes, and may have at most \(Self.longestText)",
        mend: "shorten it, or attach it as a file; nothing was recorded")
    }
    return self
  }
}

extension Plazo {
  /// - Throws: `DeskError` that shows how a plazo is written.
  static func checked(_ text: String) throws -> Plazo {
    guard let plazo = Plazo(text) else {
      throw DeskError("'\(text)' is not a plazo", mend: "write working days as 3d, working time as 6h, 90m or 1h30m")
    }
    return plazo
  }
}

extension VoBo {
  /// - Throws: `DeskError` for a sign that says nothing, or a refusal without its reason.
  func check(reason: String?) throws {
    guard self != .pending else { throw DeskError("a VoBo is granted or refused", mend: "say which") }
    guard self == .granted || (reason ?? "").hasText else {
      throw DeskError("a refusal needs its reason", mend: "give it with --reason")
    }
  }
}
