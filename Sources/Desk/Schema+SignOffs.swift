extension DeskSchema {
  /// For whom a VoBo was recorded that its contact gave by telephone, say.
  static let signOffs = """
    CREATE TABLE sign_off (
      sequence INTEGER PRIMARY KEY,                            -- of its event, of kind 'vobo'
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      contact_id INTEGER NOT NULL REFERENCES user (id)
    ) STRICT;
    CREATE INDEX sign_off_ticket ON sign_off (ticket_id);
    CREATE INDEX sign_off_contact ON sign_off (contact_id);
    CREATE TRIGGER sign_off_is_kept BEFORE UPDATE ON sign_off
      BEGIN SELECT RAISE (ABORT, 'sign_off is append-only'); END;
    CREATE TRIGGER sign_off_is_not_deleted BEFORE DELETE ON sign_off
      BEGIN SELECT RAISE (ABORT, 'sign_off is append-only'); END;
    """

  /// Few of many tickets wait for their VoBo, and every morning's report asks for them.
  static let pendingVobos = "CREATE INDEX ticket_pending_vobo ON ticket (closed_at) WHERE vobo = 'pending'"
}
