"""A long line of a note looks as Textual draws it, though we draw it; no size of the window costs a character."""

import random

from rich.style import Style
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from tests.tui.desks import settled
from tests.tui.office import office
from tui.desk import Desk
from tui.screens.note_area import NoteArea

LINE = "已请综合 (科) 提供\t清单，word word e\u0301 " * 30
TEXT = f"短\n{LINE}\n{LINE[:-3]}\n\n尾"
SELECTIONS = (
    ((1, 0), (1, 0)),
    ((1, 400), (1, 400)),
    ((1, len(LINE)), (1, len(LINE))),
    ((1, 30), (1, 200)),
    ((1, 200), (1, 30)),
    ((0, 0), (2, 50)),
    ((2, 300), (1, 100)),
    ((4, 0), (0, 1)),
)
SIZES = ((1, 1), (3, 2), (20, 5), (39, 9), (40, 10), (500, 200), (2, 60), (300, 1))


class Alone(App[None]):
    def compose(self) -> ComposeResult:
        yield NoteArea(TEXT)


def signs(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(sign, segment.style) for segment in strip for sign in segment.text]


async def test_every_row_of_a_long_line_looks_as_textual_draws_it() -> None:
    app = Alone()
    compared = 0
    async with app.run_test(size=(60, 14)) as pilot:
        area = app.query_one(NoteArea)
        for has_focus in (True, False):
            area.focus() if has_focus else area.blur()
            for start, end in SELECTIONS:
                area.selection = Selection(start, end)
                await settled(pilot)
                for y in range(area.size.height):
                    ours, theirs = area._render_line(y), TextArea._render_line(area, y)
                    assert signs(ours) == signs(theirs), (start, end, y)
                    compared += 1
    assert compared > 200


async def test_no_size_of_the_window_costs_a_character_that_is_typed(desk: Desk) -> None:
    chance = random.Random(6)
    typed = ""
    async with office(desk) as clerk:
        await clerk.press("f3")
        for size in [*SIZES, *((chance.randint(1, 160), chance.randint(1, 50)) for _ in range(12))]:
            await clerk.resize(*size)
            letter = chance.choice("abcdefgh")
            await clerk.press(letter)
            typed += letter
        await clerk.resize(80, 24)
        assert typed in "".join(clerk.text().split())
        assert clerk.app.save_drafts()
        assert [draft.text for draft in desk.drafts()] == [typed]
