-- Step 3: evidence. The content of a file stands once, by its SHA-256, in pieces of 1 MiB; what is attached refers to it.

-- The words of the notice's own header row, by our names of the columns; NULL: it has no table.
ALTER TABLE notice ADD COLUMN headings TEXT CHECK (headings LIKE '{%}');

CREATE TABLE content (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    size INTEGER NOT NULL CHECK (size > 0)
) STRICT, WITHOUT ROWID;

-- With rowids: rows of a megabyte do not belong into the inner pages of a key's tree.
CREATE TABLE piece (
    sha256 TEXT NOT NULL REFERENCES content (sha256),
    n INTEGER NOT NULL CHECK (n >= 0),
    bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
    PRIMARY KEY (sha256, n)
) STRICT;

-- 佐证材料: a file (sha256) or a web address, of an entry or of a publication. Detached, its row goes, its content stays:
-- undo brings the row back.
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ledger_id INTEGER NOT NULL REFERENCES ledger (id),
    entry_id INTEGER REFERENCES entry (id),
    publication_id INTEGER REFERENCES publication (id),
    name TEXT NOT NULL CHECK (name <> ''),
    sha256 TEXT REFERENCES content (sha256),
    address TEXT CHECK (address <> ''),
    caption TEXT CHECK (caption <> ''),
    day TEXT CHECK (day IS NULL OR date(day, '+0 days') IS day),
    added_at TEXT NOT NULL,
    modified_at TEXT,
    CHECK ((entry_id IS NULL) <> (publication_id IS NULL)),
    CHECK ((sha256 IS NULL) <> (address IS NULL)),
    CHECK (modified_at IS NULL OR sha256 IS NOT NULL)
) STRICT;
CREATE INDEX evidence_ledger ON evidence (ledger_id);
CREATE INDEX evidence_entry ON evidence (entry_id);
CREATE INDEX evidence_publication ON evidence (publication_id);
CREATE INDEX evidence_sha256 ON evidence (sha256);
