/// The languages of reports, mails and the terminal.
public enum Language: String, Sendable, CaseIterable {
  case es
  case en

  /// The one of two wordings that is in this language.
  public func callAsFunction(es: String, en: String) -> String { self == .es ? es : en }
}
