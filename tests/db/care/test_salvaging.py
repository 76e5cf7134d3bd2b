"""A damaged file saved into a new one: the clerk's work comes back, what is gone is named, the damaged file stays."""

import json
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest

from db.backup_names import CONTENTS, folder_of
from db.care.backups import back_up
from db.care.salvage_words import Told
from db.care.salvaging import Salvaged, salvage
from db.care.swapping import swap_in
from db.errors import (
    CancelledError,
    ConflictError,
    DamagedError,
    FileLockedError,
    FileRefusedError,
    NotSavedError,
    TaizhangError,
)
from db.file import open_file
from db.lock import take_lock
from db.reads.check import check
from db.store.change import group
from db.store.notes import add_note
from db.store.undo import undo
from tests.db.care.small import PAPERS, lose_lines, rows_of
from tests.db.older import at_step
from tests.world import NOW, WORK, copied, later, replayed, rows, standing, tamper

PAGE: Final = 4096


@pytest.fixture
def path(small: Path, tmp_path: Path) -> Path:
    return copied(small, tmp_path / "台账.db")


def salvaged(path: Path) -> Salvaged:
    """Salvage; whatever comes of it, the damaged file keeps every byte and the new one holds together."""
    before = path.read_bytes()
    names = {each.name for each in path.parent.iterdir()}
    try:
        found = salvage(path, NOW)
    finally:
        assert path.read_bytes() == before
        assert not [each.name for each in path.parent.iterdir() if each.name.startswith(".")]
    assert {each.name for each in path.parent.iterdir()} - names - {f"{path.name}.lock"} == {found.path.name}
    open_file(found.path, NOW, write=True).close()
    assert replayed(found.path) == standing(found.path)
    return found


def problems(path: Path) -> list[str]:
    file = open_file(path, NOW, write=False, as_it_lies=True)
    try:
        return [words for words in check(file).problems if "佐证" not in words]
    finally:
        file.close()


def root(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
        return found


def zero(path: Path, *pages: int) -> None:
    with path.open("r+b") as stream:
        for page in pages:
            stream.seek((page - 1) * PAGE)
            stream.write(bytes(PAGE))


def flip(path: Path, needle: bytes, *, nth: int = 0, bit: int = 0) -> None:
    """Flip a bit of the nth occurrence of some bytes."""
    content = bytearray(path.read_bytes())
    place = -1
    for _ in range(nth + 1):
        place = content.index(needle, place + 1)
    content[place] ^= 1 << bit
    path.write_bytes(content)


def event(path: Path) -> dict[str, Any]:
    """What the salvage has told in the history."""
    (found,) = rows(path, "history", "subject = 'file:salvage'")
    told: dict[str, Any] = json.loads(found["after"])
    return told


def same_but_for_the_salvage(path: Path, before: dict[str, Any]) -> None:
    after = rows_of(path)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


# All comes back


def test_a_whole_file_is_salvaged_into_the_same_one_and_nothing_is_told_but_the_salvage(path: Path) -> None:
    found = salvaged(path)
    assert (found.lines, found.missing) == ((), ())
    assert found.path.name == "台账-抢救-20211122-093000.db"
    same_but_for_the_salvage(found.path, rows_of(path))
    old, new = rows(path, "history"), rows(found.path, "history")
    assert new[:-1] == old
    assert (new[-1]["step"], found.head.hash) == ("salvage", new[-1]["hash"])
    assert problems(found.path) == []


@pytest.mark.parametrize("bytes_lost", [1, 16, 100, PAGE])
def test_a_destroyed_header_costs_nothing(path: Path, bytes_lost: int) -> None:
    before = rows_of(path)
    with path.open("r+b") as stream:
        stream.write(bytes(bytes_lost))
    found = salvaged(path)
    assert found.lines == ()
    same_but_for_the_salvage(found.path, before)


@pytest.mark.parametrize("table", WORK)
def test_the_clerk_s_rows_come_back_from_the_history_where_their_page_is_gone(path: Path, table: str) -> None:
    before = rows_of(path)
    zero(path, root(path, table))
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)
    if before[table]:
        assert [line for line in found.lines if f"按办理流水补回 {len(before[table])} 行" in line]


def test_a_date_or_a_note_in_which_a_bit_flipped_is_put_right_by_the_history(path: Path) -> None:
    before = rows_of(path)
    note = next(row for row in before["note"] if row["text"] == "改过的记事")
    zero(path, root(path, "note_entry"))
    tamper_raw(path, "note", note["id"], "text", "改过的记亊")
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)
    (line,) = (line for line in found.lines if "记事" in line)
    assert "读到的是「改过的记亊」，按办理流水改回「改过的记事」" in line


def tamper_raw(path: Path, table: str, number: int, column: str, value: object) -> None:
    """Change a row as a bad disk does: the history knows nothing of it. Works on a file with a damaged index too."""
    content = path.read_bytes()
    (old,) = rows(path, table, "id = ?", number)
    now, then = str(value).encode(), str(old[column]).encode()
    assert len(now) == len(then)
    # The history holds it as JSON, between quotation marks.
    places = [place for place in range(len(content)) if content.startswith(then, place)]
    (place,) = (place for place in places if content[place - 1 : place] != b'"')
    path.write_bytes(content[:place] + now + content[place + len(now) :])


@pytest.mark.parametrize(
    ("needle", "nth"), [('"text": "第 5', 0), ("note:2", 0), ("2021-11-22T09:35", 1), ("entry:1", 1), ("settle", 2)]
)
def test_a_line_of_the_history_in_which_a_bit_flipped_is_put_right_by_its_hash(
    path: Path, needle: str, nth: int
) -> None:
    before, old = rows_of(path), rows(path, "history")
    flip(path, needle.encode(), nth=nth)
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)
    assert [row for row in rows(found.path, "history")[: len(old)] if row not in old] == []


@pytest.mark.parametrize(("seq", "wrong"), [(7, 7_000_000), (1, 31), (30, 41_000), (7, 0), (7, -7)])
def test_a_line_whose_number_flipped_goes_back_to_its_place(path: Path, seq: int, wrong: int) -> None:
    before, old = rows_of(path), rows(path, "history")
    assert len(old) == 30
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_is_not_changed")
        connection.execute("UPDATE history SET seq = ? WHERE seq = ?", (wrong, seq))
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)
    if wrong > 0:
        assert rows(found.path, "history")[: len(old)] == old
    else:
        # A table's numbers begin with 1: what has none is no row of it.
        assert event(found.path)["missing"] == [seq]


def test_a_dropped_index_and_a_table_that_the_schema_does_not_name_any_more_are_no_loss(path: Path) -> None:
    before = rows_of(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP INDEX history_ledger")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name IN ('task', 'note', 'setting')")
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)


# What is gone


def test_notices_that_are_gone_come_from_the_newest_backup_of_the_same_file(path: Path, planted: Path) -> None:
    file = open_file(path, NOW, write=True)
    back_up(file, NOW, "自动")
    add_note(file, 1, 1, text="备份以后", at=later(50))
    file.close()
    before = rows_of(path)
    zero(
        path,
        root(path, "task"),
        root(path, "notice"),
        root(path, "setting"),
        root(path, "day_off"),
        root(path, "deadline"),
    )
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)
    assert [line for line in found.lines if line.startswith("任务：") and "从备份补回 4 行" in line]
    assert found.lines[0].startswith("补回的内容取自 2021-11-22 09:30 的备份 台账-20211122-093000-")


def test_lines_of_the_history_come_from_a_backup_and_the_newer_ones_go_on_from_it(path: Path) -> None:
    file = open_file(path, NOW, write=True)
    back_up(file, NOW, "自动")
    add_note(file, 1, 1, text="备份以后", at=later(50))
    file.close()
    before, old = rows_of(path), rows(path, "history")
    zero(path, *(page for page in leaves(path, "history")[:-1]))
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)
    assert rows(found.path, "history")[: len(old)] == old


def test_the_identity_comes_from_a_backup_whose_history_is_the_same_else_it_is_a_new_one(path: Path) -> None:
    (own,) = rows(path, "identity")
    for bit in (0, 7):
        flip(path, own["id"].encode(), bit=bit)
        found = salvaged(path)
        assert rows(found.path, "identity") != [own]
        assert [line for line in found.lines if "标识" in line or "第 1 条" in line]
        found.path.unlink()
        flip(path, (bytes([own["id"].encode()[0] ^ 1 << bit]) + own["id"].encode()[1:]), bit=bit)
    file = open_file(path, NOW, write=True)
    back_up(file, NOW, "自动")
    file.close()
    for bit in (0, 7):
        flip(path, own["id"].encode(), bit=bit)
        found = salvaged(path)
        assert rows(found.path, "identity") == [own]
        assert rows(found.path, "history")[:-1] == rows(path, "history")
        found.path.unlink()
        flip(path, (bytes([own["id"].encode()[0] ^ 1 << bit]) + own["id"].encode()[1:]), bit=bit)


def test_lines_that_are_nowhere_leave_their_numbers_and_are_told_by_them(path: Path) -> None:
    old = rows(path, "history")
    first = leaves(path, "history")[1]
    zero(path, first)
    found = salvaged(path)
    gone = event(found.path)["missing"]
    assert gone
    new = rows(found.path, "history")
    assert [row["seq"] for row in new] == list(range(1, len(new) + 1))
    assert [row["seq"] for row in new if row["step"] == "lost"] == gone
    assert [row["hash"] for row in new[: gone[0] - 1]] == [row["hash"] for row in old[: gone[0] - 1]]
    assert f"办理流水第 {'、'.join(map(str, gone[:8]))} 条" in next(line for line in found.lines if "留了空行" in line)
    # The rows themselves stand in their tables.
    assert standing(found.path) == standing(path)


def leaves(path: Path, table: str) -> list[int]:
    """The pages of a table of two levels, in order."""
    content = path.read_bytes()
    start = (root(path, table) - 1) * PAGE
    page = content[start : start + PAGE]
    assert page[0] == 5, "the table has one page"
    count = int.from_bytes(page[3:5], "big")
    cells = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(count)]
    return [*(int.from_bytes(page[cell : cell + 4], "big") for cell in cells), int.from_bytes(page[8:12], "big")]


def test_half_a_file_gives_what_is_in_it_and_names_what_is_not(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    found = salvaged(path)
    assert found.lines
    assert event(found.path)["lines"] == list(found.lines)
    assert found.counts.ledgers == 1


def test_a_task_that_is_nowhere_is_stood_in_for_so_that_the_work_on_it_stays(path: Path) -> None:
    work = standing(path)
    zero(path, root(path, "task"), root(path, "notice"))
    found = salvaged(path)
    assert standing(found.path) == work
    assert {row["number"] for row in rows(found.path, "task")} == {"？1", "？2", "？3", "？4"}
    assert [line for line in found.lines if line == "第 1 号任务读不出来，新文件里用一行空的代替，请补填"]


def test_the_next_start_reads_the_shipped_notices_again_where_every_task_is_there(path: Path) -> None:
    tamper(path, "UPDATE rule SET text = '要建立台帐'")
    found = salvaged(path)
    assert [line for line in found.lines if line.startswith("通用要求：与最后一次保存时不一致")]
    assert rows(found.path, "setting", "key = 'readings_digest'") == [{"key": "readings_digest", "value": ""}]


def test_evidence_comes_from_its_pieces_else_from_the_backups_and_what_is_nowhere_is_named(path: Path) -> None:
    file = open_file(path, NOW, write=True)
    back_up(file, NOW, "自动")
    file.close()
    before = rows_of(path)
    broken = sha256(PAPERS[0].payload).hexdigest()
    flip(path, PAPERS[0].payload[5_000:5_040])
    found = salvaged(path)
    assert found.missing == ()
    same_but_for_the_salvage(found.path, before)
    (folder_of(path) / CONTENTS / broken).unlink()
    found = salvaged(path)
    assert found.missing == (PAPERS[0].name,)
    assert f"佐证“{PAPERS[0].name}”的内容不完整，名称还在：请用原文件在原处再附一次" in found.lines
    # What can be read of it is kept.
    (piece,) = rows(found.path, "piece", "sha256 = ?", broken)
    assert len(piece["bytes"]) == PAPERS[0].size


# Hostile


def test_nothing_of_a_hostile_file_is_run_and_what_it_adds_is_left_out(path: Path) -> None:
    before = rows_of(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            "CREATE TRIGGER evil AFTER INSERT ON note BEGIN DELETE FROM entry; END;"
            "CREATE TABLE more (x); INSERT INTO more VALUES (1);"
            "ALTER TABLE quota RENAME TO quota_hidden;"
            "CREATE VIEW quota AS SELECT id, notice_id, task_id, position, target * 100 AS target FROM quota_hidden;"
        )
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 999, 'CREATE GARBAGE')")
        # Two tables that claim the same pages.
        connection.execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'entry')"
            " WHERE name = 'note'"
        )
    found = salvaged(path)
    same_but_for_the_salvage(found.path, {**before, "quota": rows_of(found.path)["quota"]})
    with closing(sqlite3.connect(found.path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema").fetchall()}
    assert not names & {"evil", "more", "x", "quota_hidden"}


def test_rows_that_break_the_rules_are_kept_in_words(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("INSERT INTO setting VALUES ('', 'no key')")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'unit'")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE unit SET name = x'ff00' WHERE name = '服务中心'")
    found = salvaged(path)
    assert {"table": "setting", "values": {"key": "", "value": "no key"}} in event(found.path)["rows"]
    assert [row for row in event(found.path)["rows"] if row["table"] == "unit" and "ff00" in row["values"]]
    assert [line for line in found.lines if line.startswith("设置：1 行不合规则")]


# Beside a journal


def test_a_change_that_was_not_finished_is_not_taken_half(path: Path, small: Path) -> None:
    before = rows_of(small)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE draft SET text = 'half'")
        connection.execute("UPDATE rule SET text = text || 'half'")
        connection.execute("UPDATE piece SET bytes = zeroblob(length(bytes))")
        half = {suffix: path.with_name(path.name + suffix).read_bytes() for suffix in ("", "-journal")}
        connection.execute("ROLLBACK")
    for suffix, content in half.items():
        path.with_name(path.name + suffix).write_bytes(content)
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)
    assert path.with_name(path.name + "-journal").read_bytes() == half["-journal"]


def test_the_journal_of_another_file_is_not_rolled_into_it(path: Path, planted: Path) -> None:
    before = rows_of(path)
    other = copied(planted, path.with_name("other.db"))
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE task SET requirement = requirement || 'x'")
        shutil.copyfile(other.with_name("other.db-journal"), path.with_name("台账.db-journal"))
        connection.execute("ROLLBACK")
    other.unlink()
    found = salvaged(path)
    same_but_for_the_salvage(found.path, before)


# What cannot be


@pytest.mark.parametrize("content", [b"x" * 50, "一份文本文件".encode() * 999, bytes(20 * PAGE)])
def test_where_no_ledger_is_in_it_the_newest_backup_is_named(path: Path, content: bytes) -> None:
    file = open_file(path, NOW, write=True)
    (made,) = back_up(file, NOW, "自动").paths
    file.close()
    path.write_bytes(content)
    with pytest.raises(DamagedError, match="没有读出任何台账内容") as refused:
        salvaged_or_not(path)
    assert made.name in refused.value.hint


def salvaged_or_not(path: Path) -> Salvaged | None:
    before = path.read_bytes()
    try:
        return salvage(path, NOW)
    finally:
        assert path.read_bytes() == before


def test_no_file_an_empty_one_and_one_that_is_open_are_refused(path: Path) -> None:
    lock = take_lock(path, "2021-11-22T09:00:00")
    assert lock is not None
    with pytest.raises(FileLockedError):
        salvage(path, NOW)
    lock.release()
    for content in (b"", None):
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        with pytest.raises(FileRefusedError):
            salvage(path, NOW)


def test_a_clerk_who_stops_it_and_a_full_disk_leave_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int, total: int) -> None:
        raise CancelledError("已停止。")

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(CancelledError):
        salvage(path, NOW, stop)
    monkeypatch.setattr("db.care.salvaging.sync_file", full)
    with pytest.raises(NotSavedError, match="磁盘已满"):
        salvage(path, NOW)
    assert {each.name for each in path.parent.iterdir()} == {path.name, f"{path.name}.lock"}


def test_a_file_of_an_older_program_is_salvaged_into_one_of_this(path: Path, tmp_path: Path) -> None:
    old = at_step(4, path, tmp_path / "old.db")
    zero(old, root(old, "note"))
    found = salvaged(old)
    assert standing(found.path) == standing(path)


def test_the_new_file_takes_the_place_of_the_damaged_one(path: Path) -> None:
    damaged = path.read_bytes()[: 30 * PAGE]
    path.write_bytes(damaged)
    found = salvaged(path)
    kept = swap_in(path, found.path, later(1))
    assert (kept / path.name).read_bytes() == damaged
    open_file(path, NOW, write=True).close()


# Anything


def damages(content: bytes, number: int) -> Iterator[tuple[str, bytes]]:
    """Random flips, zeroed pages, zeroed stretches and cuts."""
    generator = random.Random(7)

    def flips(count: int) -> Callable[[bytearray], bytearray]:
        def do(damaged: bytearray) -> bytearray:
            for _ in range(count):
                damaged[generator.randrange(len(damaged))] ^= 1 << generator.randrange(8)
            return damaged

        return do

    def zeroed(damaged: bytearray) -> bytearray:
        start = generator.randrange(len(damaged) // PAGE) * PAGE
        length = generator.choice([PAGE, PAGE, 3 * PAGE, 200])
        damaged[start : start + length] = bytes(len(damaged[start : start + length]))
        return damaged

    def cut(damaged: bytearray) -> bytearray:
        return damaged[: generator.randrange(1, len(damaged))]

    kinds = {"flip": flips(1), "another flip": flips(1), "flips": flips(5), "zeroed": zeroed, "cut": cut}
    for turn in range(number):
        name = list(kinds)[turn % len(kinds)]
        yield name, bytes(kinds[name](bytearray(content)))


def end_of(path: Path, work: dict[str, Any]) -> str:
    """What comes of a damaged file: opened, salvaged with the same work, what is gone told, or refused with a hint."""
    try:
        open_file(path, NOW, write=True).close()
        return "opened"
    except TaizhangError:
        pass
    try:
        found = salvage(path, NOW)
    except DamagedError as refused:
        return "refused" if refused.hint else "refused without a hint"
    is_same = standing(found.path) == work
    is_told = bool(found.lines)
    found.path.unlink()
    return "same work" if is_same else "told" if is_told else "silent"


def test_two_hundred_damaged_files_open_or_are_salvaged_or_it_is_said_why(small: Path, tmp_path: Path) -> None:
    path, work = tmp_path / "台账.db", standing(small)
    ends: Counter[tuple[str, str]] = Counter()
    for kind, content in damages(small.read_bytes(), 200):
        path.write_bytes(content)
        ends[kind, end_of(path, work)] += 1
        assert path.read_bytes() == content
    found = {end for _, end in ends}
    assert found <= {"opened", "same work", "told", "refused"}
    # Only of a file that was cut at its beginning nothing is left.
    assert {kind for kind, end in ends if end == "refused"} <= {"cut"}
    assert sum(number for (_, end), number in ends.items() if end == "same work") > 50


def test_a_step_of_which_a_line_is_lost_is_not_undone_by_half(path: Path) -> None:
    file = open_file(path, NOW, write=True)
    with group(file, 1, "settle", later(50)):
        for entry in (4, 5):
            add_note(file, 1, entry, text="一起办的", at=later(50))
    file.close()
    *_, one, _ = [row["seq"] for row in rows(path, "history") if row["step"] == "settle" and row["after"]]
    lose_lines(path, "seq = ?", one)
    new = salvage(path, later(60)).path
    before = standing(new)
    file = open_file(new, NOW, write=True)
    try:
        with pytest.raises(ConflictError, match="只能退回一半"):
            undo(file, 1, later(61))
    finally:
        file.close()
    assert standing(new) == before


def test_only_what_a_notice_says_is_to_be_laid_beside_one() -> None:
    told = Told(from_backup=1, seal_broken=True)
    assert told.words("task").endswith("坏在哪里认不出来，请对照通知核对")
    assert told.words("draft").endswith("坏在哪里认不出来，请核对")
