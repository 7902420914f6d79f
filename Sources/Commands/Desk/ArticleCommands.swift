internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let articleCommands: [Command] = [
  Command(
    name: "kb add", summary: "adds an article: a known problem and its solution",
    options: [
      .init("--title", "TEXT", "what it is about, in a line"),
      .init("--problem", "TEXT", "what goes wrong; '-' reads standard input"),
      .init("--solution", "TEXT", "what helps; '-' reads standard input"),
      .init("--product", "NAME", "what it is about"),
      .init("--from-ticket", "NUMBER", "takes from a ticket what is not given"),
    ],
    details: """
      A ticket gives its title, its description as the problem, its product, and as the solution the last reply of
      support before it was closed. Leave out what belongs to one client only.
      """,
    examples: [
      "plazo kb add --from-ticket 50 --as luis",
      """
      plazo kb add --as ana --title "No imprime en red" \\
        --problem "Sale sin formato." --solution "Reinstalar el controlador 3.2."
      """,
    ], isForStaff: true
  ) { line, session in
    let desk = try session.open()
    let number = try articles(session, desk).add(try draft(line, session), from: try line.id("--from-ticket"))
    session.world.output.line("\(number)")
    return .done
  },
  Command(
    name: "kb search", summary: "finds articles by their words, the best first", operands: ["WORDS…"],
    options: [
      .init("--product", "NAME", "only articles on it"), .init("--limit", "N", "at most so many; else 20, 0 for all"),
      Listing.formatOption,
    ],
    details: """
      Accents and capitals do not matter, and the beginning of a word is enough: resolucion finds Resolución. All words
      must be there; when no article has them all, those that have some are shown, and it is said. "Between quotes"
      words must follow one another; a word behind a minus must not be there (put -- before the first one).
      """,
    examples: [
      "plazo kb search descuento regla", "plazo kb search '\"dos reglas\"' --product \"Punto de venta\"",
      "plazo kb search -- certificado -nómina",
    ], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let limit = try line.count("--limit") ?? 20
    let (hits, hasAll) = try ArticleSearch(desk.connection).find(
      line.operands.joined(separator: " "), product: line.value("--product"), limit: limit == 0 ? nil : limit)
    let say = desk.language
    if !hasAll, !hits.isEmpty {
      session.world.talk.line(
        "plazo: "
          + say(
            es: "ningún artículo tiene todas las palabras; estos tienen algunas",
            en: "no article has all the words; these have some"))
    }
    guard try Listing.format(line) == .text, !hits.isEmpty else {
      try PlainTable(
        columns: [
          ("number", .init(es: "No.", en: "No.")), ("title", .init(es: "Artículo", en: "Article")),
          ("product", .init(es: "Producto", en: "Product")), ("changed_at", .init(es: "Fecha", en: "Date")),
          ("snippet", .init(es: "Texto", en: "Text")),
        ],
        rows: hits.map {
          [
            .number(Int($0.id)), .text($0.title), $0.product.map { .text($0) } ?? .none, .instant($0.changedAt),
            .text($0.snippet),
          ]
        }
      ).print(line, session, desk, empty: .init(es: "Ningún artículo.", en: "No article."))
      return .done
    }
    for hit in hits {
      let facts = [hit.product, String(hit.changedAt.localText(in: desk.zone).prefix(10))].compactMap { $0 }
      session.world.output.line(oneLine("\(hit.id)  \(hit.title)  (\(facts.joined(separator: ", ")))"))
      session.world.output.line("    \(oneLine(hit.snippet))")
    }
    return .done
  },
  Command(
    name: "kb list", summary: "all articles, the last changed first",
    options: [
      .init("--product", "NAME", "only articles on it"), .init("--all", nil, "withdrawn ones, too"),
      Listing.formatOption,
    ], examples: ["plazo kb list", "plazo kb list --all --format json"], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    var conditions = line.has("--all") ? ["1"] : ["is_active"]
    var arguments: [String: String] = [:]
    if let product = line.value("--product") {
      _ = try Directory(desk.connection).require(product, in: .product)
      arguments["product"] = product
      conditions.append("product = :product")
    }
    return try Listing(
      title: .init(es: "Base de conocimientos", en: "Knowledge base"),
      sql: """
        SELECT number, title, product, author, changed_at, version, ticket, is_active FROM articles
          WHERE \(conditions.joined(separator: " AND ")) ORDER BY changed_at DESC, number DESC
        """,
      columns: [
        .init("number", .integer, es: "No.", en: "No."), .init("title", .text, es: "Artículo", en: "Article"),
        .init("product", .text, es: "Producto", en: "Product"), .init("author", .text, es: "Autor", en: "Author"),
        .init("changed_at", .instant, es: "Cambiado", en: "Changed"),
        .init("version", .integer, es: "Versión", en: "Version"),
        .init("ticket", .ticket, es: "Ticket", en: "Ticket"),
        .init("is_active", .flag, es: "Vigente", en: "Active"),
      ], parameters: arguments.isEmpty ? [] : [ReportParameter(name: "product", kind: .text)], arguments: arguments,
      empty: .init(es: "Ningún artículo.", en: "No article.")
    ).print(line, session, desk)
  },
  Command(
    name: "kb show", summary: "one article, and how it came to be so", operands: ["NUMBER"],
    options: [
      .init("--history", nil, "with every earlier version"),
      .init("--format", "text|json", "how it is printed; JSON has every version"),
    ], examples: ["plazo kb show 1 --history"], isForStaff: true
  ) { line, session in
    enum Format: String, CaseIterable { case text, json }
    let number = try line.number(0, "article")
    let format = try line.choice("--format", Format.self) ?? .text
    let desk = try session.open(.readOnly)
    guard let sheet = try ArticleSheet(number, on: desk.connection) else {
      throw DeskError("there is no article \(number)", mend: "see 'plazo kb list'")
    }
    let page = ArticlePage(sheet: sheet, desk: desk)
    session.world.output.write(
      format == .json ? try page.json() + "\n" : printable(page.text(hasHistory: line.has("--history"))))
    return .done
  },
  Command(
    name: "kb edit", summary: "corrects an article; the earlier version is kept", operands: ["NUMBER"],
    options: [
      .init("--title", "TEXT", "what it is about, in a line"),
      .init("--problem", "TEXT", "what goes wrong; '-' reads standard input"),
      .init("--solution", "TEXT", "what helps; '-' reads standard input"),
      .init("--product", "NAME", "what it is about; empty for none"),
      .init("--withdraw", nil, "it holds no more: searches leave it out"),
      .init("--restore", nil, "a withdrawn one holds again"), .init("--reason", "TEXT", "why; kept with the version"),
    ],
    examples: ["plazo kb edit 2 --as ana --title \"Renovar el sello\" --reason \"Más corto\""],
    isForStaff: true
  ) { line, session in
    let number = try line.number(0, "article")
    if line.has("--withdraw"), line.has("--restore") {
      throw UsageError(problem: "--withdraw and --restore are both given", mend: "give one of them")
    }
    let desk = try session.open()
    try articles(session, desk).correct(number, try draft(line, session), reason: line.value("--reason"))
    session.confirm("article \(number): corrected")
    return .done
  },
]

private func articles(_ session: Session, _ desk: OpenDesk) throws -> Articles {
  Articles(desk.connection, actor: try session.actor(desk), now: desk.now)
}

private func draft(_ line: Line, _ session: Session) throws -> Articles.Draft {
  if line.value("--problem") == "-", line.value("--solution") == "-" {
    throw UsageError(problem: "standard input can be read only once", mend: "give one of the texts otherwise")
  }
  var draft = Articles.Draft()
  draft.title = line.value("--title")
  draft.problem = try text(line, "--problem", session)
  draft.solution = try text(line, "--solution", session)
  if let product = line.value("--product") { draft.product = .some(product.isEmpty ? nil : product) }
  if line.has("--withdraw") { draft.isActive = false }
  if line.has("--restore") { draft.isActive = true }
  return draft
}
