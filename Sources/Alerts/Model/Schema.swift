public import SQLite

/// The tables of the alerts: who was to be told what, and the mails that say it.
///
/// Instants are INTEGER, whole seconds since 1970 UTC. Kinds are not listed in a CHECK, since later ones join them.
public enum AlertsSchema {
  public static let migrations: [Migration] = [
    Migration(name: "alerts-1-outbox", sql: outbox), Migration(name: "alerts-2-pipeline", sql: pipeline),
    // The highest level of escalation that was reached becomes the set of those that were, the first its lowest bit.
    Migration(name: "alerts-3-levels", sql: "UPDATE alert_watch SET level = (1 << level) - 1"),
  ]

  private static let outbox = """
    -- The outbox. A row is written whole before the first attempt, so that a retry sends the same bytes.
    CREATE TABLE message (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,                        -- what makes it this message and no other
      message_id TEXT NOT NULL UNIQUE,                 -- RFC 5322 Message-ID without its angle brackets
      kind TEXT NOT NULL,                              -- digest
      channel TEXT NOT NULL,
      recipient_id INTEGER REFERENCES user (id),
      recipient TEXT NOT NULL,                         -- the address
      mailbox TEXT NOT NULL,                           -- the recipient's login when it was composed
      subject TEXT NOT NULL,
      state TEXT NOT NULL DEFAULT 'pending' CHECK (state = 'pending' OR state = 'sent' OR state = 'parked' OR state = 'dropped'),
      not_before INTEGER NOT NULL,
      leased_until INTEGER,                            -- a sender is at work until then; NULL: nobody
      attempt INTEGER NOT NULL DEFAULT 0,              -- how many times a sender took it
      last_error TEXT,                                 -- why it waits, was parked or dropped
      created_at INTEGER NOT NULL,
      sent_at INTEGER,                                 -- NULL exactly until sent
      content BLOB NOT NULL,                           -- the whole MIME message, lines ended by CRLF
      CHECK ((state = 'sent') = (sent_at IS NOT NULL))
    ) STRICT;
    CREATE INDEX message_pending ON message (not_before, id) WHERE state = 'pending';
    CREATE INDEX message_parked ON message (id) WHERE state = 'parked';

    -- One row for each person whom a transition concerns. The key begins with the ticket, so that a sweep, which goes
    -- by tickets, fills the index from left to right.
    CREATE TABLE alert (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,                        -- ticket/clock/kind/deadline/level/recipient
      kind TEXT NOT NULL,                              -- near-due, late
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      clock TEXT NOT NULL,
      deadline INTEGER,                                -- NULL: the clock was paused
      situation TEXT NOT NULL CHECK (situation = 'on-time' OR situation = 'near-due' OR situation = 'late'),
      recipient_id INTEGER REFERENCES user (id),       -- NULL: nobody could be found
      transition_id INTEGER REFERENCES ticket_transition (id),
      happened_at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state = 'pending' OR state = 'held' OR state = 'dropped' OR state = 'grouped'),
      reason TEXT,                                     -- why it is held or was dropped
      message_id INTEGER REFERENCES message (id),      -- the message that tells it
      CHECK ((state IN ('held', 'dropped')) = (reason IS NOT NULL)),
      CHECK ((state = 'grouped') = (message_id IS NOT NULL))
    ) STRICT;
    CREATE INDEX alert_pending ON alert (recipient_id, ticket_id) WHERE state = 'pending';
    CREATE INDEX alert_message ON alert (message_id) WHERE message_id IS NOT NULL;
    """
}
