import Testing
import Text

@Suite("What a reply says by itself") struct QuotedTextTests {
  @Test(
    "leaves out the mail that it answers, where that ends it",
    arguments: [
      (
        "Ya funciona.\n\nEl vie, 27 mar 2026 a las 9:00, Soporte <s@x.mx> escribió:\n> ¿Ya?\n> \n> Saludos\n",
        "Ya funciona."
      ),
      // Broken into two lines, as mail programs do.
      ("Sí.\n\nEl vie, 27 mar 2026 a las 9:00, Soporte (<s@x.mx>)\nescribió:\n\n> ¿Ya?", "Sí."),
      ("Yes.\n\nOn Fri, Mar 27, 2026 at 9:00 AM Support\n<s@x.mx> wrote:\n> Done?\n\n", "Yes."),
      ("Sí.\n\nSoporte:\n> ¿Ya?", "Sí."),
      ("Sí.\n-----Mensaje original-----\nDe: Soporte\nAsunto: x\n\n¿Ya?", "Sí."),
      ("Yes.\n\n----- Original Message -----\nFrom: x", "Yes."),
      ("Sí.\n________________________________\nDe: Soporte\n", "Sí."), ("Sí.\n\n-- \nCarla Díaz\nAcme", "Sí."),
      ("Sí.\n-- \nCarla\n\nEl 27 mar, Soporte escribió:\n> x", "Sí."),
    ])
  func cut(text: String, own: String) { #expect(QuotedText.own(text) == own) }

  @Test(
    "keeps all that it does not understand",
    arguments: [
      // Answers between quotations.
      "> ¿Cuándo?\nAyer.\n> ¿Dónde?\nEn la oficina.",
      // Nothing but a quotation, or nothing before a mark.
      "> ¿Ya?", "-----Mensaje original-----\nx", "Los pasos son:\n1. abrir\n2. cerrar", "a -- b\n--\nc",
      "Pasa esto:\n\notra cosa",
    ])
  func kept(text: String) { #expect(QuotedText.own(text) == text) }

  @Test("keeps the sentence before a quotation that does not introduce it")
  func sentence() {
    #expect(
      QuotedText.own("Dice lo siguiente y nada más:\nsegún él:\n> error 17")
        == "Dice lo siguiente y nada más:\nsegún él:")
  }
}
