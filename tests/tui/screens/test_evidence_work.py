"""附佐证 from the checklist, the details, the walk and the publications: what is stored, refused and said."""

import os
from datetime import date
from pathlib import Path

import pytest

from db.rules.publications import NewPublication
from tests.tui.attaching import a_file, done, drop, listed, until
from tests.tui.conftest import DeskMaker
from tests.tui.desks import HOSTILE, TODAY, settled
from tests.tui.office import Office, office
from tests.tui.timed import JIANGMEN, numbered, refused, type_at
from tests.world import tamper
from tui.cells import safe
from tui.desk import Desk
from tui.dialogs.attach import AttachDialog
from tui.dialogs.path_field import PathField
from tui.dialogs.progress import ProgressDialog

MB = 1 << 20


@pytest.fixture
def desk(make_desk: DeskMaker) -> Desk:
    return make_desk(whole=JIANGMEN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "我的 资料"
    place.mkdir()
    return place


def names(desk: Desk) -> list[str]:
    return [row.name for row in desk.evidence()]


def read(desk: Desk, name: str) -> bytes:
    (sha256,) = [row.sha256 for row in desk.evidence() if row.name == name]
    assert sha256 is not None
    return b"".join(desk.contents()(sha256))


async def attach(at: Office, text: str) -> None:
    """Drops the text into the dialog and presses Enter."""
    await at.press("full_stop")
    await drop(at, text)
    await at.press("enter")
    await done(at)


# By path


@pytest.mark.parametrize("quoted", ["'{}'", '"{}"', "“{}”", "{}", "  {}\n", "{uri}", "{escaped}"])
async def test_a_path_with_spaces_is_taken_as_a_terminal_or_a_clerk_writes_it(
    desk: Desk, folder: Path, quoted: str
) -> None:
    path = a_file(folder, "关于 公开 的通知.pdf", b"abc")
    text = quoted.format(path, uri=path.as_uri(), escaped=str(path).replace(" ", "\\ "))
    async with office(desk) as at:
        await attach(at, text)
        assert names(desk) == ["关于 公开 的通知.pdf"]
        assert "已附佐证 1 个文件，3 字节" in at.said
        assert read(desk, "关于 公开 的通知.pdf") == b"abc"
        (row,) = desk.evidence()
        assert row.entry == at.current.id
        assert at.current.status == "in_progress"


async def test_several_dropped_files_are_attached_in_one_step(desk: Desk, folder: Path) -> None:
    paths = [a_file(folder, name, name.encode()) for name in ("甲 一.pdf", "乙.png", "丙.txt")]
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, " ".join(f"'{path}'" for path in paths))
        assert "3 个文件共" in at.text()
        await at.press("enter")
        await done(at)
        assert sorted(names(desk)) == sorted(["甲 一.pdf", "乙.png", "丙.txt"])
        await at.press("ctrl+z")
        assert names(desk) == []
        assert at.current.status == "not_started"
        await at.press("ctrl+y")
        assert len(names(desk)) == 3


async def test_a_second_file_dropped_behind_the_first_is_attached_too(desk: Desk, folder: Path) -> None:
    first, second = a_file(folder, "甲 一.pdf", b"1"), a_file(folder, "乙 二.pdf", b"2")
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, f"'{first}'")
        await drop(at, f"'{second}'")
        assert "2 个文件共 2 字节" in at.text()
        await at.press("enter")
        await done(at)
        assert sorted(names(desk)) == ["乙 二.pdf", "甲 一.pdf"]


async def test_a_file_dropped_on_the_list_opens_the_dialog_with_its_path(desk: Desk, folder: Path) -> None:
    path = a_file(folder, "截图.png")
    async with office(desk) as at:
        await drop(at, f"'{path}' ")
        assert isinstance(at.app.screen, AttachDialog)
        assert "截图.png  12 字节" in at.text()
        await at.press("enter")
        await done(at)
        assert names(desk) == ["截图.png"]


@pytest.mark.parametrize("keys", [("enter",), ("f4",)])
async def test_a_file_dropped_on_the_details_or_the_walk_goes_to_that_entry(
    desk: Desk, folder: Path, keys: tuple[str, ...]
) -> None:
    path = a_file(folder, "截图.png")
    async with office(desk) as at:
        current = at.current
        await at.press(*keys)
        await drop(at, str(path))
        await at.press("enter")
        await done(at)
        assert [row.entry for row in desk.evidence()] == [current.id]
        assert any("截图.png（12 字节）" in line for line in at.pane_lines())


async def test_what_is_no_path_opens_nothing_and_is_said(desk: Desk) -> None:
    async with office(desk) as at:
        await drop(at, "今天开了一次会")
        assert at.app.screen is at.checklist
        assert "不是文件路径，也不是网址" in at.said


async def test_a_name_in_another_spelling_is_found_though_it_is_shown_in_the_usual_one(
    desk: Desk, folder: Path
) -> None:
    path = a_file(folder, "e\u0301te\u0301\u200b.pdf")
    async with office(desk) as at:
        await attach(at, str(path))
        assert names(desk) == ["été.pdf"]


async def test_a_path_is_typed_from_the_folder_where_the_clerk_last_was(desk: Desk, folder: Path) -> None:
    desk.remember_folder("evidence", str(folder))
    a_file(folder, "年报.docx")
    async with office(desk) as at:
        await at.press("full_stop")
        await type_at(at, "年报.doc")
        assert "字节" not in at.text()
        await type_at(at, "x")
        assert "年报.docx  12 字节" in at.text()
        await at.press("enter")
        await done(at)
        assert names(desk) == ["年报.docx"]


async def test_caption_and_day_go_with_it(desk: Desk, folder: Path) -> None:
    path = a_file(folder, "截图.png")
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, str(path))
        await at.press("tab")
        await type_at(at, "专栏首页")
        await at.press("tab")
        await type_at(at, "11-20")
        await at.press("enter")
        await done(at)
        (row,) = desk.evidence()
        assert (row.caption, row.day) == ("专栏首页", date(2026, 11, 20))
        assert any("截图.png：专栏首页（12 字节，2026-11-20）" in line for line in at.pane_lines())


async def test_a_day_that_has_not_come_is_refused_where_it_is_typed(desk: Desk, folder: Path) -> None:
    path = a_file(folder, "截图.png")
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, str(path))
        await at.press("tab", "tab")
        await type_at(at, "2026-11-23")
        await at.press("enter")
        assert "还没有到" in at.text()
        assert desk.evidence() == ()


@pytest.mark.parametrize("key", ["full_stop", "ideographic_full_stop", "v"])
async def test_the_full_stop_of_either_keyboard_asks_what_to_attach(desk: Desk, key: str) -> None:
    async with office(desk) as at:
        await at.press(key)
        assert isinstance(at.app.screen, AttachDialog)


# Web addresses


async def test_a_web_address_is_attached_and_called_by_its_caption(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("full_stop")
        await type_at(at, "https://example.gov.cn/a?b=1")
        await at.press("tab")
        await type_at(at, "食品抽检专栏")
        await at.press("enter")
        await done(at)
        (row,) = desk.evidence()
        assert (row.address, row.name, row.is_link) == ("https://example.gov.cn/a?b=1", "食品抽检专栏", True)
        assert "已附佐证 1 个网址" in at.said


async def test_several_addresses_are_one_step(desk: Desk) -> None:
    async with office(desk) as at:
        await attach(at, "https://example.gov.cn/1\nhttps://example.gov.cn/2")
        assert [row.address for row in desk.evidence()] == ["https://example.gov.cn/1", "https://example.gov.cn/2"]
        await at.press("ctrl+z")
        assert desk.evidence() == ()


async def test_an_address_with_blanks_is_refused_and_stays_to_be_mended(desk: Desk) -> None:
    async with office(desk) as at:
        await attach(at, "https://example.gov.cn/a b c")
        assert isinstance(at.app.screen, AttachDialog)
        assert "网址里有空格" in at.text()
        assert "https://example.gov.cn/a b c" in at.text()
        assert desk.evidence() == ()


# What is refused


async def test_a_file_that_is_not_there_is_said_with_its_name(desk: Desk, folder: Path) -> None:
    async with office(desk) as at:
        await attach(at, str(folder / "没有.pdf"))
        assert "注意：" in at.text()
        assert "没有.pdf" in at.text()
        assert "找不到这个文件" in at.text()


async def test_a_pipe_is_refused_at_once(desk: Desk, folder: Path) -> None:
    pipe = folder / "管道.pdf"
    os.mkfifo(pipe)
    async with office(desk) as at:
        await attach(at, str(pipe))
        assert "它是管道，不是普通文件" in at.text()
        assert desk.evidence() == ()


async def test_the_ledger_itself_is_refused_and_stays_locked(desk: Desk, make_desk: DeskMaker) -> None:
    async with office(desk) as at:
        await attach(at, desk.path)
        assert "它就是正在使用的台账文件" in at.text()
        assert desk.evidence() == ()
        # Its lock is whole still: a second window may only read.
        assert make_desk(write=True).read_only


async def test_a_file_over_the_limit_is_refused_with_both_sizes_and_taken_once_the_limit_is_raised(
    desk: Desk, folder: Path
) -> None:
    desk.set_evidence_limit(1)
    path = a_file(folder, "录像.mp4", b"\x01" * (MB + MB // 2))
    async with office(desk) as at:
        await attach(at, str(path))
        assert "文件有 1.5 MB，超过上限 1" in at.text()
        assert desk.evidence() == ()
        await at.press("escape", "8", "ctrl+t")
        await type_at(at, "2")
        await at.press("enter")
        assert "佐证大小上限现在是 2 MB" in at.said
        await at.press("escape")
        await attach(at, str(path))
        assert [row.size for row in desk.evidence()] == [MB + MB // 2]


async def test_the_same_file_twice_is_refused_by_name_and_the_text_stays(desk: Desk, folder: Path) -> None:
    path = a_file(folder, "截图.png")
    async with office(desk) as at:
        await attach(at, str(path))
        await attach(at, str(path))
        assert refused(at).startswith("没有办成：截图.png")
        assert "已附过" in refused(at)
        assert len(desk.evidence()) == 1


async def test_the_same_file_again_mends_a_damaged_content_and_says_so(desk: Desk, folder: Path) -> None:
    path = a_file(folder, "照片.jpg", b"abc" * 100)
    async with office(desk) as at:
        await attach(at, str(path))
        tamper(Path(desk.path), "UPDATE piece SET bytes = zeroblob(300)")
        desk._file.take_as_known()
        await attach(at, str(path))
        assert at.said == "损坏的内容已补好：照片.jpg。"
    assert names(desk) == ["照片.jpg"]
    assert read(desk, "照片.jpg") == b"abc" * 100


async def test_a_paste_that_is_far_too_long_is_refused_at_the_field_and_changes_nothing(
    desk: Desk, folder: Path
) -> None:
    path = a_file(folder, "照片.jpg")
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, str(path))
        await drop(at, "/a " * 10_000)
        assert "30,000 个字符，一次最多 20,000 个" in at.text()
        await at.press("enter")
        await done(at)
    assert names(desk) == ["照片.jpg"]


async def test_a_long_paste_on_the_list_opens_an_empty_field_that_says_why(desk: Desk) -> None:
    async with office(desk) as at:
        await drop(at, "/a " * 10_000)
        assert "30,000 个字符" in at.text()
        dialog = at.app.screen
        assert isinstance(dialog, AttachDialog)
        assert dialog.query_one(PathField).line.value == ""


async def test_a_link_says_where_it_leads_and_is_followed_at_the_second_enter(desk: Desk, folder: Path) -> None:
    real = a_file(folder, "真的.pdf", b"real")
    link = folder / "链接.pdf"
    link.symlink_to(real)
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, str(link))
        await at.press("enter")
        assert "这是链接，指向" in at.text()
        assert "真的.pdf" in at.text()
        assert desk.evidence() == ()
        await at.press("enter")
        await done(at)
        assert names(desk) == ["真的.pdf"]


async def test_a_link_that_leads_elsewhere_meanwhile_is_asked_about_again(desk: Desk, folder: Path) -> None:
    first, second = a_file(folder, "甲.pdf", b"1"), a_file(folder, "乙.pdf", b"22")
    link = folder / "链接.pdf"
    link.symlink_to(first)
    async with office(desk) as at:
        await at.press("full_stop")
        await drop(at, str(link))
        await at.press("enter")
        link.unlink()
        link.symlink_to(second)
        await at.press("enter")
        assert "乙.pdf" in at.text()
        assert desk.evidence() == ()


async def test_an_entry_that_is_not_ours_takes_none(make_desk: DeskMaker) -> None:
    desk = make_desk()
    possible = next(entry for entry in desk.entries() if entry.applicability == "possible")
    desk.decide([possible.id], "not_ours")
    async with office(desk) as at:
        await at.press("left")
        assert at.current.applicability == "not_ours"
        await at.press("full_stop")
        assert at.app.screen is at.checklist
        assert "非本单位的条目不能附佐证" in at.said


async def test_nothing_is_attached_to_several_entries_at_once(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("space", "space", "full_stop")
        assert at.app.screen is at.checklist
        assert "一次只能办一项" in at.said


# Cancelling


async def test_what_is_cancelled_in_the_middle_leaves_nothing_and_the_dialog_stays(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_file(folder, "录像.mp4", os.urandom(5 * MB))
    attaching = desk.attach

    def slowly(*args: object, **values: object) -> None:
        tell = values["progress"]

        def wait_for_escape(finished: int, total: int) -> None:
            screen = app.screen
            if finished >= 7 * MB and isinstance(screen, ProgressDialog):
                app.call_from_thread(screen.action_cancel)
            tell(finished, total)  # type: ignore[operator]

        attaching(*args, **{**values, "progress": wait_for_escape})  # type: ignore[arg-type]

    monkeypatch.setattr(desk, "attach", slowly)
    async with office(desk) as at:
        app = at.app
        await attach(at, str(path))
        assert isinstance(at.app.screen, AttachDialog)
        assert "已取消，什么也没有改变" in at.text()
        assert "录像.mp4" in at.text()
        assert desk.evidence() == ()
        assert at.current.status == "not_started"
        monkeypatch.undo()
        await at.press("enter")
        await done(at)
        assert names(desk) == ["录像.mp4"]
        assert read(desk, "录像.mp4") == path.read_bytes()


async def test_a_file_that_changes_while_it_is_read_is_refused(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_file(folder, "录像.mp4", os.urandom(3 * MB))
    attaching = desk.attach

    def changing(*args: object, **values: object) -> None:
        def change(finished: int, total: int) -> None:
            if finished == 2 * MB:
                with path.open("r+b") as stream:
                    stream.write(b"other")

        attaching(*args, **{**values, "progress": change})  # type: ignore[arg-type]

    monkeypatch.setattr(desk, "attach", changing)
    async with office(desk) as at:
        await attach(at, str(path))
        assert "在读取过程中有变化" in refused(at)
        assert desk.evidence() == ()


# The picker and the folder


async def test_an_empty_line_opens_the_picker_and_what_is_chosen_is_attached(desk: Desk, folder: Path) -> None:
    desk.remember_folder("evidence", str(folder))
    for name in ("一.pdf", "二.pdf", "三.pdf"):
        a_file(folder, name, name.encode())
    async with office(desk) as at:
        await at.press("full_stop", "enter")
        await listed(at)
        await at.press("space", "space", "f2")
        assert "2 个文件共" in at.text()
        await at.press("enter")
        await done(at)
        assert len(names(desk)) == 2


async def test_the_folder_is_remembered_over_a_restart(desk: Desk, make_desk: DeskMaker, folder: Path) -> None:
    path = a_file(folder, "里面/截图.png")
    async with office(desk) as at:
        await attach(at, str(path))
    desk.close()
    again = make_desk()
    async with office(again) as at:
        await at.press("full_stop", "down")
        await listed(at)
        assert "截图.png" in at.text()


async def test_a_folder_that_is_gone_gives_way_to_the_nearest_above(desk: Desk, folder: Path) -> None:
    desk.remember_folder("evidence", str(folder / "没有" / "了"))
    a_file(folder, "还在.pdf")
    async with office(desk) as at:
        await at.press("full_stop", "f4")
        await listed(at)
        assert "还在.pdf" in at.text()


# Publications


async def test_evidence_of_a_publication_takes_its_day_and_counts_for_its_entry(desk: Desk, folder: Path) -> None:
    entry = numbered(desk, "12")
    desk.publish([NewPublication(entry.id, date(2026, 3, 5), "食品抽检通告", "网站", None, "文字")])
    path = a_file(folder, "截图.png")
    async with office(desk) as at:
        await at.press("2", "full_stop")
        assert "附佐证：公开记录「食品抽检通告」" in at.text()
        await drop(at, str(path))
        await at.press("enter")
        await done(at)
        (row,) = desk.evidence()
        assert (row.publication is not None, row.of_entry, row.day) == (True, entry.id, date(2026, 3, 5))
        assert numbered(desk, "12").evidence == 1
        assert any("截图.png（12 字节，2026-03-05）" in line for line in at.pane_lines())


async def test_a_publication_goes_with_its_evidence_and_both_come_back(desk: Desk, folder: Path) -> None:
    desk.publish([NewPublication(None, TODAY, "食品抽检通告", "网站", None, "文字")])
    path = a_file(folder, "截图.png")
    async with office(desk) as at:
        await at.press("2")
        await attach(at, str(path))
        await at.press("delete")
        assert "连同 1 件佐证" in at.text()
        await at.press("enter")
        assert desk.evidence() == ()
        await at.press("ctrl+z")
        assert names(desk) == ["截图.png"]


async def test_an_own_task_says_that_its_evidence_goes_with_it(desk: Desk, folder: Path) -> None:
    own = desk.add_own("临时交办", None, "会议要求")
    source = desk.look(a_file(folder, "截图.png"))
    desk.attach([source], [], entry=own, publication=None, caption=None, day=None)
    async with office(desk) as at:
        await at.press("ctrl+f")
        await type_at(at, "临时交办")
        await at.press("enter", "delete")
        assert "连同 1 件佐证" in at.text()


# Reading only, sizes, hostile names


async def test_a_file_that_can_only_be_read_takes_none(desk: Desk, make_desk: DeskMaker, folder: Path) -> None:
    path = a_file(folder, "截图.png")
    async with office(make_desk(write=False)) as at:
        await at.press("full_stop")
        assert at.app.screen is at.checklist
        assert at.said.startswith("只读，不能改动")
        await drop(at, str(path))
        assert at.app.screen is at.checklist
        assert at.said.startswith("只读，不能改动")


NAMES = [text.replace("/", "_").replace("\x00", "") for text in HOSTILE if text and len(text) < 80]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (20, 5)])
async def test_hostile_names_are_text_in_dialog_picker_list_and_details(
    desk: Desk, folder: Path, size: tuple[int, int]
) -> None:
    desk.remember_folder("evidence", str(folder))
    for name in NAMES:
        a_file(folder, f"{name}.pdf", name.encode())
    os.mkdir(folder / "[@click=app.quit]夹\x1b[2J")

    def check(at: Office) -> None:
        for line in at.app.screen._compositor.render_strips():
            assert line.cell_length == size[0]
            assert safe(line.text) == line.text

    async with office(desk, size) as at:
        await at.press("full_stop", "f4")
        picker = await listed(at)
        check(at)
        for _ in NAMES:
            await at.press("down", "space")
            check(at)
        assert picker._marked
        await at.press("f2")
        check(at)
        await at.press("enter")
        await done(at)
        assert len(desk.evidence()) == len(picker._marked)
        check(at)
        await at.press("enter")
        check(at)
        await at.press("8")
        check(at)
        await at.press("delete")
        check(at)
        await at.press("escape", "escape", "escape", "8")
        check(at)
        for _ in NAMES:
            await at.press("down")
            check(at)
        await at.press("f2")
        check(at)
        await at.resize(80, 24)
        await settled(at.pilot)
        assert at.app._exception is None


async def test_the_first_frame_of_the_pane_counts_what_it_has_not_read(desk: Desk, folder: Path) -> None:
    source = desk.look(a_file(folder, "截图.png"))
    entry = desk.entries()[0]
    desk.attach([source], [], entry=entry.id, publication=None, caption=None, day=None)
    async with office(desk, (120, 36)) as at:
        while at.current.id != entry.id:
            await at.press("down")
        await until(lambda: any("截图.png" in line for line in at.pane_lines()))
        assert any(line.split() == ["佐证", "1", "件"] for line in at.pane_lines())
