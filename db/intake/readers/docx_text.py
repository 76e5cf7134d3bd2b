"""The text of one Word paragraph: everything that is printed of it, and what hangs on it.

Content controls, links, tracked insertions and unknown wrappers are walked into; tracked deletions are left out; of an
mc:AlternateContent one branch is taken, for the other is the same once more. Text boxes, footnotes and endnotes are
handed back, to be read behind the paragraph. Walked with a stack of our own, never by recursion.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from db.intake.readers.docx_numbering import VALUE, Styles, W, is_on
from db.intake.readers.losses import Losses
from db.intake.readers.package import Element
from db.intake.source import Place

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE: Final = _MC + "AlternateContent"
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

T: Final = W + "t"
_TEXTS: Final = (T, _MATH_TEXT)
BOX: Final = W + "txbxContent"
_PLAIN: Final = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": "",
}  # fmt: skip
_DELETED: Final = (W + "del", W + "moveFrom")
_INSERTED: Final = (W + "ins", W + "moveTo")
_NOTES: Final = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_DRAWN: Final = (W + "drawing", W + "pict", W + "object")
_SILENT: Final = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "sectPr", "instrText", "delInstrText",
        "fldData", "ffData", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "rt", "rubyPr",
    )
)  # fmt: skip
"""No text, or one that is not printed in its place: rt is the reading above a character, named as unread at the end."""

_INSERTED_FLAG: Final = 1
_HIDDEN_FLAG: Final = 2


@dataclass(slots=True)
class Hung:
    """What hangs on a paragraph: text boxes as elements, notes as (footnotes or endnotes, id)."""

    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class Reading:
    """Reads paragraphs of one document and remembers every w:t that it has met."""

    def __init__(self, styles: Styles, losses: Losses) -> None:
        self._styles = styles
        self._losses = losses
        self._met: set[Element] = set()

    def text(self, paragraph: Element, place: Place, hung: Hung) -> str:
        """The paragraph's text without its automatic number; what hangs on it is put into `hung`."""
        written: list[str] = []
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        hidden = _HIDDEN_FLAG if self._styles.hides(None if style is None else style.get(VALUE)) else 0
        waiting: list[tuple[Element, int]] = [(one, hidden) for one in reversed(paragraph)]
        while waiting:
            element, flags = waiting.pop()
            tag = element.tag
            if tag in _TEXTS:
                self._write(element, flags, place, written)
            elif tag in _PLAIN:
                written.append(_PLAIN[tag])
            elif tag in _SILENT:
                continue
            elif tag in _DELETED:
                self.leave_out([element], place)
            elif tag == ALTERNATE:
                waiting.extend((one, flags) for one in reversed(self.branch(element)))
            elif tag in _NOTES:
                hung.notes.append((_NOTES[tag], element.get(W + "id", "")))
            elif tag in _DRAWN:
                self._drawn(element, place, hung)
            elif tag == W + "sym":
                self._symbol(element, place, written)
            else:
                if tag == W + "r":
                    flags = self._run_flags(element, flags)
                elif tag in _INSERTED:
                    flags |= _INSERTED_FLAG
                waiting.extend((one, flags) for one in reversed(element))
        return "".join(written)

    def leave_out(self, elements: Iterable[Element], place: Place) -> None:
        """What a tracked deletion has taken out: named, not read."""
        for element in elements:
            text = "".join(one.text or "" for one in element.iter(T, W + "delText"))
            self._met.update(element.iter(T))
            if text.strip():
                self._losses.add("deleted", place, text)

    def pass_over(self, element: Element) -> str:
        """The text below this element, which counts as met though it is not carried."""
        found = list(element.iter(T))
        self._met.update(found)
        return "".join(one.text or "" for one in found)

    def branch(self, alternate: Element) -> list[Element]:
        """The children of the branch to read: the first choice with anything to read in it, else the fallback."""
        branches = list(alternate)
        full = [one for one in branches if next(one.iter(T, BOX, *_DRAWN, *_PLAIN), None) is not None]
        taken = full[0] if full else branches[0] if branches else None
        for other in branches:
            if other is not taken:
                self._met.update(other.iter(T))
        return [] if taken is None else list(taken)

    def name_unread(self, root: Element, place: Place) -> None:
        """Compare every w:t below this root with what was met, and name the difference."""
        missing = [one.text for one in root.iter(T) if one.text and one.text.strip() and one not in self._met]
        if missing:
            self._losses.add("unread_text", place, missing[0], sum(len("".join(text.split())) for text in missing))

    def _write(self, element: Element, flags: int, place: Place, written: list[str]) -> None:
        self._met.add(element)
        text = (element.text or "").replace("\r", " ").replace("\n", " ")
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t")
        written.append(text)
        if flags & _INSERTED_FLAG:
            self._losses.add("inserted", place, text)
        if flags & _HIDDEN_FLAG and text.strip():
            self._losses.add("hidden_text", place, text)

    def _run_flags(self, run: Element, flags: int) -> int:
        properties = run.find(W + "rPr")
        if properties is None:
            return flags
        if properties.find(W + "vanish") is not None:
            return flags | _HIDDEN_FLAG if is_on(properties, "vanish") else flags & ~_HIDDEN_FLAG
        style = properties.find(W + "rStyle")
        hides = style is not None and self._styles.hides(style.get(VALUE))
        return flags | _HIDDEN_FLAG if hides else flags

    def _drawn(self, element: Element, place: Place, hung: Hung) -> None:
        """Text boxes in a drawing, each once, those inside another one left to it; without any it is a picture."""
        boxes: list[Element] = []
        waiting = [element]
        while waiting:
            one = waiting.pop()
            if one.tag == BOX:
                boxes.append(one)
            elif one.tag == ALTERNATE:
                waiting.extend(reversed(self.branch(one)))
            else:
                waiting.extend(reversed(one))
        hung.boxes.extend(boxes)
        if not boxes:
            self._losses.add("picture", place, count=1)

    def _symbol(self, element: Element, place: Place, written: list[str]) -> None:
        """A character by its number in a font; above F000 only that font knows what it looks like."""
        digits = element.get(W + "char", "")[:6]
        code = int(digits, 16) if digits and all(one in "0123456789abcdefABCDEF" for one in digits) else 0
        if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE:
            written.append(chr(code))
        else:
            self._losses.add("unread_text", place, f"符号 {element.get(W + 'font', '')[:20]} {digits}", 1)
