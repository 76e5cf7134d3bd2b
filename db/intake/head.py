"""Who sends a notice, what it is called, its number, its date and its year.

    head    ::= (某局文件)? (number 签发人?)? title address? … signature date …
    number  ::= letters '〔' year '〕' digits '号'                a line of its own: a number in a sentence is cited
    title   ::= 1 to 4 lines, 关于…(通知 | 意见 | 函 …), with the sender in front where it is part of them;
                else the first short line that ends in 方案, 要点, 分解表 … (the paper that is handed on)
    agency  ::= the line above the date (signature); else the name in 某局文件; else what the title begins with
    date    ::= a full date alone on its line, or behind the signature; 某日印发 of the printing line only if no other
    year    ::= that of the title of the notice or of what is handed on; else of the date of issue; else of the dates
                in the tasks (assumed); never guessed beyond that
Source: notice-patterns.md, section 3 (order of the sources of the year), section 6; reading-the-notices.md.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.intake.head_dates import YEARS, dates_in, year_of
from db.intake.head_table import with_table
from db.intake.phrases.signs import normal
from db.intake.reading import Doubt, Head

LONGEST_LINE: Final = 400
TITLE_LINES: Final = 4
LINES: Final = 600
"""Lines of the letter that are looked through, from each end."""

_NUMBER: Final = re.compile(
    r"([\u4e00-\u9fff]{2,20}(?:〔|\[|\(|【)(?:19|20)[0-9]{2}(?:〕|\]|\)|】)(?:第)?[0-9]{1,5}号)(签发人.*)?"
)
_PAPER: Final = re.compile(r"(.{3,60}?)(?:文件|（文件）)")
_LETTER: Final = ("通知", "意见", "函", "通报", "决定", "公告", "通告", "批复", "请示", "报告", "命令")
_PLAN: Final = (
    "方案",
    "要点",
    "计划",
    "分工",
    "分解表",
    "分工表",
    "任务表",
    "清单",
    "安排",
    "台账",
    "细则",
    "办法",
    "一览表",
    "分解",
    "目录",
)
_SENDER: Final = re.compile(
    r"[\u4e00-\u9fff()]{2,40}?(?:局|厅|委|委员会|办公室|政府|院|部|署|处|中心|党组|领导小组|公司|大学|学校|联席会议|指挥部|集团|会|馆|站|所|队)"
)
_NO_HEAD: Final = (
    "发布日期",
    "发布时间",
    "索引号",
    "来源",
    "点击",
    "浏览",
    "字体",
    "分享",
    "联系人",
    "附件",
    "签发人",
    "抄送",
    "校对",
)
_SPAN: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:-|至)(?:19|20)[0-9]{2}年")
_ASSUMED: Final = "没有写，不填"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the letter: its normalised text without white space, and as written, without it too."""

    text: str
    verbatim: str


def head(
    paragraphs: tuple[tuple[int, str], ...], tasks: Iterable[str] = (), about: Sequence[tuple[str, str]] = ()
) -> tuple[Head, tuple[Doubt, ...]]:
    """The head of a notice from the paragraphs around its tasks. tasks: the texts of the tasks, for the year of a bare
    table; about: label and value of a table about the document, which gives what the letter does not
    say. What neither says is None and, once, a doubt."""
    lines = _lines(paragraphs)
    end = _head_end(lines)
    doubts: list[Doubt] = []
    number = _document_number(lines)
    title = _title(lines[:end]) or _plan_title(lines)
    issued, signature = _issued(lines, doubts)
    agency = _agency(lines, signature, title, doubts)
    said = with_table(Head(agency, title, number, None, issued), about, doubts)
    agency, title, number, issued = said.agency, said.title, said.document_number, said.issued_on
    year = _year(lines, title, issued, tasks, doubts)
    named = (("发文机关", agency), ("标题", title), ("文号", number), ("印发日期", issued))
    missing = [name for name, value in named if value is None]
    if missing and missing != ["文号"]:
        doubts.insert(0, Doubt("head_missing", "、".join(missing), _ASSUMED))
    return Head(agency, title, number, year, issued), tuple(doubts)


def _lines(paragraphs: Sequence[tuple[int, str]]) -> list[_Line]:
    found: list[_Line] = []
    for _, paragraph in paragraphs:
        for line in paragraph.splitlines():
            written = "".join(line[: LONGEST_LINE + 1].split())
            if written:
                found.append(_Line(normal(written).text, written))
    return found if len(found) <= 2 * LINES else found[:LINES] + found[-LINES:]


def _head_end(lines: Sequence[_Line]) -> int:
    """Where the head ends: at the address line, or at the first sentence."""
    for at, line in enumerate(lines):
        if line.text.endswith(":") or "。" in line.text or len(line.text) > 120:
            return at
    return len(lines)


def _document_number(lines: Sequence[_Line]) -> str | None:
    for line in lines:
        label = next((one for one in ("发文字号:", "文号:") if line.text.startswith(one)), "")
        found = _NUMBER.fullmatch(line.text, len(label))
        if found is None and "文件" in line.text[:60]:
            found = _NUMBER.fullmatch(line.text, line.text.index("文件") + 2)
        if found is not None:
            return line.verbatim[found.start(1) : found.end(1)] if len(line.verbatim) == len(line.text) else found[1]
    return None


def _is_other(line: _Line) -> bool:
    """A line of the head that is no part of a title."""
    return (
        _NUMBER.match(line.text) is not None
        or _PAPER.fullmatch(line.text) is not None
        or line.text.startswith(_NO_HEAD)
        or any(end - start >= len(line.text) - 2 for start, end, _ in dates_in(line.text))
    )


def _title(lines: Sequence[_Line]) -> str | None:
    """The lines from the one that begins 关于 to the one that ends 通知."""
    for last, line in enumerate(lines):
        if not _ends(line.text, _LETTER) or _is_other(line):
            continue
        for first in range(last, max(-1, last - TITLE_LINES), -1):
            if _is_other(lines[first]):
                break
            if "关于" in lines[first].text:
                if lines[first].text.startswith("关于") and first > 0 and _is_sender(lines[first - 1]):
                    first -= 1
                return "".join(one.verbatim for one in lines[first : last + 1])
    return None


def _ends(text: str, words: tuple[str, ...]) -> bool:
    return text.rstrip("》)").endswith(words) or re.search(r"\((?:试行|暂行|征求意见稿)\)$", text) is not None


def _is_sender(line: _Line) -> bool:
    return not _is_other(line) and _SENDER.fullmatch(line.text) is not None


def _plan_title(lines: Sequence[_Line]) -> str | None:
    """The title of the paper that is handed on, where the letter has none; over two lines at most."""
    for at, line in enumerate(lines):
        if not _is_short(line) or _is_other(line) or not _ends(line.text, _PLAN):
            continue
        before = lines[at - 1] if at and not YEARS.search(line.text) else None
        if before is not None and YEARS.search(before.text) and _is_short(before) and not _is_other(before):
            return before.verbatim + line.verbatim
        return line.verbatim
    return None


def _is_short(line: _Line) -> bool:
    return len(line.text) <= 80 and not any(sign in line.text for sign in "。,;:、")


def _issued(lines: Sequence[_Line], doubts: list[Doubt]) -> tuple[date | None, int | None]:
    """The date of issue, and the line of the signature above or in front of it."""
    alone: list[tuple[date, int]] = []
    printed: list[date] = []
    for at, line in enumerate(lines):
        for start, end, value in dates_in(line.text):
            rest = line.text[end:]
            start = 0 if line.text[:start] == "(" else start
            if value is None and not line.text[:start] and not rest:
                doubts.append(Doubt("head_unsure", line.verbatim, "不是一个存在的日期，印发日期不填"))
            elif value is None:
                continue
            elif rest.startswith("印发"):
                printed.append(value)
            elif not rest.strip("()此件主动公开依申请不予") and (start == 0 or _SENDER.fullmatch(line.text[:start])):
                alone.append((value, at if start else at - 1))
    if alone:
        signed = [one for one in alone if one[1] >= 0 and _signs(lines[one[1]])]
        value, signature = (signed or alone)[0]
        others = tuple(dict.fromkeys(one.isoformat() for one, _ in alone if one != value))
        if others:
            doubts.append(Doubt("head_unsure", "、".join((value.isoformat(), *others)), f"印发日期 {value}", others))
        return value, signature if signature >= 0 and _signs(lines[signature]) else None
    if printed:
        doubts.append(Doubt("head_unsure", printed[0].isoformat(), "以印发栏的日期为印发日期"))
        return printed[0], None
    return None, None


def _signs(line: _Line) -> bool:
    return _sender_in(line) is not None


def _sender_in(line: _Line) -> str | None:
    """The sender's name at the beginning of a line that holds nothing but it and a date."""
    start = next((start for start, _, _ in dates_in(line.text)), len(line.text))
    if _SENDER.fullmatch(line.text[:start]) is None:
        return None
    return line.verbatim[:start] if len(line.verbatim) == len(line.text) else line.text[:start]


def _agency(lines: Sequence[_Line], signature: int | None, title: str | None, doubts: list[Doubt]) -> str | None:
    signed = _sender_in(lines[signature]) if signature is not None else None
    papers = [found for line in lines[:10] if (found := _PAPER.fullmatch(line.text)) and _SENDER.fullmatch(found[1])]
    paper = papers[0][1] if papers else None
    if signed is not None:
        if paper is not None and paper not in signed and signed not in paper:
            doubts.append(Doubt("head_unsure", f"{paper}、{signed}", f"发文机关 {signed}", (paper,)))
        return signed
    if paper is not None:
        return paper
    return _agency_of_title(title)


def _agency_of_title(title: str | None) -> str | None:
    """某局关于…, 某局2020年…."""
    if title is None:
        return None
    text = normal(title).text
    cut = text.find("关于")
    year = YEARS.search(text)
    if cut < 0 and year is not None:
        cut = year.start()
    name = text[: max(cut, 0)]
    return title[: len(name)] if _SENDER.fullmatch(name) and len(title) == len(text) else None


def _year(
    lines: Sequence[_Line], title: str | None, issued: date | None, tasks: Iterable[str], doubts: list[Doubt]
) -> int | None:
    """The plan's year, and a doubt where it is not the one that the titles say."""
    own = _years(normal(title).text) if title else []
    titles = [line.text for line in lines if len(line.text) <= 80 and _ends(line.text, _PLAN) and "。" not in line.text]
    handed = [year for text in titles for year in _years(text)]
    named = list(dict.fromkeys(handed[:2] + own if not own else own + handed))
    if named:
        near = [one for one in named if issued is not None and one == issued.year]
        year = (near or named)[0]
        others = tuple(f"{one} 年" for one in named if one != year)
        far = issued is not None and not year - 1 <= issued.year <= year
        if others or far:
            doubts.append(_assumed(year, others or (f"{issued.year} 年",) if issued else others))
        return year
    if issued is not None:
        doubts.append(_assumed(issued.year, (f"{issued.year + 1} 年",) if issued.month > 10 else ()))
        return issued.year
    counted = Counter(year for text in tasks for year in _years(normal(text[:LONGEST_LINE]).text))
    if counted:
        year, *more = (one for one, _ in counted.most_common(4))
        doubts.append(_assumed(year, tuple(f"{one} 年" for one in more)))
        return year
    doubts.append(Doubt("year_unknown", "", "年份不填，没有年份的日期都算不出", blocks=True))
    return None


def _assumed(year: int, others: tuple[str, ...]) -> Doubt:
    return Doubt("year_assumed", "", f"{year} 年", others)


def _years(text: str) -> list[int]:
    """The years of a text, both ends of a span (2024-2027年) too; not that of a document's number."""
    found = [(one.start(), year_of(one["year"])) for one in YEARS.finditer(text)]
    found.extend((one.start(), int(one[1])) for one in _SPAN.finditer(text))
    return list(dict.fromkeys(year for _, year in sorted(found)))
