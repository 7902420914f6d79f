internal import Text

/// What is wrong with one line of the calculator, and what to do.
struct ComputeFault: Error {
  let text: String

  init(_ text: String) { self.text = text }

  static func unknown(_ key: String, in place: String, legal: [String]) -> ComputeFault {
    let guess = nearest(to: key, among: legal).map { "did you mean '\($0)'? " } ?? ""
    return ComputeFault("\(place)\(key.prefix(40)): unknown key; \(guess)legal keys: \(legal.joined(separator: ", "))")
  }
}
