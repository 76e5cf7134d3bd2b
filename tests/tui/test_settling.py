"""销账: what is missing is said, beside the fields as it will be and afterwards, and nothing is refused for it."""

from datetime import date
from pathlib import Path

from db.rules.publications import NewPublication
from tests.tui.desks import TODAY
from tests.tui.office import Office, ids, office
from tui.desk import Desk
from tui.dialogs.prose import Prose


def lacking(clerk: Office) -> str:
    """The line of the dialog on top."""
    return clerk.app.screen.query_one(".settle--lacking", Prose).text


async def stand_on(clerk: Office, number: str) -> None:
    clerk.checklist.go_to(next(entry.id for entry in clerk.checklist.entries if entry.number == number))
    clerk.checklist.reread()
    await clerk.press()
    assert clerk.current.number == number


async def test_what_is_typed_removes_what_is_missing_while_it_is_typed(desk: Desk) -> None:
    async with office(desk) as clerk:
        await stand_on(clerk, "16")
        await clerk.press("f2")
        assert lacking(clerk) == "还缺：没有记事、没有佐证材料"
        assert "还缺：没有记事、没有佐证材料" in clerk.text()
        await clerk.press("tab", "a")
        assert lacking(clerk) == "还缺：没有佐证材料"
        await clerk.press("backspace", "space")
        assert lacking(clerk) == "还缺：没有记事、没有佐证材料"
        await clerk.press("b", "enter")
        assert clerk.said == "已销账：第 16 项。还缺：没有佐证材料。Ctrl+Z 撤销"
        (entry,) = (entry for entry in desk.entries() if entry.number == "16")
        assert (entry.status, entry.what_was_done) == ("done", "b")


async def test_an_entry_with_note_and_evidence_lacks_nothing(desk: Desk, tmp_path: Path) -> None:
    (entry,) = ids(desk.entries(), "16")
    desk.add_note(entry, "已公开")
    picture = tmp_path / "截图.png"
    picture.write_bytes(b"picture")
    desk.attach([desk.look(picture)], [], entry=entry, publication=None, caption=None, day=None)
    async with office(desk) as clerk:
        await stand_on(clerk, "16")
        await clerk.press("f2")
        assert lacking(clerk) == "材料齐全。"
        await clerk.press("enter")
        assert clerk.said == "已销账：第 16 项。材料齐全。Ctrl+Z 撤销"


async def test_a_short_quota_missed_periods_and_an_unconfirmed_unit_are_named(desk: Desk) -> None:
    desk.publish([NewPublication(ids(desk.entries(), "12")[0], date(2026, 11, 2), "一条", "网站", None, "文字")])
    async with office(desk, (120, 36)) as clerk:
        await stand_on(clerk, "12")
        await clerk.press("f2", "tab", *"ok")
        assert lacking(clerk) == (
            "还缺：没有佐证材料、数量不足（每月不少于 2 条，11 期共缺 21 条）、1月—10月 10 期未办、"
            "没有确认是否由本单位办理"
        )
        await clerk.press("enter")
        assert "11 期共缺 21 条" in clerk.said


async def test_of_several_it_is_said_how_many_lack_what(desk: Desk) -> None:
    desk.add_note(ids(desk.entries(), "16")[0], "已公开")
    async with office(desk) as clerk:
        for number in ("16", "17", "12"):
            await stand_on(clerk, number)
            await clerk.press("space")
        await clerk.press("f2")
        words = "3 项没有佐证材料、1 项数量不足、1 项有漏办的期次、1 项没有确认是否由本单位办理"
        assert lacking(clerk) == f"还缺：2 项没有记事、{words}"
        await clerk.press("tab", *"ok", "enter")
        assert clerk.said == f"已销账：3 项。还缺：{words}。Ctrl+Z 撤销"


async def test_the_walk_says_it_of_the_entry_that_was_settled_and_goes_on(desk: Desk) -> None:
    async with office(desk) as clerk:
        await stand_on(clerk, "16")
        await clerk.press("f4", "f2", "enter")
        assert clerk.said == "已销账：第 16 项。还缺：没有记事、没有佐证材料。Ctrl+Z 撤销"
        assert clerk.pane_lines()[0].startswith("第 17 项")


async def test_a_settled_entry_opened_again_shows_what_it_still_lacks(desk: Desk) -> None:
    desk.settle(ids(desk.entries(), "16"), TODAY, "旧的做法")
    async with office(desk) as clerk:
        await stand_on(clerk, "16")
        await clerk.press("f2")
        assert lacking(clerk) == "还缺：没有佐证材料"
        await clerk.press("tab", "ctrl+u")
        assert lacking(clerk) == "还缺：没有记事、没有佐证材料"


async def test_the_dialog_works_on_a_very_small_screen(desk: Desk) -> None:
    async with office(desk) as clerk:
        await stand_on(clerk, "16")
        await clerk.press("f2")
        await clerk.resize(20, 5)
        assert "Enter 确定" in clerk.text()
        await clerk.resize(80, 24)
        await clerk.press("enter")
        assert clerk.said.startswith("已销账：第 16 项。还缺：")
