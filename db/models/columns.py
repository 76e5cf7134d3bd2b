"""Column types that a STRICT table takes: TEXT and INTEGER only, days as ISO text, truth as 0 and 1."""

from datetime import date
from typing import Any

from sqlalchemy import Dialect, Integer, Text, TypeDecorator
from sqlmodel import Field


class IsoDay(TypeDecorator[date]):
    """A date kept as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Truth(TypeDecorator[bool]):
    """A truth value kept as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


def key_column() -> Any:
    """The integer primary key that SQLite gives and never gives twice."""
    return Field(default=None, primary_key=True, sa_type=Integer)


def text_column(**more: Any) -> Any:
    """A TEXT column."""
    return Field(sa_type=Text, **more)


def integer_column(**more: Any) -> Any:
    """An INTEGER column."""
    return Field(sa_type=Integer, **more)


def day_column(**more: Any) -> Any:
    """A day, kept as ISO text."""
    return Field(sa_type=IsoDay, **more)


def truth_column(**more: Any) -> Any:
    """A truth value, kept as 0 or 1."""
    return Field(sa_type=Truth, **more)


STRICT = {"sqlite_strict": True}
NUMBERED = {"sqlite_strict": True, "sqlite_autoincrement": True}
UNNUMBERED = {"sqlite_strict": True, "sqlite_with_rowid": False}
