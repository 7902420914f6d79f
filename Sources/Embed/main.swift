// Writes files into one Swift source, as raw string literals: `embed OUTPUT FILE…`.
//
// Raw literals because the compiler takes 200 KB of them in a third of a second, where arrays of bytes take minutes.
internal import Glibc

func fail(_ problem: String) -> Never {
  let line = "embed: \(problem)\n"
  write(2, line, line.utf8.count)
  exit(1)
}

func contents(of path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { fail("\(path) cannot be opened") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes += buffer[..<count]
  }
}

guard CommandLine.arguments.count >= 2 else { fail("give the Swift file to write, and the files") }
let output = CommandLine.arguments[1]
// More marks than any file has in a row, so that nothing inside ends the literal or is read as an escape.
let marks = "#####"
var source = "enum ShippedFiles {\n  static let all: [(name: String, text: String)] = [\n"
for path in CommandLine.arguments.dropFirst(2) {
  let name = path.split(separator: "/").last ?? ""
  guard let text = String(validating: contents(of: path), as: UTF8.self) else { fail("\(path) is not UTF-8") }
  source += "(\"\(name)\", \(marks)\"\"\"\n\(text)\n\"\"\"\(marks)),\n"
}
source += "  ]\n}\n"
guard let file = fopen(output, "w"), fputs(source, file) >= 0, fclose(file) == 0 else {
  fail("\(output) cannot be written")
}
