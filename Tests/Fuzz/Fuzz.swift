import FoundationEssentials
import Glibc
import Monitor
import SLA
import Scheduler

@testable import Desk
@testable import Reports
@testable import Text

// One program for libFuzzer, and one function a parser: $PLAZO_FUZZ says which. 'bash Tests/fuzz.sh' builds and runs it.
// A parser may refuse whatever it likes; it may not end the program, and what it has read must read the same again.

/// What each parser is handed, by its name, which is also that of its corpus.
nonisolated(unsafe) let parsers: [String: ([UInt8]) -> Void] = [
  "csv": csv, "mapping": mapping, "document": document, "tzif": tzif, "cron": cron, "plazo": plazo, "period": period,
  "times": times, "holidays": holidays, "compute": compute,
]

nonisolated(unsafe) let chosen: ([UInt8]) -> Void = {
  let name = String(cString: getenv("PLAZO_FUZZ") ?? strdup(""))
  guard let parser = parsers[name] else {
    print("PLAZO_FUZZ must be one of \(parsers.keys.sorted().joined(separator: " "))")
    exit(2)
  }
  return parser
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosen(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// The package manager gives every program an entry of this name; libFuzzer's own is `main`, which it so takes away.
@_cdecl("Fuzz_main")
public func main(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var (count, arguments) = (count, Optional(arguments))
  return drive(&count, &arguments, fuzzOne)
}

// The two agree in how they hand over pointers and numbers.
@_silgen_name("LLVMFuzzerRunDriver")
private func drive(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The first byte says the encoding and the size of the pieces in which the rest arrives.
private func csv(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let encoding = CSVEncoding.allCases[Int(first & 3) % CSVEncoding.allCases.count]
  func read(_ piece: Int) -> [String] {
    var rest = bytes.dropFirst()
    let reader = CSVReader(file: "a", delimiter: UInt8(ascii: ","), encoding: encoding) { buffer in
      let part = rest.prefix(min(piece, buffer.count))
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
    var told: [String] = []
    do {
      while true {
        switch try reader.step() {
        case .end: return told
        case .bad(let fault): told.append(fault.description)
        case .record:
          if reader.width == nil { reader.width = reader.count }
          for index in 0..<reader.count { told.append(reader.text(index, trimmed: first & 4 != 0)) }
        }
      }
    } catch { return told + ["\(error)"] }
  }
  let whole = read(1 << 16)
  precondition(whole == read(Int(first >> 3) + 1), "pieces of another size give other cells")
}

private func mapping(_ bytes: [UInt8]) {
  do {
    _ = try Mapping(file: "a", data: Data(bytes), zone: .utc) { throw DeskError("there is no zone '\($0)'", mend: "") }
  } catch let faults as Faults {
    precondition(!faults.all.isEmpty)
  } catch { preconditionFailure("\(error)") }
}

private func document(_ bytes: [UInt8]) {
  guard let document = try? Document(file: "a", data: Data(bytes)) else { return }
  guard let text = try? document.root.value?.canonicalText() else { return }
  let again = try? Document(file: "a", data: Data(text.utf8))
  precondition((try? again?.root.value?.canonicalText()) == text, "what was read does not read the same again")
}

private func tzif(_ bytes: [UInt8]) {
  guard let zone = try? Zone(name: "a", data: bytes) else { return }
  for second in [Int64.min / 4, -1, 0, 1_700_000_000, 7_258_118_400, 253_402_300_799] {
    _ = zone.offset(at: Instant(second))
    _ = zone.instant(atLocalSeconds: second)
    _ = zone.nextChange(after: Instant(second))
  }
}

private func cron(_ bytes: [UInt8]) {
  guard let expression = try? CronExpression(text(bytes)) else { return }
  _ = expression.next(after: Instant(1_700_000_000), in: .utc)
}

private func plazo(_ bytes: [UInt8]) {
  let text = text(bytes)
  if let plazo = Plazo(text) { precondition(Plazo(plazo.description) == plazo) }
  if let hours = Hours(text) { precondition(Hours(hours.description) == hours) }
  if let instant = Instant(iso8601: text, in: .utc) {
    precondition(Instant(iso8601: instant.iso8601(in: .utc), in: .utc) == instant)
  }
  for unit in SpentTime.Unit.allCases { _ = SpentTime.seconds(text, unit: unit) }
  if let query = try? ArticleQuery(text) { precondition(query.all.utf8.count(where: { $0 == 34 }) % 2 == 0) }
}

private func period(_ bytes: [UInt8]) { _ = Period(text(bytes), asOf: Instant(1_700_000_000), in: .utc) }

/// A form and a time, a line each.
private func times(_ bytes: [UInt8]) {
  let lines = bytes.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false).map { text(Array($0)) }
  guard lines.count == 2, let format = try? TimeFormat(lines[0]) else { return }
  _ = format.instant(lines[1], in: .utc)
}

/// A calendar file (.ics) of days off.
private func holidays(_ bytes: [UInt8]) {
  guard let file = try? HolidayFile(bytes, file: "a.ics", zone: .utc, years: 2025...2028) else { return }
  _ = file
}

/// Lines of JSON that ask for working time.
private func compute(_ bytes: [UInt8]) {
  let calculator = LineCalculator(
    zone: { _ in .utc }, named: { throw DeskError("there is no calendar '\($0)'", mend: "") })
  var output: [UInt8] = []
  for (number, line) in bytes.split(separator: 10).enumerated() {
    line.withUnsafeBytes { calculator.answer($0, number: number + 1, to: &output) }
  }
  precondition(String(validating: output, as: UTF8.self) != nil, "the answer is not UTF-8")
}
