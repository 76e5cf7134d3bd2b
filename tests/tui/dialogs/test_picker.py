"""选文件: folders, marks, filter; what cannot be chosen is said."""

import os
from pathlib import Path

import pytest
from textual import events

from tests.tui.attaching import a_file, until
from tests.tui.desks import Stage, seen, settled, type_in
from tui.dialogs.picker import PickerDialog

MB = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """一.pdf is the newest, then 二.png, then 三.txt; 空.txt is empty; 大.zip is over a megabyte."""
    place = tmp_path / "资料"
    for at, name in enumerate(("三.txt", "二.png", "一.pdf")):
        os.utime(a_file(place, name, name.encode()), (1_700_000_000 + at, 1_700_000_000 + at))
    os.utime(a_file(place, "大.zip", b"\x01" * (MB + 1)), (1_600_000_001, 1_600_000_001))
    os.utime(a_file(place, "空.txt", b""), (1_600_000_000, 1_600_000_000))
    a_file(place, "里面/四.pdf")
    return place


async def play(start: Path, *steps: str, size: tuple[int, int] = (80, 24)) -> tuple[Stage, str]:
    """Keys by name, or text as 'typed:…'; each waits until the folder is read."""
    app = Stage(lambda: PickerDialog(start, limit=MB))
    async with app.run_test(size=size) as pilot:
        for step in ("", *steps):
            what, _, text = step.partition(":")
            if what == "typed":
                await type_in(app, pilot, text)
            elif what == "ideographic_space":
                app.post_message(events.Key(what, "\u3000"))
            elif what:
                await pilot.press(step)
            await settled(pilot)
            await until(lambda: all(worker.is_finished for worker in app.workers))
            await settled(pilot)
        return app, seen(app)


async def test_folders_come_first_then_the_newest_file(folder: Path) -> None:
    _, screen = await play(folder)
    order = [screen.index(words) for words in ("上一级", "里面/", "[ ] 一.pdf", "[ ] 二.png", "[ ] 三.txt")]
    assert order == sorted(order)
    assert "5 个文件" in screen
    assert "2023-11-15" in screen or "2023-11-14" in screen


async def test_enter_on_a_file_chooses_it(folder: Path) -> None:
    app, _ = await play(folder, "down", "enter")
    assert app.answers == [(folder / "一.pdf",)]


async def test_the_space_bar_marks_and_goes_on_and_f2_chooses_all_that_are_marked(folder: Path) -> None:
    app, screen = await play(folder, "down", "space", "space")
    assert screen.count("[x]") == 2
    assert "已选 2 个文件共 14 字节，F2 选定" in screen
    app, _ = await play(folder, "down", "space", "space", "f2")
    assert app.answers == [(folder / "一.pdf", folder / "二.png")]


async def test_a_second_space_takes_the_mark_away(folder: Path) -> None:
    _, screen = await play(folder, "down", "space", "up", "space")
    assert "[x]" not in screen


async def test_marks_stay_over_folders(folder: Path) -> None:
    app, _ = await play(folder, "down", "space", "home", "up", "up", "enter", "typed:四", "space", "f2")
    assert app.answers == [(folder / "一.pdf", folder / "里面" / "四.pdf")]


async def test_the_full_width_space_marks_too(folder: Path) -> None:
    _, screen = await play(folder, "down", "ideographic_space")
    assert "[x] 一.pdf" in screen


@pytest.mark.parametrize("key", ["left", "backspace"])
async def test_back_leads_up_and_the_cursor_stands_on_the_folder_that_was_left(folder: Path, key: str) -> None:
    _, screen = await play(folder / "里面", key)
    assert ">     里面/" in screen
    assert "[ ] 一.pdf" in screen


async def test_with_something_typed_backspace_only_deletes(folder: Path) -> None:
    _, screen = await play(folder, "typed:一二", "backspace")
    assert "> [ ] 一.pdf" in screen
    assert "二.png" not in screen


async def test_what_is_typed_filters_and_what_is_not_there_is_said(folder: Path) -> None:
    _, screen = await play(folder, "typed:PNG")
    assert "> [ ] 二.png" in screen
    assert "一.pdf" not in screen
    app, screen = await play(folder, "typed:没有", "enter")
    assert "没有" in screen
    assert app.answers == []


async def test_a_typed_path_leads_to_that_folder(folder: Path) -> None:
    _, screen = await play(folder, f"typed:{folder / '里面'}", "enter")
    assert "[ ] 四.pdf" in screen


@pytest.mark.parametrize(("name", "words"), [("大.zip", "超过 1 MB 的上限"), ("空.txt", "不是普通文件，或是空的")])
@pytest.mark.parametrize("key", ["enter", "space", "f2"])
async def test_what_cannot_be_attached_is_not_chosen(folder: Path, name: str, words: str, key: str) -> None:
    app, screen = await play(folder, f"typed:{name}", key)
    assert app.answers == []
    assert f"「{name}」{words}" in screen
    assert "[x]" not in screen


async def test_a_folder_cannot_be_marked(folder: Path) -> None:
    _, screen = await play(folder, "space")
    assert "文件夹不能选中，Enter 打开它" in screen


async def test_a_folder_that_cannot_be_read_is_said(folder: Path) -> None:
    _, screen = await play(folder / "没有")
    assert "注意：这个文件夹不存在。" in screen


async def test_escape_chooses_nothing(folder: Path) -> None:
    app, _ = await play(folder, "down", "space", "escape")
    assert app.answers == [None]


@pytest.mark.parametrize("size", [(120, 36), (40, 10), (20, 5)])
async def test_the_cursor_is_in_sight_at_any_size(folder: Path, size: tuple[int, int]) -> None:
    for at in range(40):
        a_file(folder, f"第{at:02}号.pdf")
    _, screen = await play(folder, *["down"] * 12, size=size)
    assert "> [ ]" in screen
    _, screen = await play(folder, "pagedown", "pagedown", size=size)
    assert "> [ ]" in screen
    app, _ = await play(folder, "down", "enter", size=size)
    assert len(app.answers) == 1


async def test_a_click_moves_and_a_second_one_chooses(folder: Path) -> None:
    app = Stage(lambda: PickerDialog(folder, limit=MB))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: "一.pdf" in seen(app))
        line = next(at for at, text in enumerate(seen(app).split("\n")) if "二.png" in text)
        await pilot.click(offset=(20, line))
        await settled(pilot)
        assert app.answers == []
        await pilot.click(offset=(20, line))
        await settled(pilot)
        assert app.answers == [(folder / "二.png",)]


async def test_a_folder_of_ten_thousand_files_says_that_there_are_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.intake.folders.MOST_LINES", 3)
    _, screen = await play(folder)
    assert "没有全部列出" in screen


@pytest.mark.parametrize("written", ["{}", "／{rest}", "／{wide}", "  {}"])
async def test_an_absolute_path_says_that_enter_goes_there_also_with_full_width_slashes(
    folder: Path, written: str
) -> None:
    inside = str(folder / "里面")
    typed = written.format(inside, rest=inside[1:], wide=inside[1:].replace("/", "／"))
    _, screen = await play(folder.parent, f"typed:{typed}")
    assert "按 Enter 到这个文件夹" in screen
    assert "没有含这些字的文件" not in screen
    _, screen = await play(folder.parent, f"typed:{typed}", "enter")
    assert "[ ] 四.pdf" in screen


async def test_a_full_width_tilde_with_a_slash_is_the_home_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    _, screen = await play(folder.parent, "typed:～／里面", "enter")
    assert "[ ] 四.pdf" in screen


async def test_a_folder_with_a_full_width_slash_in_its_name_is_found_by_it(folder: Path) -> None:
    a_file(folder, "收／发/五.pdf")
    _, screen = await play(folder, f"typed:{folder}/收／发", "enter")
    assert "[ ] 五.pdf" in screen


@pytest.mark.parametrize("typed", ["C:\\资料", "d:/资料", "\\\\server\\资料"])
async def test_a_windows_path_is_said_to_be_one_and_enter_goes_nowhere(folder: Path, typed: str) -> None:
    for steps in ((f"typed:{typed}",), (f"typed:{typed}", "enter")):
        app, screen = await play(folder, *steps)
        assert "这是 Windows 的路径" in screen
        assert app.answers == []
