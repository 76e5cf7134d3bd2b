"""The text of a unit cell made ready for its parser: normalised, white space decided, what is inside brackets known.

White space in a cell either parts two phrases (办公室 财务科, a line each) or is nothing (办 公 室, a broken line):
it parts where both sides are two signs or longer and the left one ends a phrase. Everything is linear in the length.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from db.intake.phrases.role_words import LABEL_WORD, VERB_WORDS, tail
from db.intake.phrases.signs import normal
from db.intake.phrases.units import CLOSE, OPEN, ends_a_name

PAIRS: Final = {**dict(zip(OPEN, CLOSE, strict=True)), "“": "”", "‘": "’", "《": "》", "<": ">"}
SEPARATORS: Final = "、,;。\n/①②③④⑤⑥⑦⑧⑨⑩"
_RUN: Final = re.compile(r"[^ \n、,;。:/]+|[ \n、,;。:/]")


@dataclass(frozen=True, slots=True)
class CellText:
    """text: what the parser reads; inner: 1 for every sign inside a pair of brackets or quotes, the pair included."""

    text: str
    inner: bytearray
    verbatim: str
    places: Sequence[int]

    def written(self, start: int, end: int) -> str:
        """text[start:end] as it stands in the source, without its white space."""
        if start >= end:
            return ""
        return "".join(self.verbatim[self.places[start] : self.places[end - 1] + 1].split())

    def segments(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """What stands between separators: start, end, and the separator in front ('' for the first).

        谁执法、谁公示 is one maxim, not two segments.
        """
        before, begin = "", start
        for at in range(start, end + 1):
            parts = at == end or (self.text[at] in SEPARATORS and not self.inner[at])
            if not parts or (at < end and self._in_maxim(begin, at, end)):
                continue
            if at > begin:
                yield begin, at, before
            begin, before = at + 1, self.text[at] if at < end else ""

    def open_bracket(self, start: int, end: int) -> None:
        """What text[start:end] has between its two brackets is read like the rest from now on."""
        self.inner[start:end] = b"\x00" + inner_signs(self.text[start + 1 : end - 1]) + b"\x00"

    def _in_maxim(self, begin: int, at: int, end: int) -> bool:
        follows = self.text[at + 1 : min(end, at + 3)].lstrip("“‘")
        return follows.startswith("谁") and "谁" in self.text[begin:at][:80]


def cell_text(verbatim: str) -> CellText:
    """The cell as its parser reads it."""
    copy = normal(verbatim, spaces=True)
    signs: list[str] = []
    places: list[int] = []
    for start, end, piece in _decided(copy.text):
        signs.append(piece)
        places.extend(copy.places[start : start + 1] if piece in (":", "\n") else copy.places[start:end])
    text = "".join(signs)
    return CellText(text, inner_signs(text), verbatim, places)


def _decided(text: str) -> Iterator[tuple[int, int, str]]:
    """The runs of a copy: white space becomes a separator, the colon of a label, or nothing."""
    runs = [(one.start(), one.end(), one.group()) for one in _RUN.finditer(text)]
    left = ""
    for n, (start, end, piece) in enumerate(runs):
        if piece not in (" ", "\n"):
            left = piece if piece in "、,;。:/" else left + piece
            yield start, end, piece
            continue
        right = runs[n + 1][2] if n + 1 < len(runs) else ""
        if LABEL_WORD.fullmatch(left) and right != ":":
            left = ""
            yield start, end, ":"
        elif min(len(left), len(right)) > 1 and _ends_a_phrase(left) and _is_a_phrase(right):
            left = ""
            yield start, end, "\n"


def _is_a_phrase(run: str) -> bool:
    """Whether a run is a phrase of its own: no bracket, role word or 等 that belongs to what stands before it."""
    return run[0] not in OPEN and tail(run, 0, len(run)).end == 0 and _ends_a_phrase(run)


def _ends_a_phrase(run: str) -> bool:
    return run[-1] in CLOSE or run.endswith(VERB_WORDS) or ends_a_name(run, len(run)) or run.endswith("等")


def inner_signs(text: str) -> bytearray:
    """1 for every sign between a pair and on it; a bracket without its other half counts as any sign."""
    inner = bytearray(len(text))
    open_ones: list[tuple[str, int]] = []
    for at, sign in enumerate(text):
        if sign in PAIRS:
            open_ones.append((PAIRS[sign], at))
        elif any(sign == closing for closing, _ in open_ones[-8:]):
            while open_ones:
                closing, begin = open_ones.pop()
                if closing == sign:
                    break
            if not open_ones or not inner[begin]:
                inner[begin : at + 1] = b"\x01" * (at + 1 - begin)
    return inner


def unwrapped(cell: CellText) -> tuple[int, int]:
    """Without the bracket that stands around the whole text, and without its last stop."""
    start, end = 0, len(cell.text)
    for _ in range(3):
        while end > start and cell.text[end - 1] in "。;,、\n:":
            end -= 1
        if end - start < 2 or cell.text[start] not in OPEN or cell.text[end - 1] not in CLOSE:
            break
        if not all(cell.inner[start:end]) or _closes(cell, start) != end - 1:
            break
        cell.open_bracket(start, end)
        start, end = start + 1, end - 1
    return start, end


def _closes(cell: CellText, start: int) -> int:
    depth = 0
    for at in range(start, len(cell.text)):
        depth += (cell.text[at] in OPEN) - (cell.text[at] in CLOSE)
        if depth == 0:
            return at
    return -1
