-- Step 5: the 办理流水 becomes a chain. Each row's hash is made of its own words and the hash before it, the first one's
-- of the file's identity: what flips, goes missing or is put between afterwards does not follow any more.

-- Random, made with the file: two files never have one chain, and a file is known again under another name.
CREATE TABLE identity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id TEXT NOT NULL CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*')
) STRICT;
CREATE TRIGGER identity_is_not_changed BEFORE UPDATE ON identity
BEGIN SELECT RAISE(ABORT, 'the identity stays'); END;
CREATE TRIGGER identity_is_not_deleted BEFORE DELETE ON identity
BEGIN SELECT RAISE(ABORT, 'the identity stays'); END;

-- NULL only in rows that an older program wrote, until the program has linked them (in this step's transaction).
ALTER TABLE history ADD COLUMN hash TEXT CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*');
DROP TRIGGER history_is_not_changed;
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history WHEN OLD.hash IS NOT NULL OR NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_is_linked BEFORE INSERT ON history WHEN NEW.hash IS NULL
BEGIN SELECT RAISE(ABORT, 'a row of the history needs its hash'); END;
CREATE TRIGGER history_has_no_gap AFTER INSERT ON history
WHEN NEW.seq IS NOT 1 + (SELECT coalesce(max(seq), 0) FROM history WHERE seq < NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the history has no gap'); END;

-- SHA-256 over each table that the history does not speak for (db.seals): what the notices say, the calendar, drafts.
CREATE TABLE seal (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*')
) STRICT, WITHOUT ROWID;
