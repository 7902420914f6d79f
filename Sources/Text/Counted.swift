/// A number with its noun: `1 file`, `2 files`, `3 activities`.
/// - Parameter noun: in the singular, of English.
public func counted(_ count: some BinaryInteger, _ noun: String) -> String {
  if count == 1 { return "1 \(noun)" }
  return "\(count) " + (noun.hasSuffix("y") ? "\(noun.dropLast())ies" : "\(noun)s")
}
