"""What the tests of the care for the file begin with."""

from pathlib import Path

import pytest

from tests.db.care.small import small_file


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small file with work and evidence. Copy it; never open it for writing."""
    return small_file(tmp_path_factory.mktemp("small") / "台账.db")
