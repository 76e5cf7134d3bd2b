"""The world of tests/world.py for the state machine."""

from tests.world import planted, world

__all__ = ["planted", "world"]
