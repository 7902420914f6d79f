extension DeskSchema {
  /// What keeps hours as they were booked: corrections beside the original, entries taken back, periods closed.
  static let hours = """
    -- An entry that was taken back: it stays, and counts no more.
    CREATE TABLE activity_void (
      activity_id INTEGER PRIMARY KEY REFERENCES activity (id),
      recorded_at INTEGER NOT NULL,
      recorded_by INTEGER NOT NULL REFERENCES user (id),
      reason TEXT NOT NULL
    ) STRICT;

    -- Up to which day hours are closed. The last row counts; one with a reason moved the closing back.
    CREATE TABLE activity_lock (
      id INTEGER PRIMARY KEY,
      through TEXT NOT NULL,                           -- local date, itself closed
      recorded_at INTEGER NOT NULL,
      recorded_by INTEGER NOT NULL REFERENCES user (id),
      reason TEXT
    ) STRICT;

    -- The entries that count: no correction stands in for them, and nobody took them back.
    CREATE VIEW standing_activity AS
      SELECT * FROM activity a
      WHERE NOT EXISTS (SELECT 1 FROM activity z WHERE z.corrects_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM activity_void v WHERE v.activity_id = a.id);

    CREATE TRIGGER activity_is_kept BEFORE UPDATE ON activity
      BEGIN SELECT RAISE (ABORT, 'activity is append-only'); END;
    CREATE TRIGGER activity_is_not_deleted BEFORE DELETE ON activity
      BEGIN SELECT RAISE (ABORT, 'activity is append-only'); END;
    CREATE TRIGGER activity_void_is_kept BEFORE UPDATE ON activity_void
      BEGIN SELECT RAISE (ABORT, 'activity_void is append-only'); END;
    CREATE TRIGGER activity_void_is_not_deleted BEFORE DELETE ON activity_void
      BEGIN SELECT RAISE (ABORT, 'activity_void is append-only'); END;
    CREATE TRIGGER activity_lock_is_kept BEFORE UPDATE ON activity_lock
      BEGIN SELECT RAISE (ABORT, 'activity_lock is append-only'); END;
    CREATE TRIGGER activity_lock_is_not_deleted BEFORE DELETE ON activity_lock
      BEGIN SELECT RAISE (ABORT, 'activity_lock is append-only'); END;

    -- Whoever writes, and by whatever way: a closed period takes no more.
    CREATE TRIGGER activity_of_a_closed_day BEFORE INSERT ON activity
      WHEN NEW.day <= (SELECT through FROM activity_lock ORDER BY id DESC LIMIT 1)
        OR (SELECT day FROM activity WHERE id = NEW.corrects_id)
          <= (SELECT through FROM activity_lock ORDER BY id DESC LIMIT 1)
      BEGIN SELECT RAISE (ABORT, 'the period is closed'); END;
    CREATE TRIGGER activity_void_of_a_closed_day BEFORE INSERT ON activity_void
      WHEN (SELECT day FROM activity WHERE id = NEW.activity_id)
        <= (SELECT through FROM activity_lock ORDER BY id DESC LIMIT 1)
      BEGIN SELECT RAISE (ABORT, 'the period is closed'); END;
    """
}
