"""The kinds of fields that a verb takes in: cleaned texts, days of an office, numbers within their limits."""

import re
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

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


def cleaned(limit: int, line_limit: int | None = None, *, single_line: bool = False) -> AfterValidator:
    """A text through the gate of db.rules.limits; it may be empty."""

    def clean(value: str) -> str:
        return clean_text(value, limit=limit, line_limit=line_limit, single_line=single_line)[0]

    return AfterValidator(clean)


def maybe(limit: int, *, single_line: bool = False) -> AfterValidator:
    """As cleaned for what may be left out; blank is None."""

    def clean(value: str | None) -> str | None:
        return None if value is None else clean_text(value, limit=limit, single_line=single_line)[0] or None

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


def _web_address(value: str) -> str:
    # Asked of what was typed: cleaning would drop a control character and leave another address.
    if _BLANKS.search(value.strip()):
        raise TextRefused("网址里有空格、换行或控制字符，没有保存。", "请从浏览器的地址栏重新复制，一次一个网址。")
    address = clean_text(value, limit=ADDRESS_LIMIT)[0]
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
Done = Annotated[
    str | None, AfterValidator(lambda text: None if text is None else clean_text(text, limit=DONE_LIMIT)[0])
]
Name = Annotated[str, cleaned(NAME_LIMIT, single_line=True)]
Subject = Annotated[str, cleaned(SUBJECT_LIMIT, single_line=True)]
Remark = Annotated[str | None, maybe(REASON_LIMIT)]
Caption = Annotated[str | None, maybe(CAPTION_LIMIT, single_line=True)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Days = Annotated[int, Field(ge=1, le=DAYS_LIMIT)]
Times = Annotated[int, Field(ge=1, le=NUMBER_LIMIT)]
