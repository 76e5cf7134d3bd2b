"""What stands on the pages of a PDF outside its tables: without page numbers and running heads, wrapped lines joined.

page noise   first or last line of a page, in its outer eighth: a page number (— 3 —, 第 3 页 共 12 页, 3/12), or
             a text that stands at the same height on at least three pages (on both, where there are two)
wrapped      a line that ends at the right margin goes on in the next one, if that begins at the left margin in
             the same type; also over a page break, unless it ends like a sentence
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from db.intake.readers.pdf_lines import Line, is_wide
from db.intake.readers.pdf_tables import Part

MARGIN: Final = 0.125
STOPS: Final = tuple("。；：;:！!？?")
CLOSING: Final = tuple("）)〕】]”")

SENTENCES: Final = tuple("。：:！!？?")
BRACKET: Final = 120
"""Signs from a bracket's beginning in which its end is looked for."""
OPENING: Final = tuple("(（〔[【")

_TOKEN: Final = re.compile(r"([(（〔\[【《“‘「『]{0,2})([A-Za-z0-9.%+-]{0,12})")
_NUMBER: Final = re.compile(r"[^\w]{0,4}(?:第|Page)?[0-9]{1,3}页?(?:[/／,，]?(?:of|共)?[0-9]{1,4}页?)?[^\w]{0,4}", re.I)
_NUMBERED: Final = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．章条]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,3}[.．、])"
)


@dataclass(slots=True)
class Sheet:
    """A page: number from 1, height in points; what stands on it from top to bottom."""

    number: int
    height: float
    items: list[Line | Part] = field(default_factory=list)


@dataclass(slots=True)
class Text:
    """A paragraph: page and line where it begins."""

    text: str
    page: int
    line: int


def without_noise(sheets: list[Sheet]) -> list[tuple[int, str]]:
    """Take page numbers and running heads from the pages; what was taken, with its page."""
    outer = [(sheet, line) for sheet in sheets for line in _outer(sheet)]
    heights = Counter((line.text, round(line.top / 4)) for _, line in outer)
    needed = max(2, min(3, len(sheets)))
    taken: list[tuple[int, str]] = []
    for sheet, line in outer:
        place = round(line.top / 4)
        often = sum(heights[line.text, place + step] for step in (-1, 0, 1)) >= needed
        if often or _NUMBER.fullmatch("".join(line.text.split())):
            sheet.items = [item for item in sheet.items if item is not line]
            taken.append((sheet.number, line.text))
    return taken


def paragraphs(sheets: list[Sheet]) -> list[Text | Part]:
    """Paragraphs and parts of tables in order."""
    lines = [item for sheet in sheets for item in sheet.items if isinstance(item, Line)]
    if not lines:
        return [item for sheet in sheets for item in sheet.items if isinstance(item, Part)]
    left, right = _margins(lines)
    indented = any(line.left - left >= 1.5 * line.size for line in lines)
    found: list[Text | Part] = []
    before: Line | None = None
    for sheet in sheets:
        first = True
        number = 0
        for item in sheet.items:
            if isinstance(item, Part):
                found.append(item)
                before = None
                continue
            number += 1
            last = found[-1] if found else None
            if (
                before is not None
                and isinstance(last, Text)
                and _goes_on(last.text, before, item, left, right, indented)
                and _follows(last.text, before, item, over_page=first)
            ):
                last.text += _glue(last.text, item.text)
            else:
                found.append(Text(item.text, sheet.number, number))
            before, first = item, False
    return found


def _outer(sheet: Sheet) -> list[Line]:
    """The lines that may be page noise: at most two at the top and two at the bottom, in the outer parts."""
    top = [item for item in sheet.items[:2] if isinstance(item, Line) and item.bottom < sheet.height * MARGIN]
    bottom = [item for item in sheet.items[-2:] if isinstance(item, Line) and item.top > sheet.height * (1 - MARGIN)]
    return top + [line for line in bottom if not any(line is one for one in top)]


def _margins(lines: list[Line]) -> tuple[float, float]:
    """Left: where lines begin most to the left (at least every twentieth); right: where most long ones end."""
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    return lefts[len(lefts) // 20], rights[len(rights) - 1 - len(rights) // 20]


def _follows(before: str, line: Line, following: Line, *, over_page: bool) -> bool:
    """Whether nothing is between: no space on the page, and over its end no end of a sentence."""
    if over_page:
        return not line.text.endswith(STOPS) or _is_open(before)
    return following.top - line.bottom < 1.5 * following.size


def _is_open(text: str) -> bool:
    """Whether a bracket is open at the end: (牵头科室:许可登记科;责任科室:"""
    end = text[-BRACKET:]
    return max(end.rfind("("), end.rfind("（")) > max(end.rfind(")"), end.rfind("）"))


def _goes_on(before: str, line: Line, following: Line, left: float, right: float, indented: bool) -> bool:
    """Whether `following` is the rest of what `line`, the last one of `before`, could not hold."""
    if "\t" in line.text or "\t" in following.text or abs(line.size - following.size) > 0.6:
        return False
    # Some programs let a full stop hang over the margin, so that the margin seems a sign further out.
    room = (2.1 + _unbroken(following.text)) * line.size
    if right - line.right > room or abs(following.left - left) > 1.2 * following.size:
        return False
    # Some pages indent by two narrow blanks, which is half a sign.
    is_in = following.left - left > 0.4 * following.size
    if is_in and line.text.endswith(SENTENCES):
        return False
    if _NUMBERED.match(following.text):
        if is_in:
            return False
        # A line that begins like all others is a rest; where none is indented, a number behind a bracket is a new item.
        return not line.text.endswith(STOPS if indented else (*STOPS, *CLOSING))
    if _is_open(before):
        return True
    # Where paragraphs begin at the margin like every line, a sentence that fills its line may end one.
    return indented or not line.text.endswith(SENTENCES) or following.text.startswith(OPENING)


def _unbroken(text: str) -> float:
    """How wide, in type sizes, what must not be broken at the beginning of a line is beyond one sign: a bracket with
    what follows, a number or word."""
    found = _TOKEN.match(text)
    return 0.0 if found is None else len(found.group(1)) + 0.6 * len(found.group(2))


def _glue(text: str, following: str) -> str:
    return following if is_wide(text[-1:]) or is_wide(following[:1]) or text[-1:].isdigit() else f" {following}"
