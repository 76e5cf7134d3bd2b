"""--check against the 办理流水: a changed date or note is told with both values; the program's own work never is."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Final

import pytest

from db.reads.check import Checked, check
from db.reads.check_work import WORK_TABLES
from db.rules.words import WHOLE_BUREAU
from db.store.entries import settle
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.undo import redo, undo
from tests.bench.big import fill
from tests.db.store.cases import CASES
from tests.db.store.samples import attached, clock, count, linked, own_report, publications
from tests.world import NOW, PLAN, TODAY, WORK, World, later, rows, tamper

NOTE: Final = (
    "与办公室电话联系，对方答复材料下周送审，月底前公布；十一月二十二日再催一次，结果记在这里，以备年底核对，不得遗漏。"
)


@pytest.fixture
def worked(world: World) -> World:
    """An entry that is done on a day, with a note, a publication and evidence of every kind."""
    one, two = world.ours(2)
    add_note(world.file, world.ledger, one, text=NOTE, at=NOW)
    settle(world.file, world.ledger, [one], done_on=TODAY, today=TODAY, what_was_done="已公布", at=NOW)
    (published,) = publications(world, two, "公告")
    publications(world, None, "本单位的")
    attached(world, entry=one)
    linked(world, publication=published)
    count(world, two)
    clock(world, entry=two)
    own_report(world)
    return world


def found(world: World) -> Checked:
    return check(world.file)


def test_the_tables_are_those_of_the_tests() -> None:
    assert WORK_TABLES == WORK


def test_a_year_s_work_is_whole(worked: World) -> None:
    assert found(worked) == Checked(1, 20, ())


@pytest.mark.parametrize("verb", CASES)
def test_no_verb_nor_its_undo_and_redo_is_taken_for_damage(verb: str, world: World) -> None:
    call = CASES[verb](world)

    def assert_is_whole() -> None:
        done = found(world)
        assert (done.problems, [words for words in done.remarks if "流水" in words]) == ((), [])

    call(world.file, world.ledger)
    assert_is_whole()
    undo(world.file, world.ledger, later(5))
    assert_is_whole()
    redo(world.file, world.ledger, later(6))
    assert_is_whole()


CHANGES: Final = [
    (
        "UPDATE entry SET done_on = '2021-11-26' WHERE done_on IS NOT NULL",
        "办结日期：台账里是「2021-11-26」，办理流水最后记的是「2021-11-22」",
    ),
    (
        "UPDATE entry SET status = 'in_progress', done_on = NULL, what_was_done = NULL WHERE done_on IS NOT NULL",
        "状态：台账里是「推进中」，办理流水最后记的是「已办结」",
    ),
    (
        "UPDATE entry SET what_was_done = NULL WHERE what_was_done IS NOT NULL",
        "工作做法及成效：台账里是空的，办理流水最后记的是「已公布」",
    ),
    ("UPDATE note SET text = replace(text, '二十二', '二十六')", "记事：台账里是「…"),
    ("UPDATE note SET text = CAST(X'C3' || CAST(text AS BLOB) AS TEXT)", "记事：台账里是「�与办公室"),
    (
        "UPDATE publication SET day = '2021-01-01' WHERE title = '本单位的'",
        "本单位的公开记录「本单位的」，日期：台账里是「2021-01-01」",
    ),
    ("UPDATE clock SET start_day = '2021-01-01'", "的计时「某某申请」，起算日：台账里是「2021-01-01」"),
    ("UPDATE count SET number = 3", "次数：台账里是「3」，办理流水最后记的是「1」"),
    ("UPDATE report_state SET due = '2022-01-01'", "时间：台账里是「2022-01-01」"),
    (
        "UPDATE evidence SET day = '2021-01-01' WHERE address IS NOT NULL",
        "的佐证材料「网页」，日期：台账里是「2021-01-01」",
    ),
    ("UPDATE ledger SET officer = '乙'", "台账（2021 年执法监督科），经办人：台账里是「乙」"),
    ("UPDATE ledger SET year = 2022", "字段 year：台账里是「2022」"),
    ("DELETE FROM note", "的记事「2021-11-22T09:30」：办理流水里还有，台账里却没有了"),
]


@pytest.mark.parametrize(("sql", "words"), CHANGES, ids=[words[:12] for _, words in CHANGES])
def test_what_changed_behind_the_history_is_told_with_both_values(sql: str, words: str, worked: World) -> None:
    tamper(worked.path, sql)
    problems = "\n".join(found(worked).problems)
    assert words in problems


def test_an_entry_is_named_by_its_number_and_a_long_text_where_it_differs(worked: World) -> None:
    number = next(number for number, entry in worked.entries().items() if entry.id == worked.ours(1)[0])
    tamper(worked.path, "UPDATE note SET text = replace(text, '二十二', '二十六')")
    (problem,) = found(worked).problems
    assert problem.startswith(f"第 {number} 项的记事")
    told = problem.split("「")[2:]
    assert all("二十六" in words or "二十二" in words for words in told)
    assert all(len(words.split("」")[0]) <= 42 for words in told)


def test_of_several_ledgers_the_ledger_is_named(worked: World) -> None:
    begin_ledger(worked.file, plan=PLAN, year=2022, unit=WHOLE_BUREAU, kind=None, officer=None, at=NOW)
    assert found(worked).problems == ()
    tamper(worked.path, "UPDATE entry SET done_on = '2021-11-26' WHERE done_on IS NOT NULL")
    (problem,) = found(worked).problems
    assert problem.startswith("2021 年执法监督科第 ")


def test_what_was_removed_and_stands_there_again_is_told(worked: World) -> None:
    (row,) = rows(worked.path, "note")
    undone = add_note(worked.file, worked.ledger, row["entry_id"], text="又一条", at=later(1))
    undo(worked.file, worked.ledger, later(2))
    tamper(
        worked.path, "INSERT INTO note (id, entry_id, at, text) VALUES (?, ?, 'x', '又一条')", undone, row["entry_id"]
    )
    (problem,) = found(worked).problems
    assert "已删去，却还在台账里" in problem


def test_rows_without_history_are_nobody_s_damage(worked: World) -> None:
    tamper(worked.path, "INSERT INTO note (entry_id, at, text) SELECT entry_id, at, '直接写入的' FROM note")
    assert found(worked).problems == ()


def test_an_image_without_a_column_that_came_later_is_no_damage(worked: World) -> None:
    in_history(worked.path, lambda image: {name: value for name, value in image.items() if name != "shift_confirmed"})
    assert (found(worked).problems, found(worked).remarks) == ((), ())


def test_a_file_with_very_much_damage_is_counted_and_not_listed(worked: World) -> None:
    tamper(
        worked.path,
        "UPDATE entry SET shift_confirmed = 1, own_due = NULL, reason = '无', status = 'not_applicable',"
        " done_on = NULL, what_was_done = NULL",
    )
    problems = found(worked).problems
    assert len(problems) == 51
    # Each entry has three wrong fields, the one that was done two more.
    assert problems[-1] == f"另有 {3 * len(rows(worked.path, 'entry')) + 2 - 50} 处与办理流水不一致"


def in_history(path: Path, change: Callable[[dict[str, object]], dict[str, object]]) -> None:
    """Write every image anew behind the triggers, which forbid it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (trigger,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'history_is_not_changed'"
        ).fetchone()
        connection.execute("BEGIN")
        connection.execute("DROP TRIGGER history_is_not_changed")
        for seq, *images in connection.execute("SELECT seq, before, after FROM history").fetchall():
            written = (json.dumps(change(json.loads(image)), ensure_ascii=False) if image else None for image in images)
            connection.execute("UPDATE history SET before = ?, after = ? WHERE seq = ?", (*written, seq))
        connection.execute(trigger)
        connection.execute("COMMIT")


def test_a_wrong_value_that_was_worked_on_is_a_remark_with_both_values(worked: World) -> None:
    (row,) = rows(worked.path, "entry", "done_on IS NOT NULL")
    tamper(worked.path, "UPDATE entry SET done_on = '2021-11-12' WHERE done_on IS NOT NULL")
    settle(worked.file, worked.ledger, [row["id"]], done_on=TODAY, today=TODAY, what_was_done="已公布", at=later(3))
    done = found(worked)
    assert done.problems == ()
    (remark,) = done.remarks
    assert "1 处前后接不上" in remark
    assert "说改动前是「2021-11-12」，前一条留下的是「2021-11-22」" in remark


def test_an_image_that_is_no_json_any_more_is_told_and_the_others_are_compared(worked: World) -> None:
    tamper(worked.path, "UPDATE entry SET done_on = '2021-11-26' WHERE done_on IS NOT NULL")
    with closing(sqlite3.connect(worked.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_is_not_changed")
        connection.execute("UPDATE history SET after = replace(after, '\"', '#') WHERE subject LIKE 'note:%'")
    problems = found(worked).problems
    assert [words for words in problems if "读不出来" in words]
    assert [words for words in problems if "办结日期" in words]


def test_a_big_ledger_with_a_year_s_history_is_compared_within_a_second(world: World) -> None:
    fill(world.path, world.ledger)
    with closing(sqlite3.connect(world.path)) as connection, connection:
        connection.row_factory = sqlite3.Row
        for table in WORK[3:]:
            for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():
                image = json.dumps(dict(row), ensure_ascii=False, sort_keys=True)
                connection.executemany(
                    "INSERT INTO history (group_id, ledger_id, at, step, verb, subject, before, after)"
                    " VALUES (9, 1, 'x', 'x', 'x', ?, ?, ?)",
                    [(f"{table}:{row['id']}", before, image) for before in (None, image, image)],
                )
    assert len(rows(world.path, "history")) > 20_000
    tamper(world.path, "UPDATE publication SET title = '改了' WHERE id = 4000")
    begun = perf_counter()
    (problem,) = found(world).problems
    assert perf_counter() - begun < 1
    assert "标题：台账里是「改了」" in problem
