import Desk
import SLA
import Testing
import Text

@testable import Alerts

/// Each step of the pipeline by itself, at its boundaries: facts in, a decision with its reason out.
@Suite struct StepTests {
  private let now = Instant(iso8601: "2026-03-27T16:05:00-06:00", in: .utc)!

  private func person(
    _ id: Int64, _ role: Role = .technician, active: Bool = true, calendar: String? = nil, client: Int64? = nil,
    standIn: Int64? = nil, awayUntil: Instant? = nil
  ) -> Recipient {
    Recipient(
      id: id, login: "u\(id)", name: "U\(id)", role: role, isActive: active, mail: "u\(id)@example.org", language: nil,
      zone: nil, calendar: calendar, clientID: client, standInID: standIn, awayUntil: awayUntil)
  }

  private func moment(
    _ people: [Recipient]? = nil, rules: AlertRules = AlertRules(), silences: [Silence] = [], office: Timeline? = nil,
    at now: Instant? = nil
  ) -> Moment {
    let now = now ?? self.now
    let directory = Directory(people ?? [person(1), person(2), person(9, .administrator)], now: now)
    return Moment(
      now: now, rules: rules, router: Router(rules, directory: directory, names: NameIDs()), silences: silences,
      hours: DeskHours { $0 == "night" ? try alwaysTimeline() : office })
  }

  private func alert(
    _ kind: AlertKind = .late, to recipient: Int64 = 1, situation: Situation? = .late, current: Situation? = .late,
    cycle: Int64 = 1, assigned: Int64? = 1, closed: Bool = false
  ) -> AlertFacts {
    AlertFacts(
      kind: kind, recipient: .user(recipient), situation: situation,
      current: current.map { .init(situation: $0, cycle: cycle, deadline: now - 60) }, isClosed: closed,
      parties: Parties(assigned: assigned, responsible: 2, client: 5), happenedAt: now)
  }

  @Test func whatIsSoIsTold() throws {
    #expect(try Pipeline.decide(alert(), moment()) == .tell)
  }

  @Test func whatIsNoLongerSoIsDropped() throws {
    func reason(_ alert: AlertFacts) throws -> Pipeline.Decision { try Pipeline.decide(alert, moment()) }
    #expect(try reason(alert(current: nil, closed: true)) == .drop(.ticketClosed))
    #expect(try reason(alert(current: nil)) == .drop(.clockStopped))
    #expect(try reason(alert(current: .nearDue)) == .drop(.situationChanged))
    #expect(try reason(alert(cycle: 2)) == .drop(.situationChanged))
    #expect(try reason(alert(.nearDue, situation: .nearDue, current: .onTime)) == .drop(.situationChanged))
    #expect(try reason(alert(.nearDue, situation: .nearDue, current: .nearDue)) == .tell)
  }

  @Test func lateHidesNearDue() throws {
    #expect(
      try Pipeline.decide(alert(.nearDue, situation: .nearDue, current: .late), moment()) == .drop(.hiddenByLate))
  }

  @Test func itGoesToWhomItConcernsNow() throws {
    guard case .reroute(let routings) = try Pipeline.decide(alert(assigned: 2), moment()) else {
      Issue.record("expected another route")
      return
    }
    #expect(routings.map(\.recipient) == [.user(2)])
    // What somebody did concerns whom it was done to.
    var assigned = alert(.assigned, situation: nil, current: nil, assigned: 2)
    #expect(try Pipeline.decide(assigned, moment()) == .drop(.concernsAnother))
    assigned.parties.assigned = 1
    #expect(try Pipeline.decide(assigned, moment()) == .tell)
  }

  @Test func aStandInIsToldUntilTheAbsenceEnds() throws {
    func people(awayUntil: Instant) -> [Recipient] { [person(1, standIn: 2, awayUntil: awayUntil), person(2)] }
    guard case .reroute(let routings) = try Pipeline.decide(alert(), moment(people(awayUntil: now + 1))) else {
      Issue.record("expected the stand-in")
      return
    }
    #expect(routings.map(\.recipient) == [.user(2)] && routings.map(\.standsInFor) == [1])
    #expect(try Pipeline.decide(alert(), moment(people(awayUntil: now))) == .tell)
  }

  @Test(arguments: [
    (Silence(ticketID: 7, until: Instant(0)), true), (Silence(ticketID: 8, until: Instant(0)), false),
    (Silence(clientID: 5, until: Instant(0)), true), (Silence(clientID: 6, until: Instant(0)), false),
    (Silence(technicianID: 1, until: Instant(0)), true), (Silence(technicianID: 2, until: Instant(0)), false),
    (Silence(kind: .late, until: Instant(0)), true), (Silence(kind: .nearDue, until: Instant(0)), false),
    (Silence(ticketID: 7, kind: .nearDue, until: Instant(0)), false),
  ])
  func aSilenceHoldsWhatFitsAllOfIt(silence: Silence, fits: Bool) throws {
    var silence = silence
    silence.until = now + 1
    let decision = try Pipeline.decide(alert(), moment(silences: [silence]))
    #expect(decision == (fits ? .hold(until: now + 1, .silenced) : .tell))
    silence.until = now
    #expect(try Pipeline.decide(alert(), moment(silences: [silence])) == .tell, "its end is not part of it")
  }

  @Test func anAcknowledgementHoldsRepeatsAndEscalationUntilItExpires() throws {
    for kind in [AlertKind.stillLate, .escalation] {
      var known = alert(kind, to: kind == .escalation ? 2 : 1)
      known.level = 1
      known.acknowledgedUntil = now + 1
      #expect(try Pipeline.decide(known, moment()) == .hold(until: now + 1, .acknowledged))
      known.acknowledgedUntil = now
      #expect(try Pipeline.decide(known, moment()) == .tell)
    }
  }

  @Test func nobodyIsEscalatedToWhoWorksOnItAnyhow() throws {
    var escalation = alert(.escalation, to: 2)
    escalation.level = 1
    #expect(try Pipeline.decide(escalation, moment()) == .tell)
    escalation.wasTold = true
    #expect(try Pipeline.decide(escalation, moment()) == .drop(.toldAlready))
  }

  @Test func aMessageIsOutdatedByWhatChangedAndNotByItself() throws {
    var escalation = alert(.escalation, to: 2)
    escalation.level = 1
    escalation.wasTold = true
    #expect(!Pipeline.isOutdated(escalation, moment()), "the same message told the recipient as the one at work")
    #expect(Pipeline.isOutdated(alert(current: nil, closed: true), moment()))
    #expect(Pipeline.isOutdated(alert(assigned: 2), moment()))
    #expect(Pipeline.isOutdated(alert(.nearDue, situation: .nearDue, current: .late), moment()))
    #expect(!Pipeline.isOutdated(alert(), moment()))
  }

  @Test func graceAndWaitHoldUntilTheyAreOver() throws {
    var early = alert()
    early.notBefore = now + 1
    #expect(try Pipeline.decide(early, moment()) == .hold(until: now + 1, .wait))
    early.isGrace = true
    #expect(try Pipeline.decide(early, moment()) == .hold(until: now + 1, .grace))
    early.notBefore = now
    #expect(try Pipeline.decide(early, moment()) == .tell)
  }

  @Test func outsideOfHoursItWaitsForTheOpening() throws {
    let office = try officeHours()
    func decision(_ time: String, _ rules: AlertRules = AlertRules(), _ people: [Recipient]? = nil) throws
      -> Pipeline.Decision
    {
      let now = Instant(iso8601: time, in: .utc)!
      return try Pipeline.decide(alert(), moment(people, rules: rules, office: office, at: now))
    }
    let monday = Instant(iso8601: "2026-03-30T09:00:00-06:00", in: .utc)!
    #expect(try decision("2026-03-27T18:59:59-06:00") == .tell)
    #expect(try decision("2026-03-27T19:00:00-06:00") == .hold(until: monday, .offHours))
    #expect(try decision("2026-03-30T08:59:59-06:00") == .hold(until: monday, .offHours))
    #expect(try decision("2026-03-30T09:00:00-06:00") == .tell)
    let always = AlertRules(routes: [AlertRoute(match: AlertMatch(), to: [.assigned], hours: .always)])
    #expect(try decision("2026-03-28T03:00:00-06:00", always) == .tell)
    let night = [person(1, calendar: "night"), person(2)]
    #expect(try decision("2026-03-28T03:00:00-06:00", AlertRules(), night) == .tell, "a calendar of their own")
  }

  @Test func aContactReadsAtAnyHour() throws {
    var answer = alert(.answered, to: 3, situation: nil, current: nil)
    answer.event = 12
    let people = [person(3, .client, client: 5)]
    let night = Instant(iso8601: "2026-03-28T03:00:00-06:00", in: .utc)!
    #expect(try Pipeline.decide(answer, moment(people, office: officeHours(), at: night)) == .tell)
  }

  @Test func aVoBoThatIsGivenIsNoLongerWanted() throws {
    var wanted = alert(.voboWanted, situation: nil, current: nil, closed: true)
    wanted.vobo = .pending
    #expect(try Pipeline.decide(wanted, moment()) == .tell)
    wanted.vobo = .granted
    #expect(try Pipeline.decide(wanted, moment()) == .drop(.voboGiven))
  }

  @Test func theGateLetsOneDigestThroughAWindowAndACapThroughAnHour() {
    let rules = AlertRules(window: 900, cap: 2)
    func gate(_ ago: Seconds...) -> String {
      Pipeline.gate(ago.map { now - $0 }, rules: rules, now: now).map { "\($0.reason) \($0.until - now)" } ?? "open"
    }
    #expect(gate() == "open")
    #expect(gate(899) == "window 1")
    #expect(gate(900) == "open")
    #expect(gate(1000, 3599) == "cap 1")
    #expect(gate(1000, 3600) == "open")
    #expect(gate(10, 1000, 2000) == "cap 2600", "when only the last one is younger than an hour")
  }

  private func officeHours() throws -> Timeline { try officeTimeline() }
}

/// 9–14 and 16–19 on working days, in Mexico City.
func officeTimeline() throws -> Timeline {
  let day = [Hours("09:00-14:00")!, Hours("16:00-19:00")!]
  let week = Dictionary(uniqueKeysWithValues: Weekday.allCases.filter { $0 < .saturday }.map { ($0, day) })
  return try Timeline(
    CalendarDefinition(zone: "America/Mexico_City", weekly: week), zone: systemZone("America/Mexico_City"),
    from: LocalDate("2025-01-01")!, through: LocalDate("2028-12-31")!)
}

/// Around the clock.
func alwaysTimeline() throws -> Timeline {
  try Timeline(
    CalendarDefinition.always(zone: "UTC"), zone: .utc, from: LocalDate("2025-01-01")!,
    through: LocalDate("2028-12-31")!)
}

extension AlertFacts {
  /// Facts for a test of one step; the rest is as it is for a ticket 7 that nothing is special about.
  init(
    kind: AlertKind, recipient: RecipientID, situation: Situation?, current: CurrentClock?, isClosed: Bool,
    parties: Parties, happenedAt: Instant
  ) {
    self.init(
      id: 1, kind: kind, owner: .ticket(7), clock: situation == nil ? nil : .resolution, cycle: 1, deadline: nil,
      situation: situation, level: 0, recipient: recipient, channel: MaildirChannel.name, standsInFor: nil,
      transitionID: 1, event: nil, happenedAt: happenedAt, recordedAt: happenedAt, notBefore: nil, isGrace: false,
      held: nil, isClosed: isClosed, vobo: nil, parties: parties, current: current, acknowledgedUntil: nil,
      wasTold: false, late: 0)
  }
}

/// Which step decides where several would: the one whose reason helps whoever asks, and whose end comes first in the list.
@Suite struct StepOrderTests {
  private let night = Instant(iso8601: "2026-03-28T03:00:00-06:00", in: .utc)!

  private func decision(
    _ edit: (inout AlertFacts) -> Void = { _ in }, kind: AlertKind = .late, to recipient: Int64 = 1,
    assigned: Int64 = 1,
    silences: [Silence] = [], role: Role = .technician, hours: AlertHours = .recipient
  ) throws -> Pipeline.Decision {
    var alert = AlertFacts(
      kind: kind, recipient: .user(recipient), situation: .late,
      current: .init(situation: .late, cycle: 1, deadline: night - 60), isClosed: false,
      parties: Parties(assigned: assigned, responsible: 2, client: 5), happenedAt: night)
    edit(&alert)
    let people = (Int64(1)...2).map { id in
      Recipient(
        id: id, login: "u\(id)", name: "U\(id)", role: role, isActive: true, mail: "u\(id)@example.org", language: nil,
        zone: nil, calendar: nil, clientID: role == .client ? 5 : nil, standInID: nil, awayUntil: nil)
    }
    let rules = AlertRules(routes: [AlertRoute(match: AlertMatch(kinds: [.late]), to: [.assigned], hours: hours)])
    let office = try officeTimeline()
    let directory = Directory(people, now: night)
    return try Pipeline.decide(
      alert,
      Moment(
        now: night, rules: rules, router: Router(rules, directory: directory, names: NameIDs()), silences: silences,
        hours: DeskHours { _ in office }))
  }

  private var forever: Silence { Silence(ticketID: 7, until: night + 864_000) }

  @Test func whatIsOverIsDroppedBeforeAnybodyIsLookedFor() throws {
    #expect(
      try decision(
        {
          $0.current = nil
          $0.isClosed = true
        }, assigned: 2) == .drop(.ticketClosed))
  }

  @Test func itIsHandedOnBeforeItIsSilenced() throws {
    guard case .reroute = try decision(assigned: 2, silences: [forever]) else {
      Issue.record("a silence of the one it no longer concerns would hold it")
      return
    }
  }

  @Test func aSilenceIsToldAsTheReasonRatherThanTheNight() throws {
    #expect(try decision(silences: [forever]) == .hold(until: forever.until, .silenced))
  }

  @Test func anAcknowledgementIsToldAsTheReasonRatherThanTheNight() throws {
    #expect(
      try decision({ $0.acknowledgedUntil = night + 864_000 }, kind: .stillLate)
        == .hold(until: night + 864_000, .acknowledged))
  }

  /// Who knows already is told so at once, and not asked again in the morning.
  @Test func whatIsHiddenIsDroppedAtNightToo() throws {
    #expect(
      try decision(
        {
          $0.level = 1
          $0.wasTold = true
        }, kind: .escalation, to: 2) == .drop(.toldAlready))
    #expect(try decision({ $0.situation = .nearDue }, kind: .nearDue) == .drop(.hiddenByLate))
  }

  /// A contact without a calendar reads when they read: their hours are not the desk's.
  @Test func theDesksNightIsNoContactsNight() throws {
    let monday = Instant(iso8601: "2026-03-30T09:00:00-06:00", in: .utc)!
    #expect(try decision() == .hold(until: monday, .offHours))
    #expect(try decision(role: .client) == .tell)
  }

  /// What makes an alert another one: each part of its key.
  @Test func everyPartOfAKeyTellsAlertsApart() {
    let key = AlertKey(
      owner: .ticket(7), clock: .resolution, cycle: 1, kind: .late, deadline: 100, level: 0, recipient: .user(1),
      channel: "maildir")
    let changes: [(inout AlertKey) -> Void] = [
      { $0.owner = .ticket(8) }, { $0.owner = .task(7) }, { $0.clock = .firstResponse }, { $0.clock = nil },
      { $0.cycle = 2 }, { $0.kind = .stillLate }, { $0.deadline = 101 }, { $0.deadline = nil }, { $0.level = 1 },
      { $0.recipient = .user(2) }, { $0.recipient = nil }, { $0.recipient = .outside("a@b.example") },
      { $0.channel = "chat" },
    ]
    var texts: Set<String> = [key.text]
    for change in changes {
      var other = key
      change(&other)
      texts.insert(other.text)
    }
    #expect(texts.count == changes.count + 1)
  }
}
