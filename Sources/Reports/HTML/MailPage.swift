/// A report's page as the body of a mail.
public enum MailPage {
  /// The page without its script, which no mail program runs and some take for a reason to distrust the mail.
  public static func body(_ page: String) -> String {
    guard let start = page.firstRange(of: "<script>"), let end = page.firstRange(of: "</script>\n") else { return page }
    return String(page[..<start.lowerBound] + page[end.upperBound...])
  }
}
