internal import SLA
internal import Text

/// The words that pages say of themselves.
enum Wording {
  static func months(_ language: Language) -> [String] {
    language == .es
      ? [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
      ]
      : [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
      ]
  }

  static func shortMonths(_ language: Language) -> [String] { months(language).map { String($0.prefix(3)) } }

  static func weekdays(_ language: Language) -> [String] {
    language == .es
      ? ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
      : ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  }

  static func shortWeekdays(_ language: Language) -> [String] { weekdays(language).map { String($0.prefix(3)) } }

  static func asOf(_ language: Language) -> String { language(es: "Al", en: "As of") }
  static func zone(_ language: Language) -> String { language(es: "Zona", en: "Zone") }
  static func period(_ language: Language) -> String { language(es: "Periodo", en: "Period") }
  static func since(_ language: Language) -> String { language(es: "Cambios desde", en: "Changes since") }
  static func lastEvent(_ language: Language) -> String { language(es: "Último evento", en: "Last event") }
  static func versions(_ language: Language) -> String { language(es: "Versiones", en: "Versions") }
  static func rows(_ language: Language) -> String { language(es: "Filas", en: "Rows") }
  static func madeWith(_ language: Language) -> String {
    language(
      es: "Para 'plazo report verify', con qué se hizo:", en: "For 'plazo report verify', what it was made with:")
  }
  static func total(_ language: Language) -> String { language(es: "Total", en: "Total") }
  static func contents(_ language: Language) -> String { language(es: "Contenido", en: "Contents") }
  static func summary(_ language: Language) -> String { language(es: "Resumen", en: "Summary") }
  static func nothing(_ language: Language) -> String { language(es: "Sin filas.", en: "No rows.") }
  static func skip(_ language: Language) -> String { language(es: "Ir al detalle", en: "Skip to the detail") }

  // MARK: The index

  static func keptReports(_ language: Language) -> String { language(es: "Reportes", en: "Reports") }
  static func keptAbout(_ language: Language) -> String {
    language(
      es: "Los reportes que se conservan, el último de cada uno primero.",
      en: "The reports that are kept, the latest of each first.")
  }
  static func nothingKept(_ language: Language) -> String {
    language(es: "Aún no se conserva ningún reporte.", en: "No report is kept yet.")
  }
  static func latest(_ language: Language) -> String { language(es: "Los últimos", en: "The latest") }
  static func files(_ language: Language) -> String { language(es: "Archivos", en: "Files") }
  static func contentsOf(_ language: Language) -> String { language(es: "De qué", en: "Of what") }

  static func format(_ format: ReportFormat, _ language: Language) -> String {
    switch format {
    case .html: language(es: "Página", en: "Page")
    case .csv: "CSV"
    case .text: language(es: "Texto", en: "Text")
    case .json: "JSON"
    }
  }

  static func rowCount(_ count: String, isOne: Bool, _ language: Language) -> String {
    isOne ? language(es: "1 fila", en: "1 row") : language(es: "\(count) filas", en: "\(count) rows")
  }

  /// Of a card that shows only some rows of its section.
  static func seeAll(_ count: String, isOne: Bool, _ language: Language) -> String {
    isOne
      ? language(es: "Ver el detalle", en: "See the detail")
      : language(es: "Ver todo (\(count))", en: "See all (\(count))")
  }

  /// Under a section of which a page shows only the first rows.
  static func cut(shown: String, of count: String, _ language: Language) -> String {
    language(es: "Se muestran \(shown) de \(count) filas", en: "\(shown) of \(count) rows are shown")
  }

  static func firstOf(_ shown: String, _ count: String, _ language: Language) -> String {
    language(es: "\(shown) de \(count)", en: "\(shown) of \(count)")
  }

  static func highest(_ language: Language) -> String { language(es: "máximo", en: "highest") }

  /// The words of a page's script, as attributes; in `shown`, 0 and 1 stand for the numbers.
  static func scriptWords(_ language: Language) -> [(String, String)] {
    [
      ("data-filter", language(es: "Filtrar", en: "Filter")), ("data-sort", language(es: "Ordenar por", en: "Sort by")),
      ("data-shown", language(es: "0 de 1 filas", en: "0 of 1 rows")),
      ("data-all", language(es: "Ver todas", en: "Show all")),
    ]
  }

  static func restIs(in file: String, _ language: Language) -> String {
    language(es: "todas están en \(file)", en: "all are in \(file)")
  }

  static func restNeedsCSV(_ language: Language) -> String {
    language(es: "el formato csv las tiene todas", en: "the csv format has them all")
  }

  static func columnsLeftOut(_ labels: String, _ language: Language) -> String {
    language(es: "Más columnas en el formato csv: \(labels)", en: "More columns in the csv format: \(labels)")
  }
}
