"""What a page is taken apart into: lines, tables, elements; the names of elements, and attributes, by what they do."""

import re
from dataclasses import dataclass, field
from typing import Final


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


AGAIN: Final = "请用 WPS 或 Word 打开这个网页，另存为 .docx 再导入。"

VOID: Final = _names("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")
SKIPPED: Final = _names("script style noscript template title iframe noembed noframes")
SECTIONS: Final = _names("tbody thead tfoot")
CELLS: Final = _names("td th caption")
TABLE_PARTS: Final = SECTIONS | CELLS | {"table", "tr", "colgroup"}
HEADINGS: Final = _names("h1 h2 h3 h4 h5 h6")
LISTS: Final = _names("ul ol dl menu dir")
ITEMS: Final = _names("li dt dd")
BLOCKS: Final = (
    HEADINGS
    | LISTS
    | ITEMS
    | TABLE_PARTS
    | _names(
        "address article aside blockquote body center details dialog div fieldset figcaption figure footer form header "
        "hgroup html legend listing main nav optgroup option p pre search section select summary textarea xmp"
    )
)
NAVIGATION: Final = _names(
    "nav aside footer navigation navbar menu menus sidebar breadcrumb breadcrumbs crumb crumbs share toolbar topbar "
    "search copyright pagination pager friendlink select datalist contentinfo banner login weizhi dqwz"
)
"""Elements, and words of class, id and role, that are navigation."""

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_HIDING: Final = re.compile(
    r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)|mso-hide\s{0,9}:\s{0,9}all)"
)
_PRE: Final = re.compile(r"white-space\s{0,9}:\s{0,9}(?:pre|break-spaces)")
_NUMBER: Final = re.compile(r"\s{0,9}([0-9]{1,9})")
_WIDE: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d]")


@dataclass(slots=True)
class Unit:
    """A line of the page. links: how many of its signs are links; block: the element that holds it; hidden: what of
    it the page hides."""

    text: str
    links: int
    block: int
    heading: bool
    hidden: str


@dataclass(slots=True)
class Box:
    """A cell: rowspan 0 is to the end of its section."""

    rowspan: int
    colspan: int
    content: "list[Unit | Table]" = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """section: its number within the table; a rowspan ends with its section."""

    section: int
    hidden: bool
    cells: list[Box] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """block: its element."""

    block: int
    rows: list[Row] = field(default_factory=list)
    section: int = 0


@dataclass(slots=True)
class Page:
    """What a page holds. Elements (block ones only) are numbered from 0, the page itself, in the order they begin:
    parents, names (with class, id and role) by number. tables: all, the outer one before the inner."""

    content: list[Unit | Table] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    names: list[str] = field(default_factory=lambda: [""])
    pictures: list[int] = field(default_factory=list)
    numbers: int = 0
    notes: int = 0
    skipped: str = ""


def folded(text: str) -> str:
    """A run of white space is one space; the line end of the source between two Chinese signs is nothing."""
    return _SPACE.sub(_fold, text)


def _fold(blank: re.Match[str]) -> str:
    if "\n" in blank.group():
        before, behind = blank.string[blank.start() - 1 : blank.start()], blank.string[blank.end() : blank.end() + 1]
        if _WIDE.match(before) and _WIDE.match(behind):
            return ""
    return " "


def hides(given: dict[str, str]) -> bool:
    """Whether the attributes of an element hide it."""
    return "hidden" in given or _HIDING.search(given.get("style", "")[:4000].lower()) is not None


def keeps_lines(given: dict[str, str]) -> bool:
    """Whether the blanks and line ends of an element's text are shown as they are."""
    return _PRE.search(given.get("style", "")[:4000].lower()) is not None


def number(text: str | None, otherwise: int) -> int:
    """The number at the beginning of an attribute."""
    found = _NUMBER.match(text or "")
    return int(found.group(1)) if found else otherwise


def first_number(given: dict[str, str]) -> int | None:
    """Where the numbers of an <ol> begin; None where it has none or others than 1, 2, 3."""
    if given.get("type", "1") != "1" or "list-style" in given.get("style", "") or "reversed" in given:
        return None
    return number(given.get("start"), 1)
