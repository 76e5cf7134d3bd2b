"""What every test gets: a home of its own, so that no test can reach the clerk's real ledger."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from tests.left_out import left_out
from tests.no_network import OPENED, child_environment, watch_this_process

# A shared machine stalls now and then: an example may take long, and is wrong only if its answer is.
settings.register_profile("house", deadline=None)
# A gate says the same of the same tree every time; new examples are looked for at the desk.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "house")

watch_this_process()

MEMORY = Path("/dev/shm")
ENOUGH = 2 * 2**30
"""Bytes that must be free in memory. What a test has made is gone with it, where it did not fail."""
SELDOM = 10_000
"""Objects made before the collector looks for rings: what thousands of tests make is mostly gone without it."""


def keep_temporary_files_in_memory() -> None:
    """A ledger waits for the disk at every commit, and some ten thousand of these prove nothing of a disk."""
    try:
        free = shutil.disk_usage(MEMORY).free if os.access(MEMORY, os.W_OK) else 0
    except OSError:
        return
    if free >= ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


keep_temporary_files_in_memory()


def pytest_collection_finish() -> None:
    """What is collected stays to the end: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def watched_children() -> None:
    """Set where tests run, and not in the process that only starts the workers: these watch themselves."""
    os.environ.update(child_environment({"PYTHONPATH": os.environ.get("PYTHONPATH", "")}))


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """No test opens a socket or asks for a name, not even where what it tests hides the error."""
    yield
    tried, OPENED[:] = OPENED[:], []
    assert tried == []


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes empty homes, side by side in one folder: pytest looks through all of its own for each that it makes."""
    folder, numbers = tmp_path_factory.mktemp("homes"), count()

    def make() -> Path:
        home = folder / str(next(numbers))
        home.mkdir()
        return home

    return make


@pytest.fixture(autouse=True)
def own_home(new_home: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, also for the processes that a test starts."""
    home = new_home()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name in the last lines every test that was left out, for a missing tool or whatever else."""
    skipped = terminalreporter.getreports("skipped")
    for line in left_out((report.nodeid, report.longrepr[2]) for report in skipped):
        terminalreporter.write_line(line)
