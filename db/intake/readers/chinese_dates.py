"""Dates of a spreadsheet that its cell shows in an order that is not ours, or with a time that says nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

BETWEEN: Final = "/-., \u00a0"
WITH_TIME: Final = BETWEEN + "年月日时分秒:："
_ORDERS: Final = ("dmy", "dm", "my")


def in_chinese(parts: Sequence[str], signs: str, moment: datetime) -> str | None:
    """2026年4月20日 for a date in another order than ours (m/d/yyyy, d-mmm) or with the time of midnight behind it.

    parts: those of the format code (yyyy, m, d, h, nn for minutes, ss) in order; signs: what stands between them. None
    for every other date, which is given as its cell shows it.
    """
    days = [text for text in parts if text[0] in "ymd" and not (text[0] == "d" and len(text) > 2)]
    times = [text for text in parts if text[0] in "hns"]
    order = "".join(text[0] for text in days)
    if "".join(sorted(order)) not in _ORDERS or len(days) + len(times) != len(parts):
        return None
    if times and (moment.hour or moment.minute or moment.second):
        return None
    ours = order in ("ymd", "ym") and not any(len(text) > 2 for text in days if text[0] == "m")
    if (ours and not times) or any(sign not in (WITH_TIME if times else BETWEEN) for sign in signs):
        return None
    year, day = f"{moment.year}年" if "y" in order else "", f"{moment.day}日" if "d" in order else ""
    return f"{year}{moment.month}月{day}"
