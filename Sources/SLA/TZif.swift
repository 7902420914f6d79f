/// The parts of a TZif file that say when a zone's offset changes. - Source: RFC 8536 §3.
struct TZif {
  var initialOffset: Int64 = 0
  var changes: [Int64] = []
  var offsets: [Int64] = []
  /// The POSIX rule for instants after the last change; empty when there is none.
  var footer = ""

  init(_ bytes: [UInt8], zone: String) throws(ZoneError) {
    var reader = ByteReader(bytes: bytes)
    func fail(_ reason: String) -> ZoneError { .unreadable(zone: zone, reason: reason) }
    guard let first = Header(&reader) else { throw fail("it is not a TZif file") }
    guard first.version >= 2 else { throw fail("it is a TZif file of version 1, which ends in 2037") }
    // Version 2 repeats everything in 64 bits after the 32-bit block.
    reader.position += first.bodySize(timeSize: 4)
    guard let header = Header(&reader) else { throw fail("its second header is missing") }
    guard reader.position + header.bodySize(timeSize: 8) <= bytes.count, header.typeCount > 0 else {
      throw fail("it breaks off")
    }
    for _ in 0..<header.timeCount { changes.append(reader.integer(8)) }
    let types = (0..<header.timeCount).map { _ in Int(reader.integer(1) & 0xff) }
    let typeOffsets = (0..<header.typeCount).map { _ in
      let offset = reader.integer(4)
      reader.position += 2  // Whether it is daylight saving, and its abbreviation: neither moves a clock.
      return offset
    }
    guard types.allSatisfy({ $0 < typeOffsets.count }) else { throw fail("it names a type that it lacks") }
    offsets = types.map { typeOffsets[$0] }
    initialOffset = typeOffsets[0]
    reader.position += header.charCount + header.leapCount * 12 + header.standardCount + header.utCount
    let rest = bytes[min(reader.position, bytes.count)...]
    guard rest.first == 10, let end = rest.dropFirst().firstIndex(of: 10) else { throw fail("its footer is missing") }
    footer = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
  }

  private struct Header {
    let version: Int
    let utCount, standardCount, leapCount, timeCount, typeCount, charCount: Int

    init?(_ reader: inout ByteReader) {
      guard reader.position + 44 <= reader.bytes.count,
        reader.bytes[reader.position..<reader.position + 4].elementsEqual("TZif".utf8)
      else { return nil }
      version = Int(reader.bytes[reader.position + 4]) - 48
      reader.position += 20
      let counts = (0..<6).map { _ in Int(reader.integer(4)) }
      guard counts.allSatisfy({ (0...1_000_000).contains($0) }) else { return nil }
      (utCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
      (timeCount, typeCount, charCount) = (counts[3], counts[4], counts[5])
    }

    func bodySize(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + charCount + leapCount * (timeSize + 4) + standardCount + utCount
    }
  }
}

private struct ByteReader {
  let bytes: [UInt8]
  var position = 0

  /// A big-endian, signed integer of so many bytes.
  mutating func integer(_ size: Int) -> Int64 {
    var value: Int64 = 0
    for byte in bytes[position..<position + size] { value = value << 8 | Int64(byte) }
    position += size
    let shift = Int64(64 - size * 8)
    return (value << shift) >> shift
  }
}
