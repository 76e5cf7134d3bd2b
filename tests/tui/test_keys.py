"""Every key that help and palette name does something on the screen itself."""

import pytest
from textual import events
from textual.widgets import TextArea

from tests.tui.desks import settled
from tests.tui.office import ids, office
from tui.desk import Desk

SCREENS = {
    "ChecklistScreen": (),
    "WalkScreen": ("f4",),
    "DetailScreen": ("enter",),
    "NotesScreen": ("ctrl+e",),
    "NoteScreen": ("f3",),
    "ChoiceScreen": ("f10",),
    "LedgerInfoScreen": ("f11",),
    "HistoryScreen": ("ctrl+l",),
    "BoardScreen": ("1",),
    "QuotasScreen": ("3",),
    "CalendarScreen": ("6",),
    "YearScreen": ("7",),
    "EvidenceScreen": ("8",),
    "SelfCheckScreen": ("9",),
}
DIALOGS = {
    "SettleDialog": ("f2",),
    "AdjustDialog": ("f6",),
    "OwnTaskDialog": ("f7",),
    "ReasonDialog": ("f8",),
    "ExportDialog": ("f9",),
    "PaletteDialog": ("f12",),
    "OfficerDialog": ("ctrl+t",),
    "ConfirmDialog": ("ctrl+e", "delete"),
    "ViewsDialog": ("tab",),
    "AttachDialog": ("full_stop",),
    "PickerDialog": ("full_stop", "f4"),
    "SizeLimitDialog": ("8", "ctrl+t"),
    "DayDialog": ("6", "f2"),
    "DaysDialog": ("6", "f3"),
}
ALSO = {("choose", "enter"): {"take"}, ("next_field", "tab"): {"focus_next"}, ("next_form", "right"): {"step(1)"}}
"""What the list calls the same, and Textual."""
SIGNS = {"question_mark", "fullwidth_question_mark"}
"""What an editor takes as text."""


@pytest.mark.parametrize("name", [*SCREENS, *DIALOGS])
async def test_every_declared_key_is_bound_to_its_command_where_it_is_named(desk: Desk, name: str) -> None:
    desk.add_note(ids(desk.entries(), "29")[0], "一条")
    async with office(desk) as clerk:
        await clerk.press(*(SCREENS | DIALOGS)[name])
        await settled(clerk.pilot)
        screen = clerk.app.screen
        assert type(screen).__name__ == name
        # Not only the first that hears a key: what cannot scroll sideways hands the arrows on.
        bound: dict[str, set[str]] = {}
        for _, keys in screen._binding_chain:
            for key, found in keys.key_to_bindings.items():
                bound.setdefault(key, set()).update(binding.action.split(".")[-1] for binding in found)
        wrong = [
            (key, bound.get(key))
            for _, commands in clerk.app.command_groups
            for command in commands
            for key in command.keys
            if len(key) > 1 and not (key in SIGNS and isinstance(screen.focused, TextArea))
            if not bound.get(key, set()) & {command.name, *ALSO.get((command.name, key), ())}
        ]
        assert wrong == []


async def test_f2_and_enter_change_the_note_under_the_cursor(desk: Desk) -> None:
    desk.add_note(ids(desk.entries(), "29")[0], "一条")
    async with office(desk) as clerk:
        for keys in (("f2",), ("enter",), ("tab", "enter")):
            await clerk.press("ctrl+e", *keys)
            assert type(clerk.app.screen).__name__ == "NoteScreen", keys
            await clerk.press("escape", "escape")
            assert clerk.app.screen is clerk.checklist


async def test_two_enters_in_one_burst_open_one_editor(desk: Desk) -> None:
    desk.add_note(ids(desk.entries(), "29")[0], "一条")
    async with office(desk) as clerk:
        await clerk.press("ctrl+e")
        for _ in range(2):
            clerk.app.post_message(events.Key("enter", None))
        await settled(clerk.pilot)
        assert [type(screen).__name__ for screen in clerk.app.screen_stack].count("NoteScreen") == 1
