"""What a file says of a date that was taken over into another year than the notice's."""

import re
import unicodedata
from typing import Final

from db.rules.rows import Shift

# The year before a month first: a title of another year may stand in the same sentence.
_PRINTED: Final = (re.compile(r"(\d{4})\s*年(?=\s*\d{1,2}\s*月)"), re.compile(r"(\d{4})\s*年"))


def shift_words(shift: Shift | None, year: int, phrase: str, *, is_waiting: bool) -> str:
    """按2026年换算（原文为2021年），待核对; '' where the phrase prints no year and the day exists in `year`."""
    if shift is None:
        return ""
    words = []
    if shift.printed:
        words.append(f"按{year}年换算（原文为{_printed_year(phrase) or '另一年'}）")
    if shift.missing:
        words.append(f"{year}年没有这一天")
    if is_waiting:
        words.append("待核对")
    return "，".join(words)


def _printed_year(phrase: str) -> str | None:
    """2021年, also from ２０２１ 年; None where the year is written in another way."""
    wide = unicodedata.normalize("NFKC", phrase)
    found = next((match for pattern in _PRINTED if (match := pattern.search(wide))), None)
    return f"{found[1]}年" if found else None
