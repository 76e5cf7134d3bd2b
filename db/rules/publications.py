"""公开记录 as the clerk types or pastes them: several lines of a spreadsheet or of a web list at once.

    line    = [list number] part…            blank lines and header lines are passed over
    columns = parts set apart by tabs, by |, by two and more spaces or by commas, where one whole part is a date
    free    = otherwise: dates and words are taken off both ends of the line, never out of its middle

Commas stand in titles too: between them one part alone may be the title, and what has commas itself stands in quotes
(CSV). A line that has a date between commas and one between spaces can be read in two ways.

A date, a channel or a form is a part (in free text a word) of its own, so that 关于2026年3月5日…的公告 keeps its date.
What can be read in two ways is a problem; nothing is guessed.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date
from typing import Final

from db.rules.limits import ADDRESS_LIMIT, TITLE_LIMIT, TextRefused, clean_text
from db.rules.names import folded
from db.rules.publication_words import CHANNEL_WORDS, EITHER, FORM_WORDS, is_header
from db.rules.rows_counted import PublicationRow
from db.rules.value import value
from db.rules.words import PLAIN_FORM, Channel, Form

USUAL_CHANNEL: Final[Channel] = "网站"

_LINES: Final = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_COMPACT: Final = (
    r"(?:[1１][9９]|[2２][0０])\d\d(?:[0０][1-9１-９]|[1１][0-2０-２])(?:[0０][1-9１-９]|[12１２]\d|[3３][01０１])"
)
"""20260905. Eight digits that are no day by their figures are a number like any other."""
_DATE: Final = (
    rf"[【\[(（〔]?(?:{_COMPACT}|"
    r"\d{4}[-－]\d{1,2}[-－]\d{1,2}|\d{4}[/／]\d{1,2}[/／]\d{1,2}|\d{4}[.．]\d{1,2}[.．]\d{1,2}"
    r"|(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{2}[-－]\d{2}"
    r")(?:[T\s]\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[】\])）〕]?"
)
"""A day, in brackets or not; the time that web lists write after it is let pass."""

_WHOLE_DATE: Final = re.compile(_DATE)
_DATE_AT_AN_END: Final = re.compile(rf"\A{_DATE}(?!\S)|(?<!\S){_DATE}\Z")
_ADDRESS: Final = re.compile(
    r" ?(?P<open>[<(（【\[])?(?P<address>https?://[^\s|｜]+?)(?(open)[>)）】\]])[。，；、]*(?:(?=[\t|｜])|\s|\Z)",
    re.IGNORECASE,
)
_RULED_GAPS: Final = (re.compile(r"\t"), re.compile(r"[|｜]"))
_WIDE_GAPS: Final = (re.compile(r"\s{2,}"),)
_COMMAS: Final = (",", "，")
_TITLES_OWN_GAP: Final = re.compile(r"[^\S\t]+|\s*[|｜]\s*")
# A figure after the point is no list number (1.5亿元, 1、2季度) unless it begins a date (1.2026-03-05).
_LIST_NUMBER: Final = re.compile(
    rf"\A(?:\d{{1,3}}\s*[.．、](?:(?!\d)|(?=\d{{4}}\D|{_DATE}(?![^\s,，])))|[（(]\d{{1,3}}[）)])\s*(?=\S)"
)
_ROW_NUMBER: Final = re.compile(r"\d{1,3}[.．、]?|[（(]\d{1,3}[）)]")


@value
class NewPublication:
    """A publication that is to be stored; entry None: of the unit. address None: it has none."""

    entry: int | None
    day: date
    title: str
    channel: Channel
    address: str | None
    form: Form


@value
class LineProblem:
    """A pasted line that was not taken: its number from 1, the line as it stands, and in Chinese why."""

    number: int
    line: str
    why: str


class _Unread(ValueError):
    """Why a line cannot be taken, in Chinese."""


@value
class _Parts:
    """What was found in one line; of the words each names a channel, a form or either."""

    dates: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)


Likeness = tuple[int | None, date, str]


def likeness(one: NewPublication | PublicationRow) -> Likeness:
    """Entry, day and folded title: two records that have them in common are probably of one publication."""
    return one.entry, one.day, folded(one.title)


def read_lines(text: str, today: date, entry: int | None) -> tuple[tuple[NewPublication, ...], tuple[LineProblem, ...]]:
    """The publications of the pasted lines, in their order, and the lines that were not taken.

    A date without a year is of today's year; one after today is a problem. channel and form are 网站 and 文字 where
    the line names none. The title is kept as written, but for what clean_text mends.
    """
    taken: list[NewPublication] = []
    problems: list[LineProblem] = []
    for number, line in enumerate(_LINES.split(text), start=1):
        # Composing may lengthen a text, threefold at most.
        kept = clean_text(line, limit=3 * len(line))[0].strip()
        if not kept or is_header(kept):
            continue
        try:
            taken.append(_publication(kept, today, entry))
        except _Unread as problem:
            problems.append(LineProblem(number, line, str(problem)))
    return tuple(taken), tuple(problems)


def _publication(line: str, today: date, entry: int | None) -> NewPublication:
    parts = _parts(_LIST_NUMBER.sub("", line))
    if len(parts.addresses) > 1:
        raise _Unread("有两个网址，分不清用哪一个")
    address = _cleaned(min(parts.addresses), ADDRESS_LIMIT, "网址") if parts.addresses else None
    day = _day(parts.dates, today)
    channel, form = _channel_and_form(parts.words)
    title = _cleaned(" ".join(parts.titles), TITLE_LIMIT, "标题")
    if not title:
        raise _Unread("没有标题")
    return NewPublication(entry, day, title, channel, address, form)


def _parts(line: str) -> _Parts:
    rest, addresses = _without_addresses(line)
    found = _in_columns(rest, _RULED_GAPS)
    if found is None:
        plain = _in_columns(rest, _WIDE_GAPS) or _free(rest)
        by_commas = [parts for comma in _COMMAS if (parts := _between_commas(line, comma)) is not None]
        if by_commas:
            return _agreed(by_commas, plain)
        found = plain
    found.addresses.update(addresses)
    return found


def _agreed(by_commas: Sequence[_Parts], plain: _Parts) -> _Parts:
    """The parts between commas, if nothing else in the line can be its date or its title."""
    found, *others = by_commas
    if others or (plain.dates and plain.dates != found.dates):
        raise _Unread("日期有的用逗号隔开，有的用空格或另一种逗号隔开，分不清各栏")
    if len(found.titles) > 1:
        raise _Unread(f"有几栏都像标题（{'、'.join(found.titles)}），标题里有逗号的请加引号，其余的请去掉")
    return found


def _without_addresses(line: str) -> tuple[str, set[str]]:
    addresses = {match["address"] for match in _ADDRESS.finditer(line)}
    return (_ADDRESS.sub(" ", line).strip() if addresses else line), addresses


def _between_commas(line: str, comma: str) -> _Parts | None:
    """The parts of a line of a CSV file; None where no whole cell is a date."""
    parts = _Parts()
    for index, written in enumerate(_comma_cells(line, comma)):
        cell, addresses = _without_addresses(written)
        parts.addresses.update(addresses)
        if _WHOLE_DATE.fullmatch(cell):
            parts.dates.append(cell)
        elif cell in CHANNEL_WORDS or cell in FORM_WORDS:
            parts.words.append(cell)
        elif cell and (index > 0 or not _ROW_NUMBER.fullmatch(cell)):
            parts.titles.append(cell)
    return parts if parts.dates else None


def _comma_cells(line: str, comma: str) -> list[str]:
    """The cells without their quotes, blank ones left out; none where there is just one."""
    try:
        cells = next(csv.reader([line], delimiter=comma, skipinitialspace=True, strict=True))
    except csv.Error:
        cells = line.split(comma)
        if any(_WHOLE_DATE.fullmatch(cell.strip()) for cell in cells):
            raise _Unread("引号没有成对，分不清各栏；一条记录占一行") from None
    kept = [cell.strip() for cell in cells if cell.strip()]
    return kept if len(cells) > 1 else []


def _in_columns(line: str, gaps: Sequence[re.Pattern[str]]) -> _Parts | None:
    """The parts of a line with columns: by the first kind of gap that makes a whole column a date."""
    for gap in gaps:
        cells = list(_cells(line, gap))
        if len(cells) > 1 and any(_WHOLE_DATE.fullmatch(line[start:end]) for start, end in cells):
            return _sorted_out(line, cells)
    return None


def _cells(line: str, gap: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where each column begins and ends, without the spaces around it; empty ones are left out."""
    start = 0
    ends = [(found.start(), found.end()) for found in gap.finditer(line)]
    for end, following in [*ends, (len(line), len(line))]:
        cell = line[start:end]
        if cell.strip():
            left = end - len(cell.lstrip())
            yield left, left + len(cell.strip())
        start = following


def _sorted_out(line: str, cells: Sequence[tuple[int, int]]) -> _Parts:
    parts = _Parts()
    title_end: int | None = None
    for index, (start, end) in enumerate(cells):
        cell = line[start:end]
        if _WHOLE_DATE.fullmatch(cell):
            parts.dates.append(cell)
        elif cell in CHANNEL_WORDS or cell in FORM_WORDS:
            parts.words.append(cell)
        elif index > 0 or not _ROW_NUMBER.fullmatch(cell):
            if title_end is None:
                parts.titles.append(cell)
            else:
                # Side by side the two are one title, which may have such a gap of its own: 一图读懂 | 政务公开.
                between = line[title_end:start]
                parts.titles[-1] += (between if _TITLES_OWN_GAP.fullmatch(between) else " ") + cell
            title_end = end
            continue
        title_end = None
    return parts


def _free(line: str) -> _Parts:
    parts = _Parts()
    rest = _bare(line)
    while rest:
        first, last = rest.split(maxsplit=1)[0], rest.rsplit(maxsplit=1)[-1]
        if found := _DATE_AT_AN_END.search(rest):
            parts.dates.append(found.group())
            rest = _bare(rest[: found.start()] + rest[found.end() :])
        elif first in CHANNEL_WORDS or first in FORM_WORDS:
            parts.words.append(first)
            rest = _bare(rest.removeprefix(first))
        elif last in CHANNEL_WORDS or last in FORM_WORDS:
            parts.words.append(last)
            rest = _bare(rest.removesuffix(last))
        else:
            parts.titles.append(rest)
            break
    return parts


def _bare(text: str) -> str:
    return text.strip().strip("|｜").strip()


def _day(written: Sequence[str], today: date) -> date:
    if not written:
        raise _Unread("没有单独写出的日期（如 2026-03-05）")
    if len(written) > 1:
        raise _Unread(f"有两个日期（{'、'.join(written)}），分不清用哪一个")
    digits = re.findall(r"\d+", written[0])
    if len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    has_year = len(digits[0]) == 4
    year, month, day = (int(number) for number in (digits if has_year else [str(today.year), *digits])[:3])
    try:
        read = date(year, month, day)
    except ValueError:
        raise _Unread(f"没有{year}年{month}月{day}日这一天") from None
    if read > today:
        taken_for = "" if has_year else f"没有写年份，按今年算是 {read.isoformat()}，"
        raise _Unread(f"日期 {written[0]} {taken_for}晚于今天")
    return read


def _channel_and_form(words: Sequence[str]) -> tuple[Channel, Form]:
    channels = {CHANNEL_WORDS[word] for word in words if word in CHANNEL_WORDS and word != EITHER}
    forms = {FORM_WORDS[word] for word in words if word in FORM_WORDS and word != EITHER}
    if EITHER in words:
        if bool(channels) == bool(forms):
            raise _Unread("“其他”可以是渠道，也可以是形式，分不清是哪一个")
        if channels:
            forms.add("其他")
        else:
            channels.add("其他")
    if len(channels) > 1:
        raise _Unread(f"有两个渠道（{'、'.join(sorted(channels))}），请分成两行")
    if len(forms) > 1:
        raise _Unread(f"有两个形式（{'、'.join(sorted(forms))}），请分成两行")
    return (channels or {USUAL_CHANNEL}).pop(), (forms or {PLAIN_FORM}).pop()


def _cleaned(text: str, limit: int, what: str) -> str:
    try:
        return clean_text(text, limit=limit, single_line=True)[0]
    except TextRefused:
        raise _Unread(f"{what}太长：共 {len(text)} 字，上限是 {limit} 字") from None
