"""The models say what the schema says, and the schema lets nothing in that the ledger cannot mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import SQLModel

import db.models  # noqa: F401 - a table is known once its module is loaded
from tests.world import TABLES, copied

MODELS = {table.name: table for table in SQLModel.metadata.tables.values()}


@pytest.fixture(scope="module")
def schema(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = copied(planted, tmp_path_factory.mktemp("schema") / "x.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


@pytest.fixture
def inside(schema: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The planted file in a transaction that is rolled back."""
    schema.execute("BEGIN")
    yield schema
    schema.execute("ROLLBACK")


def test_every_table_has_a_model_and_every_model_a_table(schema: sqlite3.Connection) -> None:
    found = schema.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
    assert sorted(name for (name,) in found.fetchall()) == sorted(MODELS) == sorted(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_model_has_the_columns_types_nullability_and_key_of_its_table(name: str, schema: sqlite3.Connection) -> None:
    in_file = [
        # A primary key column may be NULL in the pragma's words only: SQLite gives the number.
        (column, kind, bool(not_null) or bool(key), key)
        for _, column, kind, not_null, _, key, _ in schema.execute(f'PRAGMA table_xinfo("{name}")').fetchall()
    ]
    assert in_file == [
        (
            column.name,
            column.type.compile(dialect=dialect()),
            not column.nullable,
            list(MODELS[name].primary_key).index(column) + 1 if column.primary_key else 0,
        )
        for column in MODELS[name].columns
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_model_refers_where_its_table_refers(name: str, schema: sqlite3.Connection) -> None:
    in_file = {
        (mine, other, theirs)
        for _, _, other, mine, theirs, *_ in schema.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
    }
    assert in_file == {(key.parent.name, key.column.table.name, key.column.name) for key in MODELS[name].foreign_keys}


@pytest.mark.parametrize("name", TABLES)
def test_a_model_is_strict_and_numbered_as_its_table(name: str, schema: sqlite3.Connection) -> None:
    without_rowid, strict = schema.execute(
        "SELECT wr, strict FROM pragma_table_list WHERE name = ? AND schema = 'main'", (name,)
    ).fetchone()
    options = MODELS[name].dialect_options["sqlite"]
    assert (strict, without_rowid) == (1, int(not options["with_rowid"]))
    assert options["strict"]
    sql = schema.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
    assert ("AUTOINCREMENT" in sql) == bool(options.get("autoincrement"))


REFUSED = {
    "setting": ["key = ''"],
    "day_off": [
        *("day = '2026-02-29'", "day = '2026-2-8'", "day = ''", "day = '2026-01-01 '"),
        *("kind = 'holiday'", "notice = ''", "origin = 'other'"),
    ],
    "notice": [
        *("plan = ''", "plan = 'Jiangmen'", "plan = 'a_b'", "plan = '江门'", "agency = ''", "title = ''"),
        *("document_number = ''", "year = 1999", "year = 3000", "issued_on = '2021-13-01'", "issued_on = ''"),
        *("issued_on = '2021-10-28T00:00'", "text = ''", "origin = 'x'"),
    ],
    "unit": ["name = ''", "name = '全局'", "kind = '处室'", "origin = 'shipped'", "quote = ''"],
    "task": [
        *("number = ''", "section = ''", "matter = ''", "requirement = ''", "assignment = ''"),
        *("remark = ''", "remark_source = 'cell'", "remark = 'x'", "remark = 'x', remark_source = 'foot'"),
    ],
    "responsibility": [
        *("role = 'owner'", "name = ''", "through = 'guess'", "scope = 'x'", "scope = ''", "listed = 2", "quote = ''"),
    ],
    "deadline": [
        *("text = ''", "kind = 'none'", "source = 'none'", "quote = ''", "month = 0", "month = 13", "day = 0"),
        *("day = 32", "year_offset = 10", "year_offset = -10", "start_month = 13", "start_day = 32", "party = ''"),
        *("ours = 2", "recurrence = 'monthly'", "kind = 'standing', month = NULL, day = 3"),
        *(f"kind = '{kind}', month = NULL, day = NULL" for kind in ("on_day", "month_end", "window")),
    ],
    "quota": ["target = 0", "target = -1", "counter = ''", "period = 'week'", "quote = ''"],
    "clock_rule": [
        *("days = 0", "day_kind = 'day'", "direction = 'back'", "bound = 'about'", "\"trigger\" = ''", "action = ''"),
        *("quote = ''",),
    ],
    "report": [
        *("what = ''", "recipient = ''", "month = 0", "month = 13", "day = 0", "day = 32", "year_offset = 10"),
        *("attachments = ''", "attachments = '{}'", "quote = ''"),
    ],
    "rule": ["kind = ''", "text = ''"],
    "ledger": ["year = 1999", "year = 3000", "unit = ''", "officer = ''"],
    "entry": [
        *("own_number = 0", "own_number = 1", "task_id = NULL", "own_requirement = 'x'", "own_reason = 'x'"),
        *("own_due = '2021-12-01'", "status = 'late'", "status = 'done'", "done_on = '2021-12-01'"),
        *("status = 'done', done_on = '2021-11-31'", "status = 'done', done_on = ''", "what_was_done = 'x'"),
        *("status = 'done', done_on = '2021-11-01', what_was_done = ''", "status = 'not_applicable'", "reason = 'x'"),
        *("status = 'not_applicable', reason = ''", "decision = 'possible'", "adjusted_due = '2021-12-01'"),
        *("adjusted_reason = 'x'", "adjusted_due = '2021-02-29', adjusted_reason = 'x'"),
        *("adjusted_due = '2021-12-01', adjusted_reason = ''", "shift_confirmed = 2"),
    ],
    "note": ["text = ''", "officer = ''", "text = replace(hex(zeroblob(10001)), '00', '文字')"],
    "history": [],
    "draft": ["field = ''"],
    "place": [],
    "day_off_source": ["notice = ''", "text = ''"],
    "statute_rule": [
        *("key = ''", "article = ''", "days = 0", "day_kind = 'day'", "direction = 'back'", "bound = 'about'"),
        *("\"trigger\" = ''", "action = ''", "text = ''", "may_extend = 0", "registers = 2", "origin = 'notice'"),
    ],
    "publication": [
        *("day = '2021-02-29'", "day = ''", "title = ''", "channel = ''", "address = ''", "form = ''"),
    ],
    "item": ["name = ''", "day = '2021-02-29'", "day = ''"],
    "count": ["day = '2021-2-1'", "number = 0", "number = -1", "what = ''"],
    "occurrence": ["start = '2021-02-29'", "done_on = '2021-13-01'", "what_was_done = ''"],
    "clock": [
        *("subject = ''", "source = 'agency'", "article = '第一条'", "source = 'statute'", "days = 0"),
        *("source = 'statute', article = ''", "day_kind = 'day'", "direction = 'back'", "bound = 'about'"),
        *("\"trigger\" = ''", "action = ''", "quote = ''", "may_extend = 0", "start_day = '2021-02-29'"),
        *("pauses = ''", "pauses = '{}'", "extensions = '{}'", "stages = '{}'", "closed_on = '2021-02-29'"),
        *("outcome = '已答复'", "closed_on = '2021-11-01', outcome = ''"),
    ],
    "report_state": [
        *("what = ''", "source = 'agency'", "source = 'office'", "recipient = '市政府'", "due = '2021-12-31'"),
        *("reason = '条例'", "handed_in_on = NULL", "handed_in_on = '2021-02-29'", "remark = ''"),
        *("source = 'office', recipient = '', due = '2021-12-31', reason = '条例'",),
        *("source = 'office', recipient = '市政府', due = '2021-02-29', reason = '条例'",),
        *("source = 'office', recipient = '市政府', due = '2021-12-31', reason = ''",),
        *(
            "source = 'office', recipient = '市政府', due = '2021-12-31', reason = '条例'"
            ", handed_in_on = NULL, remark = '已签收'",
        ),
    ],
}
"""What each table must not take, as the assignment of an UPDATE of one of its rows."""


def _with_a_row(connection: sqlite3.Connection, table: str) -> int | str:
    """Some row of the table, made where planting makes none."""
    made = {
        "note": "INSERT INTO note (entry_id, at, officer, text) VALUES (1, 'x', '甲', '文')",
        "draft": "INSERT INTO draft VALUES (1, 'note', 0, '', 'x')",
        "place": "INSERT INTO place VALUES (1, 'all', '', NULL, NULL, NULL)",
        "day_off_source": "INSERT INTO day_off_source VALUES ('通知', '全文', 'x')",
        "publication": "INSERT INTO publication (ledger_id, day, title, channel, form)"
        " VALUES (1, '2021-11-01', '公告', '网站', '文字')",
        "item": "INSERT INTO item (entry_id, name) VALUES (1, '决策')",
        "count": "INSERT INTO count (entry_id, day, number) VALUES (1, '2021-11-01', 1)",
        "occurrence": "INSERT INTO occurrence (entry_id, start, done_on) VALUES (1, '2021-01-01', '2021-01-02')",
        "clock": 'INSERT INTO clock (ledger_id, subject, source, days, day_kind, direction, bound, "trigger", action,'
        " quote, start_day, pauses, extensions)"
        " VALUES (1, '申请', 'office', 20, 'workday', 'after', 'max', '收到', '答复', '文', '2021-11-01', '[]', '[]')",
        "report_state": "INSERT INTO report_state (ledger_id, what, source, handed_in_on)"
        " VALUES (1, '总结', 'notice', '2021-11-01')",
    }
    if table in made:
        connection.execute(made[table])
    # A row on which one assignment breaks one rule only.
    plain = {"task": "remark IS NULL", "deadline": "kind = 'on_day'", "entry": "task_id IS NOT NULL"}
    key = MODELS[table].primary_key.columns[0].name
    found: int | str = connection.execute(
        f'SELECT "{key}" FROM "{table}" WHERE {plain.get(table, "1")} LIMIT 1'
    ).fetchone()[0]
    return found


@pytest.mark.parametrize(("table", "assignment"), [(table, each) for table in REFUSED for each in REFUSED[table]])
def test_a_check_bites(table: str, assignment: str, inside: sqlite3.Connection) -> None:
    key = MODELS[table].primary_key.columns[0].name
    row = _with_a_row(inside, table)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        inside.execute(f'UPDATE "{table}" SET {assignment} WHERE "{key}" = ?', (row,))


HISTORY = (
    "INSERT INTO history (seq, group_id, at, step, verb, subject, before, after, hash)"
    " SELECT max(seq) + 1, 1, 'x', {} FROM history"
)
HASH = "'" + "0" * 64 + "'"


@pytest.mark.parametrize(
    "values",
    [
        "'', 'settle', 'entry:1', NULL, NULL",
        "'settle', '', 'entry:1', NULL, NULL",
        "'settle', 'settle', '', NULL, NULL",
        "'settle', 'settle', 'entry:1', 'x', NULL",
        "'settle', 'settle', 'entry:1', NULL, '[1]'",
        "'settle', 'settle', 'entry:1', NULL, NULL, 'a hash'",
    ],
)
def test_a_check_of_the_history_bites(values: str, inside: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        inside.execute(HISTORY.format(values if "hash" in values else f"{values}, {HASH}"))


def test_the_history_takes_a_row_without_images(inside: sqlite3.Connection) -> None:
    inside.execute(HISTORY.format(f"'settle', 'settle', 'entry:1', NULL, NULL, {HASH}"))


def test_the_history_takes_no_row_without_its_hash_and_none_behind_a_gap(inside: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="needs its hash"):
        inside.execute(HISTORY.format("'settle', 'settle', 'entry:1', NULL, NULL, NULL"))
    with pytest.raises(sqlite3.IntegrityError, match="no gap"):
        inside.execute(HISTORY.replace("+ 1", "+ 2", 1).format(f"'settle', 'settle', 'entry:1', NULL, NULL, {HASH}"))


@pytest.mark.parametrize("verb", ["UPDATE identity SET id = lower(hex(randomblob(16)))", "DELETE FROM identity"])
def test_the_identity_stays(verb: str, inside: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="identity stays"):
        inside.execute(verb)


def test_no_check_of_the_schema_is_without_a_case(schema: sqlite3.Connection) -> None:
    """A new CHECK must come with what it refuses: each table has at least as many cases as checks."""
    for table, assignments in REFUSED.items():
        sql = schema.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        cases = 6 if table == "history" else len(assignments)
        assert cases >= sql.count("CHECK ("), table


@pytest.mark.parametrize(
    ("table", "assignment"),
    [
        ("notice", "year = 'soon'"),
        ("entry", "done_on = 20211122, status = 'done'"),
        ("note", "text = x'41'"),
        ("quota", "target = 1.5"),
        ("ledger", "unit = NULL"),
    ],
)
def test_a_strict_table_takes_no_other_type(table: str, assignment: str, inside: sqlite3.Connection) -> None:
    row = _with_a_row(inside, table)
    with pytest.raises(sqlite3.IntegrityError):
        inside.execute(f'UPDATE "{table}" SET {assignment} WHERE id = ?', (row,))


@pytest.mark.parametrize("verb", ["UPDATE history SET officer = '乙'", "DELETE FROM history"])
def test_the_history_is_neither_changed_nor_deleted(verb: str, inside: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        inside.execute(verb)


def test_the_history_is_not_replaced_by_a_writing_connection(inside: sqlite3.Connection) -> None:
    inside.execute("PRAGMA recursive_triggers = ON")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        inside.execute(
            "INSERT OR REPLACE INTO history (seq, group_id, at, step, verb, subject, hash)"
            f" VALUES (1,1,'x','x','x','x',{HASH})"
        )


UNIQUE = [
    "INSERT INTO ledger (notice_id, year, unit) SELECT notice_id, year, unit FROM ledger",
    "INSERT INTO entry (ledger_id, task_id, status) SELECT ledger_id, task_id, 'not_started' FROM entry LIMIT 1",
    "INSERT INTO notice (plan, year, text, origin) SELECT plan, year, text, origin FROM notice LIMIT 1",
    "INSERT INTO unit (notice_id, position, name, kind, origin) SELECT notice_id, 9, name, kind, origin FROM unit",
    "INSERT INTO task (notice_id, position, number, requirement) SELECT notice_id, 99, number, 'x' FROM task LIMIT 1",
    "INSERT INTO statute_rule SELECT * FROM statute_rule LIMIT 1",
    "INSERT INTO occurrence (entry_id, start, done_on)"
    " VALUES (1, '2021-01-01', '2021-01-02'), (1, '2021-01-01', '2021-01-03')",
    "INSERT INTO report_state (ledger_id, what, source, handed_in_on)"
    " VALUES (1, '总结', 'notice', '2021-11-01'), (1, '总结', 'notice', '2021-11-02')",
]


@pytest.mark.parametrize("statement", UNIQUE)
def test_what_is_unique_stands_once(statement: str, inside: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        inside.execute(statement)


def test_two_own_tasks_of_a_ledger_never_bear_one_number(inside: sqlite3.Connection) -> None:
    columns = "ledger_id, own_number, own_requirement, own_reason, status"
    own = f"INSERT INTO entry ({columns}) VALUES (1, 1, 'x', 'x', 'not_started')"
    inside.execute(own)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        inside.execute(own)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO note (entry_id, at, text) VALUES (99999, 'x', 'x')",
        "INSERT INTO ledger (notice_id, year, unit) VALUES (99999, 2021, 'x')",
        "INSERT INTO place VALUES (99999, 'all', '', NULL, NULL, NULL)",
        "INSERT INTO count (entry_id, item_id, day, number) VALUES (1, 99999, '2021-11-01', 1)",
        "INSERT INTO item (entry_id, name) VALUES (99999, '决策')",
        "INSERT INTO occurrence (entry_id, start, done_on) VALUES (99999, '2021-01-01', '2021-01-02')",
        "INSERT INTO publication (ledger_id, entry_id, day, title, channel, form)"
        " VALUES (1, 99999, '2021-11-01', '公告', '网站', '文字')",
        "INSERT INTO report_state (ledger_id, what, source, handed_in_on) VALUES (99999, 'x', 'notice', '2021-11-01')",
        "DELETE FROM task WHERE id = (SELECT task_id FROM entry LIMIT 1)",
        "DELETE FROM ledger",
    ],
)
def test_a_row_refers_to_rows_that_are_there(statement: str, inside: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        inside.execute(statement)


def test_a_note_takes_its_limit_and_not_one_more(inside: sqlite3.Connection) -> None:
    inside.execute("INSERT INTO note (entry_id, at, text) VALUES (1, 'x', ?)", ("字" * 20_000,))
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        inside.execute("INSERT INTO note (entry_id, at, text) VALUES (1, 'x', ?)", ("字" * 20_001,))


def test_the_number_of_a_deleted_row_is_never_given_again(inside: sqlite3.Connection) -> None:
    first = _with_a_row(inside, "note")
    inside.execute("DELETE FROM note")
    assert _with_a_row(inside, "note") != first
