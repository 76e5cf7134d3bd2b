"""Texts that crash, act, escape or smear: shown as text wherever the screens of the list show one."""

from dataclasses import replace
from datetime import date

import pytest

from db.rules.rows import EntryRow, LedgerRow, NoteRow
from tests.tui.desks import HOSTILE
from tests.tui.office import Office, office
from tui.cells import safe
from tui.desk import Desk

TEXTS = [text for text in HOSTILE if text]


def spoilt(entry: EntryRow, text: str) -> EntryRow:
    """The entry with that text in every place that the notice or the clerk may fill."""
    return replace(
        entry,
        number=text,
        section=text,
        matter=text,
        requirement=text,
        assignment=text,
        reached_by=text,
        leads=(text,),
        responsible=(text, text),
        supports=(text,),
        deadline=replace(entry.deadline, text=text, quote=text + "原文"),
        what_was_done=text,
        reason=text,
        remark=text,
        notes=(NoteRow(1, "2026-11-01T09:30:00+08:00", text, text),),
    )


@pytest.fixture(params=range(len(TEXTS)))
def hostile_desk(request: pytest.FixtureRequest, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose every text is hostile."""
    text = TEXTS[request.param]
    entries = desk.entries()
    monkeypatch.setattr(desk, "entries", lambda: tuple(spoilt(entry, text) for entry in entries))
    assert desk.ledger is not None
    row: LedgerRow = replace(desk.ledger, agency=text, unit=text, officer=text, title=text, document_number=text)
    desk.ledger = row
    return desk


def check(clerk: Office, width: int) -> None:
    for line in clerk.app.screen._compositor.render_strips():
        assert line.cell_length == width
        assert safe(line.text) == line.text


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
