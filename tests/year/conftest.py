"""The planted file is the one of the database tests."""

from tests.compiled import compiled_once
from tests.world import planted

__all__ = ["compiled_once", "planted"]
