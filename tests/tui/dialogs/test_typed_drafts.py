"""What is typed in a window and not done: kept, told of, put back; dropped when it is done or the clerk says so."""

import stat
from pathlib import Path
from typing import Any

import pytest
from textual import events

from db.errors import NotSavedError
from db.rules.publications import NewPublication
from db.rules.rows import Draft
from tests.tui.desks import TODAY, settled
from tests.tui.office import Office, office
from tui.desk import Desk
from tui.dialogs.dialog import Dialog
from tui.dialogs.prose import Prose
from tui.dialogs.publish import PublishDialog
from tui.drafts import Drafts, dialog_words

RESTORED = "已恢复上次没有保存的内容"


def full(*_: object) -> None:
    raise NotSavedError("没有保存：磁盘已满。", "请腾出空间后再试。")


async def killed_while_typing(desk: Desk, keys: tuple[str, ...], pasted: str = "") -> None:
    """The program ends as by kill -9 a second after the last key."""
    async with office(desk) as clerk:
        await clerk.press(*keys)
        if pasted:
            clerk.app.post_message(events.Paste(pasted))
            await settled(clerk.pilot)
        clerk.app.screen._draft_is_due()  # type: ignore[attr-defined]


async def killed(clerk: Office, *, stays: bool = False) -> None:
    """The window goes as by kill -9 a second after the last key: nobody has left it."""
    window = clerk.app.screen
    assert isinstance(window, Dialog)
    window._draft_is_due()
    window.dismiss(None)
    await settled(clerk.pilot)
    while not stays and clerk.app.screen is not clerk.checklist:
        await clerk.press("escape")


def body(clerk: Office) -> str:
    assert isinstance(clerk.app.screen, Dialog)
    return clerk.text()


WINDOWS = {
    "settle": (("f2",), ("down", "tab", *"zq"), "", ("2026-11-21", "zq")),
    "adjust": (("f6",), ("tab", *"zq"), "", ("zq",)),
    "own": (("f7",), tuple("zq"), "", ("zq",)),
    "not applicable": (("f8",), tuple("zq"), "", ("zq",)),
    # The channel stands there first; what was chosen comes back with what was typed.
    "publish": (("plus",), (*"zq", "tab", "tab", "right"), "", ("zq", "[公众号]")),
    "attach": (("full_stop",), ("tab", *"zq"), "", ("zq",)),
    "officer": (("ctrl+t",), tuple("zq"), "", ("zq",)),
    "days": (("6", "f3"), tuple("zq"), "", ("zq",)),
}


# They are pasted into the window of one publication, and take its place.
LINES = {"several lines": (("plus",), (), "11月3日 甲乙丙 门户网站\n认不出的一行", ("认不出的一行", "甲乙丙"))}


@pytest.mark.parametrize("windows", [WINDOWS, LINES], ids=["a window each", "several lines"])
async def test_what_was_typed_stands_in_the_same_window_again(desk: Desk, windows: dict[str, Any]) -> None:
    async with office(desk) as clerk:
        for opening, typing, pasted, _ in windows.values():
            await clerk.press(*opening, *typing)
            if pasted:
                clerk.app.post_message(events.Paste(pasted))
                await settled(clerk.pilot)
            await killed(clerk)
    drafts = desk.drafts()
    assert len(drafts) == len(windows)
    async with office(desk) as clerk:
        assert any(dialog_words(draft) in clerk.said for draft in drafts)
        assert "填写到一半，打开同一个窗口就会恢复" in clerk.said
        for name, (opening, _, _, seen_again) in windows.items():
            await clerk.press(*opening)
            text = body(clerk)
            assert RESTORED in text, name
            for words in seen_again:
                assert words in text, text
            while clerk.app.screen is not clerk.checklist:
                await clerk.press("escape")
    assert desk.drafts() == drafts, "who only leaves a window has not said that the text may go"


async def test_a_key_in_a_window_is_enough_for_its_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.drafting.DRAFT_SECONDS", 0.01)
    async with office(desk) as clerk:
        await clerk.press("f2", "tab", "x")
        while not desk.drafts():
            await clerk.pilot.pause(0.01)
        assert clerk.app.screen.is_modal


async def test_what_was_typed_over_one_row_never_stands_over_another(desk: Desk) -> None:
    for title in ("甲", "乙"):
        desk.publish([NewPublication(None, TODAY, title, "网站", None, "文字")])
    async with office(desk) as clerk:
        await clerk.press("2", "enter", *"zq")
        assert isinstance(clerk.app.screen, PublishDialog)
        await killed(clerk, stays=True)
        await clerk.press("down", "enter")
        assert isinstance(clerk.app.screen, PublishDialog)
        assert RESTORED not in body(clerk)
        assert "zq" not in body(clerk)
        await clerk.press("escape", "up", "enter")
        assert RESTORED in body(clerk)


async def test_what_is_done_leaves_no_draft(desk: Desk) -> None:
    await killed_while_typing(desk, ("f2", "tab", *"zq"))
    async with office(desk) as clerk:
        entry = clerk.current.id
        await clerk.press("f2", "enter")
        assert "已销账" in clerk.said
        await clerk.press("f2")
        assert RESTORED not in body(clerk)
    assert desk.drafts() == ()
    settled_entry = next(one for one in desk.entries() if one.id == entry)
    assert settled_entry.what_was_done == "zq"


async def test_a_window_left_by_escape_keeps_nothing_that_was_typed_just_now(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f2", "tab", *"zq")
        assert clerk.app.save_drafts()
        assert len(desk.drafts()) == 1
        await clerk.press("escape")
        assert desk.drafts() == ()
        await clerk.press("f2")
        assert "zq" not in body(clerk)


async def test_a_restored_text_goes_by_f10_pressed_twice(desk: Desk) -> None:
    await killed_while_typing(desk, ("f2", "tab", *"zq"))
    async with office(desk) as clerk:
        await clerk.press("f2", "f10")
        assert "请再按一次 F10" in body(clerk)
        assert len(desk.drafts()) == 1
        await clerk.press("f10")
        assert clerk.app.screen is clerk.checklist
    assert desk.drafts() == ()


async def test_the_draft_of_some_entries_is_not_that_of_as_many_others(desk: Desk) -> None:
    await killed_while_typing(desk, ("space", "space", "f2", "tab", *"zq"))
    async with office(desk) as clerk:
        await clerk.press("down", "down", "space", "space", "f2")
        assert RESTORED not in body(clerk)
        assert "zq" not in body(clerk)


async def test_a_text_that_is_what_stood_there_at_first_makes_no_draft(desk: Desk) -> None:
    await killed_while_typing(desk, ("f2", "tab", "x", "backspace"))
    assert desk.drafts() == ()


async def test_what_the_ledger_does_not_take_lies_in_the_folder_of_drafts_until_it_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "state" / "drafts"
    desk.keep_drafts_in(folder)
    with monkeypatch.context() as broken:
        broken.setattr(desk, "save_draft", full)
        async with office(desk) as clerk:
            await clerk.press("f3", *"zq")
            assert clerk.app.save_drafts()
            assert f"草稿另存在{folder}".replace(" ", "") in "".join(clerk.said.split())
            await clerk.press("escape", "escape", "f2", "tab", *"zq")
            assert clerk.app.save_drafts()
    assert desk.drafts() == ()
    kept = list(folder.iterdir())
    assert len(kept) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    async with office(desk) as clerk:
        assert "有没写完的记事" in clerk.said
        assert "填写到一半" in clerk.said
        await clerk.press("f2")
        assert RESTORED in body(clerk)
        assert "zq" in body(clerk)
        await clerk.press("enter", "ctrl+z", "f3")
        assert "有一份没有保存的草稿" in clerk.text()
        await clerk.press("enter", "f2")
        assert [note.text for note in clerk.current.notes] == ["zq"]
    assert list(folder.iterdir()) == []


async def test_a_draft_that_neither_place_takes_is_said_and_the_program_is_not_left_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("no folder")
    desk.keep_drafts_in(tmp_path / "state" / "drafts")
    async with office(desk) as clerk:
        with monkeypatch.context() as broken:
            broken.setattr(desk, "save_draft", full)
            await clerk.press("f2", "tab", *"zq")
            assert not clerk.app.save_drafts()
        told = clerk.app.screen.query_one(".dialog--restored", Prose)
        assert told.text == "没有留下草稿：没有保存：磁盘已满。按 F9 可另存文字。"
        assert "zq" in clerk.text()
        assert clerk.app.save_drafts()
        assert told.text == ""


async def test_the_newer_of_two_drafts_is_found_and_both_go(desk: Desk, tmp_path: Path) -> None:
    drafts = Drafts(desk)
    desk.keep_drafts_in(tmp_path)
    drafts._put_beside("note", 3, "beside, of the same moment")
    desk.save_draft("note", 3, "in the ledger")
    found = drafts.find("note", 3)
    assert isinstance(found, Draft)
    assert found.text == "beside, of the same moment"
    drafts.drop("note", 3)
    assert drafts.find("note", 3) is None
    assert drafts.waiting() == ()
