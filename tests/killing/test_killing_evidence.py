"""kill -9 while files are attached: no row without its whole content, no content or piece without its row."""

import gc
import os
import random
import select
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from sqlmodel import Session

import db.store.contents
from db.file import open_file
from db.reads.evidence import contents, evidence, stored
from db.rules.evidence import PIECE
from db.store.evidence import attach
from tests.db.store.samples import Paper
from tests.killing.harness import ACKNOWLEDGED, JOURNAL_MAGIC, PATIENCE, Loss
from tests.world import NOW, TODAY, World, copied, replayed, rows, standing

KILLS: Final = 12
PIECES: Final = 6
"""Of each file: three times what SQLite keeps in memory. At every second kill the change is not held in memory until
its commit, as that of a huge file: then half of a content lies in the file at most kills."""
TOLD: Final = b"."


@dataclass
class Met:
    """What the kills met."""

    kills: int = 0
    acknowledged: int = 0
    hot_journals: int = 0
    nothing_there: int = 0


def scan(number: int) -> Paper:
    return Paper(f"扫描件{number}.pdf", (f"第{number}份 ".encode() * PIECE)[: (PIECES - 1) * PIECE + number + 1])


def attaching(path: Path, ledger: int, entry: int, writing: int, *, is_held: bool) -> None:
    """The child: attaches one file after the other, says each piece and each file that the store has acknowledged."""

    def told(done: int, total: int) -> None:
        os.write(writing, TOLD)

    try:
        gc.freeze()
        if not is_held:
            db.store.contents.HELD_IN_MEMORY = 0  # type: ignore[misc]
        file = open_file(path, NOW, write=True)
        for number in range(100):
            attach(
                *(file, ledger, [scan(number)]),
                entry=entry,
                publication=None,
                caption=None,
                day=None,
                today=TODAY,
                at=NOW,
                progress=told,
            )
            os.write(writing, ACKNOWLEDGED)
    finally:
        os._exit(1)


def killed(path: Path, world: World, entry: int, generator: random.Random, *, is_held: bool) -> int:
    """Kill a child at a piece and a little later. Returns how many files were acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        attaching(path, world.ledger, entry, writing, is_held=is_held)
    os.close(writing)
    said = b""
    try:
        # Each file is told twice as often as it has pieces; the second half of these lies inside the transaction.
        enough = generator.randint(1, 5 * PIECES)
        while len(said) < enough:
            ready, _, _ = select.select([reading], [], [], PATIENCE)
            more = os.read(reading, 1) if ready else b""
            if not more:
                raise Loss("the child did nothing, or ended by itself")
            said += more
        time.sleep(generator.uniform(0, 0.004))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as stream:
        said += stream.read()
    return said.count(ACKNOWLEDGED)


def check(path: Path, world: World, acknowledged: int, met: Met) -> None:
    """What must hold of the file that a killed child left."""
    journal = path.with_name(path.name + "-journal")
    met.hot_journals += journal.exists() and journal.read_bytes()[: len(JOURNAL_MAGIC)] == JOURNAL_MAGIC
    file = open_file(path, NOW, write=False)
    try:
        found = evidence(file, world.ledger)
        if len(found) not in (acknowledged, acknowledged + 1):
            raise Loss(f"{len(found)} files are there, {acknowledged} were acknowledged")
        read = contents(file)
        for number, row in enumerate(found):
            if row.name != scan(number).name or b"".join(read(row.sha256 or "")) != scan(number).payload:
                raise Loss(f"{row.name} is not what was attached")
        if stored(file).files != len(found):
            raise Loss("a content is there that nobody attached")
    finally:
        file.close()
    if len(rows(path, "piece")) != PIECES * len(found) or rows(path, "pragma_foreign_key_check"):
        raise Loss("half of a content is there")
    if replayed(path) != standing(path):
        raise Loss("the history does not lead to what stands")
    met.kills += 1
    met.acknowledged += acknowledged
    met.nothing_there += not found


def run(world: World, kills: int, seed: int, hot_journals: int = 0) -> Met:
    """At least so many kills, and on a busy machine up to four times as many until enough met a hot journal."""
    (entry,) = world.ours(1)
    world.file.close()
    generator, met = random.Random(seed), Met()
    for number in range(4 * kills):
        if number >= kills and met.hot_journals >= hot_journals:
            break
        path = copied(world.path, world.path.with_name(f"{number}.db"))
        check(path, world, killed(path, world, entry, generator, is_held=number % 2 == 0), met)
        path.unlink()
    return met


def test_a_killed_attach_leaves_the_whole_file_or_nothing_of_it(world: World) -> None:
    met = run(world, KILLS, seed=20211122, hot_journals=KILLS // 5)
    print(met)
    assert met.kills >= KILLS
    assert met.hot_journals >= KILLS // 5
    assert met.acknowledged > 0
    assert met.nothing_there > 0


def test_a_store_that_commits_a_content_by_pieces_is_found_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = db.store.contents._copy

    def hasty(session: Session, source: Paper, sha256: str, telling: db.store.contents.Telling) -> None:
        told = telling.progress

        def commit(done: int, total: int) -> None:
            for words in ("COMMIT", "BEGIN IMMEDIATE"):
                session.connection().exec_driver_sql(words)
            if told is not None:
                told(done, total)

        telling.progress = commit
        keep(session, source, sha256, telling)

    monkeypatch.setattr("db.store.contents._copy", hasty)
    with pytest.raises(Loss, match=r"half of a content|that nobody attached"):
        run(world, 20, seed=7)
