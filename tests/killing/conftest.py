"""The world for the kills, and their counts at the end of the run."""

import pytest

from tests.killing.harness import Counts
from tests.world import planted, world

__all__ = ["planted", "world"]

COUNTS = pytest.StashKey[list[Counts]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = []


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> list[Counts]:
    """Where a test leaves the counts that the summary prints."""
    return request.config.stash[COUNTS]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for counts in config.stash.get(COUNTS, []):
        terminalreporter.write_line(f"killing: {counts}")
