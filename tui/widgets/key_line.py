"""The bottom line of keys: what fits of the commands that matter, and where the rest is."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events

from tui.commands import Command
from tui.text import Part, cells
from tui.widgets.line import Line

MORE = "F1 更多"


class KeyLine(Line):
    """Shows the in_key_line commands; a click does what the key does.

    Textual's Footer drops keys that do not fit without a sign; here the line then ends with 「F1 更多」. The way back
    stays: what stands before it gives way.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}
    DEFAULT_CSS = """
    KeyLine { dock: bottom; padding: 0 1; background: $panel; color: $foreground; }
    KeyLine > .key-line--key { text-style: bold; color: $text-accent; }
    """

    def __init__(self, commands: Sequence[Command], *, more: bool = True, id: str | None = None) -> None:
        """more: False where F1 opens nothing (a dialog); what does not fit is then cut with …"""
        super().__init__(id=id)
        self._more = more
        self._commands: tuple[Command, ...] = ()
        self.show(commands)

    def show(self, commands: Sequence[Command]) -> None:
        self._all = len(commands)
        self._commands = tuple(command for command in commands if command.in_key_line)
        self.refresh()

    def parts_at(self, width: int) -> Sequence[Part]:
        key = self.get_component_rich_style("key-line--key", partial=True)
        parts: list[Part] = []
        for command in self.fitting(width):
            parts += [(command.shown_key, key), (f" {command.label}  ", "")]
        if self._more and len(parts) < 2 * self._all:
            parts.append((MORE, key))
        return parts

    def fitting(self, width: int) -> tuple[Command, ...]:
        """The commands that stand on a line of that width, in order."""
        return tuple(self._fitting(width))

    def _fitting(self, width: int) -> Iterator[Command]:
        left = width - (cells(MORE) if self._more else 0)
        way_back = [command for command in self._commands[-1:] if command.name == "back" and self._more]
        left -= sum(map(_cells_of, way_back))
        for command in self._commands[: len(self._commands) - len(way_back)]:
            left -= _cells_of(command)
            if left < 0 and self._more:
                break
            yield command
        yield from way_back

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        content = event.get_content_offset(self)
        part = self.part_at(content.x) if content else None
        if part is None:
            return
        fitting = self.fitting(self.size.width)
        name = fitting[part // 2].name if part // 2 < len(fitting) else "help"
        where = "screen" if hasattr(self.screen, f"action_{name}") else "app"
        await self.run_action(f"{where}.{name}")


def _cells_of(command: Command) -> int:
    """What it takes of the line, with the gaps."""
    return cells(command.shown_key) + cells(command.label) + 3
