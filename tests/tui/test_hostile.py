"""Hostile texts at work: the clerk walks through a ledger of them at every size, presses keys and clicks."""

from datetime import date

import pytest

from db.rules.rows import EntryRow
from tests.hostile import spoilt
from tests.tui.hostile_world import MARKED, Cycle, drawn, unsafe
from tests.tui.office import Office, office
from tui.desk import Desk


@pytest.fixture(params=(0, len(MARKED) // 2))
def hostile_desk(request: pytest.FixtureRequest, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose every text is hostile, each entry with its own."""
    cycle = Cycle(request.param)
    entries: tuple[EntryRow, ...] = spoilt(desk.entries(), cycle.begin())
    monkeypatch.setattr(desk, "entries", lambda: entries)
    desk.ledger = spoilt(desk.ledger, cycle.begin())
    return desk


def check(clerk: Office, width: int) -> None:
    assert list(unsafe(drawn(clerk.app), width)) == []


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (40, 10)])
async def test_hostile_texts_are_shown_as_text_and_nothing_moves(hostile_desk: Desk, size: tuple[int, int]) -> None:
    async with office(hostile_desk, size) as clerk:
        check(clerk, size[0])
        for keys in (("space",), ("down",), ("enter",), ("right", "escape"), ("f4",), ("right", "escape"), ("ctrl+n",)):
            await clerk.press(*keys)
            check(clerk, size[0])
        await clerk.pilot.click(offset=(20, 6))
        await clerk.pilot.click(offset=(20, size[1] - 4))
        await clerk.press()
        assert clerk.app.is_running
        check(clerk, size[0])


async def test_a_hostile_note_is_shown_as_text_where_notes_are_changed(desk: Desk) -> None:
    entry = desk.entries()[28]
    desk.add_note(entry.id, "[/][@click=app.quit]x[/]")
    desk.settle([entry.id], date(2026, 11, 22), "[bold]加粗[/bold][/")
    async with office(desk) as clerk:
        await clerk.press("end")
        while clerk.current.number != "29":
            await clerk.press("up")
        assert "[bold]加粗[/bold][/" in "\n".join(clerk.pane_lines())
        await clerk.press("ctrl+e")
        assert "[/][@click=app.quit]x[/]" in clerk.text()
        check(clerk, 80)
