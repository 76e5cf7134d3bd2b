"""Every key that the review and its windows name does something on them; help and palette list them."""

from pathlib import Path

import pytest

from tests.tui.desks import settled
from tests.tui.intake.papers import as_docx
from tests.tui.intake.reviewing import opened
from tui.desk import Desk
from tui.view_commands import REVIEW

WINDOWS: dict[str, tuple[str, ...]] = {
    "ReviewScreen": (),
    "LinesDialog": ("space",),
    "CutDialog": ("ctrl+x",),
    "ConfirmDialog": ("delete",),
    "EditableLines": ("ctrl+u",),
    "DroppableLines": ("f11",),
    "MendTextDialog": ("insert",),
    "MendUnitsDialog": ("enter", "escape", "f2", "up", "enter"),
    "DraftsDialog": ("escape", "0"),
    "DocumentPicker": ("escape", "0", "insert"),
}
ALSO = {("confirm", "enter"): {"take", "submit"}, ("next_pane", "tab"): {"focus_next"}}
"""What the list or the line calls the same, and Textual."""


@pytest.mark.parametrize("name", WINDOWS)
async def test_every_declared_key_is_bound_to_its_command_where_it_is_named(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        if name == "MendUnitsDialog":
            await at.go_to("4")
            await at.press("enter")
            await at.take_line("责任单位")
        else:
            await at.press(*WINDOWS[name])
        await settled(at.pilot)
        assert at.top == name
        bound: dict[str, set[str]] = {}
        for _, keys in at.app.screen._binding_chain:
            for key, found in keys.key_to_bindings.items():
                bound.setdefault(key, set()).update(binding.action.split(".")[-1] for binding in found)
        wrong = [
            (key, bound.get(key))
            for _, commands in at.app.command_groups
            for command in commands
            for key in command.keys
            if len(key) > 1
            if not bound.get(key, set()) & {command.name, *ALSO.get((command.name, key), ())}
        ]
        assert wrong == []


async def test_help_lists_every_command_of_the_review(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        await at.press("f1")
        assert at.top == "HelpScreen"
        lines = "\n".join(at.pane_lines())
        assert [command.label for command in REVIEW if command.label not in lines] == []


async def test_the_palette_runs_a_command_of_the_review(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        await at.press("f12")
        from tests.tui.timed import type_at

        await type_at(at, "单位名册")
        await at.press("enter")
        assert at.top == "EditableLines"


async def test_a_click_moves_the_cursor_and_a_second_one_mends(desk: Desk, tmp_path: Path) -> None:
    from tui.dialogs.line_list import LineList

    async with opened(desk, as_docx(tmp_path / "通知.docx")) as at:
        lines = at.review.query_one(LineList)
        row = next(index for index, line in enumerate(at.review.lines) if "网站栏目" in line.choice.left)
        await at.pilot.click(LineList, offset=(5, row))
        await settled(at.pilot)
        assert at.current == "4"
        assert lines.has_focus
        await at.pilot.click(LineList, offset=(5, row))
        await settled(at.pilot)
        assert at.top == "LinesDialog"
