"""导出 on the screen: what goes in, how far it is, where it lies; cancelled or failed it leaves nothing behind."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from db.errors import CancelledError, ExportError, NotSavedError
from db.export.writing import Kept
from db.rules.evidence import Progress
from db.rules.publications import NewPublication
from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY, settled
from tests.tui.office import Office, ids, office
from tui.desk import Desk
from tui.dialogs.prose import Prose
from tui.dialogs.typed_line import TypedLine
from tui.screens.ledger_work import export_folder

XLSX = "2026年执法监督科政务公开工作台账.xlsx"
ZIP = "2026年执法监督科政务公开工作报送包.zip"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clerk's folders."""
    folder = tmp_path / "home"
    (folder / "文档").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    return folder


async def written(clerk: Office) -> None:
    """Until the window of the progress has closed itself."""
    for _ in range(400):
        if type(clerk.app.screen).__name__ != "ProgressDialog":
            break
        await asyncio.sleep(0.05)
    await settled(clerk.pilot)


def last_place(clerk: Office) -> list[str]:
    """What the dialog says of the last export."""
    return [line.text for line in clerk.app.screen.query(".export--last").results(Prose)]


async def test_the_first_export_goes_to_the_documents_and_the_next_one_to_where_the_last_went(
    make_desk: DeskMaker, home: Path
) -> None:
    desk = make_desk()
    elsewhere = home / "报送"
    elsewhere.mkdir()
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("f9")
        assert last_place(clerk) == []
        await clerk.press("enter")
        await written(clerk)
        assert clerk.said == f"已导出 {home / '文档' / XLSX}"
        assert (home / "文档" / XLSX).is_file()
        await clerk.press("f9", "tab", "ctrl+u", *str(elsewhere / "甲.csv"), "enter")
        await written(clerk)
        assert (elsewhere / "甲.csv").is_file()
        await clerk.press("f9")
        assert last_place(clerk) == [f"上次导出在：{elsewhere}"]
        await clerk.press("enter")
        await written(clerk)
        assert (elsewhere / XLSX).is_file()
    desk.close()
    again = make_desk()
    async with office(again, (120, 36)) as clerk:
        await clerk.press("f9")
        assert last_place(clerk) == [f"上次导出在：{elsewhere}"]
        assert clerk.app.screen.query_one(TypedLine).value == str(elsewhere / XLSX)


async def test_the_old_file_is_kept_and_named(desk: Desk, home: Path) -> None:
    (home / "文档" / XLSX).write_bytes(b"old")
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("f9", "enter")
        await written(clerk)
        assert "原来的文件保留为 2026年执法监督科政务公开工作台账.旧-" in clerk.said
    (kept,) = (home / "文档").glob("*.旧-*")
    assert kept.read_bytes() == b"old"


async def test_the_package_carries_what_the_preview_said(desk: Desk, home: Path, tmp_path: Path) -> None:
    entry = ids(desk.entries(), "16")[0]
    picture = tmp_path / "公开截图.png"
    picture.write_bytes(b"picture" * 1_000)
    desk.attach(
        [desk.look(picture)],
        ["https://example.cn/a"],
        entry=entry,
        publication=None,
        caption=None,
        day=None,
    )
    desk.publish([NewPublication(entry, TODAY, "某某解读", "网站", "https://example.cn/b", "文字")])
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("f9", "3")
        assert "佐证 1 个文件 共 6.8 KB、网址 1 个" in clerk.text()
        assert "公开记录 1 条" in clerk.text()
        await clerk.press("enter")
        await written(clerk)
        assert clerk.said == f"已导出 {home / '文档' / ZIP}"
    with ZipFile(home / "文档" / ZIP) as archive:
        names = archive.namelist()
        assert any(name.endswith("工作总结（草稿）.docx") for name in names)
        (inside,) = (name for name in names if name.endswith("公开截图.png"))
        assert archive.read(inside) == picture.read_bytes()


def slow(began: threading.Event) -> Callable[[Path, Progress], Kept]:
    """An export that goes on until it is stopped."""

    def export(target: Path, tell: Progress) -> Kept:
        began.set()
        while True:
            tell(1, 100)
            threading.Event().wait(0.02)

    return export


async def test_esc_stops_it_and_nothing_is_remembered(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began = threading.Event()
    monkeypatch.setattr(desk, "export", slow(began))
    async with office(desk) as clerk:
        await clerk.press("f9", "enter")
        await asyncio.to_thread(began.wait, 5)
        await clerk.press("escape")
        await written(clerk)
        assert clerk.said == "已取消导出，没有留下文件。"
    assert list((home / "文档").iterdir()) == []
    assert desk.folder("export") is None


async def test_a_real_package_that_is_stopped_leaves_nothing_behind(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = desk.export

    def stopped(target: Path, tell: Progress) -> Kept:
        def told(done: int, total: int) -> None:
            if done:
                raise CancelledError("已取消。")
            tell(done, total)

        return real(target, told)

    monkeypatch.setattr(desk, "export", stopped)
    async with office(desk) as clerk:
        for form in ("1", "2", "3", "4", "5", "6"):
            await clerk.press("f9", form, "enter")
            await written(clerk)
            assert clerk.said == "已取消导出，没有留下文件。"
    assert list((home / "文档").iterdir()) == []


async def test_what_goes_wrong_is_said_with_what_to_do(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Kept:
        raise NotSavedError("磁盘已满。", "请换一个位置再导出。")

    monkeypatch.setattr(desk, "export", full)
    async with office(desk) as clerk:
        await clerk.press("f9", "enter")
        await written(clerk)
        assert clerk.said == "磁盘已满。  请换一个位置再导出。"


@pytest.mark.parametrize("suffix", [".xlsx", ".zip", ".json"])
def test_the_ledger_file_itself_is_never_written_over(desk: Desk, tmp_path: Path, suffix: str) -> None:
    other_name = tmp_path / f"台账{suffix}"
    other_name.hardlink_to(desk.path)
    before = Path(desk.path).read_bytes()
    with pytest.raises(ExportError, match="台账文件"):
        desk.export(other_name)
    assert Path(desk.path).read_bytes() == before
    assert other_name.read_bytes() == before


async def test_a_ledger_that_cannot_be_read_opens_no_window(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        raise NotSavedError("无法读写台账文件。", "请检查磁盘。")

    async with office(desk) as clerk:
        monkeypatch.setattr(desk, "sheet", gone)
        await clerk.press("f9")
        assert clerk.app.screen is clerk.checklist
        assert "无法读写台账文件" in clerk.said


async def test_a_file_that_can_only_be_read_is_exported_all_the_same(make_desk: DeskMaker, home: Path) -> None:
    make_desk()
    looking_on = make_desk(write=False)
    async with office(looking_on, (120, 36)) as clerk:
        await clerk.press("f9", "enter")
        await written(clerk)
        assert clerk.said == f"已导出 {home / '文档' / XLSX}"
    assert looking_on.folder("export") is None


def test_the_dialog_starts_where_the_last_export_went_if_that_is_still_there(tmp_path: Path) -> None:
    assert export_folder(None, tmp_path) == tmp_path
    (tmp_path / "Documents").mkdir()
    assert export_folder(None, tmp_path) == tmp_path / "Documents"
    (tmp_path / "文档").mkdir()
    assert export_folder(None, tmp_path) == tmp_path / "文档"
    assert export_folder(str(tmp_path), tmp_path) == tmp_path
    for gone in (tmp_path / "没有", tmp_path / ("长" * 300)):
        assert export_folder(str(gone), tmp_path) == tmp_path / "文档"
