public import Text

/// A report as data: SQL over the documented views, and how its answer is laid out. `reports/README.md` tells the form.
public struct ReportDefinition: Sendable {
  /// Lower-case letters, digits and hyphens; the name of its files.
  public let name: String
  public let title: Bilingual
  /// One sentence that says what it is for.
  public let about: Bilingual
  /// The period that is meant when a run names none, in the words of `Period`; `nil` where a report needs none.
  public let period: String?
  public let parameters: [ReportParameter]
  public let sections: [ReportSection]
  /// Where it was read, as the person would name it.
  public let file: String
  /// Whether a file of the desk stands in for the shipped definition, or adds one.
  public let isOfTheDesk: Bool
  /// Names its content, queries included, so that a kept report tells when it was made by another definition.
  public let hash: String

  /// The section whose rows are the file `NAME.csv`.
  public var primary: ReportSection { sections.first { $0.isPrimary } ?? sections[0] }
}

/// A wording in both languages.
public struct Bilingual: Sendable, Hashable {
  public let es: String
  public let en: String

  public init(es: String, en: String) {
    self.es = es
    self.en = en
  }

  public func callAsFunction(_ language: Language) -> String { language(es: es, en: en) }
}

/// A value that the SQL of a report takes beyond those that every report has.
public struct ReportParameter: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case text, integer, date, instant
  }

  /// Without the colon that SQL writes before it.
  public let name: String
  public let kind: Kind
  public let label: Bilingual
  /// What is meant when a run does not give it; `nil` binds NULL.
  public let fallback: String?
}

/// One query of a report and its layout.
public struct ReportSection: Sendable {
  /// How a section shows its rows.
  public enum Layout: String, Sendable, CaseIterable {
    case table
    /// One row, whose columns are figures of their own.
    case figures
  }

  public let id: String
  public let title: Bilingual
  /// A sentence under the title; empty when there is nothing to say.
  public let note: Bilingual?
  /// What is said in place of a table without rows.
  public let empty: Bilingual?
  public let layout: Layout
  public let isPrimary: Bool
  public let sql: String
  public let columns: [ReportColumn]
  public let chart: ReportChart?
  public let board: ReportBoard?
}

/// A column of a section, as all formats have it.
public struct ReportColumn: Sendable {
  /// How the values of all rows are summed up under them.
  public enum Total: String, Sendable, CaseIterable {
    case none, sum
    /// How many rows have a value.
    case count
  }

  /// What a colour and a symbol say of a figure or a bar.
  public enum Tone: String, Sendable, CaseIterable {
    case late
    case near = "near-due"
    case onTime = "on-time"
    case neutral
  }

  /// Stable: the column's name in SQL, in CSV and in JSON.
  public let name: String
  public let kind: ColumnKind
  public let label: Bilingual
  public let total: Total
  public let tone: Tone?
  /// Of a number: where the rows are that it counts.
  public let link: ReportLink?
  /// Of a `word`: what people read for each value.
  public let words: [String: Word]
  /// What people read where there is no value; a dash unless it says otherwise.
  public let absent: Bilingual?
  /// Whether only CSV and JSON show it.
  public let isDataOnly: Bool
}

/// Where the rows are that a number counts.
public struct ReportLink: Sendable, Hashable {
  /// One column of those rows, and what it has.
  public struct Condition: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
      /// The raw value as text, as CSV has it; empty for none.
      case fixed(String)
      /// What the number's own row has in a column.
      case own(column: String)
    }

    public let column: String
    public let value: Value
  }

  /// The id of the section that has them.
  public let section: String
  /// Which of its rows they are; empty: all.
  public let conditions: [Condition]
}

/// A value that stands for something.
public struct Word: Sendable {
  public let label: Bilingual
  public let tone: ReportColumn.Tone?
}

/// A drawing of the rows of a section.
public struct ReportChart: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// One bar for each row, whose parts are the values.
    case bars
    /// The first row as one bar.
    case stack
    /// One upright bar for each row, which is a day, whose parts are the values; days follow one another.
    case stackedDays = "stacked-days"
    /// One upright bar for each row, which is a band of a distribution.
    case ages
    /// One point for each row, which is a day, joined by a line.
    case spark
    /// One cell for each row: `label` names its line and `across` its column.
    case matrix

    /// Whether a row is a day, so that its label is a date.
    var isOverDays: Bool { self == .stackedDays || self == .spark }
    /// Whether it draws one value, rather than parts of a whole.
    var hasOneValue: Bool { self == .ages || self == .spark || self == .matrix }
  }

  public let kind: Kind
  public let title: Bilingual
  /// The column that names a bar, a point or a line of cells; `nil` for a stack.
  public let label: String?
  /// The column that names a cell's column; of a matrix alone.
  public let across: String?
  /// The columns whose values are drawn, in order.
  public let values: [String]
}

/// The card of a section on the page's first screen.
public struct ReportBoard: Sendable {
  public let title: Bilingual
  /// What the card says when there is nothing to show.
  public let empty: Bilingual?
  /// The chart of the section instead of rows.
  public let showsChart: Bool
  /// How many rows, from the first.
  public let rows: Int
  /// The column of a ticket's or a task's number.
  public let number: String?
  public let lead: String?
  public let notes: [String]
  public let value: String?
  /// Which rows it shows; `nil`: all.
  public let condition: Condition?

  /// What a row has in a column to be on the card.
  public enum Condition: Sendable {
    case equals(column: String, value: String)
    case hasValue(column: String)
  }
}
