"""The review at every size of a terminal, and over a document that would break it."""

from pathlib import Path

import pytest

from tests.tui.desks import HOSTILE
from tests.tui.intake.papers import HEADER, as_docx, as_txt, rows_of
from tests.tui.intake.reviewing import ReviewOffice, opened
from tui.cells import safe
from tui.desk import Desk
from tui.screens.review import ReviewScreen
from tui.widgets.reading_pane import ReadingPane
from tui.widgets.source_pane import SourcePane

SIZES = [(120, 36), (80, 24), (40, 12), (20, 5)]


def check(at: ReviewOffice, width: int) -> None:
    for line in at.app.screen._compositor.render_strips():
        assert line.cell_length == width
        assert safe(line.text) == line.text


async def test_on_a_wide_terminal_both_stand_side_by_side(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx"), (120, 36)) as at:
        source, pane = at.review.query_one(SourcePane), at.review.query_one(ReadingPane)
        assert source.region.right <= pane.region.x
        line = at.line_with("必答   2")
        assert "│" in line
        await at.press("f6")
        assert source.has_focus
        await at.press("f6")
        assert not source.has_focus


async def test_on_a_narrow_terminal_f6_shows_the_document_and_the_reading_in_turn(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx"), (80, 24)) as at:
        assert "原文写    2月30日前" in at.text()
        assert "2026-11-30 11月底前" in at.row("1")
        await at.press("f6")
        assert "原文：表 1 第 3 行第 5 列" in at.text()
        assert "> 5│2月30日前" in at.text()
        await at.press("down")
        assert "原文：表 1 第 2 行" in at.text()
        await at.press("f6")
        assert "时限      11月底前 → 2026-11-30 周一（月底）" in at.text()


async def test_on_a_low_terminal_f6_gives_the_whole_room_to_the_document(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx"), (40, 12)) as at:
        assert "必答   2" in at.text()
        await at.press("f6")
        assert "2月30日前" in at.text()
        assert "必答   2" not in at.text()
        await at.press("f6")
        assert "必答   2" in at.text()


async def test_a_terminal_that_is_too_small_keeps_everything_until_it_grows_again(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx"), (20, 5)) as at:
        assert "窗口太小" in at.text().replace("\n", "")
        await at.resize(120, 36)
        assert at.current == "2"
        await at.press("space")
        assert at.top == "LinesDialog"
        await at.resize(20, 5)
        await at.press("down", "enter")
        await at.resize(80, 24)
        assert "2026-02-28" in at.row("2")


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_of_a_hostile_document_reaches_the_terminal_as_it_is(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "通\u202e知.txt"
    texts = [text.replace("\n", " ") or "空" for text in HOSTILE]
    rows = tuple((str(at), text, f"公开{text}事项。", f"{text}科", text) for at, text in enumerate(texts, 1))
    as_txt(path, rows)
    async with opened(desk, path, size) as at:
        check(at, size[0])
        assert isinstance(at.app.screen, ReviewScreen)
        for _ in range(len(at.review.lines)):
            await at.press("down")
            check(at, size[0])
        for keys in (("enter",), ("space",), ("f5",), ("ctrl+l",), ("ctrl+u",), ("f11",), ("ctrl+x",), ("delete",)):
            await at.press(*keys)
            check(at, size[0])
            if at.top != "ReviewScreen":
                await at.press("escape")
        for field in range(9):
            await at.press("enter")
            if at.top == "LinesDialog":
                await at.press(*["down"] * field, "enter")
            check(at, size[0])
            while at.top != "ReviewScreen":
                await at.press("escape")
        await at.press("f6")
        check(at, size[0])
        await at.press("escape", "0")
        check(at, size[0])
        assert at.app._exception is None


async def test_three_hundred_rows_are_listed_and_every_one_can_be_reached(desk: Desk, tmp_path: Path) -> None:
    path = as_docx(tmp_path / "通知.docx", rows_of(300), header=HEADER)
    async with opened(desk, path, (120, 36)) as at:
        assert len([line for line in at.review.lines if line.key and line.key[0] == "task"]) == 300
        await at.press("end")
        assert at.current == "300"
        await at.press("space")
        assert at.row("300").startswith("已确认")
