"""The planted file is the one of the database tests."""

from tests.world import planted

__all__ = ["planted"]
