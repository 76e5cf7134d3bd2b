"""Making backups: one whole moment of everything but the evidence's bytes, and each of these once beside.

The copy beside the ledger is made from the ledger; those at the other spots are made from that copy. A spot is thinned
out only after it got a new copy that was verified, so that nothing goes where nothing came.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from db.backup_names import CONTENTS, Why, name_of
from db.care.contents_beside import copy_contents, missing_contents
from db.care.finding import Backup, names_in, verified
from db.care.spots import PLACE_NAMES, Spot, spots_of
from db.care.thinning import thin_out
from db.chain import head_of
from db.connecting import open_still
from db.copying import copy_without_pieces, named_reason, read_pieces, write_copy
from db.errors import DamagedError, MendableError
from db.file import LedgerFile
from db.rules.evidence import MEGABYTE, Progress
from db.rules.value import value
from db.temporaries import remove_temporaries

__all__ = ["Made", "Why", "back_up", "is_due"]

_ONCE: Final = frozenset({"自动", "年终"})
"""What is made once for a state of the ledger; the other reasons are copied in any case."""


@dataclass(frozen=True, slots=True)
class Made:
    """paths: the backups that were made now, the one beside the ledger first; () where nothing had changed.
    failures: in Chinese, what did not go, why, and what to do. contents_copied: how many contents of the evidence.
    """

    paths: tuple[Path, ...]
    failures: tuple[str, ...]
    contents_copied: int


@value
class _State:
    """stamp: of the newest row of the history; seals: of the tables that it does not speak for."""

    stamp: str
    seals: frozenset[tuple[str, str]]


@dataclass
class _Run:
    """A backup that is being made. done and total: bytes, a nominal megabyte for each copy of the tables."""

    file: LedgerFile
    at: datetime
    why: Why
    contents: Mapping[str, int]
    progress: Progress | None
    total: int
    done: int = 0
    copied: int = 0
    paths: list[Path] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def told(self, count: int) -> None:
        self.done = min(self.done + count, self.total)
        if self.progress is not None:
            self.progress(self.done, self.total)


def back_up(file: LedgerFile, at: datetime, why: Why, progress: Progress | None = None) -> Made:
    """Back the file up at every spot: beside it, at the second place, and on this machine where it lies on a share or
    stick. 自动 leaves out what is there already, 年终 too where one of this state is; each spot is thinned out after it
    got its copy, and only then. progress is told bytes, done and of how many.

    One spot's failure is told in `failures` and stops no other. Raises what `progress` raises (CancelledError), and
    what reading the ledger's settings raises (DamagedError, NotSavedError).
    """
    spots, contents = spots_of(file), _contents_of(file)
    total = sum(MEGABYTE + _size_missing(spot, contents) for spot in spots)
    run = _Run(file, at, why, contents, progress, total)
    run.told(0)
    for spot in spots:
        for words in _failures(run, spot):
            if words not in run.failures:
                run.failures.append(words)
    return Made(tuple(run.paths), tuple(run.failures), run.copied)


def is_due(file: LedgerFile) -> bool:
    """Whether an automatic backup would have anything to copy at a spot that can be reached."""
    state, contents = _state_of(file), _contents_of(file)
    return any(
        not _is_there(spot.folder, state, "自动") or missing_contents(spot.folder / CONTENTS, contents)
        for spot in spots_of(file)
        if spot.is_reached
    )


def _failures(run: _Run, spot: Spot) -> Iterator[str]:
    """Do all that is to be done at one spot; what did not go, in Chinese."""
    said = f"没有备份到{PLACE_NAMES[spot.place]}（{spot.folder}）："
    try:
        spot.make()
        remove_temporaries(spot.folder)
        if run.why not in _ONCE or not _is_there(spot.folder, _state_of(run.file), run.why, good=True):
            path = _copy(run, spot)
            run.paths.append(path)
            thin_out(spot.folder, path, run.file.identity, run.at)
        run.told(MEGABYTE)
        found = copy_contents(run.file, spot.folder, run.contents, run.told)
        run.copied += found.copied
        yield from found.failures
    except (MendableError, DamagedError) as error:
        yield f"{said}{error.message}{error.hint}"
    except OSError as error:
        named = named_reason(error)
        yield f"{said}{named.message}{named.hint}"


def _copy(run: _Run, spot: Spot) -> Path:
    if run.paths:
        target = spot.folder / run.paths[0].name
        write_copy(target, read_pieces(run.paths[0]))
        return target
    with run.file.reading_apart() as reader:
        return copy_without_pieces(
            reader, spot.folder, lambda head, turn: name_of(run.file.path, run.at, head, run.why, turn)
        )


def _is_there(folder: Path, state: _State, why: Why, *, good: bool = False) -> bool:
    """Whether a copy of this state is there: any for an automatic one, else one that was made for the same.

    good: one that is damaged does not count; it is read in full.
    """
    named = [
        Backup(folder / name, told.at, told.seq, told.stamp, told.why, False, "beside")
        for name, told in names_in(folder)
        if told.stamp == state.stamp and why in ("自动", told.why)
    ]
    return any(_has_seals(each, state) and not (good and verified(each).problem) for each in named)


def _state_of(file: LedgerFile) -> _State:
    with file.reading() as connection:
        return _State(head_of(connection).stamp, _seals_of(connection))


def _seals_of(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """What was typed and not entered stands in no row of the history; where the clerk looked last is not worth one."""
    return frozenset(connection.execute("SELECT name, sha256 FROM seal WHERE name <> 'place'").fetchall())


def _has_seals(backup: Backup, state: _State) -> bool:
    with suppress(sqlite3.Error), closing(open_still(backup.path)) as connection:
        return _seals_of(connection) == state.seals
    return False


def _contents_of(file: LedgerFile) -> dict[str, int]:
    """All contents of the evidence that the file holds, attached or not, with their bytes."""
    with file.reading() as connection:
        return dict(connection.execute("SELECT sha256, size FROM content ORDER BY sha256").fetchall())


def _size_missing(spot: Spot, contents: Mapping[str, int]) -> int:
    if not spot.is_reached:
        return 0
    return sum(contents[sha256] for sha256 in missing_contents(spot.folder / CONTENTS, contents))
