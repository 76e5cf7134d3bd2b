"""导出: form and suffix say the same, what goes in is told, and what cannot be written is refused where it is typed."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual import events

from tests.tui.desks import Stage, seen, settled, type_in
from tui.dialogs.export import ExportDialog
from tui.dialogs.preview import FORMS, Preview

PREVIEW = Preview(total=32, done=12, publications=5, files=12, links=0, size=3_565_159, to_mend=23)
NAME = "2021年执法监督科政务公开工作台账.xlsx"
PACKAGE = "2021年执法监督科政务公开工作报送包.zip"


def a_dialog(folder: Path, *, last: str | None = None) -> Callable[[], ExportDialog]:
    return lambda: ExportDialog(folder / NAME, PREVIEW, package=PACKAGE, last=last)


async def play(
    make: Callable[[], ExportDialog], *steps: str, size: tuple[int, int] = (80, 24)
) -> tuple[Sequence[object], str]:
    """Keys by name, text as 'typed:…' and 'pasted:…': the answers and what was seen last."""
    app = Stage(make)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for step in steps:
            what, _, text = step.partition(":")
            if what == "typed":
                await type_in(app, pilot, text)
            elif what == "pasted":
                app.post_message(events.Paste(text))
            else:
                await pilot.press(step)
            await settled(pilot)
        return app.answers, seen(app)


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ([], NAME),
        (["right"], NAME.replace(".xlsx", ".docx")),
        (["right", "right"], PACKAGE),
        (["right", "right", "left"], NAME.replace(".xlsx", ".docx")),
        (["left"], NAME.replace(".xlsx", ".json")),
        (["3"], PACKAGE),
        (["3", "1"], NAME),
    ],
)
async def test_left_and_right_choose_the_form_and_the_suggested_name_follows(
    tmp_path: Path, keys: list[str], name: str
) -> None:
    answers, _ = await play(a_dialog(tmp_path), *keys, "enter")
    assert answers == [tmp_path / name]


@pytest.mark.parametrize(
    ("typed", "keys", "name"),
    [
        ("甲.xlsx", ["right"], "甲.docx"),
        ("甲.XLSX", ["right"], "甲.docx"),
        ("甲", ["right"], "甲.docx"),
        ("甲.乙", ["right"], "甲.乙.docx"),
        ("甲.2021.csv", ["right"], "甲.2021.md"),
    ],
)
async def test_a_name_of_the_clerks_own_keeps_its_stem(tmp_path: Path, typed: str, keys: list[str], name: str) -> None:
    answers, _ = await play(a_dialog(tmp_path), "tab", "ctrl+u", f"typed:{typed}", "shift+tab", *keys, "enter")
    assert answers == [tmp_path / name]


@pytest.mark.parametrize(("suffix", "shown"), FORMS)
async def test_a_typed_suffix_chooses_the_form(tmp_path: Path, suffix: str, shown: str) -> None:
    answers, screen = await play(a_dialog(tmp_path), "tab", "ctrl+u", f"typed:甲{suffix.upper()}")
    assert f"[{shown}]" in screen
    answers, _ = await play(a_dialog(tmp_path), "tab", "ctrl+u", f"typed:甲{suffix}", "enter")
    assert answers == [tmp_path / f"甲{suffix}"]


async def test_what_goes_in_follows_the_form(tmp_path: Path) -> None:
    _, screen = await play(a_dialog(tmp_path))
    assert "任务 32 项，已办结 12 项" in screen
    assert "自查还有 23 处待补" in screen
    assert "报送包里有" not in screen
    _, screen = await play(a_dialog(tmp_path), "3")
    for words in ("工作总结（草稿）.docx", "佐证 12 个文件 共 3.4 MB", "SHA256SUMS", "按 9 逐处补"):
        assert words in screen
    assert "Enter 确定" in screen


async def test_the_last_place_is_told(tmp_path: Path) -> None:
    _, screen = await play(a_dialog(tmp_path, last="/某处/上次"))
    assert "上次导出在：/某处/上次" in screen
    _, screen = await play(a_dialog(tmp_path))
    assert "上次导出" not in screen


async def test_what_lies_there_is_told_for_the_name_of_the_form(tmp_path: Path) -> None:
    (tmp_path / PACKAGE).write_bytes(b"old")
    _, screen = await play(a_dialog(tmp_path))
    assert "旧-" not in screen
    _, screen = await play(a_dialog(tmp_path), "3")
    assert "报送包.旧-年月日-时分秒.zip" in screen.replace("\n", "").replace("│", "").replace(" ", "")


async def test_a_path_that_is_pasted_or_dropped_means_the_file_wherever_the_cursor_is(tmp_path: Path) -> None:
    answers, _ = await play(a_dialog(tmp_path), f"pasted:{tmp_path / '乙.csv'}", "enter")
    assert answers == [tmp_path / "乙.csv"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 14), (20, 5)])
async def test_the_choice_and_the_keys_are_seen_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    answers, screen = await play(a_dialog(tmp_path), "3", size=size)
    assert "Enter 确定" in screen
    assert size == (20, 5) or "报送包]" in screen
    answers, _ = await play(a_dialog(tmp_path), "3", "enter", size=size)
    assert answers == [tmp_path / PACKAGE]
