"""A line for paths and web addresses: typed, pasted, dropped by a terminal, or chosen in the picker."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.message import Message

from db.rules.typed_paths import TYPED_LIMIT
from tui.dialogs.field import Field
from tui.dialogs.prose import Prose
from tui.dialogs.typed_line import TypedLine
from tui.dialogs.typed_text import loaded, pasted

_BEGINS: Final = re.compile(r"\s*(?:['\"“/]|~/|file:|https?:|[A-Za-z]:[\\/]|\\\\)", re.IGNORECASE)
"""How what a terminal drops begins."""


def looks_like_a_path(text: str) -> bool:
    """Whether a text begins as a path or an address does."""
    return _BEGINS.match(text) is not None


class PathLine(TypedLine):
    """Shows text that is fit to be shown, and keeps what it stands for as long as nobody changes it.

    A name on the disk may have signs that must not be shown, or another spelling (NFD) than the one that is shown.
    """

    # Here too: between this line and the window stands what scrolls by the same key where the window is low.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "screen.pick", show=False)]

    class TooLong(Message):
        """A paste of so many characters was not taken."""

        def __init__(self, length: int) -> None:
            super().__init__()
            self.length = length

    def __init__(self, value: str = "") -> None:
        super().__init__()
        self._stands_for: str | tuple[Path, ...] = ""
        self._shows = ""
        if value and len(value) <= TYPED_LIMIT:
            self._put(value, value)

    @property
    def meant(self) -> str | tuple[Path, ...]:
        """The text as it came, the paths that were chosen, or what was typed."""
        return self._stands_for if self.value and self.value == self._shows else self.value

    def put_paths(self, paths: Sequence[Path]) -> None:
        """Let these paths stand there."""
        words = [str(path) for path in paths]
        self._put(words[0] if len(words) == 1 else " ".join(f"'{word}'" for word in words), tuple(paths))

    def take(self, text: str) -> None:
        start, end = sorted(self.selection)
        if len(text) + len(self.value) - (end - start) > TYPED_LIMIT:
            self.post_message(self.TooLong(len(text)))
            return
        before = self.meant if start == end == len(self.value) else ""
        if not self.value or (start == 0 and end == len(self.value)):
            self._put(text, text)
        elif isinstance(before, str) and before.strip() and looks_like_a_path(text):
            # A second file dropped behind the first.
            self._put(f"{before.strip()} {text}", f"{before.strip()}\n{text}")
        else:
            cleaned, _ = pasted(text, single_line=True)
            self.replace(cleaned, start, end)

    def _put(self, text: str, meant: str | tuple[Path, ...]) -> None:
        self.value = loaded(text, single_line=True)[0]
        self.cursor_position = len(self.value)
        self._shows, self._stands_for = self.value, meant


class PathField(Field):
    """Up to TYPED_LIMIT characters at a time; a path that is too long for the system is said by it."""

    def __init__(self, label: str, value: str = "", *, remark: str = "", id: str | None = None) -> None:
        super().__init__(label, "", limit=0, remark=remark, id=id)
        self.line: PathLine = PathLine(value)
        self._given = self.line.value
        self._too_long = len(value) if len(value) > TYPED_LIMIT else 0

    def on_mount(self) -> None:
        if self._too_long:
            # After whatever else is said of the line at first.
            self.call_after_refresh(self._refuse, self._too_long)

    def on_path_line_too_long(self, event: PathLine.TooLong) -> None:
        event.stop()
        self._refuse(event.length)

    def _refuse(self, length: int) -> None:
        self.complain(
            f"粘贴的内容有 {length:,} 个字符，一次最多 {TYPED_LIMIT:,} 个，没有采用。"
            "请分几次拖入，或空着按 Enter 选文件"
        )

    @property
    def meant(self) -> str | tuple[Path, ...]:
        """What the line stands for."""
        return self.line.meant

    @property
    def kept(self) -> str:
        meant = self.meant
        return meant if isinstance(meant, str) else "\n".join(map(str, meant))

    def put_back(self, kept: str) -> None:
        self.line.put("")
        self.line.take(kept)

    def tell(self, words: str) -> None:
        """What is known of what stands in the line now, in place of its remark or an error."""
        self.remove_class("-wrong")
        self.query_one(".field--remark", Prose).write(words or self._remark)
