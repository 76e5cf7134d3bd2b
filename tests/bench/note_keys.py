"""How long a key waits in a note: at 200, 1,000 and 4,000 characters a line, and in a note of 20,000 characters.

    .venv/bin/python tests/bench/note_keys.py [--keys 40]

From the key to the frame that shows it, the terminal left out. Beside each stands Textual's plain TextArea over the
same text, and the ratio to the floor: a plain TextArea with one short line, in the same run. The budgets are those of
issue 5/5; machines differ and are noisy, so this prints and never fails.
"""

import argparse
import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.events import Key
from textual.screen import Screen
from textual.widgets import TextArea

from db.rules.rows import EntryRow
from tests.tui.desks import first_entry, real_desk
from tui.desk import Desk
from tui.screens.note import NoteScreen

SIZE = (120, 36)
SENTENCE = "已请综合规划科提供清单，周三前汇总（见 2026 年第 3 号）。"
TEXTS = {"200": (200, 1), "1,000": (1000, 1), "4,000": (4000, 1), "20,000 in 5 lines": (3990, 5)}
"""Characters of a line, and lines: the last keys are typed at the end of the last line."""
BUDGETS = {"1,000": 50.0, "4,000": 150.0, "20,000 in 5 lines": 150.0}


def text_of(characters: int, lines: int) -> str:
    """So many lines of so many characters, with room for the keys."""
    line = (SENTENCE * (characters // len(SENTENCE) + 1))[:characters]
    return "\n".join([line] * lines)


class Plain(Screen[None]):
    """Nothing but Textual's own editor."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.area = TextArea(text, soft_wrap=True)

    def compose(self) -> ComposeResult:
        yield self.area


class Timed(App[None]):
    """Notes when it has drawn."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, make: Callable[[], Screen[Any]]) -> None:
        super().__init__()
        self._make = make
        self.drawn = asyncio.Event()

    def on_mount(self) -> None:
        self.push_screen(self._make())

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        self.drawn.set()


async def latencies(make: Callable[[], Screen[Any]], keys: int) -> list[float]:
    """Milliseconds of each key, the first ones left out."""
    found = []
    app = Timed(make)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        area = app.screen.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()
        await pilot.pause(0.3)
        for turn in range(keys + 5):
            sign = "政务"[turn % 2]
            before = len(area.text)
            app.drawn.clear()
            begun = time.perf_counter()
            app.post_message(Key(sign, sign))
            while len(area.text) == before:
                await asyncio.sleep(0)
            app.drawn.clear()
            await app.drawn.wait()
            found.append((time.perf_counter() - begun) * 1000)
            # The draft's timer and what is drawn late are not this key's.
            await pilot.pause(0.02)
    return found[5:]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, real_desk(Path(folder)) as desk:
        first_entry(desk)
        # As the program does in its first quiet second.
        desk.warm()
        gc.collect()
        gc.freeze()
        floor = statistics.median(asyncio.run(latencies(lambda: Plain(SENTENCE), given.keys)))
        print(f"floor, a plain TextArea with one short line: p50 {floor:.1f} ms")
        # An entry each: what is typed stays as the draft of its note.
        for (name, (characters, lines)), entry in zip(TEXTS.items(), desk.entries(), strict=False):
            text = text_of(characters - given.keys - 10, lines)
            ours = asyncio.run(latencies(_maker(desk, entry, text), given.keys))
            plain = asyncio.run(latencies(lambda text=text: Plain(text), max(given.keys // 4, 5)))
            _print(name, ours, plain, floor)


def _maker(desk: Desk, entry: EntryRow, text: str) -> Callable[[], Screen[Any]]:
    def make() -> Screen[Any]:
        screen = NoteScreen(desk, entry, None)
        screen._area.load_text(text)
        return screen

    return make


def _print(name: str, ours: list[float], plain: list[float], floor: float) -> None:
    p50, p95 = statistics.median(ours), statistics.quantiles(ours, n=20)[18]
    budget = (
        f"  budget {BUDGETS[name]:.0f} ms: {'kept' if p95 < BUDGETS[name] else 'BROKEN'}" if name in BUDGETS else ""
    )
    print(
        f"{name:>18} characters a line: p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  {p50 / floor:5.1f} times the floor; "
        f"plain TextArea {statistics.median(plain):6.1f} ms{budget}"
    )


if __name__ == "__main__":
    main()
