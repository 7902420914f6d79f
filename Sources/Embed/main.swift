// Writes the files of a folder into one Swift source, as raw string literals: `embed FOLDER OUTPUT`.
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

func fileNames(in folder: String) -> [String] {
  guard let directory = opendir(folder) else { fail("\(folder) cannot be read") }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name.hasSuffix(".json5") || name.hasSuffix(".sql") { names.append(name) }
  }
  return names.sorted()
}

guard CommandLine.arguments.count == 3 else { fail("give the folder and the Swift file to write") }
let folder = CommandLine.arguments[1]
let output = CommandLine.arguments[2]
// More marks than any definition has in a row, so that nothing inside ends the literal or is read as an escape.
let marks = "#####"
var source = "enum ShippedFiles {\n  static let all: [(name: String, text: String)] = [\n"
for name in fileNames(in: folder) {
  guard let text = String(validating: contents(of: "\(folder)/\(name)"), as: UTF8.self) else {
    fail("\(folder)/\(name) is not UTF-8")
  }
  source += "(\"\(name)\", \(marks)\"\"\"\n\(text)\n\"\"\"\(marks)),\n"
}
source += "  ]\n}\n"
guard let file = fopen(output, "w"), fputs(source, file) >= 0, fclose(file) == 0 else {
  fail("\(output) cannot be written")
}
