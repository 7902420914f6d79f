internal import Desk
internal import SLA
internal import Text

extension Explanation {
  /// Every stretch, unfolded, with its seconds: for programs.
  public func json() throws -> String { try value.canonicalText() }

  private func iso(_ instant: Instant?) -> JSONValue { instant.map { .string($0.iso8601(in: zone)) } ?? .null }

  private var value: JSONValue {
    .object([
      "kind": .string(owner.rawValue), "number": .integer(id), "title": .string(title), "as_of": iso(asOf),
      "zone": .string(zone.name), "clocks": .array(clocks.map(value)),
    ])
  }

  private func value(_ clock: Clock) -> JSONValue {
    var object: [String: JSONValue] = [
      "clock": .string(clock.kind.rawValue), "cycle": .integer(clock.cycle), "started_at": iso(clock.startedAt),
      "budget_s": clock.budget.map { .integer($0) } ?? .null, "deadline": iso(clock.deadline),
      "used_s": .integer(clock.used), "remaining_s": clock.budget == nil ? .null : .integer(clock.remaining),
      "late_s": .integer(clock.late), "near_since": iso(clock.nearSince), "is_paused": .bool(clock.isPaused),
      "moves": .integer(clock.moves), "original_deadline": iso(clock.originalDeadline),
      "calendar": .object([
        "name": .string(clock.calendar.name), "version": clock.calendar.version.map { .string($0) } ?? .null,
        "zone": .string(clock.calendar.zone.name),
      ]),
      "version": .object(["hash": .string(clock.version.hash), "applied_at": iso(clock.version.appliedAt)]),
      "policy": value(clock.choice), "plazo": value(clock.origin),
      "pauses": .array(
        clock.pauses.map { pause in
          .object(["from": iso(pause.from), "to": iso(pause.to), "reason": .string(Self.word(pause.reason))])
        }),
      "stretches": .array(clock.stretches.map { value($0, clock) }),
      "recounted_s": clock.recounted.map { .integer($0) } ?? .null,
      "correction": clock.correction.map { .string($0) } ?? .null,
    ]
    switch clock.standing {
    case .running(let situation):
      object["standing"] = .string("running")
      object["situation"] = .string(situation.rawValue)
    case .frozen(let outcome, let at):
      object["standing"] = .string("frozen")
      object["outcome"] = .string(outcome)
      object["stopped_at"] = iso(at)
    case .stopped(let outcome, let at):
      object["standing"] = .string("stopped")
      object["outcome"] = .string(outcome?.rawValue ?? "no-plazo")
      object["stopped_at"] = iso(at)
    }
    return .object(object)
  }

  private func value(_ choice: PolicyChoice) -> JSONValue {
    .object([
      "name": choice.name.isEmpty ? .null : .string(choice.name),
      "place": choice.place == 0 ? .null : .integer(Int64(choice.place)),
      "fits": .object(Dictionary(choice.fits.map { ($0.key, .string($0.value)) }) { first, _ in first }),
      "passed_over": .array(
        choice.passedOver.map { mismatch in
          .object([
            "policy": .string(mismatch.policy), "key": .string(mismatch.key),
            "wanted": .array(mismatch.wanted.map { .string($0) }),
            "value": mismatch.value.map { .string($0) } ?? .null,
          ])
        }),
    ])
  }

  private func value(_ origin: PlazoOrigin) -> JSONValue {
    func object(_ origin: String, _ text: JSONValue, _ at: Instant?, _ by: String?) -> JSONValue {
      .object([
        "origin": .string(origin), "value": text, "set_at": iso(at), "set_by": by.map { .string($0) } ?? .null,
      ])
    }
    switch origin {
    case .none: return .null
    case .policy(let plazo): return object("policy", .string(plazo.description), nil, nil)
    case .set(let plazo, let at, let by): return object("set", .string(plazo.description), at, by)
    case .target(let instant, let at, let by): return object("target", iso(instant), at, by)
    }
  }

  private func value(_ stretch: Ledger.Stretch, _ clock: Clock) -> JSONValue {
    var (kind, reason): (String, String?) = ("closed", nil)
    switch stretch.kind {
    case .counted: kind = "counted"
    case .after: kind = "after"
    case .before: kind = "before"
    case .closed: kind = "closed"
    case .holiday(let label): (kind, reason) = ("holiday", label)
    case .paused(let index): (kind, reason) = ("paused", Self.word(clock.pauses[index].reason))
    }
    return .object([
      "from": iso(stretch.from), "to": iso(stretch.to), "date": .string("\(stretch.date)"), "kind": .string(kind),
      "reason": reason.map { .string($0) } ?? .null, "length_s": .integer(stretch.length),
      "counted_s": .integer(stretch.counted), "ahead": .bool(stretch.from >= clock.end(asOf)),
    ])
  }

  private static func word(_ reason: PauseReason) -> String {
    switch reason {
    case .waiting(let party): "waiting-on-\(party.rawValue)"
    case .aside: "aside"
    case .closed: "closed-between"
    }
  }
}
