public import SLA
public import Text

/// How a desk writes its mails.
public struct MailSettings {
  /// The sender's name, and the head of each mail.
  public var deskName: String
  /// The sender's address. Its domain ends every Message-ID.
  public var from: MailAddress
  /// Of a recipient who has none of their own.
  public var language: Language
  /// Of a recipient who has none of their own.
  public var zone: Zone
  /// A zone by its IANA name; `nil` when it cannot be read, and the desk's stands in.
  public var zoneNamed: (String) -> Zone?
  /// The name of the channel that new messages take.
  public var channel: String
  /// What a mail that cannot list everything tells the reader to run.
  public var listCommand: String

  public init(
    deskName: String, from: MailAddress, language: Language, zone: Zone, zoneNamed: @escaping (String) -> Zone?,
    channel: String = MaildirChannel.name, listCommand: String = "plazo ticket list"
  ) {
    self.deskName = deskName
    self.from = from
    self.language = language
    self.zone = zone
    self.zoneNamed = zoneNamed
    self.channel = channel
    self.listCommand = listCommand
  }
}
