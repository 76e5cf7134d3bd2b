"""--check: seals of what no image speaks for, the chain and its numbering, shapes, and what must hold between rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from db.file import open_file
from db.reads.apart import tables_of
from db.reads.check import check
from db.reads.check_rules import rules
from db.reads.check_seals import NAMES
from db.reads.check_shapes import SHAPES, shapes
from db.rules.calendar import DayOff
from db.rules.rows import Place
from db.rules.words import WHOLE_BUREAU
from db.seals import SEALED, broken_seals
from db.store.days import take_days
from db.store.intake import keep_intake
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.occurrences import settle_occurrence
from db.store.own import add_own
from db.store.places import remember, save_draft
from tests.db.store.samples import MONTHLY, attached, clock, count, item, other_entry, own_report, publications
from tests.world import LEDGER, NOW, PLAN, TABLES, TODAY, WORK, World, copied, later, tamper


def areas(world: World) -> dict[str, list[str]]:
    """What is damaged, by area."""
    found: dict[str, list[str]] = {}
    for finding in check(world.file).findings:
        if finding.level == "damage":
            found.setdefault(finding.area, []).append(finding.words)
    return found


# Seals


def test_every_table_is_spoken_for_by_the_history_a_seal_or_its_own_hashes() -> None:
    assert set(TABLES) == {*WORK, *SEALED, "history", "content", "piece", "identity", "seal"}
    assert set(NAMES) == set(SEALED)


@pytest.fixture(scope="module")
def worked_once(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows in every table that the cases below change; copied for each test."""
    path = copied(planted, tmp_path_factory.mktemp("worked") / "台账.db")
    world = World(path, open_file(path, NOW, write=True), LEDGER)
    one, two = world.ours(2)
    publications(world, one, "公告")
    item(world, two)
    count(world, one, item=item(world, one))
    clock(world, entry=one)
    attached(world, entry=one)
    own_report(world)
    add_note(world.file, LEDGER, one, text="办", at=NOW)
    october = date(2021, 10, 1)
    settle_occurrence(
        world.file, LEDGER, world.entry(MONTHLY), start=october, done_on=TODAY, what_was_done=None, today=TODAY, at=NOW
    )
    add_own(world.file, LEDGER, requirement="补报", due=None, reason="电话", at=NOW)
    begin_ledger(world.file, plan=PLAN, year=2022, unit=WHOLE_BUREAU, kind=None, officer=None, at=NOW)
    other_entry(world)
    save_draft(world.file, LEDGER, "note", one, "还没有写完", at=NOW)
    keep_intake(world.file, sha256="0" * 64, name="通知.docx", source="{}", edits="[]", at=NOW)
    take_days(world.file, [DayOff(TODAY, "off", "本局通知")], notice="本局通知", text="放假", at=NOW)
    remember(world.file, LEDGER, Place("overdue", "公开", one, None), at=NOW)
    world.file.close()
    return path


@pytest.fixture
def filled(worked_once: Path, tmp_path: Path) -> Iterator[World]:
    path = copied(worked_once, tmp_path / "台账.db")
    world = World(path, open_file(path, NOW, write=True), LEDGER)
    yield world
    world.file.close()


@pytest.fixture
def plain(filled: World) -> Iterator[sqlite3.Connection]:
    """A connection that is held by no rule; nothing of what it does is kept."""
    filled.file.close()
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def test_a_change_behind_the_program_breaks_the_seal_of_its_table_and_of_no_other(plain: sqlite3.Connection) -> None:
    assert broken_seals(plain) == []
    for table in SEALED:
        columns = plain.execute(f'PRAGMA table_info("{table}")').fetchall()
        name = next(name for _, name, kind, *_ in reversed(columns) if kind == "TEXT")
        plain.execute("BEGIN")
        assert plain.execute(f'UPDATE "{table}" SET "{name}" = coalesce("{name}", \'\') || \'x\'').rowcount > 0
        assert broken_seals(plain) == [table]
        plain.execute("ROLLBACK")


def test_a_broken_seal_is_told_by_what_the_table_holds(filled: World) -> None:
    assert areas(filled) == {}
    tamper(filled.path, "UPDATE deadline SET month = 3 WHERE month = 12")
    (words,) = areas(filled)["contents"]
    assert words.startswith("通知的完成时限（表 deadline）与程序最后写入时不一致")


def test_the_program_s_own_changes_renew_the_seals_and_cover_up_no_break(filled: World) -> None:
    tamper(filled.path, "UPDATE draft SET text = '没有写完'")
    entry = filled.ours(2)[1]
    save_draft(filled.file, filled.ledger, "note", entry, "另一段", at=later(2))
    assert [words[:6] for words in areas(filled)["contents"]] == [NAMES["draft"][:6]]
    tamper(filled.path, "UPDATE draft SET text = '还没有写完' WHERE text = '没有写完'")
    # What was written meanwhile is not what the seal was made over either: only the last state of the program is.
    assert "contents" in areas(filled)


def test_a_number_that_would_be_given_twice_breaks_the_seal(filled: World) -> None:
    tamper(filled.path, "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'task'")
    assert [words for words in areas(filled)["contents"] if "表 task" in words]


# The history


def test_a_row_of_the_history_that_was_changed_or_is_gone_is_told_once_with_its_number(world: World) -> None:
    add_note(world.file, world.ledger, world.ours(1)[0], text="办", at=NOW)
    with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_is_not_changed")
        connection.execute("UPDATE history SET officer = '乙' WHERE seq = 20")
    assert areas(world)["history"] == [
        "办理流水第 20 条与前一条接不上（校验码不符）：这一条或前一条被改动过，或少了一条"
    ]


def test_the_end_of_the_history_cannot_go_unseen(world: World) -> None:
    add_note(world.file, world.ledger, world.ours(1)[0], text="办", at=NOW)
    with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_is_not_deleted")
        connection.execute("DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)")
    (words,) = areas(world)["history"]
    assert "末尾可能少了几条" in words


def test_a_last_number_that_the_history_does_not_know_is_told(world: World) -> None:
    tamper(world.path, "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'entry'")
    (words,) = areas(world)["history"]
    assert "表 entry 的编号" in words


# Shapes and what must hold


def test_a_value_that_the_program_would_not_write_is_told(plain: sqlite3.Connection) -> None:
    strange = {"pauses": "[{}]", "extensions": "[1]", "stages": '[{"stage": "x"}]', "attachments": "[1]", "scope": "{}"}
    tables = tables_of(plain)
    assert shapes(plain, tables) == []
    for table, column, _ in SHAPES:
        plain.execute("BEGIN")
        wrong = strange.get(column, '{"a": 1}' if column == "headings" else "不是")
        assert plain.execute(f'UPDATE "{table}" SET "{column}" = ?', (wrong,)).rowcount > 0
        (told,) = shapes(plain, tables)
        assert f"表 {table} 的 {column}" in told.words
        plain.execute("ROLLBACK")


PAUSES: Final = '[{"from":"2021-11-10","to":"2021-11-09","anew":false,"reason":"x"}]'
OVERLAPPING: Final = (
    '[{"from":"2021-11-10","to":"2021-11-19","anew":false,"reason":"x"},'
    '{"from":"2021-11-12","to":null,"anew":false,"reason":"x"}]'
)
OF_ANOTHER: Final = "(SELECT max(id) FROM entry)"
UNMET: Final = [
    ("clock", f"pauses = '{PAUSES}'", "暂停的日期"),
    ("clock", f"pauses = '{OVERLAPPING}'", "暂停的日期"),
    ("clock", 'extensions = \'[{"on":"2021-11-10","days":90,"reason":"x"}]\'', "延长的天数"),
    ("clock", 'stages = \'[{"stage":"handling","on":"2021-11-08"}]\'', "进度的次序"),
    ("clock", "closed_on = '2021-11-01'", "了结日期早于"),
    ("clock", f"direction = 'before', pauses = '{OVERLAPPING}'", "倒着数"),
    ("publication", f"entry_id = {OF_ANOTHER}", "公开记录 1 的事项"),
    ("clock", f"entry_id = {OF_ANOTHER}", "计时 1 的事项"),
    ("evidence", "ledger_id = 2", "佐证 1 所附的"),
    ("count", "item_id = 1", "次数 1 所属的子事项"),
    ("report_state", "source = 'notice'", "不是通知要求的报送"),
    ("ledger", "unit = '没有的科' WHERE id = 1", "没有的科"),
    ("occurrence", "start = '2021-10-02'", "不是它的时限里有的"),
    ("quota", "target = 0", "不是正数"),
    ("history", "undoes = seq WHERE seq = 9", "撤销的是它后面的"),
    ("entry", "decision = 'ours' WHERE task_id IS NULL", "自增事项"),
    ("entry", "decision = 'ours' WHERE ledger_id = 2", "全局台账"),
    ("entry", "task_id = 1 WHERE id = 5", "台账里有别的通知的任务（事项 5"),
    ("entry", "task_id = NULL WHERE id = 5", "台账里缺少通知的任务（台账 1"),
]


def test_what_does_not_hold_between_rows_is_told(plain: sqlite3.Connection) -> None:
    assert rules(plain) == []
    for table, change, words in UNMET:
        before = plain.execute(f'SELECT * FROM "{table}"').fetchall()
        plain.execute(f'UPDATE "{table}" SET {change}')
        assert [finding.words for finding in rules(plain) if words in finding.words], words
        plain.execute(f'DELETE FROM "{table}"')
        plain.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(before[0]))})', before)
    assert rules(plain) == []
