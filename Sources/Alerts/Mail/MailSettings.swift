public import SLA
public import Text

/// How a desk writes its messages.
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
  /// What each channel sends, by its name; a mail, unless it is told here.
  public var forms: [String: MessageForm]
  /// How mails tell their readers to call the program.
  public var command: String

  public init(
    deskName: String, from: MailAddress, language: Language, zone: Zone, zoneNamed: @escaping (String) -> Zone?,
    forms: [String: MessageForm] = [MaildirChannel.name: .mail], command: String = "plazo"
  ) {
    self.deskName = deskName
    self.from = from
    self.language = language
    self.zone = zone
    self.zoneNamed = zoneNamed
    self.forms = forms
    self.command = command
  }

  /// The channels that write mails, for which a recipient needs an address.
  public var mailChannels: Set<String> { Set(forms.filter { $0.value == .mail }.keys) }
}
