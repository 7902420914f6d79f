extension DeskSchema {
  /// The knowledge base, every version of an article, and the index that finds it by its words.
  static let articles = """
    -- A known problem and its solution, as its last version has it.
    CREATE TABLE article (
      id INTEGER PRIMARY KEY,
      product_id INTEGER REFERENCES product (id),
      ticket_id INTEGER REFERENCES ticket (id),        -- from which it was made
      author_id INTEGER REFERENCES user (id),
      written_at INTEGER NOT NULL,
      version INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,                     -- of the last version
      active INTEGER NOT NULL CHECK (active IN (0, 1)),  -- 0: withdrawn
      title TEXT NOT NULL,
      problem TEXT NOT NULL,
      solution TEXT NOT NULL
    ) STRICT;

    -- Every version, the first included; never changed.
    CREATE TABLE article_version (
      id INTEGER PRIMARY KEY,
      article_id INTEGER NOT NULL REFERENCES article (id),
      version INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      recorded_by INTEGER REFERENCES user (id),
      reason TEXT,
      product_id INTEGER REFERENCES product (id),
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      title TEXT NOT NULL,
      problem TEXT NOT NULL,
      solution TEXT NOT NULL,
      UNIQUE (article_id, version)
    ) STRICT;
    CREATE TRIGGER article_version_is_kept BEFORE UPDATE ON article_version
      BEGIN SELECT RAISE (ABORT, 'article_version is append-only'); END;
    CREATE TRIGGER article_version_is_not_deleted BEFORE DELETE ON article_version
      BEGIN SELECT RAISE (ABORT, 'article_version is append-only'); END;
    CREATE TRIGGER article_is_not_deleted BEFORE DELETE ON article
      BEGIN SELECT RAISE (ABORT, 'articles are withdrawn, not deleted'); END;

    -- Accents folded. It has the words alone; the texts stay where they are. Who writes an article writes it, too:
    -- SQLite lets no trigger of an untrusted schema touch a virtual table.
    CREATE VIRTUAL TABLE article_text USING fts5 (
      title, problem, solution, content = 'article', content_rowid = 'id',
      tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    );
    """
}
