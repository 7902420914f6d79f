public import SQLite

/// The tables of the ticket core, in the order in which they came to be.
///
/// Instants are INTEGER, whole seconds since 1970 UTC. A row of `ticket` and `task` is the projection of its events.
public enum DeskSchema {
  /// Marks the file as a desk: `plzo` in ASCII. - Source: SQLite's `PRAGMA application_id`.
  public static let applicationID: Int64 = 0x706c_7a6f

  public static let migrations: [Migration] = [
    Migration(name: "desk-1-core", sql: core),
    Migration(name: "desk-2-hours", sql: hours),
    Migration(name: "desk-2-articles", sql: articles),
    Migration(name: "desk-2-files", sql: files),
    Migration(name: "desk-2-people", sql: people),
    Migration(name: "desk-2-records", sql: records),
    Migration(name: "desk-3-sign-offs", sql: signOffs),
    Migration(name: "desk-4-pending-vobos", sql: pendingVobos),
  ]

  private static let core = """
    -- The last number given to an event of any kind.
    CREATE TABLE event_sequence (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL) STRICT;
    INSERT INTO event_sequence VALUES (1, 0);

    CREATE TABLE client (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
    ) STRICT;
    CREATE TABLE product (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
    ) STRICT;
    CREATE TABLE provider (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
    ) STRICT;

    CREATE TABLE user (
      id INTEGER PRIMARY KEY,
      login TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role = 'administrator' OR role = 'technician' OR role = 'client'),
      mail TEXT,
      language TEXT CHECK (language IN ('es', 'en')),
      zone TEXT,
      calendar TEXT,
      client_id INTEGER REFERENCES client (id),       -- whose contact a user of role client is
      booking TEXT NOT NULL DEFAULT 'event' CHECK (booking IN ('event', 'day')),
      stand_in_id INTEGER REFERENCES user (id),
      away_until INTEGER,
      active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
      CHECK ((role = 'client') = (client_id IS NOT NULL))
    ) STRICT;

    -- One run of an import. Events that it brought name it.
    CREATE TABLE import (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      file TEXT NOT NULL,
      source TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      actor_id INTEGER REFERENCES user (id)
    ) STRICT;

    CREATE TABLE ticket (
      id INTEGER PRIMARY KEY,                          -- No. Ticket (interno)
      external_number TEXT,                            -- No. Proveedor (externo)
      client_id INTEGER NOT NULL REFERENCES client (id),
      product_id INTEGER REFERENCES product (id),
      provider_id INTEGER REFERENCES provider (id),
      priority TEXT,
      registered_by INTEGER REFERENCES user (id),
      responsible_id INTEGER REFERENCES user (id),
      assigned_id INTEGER REFERENCES user (id),
      status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
      waiting_on TEXT NOT NULL CHECK (waiting_on = 'client' OR waiting_on = 'provider' OR waiting_on = 'support'),
      vobo TEXT CHECK (vobo = 'pending' OR vobo = 'granted' OR vobo = 'refused'),
      opened_at INTEGER NOT NULL,
      closed_at INTEGER,                               -- NULL exactly while open
      plazo TEXT,                                      -- as a technician set it; NULL: the policy's
      target_at INTEGER,                               -- a due instant that came with the ticket
      aside_until INTEGER,
      reopened INTEGER NOT NULL DEFAULT 0,             -- how many times
      last_event INTEGER NOT NULL,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      CHECK ((status = 'closed') = (closed_at IS NOT NULL))
    ) STRICT;
    CREATE INDEX ticket_external_number ON ticket (external_number) WHERE external_number IS NOT NULL;

    -- What happened, never changed. Kept in the order of the tickets, so that judging them all is one walk.
    CREATE TABLE ticket_event (
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      sequence INTEGER NOT NULL,
      kind TEXT NOT NULL,
      happened_at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      actor_id INTEGER REFERENCES user (id),           -- NULL: an import or the program itself
      import_id INTEGER REFERENCES import (id),
      value TEXT,
      detail TEXT,
      PRIMARY KEY (ticket_id, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX ticket_event_sequence ON ticket_event (sequence);
    CREATE TRIGGER ticket_event_is_kept BEFORE UPDATE ON ticket_event
      BEGIN SELECT RAISE (ABORT, 'ticket_event is append-only'); END;
    CREATE TRIGGER ticket_event_is_not_deleted BEFORE DELETE ON ticket_event
      BEGIN SELECT RAISE (ABORT, 'ticket_event is append-only'); END;

    -- The text of a reply, apart from its event so that walking the events stays quick.
    CREATE TABLE reply (
      sequence INTEGER PRIMARY KEY,                    -- of its event
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX reply_ticket ON reply (ticket_id);
    CREATE TRIGGER reply_is_kept BEFORE UPDATE ON reply
      BEGIN SELECT RAISE (ABORT, 'reply is append-only'); END;
    CREATE TRIGGER reply_is_not_deleted BEFORE DELETE ON reply
      BEGIN SELECT RAISE (ABORT, 'reply is append-only'); END;

    -- Which row of which source became which ticket, and what the row was when it was last read.
    CREATE TABLE import_row (
      source TEXT NOT NULL,
      key TEXT NOT NULL,
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      hash INTEGER NOT NULL,
      PRIMARY KEY (source, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE task (
      id INTEGER PRIMARY KEY,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      given_by INTEGER NOT NULL REFERENCES user (id),
      technician_id INTEGER NOT NULL REFERENCES user (id),
      ticket_id INTEGER REFERENCES ticket (id),
      opened_at INTEGER NOT NULL,
      plazo TEXT,
      due_at INTEGER,
      status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
      closed_at INTEGER,
      vobo TEXT CHECK (vobo = 'pending' OR vobo = 'granted' OR vobo = 'refused'),   -- NULL until first closed
      vobo_by INTEGER REFERENCES user (id),
      vobo_at INTEGER,
      reopened INTEGER NOT NULL DEFAULT 0,
      last_event INTEGER NOT NULL,
      CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
      CHECK (plazo IS NULL OR due_at IS NULL)
    ) STRICT;
    CREATE INDEX task_technician ON task (technician_id);

    CREATE TABLE task_event (
      task_id INTEGER NOT NULL REFERENCES task (id),
      sequence INTEGER NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      happened_at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      actor_id INTEGER REFERENCES user (id),
      value TEXT,
      detail TEXT,
      PRIMARY KEY (task_id, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER task_event_is_kept BEFORE UPDATE ON task_event
      BEGIN SELECT RAISE (ABORT, 'task_event is append-only'); END;
    CREATE TRIGGER task_event_is_not_deleted BEFORE DELETE ON task_event
      BEGIN SELECT RAISE (ABORT, 'task_event is append-only'); END;

    -- Time that a technician spent. A correction is a new row that names the one it stands in for.
    CREATE TABLE activity (
      id INTEGER PRIMARY KEY,
      technician_id INTEGER NOT NULL REFERENCES user (id),
      booking TEXT NOT NULL CHECK (booking IN ('event', 'day')),
      day TEXT NOT NULL,                               -- local date, 2026-03-27
      started_at INTEGER,                              -- NULL exactly when booked by day
      seconds INTEGER NOT NULL CHECK (seconds > 0 AND seconds <= 86400),
      description TEXT NOT NULL,
      ticket_id INTEGER REFERENCES ticket (id),
      task_id INTEGER REFERENCES task (id),
      client_id INTEGER REFERENCES client (id),
      recorded_at INTEGER NOT NULL,
      recorded_by INTEGER NOT NULL REFERENCES user (id),
      corrects_id INTEGER UNIQUE REFERENCES activity (id),
      reason TEXT,
      CHECK ((booking = 'day') = (started_at IS NULL)),
      CHECK ((corrects_id IS NULL) = (reason IS NULL))
    ) STRICT;
    CREATE INDEX activity_technician_day ON activity (technician_id, day);
    """
}
