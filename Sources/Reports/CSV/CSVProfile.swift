/// How a CSV file is written, by the program that will open it.
public enum CSVProfile: String, Sendable, CaseIterable {
  /// Comma, decimal dot, no mark at the beginning. - Source: RFC 4180.
  case rfc4180
  /// Comma, decimal dot, and the byte order mark by which Excel knows UTF-8.
  case excelEnglish = "excel-en"
  /// Semicolon, decimal comma, byte order mark: a double click opens it right where the system speaks Spanish.
  case excelSpanish = "excel-es"

  var delimiter: UInt8 { self == .excelSpanish ? UInt8(ascii: ";") : UInt8(ascii: ",") }
  var decimalMark: UInt8 { self == .excelSpanish ? UInt8(ascii: ",") : UInt8(ascii: ".") }
  var hasByteOrderMark: Bool { self != .rfc4180 }
  /// Whether a spreadsheet would take a text of digits for a number, and lose some of them.
  var keepsDigits: Bool { self != .rfc4180 }
}

/// What the first line of a CSV file names the columns by.
public enum CSVHeaders: String, Sendable, CaseIterable {
  /// Stable lower-case English, for programs.
  case names
  /// The labels in the reader's language.
  case labels
}
