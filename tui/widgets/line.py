"""One line of the screen, drawn by cells."""

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.text import Part, cells, strip_line


class Line(Widget):
    """A docked line of parts; a subclass says in `parts_at` what fits into a width."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def parts_at(self, width: int) -> Sequence[Part]:
        """The pieces of the line at that width in cells."""
        raise TypeError(f"{type(self).__name__} says nothing")

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        return strip_line(self.parts_at(width), width, self.rich_style)

    def part_at(self, x: int) -> int | None:
        """The index of the part drawn at that cell, for the mouse."""
        start = 0
        for index, (text, _) in enumerate(self.parts_at(self.size.width)):
            start += cells(text)
            if x < start:
                return index
        return None

    def style_named(self, name: str) -> Style:
        return self.get_component_rich_style(name)
