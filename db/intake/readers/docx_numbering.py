"""Automatic numbers: what Word prints before a paragraph without having it as text (ECMA-376 part 1, 17.9).

A paragraph has a list (numId) and a level, by itself or by its style; the list has an abstract one, whose levels say
start, format, pattern ('第%1条', '%1.%2') and after which level they begin anew. Lists of one abstract count on from
each other, unless a list overrides the start.
"""

import re
from dataclasses import dataclass
from typing import Final

from db.intake.readers.docx_numerals import numeral
from db.intake.readers.package import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE: Final = W + "val"
LEVELS: Final = 9
_OFF: Final = ("0", "false", "off")
_PARTS: Final = re.compile(r"%([1-9])")
_CLOSED: Final = tuple("、．.，,）)】]:：;；章节条款")


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a switch such as w:vanish stands in these properties and is not turned off."""
    one = None if properties is None else properties.find(W + name)
    return one is not None and one.get(VALUE, "true").lower() not in _OFF


def whole(text: str | None, default: int) -> int:
    """A number attribute; the default where it is none or is unreasonably long."""
    return int(text) if text is not None and text.lstrip("-").isdecimal() and len(text) < 10 else default


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    pattern: str
    suffix: str
    restart: int | None
    style: str | None
    legal: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A paragraph's automatic number with the space behind it; sure: False where it was not, or hardly, resolved."""

    text: str
    sure: bool


class Styles:
    """The styles as far as the text depends on them: lists and hidden text, with what they inherit."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self.default: str | None = None
        for style in root.iter(W + "style") if root is not None else ():
            found = style.get(W + "styleId", "")
            self._by_id.setdefault(found, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default", "").lower() in ("1", "true", "on"):
                self.default = found
        self._hidden: dict[str, bool] = {}

    def chain(self, style: str | None) -> list[tuple[str, Element]]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        found: dict[str, Element] = {}
        while style is not None and style in self._by_id and style not in found and len(found) < 50:
            element = found[style] = self._by_id[style]
            based = element.find(W + "basedOn")
            style = None if based is None else based.get(VALUE)
        return list(found.items())

    def hides(self, style: str | None) -> bool:
        """Whether the style's text is hidden."""
        if style is None:
            return False
        if style not in self._hidden:
            self._hidden[style] = False
            for _, element in self.chain(style):
                properties = element.find(W + "rPr")
                if properties is not None and properties.find(W + "vanish") is not None:
                    self._hidden[style] = is_on(properties, "vanish")
                    break
        return self._hidden[style]


class Numbering:
    """Counts through one document; `label` is to be asked once for each paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        for one in root if root is not None else ():
            if one.tag == W + "abstractNum":
                self._abstracts.setdefault(one.get(W + "abstractNumId", ""), one)
            elif one.tag == W + "num":
                self._lists.setdefault(one.get(W + "numId", ""), one)
        self._levels: dict[str, tuple[str, dict[int, _Level], dict[int, int]] | None] = {}
        self._counted: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> Label | None:
        """The number of the paragraph with these properties (w:pPr); None where it has none."""
        found = self._list_of(properties)
        if found is None:
            return None
        number, level, style = found
        resolved = self._resolved(number)
        if resolved is None:
            return Label("", False) if number in self._lists else None
        abstract, levels, overrides = resolved
        if level is None:
            level = next((at for at, one in levels.items() if style is not None and one.style == style), 0)
        if level not in levels:
            return Label("", False)
        counts = self._counted.setdefault(abstract, [None] * LEVELS)
        self._step(number, level, levels, overrides, counts)
        return _written(level, levels, overrides, counts)

    def _list_of(self, properties: Element | None) -> tuple[str, int | None, str | None] | None:
        """numId, level (None: to be looked up by style) and style; nearest first: the paragraph, then its styles."""
        style = None if properties is None else properties.find(W + "pStyle")
        name = self._styles.default if style is None else style.get(VALUE)
        number: str | None = None
        level: int | None = None
        places = [(None, properties), *((at, one.find(W + "pPr")) for at, one in self._styles.chain(name))]
        for at, place in places:
            listed = None if place is None else place.find(W + "numPr")
            if listed is None:
                continue
            deep, which = listed.find(W + "ilvl"), listed.find(W + "numId")
            if level is None and deep is not None:
                level = whole(deep.get(VALUE), 0)
            if which is not None:
                number = which.get(VALUE, "0")
                name = at if at is not None else name
                break
        return None if number in (None, "0") else (str(number), level, name)

    def _resolved(self, number: str) -> tuple[str, dict[int, _Level], dict[int, int]] | None:
        if number not in self._levels:
            self._levels[number] = self._resolve(number)
        return self._levels[number]

    def _resolve(self, number: str) -> tuple[str, dict[int, _Level], dict[int, int]] | None:
        one = self._lists.get(number)
        abstract = self._abstract_of(one)
        if one is None or abstract is None:
            return None
        levels = {whole(each.get(W + "ilvl"), 0): _level(each) for each in abstract.iterfind(W + "lvl")}
        overrides: dict[int, int] = {}
        for override in one.iterfind(W + "lvlOverride"):
            at = whole(override.get(W + "ilvl"), 0)
            own, start = override.find(W + "lvl"), override.find(W + "startOverride")
            if own is not None:
                levels[at] = _level(own)
            if start is not None:
                overrides[at] = whole(start.get(VALUE), 0)
        kept = {at: each for at, each in levels.items() if 0 <= at < LEVELS}
        return abstract.get(W + "abstractNumId", ""), kept, overrides

    def _abstract_of(self, one: Element | None) -> Element | None:
        """The abstract list; one that only links to a style is looked up there, a few times at most."""
        for _ in range(5):
            named = None if one is None else one.find(W + "abstractNumId")
            abstract = None if named is None else self._abstracts.get(named.get(VALUE, ""))
            link = None if abstract is None else abstract.find(W + "numStyleLink")
            if link is None:
                return abstract
            chain = self._styles.chain(link.get(VALUE))
            number = chain[0][1].find(f"{W}pPr/{W}numPr/{W}numId") if chain else None
            one = None if number is None else self._lists.get(number.get(VALUE, ""))
        return None

    def _step(
        self,
        number: str,
        level: int,
        levels: dict[int, _Level],
        overrides: dict[int, int],
        counts: list[int | None],
    ) -> None:
        now = counts[level]
        first = level in overrides and (number, level) not in self._begun
        counts[level] = _start(level, levels, overrides) if now is None or first else now + 1
        self._begun.add((number, level))
        for deeper in range(level + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                counts[deeper] = None


def _start(level: int, levels: dict[int, _Level], overrides: dict[int, int]) -> int:
    return overrides.get(level, levels[level].start)


def _level(element: Element) -> _Level:
    def value(name: str) -> str | None:
        one = element.find(W + name)
        return None if one is None else str(one.get(VALUE, ""))

    restart = value("lvlRestart")
    return _Level(
        start=whole(value("start"), 0),
        kind=_kind(element),
        pattern=value("lvlText") or "",
        suffix=value("suff") or "tab",
        restart=None if restart is None else whole(restart, 0),
        style=value("pStyle"),
        legal=is_on(element, "isLgl"),
    )


def _kind(element: Element) -> str:
    """The number format. A newer one stands in mc:AlternateContent ('custom', with an older beside it)."""
    one = element.find(W + "numFmt")
    if one is None:
        one = next(iter(element.iter(W + "numFmt")), None)
    return "decimal" if one is None else str(one.get(VALUE, "decimal"))


def _written(level: int, levels: dict[int, _Level], overrides: dict[int, int], counts: list[int | None]) -> Label:
    own = levels[level]
    if own.kind in ("bullet", "none") and not _PARTS.search(own.pattern):
        return Label("", True)
    sure = True

    def part(match: re.Match[str]) -> str:
        nonlocal sure
        at = int(match[1]) - 1
        if at not in levels or at > level:
            sure = False
            return ""
        value = counts[at]
        if value is None:
            # A level above that was never used: Word's versions differ in what they print.
            value, sure = _start(at, levels, overrides), False
        text = numeral(value, "decimal" if own.legal else levels[at].kind)
        sure = sure and text is not None
        return text or ""

    text = _PARTS.sub(part, own.pattern[:100])
    if not sure or not text:
        return Label("", sure)
    apart = own.suffix != "nothing" and not text.endswith(_CLOSED)
    return Label(text + " " if apart else text, True)
