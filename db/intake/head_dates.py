"""Dates of issue, with Chinese numerals too: 2021年10月28日, 二○○七年四月十三日, 2021-10-28.

Source: notice-patterns.md, section 3, edge rules (Chinese-numeral issue dates).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from db.intake.phrases.numbers import CHINESE, chinese

_YEAR: Final = "(?:(?:19|20)[0-9]{2}|二[〇○零OoＯ0][〇○零OoＯ0一二三四五六七八九]{2})"
_DAY: Final = f"[0-9]{{1,2}}|{CHINESE}"
WRITTEN: Final = re.compile(
    f"(?P<year>{_YEAR})(?:年(?P<month>{_DAY})月(?P<day>{_DAY})日|(?P<sign>[-/.])(?P<m>[0-9]{{1,2}})(?P=sign)(?P<d>[0-9]{{1,2}}))"
)
YEARS: Final = re.compile(f"(?<![0-9])(?P<year>{_YEAR})年")
_ROUND: Final = str.maketrans("○OoＯ0", "〇〇〇〇〇")


def dates_in(text: str) -> Iterator[tuple[int, int, date | None]]:
    """Start, end and value of every full date of a normalised text; None for a day that does not exist."""
    for found in WRITTEN.finditer(text):
        parts = (found["month"], found["day"]) if found["sign"] is None else (found["m"], found["d"])
        month, day = (_number(one) for one in parts)
        year = year_of(found["year"])
        try:
            value = date(year, month or 0, day or 0)
        except ValueError:
            value = None
        yield found.start(), found.end(), value


def year_of(written: str) -> int:
    """2021 or 二〇二一."""
    return int(written) if written.isascii() and written.isdigit() else chinese(written.translate(_ROUND)) or 0


def _number(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if written.isascii() else chinese(written)
