"""Read-only text, wrapped by cells with 避头尾, drawn by lines."""

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, Final, Literal

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from db.rules.value import value
from tui.text import Part, cells, cut, pad, strip_line, wrap

Look = Literal["plain", "heading", "muted", "mark", "alarm"]

LABEL_CELLS: Final = 10
"""Width of the label column: four characters and a gap."""
NARROW: Final = 36
"""Below this width a label stands on a line of its own."""


_Line = tuple[tuple[str, str], ...]
"""Texts and their looks, side by side."""


@value
class Block:
    """A paragraph, with a short label in a column of its own. A heading has text only."""

    text: str
    label: str = ""
    look: Look = "plain"


class ReadingPane(ScrollView, can_focus=True):
    """Blocks of text below one another. Scrolls with the arrows, page keys and the wheel.

    The bar's column stays, also with nothing to scroll: a bar that comes and goes lays the whole screen out again, at
    each key on the checklist.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reading-pane--heading",
        "reading-pane--label",
        "reading-pane--muted",
        "reading-pane--mark",
        "reading-pane--alarm",
    }
    DEFAULT_CSS = """
    ReadingPane {
        height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; padding: 0 1;
    }
    ReadingPane > .reading-pane--heading { text-style: bold; color: $text-accent; }
    ReadingPane > .reading-pane--label { text-style: dim; }
    ReadingPane > .reading-pane--muted { text-style: dim; }
    ReadingPane > .reading-pane--mark { color: $text-warning; text-style: bold; }
    ReadingPane > .reading-pane--alarm { color: $text-error; text-style: bold; }
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

    def __init__(self, blocks: Sequence[Block] = (), *, more: str = "", id: str | None = None) -> None:
        """more: said at the end of the last visible line while there are further ones, for a pane without a bar."""
        super().__init__(id=id)
        self._blocks = tuple(blocks)
        self._more = more
        self._lines: list[_Line] = []
        self._width = -1
        self._looks: dict[str, Style] = {}

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self._blocks

    def show(self, blocks: Sequence[Block], *, keep_place: bool = False) -> None:
        """Shows other text, from its top unless `keep_place`. Only lines that differ are painted again."""
        before = self._in_sight()
        self._blocks = tuple(blocks)
        self._width = -1
        self._lay_out()
        if not keep_place:
            self.scroll_home(animate=False)
        changed = [y for y, (old, new) in enumerate(zip(before, self._in_sight(), strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _in_sight(self) -> list[tuple[_Line, bool]]:
        """Each visible line, and whether it is the one that says that there is more."""
        top, height = self.scroll_offset.y, self.size.height
        rest = len(self._lines) - top
        return [(self._lines[top + y] if y < rest else (), y == height - 1 and y + 1 < rest) for y in range(height)]

    def on_resize(self) -> None:
        self._lay_out()

    def text_lines(self) -> list[str]:
        """Every line as it is wrapped now, also those scrolled out of sight."""
        self._lay_out()
        return ["".join(text for text, _ in line).rstrip() for line in self._lines]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks = {}

    def render_line(self, y: int) -> Strip:
        self._lay_out()
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        line = self._lines[index] if index < len(self._lines) else ()
        parts: list[Part] = [(text, self._look(look)) for text, look in line]
        if self._more and y == self.size.height - 1 and index + 1 < len(self._lines):
            parts = self._with_more(parts, width)
        return strip_line(parts, width, self._look("plain"))

    def _with_more(self, parts: Sequence[Part], width: int) -> list[Part]:
        fitted: list[Part] = []
        left = width - cells(self._more) - 1
        for text, style in parts:
            fitted.append((cut(text, left), style))
            left -= cells(fitted[-1][0])
        return [*fitted, (" " * (left + 1), ""), (self._more, self._look("label"))]

    def _look(self, name: str) -> Style:
        if name not in self._looks:
            partial = name != "plain"
            self._looks[name] = (
                self.get_component_rich_style(f"reading-pane--{name}", partial=True) if partial else self.rich_style
            )
        return self._looks[name]

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width == self._width or width <= 0:
            return
        self._width = width
        self._lines = [line for block in self._blocks for line in _lines_of(block, width)]
        size = Size(width, len(self._lines))
        if size != self.virtual_size:
            # Assigning it would lay the whole screen out again, at each key on the checklist; only the bar changes.
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)


@lru_cache(maxsize=512)
def _lines_of(block: Block, width: int) -> tuple[_Line, ...]:
    """Kept, as the checklist shows the same blocks again at each key."""
    if not block.label:
        return tuple(((line, block.look),) for line in wrap(block.text, width))
    if width < NARROW:
        return (((block.label, "label"),), *(((line, block.look),) for line in wrap(block.text, width)))
    column = max(LABEL_CELLS, cells(block.label) + 2)
    lines = wrap(block.text, width - column)
    labels = [block.label] + [""] * (len(lines) - 1)
    return tuple(((pad(label, column), "label"), (line, block.look)) for label, line in zip(labels, lines, strict=True))
