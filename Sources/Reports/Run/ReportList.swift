/// How a program's own list is printed: its table and how many rows there are, without a report's head and foot. JSON is
/// one array of objects.
public struct ReportList: Sendable {
  /// The columns of the terminal, or of the page.
  public var width: Int
  /// How many rows the text shows at most; its last line counts all of them.
  public var rowLimit: Int
  /// Whether symbols of situations have their colours.
  public var isColoured: Bool
  /// What is said after the count when rows are left out, such as how to see them.
  public var more: Bilingual

  public init(width: Int, rowLimit: Int, isColoured: Bool, more: Bilingual) {
    self.width = width
    self.rowLimit = rowLimit
    self.isColoured = isColoured
    self.more = more
  }
}
