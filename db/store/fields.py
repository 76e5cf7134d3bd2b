"""The kinds of fields that a verb takes in: cleaned texts, days of an office, numbers within their limits.

This is the one door for text into the file. What it changes is heard by whoever called `hear` before the verb.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo

from db.rules.limits import (
    ADDRESS_LIMIT,
    CAPTION_LIMIT,
    DAYS_LIMIT,
    DONE_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    NUMBER_LIMIT,
    REASON_LIMIT,
    SUBJECT_LIMIT,
    TextRefused,
    clean_text,
)

_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
AGAIN: Final = "改好后再试；没有保存任何内容。"

_noted: ContextVar[dict[str, tuple[str, ...]] | None] = ContextVar("noted", default=None)
"""For each field of a running validation what was changed in it."""
_ear: ContextVar[list[str] | None] = ContextVar("ear", default=None)


def hear(told: list[str]) -> None:
    """From now on, in this context, `told` gets what verbs store otherwise than given: 标题去掉了 2 个控制字符."""
    _ear.set(told)


@contextmanager
def noting(names: Mapping[str, str]) -> Iterator[None]:
    """Around a validation: what it changes is told once nothing was refused. names: what the fields are called."""
    noted: dict[str, tuple[str, ...]] = {}
    token = _noted.set(noted)
    try:
        yield
    finally:
        _noted.reset(token)
    for field, changes in noted.items():
        tell(names.get(field, "文字"), changes)


def tell(what: str, changes: Sequence[str]) -> None:
    """Say what was changed in a text before it is stored, to whoever hears."""
    ear, words = _ear.get(), what + "、".join(changes)
    if ear is not None and words not in ear:
        ear.append(words)


def through_door(value: str, info: ValidationInfo, limit: int, line_limit: int | None, single_line: bool) -> str:
    """The text as it is stored; what was changed in it is noted. Raises TextRefused over a limit."""
    kept, changes = clean_text(value, limit=limit, line_limit=line_limit, single_line=single_line)
    noted = _noted.get()
    if changes and noted is not None:
        noted[info.field_name or ""] = changes
    return kept


def cleaned(limit: int, line_limit: int | None = None, *, single_line: bool = False) -> AfterValidator:
    """A text through the gate of db.rules.limits; it may be empty."""

    def clean(value: str, info: ValidationInfo) -> str:
        return through_door(value, info, limit, line_limit, single_line)

    return AfterValidator(clean)


def maybe(limit: int, *, single_line: bool = False) -> AfterValidator:
    """As cleaned for what may be left out; blank is None."""

    def clean(value: str | None, info: ValidationInfo) -> str | None:
        return None if value is None else through_door(value, info, limit, None, single_line) or None

    return AfterValidator(clean)


def some(message: str) -> AfterValidator:
    """Refuse an empty text with these words."""

    def check(value: str) -> str:
        if not value:
            raise TextRefused(message, AGAIN)
        return value

    return AfterValidator(check)


def or_none(value: str | None) -> str | None:
    """An empty text is none."""
    return value or None


def _web_address(value: str, info: ValidationInfo) -> str:
    # Asked of what was typed: cleaning would drop a control character and leave another address.
    if _BLANKS.search(value.strip()):
        raise TextRefused("网址里有空格、换行或控制字符，没有保存。", "请从浏览器的地址栏重新复制，一次一个网址。")
    address = through_door(value, info, ADDRESS_LIMIT, None, True)
    try:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        named = False
    if not named:
        raise TextRefused("这不是网址：应以 http:// 或 https:// 开头，后面是网站名。", AGAIN)
    return address


def _office_year(value: date) -> date:
    if not 2000 <= value.year <= 2999:
        raise TextRefused(f"{value.isoformat()} 不像是办公用的日期（应在 2000 年到 2999 年之间）。", AGAIN)
    return value


Day = Annotated[date, AfterValidator(_office_year)]
NoteText = Annotated[str, cleaned(NOTE_LIMIT, LINE_LIMIT), some("记事是空的，没有保存。")]
Reason = Annotated[str, cleaned(REASON_LIMIT), some("请写明理由。")]
Done = Annotated[str | None, maybe(DONE_LIMIT)]
Name = Annotated[str, cleaned(NAME_LIMIT, single_line=True)]
Subject = Annotated[str, cleaned(SUBJECT_LIMIT, single_line=True)]
Remark = Annotated[str | None, maybe(REASON_LIMIT)]
Caption = Annotated[str | None, maybe(CAPTION_LIMIT, single_line=True)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Days = Annotated[int, Field(ge=1, le=DAYS_LIMIT)]
Times = Annotated[int, Field(ge=1, le=NUMBER_LIMIT)]
