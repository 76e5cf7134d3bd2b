"""The kinds of fields that a verb takes in: cleaned texts, days of an office, numbers within their limits."""

from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from db.rules.limits import (
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
Days = Annotated[int, Field(ge=1, le=DAYS_LIMIT)]
Times = Annotated[int, Field(ge=1, le=NUMBER_LIMIT)]
