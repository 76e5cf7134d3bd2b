"""查找 in the review: letters narrow the lines, nothing is hidden where the clerk is sent, Esc gives all back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.tui.intake.papers import as_docx, settled_rows
from tests.tui.intake.reviewing import ReviewOffice, opened
from tests.tui.timed import type_at
from tui.desk import Desk
from tui.widgets.search_box import SearchBox


@pytest.fixture
async def at(desk: Desk, tmp_path: Path) -> AsyncIterator[ReviewOffice]:
    async with opened(desk, as_docx(tmp_path / "通知.docx"), (80, 24)) as at:
        yield at


def numbers(at: ReviewOffice) -> list[str]:
    """The tasks that are listed."""
    found = [at.review.task_of(line.key[1]) for line in at.review.lines if line.key and line.key[0] == "task"]
    return [one.task.number for one in found if one]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("法规科", ["2", "3"]),
        ("法规科 处罚", ["2"]),
        ("平台建设", ["4"]),
        ("2026-09-30", ["5"]),
        ("不存在或不合理", ["2"]),
        ("没有这样的字", []),
        ("   ", ["2", "1", "3", "4", "5"]),
    ],
)
async def test_what_is_typed_narrows_the_lines(at: ReviewOffice, words: str, expected: list[str]) -> None:
    await at.press("slash")
    await type_at(at, words)
    assert numbers(at) == expected


@pytest.mark.parametrize("key", ["ctrl+f", "slash", "fullwidth_solidus"])
async def test_esc_gives_all_lines_back_before_it_leaves(at: ReviewOffice, key: str) -> None:
    await at.press(key)
    await type_at(at, "平台建设")
    await at.press("enter")
    assert at.current == "4"
    await at.press("escape")
    assert at.top == "ReviewScreen"
    assert numbers(at) == ["2", "1", "3", "4", "5"]
    assert at.current == "4"
    assert not at.review.query_one(SearchBox).is_open
    await at.press("escape")
    assert at.top == "ChecklistScreen"


async def test_nothing_found_says_how_to_go_back_and_no_row_is_acted_upon(at: ReviewOffice) -> None:
    await at.press("slash")
    await type_at(at, "没有这样的字")
    assert "没有查到。Esc 清除查找。" in at.text()
    await at.press("enter", "space", "delete")
    assert at.edits == ()
    assert at.top == "ReviewScreen"


async def test_among_the_found_lines_no_question_left_does_not_mean_none_at_all(at: ReviewOffice) -> None:
    await at.press("slash")
    await type_at(at, "平台建设")
    await at.press("enter", "f3")
    assert at.said == "查到的各行没有待核对的问题。Esc 清除查找。"


async def test_the_first_blocking_question_is_shown_though_it_was_not_searched_for(at: ReviewOffice) -> None:
    assert at.reading.blocking
    await at.press("slash")
    await type_at(at, "平台建设")
    await at.press("enter", "f9")
    assert at.current == "2"
    assert not at.review.query_one(SearchBox).is_open


@pytest.mark.parametrize("key", ["f9", "f3"])
async def test_a_space_behind_a_key_that_sends_the_cursor_away_is_for_the_line_there(
    at: ReviewOffice, key: str
) -> None:
    await at.press("slash")
    await type_at(at, "处罚")
    await at.press(key, "space")
    assert at.top == "LinesDialog"


async def test_an_added_row_is_shown_though_it_was_not_searched_for(desk: Desk, tmp_path: Path) -> None:
    async with opened(desk, as_docx(tmp_path / "通知.docx", settled_rows())) as at:
        await at.press("slash")
        await type_at(at, "平台建设")
        await at.press("enter", "insert")
        await type_at(at, "新的一项。")
        await at.press("f2")
        assert at.review.row is not None
        assert at.review.row.task.requirement == "新的一项。"


async def test_a_confirmed_row_stays_among_the_found_ones(at: ReviewOffice) -> None:
    await at.press("slash")
    await type_at(at, "平台建设")
    await at.press("enter", "space")
    assert numbers(at) == ["4"]
    assert at.row("4").startswith("已确认")
