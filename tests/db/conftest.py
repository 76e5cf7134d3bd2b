"""The world of tests/world.py, for all tests of db."""

from tests.world import planted, world

__all__ = ["planted", "world"]
