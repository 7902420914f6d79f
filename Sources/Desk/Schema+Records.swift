extension DeskSchema {
  /// What `import_row` is for tickets, for everything else that is imported.
  static let records = """
    -- Which row of which source became which record, and what the row was when it was last read.
    CREATE TABLE import_record (
      kind TEXT NOT NULL,                              -- users, clients … articles
      source TEXT NOT NULL,
      key TEXT NOT NULL,
      record_id INTEGER NOT NULL,                      -- in the table of the kind
      hash INTEGER NOT NULL,
      PRIMARY KEY (kind, source, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX import_record_id ON import_record (kind, record_id);
    """
}
