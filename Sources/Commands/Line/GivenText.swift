internal import Desk
internal import Glibc
internal import Text

/// How many bytes a text on standard input or in a file has at most: 8 MiB, far more than anybody reads.
private let longestText = 8 * 1_048_576

/// A text given on the line, or on standard input where it is `-`.
/// - Throws: `DeskError` for input that is no text, or too much of it.
func text(_ line: Line, _ option: String, _ session: Session) throws -> String? {
  guard let value = line.value(option), value == "-" else { return line.value(option) }
  return try text(of: session.world.input, named: "standard input")
}

/// A text that an option gives itself, or another option as the name of a file that holds it.
func text(_ line: Line, _ option: String, file fileOption: String, _ session: Session) throws -> String? {
  guard let path = line.value(fileOption) else { return try text(line, option, session) }
  guard !line.has(option) else {
    throw UsageError(problem: "both \(option) and \(fileOption) are given", mend: "give one of them")
  }
  if path == "-" { return try text(of: session.world.input, named: "standard input") }
  return try withFile(path) { try text(of: Input(descriptor: $0), named: "'\(path)'") }
}

/// What a stream holds, as text; the last line break is not part of it.
private func text(of input: Input, named name: String) throws -> String {
  let bytes: [UInt8]?
  do { bytes = try input.read(upTo: longestText) } catch let error as InputError {
    throw DeskError("\(name) cannot be read (\(error.reason))", mend: "check what it is")
  }
  guard let bytes else {
    throw DeskError(
      "\(name) has more than \(longestText) bytes of text", mend: "shorten it, or attach it with --file")
  }
  // SQL ends a text at a NUL: what follows it could be stored and never be found.
  guard !bytes.contains(0) else {
    throw DeskError("\(name) holds a NUL byte, which is no text", mend: "attach it with --file")
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw DeskError("the text on \(name) is not UTF-8", mend: "convert it first, with 'iconv -t UTF-8' say")
  }
  return text.hasSuffix("\n") ? String(text.dropLast(1)) : text
}

/// The files that an option names, each at most as large as the desk takes.
func files(_ line: Line, _ option: String) throws -> [Attachment] { try line.values(option).map(file) }

/// A file as it is, under the last part of its path.
func file(_ path: String) throws -> Attachment {
  try withFile(path) { descriptor in
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    var information = stat()
    // Told before it is read, where the system knows; a pipe has no size.
    if fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
      information.st_size > Attachment.limit
    {
      throw Attachment.tooLarge(name, size: Int(information.st_size))
    }
    do {
      guard let bytes = try Input(descriptor: descriptor).read(upTo: Attachment.limit) else {
        throw DeskError(
          "'\(name)' has more than the \(Attachment.limit) bytes (1 MiB) that a file may have",
          mend: "make it smaller or split it; nothing was recorded")
      }
      return try Attachment(name: name, content: bytes)
    } catch let error as InputError {
      throw DeskError("'\(path)' cannot be read (\(error.reason))", mend: "check what it is")
    }
  }
}

/// The text of a file that the program itself made, which an editor may have changed.
func text(inFile path: String) throws -> String {
  try withFile(path) { try text(of: Input(descriptor: $0), named: "'\(path)'") }
}

func withFile<T>(_ path: String, _ body: (Int32) throws -> T) throws -> T {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw DeskError(
      "'\(path)' cannot be read (\(String(cString: strerror(errno)).lowercased()))", mend: "check its name and rights")
  }
  defer { close(descriptor) }
  return try body(descriptor)
}

extension Line {
  /// A text of one line: a title, a number of the provider's. - Throws: `UsageError` for one that breaks the line.
  func oneLine(_ option: String) throws -> String? {
    guard let text = value(option) else { return nil }
    guard text.count <= 500 else {
      throw UsageError(
        problem: "the text of \(option) has \(text.count) characters, and may have at most 500", mend: "shorten it")
    }
    // Line and paragraph separators count as line breaks, wherever a text is shown.
    guard !text.unicodeScalars.contains(where: { $0.value < 32 || [0x7F, 0x85, 0x2028, 0x2029].contains($0.value) })
    else {
      throw UsageError(
        problem: "the text of \(option) has a line break or a control character", mend: "write it on one line")
    }
    return text
  }
}
