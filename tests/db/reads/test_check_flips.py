"""G8 and G9: single bits that flip anywhere in a ledger file with real work in it, or in its evidence, are named."""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

import db.reads.check
from db.errors import TaizhangError
from db.file import LedgerFile, make_file, open_file
from db.reads.check import check
from db.rules.notice import NoticeDraft, NoticeUnit, Task
from db.rules.said import Deadline, Quota, Responsibility
from db.store.counts import add_item
from db.store.entries import settle
from db.store.intake import keep_intake
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.places import save_draft
from db.store.planting import plant
from db.store.undo import undo
from tests.db.store.samples import ANSWER, Paper, attached, clock, count, linked, own_report, publications
from tests.world import LEDGER, NOW, TODAY, UNIT, World, later

FLIPS: Final = 300
PIECES: Final = 100
Contents = dict[str, list[tuple[object, ...]]]

NOTE: Final = "与办公室电话联系，对方答复材料下周送审，月底前公布；十一月二十二日再催一次，结果记在这里，以备年底核对。"


def _task(number: int) -> Task:
    return Task(
        number=str(number),
        section="主动公开",
        matter=f"第 {number} 项",
        requirement=f"在{number}月底前公开本单位的办事指南，并在门户网站更新，全年不少于{number}条。",
        assignment="各科室",
        responsibilities=(Responsibility("lead", UNIT, "name", None, True, None),),
        deadlines=(Deadline("11月底前", "month_end", "cell", "11月底前", 11, None, 0, None, None, None, True, None),),
        quotas=(Quota(number, "条", "year", f"全年不少于{number}条"),),
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_file(tmp_path_factory.mktemp("small") / "台账.db")


def small_file(path: Path) -> Path:
    """A notice of four tasks and a clerk's work of every kind on it, in as few pages as there can be."""
    make_file(path)
    world = World(path, open_file(path, NOW, write=True), LEDGER)
    draft = NoticeDraft(
        plan="small-2021",
        agency="某局",
        title="通知",
        document_number=None,
        year=2021,
        issued_on=TODAY,
        text="通知的正文。" * 20,
        units=(NoticeUnit(UNIT, "科室", None),),
        tasks=tuple(map(_task, range(1, 5))),
    )
    file = world.file
    plant(file, [draft], [], [], "digest", NOW)
    begin_ledger(file, plan="small-2021", year=2021, unit=UNIT, kind=None, officer="甲", at=NOW)
    one, two = world.ours(2)
    add_note(file, LEDGER, one, text=NOTE, at=NOW)
    settle(file, LEDGER, [one], done_on=TODAY, today=TODAY, what_was_done="已公布", at=later(1))
    (published,) = publications(world, two, "公告")
    attached(world, Paper("甲.jpg", os.urandom(900)), Paper("乙.jpg", os.urandom(5000)), entry=one)
    linked(world, publication=published)
    count(world, two, item=add_item(file, LEDGER, two, name="决策", day=None, at=NOW))
    clock(world, ANSWER, entry=two)
    own_report(world)
    add_note(file, LEDGER, two, text="写错了", at=later(2))
    undo(file, LEDGER, later(3))
    save_draft(file, LEDGER, "note", one, "还没有写完的一段话", at=later(4))
    keep_intake(file, sha256="0" * 64, name="通知.docx", source='{"a": "读稿"}', edits="[]", at=later(4))
    file.close()
    return path


def contents(path: Path) -> Contents:
    """Every row of every table, by a connection of our own; raises sqlite3.Error where they cannot be read."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.text_factory = bytes
        names = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
        tables = [name.decode() for name, sql in names if sql and sql.startswith(b"CREATE TABLE")]
        found = {table: sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}
        return found | {"": sorted(names, key=repr)}


def named(path: Path) -> bool:
    """Whether opening or the check says that something is wrong. Anything but our own errors goes through."""
    file: LedgerFile | None = None
    try:
        file = open_file(path, NOW, write=False, as_it_lies=True)
        return bool(check(file).problems)
    except TaizhangError:
        return True
    finally:
        if file is not None:
            file.close()


def unnoticed(small: Path, path: Path, flips: int, seed: int = 8) -> list[int]:
    """The bits whose flipping changes what the tables hold, and that nothing names."""
    payload, before = small.read_bytes(), contents(small)
    # Most of a small file is empty room: four of five flips go where something stands.
    written = [place for place, byte in enumerate(payload) if byte]
    generator, silent = random.Random(seed), []
    for number in range(flips):
        place = generator.choice(written) if number % 5 else generator.randrange(len(payload))
        bit = place * 8 + generator.randrange(8)
        flipped = bytearray(payload)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        if named(path):
            continue
        try:
            is_same = contents(path) == before
        except sqlite3.Error:
            is_same = False
        if not is_same:
            silent.append(bit)
    return silent


def test_every_flipped_bit_that_changes_what_the_file_holds_is_named(small: Path, tmp_path: Path) -> None:
    assert not named(small)
    assert unnoticed(small, tmp_path / "x.db", FLIPS) == []


def test_the_flips_are_seen_by_the_history_and_the_seals_and_not_by_sqlite_alone(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("chain", "numbering", "seals", "work_as_told", "shapes", "rules"):
        monkeypatch.setattr(db.reads.check, part, lambda *_: [])
    assert len(unnoticed(small, tmp_path / "x.db", FLIPS // 3)) > 10


def _flip(connection: sqlite3.Connection, digest: str, generator: random.Random) -> None:
    n, piece = generator.choice(connection.execute("SELECT n, bytes FROM piece WHERE sha256 = ?", (digest,)).fetchall())
    bit, changed = generator.randrange(len(piece) * 8), bytearray(piece)
    changed[bit // 8] ^= 1 << bit % 8
    connection.execute("UPDATE piece SET bytes = ? WHERE sha256 = ? AND n = ?", (bytes(changed), digest, n))


def _delete(connection: sqlite3.Connection, digest: str, _: random.Random) -> None:
    connection.execute("DELETE FROM piece WHERE sha256 = ?", (digest,))


def _shorten(connection: sqlite3.Connection, digest: str, _: random.Random) -> None:
    connection.execute("UPDATE piece SET bytes = substr(bytes, 2) WHERE sha256 = ?", (digest,))


DAMAGES: Final[tuple[Callable[[sqlite3.Connection, str, random.Random], None], ...]] = (_flip, _flip, _delete, _shorten)


def test_a_hundred_damages_of_evidence_each_name_the_right_file(world: World) -> None:
    papers = [Paper(f"照片 {number:03d}.jpg", os.urandom(300 + number)) for number in range(PIECES)]
    attached(world, *papers, entry=world.ours(1)[0])
    generator = random.Random(9)
    for number, paper in enumerate(papers):
        with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            DAMAGES[number % len(DAMAGES)](connection, sha256(paper.payload).hexdigest(), generator)
            connection.execute("COMMIT")
    told = [finding.words for finding in check(world.file).findings if finding.area == "evidence"]
    assert [paper.name for paper in papers if sum(f"“{paper.name}”" in words for words in told) != 1] == []
