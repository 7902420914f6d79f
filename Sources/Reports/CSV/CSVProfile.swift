public import Text

/// How a CSV file is written, by the program that will open it.
public enum CSVProfile: String, Sendable, CaseIterable {
  /// Comma, decimal dot, no mark at the beginning. - Source: RFC 4180.
  case rfc4180
  /// Comma, decimal dot, and the byte order mark by which Excel knows UTF-8.
  case excelEnglish = "excel-en"
  /// Semicolon, decimal comma, byte order mark: a double click opens it right where Spanish is spoken and numbers have a
  /// decimal comma, as in Spain and most of South America.
  case excelSpanish = "excel-es"

  var delimiter: UInt8 { self == .excelSpanish ? UInt8(ascii: ";") : UInt8(ascii: ",") }
  var decimalMark: UInt8 { self == .excelSpanish ? UInt8(ascii: ",") : UInt8(ascii: ".") }
  var hasByteOrderMark: Bool { self != .rfc4180 }
  /// Whether a spreadsheet would take a text of digits for a number, and lose some of them.
  var keepsDigits: Bool { self != .rfc4180 }
}

extension CSVProfile {
  /// What opens right at a double click where a desk is, unless its settings say otherwise. From Mexico to Panama, in the
  /// Caribbean and in Peru, Spanish has a decimal point, and its spreadsheets separate by commas; `excel-es` would make
  /// texts of all their hours.
  ///
  /// - Source: Unicode CLDR, the decimal symbols of the locales es-*; LibreOffice has the same.
  /// - Parameter zone: an IANA name.
  public static func usual(_ language: Language, zone: String) -> CSVProfile {
    language == .es && !zonesWithDecimalPoint.contains(zone) ? .excelSpanish : .excelEnglish
  }

  private static let zonesWithDecimalPoint = Set(
    [
      "Bahia_Banderas", "Cancun", "Chihuahua", "Ciudad_Juarez", "Ensenada", "Hermosillo", "Matamoros", "Mazatlan",
      "Merida", "Mexico_City", "Monterrey", "Ojinaga", "Santa_Isabel", "Tijuana", "Guatemala", "El_Salvador",
      "Tegucigalpa", "Managua", "Panama", "Havana", "Santo_Domingo", "Puerto_Rico", "Lima", "New_York", "Chicago",
      "Denver", "Phoenix", "Los_Angeles",
    ].map { "America/\($0)" } + ["Mexico/General", "Mexico/BajaNorte", "Mexico/BajaSur", "Cuba"])
}

/// What the first line of a CSV file names the columns by.
public enum CSVHeaders: String, Sendable, CaseIterable {
  /// Stable lower-case English, for programs.
  case names
  /// The labels in the reader's language.
  case labels
}
