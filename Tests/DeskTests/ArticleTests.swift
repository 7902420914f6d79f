import Desk
import SLA
import SQLite
import Testing

@Suite struct ArticleTests {
  private func draft(_ title: String, _ problem: String = "x", _ solution: String = "x") -> Articles.Draft {
    var draft = Articles.Draft()
    draft.title = title
    draft.problem = problem
    draft.solution = solution
    return draft
  }

  private func found(_ office: Office, _ text: String, product: String? = nil) throws -> [Int64] {
    try ArticleSearch(office.connection).find(text, product: product).hits.map(\.id)
  }

  @Test func wordsAreFoundWhateverTheirAccentsAndCapitals() throws {
    let office = try Office()
    let articles = office.articles(office.ana)
    let id = try articles.add(draft("Resolución de nómina", "El timbrado falla", "Reinstalar el controlador. ÑANDÚ"))
    for words in [
      "resolucion", "RESOLUCIÓN", "resolu", "nomina", "reso\u{301}lucio\u{301}n", "timbrado falla", "nandu", "ñandú",
      "\"timbrado falla\"", "«el timbrado»", "control", "falla resolucion", "nomina -impresora",
    ] { #expect(try found(office, words) == [id], "\(words)") }
    for words in ["impresora", "\"falla timbrado\"", "nomina -timbrado", "olucion", "nomina -\"el timbrado\""] {
      #expect(try found(office, words).isEmpty, "\(words)")
    }
  }

  @Test(arguments: [
    "\"", "\"a", "a\"", "*", "a*", "a OR", "NOT", "NEAR(a b)", "title:a", "{a b}", "(", ")", "a AND (b", "^a", "+",
    "a + b",
    "-", "--", "'", "a'b", "a;b", "«", "»a", "\\", "%", "\u{0}", "a\u{0}b", "-a b", "a -", "a:b:c", "\"\"",
    "\"a\"\"b\"",
    "😀", "مرحبا", "\u{301}",
  ])
  func nothingThatIsTypedIsSyntax(text: String) throws {
    let office = try Office()
    _ = try office.articles(office.ana).add(draft("a b", "near or not"))
    do { _ = try ArticleSearch(office.connection).find(text) } catch let error as DeskError {
      #expect(error.mend == "give a word, such as impresora")
    }
  }

  @Test func theBestComesFirst() throws {
    let office = try Office()
    let articles = office.articles(office.ana)
    let long = String(repeating: "palabras que no importan nada ", count: 20)
    let inSolution = try articles.add(draft("Otro", "x", long + "impresora"))
    let inTitle = try articles.add(draft("Impresora", long, long))
    let inProblem = try articles.add(draft("Otra", long + " impresora", long))
    #expect(try found(office, "impresora") == [inTitle, inProblem, inSolution])
  }

  @Test func withoutAllWordsSomeAreEnoughAndItIsSaid() throws {
    let office = try Office()
    let id = try office.articles(office.ana).add(draft("Impresora en red"))
    let search = ArticleSearch(office.connection)
    let (hits, hasAll) = try search.find("impresora láser")
    #expect(hits.map(\.id) == [id] && !hasAll)
    #expect(try search.find("impresora red").hasAll)
    #expect(try search.find("impresora láser -red").hits.isEmpty)
  }

  @Test func theHitIsMarkedOnOneLine() throws {
    let office = try Office()
    _ = try office.articles(office.ana).add(draft("x", "x", "Primero.\nLa resolución\tes 600."))
    let hit = try #require(try ArticleSearch(office.connection).find("resolucion").hits.first)
    #expect(hit.snippet == "Primero. La «resolución» es 600.")
  }

  @Test func onlyOfAProduct() throws {
    let office = try Office()
    var on = draft("Impresora")
    on.product = .some("Nómina")
    let id = try office.articles(office.ana).add(on)
    _ = try office.articles(office.ana).add(draft("Impresora"))
    #expect(try found(office, "impresora", product: "Nómina") == [id])
    #expect(
      try office.refusal { try found(office, "impresora", product: "Nomina") }
        == "there is no product 'Nomina'; did you mean 'Nómina'? add it with 'plazo product add'")
  }

  @Test func everyVersionIsKept() throws {
    let office = try Office()
    let id = try office.articles(office.ana).add(draft("Uno", "problema", "viejo remedio"))
    var edit = Articles.Draft()
    edit.solution = "remedio nuevo"
    edit.product = .some("Nómina")
    try office.articles(office.luis, Office.now + 60).correct(id, edit, reason: "Mejor")
    edit = Articles.Draft()
    edit.isActive = false
    try office.articles(office.admin, Office.now + 90).correct(id, edit, reason: nil)
    let sheet = try #require(try ArticleSheet(id, on: office.connection))
    #expect(sheet.author == "Ana" && sheet.writtenAt == Office.now && sheet.changedAt == Office.now + 90)
    #expect(sheet.versions.map(\.solution) == ["viejo remedio", "remedio nuevo", "remedio nuevo"])
    #expect(sheet.versions.map(\.recordedBy) == ["ana", "luis", "admin"])
    #expect(sheet.versions.map(\.reason) == [nil, "Mejor", nil])
    #expect(sheet.versions.map(\.product) == [nil, "Nómina", "Nómina"])
    #expect(sheet.versions.map(\.isActive) == [true, true, false])
    // Withdrawn, it is not found; nor by the words of an old version once it is back.
    #expect(try found(office, "remedio").isEmpty)
    edit.isActive = true
    try office.articles(office.admin).correct(id, edit, reason: nil)
    #expect(try found(office, "nuevo") == [id])
    #expect(try found(office, "viejo").isEmpty)
    #expect(try office.differences().isEmpty)
    for sql in ["UPDATE article_version SET title = ''", "DELETE FROM article_version", "DELETE FROM article"] {
      #expect(throws: DatabaseError.self) { try office.connection.execute(sql: sql) }
    }
    try office.connection.execute(sql: "INSERT INTO article_text (article_text) VALUES ('integrity-check')")
  }

  @Test func whatAnArticleNeeds() throws {
    let office = try Office()
    let articles = office.articles(office.ana)
    #expect(
      try office.refusal { try articles.add(draft(" ")) } == "the article has no title; give one with --title")
    #expect(
      try office.refusal { try articles.add(draft("x", "\n")) } == "the article has no problem; give one with --problem"
    )
    #expect(
      try office.refusal { try articles.add(draft("x", "x", "")) }
        == "the article has no solution; give one with --solution")
    #expect(
      try office.refusal { try office.articles(office.contact).add(draft("x")) }
        == "a client's contact does not write articles; ask a technician")
    let id = try articles.add(draft("x"))
    #expect(
      try office.refusal { try articles.correct(id, draft("x"), reason: nil) }
        == "the correction says nothing new; give what differs, such as --solution")
    #expect(
      try office.refusal { try articles.correct(id + 1, draft("x"), reason: nil) }
        == "there is no article \(id + 1); see 'plazo kb list'")
  }

  @Test func aTicketGivesItsProblemAndTheReplyThatSolvedIt() throws {
    let office = try Office()
    let id = try office.open(at: Office.now - 1000)
    func reply(_ text: String, _ user: User, _ after: Seconds, closes: Bool = false) throws {
      _ = try office.tickets(user, Office.now + after).reply(
        to: id,
        Office.reply {
          $0.body = text
          $0.closes = closes
        })
    }
    #expect(
      try office.refusal { try office.articles(office.ana).add(.init(), from: id) }
        == "support never replied to ticket \(id); say what solved it with --solution")
    try reply("¿Qué modelo es?", office.ana, -900)
    try reply("Una láser.", office.contact, -800)
    try reply("Instale el controlador 3.2.", office.ana, -700, closes: true)
    try reply("Gracias.", office.contact, -600)
    try reply("De nada.", office.ana, -500)
    let article = try office.articles(office.ana).add(.init(), from: id)
    let last = try #require(try ArticleSheet(article, on: office.connection)).last
    #expect(
      last.title == "No imprime" && last.problem == "Desde ayer." && last.solution == "Instale el controlador 3.2.")
    var own = Articles.Draft()
    own.title = "Controlador de la láser"
    own.solution = "El 3.2."
    let other = try office.articles(office.luis).add(own, from: id)
    let sheet = try #require(try ArticleSheet(other, on: office.connection))
    #expect(sheet.last.title == "Controlador de la láser" && sheet.last.solution == "El 3.2." && sheet.ticketID == id)
    #expect(
      try office.refusal { try office.articles(office.ana).add(.init(), from: 99) }
        == "there is no ticket 99; see 'plazo ticket list'")
  }

  @Test func textsComeBackAsTheyWereWritten() throws {
    let office = try Office()
    for text in TextTests.texts {
      let id = try office.articles(office.ana).add(draft("x" + text, "x" + text, "x" + text))
      let last = try #require(try ArticleSheet(id, on: office.connection)).last
      for kept in [last.title, last.problem, last.solution] {
        #expect(Array(kept.utf8) == Array(("x" + text).utf8))
      }
      let day = try office.activities(office.luis).log(
        .init(startedAt: nil, day: LocalDate("2026-03-27")!, seconds: 1, description: "x" + text))
      let kept = try office.connection.rows(sql: "SELECT description FROM activity WHERE id = ?", .integer(day))
      #expect(kept[0][0].text.map { Array($0.utf8) } == Array(("x" + text).utf8))
    }
    #expect(try office.differences().isEmpty)
  }

  @Test func whatDiffersFromItsVersionsIsNamed() throws {
    let office = try Office()
    let id = try office.articles(office.ana).add(draft("Uno"))
    try office.connection.execute(sql: "UPDATE article SET title = 'Dos' WHERE id = \(id)")
    #expect(try office.differences().map(\.description) == ["article \(id): title"])
    try office.connection.execute(sql: "UPDATE article SET title = 'Uno', version = 3 WHERE id = \(id)")
    #expect(try office.differences().map(\.description) == ["article \(id): version"])
  }
}

extension Office {
  func articles(_ actor: User, _ now: Instant = Office.now) -> Articles {
    Articles(connection, actor: actor, now: now)
  }
}
