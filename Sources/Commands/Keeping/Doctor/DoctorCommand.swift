internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let doctorCommand = Command(
  name: "doctor", summary: "looks the whole desk over, and says what is wrong and what to do about it",
  options: [
    Listing.formatOption,
    .init("--quiet", nil, "lists findings only"),
    .init("--accept-clock", nil, "takes the clock as it is now for right, after one that ran ahead"),
  ],
  details: """
    It reads every page of the file, makes every ticket and task anew from its events and compares, and looks at the
    settings, the rules in force, zone data, calendars, channels, permissions, room, jobs and backups. It changes nothing.
    Exit codes: 0 nothing found; 1 something was.

    When the machine's clock ran ahead, sweeps before the time that it showed do nothing. With --accept-clock, the clocks
    of all tickets are judged anew from the events as of now, and jobs run again. What was recorded with a wrong time
    stays recorded; how much that is, is told.
    """,
  examples: ["plazo doctor", "plazo doctor --format json", "plazo doctor --accept-clock"], isForStaff: true
) { line, session in
  try session.keepContactsOut()
  if line.has("--accept-clock") { return try ClockAcceptance(session).run() }
  let examination = try Examination(session)
  let rows = Doctor(examination).rows()
  let shown = line.has("--quiet") ? rows.filter { $0.outcome == .finding } : rows
  let language = examination.configuration.map(session.language) ?? .en
  switch try Listing.format(line) {
  case .text: for text in Doctor.text(shown) { session.world.output.line(text) }
  case let format:
    try PlainTable(
      columns: [
        ("check", .init(es: "Revisión", en: "Check")), ("outcome", .init(es: "Resultado", en: "Outcome")),
        ("problem", .init(es: "Problema", en: "Problem")), ("mend", .init(es: "Qué hacer", en: "What to do")),
      ],
      rows: shown.map { row in
        [
          .text(row.check.name), .text(row.outcome.rawValue), row.problem.map { .text($0) } ?? .none,
          row.mend.map { .text($0) } ?? .none,
        ]
      }
    ).print(
      format, to: session.world.output, zone: examination.zone, language: language,
      empty: .init(es: "No hay nada.", en: "There is nothing."))
  }
  return rows.contains { $0.outcome == .finding } ? .failed : .done
}

/// Makes the checks.
struct Doctor {
  private let examination: Examination

  init(_ examination: Examination) { self.examination = examination }

  enum Outcome: String {
    case ok, finding
    /// Something that another finding names kept it from being made.
    case notExamined = "not-examined"
  }

  /// One finding, or a check that found none.
  struct Row {
    var check: DoctorCheck
    var outcome: Outcome
    var problem: String?
    var mend: String?
  }

  func rows() -> [Row] { doctorChecks.flatMap(rows) }

  private func rows(of check: DoctorCheck) -> [Row] {
    do {
      let findings = try check.run(examination)
      if findings.isEmpty { return [Row(check: check, outcome: .ok)] }
      return findings.map { Row(check: check, outcome: .finding, problem: oneLine($0.problem), mend: oneLine($0.mend)) }
    } catch let error as Examination.NotExamined {
      return [Row(check: check, outcome: .notExamined, problem: error.reason)]
    } catch {
      return lines(of: error, folder: examination.folder).map { text in
        // An error is one line: what is wrong; what to do.
        let parts = text.split(separator: "; ", maxSplits: 1).map(String.init)
        return Row(
          check: check, outcome: .finding, problem: parts.first ?? text, mend: parts.count > 1 ? parts[1] : "see above")
      }
    }
  }

  static func text(_ rows: [Row]) -> [String] {
    let width = (doctorChecks.map(\.name.count).max() ?? 0) + 2
    var texts: [String] = []
    for row in rows {
      let name = row.check.name.padding(to: width)
      switch row.outcome {
      case .ok: texts.append("ok       \(name)\(row.check.subject)")
      case .finding:
        texts.append("FINDING  \(name)\(row.problem ?? "")")
        texts.append("         \("".padding(to: width))→ \(row.mend ?? "")")
      case .notExamined: texts.append("-        \(name)not examined: \(row.problem ?? "")")
      }
    }
    let found = rows.count { $0.outcome == .finding }
    texts.append(found == 0 ? "nothing found" : "\(found) finding\(found == 1 ? "" : "s")")
    return texts
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
