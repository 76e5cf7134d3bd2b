"""What was understood of a text is kept: after each step of the clerk's the whole notice is understood anew, and nearly
all of it is as it was."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

MOST: Final = 1024
"""Texts of each kind: what was not asked for longest is understood anew. The longest notice seen has 148 rows."""
MOST_SIGNS: Final = 1 << 15
"""More signs than any notice has, few enough for a file of all that Unicode has."""


def remembered(understand: Callable[P, T]) -> Callable[P, T]:
    """For a function of values that do not change, to a value that does not."""
    return cast(Callable[P, T], lru_cache(maxsize=MOST)(understand))


class SignTable(dict[int, str]):
    """A function of one sign as `str.translate` wants it, each sign worked out once."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, point: int) -> str:
        if len(self) >= MOST_SIGNS:
            self.clear()
        found = self[point] = self._work_out(chr(point))
        return found
