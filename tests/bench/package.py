"""A package (.zip) of 2 GB of evidence: seconds, the peak of memory, and how often a plain copy of as much fits in.

    .venv/bin/python tests/bench/package.py [--megabytes 2000] [--folder FOLDER]

The evidence lies in a ledger file as the program keeps it, is read from there piece by piece, written into the package
and read back out of it. Needs three times the space in FOLDER, and leaves nothing there. The export runs in a process
of its own: its peak is what the system counted. Prints and never fails; issue 4 allows 300 MB.
"""

import argparse
import multiprocessing
import multiprocessing.connection
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from db.export.form import export
from db.file import make_file, open_file
from db.reads.evidence import contents
from db.reads.sheet import sheet
from db.rules.evidence import MEGABYTE, PIECE
from db.store.evidence import attach
from db.store.ledgers import begin_ledger
from seeds.plant import plant

OF_ONE: Final = 50
"""MB of each file: what may be attached unless the office says otherwise."""
MOST: Final = 300
NOW: Final = datetime(2021, 11, 22, 9, 5, 7, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True, slots=True)
class Photo:
    """A file that is nowhere: every piece of it is another one."""

    name: str
    number: int
    size: int
    modified_at: str = "2021-11-01T09:00:00+08:00"

    def pieces(self) -> Iterator[bytes]:
        base = bytes(range(256)) * (PIECE // 256)
        for n in range(self.size // PIECE):
            mark = f"{self.number} {n} ".encode()
            yield mark + base[len(mark) :]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=2000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        ledger, target = folder / "台账.db", folder / "报送包.zip"
        print(f"attach:  {_seconds(lambda: _fill(ledger, given.megabytes)):7.1f} s")
        seconds, before, peak = _in_a_process(ledger, target)
        size = target.stat().st_size
        plain = _seconds(lambda: _copy(target, folder / "copy"))
    print(
        f"package: {seconds:7.1f} s for {size / MEGABYTE:.0f} MB; peak {peak} MB ({before} MB before; allowed {MOST})"
    )
    print(f"copy:    {plain:7.1f} s; ratio {seconds / plain:.2f}")


def _fill(path: Path, megabytes: int) -> None:
    """A ledger whose first entry has so much evidence."""
    make_file(path)
    file = open_file(path, NOW, write=True)
    try:
        plant(file, NOW)
        of = {"plan": "jiangmen-2021", "unit": "执法监督科", "kind": None}
        ledger = begin_ledger(file, **of, year=NOW.year, officer="甲", at=NOW)
        entry = sheet(file, ledger, NOW.date()).entries[0]
        for number in range(megabytes // OF_ONE):
            photo = Photo(f"照片{number:03}.jpg", number, OF_ONE * MEGABYTE)
            how = {"entry": entry.id, "publication": None, "caption": None, "day": None}
            attach(file, ledger, [photo], **how, today=NOW.date(), at=NOW)
    finally:
        file.close()


def _in_a_process(ledger: Path, target: Path) -> tuple[float, int, int]:
    """Seconds of the export, MB of memory before it and at its peak."""
    context = multiprocessing.get_context("spawn")
    mine, other = context.Pipe(duplex=False)
    child = context.Process(target=_export, args=(ledger, target, other))
    child.start()
    measured: tuple[float, int, int] = mine.recv()
    child.join()
    return measured


def _export(ledger: Path, target: Path, said: "multiprocessing.connection.Connection") -> None:
    file = open_file(ledger, NOW, write=False)
    carried = sheet(file, 1, NOW.date(), history=True)
    before = _peak()
    seconds = _seconds(lambda: export(carried, target, NOW, contents=contents(file), progress=lambda done, total: None))
    said.send((seconds, before, _peak()))
    file.close()


def _copy(source: Path, target: Path) -> None:
    """Read and written in pieces and synced, as the package is."""
    with source.open("rb") as old, target.open("wb") as new:
        while piece := old.read(PIECE):
            new.write(piece)
        new.flush()
        os.fsync(new.fileno())


def _peak() -> int:
    kept = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kept // MEGABYTE if sys.platform == "darwin" else kept // 1024


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
