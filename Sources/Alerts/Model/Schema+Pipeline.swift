extension AlertsSchema {
  /// Alerts of tasks and of what people do, what holds them and until when, what follows when nobody acts, and who
  /// said to be told no more. Rows that there are keep their numbers and keys.
  static let pipeline = """
    CREATE TABLE alert_of_all (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,                        -- owner/clock/cycle/kind/deadline/level/recipient/channel
      kind TEXT NOT NULL,                              -- near-due, late, still-late, escalation, assigned, answered …
      ticket_id INTEGER REFERENCES ticket (id),
      task_id INTEGER REFERENCES task (id),
      clock TEXT,                                      -- NULL: it tells what somebody did
      cycle INTEGER NOT NULL,                          -- which run of the clock; 0 without one
      deadline INTEGER,                                -- NULL: the clock was paused, or there is none
      situation TEXT CHECK (situation = 'on-time' OR situation = 'near-due' OR situation = 'late'),
      level INTEGER NOT NULL,                          -- of an escalation; of a repeat its number; else 0
      late_s INTEGER NOT NULL DEFAULT 0,               -- working time late when it was routed, where a route asks for it
      channel TEXT NOT NULL,
      recipient_id INTEGER REFERENCES user (id),       -- NULL: nobody could be found, or no user
      address TEXT,                                    -- of a recipient who is no user
      stands_in_for INTEGER REFERENCES user (id),      -- the one away for whom the recipient is told
      transition_id INTEGER REFERENCES ticket_transition (id),
      task_transition_id INTEGER,                      -- of task_transition
      event INTEGER,                                   -- the sequence of what somebody did
      happened_at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      not_before INTEGER,                              -- grace, or the route's first wait; NULL: at once
      is_grace INTEGER NOT NULL DEFAULT 0 CHECK (is_grace IN (0, 1)),
      state TEXT NOT NULL CHECK (state = 'pending' OR state = 'held' OR state = 'dropped' OR state = 'grouped'),
      reason TEXT,                                     -- why it is held or was dropped
      next_at INTEGER,                                 -- when a held one is looked at again
      is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1)),   -- told as late, and not as recovered yet
      message_id INTEGER REFERENCES message (id),      -- the message that tells it
      CHECK ((ticket_id IS NULL) <> (task_id IS NULL)),
      CHECK (recipient_id IS NULL OR address IS NULL),
      CHECK ((state = 'held' OR state = 'dropped') = (reason IS NOT NULL)),
      CHECK ((state = 'held') = (next_at IS NOT NULL)),
      CHECK ((state = 'grouped') = (message_id IS NOT NULL))
    ) STRICT;
    INSERT INTO alert_of_all (id, key, kind, ticket_id, clock, cycle, deadline, situation, level, channel, recipient_id,
        transition_id, happened_at, recorded_at, state, reason, message_id)
      SELECT id, key, kind, ticket_id, clock, 1, deadline, situation, 0, 'maildir', recipient_id, transition_id,
        happened_at, recorded_at, state, reason, message_id FROM alert;
    DROP TABLE alert;
    ALTER TABLE alert_of_all RENAME TO alert;
    CREATE INDEX alert_pending ON alert (id) WHERE state = 'pending';
    CREATE INDEX alert_next ON alert (next_at) WHERE state = 'held';
    CREATE INDEX alert_open ON alert (recipient_id) WHERE is_open = 1;
    CREATE INDEX alert_message ON alert (message_id) WHERE message_id IS NOT NULL;

    -- What channels other than mail need besides the content, as JSON.
    ALTER TABLE message ADD COLUMN facts TEXT;
    -- When a person had the last digests.
    CREATE INDEX message_recipient ON message (recipient, created_at);

    -- Clocks that went bad and are followed up: repeats, escalation. In the order in which a sweep goes.
    CREATE TABLE alert_watch (
      of TEXT NOT NULL CHECK (of IN ('ticket', 'task')),
      owner_id INTEGER NOT NULL,
      clock TEXT NOT NULL,
      cycle INTEGER NOT NULL,
      deadline INTEGER,                                -- another one arms the watch anew
      transition_id INTEGER,                           -- what it follows up
      since INTEGER NOT NULL,                          -- repeats and levels count from then
      is_late_news INTEGER NOT NULL CHECK (is_late_news IN (0, 1)),   -- plazo learnt of it long after it happened
      level INTEGER NOT NULL DEFAULT 0,                -- the highest that was reached
      repeats INTEGER NOT NULL DEFAULT 0,
      repeat_at INTEGER,
      next_at INTEGER,                                 -- when to look again; NULL: nothing is left to follow
      PRIMARY KEY (of, owner_id, clock)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_watch_next ON alert_watch (next_at) WHERE next_at IS NOT NULL;

    -- "I know": no repeat and no escalation until it expires, or a new plazo takes the place of what it was said of.
    CREATE TABLE alert_acknowledgement (
      id INTEGER PRIMARY KEY,
      ticket_id INTEGER REFERENCES ticket (id),
      task_id INTEGER REFERENCES task (id),
      clock TEXT NOT NULL,
      cycle INTEGER NOT NULL,
      deadline INTEGER,
      by_id INTEGER NOT NULL REFERENCES user (id),
      at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      reason TEXT,
      CHECK ((ticket_id IS NULL) <> (task_id IS NULL))
    ) STRICT;
    CREATE INDEX alert_acknowledgement_ticket ON alert_acknowledgement (ticket_id) WHERE ticket_id IS NOT NULL;
    CREATE INDEX alert_acknowledgement_task ON alert_acknowledgement (task_id) WHERE task_id IS NOT NULL;

    -- Alerts that fit all that a silence names wait for its end.
    CREATE TABLE alert_silence (
      id INTEGER PRIMARY KEY,
      ticket_id INTEGER REFERENCES ticket (id),
      client_id INTEGER REFERENCES client (id),
      technician_id INTEGER REFERENCES user (id),      -- the recipient
      kind TEXT,
      reason TEXT NOT NULL,
      by_id INTEGER NOT NULL REFERENCES user (id),
      at INTEGER NOT NULL,
      until INTEGER NOT NULL,
      ended_at INTEGER,                                -- when somebody ended it early
      ended_by INTEGER REFERENCES user (id),
      CHECK (coalesce(ticket_id, client_id, technician_id) IS NOT NULL OR kind IS NOT NULL),
      CHECK ((ended_at IS NULL) = (ended_by IS NULL))
    ) STRICT;
    CREATE INDEX alert_silence_until ON alert_silence (until);

    -- What people did here, not what an import brought, by its place in the order of events.
    CREATE INDEX ticket_event_to_tell ON ticket_event (sequence)
      WHERE import_id IS NULL AND (kind = 'assigned' OR kind = 'replied' OR kind = 'closed');

    -- The last event that became alerts. A desk with a past begins with what comes next.
    CREATE TABLE alert_mark (id INTEGER PRIMARY KEY CHECK (id = 1), last_event INTEGER NOT NULL) STRICT;
    INSERT INTO alert_mark SELECT 1, last FROM event_sequence;
    """
}
