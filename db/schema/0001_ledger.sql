-- Step 1: the notice side (written once), the ledger side (the clerk's work), and what belongs to the file.
-- A step that has landed is never edited. Dates are ISO text and real days: only then date(x, '+0 days') gives x back
-- (without the '+0 days' SQLite lets 2026-02-30 through).

CREATE TABLE setting (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE day_off (
    day TEXT PRIMARY KEY CHECK (date(day, '+0 days') IS day),
    kind TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    notice TEXT NOT NULL CHECK (notice <> ''),
    origin TEXT NOT NULL CHECK (origin IN ('shipped', 'office'))
) STRICT, WITHOUT ROWID;

-- What the document says -------------------------------------------------------------------------

CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan TEXT NOT NULL UNIQUE CHECK (plan <> '' AND plan NOT GLOB '*[^a-z0-9-]*'),
    agency TEXT CHECK (agency <> ''),
    title TEXT CHECK (title <> ''),
    document_number TEXT CHECK (document_number <> ''),
    year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
    issued_on TEXT CHECK (issued_on IS NULL OR date(issued_on, '+0 days') IS issued_on),
    text TEXT NOT NULL CHECK (text <> ''),
    origin TEXT NOT NULL CHECK (origin IN ('shipped', 'office'))
) STRICT;

CREATE TABLE unit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> '' AND name <> '全局'),
    kind TEXT NOT NULL CHECK (kind IN ('科室', '所队', '中心', '属下单位', '其他')),
    origin TEXT NOT NULL CHECK (origin IN ('notice', 'office')),
    quote TEXT CHECK (quote <> ''),
    UNIQUE (notice_id, name)
) STRICT;

CREATE TABLE task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    position INTEGER NOT NULL,
    number TEXT NOT NULL CHECK (number <> ''),
    section TEXT CHECK (section <> ''),
    matter TEXT CHECK (matter <> ''),
    requirement TEXT NOT NULL CHECK (requirement <> ''),
    assignment TEXT CHECK (assignment <> ''),
    remark TEXT CHECK (remark <> ''),
    remark_source TEXT CHECK (remark_source IN ('cell', 'body')),
    UNIQUE (notice_id, number),
    CHECK ((remark IS NULL) = (remark_source IS NULL))
) STRICT;

CREATE TABLE responsibility (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id INTEGER NOT NULL REFERENCES task (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('lead', 'responsible', 'support')),
    name TEXT NOT NULL CHECK (name <> ''),
    through TEXT NOT NULL CHECK (through IN ('name', 'group', 'related', 'inherited')),
    scope TEXT CHECK (scope LIKE '{%}'),
    listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
    quote TEXT CHECK (quote <> ''),
    UNIQUE (task_id, position)
) STRICT;

CREATE TABLE deadline (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id INTEGER NOT NULL REFERENCES task (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('on_day', 'month_end', 'window', 'standing', 'recurring')),
    source TEXT NOT NULL CHECK (source IN ('cell', 'requirement', 'notice')),
    quote TEXT NOT NULL CHECK (quote <> ''),
    month INTEGER CHECK (month BETWEEN 1 AND 12),
    day INTEGER CHECK (day BETWEEN 1 AND 31),
    year_offset INTEGER NOT NULL CHECK (year_offset BETWEEN -9 AND 9),
    start_month INTEGER CHECK (start_month BETWEEN 1 AND 12),
    start_day INTEGER CHECK (start_day BETWEEN 1 AND 31),
    party TEXT CHECK (party <> ''),
    ours INTEGER NOT NULL CHECK (ours IN (0, 1)),
    recurrence TEXT CHECK (recurrence LIKE 'FREQ=%'),
    UNIQUE (task_id, position),
    CHECK (day IS NULL OR month IS NOT NULL),
    CHECK (kind NOT IN ('on_day', 'month_end', 'window') OR month IS NOT NULL)
) STRICT;

CREATE TABLE quota (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    task_id INTEGER REFERENCES task (id),
    position INTEGER NOT NULL,
    target INTEGER NOT NULL CHECK (target > 0),
    counter TEXT NOT NULL CHECK (counter <> ''),
    period TEXT NOT NULL CHECK (period IN ('month', 'quarter', 'year', 'item')),
    quote TEXT NOT NULL CHECK (quote <> '')
) STRICT;

CREATE TABLE clock_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    task_id INTEGER REFERENCES task (id),
    position INTEGER NOT NULL,
    days INTEGER NOT NULL CHECK (days > 0),
    day_kind TEXT NOT NULL CHECK (day_kind IN ('workday', 'calendar')),
    direction TEXT NOT NULL CHECK (direction IN ('after', 'before')),
    bound TEXT NOT NULL CHECK (bound IN ('max', 'min')),
    "trigger" TEXT NOT NULL CHECK ("trigger" <> ''),
    action TEXT NOT NULL CHECK (action <> ''),
    quote TEXT NOT NULL CHECK (quote <> '')
) STRICT;

CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    position INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what <> ''),
    recipient TEXT NOT NULL CHECK (recipient <> ''),
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
    year_offset INTEGER NOT NULL CHECK (year_offset BETWEEN -9 AND 9),
    attachments TEXT NOT NULL CHECK (attachments LIKE '[%]'),
    quote TEXT NOT NULL CHECK (quote <> '')
) STRICT;

CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    text TEXT NOT NULL CHECK (text <> '')
) STRICT;

-- What the clerk adds ----------------------------------------------------------------------------

CREATE TABLE ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
    unit TEXT NOT NULL CHECK (unit <> ''),
    officer TEXT CHECK (officer <> ''),
    UNIQUE (notice_id, year, unit)
) STRICT;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ledger_id INTEGER NOT NULL REFERENCES ledger (id),
    task_id INTEGER REFERENCES task (id),
    own_number INTEGER CHECK (own_number > 0),
    own_requirement TEXT CHECK (own_requirement <> ''),
    own_due TEXT CHECK (own_due IS NULL OR date(own_due, '+0 days') IS own_due),
    own_reason TEXT CHECK (own_reason <> ''),
    status TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress', 'done', 'not_applicable')),
    done_on TEXT CHECK (done_on IS NULL OR date(done_on, '+0 days') IS done_on),
    what_was_done TEXT CHECK (what_was_done <> ''),
    reason TEXT CHECK (reason <> ''),
    decision TEXT CHECK (decision IN ('ours', 'not_ours')),
    adjusted_due TEXT CHECK (adjusted_due IS NULL OR date(adjusted_due, '+0 days') IS adjusted_due),
    adjusted_reason TEXT CHECK (adjusted_reason <> ''),
    UNIQUE (ledger_id, task_id),
    UNIQUE (ledger_id, own_number),
    CHECK ((task_id IS NULL) = (own_number IS NOT NULL)),
    CHECK ((own_number IS NULL) = (own_requirement IS NULL)),
    CHECK ((own_number IS NULL) = (own_reason IS NULL)),
    CHECK (own_number IS NOT NULL OR own_due IS NULL),
    CHECK ((status = 'done') = (done_on IS NOT NULL)),
    CHECK (what_was_done IS NULL OR status = 'done'),
    CHECK ((status = 'not_applicable') = (reason IS NOT NULL)),
    CHECK ((adjusted_due IS NULL) = (adjusted_reason IS NULL))
) STRICT;

CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    at TEXT NOT NULL,
    officer TEXT CHECK (officer <> ''),
    text TEXT NOT NULL CHECK (text <> '' AND length(text) <= 20000)
) STRICT;
CREATE INDEX note_entry ON note (entry_id);

-- Of the file ------------------------------------------------------------------------------------

CREATE TABLE history (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    ledger_id INTEGER REFERENCES ledger (id),
    at TEXT NOT NULL,
    officer TEXT,
    step TEXT NOT NULL CHECK (step <> ''),
    verb TEXT NOT NULL CHECK (verb <> ''),
    subject TEXT NOT NULL CHECK (subject <> ''),
    before TEXT CHECK (before LIKE '{%}'),
    after TEXT CHECK (after LIKE '{%}'),
    undoes INTEGER REFERENCES history (seq)
) STRICT;
CREATE INDEX history_ledger ON history (ledger_id, group_id);
CREATE INDEX history_subject ON history (subject);
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TABLE draft (
    ledger_id INTEGER NOT NULL REFERENCES ledger (id),
    field TEXT NOT NULL CHECK (field <> ''),
    entry_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (ledger_id, field, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    ledger_id INTEGER PRIMARY KEY REFERENCES ledger (id),
    filter TEXT NOT NULL,
    search TEXT NOT NULL,
    entry_id INTEGER,
    walk_entry_id INTEGER,
    opened_at TEXT
) STRICT;
