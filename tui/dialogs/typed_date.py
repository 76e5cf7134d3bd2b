"""The dates that a clerk types, in the forms that an office writes.

    date    := word | full | short | compact
    word    := 今天 | 今日 | 昨天 | 昨日 | 前天 | 前日 | 明天 | 明日 | 后天 | 后日
    full    := year sep month sep day | year 年 month 月 day [日|号]
    short   := month sep day | month 月 day [日|号] | day (日|号)
    compact := eight digits, 20261120
    sep     := - | . | / , the same twice

Digits and marks may be full-width, spaces may stand anywhere, and the 。 and 、 that a Chinese input method makes of
the . and / keys are taken for these. A date without a year is of today's year, one without a month of today's month:
it is never moved to another year, the screen shows what was understood instead. Everything else is refused, not
guessed: two-digit years, mixed marks, 11月底, four digits alone.
"""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

EARLIEST_YEAR: Final = 2000
LATEST_YEAR: Final = 2099

FORMS: Final = "写法：2026-11-20、11-20、11.20、11月20日、20日、今天"
"""One line for the clerk, for hints and errors."""

_DAYS_FROM_TODAY: Final[dict[str, int]] = {
    "前天": -2,
    "前日": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "后日": 2,
}
_IME_MARKS: Final = str.maketrans({"。": ".", "、": "/", "·": ".", "—": "-", "–": "-", "−": "-"})
_FORMS: Final = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<month>\d{1,2})[-./](?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?",
        r"(?P<day>\d{1,2})[日号]",
    )
)


def typed_date(text: str, today: date) -> date | None:
    """The date meant by `text` on the day `today`; None where it is empty, impossible or in no form above."""
    plain = "".join(unicodedata.normalize("NFKC", text.translate(_IME_MARKS)).split())
    if plain in _DAYS_FROM_TODAY:
        return today + timedelta(days=_DAYS_FROM_TODAY[plain])
    for form in _FORMS:
        if found := form.fullmatch(plain):
            parts = {name: int(value) for name, value in found.groupdict().items() if name != "sep"}
            return _real_day(parts.get("year", today.year), parts.get("month", today.month), parts["day"])
    return None


def _real_day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
