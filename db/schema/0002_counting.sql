-- Step 2: what is counted and timed: publications, items, counts, occurrences, clocks, reports, the office's days off.

CREATE TABLE day_off_source (
    notice TEXT PRIMARY KEY CHECK (notice <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The clocks of 政府信息公开条例, in our own words; the office may correct one and planting leaves it so.
CREATE TABLE statute_rule (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    position INTEGER NOT NULL,
    article TEXT NOT NULL CHECK (article <> ''),
    days INTEGER NOT NULL CHECK (days > 0),
    day_kind TEXT NOT NULL CHECK (day_kind IN ('workday', 'calendar')),
    direction TEXT NOT NULL CHECK (direction IN ('after', 'before')),
    bound TEXT NOT NULL CHECK (bound IN ('max', 'min')),
    "trigger" TEXT NOT NULL CHECK ("trigger" <> ''),
    action TEXT NOT NULL CHECK (action <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    may_extend INTEGER CHECK (may_extend > 0),
    registers INTEGER NOT NULL CHECK (registers IN (0, 1)),
    origin TEXT NOT NULL CHECK (origin IN ('shipped', 'office'))
) STRICT, WITHOUT ROWID;

-- What the clerk adds ----------------------------------------------------------------------------

-- A date that was taken over into another year and has to be confirmed: a printed year, 29 February.
ALTER TABLE entry ADD COLUMN shift_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (shift_confirmed IN (0, 1));

CREATE TABLE publication (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ledger_id INTEGER NOT NULL REFERENCES ledger (id),
    entry_id INTEGER REFERENCES entry (id),
    day TEXT NOT NULL CHECK (date(day, '+0 days') IS day),
    title TEXT NOT NULL CHECK (title <> ''),
    channel TEXT NOT NULL CHECK (channel <> ''),
    address TEXT CHECK (address <> ''),
    form TEXT NOT NULL CHECK (form <> '')
) STRICT;
CREATE INDEX publication_ledger ON publication (ledger_id, entry_id, day, form);
CREATE INDEX publication_entry ON publication (entry_id);

CREATE TABLE item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    name TEXT NOT NULL CHECK (name <> ''),
    day TEXT CHECK (day IS NULL OR date(day, '+0 days') IS day)
) STRICT;
CREATE INDEX item_entry ON item (entry_id);

CREATE TABLE count (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    item_id INTEGER REFERENCES item (id),
    day TEXT NOT NULL CHECK (date(day, '+0 days') IS day),
    number INTEGER NOT NULL CHECK (number > 0),
    what TEXT CHECK (what <> '')
) STRICT;
CREATE INDEX count_entry ON count (entry_id);
CREATE INDEX count_item ON count (item_id);

CREATE TABLE occurrence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    start TEXT NOT NULL CHECK (date(start, '+0 days') IS start),
    done_on TEXT NOT NULL CHECK (date(done_on, '+0 days') IS done_on),
    what_was_done TEXT CHECK (what_was_done <> ''),
    UNIQUE (entry_id, start)
) STRICT;

-- pauses: [{"from","to"|null,"anew","reason"}], extensions: [{"on","days","reason"}], stages: [{"stage","on"}].
CREATE TABLE clock (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ledger_id INTEGER NOT NULL REFERENCES ledger (id),
    entry_id INTEGER REFERENCES entry (id),
    subject TEXT NOT NULL CHECK (subject <> ''),
    source TEXT NOT NULL CHECK (source IN ('notice', 'statute', 'office')),
    article TEXT CHECK (article <> ''),
    days INTEGER NOT NULL CHECK (days > 0),
    day_kind TEXT NOT NULL CHECK (day_kind IN ('workday', 'calendar')),
    direction TEXT NOT NULL CHECK (direction IN ('after', 'before')),
    bound TEXT NOT NULL CHECK (bound IN ('max', 'min')),
    "trigger" TEXT NOT NULL CHECK ("trigger" <> ''),
    action TEXT NOT NULL CHECK (action <> ''),
    quote TEXT NOT NULL CHECK (quote <> ''),
    may_extend INTEGER CHECK (may_extend > 0),
    start_day TEXT NOT NULL CHECK (date(start_day, '+0 days') IS start_day),
    pauses TEXT NOT NULL CHECK (pauses LIKE '[%]'),
    extensions TEXT NOT NULL CHECK (extensions LIKE '[%]'),
    stages TEXT CHECK (stages LIKE '[%]'),
    closed_on TEXT CHECK (closed_on IS NULL OR date(closed_on, '+0 days') IS closed_on),
    outcome TEXT CHECK (outcome <> ''),
    CHECK (outcome IS NULL OR closed_on IS NOT NULL),
    CHECK ((source = 'statute') = (article IS NOT NULL))
) STRICT;
CREATE INDEX clock_ledger ON clock (ledger_id);
CREATE INDEX clock_entry ON clock (entry_id);

-- The state of a report. One of the notice is known by its words; one that the clerk added carries its own.
CREATE TABLE report_state (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ledger_id INTEGER NOT NULL REFERENCES ledger (id),
    what TEXT NOT NULL CHECK (what <> ''),
    source TEXT NOT NULL CHECK (source IN ('notice', 'statute', 'office')),
    recipient TEXT CHECK (recipient <> ''),
    due TEXT CHECK (due IS NULL OR date(due, '+0 days') IS due),
    reason TEXT CHECK (reason <> ''),
    handed_in_on TEXT CHECK (handed_in_on IS NULL OR date(handed_in_on, '+0 days') IS handed_in_on),
    remark TEXT CHECK (remark <> ''),
    UNIQUE (ledger_id, what),
    CHECK ((source = 'notice') = (recipient IS NULL)),
    CHECK ((source = 'notice') = (due IS NULL)),
    CHECK ((source = 'notice') = (reason IS NULL)),
    CHECK (remark IS NULL OR handed_in_on IS NOT NULL),
    CHECK (source <> 'notice' OR handed_in_on IS NOT NULL)
) STRICT;

-- Of the file ------------------------------------------------------------------------------------

-- Which entry a line of the history is about, so that an entry's history is found without opening its images.
ALTER TABLE history ADD COLUMN entry_id INTEGER;
DROP TRIGGER history_is_not_changed;
UPDATE history SET entry_id = CASE
    WHEN subject GLOB 'entry:*' THEN CAST(substr(subject, 7) AS INTEGER)
    ELSE CAST(json_extract(coalesce(after, before), '$.entry_id') AS INTEGER)
END WHERE subject GLOB 'entry:*' OR subject GLOB 'note:*';
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE INDEX history_entry ON history (entry_id, ledger_id);
