"""Days off written by the office in TOML -> DayOffDraft, with the same checks as a pasted notice.

Grammar of the file, a day as "2027-01-01" or 2027-01-01:
    notice = "国务院办公厅关于2027年部分节假日安排的通知"
    off = [day, …]   work? = [day, …]
The year is the one in the name of the notice, else that of the days.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from db.errors import ReadingError
from db.intake.day_off_draft import (
    FIRST_POSSIBLE_YEAR,
    LARGEST_TEXT,
    LAST_YEAR,
    DayOffDraft,
    Said,
    day_name,
    day_problem,
    drafted,
    quoted,
    refused,
    too_long,
)
from db.intake.plan_table import kind_of
from db.intake.toml_text import parsed
from db.rules.calendar import DayOffKind

FILE_NAME: Final = "放假安排"
KEYS: Final = ("notice", "off", "work")
KINDS: Final[tuple[DayOffKind, ...]] = ("off", "work")
FIRST_KEY: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(?:notice|off|work)[ \t]*=")
WRITTEN_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BETWEEN_WORDS: Final = re.compile(r"[\s,=\[\]\"']+")
WRITTEN_YEAR: Final = re.compile(r"(?<![0-9])(20[0-9]{2})年")


def looks_like_toml(text: str) -> bool:
    """Whether the first line that is neither empty nor a remark gives notice, off or work a value."""
    return FIRST_KEY.match(text[:LARGEST_TEXT].removeprefix("\ufeff")) is not None


def read_day_off_toml(text: str) -> DayOffDraft:
    """What the file says, with a problem for all that is wrong, naming its line. Never raises."""
    if too_long(text):
        return refused(f"文字超过 {LARGEST_TEXT} 个字，不像是一份放假安排")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        values = parsed(FILE_NAME, text)
    except ReadingError as error:
        return refused(error.message)
    lines = _Lines(text)
    notice = values.get("notice")
    if not isinstance(notice, str) or not notice.strip() or not notice.isprintable():
        return refused(f"{lines.of('notice')}：notice 应写通知的名称，加引号，写成一行")
    problems = [
        f"{lines.of(key)}：没有 {quoted(key)} 这个键，可以写 notice、off、work" for key in values if key not in KEYS
    ]
    said: list[Said] = []
    for kind in KINDS:
        _read_days(kind, values, lines, said, problems)
    year = _year(notice, said)
    if year is None:
        return DayOffDraft(None, notice.strip(), (), (*problems, "看不出是哪一年：请在 notice 里写明年份，如 2027年"))
    kept = []
    for one in said:
        problem = day_problem(one.day, one.kind, year)
        if problem:
            problems.append(f"{one.where}：{problem}")
        else:
            kept.append(one)
    return drafted(year, notice.strip(), kept, problems)


def _read_days(
    kind: DayOffKind, values: Mapping[str, object], lines: "_Lines", said: list[Said], problems: list[str]
) -> None:
    items = values.get(kind, [])
    if not isinstance(items, list):
        problems.append(f"{lines.of(kind)}：{kind} 应是日期的数组，写的是{kind_of(items)}")
        return
    seen: set[date] = set()
    for number, item in enumerate(items, 1):
        written = _written(item)
        where = f"{lines.of(written, kind)}：{kind} 的第 {number} 个"
        day = _day(item)
        if day is None:
            problems.append(f"{where}“{quoted(written)}”不是日期，或者没有这一天：应写成 2027-01-01 这样")
        elif day in seen:
            problems.append(f"{where}：{day_name(day)}写了两次")
        else:
            seen.add(day)
            said.append(Said(day, kind, where))


def _written(item: object) -> str:
    """A value as the file has it; what is neither a string nor a date is named by its kind."""
    if isinstance(item, str):
        return item
    return item.isoformat() if isinstance(item, date) else kind_of(item)


def _day(item: object) -> date | None:
    if isinstance(item, date) and not isinstance(item, datetime):
        return item
    if not isinstance(item, str) or not WRITTEN_DAY.fullmatch(item):
        return None
    try:
        return date.fromisoformat(item)
    except ValueError:
        return None


def _year(notice: str, said: list[Said]) -> int | None:
    """The one year in the notice's name, else the days' own; the last days of December may be of the year before."""
    named = {int(year) for year in WRITTEN_YEAR.findall(notice)}
    of_days = {one.day.year for one in said if one.day.month != 12} or {one.day.year for one in said}
    found = named if len(named) == 1 else of_days
    return next((year for year in found if len(found) == 1 and FIRST_POSSIBLE_YEAR <= year <= LAST_YEAR), None)


class _Lines:
    """Where the words of the file stand."""

    def __init__(self, text: str) -> None:
        self._numbers: dict[str, list[int]] = {}
        for number, line in enumerate(text.split("\n"), 1):
            for word in BETWEEN_WORDS.split(line):
                self._numbers.setdefault(word, []).append(number)

    def of(self, word: str, key: str = "") -> str:
        """第 n 行: the first line that has the word, from the key's own line on; the key's line where none has."""
        begin = self._numbers.get(key, [1])[0]
        numbers = self._numbers.get(word, [])
        at = bisect_left(numbers, begin)
        return f"第 {numbers[at] if at < len(numbers) else begin} 行"
