"""--check against the 办理流水: a changed date or note is told with both values; the program's own work never is."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import process_time
from typing import Final

import pytest

from db.chain import link_all
from db.reads.check import Checked, check
from db.reads.check_work import WORK_TABLES
from db.rules.words import WHOLE_BUREAU
from db.seals import NOTICE_TABLES, seal
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

    if verb == "confirm_shift":
        # Its world prints another year into the notice behind the program's back.
        with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
            seal(connection, NOTICE_TABLES)
    world.file.take_as_known()
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
    again = "INSERT INTO note (id, entry_id, at, text) VALUES (?, ?, '2021-11-22T09:31:00+08:00', '又一条')"
    tamper(worked.path, again, undone, row["entry_id"])
    (problem,) = found(worked).problems
    assert "已删去，却还在台账里" in problem


def test_a_row_that_no_change_has_written_is_told_and_is_not_mendable(worked: World) -> None:
    tamper(worked.path, "INSERT INTO note (entry_id, at, text) SELECT entry_id, at, '直接写入的' FROM note")
    (without,) = [finding for finding in found(worked).findings if finding.area == "work"]
    assert "没有它的来历" in without.words
    assert not without.mendable
    assert "不要继续使用" in found(worked).hint


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


@contextmanager
def rewriting_history(path: Path) -> Iterator[sqlite3.Connection]:
    """Behind the triggers, which forbid it; the rows are linked anew at the end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'history_*'"
        ).fetchall()
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        connection.execute("UPDATE history SET hash = NULL")
        link_all(connection)
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")


def in_history(path: Path, change: Callable[[dict[str, object]], dict[str, object]]) -> None:
    """Write every image anew."""
    with rewriting_history(path) as connection:
        for seq, *images in connection.execute("SELECT seq, before, after FROM history").fetchall():
            written = (json.dumps(change(json.loads(image)), ensure_ascii=False) if image else None for image in images)
            connection.execute("UPDATE history SET before = ?, after = ? WHERE seq = ?", (*written, seq))


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
    with rewriting_history(worked.path) as connection:
        connection.execute("UPDATE history SET after = replace(after, '\"', '#') WHERE subject LIKE 'note:%'")
    problems = found(worked).problems
    assert [words for words in problems if "读不出来" in words]
    assert [words for words in problems if "办结日期" in words]


def test_a_big_ledger_with_a_year_s_history_is_compared_within_a_second(world: World) -> None:
    fill(world.path, world.ledger)
    with rewriting_history(world.path) as connection:
        connection.row_factory = sqlite3.Row
        for table in WORK[1:]:
            known = {
                int(row[0][len(table) + 1 :])
                for row in connection.execute("SELECT subject FROM history WHERE subject GLOB ?", (f"{table}:*",))
            }
            rounds = (None, "image", "image") if table in WORK[3:] else (None,)
            lines = []
            for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():
                image = json.dumps(dict(row), ensure_ascii=False, sort_keys=True)
                lines += [
                    (f"{table}:{row['id']}", first and image, image) for first in rounds if row["id"] not in known
                ]
            connection.executemany(
                "INSERT INTO history (group_id, ledger_id, at, step, verb, subject, before, after)"
                f" VALUES (3, 1, '{NOW.isoformat()}', 'x', 'x', ?, ?, ?)",
                lines,
            )
        connection.row_factory = None
    assert len(rows(world.path, "history")) > 20_000
    tamper(world.path, "UPDATE publication SET title = '改了' WHERE id = 4000")
    begun = process_time()
    done = found(world)
    assert process_time() - begun < 1.5
    # The clocks of the bench begin after their pauses, which no verb would write.
    (problem,) = [finding.words for finding in done.findings if finding.area != "rules"]
    assert "标题：台账里是「改了」" in problem
