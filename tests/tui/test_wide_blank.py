"""The full-width space that the space bar sends under a Chinese input method: kept, dividing, marking."""

from pathlib import Path

from textual import events

from tests.tui.attaching import a_file, listed
from tests.tui.conftest import DeskMaker
from tests.tui.desks import settled
from tests.tui.office import Office, office
from tests.tui.timed import JIANGMEN, type_at
from tui.desk import Desk
from tui.dialogs.typed_line import TypedLine
from tui.screens.note_area import NoteArea
from tui.widgets.entry_list import EntryList


async def wide(at: Office) -> None:
    """As the terminal sends it: Textual names it so, and calls it unprintable."""
    at.app.post_message(events.Key("ideographic_space", "\u3000"))
    await settled(at.pilot)


async def test_a_note_keeps_it_as_typed(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("f3")
        await type_at(at, "甲")
        await wide(at)
        await wide(at)
        await type_at(at, "乙")
        await at.press("f2")
        entry = at.current
        assert [note.text for note in entry.notes] == ["甲\u3000\u3000乙"]


async def test_a_note_takes_it_at_the_cursor_and_typing_it_can_be_taken_back(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("f3")
        await type_at(at, "甲乙")
        await at.press("left")
        await wide(at)
        area = at.app.screen.query_one(NoteArea)
        assert area.text == "甲\u3000乙"
        area.undo()
        assert area.text == "甲乙"


async def test_a_field_keeps_it_as_typed(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("f8")
        await type_at(at, "另有")
        await wide(at)
        await type_at(at, "安排")
        await at.press("enter")
        assert {entry.reason for entry in desk.entries()} >= {"另有\u3000安排"}


async def test_it_replaces_what_is_selected_in_a_field(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("f8")
        await type_at(at, "旧的")
        line = at.app.screen.query_one(TypedLine)
        line.select_all()
        await wide(at)
        await type_at(at, "新")
        assert line.value == "\u3000新"


async def test_it_divides_the_words_of_a_search(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("ctrl+f")
        await type_at(at, "专栏")
        whole = len(at.numbers)
        await wide(at)
        await type_at(at, "更新")
        line = at.app.screen.query_one(TypedLine)
        assert line.value == "专栏\u3000更新"
        assert 0 < len(at.numbers) < whole


async def test_it_marks_an_entry_on_the_list(desk: Desk) -> None:
    async with office(desk) as at:
        await wide(at)
        await wide(at)
        assert len(at.checklist.chosen()) == 2
        assert at.checklist.query_one(EntryList).has_focus


async def test_it_skips_in_the_walk(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("f4")
        before = at.lines()
        await wide(at)
        assert at.lines() != before


async def test_it_marks_a_period(make_desk: DeskMaker) -> None:
    desk = make_desk(whole=JIANGMEN)
    async with office(desk) as at:
        at.checklist.query_one(EntryList).go_to(at.numbers.index("12"))
        await at.press("ctrl+d")
        await wide(at)
        assert "选中 1 期" in at.text()


async def test_it_marks_in_the_picker_and_is_not_typed(desk: Desk, tmp_path: Path) -> None:
    a_file(tmp_path / "资料", "一.pdf")
    desk.remember_folder("evidence", str(tmp_path / "资料"))
    async with office(desk) as at:
        await at.press("full_stop", "down")
        await listed(at)
        await wide(at)
        assert "[x] 一.pdf" in at.text()
        assert at.app.screen.query_one(TypedLine).value == ""
