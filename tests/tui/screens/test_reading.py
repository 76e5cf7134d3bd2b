"""帮助 and 办理流水: pages to read."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.rules.rows import HistoryRow
from tests.tui.desks import HOSTILE, Stage, first_entry, real_desk, seen, settled
from tui.cells import safe
from tui.commands import CHECKLIST, EVERYWHERE, Command
from tui.desk import Desk
from tui.screens.help import HelpScreen
from tui.screens.history import HistoryScreen
from tui.screens.history_words import history_blocks
from tui.widgets.reading_pane import ReadingPane


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with real_desk(tmp_path) as desk:
        first_entry(desk)
        yield desk


async def page(app: Stage, size: tuple[int, int] = (80, 24)) -> str:
    """Every line of the page, also those out of sight."""
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert safe(seen(app)) == seen(app)
        lines = app.screen.query_one(ReadingPane).text_lines()
        await pilot.press("end", "escape")
        await settled(pilot)
        assert app.answers == [None]
        return "\n".join(lines)


async def test_the_help_names_every_command_with_its_key_and_sentence() -> None:
    text = await page(Stage(lambda: HelpScreen([("清单", CHECKLIST), ("各个画面", EVERYWHERE)])), (160, 50))
    for command in (*CHECKLIST, *EVERYWHERE):
        assert any(line.startswith(command.shown_key) and command.help in line for line in text.splitlines()), (
            command.name
        )


@pytest.mark.parametrize(("size", "words"), [((80, 24), "登记办结"), ((20, 5), "登记办"), ((1, 1), "")])
async def test_the_help_survives_small_screens(size: tuple[int, int], words: str) -> None:
    assert words in await page(Stage(lambda: HelpScreen([("清单", CHECKLIST)])), size)


async def test_hostile_words_in_the_help_are_text() -> None:
    text = "".join(HOSTILE)
    assert await page(Stage(lambda: HelpScreen([(text, [Command("x", ("f2",), text, text, text)])])), (20, 5))


async def test_the_history_tells_each_step_with_old_and_new(desk: Desk) -> None:
    first, second, *_ = desk.entries()
    desk.settle([first.id, second.id], date(2026, 11, 20), "已公开")
    desk.adjust_due(first.id, date(2026, 12, 20), "局长要求")
    desk.add_note(second.id, "记下[/]")
    desk.hand_over("经办乙")
    desk.undo()
    text = await page(Stage(lambda: HistoryScreen(desk, None)), (160, 60))
    for words in (
        "2026-11-22 09:30  撤销：交接",
        "经办人：经办乙",
        "记事：记下[/]",
        "调整时限：2026-12-20；调整理由：局长要求",
        "第 2 项   状态：由「未开始」改为「已办结」；办结日期：2026-11-20；工作做法及成效：已公开",
    ):
        assert words in text


async def test_the_history_of_one_entry_has_only_its_own_steps(desk: Desk) -> None:
    first, second, *_ = desk.entries()
    desk.settle([first.id], date(2026, 11, 20), None)
    desk.settle([second.id], date(2026, 11, 19), None)
    text = await page(Stage(lambda: HistoryScreen(desk, second)))
    assert "2026-11-19" in text
    assert "2026-11-20" not in text


async def test_without_history_it_says_so(desk: Desk) -> None:
    assert "还没有办理记录" in await page(Stage(lambda: HistoryScreen(desk, desk.entries()[0])))


def row(seq: int, subject: str, before: dict[str, object] | None, after: dict[str, object] | None) -> HistoryRow:
    return HistoryRow(seq, seq, "2026-11-22T09:30:00+08:00", "甲", "note", subject, before, after, None)


def test_a_removed_note_and_a_removed_own_task_are_still_told() -> None:
    rows = [
        row(1, "note:4", {"entry_id": 9, "text": "旧话"}, None),
        row(2, "entry:9", {"own_number": 3, "own_requirement": "来信", "status": "done"}, None),
    ]
    told = [(block.label, block.text) for block in history_blocks(rows, ())]
    assert ("已删的事项", "删去记事「旧话」") in told
    assert ("自增事项 自3", "删去事项内容「来信」；删去状态「已办结」") in told


def test_rows_that_tell_nothing_or_are_not_known_do_not_stop_the_page() -> None:
    rows = [row(1, "setting:1", None, {"x": 1}), row(2, "entry:9", {"status": "odd"}, {"status": "odd2"})]
    texts = [block.text for block in history_blocks(rows, ())]
    assert "没有改动内容" in texts
    assert "状态：由「odd」改为「odd2」" in texts
