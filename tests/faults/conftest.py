"""The planted file, that each fault is let loose on a copy of."""

from tests.world import planted

__all__ = ["planted"]
