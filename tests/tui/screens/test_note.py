"""The note editor: nothing typed is lost, and nothing is stored that was not meant."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from textual import events

from db.errors import NotSavedError
from db.rules.limits import LINE_LIMIT, NOTE_LIMIT
from db.rules.rows import EntryRow
from tests.tui.desks import HOSTILE, Stage, first_entry, real_desk, seen, settled, type_in
from tui.cells import safe
from tui.desk import Desk
from tui.screens.note import NoteScreen


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with real_desk(tmp_path) as desk:
        first_entry(desk)
        yield desk


@pytest.fixture
def entry(desk: Desk) -> EntryRow:
    return desk.entries()[0]


def notes(desk: Desk) -> list[str]:
    return [note.text for note in desk.entries()[0].notes]


def drafted(desk: Desk, entry: EntryRow, field: str = "note") -> str | None:
    draft = desk.draft(field, entry.id)
    return draft.text if draft else None


def fail(*_: object) -> NoReturn:
    raise NotSavedError("磁盘已满。", "请清理磁盘后再试。")


def new_note(desk: Desk, entry: EntryRow) -> Stage:
    return Stage(lambda: NoteScreen(desk, entry, None))


async def test_a_note_is_saved_and_its_draft_is_gone(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "与办公室核对，已公开3条。")
        await pilot.press("enter")
        await type_in(app, pilot, "链接见附件。")
        await pilot.press("f2")
        await settled(pilot)
        assert app.answers == [True]
    assert notes(desk) == ["与办公室核对，已公开3条。\n链接见附件。"]
    assert drafted(desk, entry) is None


async def test_what_is_typed_is_in_the_file_within_a_second_while_the_clerk_types_on(
    desk: Desk, entry: EntryRow
) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "第一句")
        for character in "再写几个字":
            await asyncio.sleep(0.2)
            await type_in(app, pilot, character)
        stored = drafted(desk, entry)
        assert stored is not None
        assert stored.startswith("第一句")


async def test_a_signal_saves_to_the_last_character(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "一个字不少")
        screen = app.screen
        assert isinstance(screen, NoteScreen)
        assert screen.save_draft_now()
        assert drafted(desk, entry) == "一个字不少"


async def test_leaving_the_program_in_any_way_saves_the_draft(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "还没保存")
        app.exit()
    assert drafted(desk, entry) == "还没保存"
    assert notes(desk) == []


async def test_the_first_escape_says_that_the_draft_is_kept_and_the_second_leaves(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "写了一半")
        await pilot.press("escape")
        await settled(pilot)
        assert app.answers == []
        assert "已留作草稿" in seen(app)
        await pilot.press("escape")
        await settled(pilot)
        assert app.answers == [False]
    assert drafted(desk, entry) == "写了一半"
    assert notes(desk) == []


async def test_typing_after_the_first_escape_asks_again(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "甲")
        await pilot.press("escape")
        await type_in(app, pilot, "乙")
        await pilot.press("escape")
        await settled(pilot)
        assert app.answers == []
    assert drafted(desk, entry) == "甲乙"


async def test_nothing_written_leaves_at_once_and_keeps_no_draft(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "x")
        await asyncio.sleep(1)
        assert drafted(desk, entry) == "x"
        await pilot.press("backspace", "escape")
        await settled(pilot)
        assert app.answers == [False]
    assert drafted(desk, entry) is None


async def test_a_draft_is_offered_and_restored(desk: Desk, entry: EntryRow) -> None:
    desk.save_draft("note", entry.id, "上次写的\n两行")
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "有一份没有保存的草稿" in seen(app)
        assert "上次写的" in seen(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "草稿已恢复" in seen(app)
        await type_in(app, pilot, "，接着写")
        await pilot.press("f2")
        await settled(pilot)
    assert notes(desk) == ["上次写的\n两行，接着写"]


async def test_a_draft_that_is_neither_restored_nor_discarded_stays(desk: Desk, entry: EntryRow) -> None:
    desk.save_draft("note", entry.id, "上次写的")
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert app.answers == [False]
    assert drafted(desk, entry) == "上次写的"


async def test_a_draft_on_offer_is_not_overwritten_by_what_was_typed_ahead(desk: Desk, entry: EntryRow) -> None:
    desk.save_draft("note", entry.id, "上次写的")
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        editor = app.screen_stack[-2]
        assert isinstance(editor, NoteScreen)
        editor.query_one("NoteArea").post_message(events.Key("x", "x"))
        await settled(pilot)
        assert editor.text == "x"
        editor.save_draft_now()
        await asyncio.sleep(1)
    assert drafted(desk, entry) == "上次写的"


async def test_a_draft_is_discarded_after_a_second_key(desk: Desk, entry: EntryRow) -> None:
    desk.save_draft("note", entry.id, "不要了")
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f8")
        assert drafted(desk, entry) == "不要了"
        await pilot.press("f8")
        await settled(pilot)
    assert drafted(desk, entry) is None


async def test_a_draft_that_was_saved_as_a_note_is_not_offered_again(desk: Desk, entry: EntryRow) -> None:
    desk.add_note(entry.id, "已经保存的")
    desk.save_draft("note", entry.id, "已经保存的\n")
    app = new_note(desk, desk.entries()[0])
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "草稿" not in seen(app)


async def test_changing_a_note_has_its_own_draft_and_leaves_the_others_alone(desk: Desk, entry: EntryRow) -> None:
    desk.add_note(entry.id, "第一条")
    desk.add_note(entry.id, "第二条")
    desk.save_draft("note", entry.id, "新的一条写了一半")
    entry = desk.entries()[0]
    note = next(note for note in entry.notes if note.text == "第二条")
    app = Stage(lambda: NoteScreen(desk, entry, note))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "改 2026-11-22 09:30 的记事" in seen(app)
        await type_in(app, pilot, "改了")
        await pilot.press("f2")
        await settled(pilot)
        assert app.answers == [True]
    assert sorted(notes(desk)) == ["第一条", "第二条改了"]
    assert drafted(desk, entry) == "新的一条写了一半"


async def test_a_save_that_fails_keeps_the_text_and_says_why(
    desk: Desk, entry: EntryRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "add_note", fail)
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "要紧的话")
        await pilot.press("f2")
        await settled(pilot)
        assert app.answers == []
        assert "没有保存：磁盘已满。请清理磁盘后再试。文字已留作草稿。" in seen(app)
        assert "要紧的话" in seen(app)
    assert drafted(desk, entry) == "要紧的话"


async def test_where_not_even_the_draft_can_be_written_the_clerk_is_told_before_leaving(
    desk: Desk, entry: EntryRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "save_draft", fail)
    monkeypatch.setattr(desk, "add_note", fail)
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, "要紧的话")
        await pilot.press("f2")
        await settled(pilot)
        assert "文字还在屏幕上，没有存进文件；按 F9 可另" in seen(app)
        await pilot.press("escape")
        await settled(pilot)
        assert app.answers == []
        assert "再按 Esc 离开就会丢掉这些文字" in seen(app)
        monkeypatch.undo()
        await pilot.press("f2")
        await settled(pilot)
        assert app.answers == [True]
    assert notes(desk) == ["要紧的话"]


@pytest.mark.parametrize("typed", ["", "  "])
async def test_an_empty_note_is_not_saved(desk: Desk, entry: EntryRow, typed: str) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        await type_in(app, pilot, typed)
        await pilot.press("f2")
        await settled(pilot)
        assert app.answers == []
        assert "还没有写内容" in seen(app)
    assert notes(desk) == []


LINES = "字" * (LINE_LIMIT - 1) + "\n"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (LINES * 5, True),
        (LINES * 5 + "x", False),
        ("字" * LINE_LIMIT, True),
        ("字" * (LINE_LIMIT + 1), False),
        ("甲\n" + "字" * (LINE_LIMIT + 1), False),
    ],
)
async def test_a_paste_over_a_limit_is_refused_whole(desk: Desk, entry: EntryRow, text: str, taken: bool) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.post_message(events.Paste(text))
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, NoteScreen)
        assert screen.text == (text if taken else "")
        assert ("没有写入" in seen(app)) is not taken


async def test_a_key_over_the_limit_is_refused_and_said(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.post_message(events.Paste(LINES * 5))
        await settled(pilot)
        await type_in(app, pilot, "x")
        assert f"共 {NOTE_LIMIT + 1} 字" in seen(app)
        screen = app.screen
        assert isinstance(screen, NoteScreen)
        assert screen.text == LINES * 5


async def test_a_paste_loses_what_a_terminal_would_obey_and_says_so(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.post_message(events.Paste("\r\n甲\x1b]52;c;eA==\x07乙\u202e丙[/]\r\n"))
        await settled(pilot)
        assert "粘贴的文字已整理：去掉了 2 个控制字符、去掉了 1 个不可见字符" in seen(app)
        await pilot.press("f2")
        await settled(pilot)
    assert notes(desk) == ["甲]52;c;eA==乙丙[/]"]


async def test_what_is_typed_before_the_editor_has_its_focus_is_not_lost(desk: Desk, entry: EntryRow) -> None:
    app = new_note(desk, entry)
    async with app.run_test() as pilot:
        await settled(pilot)
        for character in "先打的字":
            app.screen.post_message(events.Key(character, character))
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, NoteScreen)
        assert screen.text == "先打的字"


@pytest.mark.parametrize("size", [(80, 24), (20, 5), (1, 1)])
async def test_hostile_titles_and_notes_are_shown_as_text_at_any_size(
    desk: Desk, entry: EntryRow, size: tuple[int, int]
) -> None:
    from dataclasses import replace

    from db.rules.rows import NoteRow

    text = "".join(HOSTILE)
    hostile = replace(entry, requirement=text, number=text[:30])
    app = Stage(lambda: NoteScreen(desk, hostile, NoteRow(7, text[:16], None, text)))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert safe(seen(app)) == seen(app)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        await type_in(app, pilot, "完")
        screen: Any = app.screen
        assert screen.text.endswith("完")
