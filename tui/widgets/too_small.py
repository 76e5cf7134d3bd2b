"""What is shown instead of a screen that does not fit."""

from textual.strip import Strip
from textual.widget import Widget

from tui.text import strip_line, wrap


class TooSmall(Widget):
    """窗口太小. The screen behind keeps everything, also what is being typed."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="too-small")

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        lines = wrap("窗口太小，请放大到至少 40 列 10 行。", width)
        return strip_line([(lines[y] if y < len(lines) else "", "")], width, self.rich_style)
