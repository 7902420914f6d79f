internal import Desk
internal import SLA
internal import Text

/// What one mail tells one person: which tickets are late or near due, the worst first.
struct Digest {
  var deskName: String
  var recipient: Recipient
  var language: Language
  var zone: Zone
  var now: Instant
  var listCommand: String
  var counts: Counts
  /// Late ones first, and the longest overdue first among them; not all of `counts` when there are many.
  var lines: [Line]

  /// Tickets, not alerts: one with two bad clocks counts once, as its worst.
  struct Counts: Hashable {
    var late: Int
    var nearDue: Int
    var all: Int { late + nearDue }
  }

  struct Line {
    var ticketID: Int64
    var client: String
    var title: String
    var clock: ClockKind
    var situation: Situation
    /// `nil` while the clock is paused.
    var deadline: Instant?
    /// Working time, negative once late; `nil` when it is not known.
    var remaining: Seconds?
    var waitingOn: Party
    /// Who works on the ticket, when that is another than the reader.
    var assignee: Assignee
    var policy: String
    /// As written, such as `3d`; `nil` when the ticket came with a due instant.
    var plazo: String?
  }

  enum Assignee: Hashable {
    case reader
    case nobody
    case other(String)
  }

  /// The most tickets that one mail lists.
  static let longestList = 30

  var words: DigestWords { DigestWords(language: language, zone: zone, now: now) }

  /// How many tickets the mail does not list.
  var unlisted: Counts {
    let late = lines.count { $0.situation == .late }
    return Counts(late: counts.late - late, nearDue: counts.nearDue - (lines.count - late))
  }

  /// The only ticket of the digest: such a mail joins the ticket's conversation.
  var onlyLine: Line? { counts.all == 1 ? lines.first : nil }
}
