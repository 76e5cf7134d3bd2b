"""What every test gets: a home of its own, so that no test can reach the clerk's real ledger."""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine stalls now and then: an example may take long, and is wrong only if its answer is.
settings.register_profile("house", deadline=None)
# A gate says the same of the same tree every time; new examples are looked for at the desk.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "house")


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
