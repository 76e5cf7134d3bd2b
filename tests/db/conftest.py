"""The world of tests/world.py, for all tests of db."""

from tests.compiled import compiled_once
from tests.world import planted, world

__all__ = ["compiled_once", "planted", "world"]
