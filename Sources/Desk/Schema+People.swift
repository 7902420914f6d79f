extension DeskSchema {
  /// What was changed about people and names.
  static let people = """
    CREATE TABLE directory_event (
      id INTEGER PRIMARY KEY,
      list TEXT NOT NULL CHECK (list = 'user' OR list = 'client' OR list = 'product' OR list = 'provider'),
      subject_id INTEGER NOT NULL,                     -- whose row of that table
      field TEXT NOT NULL,                             -- its column, or 'added'
      before TEXT,
      after TEXT,
      happened_at INTEGER NOT NULL,
      actor_id INTEGER REFERENCES user (id)
    ) STRICT;
    CREATE INDEX directory_event_subject ON directory_event (list, subject_id);
    CREATE TRIGGER directory_event_is_kept BEFORE UPDATE ON directory_event
      BEGIN SELECT RAISE (ABORT, 'directory_event is append-only'); END;
    CREATE TRIGGER directory_event_is_not_deleted BEFORE DELETE ON directory_event
      BEGIN SELECT RAISE (ABORT, 'directory_event is append-only'); END;
    """
}
