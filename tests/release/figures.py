"""The figures of a release: every goal of the reliability page as far as an hour carries.

    .venv/bin/python -m tests.release.figures                  all of it, about an hour on two cores
    .venv/bin/python -m tests.release.figures --share 0.05     a twentieth of the counts
    .venv/bin/python -m tests.release.figures kills images     only these

One line for each figure: what was done, how often, how many were wrong. What was left out for a missing tool is said
in the last lines. Exit code 1 if anything was wrong.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from unittest.mock import patch

import tests.bench.care as care_bench
from db.file import open_file
from tests.db.reads.test_check_flips import small_file, unnoticed
from tests.release import faults, libreoffice, stepping
from tests.release.faults import planted_in
from tests.state.machine import OfficeMachine
from tests.state.test_machine import run_machine
from tests.world import NOW, copied

Figure = Callable[[Path, float], str]


def kills(folder: Path, share: float) -> str:
    return str(faults.kills(folder, _part(5_000, share)))


def exports(folder: Path, share: float) -> str:
    return str(faults.export_kills(folder, _part(1_000, share)))


def statements(folder: Path, share: float) -> str:
    found = faults.statements(folder, share)
    return _unless(found.wrong, str(found))


def system_calls(folder: Path, share: float) -> str:
    if why := stepping.why_not():
        raise Missing(why)
    found = faults.system_calls(folder, max(2, _part(40, share)))
    return _unless(found.wrong, str(found))


def images(folder: Path, share: float) -> str:
    found = faults.images(folder, _part(50_000, share))
    return _unless(found.wrong, str(found))


def full_disk(folder: Path, share: float) -> str:
    found = faults.full_disk(folder)
    return _unless(found.wrong, str(found))


def state_machine(folder: Path, share: float) -> str:
    steps = run_machine(planted_in(folder), _part(240, share), 120)
    return f"{steps} steps of the state machine against the plain model, between them {', '.join(OfficeMachine.met)}"


def flips(folder: Path, share: float) -> str:
    count = _part(10_000, share)
    silent = unnoticed(small_file(folder / "small.db"), folder / "flipped.db", count)
    return _unless([f"bit {bit}" for bit in silent], f"{count} flipped bits of a ledger file: 0 silent changes")


def second_windows(folder: Path, share: float) -> str:
    path = copied(planted_in(folder), folder / "twice.db")
    count, slowest = _part(1_000, share), 0.0
    first = open_file(path, NOW, write=True)
    try:
        for _ in range(count):
            start = time.perf_counter()
            second = open_file(path, NOW, write=True)
            slowest = max(slowest, time.perf_counter() - start)
            writes = not second.read_only
            second.close()
            if writes:
                raise Wrong("two windows could write")
    finally:
        first.close()
    return f"{count} second windows: 0 could write, the slowest answered after {slowest:.2f} s"


def big_file(folder: Path, share: float) -> str:
    """Prints its lines itself."""
    care_bench.main()
    return "the big file: see the lines above"


def documents(folder: Path, share: float) -> str:
    """Prints a line for each document itself."""
    if libreoffice.shutil.which("soffice") is None:
        raise Missing("soffice (LibreOffice) is not on this machine")
    if libreoffice.main([]):
        raise Wrong("a document did not come through LibreOffice whole: see the lines above")
    return "LibreOffice: every document converts and holds every cell's text"


class Wrong(AssertionError):
    """A goal was missed."""


class Missing(Exception):
    """The machine lacks a tool."""


FIGURES: Final[dict[str, Figure]] = {
    figure.__name__: figure
    for figure in (
        *(big_file, second_windows, state_machine, flips, kills, exports, images, statements, full_disk),
        *(documents, system_calls),
    )
}


def _part(count: int, share: float) -> int:
    return max(1, round(count * share))


def _unless(wrong: list[str], words: str) -> str:
    if wrong:
        raise Wrong(f"{words}\n  " + "\n  ".join(wrong[:10]))
    return words


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.release.figures", description="Print a release's figures.")
    parser.add_argument("--share", type=float, default=1.0, help="which part of the counts; 1 is about an hour")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"of {', '.join(FIGURES)}; none: all of them")
    given = parser.parse_args(arguments)
    missing, failed = [], 0
    for name in given.figures or FIGURES:
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder, patch.dict("os.environ", HOME=folder, XDG_STATE_HOME=folder):
            try:
                words = FIGURES[name](Path(folder), given.share)
            except Missing as why:
                missing.append(f"SKIPPED: {name}: {why}")
                continue
            except AssertionError as error:
                failed += 1
                words = f"FAILED: {error}"
        print(f"{name} ({time.monotonic() - start:.0f} s): {words}", flush=True)
    print("\n".join([*missing, f"{failed} failed, {len(missing)} left out"]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
