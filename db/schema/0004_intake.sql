-- Step 4: intake. A reading that waits for the clerk: the document as it was read, and the clerk's steps on it.
-- Outside the history, as every draft: what comes of it stands there once it is accepted.

CREATE TABLE intake_draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    source TEXT NOT NULL CHECK (source LIKE '{%}'),
    edits TEXT NOT NULL CHECK (edits LIKE '[%]'),
    begun_at TEXT NOT NULL CHECK (begun_at <> ''),
    changed_at TEXT NOT NULL CHECK (changed_at <> '')
) STRICT;
