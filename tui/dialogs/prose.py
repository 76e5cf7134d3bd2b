"""A few lines of Chinese text that wrap by cells at whatever width there is."""

from textual.geometry import Size
from textual.widget import Widget

from tui.text import Shown, shown, wrap


class Prose(Widget):
    """Static text that Textual's own wrapping would tear (it takes a Chinese run for one word)."""

    DEFAULT_CSS = "Prose { height: auto; width: 1fr; }"

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text

    @property
    def text(self) -> str:
        """What is written there, unwrapped."""
        return self._text

    def write(self, text: str) -> None:
        """Replace the text."""
        if text != self._text:
            self._text = text
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width)) if self._text else 0

    def render(self) -> Shown:
        return shown("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        return wrap(self._text, max(width, 1))
