extension DeskSchema {
  /// The contents of files, and the mails that became tickets and replies.
  static let files = """
    -- Contents of files, each once. Which ticket has which, by what name, the events of kind 'attached' say: the
    -- name is their value, the hash their detail.
    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),     -- SHA-256, hexadecimal
      size INTEGER NOT NULL CHECK (size = length(content) AND size <= 1048576),
      content BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER file_is_kept BEFORE UPDATE ON file
      BEGIN SELECT RAISE (ABORT, 'file is append-only'); END;
    CREATE TRIGGER file_is_not_deleted BEFORE DELETE ON file
      BEGIN SELECT RAISE (ABORT, 'file is append-only'); END;

    -- The mails that were read in, so that none is recorded twice.
    CREATE TABLE mail_in (
      message_id TEXT PRIMARY KEY,                             -- without angle brackets
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      read_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
