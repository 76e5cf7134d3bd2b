"""The docked line where the program answers: what was done, what went wrong and what to do."""

from typing import ClassVar, Final

from textual.strip import Strip
from textual.widget import Widget

from tui.text import Shown, shown, strip_line, wrap

LINES_AT_MOST: Final = 3


class StatusLine(Widget):
    """Messages stand here until the next one: no toasts, which eat Chinese characters below them (Textual #6357)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status-line--alarm"}
    DEFAULT_CSS = """
    StatusLine { dock: bottom; height: 1; width: 1fr; padding: 0 1; background: $panel; color: $foreground; }
    StatusLine > .status-line--alarm { color: $text-error; text-style: bold; }
    """
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._alarm = False
        self._message = shown("")

    def say(self, message: Shown, *, alarm: bool = False) -> None:
        """Shows the message instead of the last one; alarm for what failed."""
        self._alarm = alarm
        self._message = message
        self._fit()
        self.refresh()

    @property
    def text(self) -> str:
        """What stands there now."""
        return self._message.plain

    def on_resize(self) -> None:
        self._fit()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        style = self.rich_style
        if self._alarm:
            style += self.get_component_rich_style("status-line--alarm", partial=True)
        lines = self._lines(width)
        return strip_line([(lines[y] if y < len(lines) else "", "")], width, style)

    def _lines(self, width: int) -> list[str]:
        lines = wrap(self.text, width)
        if len(lines) > LINES_AT_MOST:
            # What is cut off is marked: strip_line ends an over-long line with ….
            lines[LINES_AT_MOST - 1 :] = [" ".join(lines[LINES_AT_MOST - 1 :])]
        return lines

    def _fit(self) -> None:
        height = max(1, len(self._lines(self.size.width))) if self.size.width else 1
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
