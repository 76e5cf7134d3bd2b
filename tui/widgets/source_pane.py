"""The document beside its reading, drawn by lines: what is looked at is marked and in sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import ClassVar, Final

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.source_text import Marks, Piece
from tui.text import cells, pad, strip_line, wrap
from tui.wording_intake import place_words

_GUTTER: Final = 2
_ABOVE: Final = 3
"""Lines of what stands before the marked place that stay in sight."""


class SourcePane(ScrollView, can_focus=True):
    """A paragraph or a cell below another; > is at the place that is meant, | at the rest of its row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "source-pane--head",
        "source-pane--row",
        "source-pane--exact",
        "source-pane--label",
    }
    DEFAULT_CSS = """
    SourcePane {
        height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        background: $surface; color: $foreground;
    }
    SourcePane > .source-pane--head { text-style: dim; color: $text-accent; }
    SourcePane > .source-pane--label { text-style: dim; }
    SourcePane > .source-pane--row { background: $panel; }
    SourcePane > .source-pane--exact { background: $primary-muted; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]
    ALLOW_SELECT = False

    def __init__(self, found: Sequence[Piece], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pieces = tuple(found)
        self._marks = Marks()
        self._lines: list[tuple[int, str, str]] = []
        """Piece, label and text of every line at the present width."""
        self._starts: list[int] = []
        self._width = -1

    def mark(self, marks: Marks) -> None:
        """Marks these pieces and brings them into sight."""
        if marks != self._marks:
            self._marks = marks
            self.refresh()
        self._bring_into_sight()

    def on_resize(self) -> None:
        self._lay_out()
        self._bring_into_sight()

    def text_lines(self) -> list[str]:
        """Every line as it is wrapped now, with its mark, also those scrolled out of sight."""
        self._lay_out()
        return [f"{self._mark(piece)}{label}{text}".rstrip() for piece, label, text in self._lines]

    def render_line(self, y: int) -> Strip:
        self._lay_out()
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        base = self.rich_style
        if index >= len(self._lines):
            return strip_line([("", "")], width, base)
        piece, label, text = self._lines[index]
        if piece in self._marks.rows:
            base += self._look("row")
        if piece == self._marks.exact:
            base += self._look("exact")
        look = self._look("head") if self._pieces[piece].is_head else Style.null()
        return strip_line([(self._mark(piece), ""), (label, self._look("label")), (text, look)], width, base)

    def _mark(self, piece: int) -> str:
        return "> " if piece == self._marks.exact else "| " if piece in self._marks.rows else "  "

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"source-pane--{name}", partial=name != "exact" and name != "row")

    def _bring_into_sight(self) -> None:
        self._lay_out()
        first = self._marks.exact if self._marks.exact is not None else self._marks.first
        if first is None or not self._starts:
            return
        top = self._starts[min(self._marks.first or first, first)]
        # The place that is meant, with the head of its row above it where both fit.
        line = self._starts[first]
        height = self.scrollable_content_region.height
        wanted = top if line - top < height - _ABOVE else line
        if not self.scroll_offset.y <= wanted < self.scroll_offset.y + height - _ABOVE or line >= (
            self.scroll_offset.y + height - 1
        ):
            self.scroll_to(y=max(wanted - _ABOVE, 0), animate=False, force=True, immediate=True)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width == self._width or width <= 0:
            return
        self._width = width
        self._lines, self._starts = [], []
        for index, piece in enumerate(self._pieces):
            self._starts.append(len(self._lines))
            self._lines.extend((index, label, text) for label, text in _lines_of(piece, width - _GUTTER))
        self.virtual_size = Size(width, len(self._lines))


@lru_cache(maxsize=8192)
def _lines_of(piece: Piece, width: int) -> tuple[tuple[str, str], ...]:
    return tuple(_wrapped(piece, width))


def _wrapped(piece: Piece, width: int) -> Iterator[tuple[str, str]]:
    if piece.is_head:
        yield "", place_words(piece.place)
        return
    column = cells(piece.label)
    label = piece.label
    for line in wrap(piece.text, max(width - column, 4)):
        yield pad(label, column), line
        label = ""
