/// Instants as ISO 8601 text, with the offset in force.
extension Instant {
  /// `2026-03-27T17:00:00-06:00`, or with `Z` where the offset is zero.
  public func iso8601(in zone: Zone) -> String {
    let offset = zone.offset(at: self)
    let local = seconds + offset
    let second = Int(floorModulo(local, 86_400))
    let time = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    return "\(LocalDate(localSeconds: local))T\(time)\(Self.offsetText(offset))"
  }

  /// `2026-03-27 17:00:00` by the zone's wall clock.
  public func localText(in zone: Zone) -> String {
    let local = zone.localSeconds(at: self)
    let second = Int(floorModulo(local, 86_400))
    return
      "\(LocalDate(localSeconds: local)) \(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
  }

  private static func offsetText(_ offset: Int64) -> String {
    if offset == 0 { return "Z" }
    let size = Int(offset.magnitude)
    let seconds = size % 60 == 0 ? "" : ":\(padded(size % 60, 2))"
    return "\(offset < 0 ? "-" : "+")\(padded(size / 3600, 2)):\(padded(size / 60 % 60, 2))\(seconds)"
  }

  /// Reads `2026-03-27`, `2026-03-27T17:00`, `2026-03-27 17:00:00`, each with or without `Z` or an offset such as
  /// `-06:00` or `+0530`. Without an offset the wall clock of `zone` is meant, a date alone being its midnight.
  ///
  /// Fractions of a second are cut off. `24:00` is the end of the day. Returns `nil` for anything else.
  public init?(iso8601 text: some StringProtocol, in zone: Zone) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes.count <= 40, let date = LocalDate(String(decoding: bytes[0..<10], as: UTF8.self))
    else { return nil }
    var position = 10
    func digits(_ count: Int) -> Int64? {
      guard position + count <= bytes.count else { return nil }
      var value: Int64 = 0
      for byte in bytes[position..<position + count] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      position += count
      return value
    }
    func take(_ character: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == character else { return false }
      position += 1
      return true
    }
    var second: Int64 = 0
    if position < bytes.count {
      guard take(84) || take(32) || take(116) else { return nil }  // T, space, t
      guard let hour = digits(2), take(58), let minute = digits(2) else { return nil }
      var rest: Int64 = 0
      if take(58) {
        guard let value = digits(2) else { return nil }
        rest = value
        if take(46) || take(44) {
          guard digits(1) != nil else { return nil }
          while digits(1) != nil {}
        }
      }
      guard minute < 60, rest < 60, hour < 24 || (hour == 24 && minute == 0 && rest == 0) else { return nil }
      second = hour * 3600 + minute * 60 + rest
    }
    let local = date.localSeconds + second
    if position == bytes.count {
      self = zone.instant(atLocalSeconds: local)
      return
    }
    if take(90) || take(122) {
      guard position == bytes.count else { return nil }
      self.init(local)
      return
    }
    let isWest = take(45)
    guard isWest || take(43), let hours = digits(2) else { return nil }
    _ = take(58)
    let minutes = position == bytes.count ? 0 : digits(2)
    guard let minutes, position == bytes.count, hours < 24, minutes < 60 else { return nil }
    self.init(local - (isWest ? -1 : 1) * (hours * 3600 + minutes * 60))
  }
}
