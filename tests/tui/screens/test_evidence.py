"""佐证材料: listed, found, opened, saved, described, removed, of the ledger and of one entry."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from db.errors import MendableError
from db.rules.publications import NewPublication
from tests.tui.attaching import a_file, done, drop, until
from tests.tui.conftest import DeskMaker
from tests.tui.desks import HOSTILE
from tests.tui.office import Office, office
from tests.tui.timed import JIANGMEN, numbered, type_at
from tui import viewer
from tui.cells import safe
from tui.desk import Desk
from tui.dialogs.attach import AttachDialog
from tui.screens.evidence import EvidenceScreen
from tui.screens.evidence_of_entry import EvidenceOfEntryScreen
from tui.screens.evidence_rows import EvidenceRows


@pytest.fixture
def desk(make_desk: DeskMaker, tmp_path: Path) -> Desk:
    """Entry 9 has a report, entry 12 a picture and an address, a publication of the unit a film."""
    desk = make_desk(whole=JIANGMEN)
    first, second = numbered(desk, "9").id, numbered(desk, "12").id
    attach(desk, tmp_path, "季度报告.pdf", entry=first, caption="第三季度", day=date(2026, 9, 30))
    attach(desk, tmp_path, "截图.png", entry=second)
    desk.attach([], ["https://example.gov.cn/3"], entry=second, publication=None, caption="抽检专栏", day=None)
    desk.publish([NewPublication(None, date(2026, 3, 5), "食品抽检通告", "网站", None, "文字")])
    attach(desk, tmp_path, "录像.exe", publication=desk.publications()[0].id)
    return desk


def attach(
    desk: Desk,
    folder: Path,
    name: str,
    *,
    entry: int | None = None,
    publication: int | None = None,
    caption: str | None = None,
    day: date | None = None,
) -> None:
    source = desk.look(a_file(folder, name, name.encode()))
    desk.attach([source], [], entry=entry, publication=publication, caption=caption, day=day)


def listed(at: Office) -> list[str]:
    screen = at.app.screen
    assert isinstance(screen, EvidenceRows)
    return [row.name for row in screen._found]


async def test_all_evidence_stands_in_the_order_of_the_entries_the_units_last(desk: Desk) -> None:
    async with office(desk, (100, 30)) as at:
        await at.press("8")
        assert listed(at) == ["季度报告.pdf", "截图.png", "抽检专栏", "录像.exe"]
        assert "佐证材料  共 4 件（3 个文件共" in at.text()
        assert at.line_with("> 9").split()[-4:] == ["第三季度", "16", "字节", "2026-09-30"]
        assert at.line_with("抽检专栏").split()[-1] == "网址"
        assert at.line_with("录像.exe").strip().startswith("单位")


async def test_the_pane_says_everything_about_the_line(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("8")
        lines = "\n".join(at.pane_lines())
        assert "第三季度" in lines
        assert "第 9 项" in lines
        assert "SHA-256" in lines
        await at.press("end")
        lines = "\n".join(at.pane_lines())
        assert "食品抽检通告" in lines
        assert "本单位的公开记录" in lines


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("季度", ["季度报告.pdf"]),
        ("example.GOV", ["抽检专栏"]),
        ("2026-09", ["季度报告.pdf"]),
        ("12", ["截图.png", "抽检专栏"]),
        ("没有", []),
    ],
)
async def test_a_piece_is_found_by_any_of_its_words(desk: Desk, typed: str, found: list[str]) -> None:
    async with office(desk) as at:
        await at.press("8", "ctrl+f")
        await type_at(at, typed)
        assert listed(at) == found
        await at.press("escape")
        assert len(listed(at)) == 4
        await at.press("escape")
        assert at.app.screen is at.checklist


# Opening


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the desktop."""
    handed: list[str] = []
    monkeypatch.setattr(viewer, "open_document", lambda path: handed.append(str(path)))
    monkeypatch.setattr(viewer, "open_address", handed.append)
    return handed


async def test_enter_hands_a_private_read_only_copy_to_the_desktop(desk: Desk, opened: list[str]) -> None:
    async with office(desk) as at:
        await at.press("8", "enter")
        await done(at)
        (path,) = opened
        assert Path(path).name == "季度报告.pdf"
        assert Path(path).read_bytes() == "季度报告.pdf".encode()
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o400
        assert stat.S_IMODE(Path(path).parent.stat().st_mode) == 0o700
        assert "正在打开" in at.said
        await at.press("enter")
        await done(at)
        assert len(opened) == 2
    desk.close()
    assert not Path(path).exists()
    assert not Path(path).parent.parent.exists()


async def test_a_web_address_is_handed_to_the_browser(desk: Desk, opened: list[str]) -> None:
    async with office(desk) as at:
        await at.press("8", "down", "down", "enter")
        await done(at)
        assert opened == ["https://example.gov.cn/3"]


async def test_what_may_be_a_program_is_never_handed_over(desk: Desk, opened: list[str]) -> None:
    async with office(desk) as at:
        await at.press("8", "end", "enter")
        await done(at)
        assert opened == []
        assert "可能是程序" in at.said
        assert "F3 另存" in at.said


async def test_without_a_display_the_place_of_the_copy_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with office(desk, (120, 30)) as at:
        await at.press("8", "enter")
        await done(at)
        await until(lambda: "没有图形界面" in at.said)
        place = Path(at.said.partition("只读副本：")[2].partition("（")[0])
        assert place.read_bytes() == "季度报告.pdf".encode()
        await at.press("down", "down", "enter")
        await done(at)
        await until(lambda: "https://example.gov.cn/3" in at.said)


async def test_what_a_viewer_did_not_take_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise MendableError("没有打开：系统里没有能打开它的程序。")

    monkeypatch.setattr(viewer, "open_document", refuse)
    async with office(desk) as at:
        await at.press("8", "enter")
        await done(at)
        assert "没有能打开它的程序" in at.said
        assert "只读副本：" in at.said


# Saving elsewhere


async def test_what_is_saved_reads_back_equal_and_is_said(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "另存"
    place.mkdir()
    async with office(desk) as at:
        await at.press("8", "f3", "ctrl+u")
        await type_at(at, f"{place}")
        await at.press("enter")
        await done(at)
        assert (place / "季度报告.pdf").read_bytes() == "季度报告.pdf".encode()
        assert "已另存，读回核对无误" in at.said
        await at.press("f3", "ctrl+u")
        await type_at(at, f"{place}")
        assert "那里已有「季度报告.pdf」" in at.text()
        await at.press("enter")
        await done(at)
        assert "原来的文件保留为 季度报告.旧-" in at.said
        assert len(list(place.iterdir())) == 2


async def test_the_ledger_itself_is_not_written_over(desk: Desk) -> None:
    before = Path(desk.path).stat().st_ino
    async with office(desk) as at:
        await at.press("8", "f3", "ctrl+u")
        await type_at(at, desk.path)
        await at.press("enter")
        await done(at)
        assert "就是正在使用的台账文件" in at.said
        assert Path(desk.path).stat().st_ino == before


async def test_a_web_address_has_no_file_to_save(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("8", "down", "down", "f3")
        assert isinstance(at.app.screen, EvidenceScreen)
        assert "没有文件可以另存" in at.said


async def test_a_folder_that_is_not_there_is_refused_where_it_is_typed(desk: Desk, tmp_path: Path) -> None:
    async with office(desk) as at:
        await at.press("8", "f3", "ctrl+u")
        await type_at(at, str(tmp_path / "没有" / "a.pdf"))
        await at.press("enter")
        assert "没有文件夹" in at.text()


# Changing


async def test_caption_and_day_are_changed_and_come_back(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("8", "f2", "end")
        await type_at(at, "（更正）")
        await at.press("tab", "ctrl+u", "enter")
        row = desk.evidence()[0]
        assert (row.caption, row.day) == ("第三季度（更正）", None)
        await at.press("ctrl+z")
        row = desk.evidence()[0]
        assert (row.caption, row.day) == ("第三季度", date(2026, 9, 30))


async def test_a_piece_is_removed_only_after_a_yes_and_comes_back_with_its_content(desk: Desk) -> None:
    async with office(desk) as at:
        await at.press("8", "delete", "escape")
        assert len(listed(at)) == 4
        await at.press("delete", "enter")
        assert listed(at) == ["截图.png", "抽检专栏", "录像.exe"]
        assert "佐证已移除" in at.said
        await at.press("ctrl+z")
        assert listed(at) == ["季度报告.pdf", "截图.png", "抽检专栏", "录像.exe"]
        sha256 = desk.evidence()[0].sha256
        assert sha256 is not None
        assert b"".join(desk.contents()(sha256)) == "季度报告.pdf".encode()


@pytest.mark.parametrize(("typed", "words"), [("0", "不是 1 到"), ("9999", "不是 1 到"), ("x", "不是 1 到")])
async def test_a_limit_that_makes_no_sense_is_refused(desk: Desk, typed: str, words: str) -> None:
    async with office(desk) as at:
        await at.press("8", "ctrl+t")
        await type_at(at, typed)
        await at.press("enter")
        assert words in at.text()
        assert desk.evidence_limit() == 50 << 20


# Attaching from here


async def test_here_the_clerk_names_the_entry_by_its_number(desk: Desk, tmp_path: Path) -> None:
    path = a_file(tmp_path, "新的.pdf")
    async with office(desk) as at:
        await at.press("8", "insert")
        await drop(at, str(path))
        await at.press("tab", "tab", "tab", "ctrl+u")
        await at.press("enter")
        assert "没有填编号" in at.text()
        await type_at(at, "34")
        await at.press("enter")
        await done(at)
        assert numbered(desk, "34").evidence == 1
        assert "新的.pdf" in at.line_with("> 34")


async def test_beside_evidence_of_a_publication_more_goes_to_it(desk: Desk, tmp_path: Path) -> None:
    path = a_file(tmp_path, "网页截图.png")
    async with office(desk) as at:
        await at.press("8", "end")
        await drop(at, str(path))
        assert isinstance(at.app.screen, AttachDialog)
        assert "附佐证：公开记录「食品抽检通告」" in at.text()
        await at.press("enter")
        await done(at)
        publication = desk.publications()[0].id
        assert [row.name for row in desk.evidence() if row.publication == publication] == ["录像.exe", "网页截图.png"]


async def test_an_empty_ledger_says_how_to_begin(make_desk: DeskMaker) -> None:
    async with office(make_desk()) as at:
        await at.press("8")
        assert "还没有佐证。按 Ins 附文件或网址" in at.text()
        for key in ("enter", "f2", "f3", "delete"):
            await at.press(key)
            assert isinstance(at.app.screen, EvidenceScreen)


# Of one entry


@pytest.mark.parametrize("keys", [("enter",), ("f4",)])
async def test_the_details_and_the_walk_lead_to_the_entrys_own(
    desk: Desk, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with office(desk) as at:
        await at.press("ctrl+f")
        await type_at(at, numbered(desk, "12").requirement[:20])
        await at.press("enter", *keys, "8")
        assert isinstance(at.app.screen, EvidenceOfEntryScreen)
        assert listed(at) == ["截图.png", "抽检专栏"]
        assert "第 12 项的佐证材料  共 2 件" in at.text()
        await drop(at, str(a_file(tmp_path, "又一张.png")))
        await at.press("enter")
        await done(at)
        assert listed(at) == ["截图.png", "抽检专栏", "又一张.png"]
        await at.press("2")
        assert isinstance(at.app.screen, EvidenceOfEntryScreen)
        await at.press("escape")
        assert any("又一张.png" in line for line in at.pane_lines())


async def test_a_file_that_can_only_be_read_is_opened_and_saved_but_not_changed(
    desk: Desk, make_desk: DeskMaker, opened: list[str]
) -> None:
    ledger = desk.ledger
    assert ledger is not None
    reader = make_desk(write=False, ledger=False)
    reader.open(ledger.id)
    async with office(reader) as at:
        await at.press("8")
        assert len(listed(at)) == 4
        for key in ("insert", "f2", "delete", "ctrl+t"):
            await at.press(key)
            assert isinstance(at.app.screen, EvidenceScreen)
            assert at.said.startswith("只读，不能改动")
        await at.press("enter")
        await done(at)
        assert len(opened) == 1
    reader.drop_copies()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (40, 10), (20, 5)])
async def test_it_is_read_at_any_size_and_hostile_captions_are_text(
    make_desk: DeskMaker, tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = make_desk()
    entry = desk.entries()[0].id
    for at_number, text in enumerate(HOSTILE):
        caption = text[:200] if safe(text).strip() else None
        attach(desk, tmp_path, f"{at_number}.pdf", entry=entry, caption=caption)
    async with office(desk, size) as at:
        await at.press("8")
        for _ in HOSTILE:
            for line in at.app.screen._compositor.render_strips():
                assert line.cell_length == size[0]
                assert safe(line.text) == line.text
            await at.press("down")
        await at.resize(80, 24)
        assert "佐证材料  共" in at.text()
