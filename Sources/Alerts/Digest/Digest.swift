internal import Desk
internal import SLA
internal import Text

/// What one message tells one person: what is late, near due, newly theirs, or to be signed; the worst first.
struct Digest {
  var deskName: String
  var reader: Reader
  var now: Instant
  /// How the reader calls the program.
  var command: String
  var counts: Counts
  /// In the order of the sections, and the longest overdue first among the late; not all of `counts` when there are
  /// many.
  var lines: [Line]
  /// What was told as late and is so no longer.
  var recovered: [RecoveredNote] = []
  /// How many alerts waited because the person had had as many mails as one gets in an hour.
  var heldByCap = 0
  /// Since when plazo did not tell what this mail catches up on; `nil` when it told everything in time.
  var lateNewsSince: Instant?

  /// What a line is told for, worst first.
  enum Section: Int, CaseIterable, Hashable, Comparable {
    case late, nearDue, assigned, signing
    static func < (left: Section, right: Section) -> Bool { left.rawValue < right.rawValue }
  }

  /// Tickets and tasks, not alerts: one with two bad clocks counts once, as its worst.
  struct Counts: Hashable {
    var late = 0
    var nearDue = 0
    var assigned = 0
    var signing = 0
    var all: Int { late + nearDue + assigned + signing }

    subscript(section: Section) -> Int {
      get {
        switch section {
        case .late: late
        case .nearDue: nearDue
        case .assigned: assigned
        case .signing: signing
        }
      }
      set {
        switch section {
        case .late: late = newValue
        case .nearDue: nearDue = newValue
        case .assigned: assigned = newValue
        case .signing: signing = newValue
        }
      }
    }
  }

  struct Line {
    var owner: AlertOwner
    var section: Section
    var kind: AlertKind
    /// `nil` of a task that is about no ticket.
    var client: String?
    var title: String
    /// `nil` when no clock runs.
    var clock: Clock?
    /// Who must act next on a ticket.
    var waitingOn: Party?
    /// Who works on it, when that is another than the reader.
    var assignee: Assignee
    var notes: [Note] = []
  }

  struct Clock {
    var kind: ClockKind
    var situation: Situation
    /// `nil` while the clock is paused.
    var deadline: Instant?
    /// Working time, negative once late; `nil` when it is not known.
    var remaining: Seconds?
    var policy: String
    /// As written, such as `3d`; `nil` when the ticket came with a due instant.
    var plazo: String?
  }

  enum Assignee: Hashable {
    case reader
    case nobody
    case other(String)
  }

  /// What else there is to say of a line.
  enum Note: Hashable {
    /// It is told for the n-th time after the first.
    case again(Int64)
    case escalated(level: Int64)
    case inPlaceOf(String)
    case justAssigned
  }

  struct RecoveredNote: Hashable {
    var owner: AlertOwner
    var client: String?
    var title: String
    var isClosed: Bool
  }

  /// The most tickets and tasks that one mail lists.
  static let longestList = 30

  var language: Language { reader.language }
  var words: DigestWords { DigestWords(language: reader.language, zone: reader.zone, now: now, command: command) }

  /// How many of each section the mail does not list.
  var unlisted: Counts {
    var rest = counts
    for line in lines { rest[line.section] -= 1 }
    return rest
  }

  /// The only line of the digest: such a mail joins the conversation about its ticket.
  var onlyLine: Line? { counts.all == 1 ? lines.first : nil }

  /// Names the ticket when the mail is about one, else says how many there are.
  var subject: String { onlyLine.map(words.headline) ?? words.headline(counts) }

  /// For channels other than mail.
  var facts: [String: JSONValue] {
    [
      "late": .integer(Int64(counts.late)), "near_due": .integer(Int64(counts.nearDue)),
      "assigned": .integer(Int64(counts.assigned)), "to_sign": .integer(Int64(counts.signing)),
      "catching_up": .bool(lateNewsSince != nil),
      "tickets": .array(
        lines.map { line in
          .object([
            "number": .integer(line.owner.id), "is_task": .bool(line.owner.isTask),
            "kind": .string(line.kind.rawValue), "client": line.client.map { .string($0) } ?? .null,
            "title": .string(words.title(line.title)), "line": .string(words.oneLine(line)),
            "situation": line.clock.map { .string($0.situation.rawValue) } ?? .null,
            "deadline": line.clock?.deadline.map { .string($0.iso8601(in: reader.zone)) } ?? .null,
            "remaining_s": line.clock?.remaining.map { .integer($0) } ?? .null,
          ])
        }),
    ]
  }
}
