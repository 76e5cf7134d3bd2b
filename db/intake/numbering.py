"""Numbers of headings, items and rows: read from the head of a text, counted for gaps, made single where they repeat.

    chapter   := '第' chinese ('部分' | '章' | '节')          第一部分 总体要求
    chinese   := chinese ('、' | '．' | '.')                  一、提高认识
    item      := '(' chinese ')'                             （一）、(一)
    arabic    := digit{1,3} ('.' | '．' | '、')               1．要主动…, 36． 依法…, 20.2021年底前…
    sub       := '(' digit{1,2} ')' | digit{1,2} ')' | ①…    （1）
    path      := the printed numbers from the outermost on    一(四)3

Levels from the outside: chapter 0, chinese 1, item 2, arabic 3, sub 4.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

CHAPTER, CHINESE, ITEM, ARABIC, SUB = range(5)
LARGEST: Final = 999
MOST_MISSING: Final = 20
"""A jump over more numbers than this is another numbering, no gap."""

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE: Final = "一二三四五六七八九十百零〇"
_SHAPES: Final = (
    (CHAPTER, re.compile(rf"第([{_CHINESE}]{{1,6}})(?:部分|章|节)[:：、\s]{{0,3}}")),
    (CHINESE, re.compile(rf"([{_CHINESE}]{{1,6}})\s?[、．.]\s{{0,3}}")),
    (ITEM, re.compile(rf"[(（]\s?([{_CHINESE}]{{1,6}})\s?[)）][、．.]?\s{{0,3}}")),
    (ARABIC, re.compile(r"([0-9０-９]{1,3})\s?[、．.]\s{0,3}")),
    (SUB, re.compile(r"[(（]\s?([0-9０-９]{1,2})\s?[)）][、．.]?\s{0,3}|([0-9０-９]{1,2})[)）]\s{0,3}|([①-⑳])\s{0,3}")),
)
_YEAR_NEXT: Final = re.compile(r"(?:19|20)[0-9]{2}\s?年")
_NO_HEAD: Final = re.compile(r"[二三四]{1,2}(?:季度|级|期|线|类)")
"""一、二级… is a list of two, no number one."""


@dataclass(frozen=True, slots=True)
class Head:
    """The number at the head of a text. printed: as part of a path, letter width folded (一, (四), 3); rest: the text
    behind it; decimal: a digit follows the point at once, so that 1.5亿元 is possible."""

    level: int
    value: int
    printed: str
    rest: str
    decimal: bool = False


def leading(text: str) -> Head | None:
    """The number that opens this text, white space before it aside; None where it has none."""
    body = text.strip()
    for level, shape in _SHAPES:
        found = shape.match(body[:24])
        if found is None:
            continue
        digits = next(group for group in found.groups() if group is not None)
        rest = body[found.end() :]
        value = number_value(digits)
        if value is None or (level == CHINESE and _NO_HEAD.match(rest)):
            continue
        plain = unicodedata.normalize("NFKC", digits)
        printed = f"({plain})" if level in (ITEM, SUB) else plain
        decimal = level == ARABIC and found.group()[-1] in ".．" and rest[:1].isdigit() and not _YEAR_NEXT.match(rest)
        return Head(level, value, printed, rest, decimal)
    return None


def number_value(text: str) -> int | None:
    """1, １, ①, 002, 十二, 一百零三 as a whole number up to 999; None for anything else."""
    plain = unicodedata.normalize("NFKC", text.strip())
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) <= 4 and int(plain) <= LARGEST else None
    if not plain or len(plain) > 6 or any(sign not in _CHINESE for sign in plain):
        return None
    total, digit = 0, 0
    for sign in plain:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit or None


def chinese_numeral(value: int) -> str:
    """12 as 十二; of 1 to 999."""
    signs = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = f"{signs[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else signs[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (signs[ones] if ones else "")


def cell_number(text: str) -> str | None:
    """The number of a number column as printed, its point taken off (1. → 1, （一） → (一), 002); None if empty."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("、.．。")
    return "".join(plain.split()) or None


def gaps(values: Iterable[int]) -> tuple[int, ...]:
    """The numbers jumped over by a rising run (1, 2, 5 → 3, 4); a fall begins a run anew."""
    missing: list[int] = []
    last: int | None = None
    for value in values:
        if last is not None and 1 < value - last <= MOST_MISSING + 1:
            missing.extend(range(last + 1, value))
        last = value
    return tuple(missing)


def section_value(section: str | None) -> Head | None:
    """The number of a first-level heading (一、…, 第一部分…), None where it has none."""
    head = leading(section) if section else None
    return head if head and head.level <= CHINESE else None


def repeated(numbers: Sequence[str | None]) -> tuple[int, ...]:
    """The positions whose number another position before them has already."""
    seen: Counter[str] = Counter()
    found: list[int] = []
    for position, number in enumerate(numbers):
        if number is None:
            continue
        if seen[number]:
            found.append(position)
        seen[number] += 1
    return tuple(found)


def single(
    numbers: Sequence[str | None], sections: Sequence[str | None], tables: Sequence[int]
) -> tuple[tuple[str | None, ...], str, tuple[int, ...]]:
    """Numbers of which none stands twice: as printed; else below their section's (一1, 二1); else below the count of
    their table, or of their section (2-1).

    Returns the numbers, what was done ('' | 'section' | 'table' | 'count'), and the positions that were still twice
    and got a number of our own (5 → 5(2)).
    """
    if not repeated(numbers):
        return tuple(numbers), "", ()
    by_section = [_below(section, number) for section, number in zip(sections, numbers, strict=True)]
    if None not in by_section and not repeated(by_section):
        return tuple(by_section), "section", ()
    by_table = _counted(numbers, tables)
    if not repeated(by_table):
        return by_table, "table", ()
    by_count = _counted(numbers, list(zip(tables, sections, strict=True)))
    if not repeated(by_count):
        return by_count, "count", ()
    across = bool(repeated_across(numbers, tables))
    found, twice = _suffixed(by_table if across else numbers)
    return found, "table" if across else "", twice


def _counted(numbers: Sequence[str | None], groups: Sequence[Hashable]) -> tuple[str | None, ...]:
    """The numbers with the count of their group in front."""
    order = {group: count for count, group in enumerate(dict.fromkeys(groups), 1)}
    return tuple(
        None if number is None else f"{order[group]}-{number}" for number, group in zip(numbers, groups, strict=True)
    )


def _suffixed(numbers: Sequence[str | None]) -> tuple[tuple[str | None, ...], tuple[int, ...]]:
    """The numbers with a count behind each one that was there already, and which those are."""
    found = list(numbers)
    twice = repeated(found)
    taken = {one for one in found if one is not None}
    times: Counter[str] = Counter()
    for position in twice:
        printed = found[position] or ""
        times[printed] += 1
        while (own := f"{printed}({times[printed] + 1})") in taken:
            times[printed] += 1
        found[position] = own
        taken.add(own)
    return tuple(found), twice


def repeated_across(numbers: Sequence[str | None], tables: Sequence[int]) -> tuple[str, ...]:
    """The numbers that stand in more than one table."""
    first: dict[str, int] = {}
    return tuple(
        number
        for number, table in zip(numbers, tables, strict=True)
        if number is not None and first.setdefault(number, table) != table
    )


def _below(section: str | None, number: str | None) -> str | None:
    head = section_value(section)
    return f"{head.printed}{number}" if head and number else None
