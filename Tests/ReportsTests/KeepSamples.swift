import FoundationEssentials
import Glibc
import Reports
import Testing
import Text

/// Writes the shipped reports of the small desk into `$PLAZO_KEEP_SAMPLES`, for eyes and for other programs.
@Suite(.enabled(if: getenv("PLAZO_KEEP_SAMPLES") != nil)) struct KeepSamples {
  @Test(arguments: Language.allCases) func ofEveryReport(_ language: Language) throws {
    let out = String(cString: getenv("PLAZO_KEEP_SAMPLES")) + "/" + language.rawValue
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let desk = try OfficeDesk()
    let catalog = ReportCatalog(folder: nil)
    var request = desk.request([.csv, .json, .html, .text], language: language)
    request.csvProfile = language == .es ? .excelSpanish : .rfc4180
    let written = try desk.runner.run(
      try catalog.names.map { try catalog.definition(named: $0) }, request, to: .folder(out))
    #expect(!written.isEmpty)
  }
}
