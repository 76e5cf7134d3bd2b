"""What every test gets: a home of its own, so that no test can reach the clerk's real ledger."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine stalls now and then: an example may take long, and is wrong only if its answer is.
settings.register_profile("house", deadline=None)
# A gate says the same of the same tree every time; new examples are looked for at the desk.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "house")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, also for the processes that a test starts."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home
