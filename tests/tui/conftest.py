"""A ledger file with the shipped readings, made once; every test works on a copy of its own."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from db.file import LedgerFile, make_file, open_file
from seeds.plant import plant
from tests.compiled import compiled_once
from tests.tui.desks import NOW, TODAY
from tests.tui.quiet import wait_for_quiet, wait_for_screen
from tests.tui.sheets import share_parsed_sheets
from tests.tui.timed import whole_bureau
from tui.desk import Desk

__all__ = ["compiled_once"]

DeskMaker = Callable[..., Desk]


@pytest.fixture(scope="session", autouse=True)
def sheets_parsed_once() -> Iterator[None]:
    """The style sheets are the same for every app: each is parsed for the first that shows it."""
    with pytest.MonkeyPatch.context() as patch:
        share_parsed_sheets(patch)
        yield


@pytest.fixture(autouse=True)
def waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and pauses wait for the program and for nothing else."""
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_for_quiet)
    monkeypatch.setattr("textual.app.wait_for_idle", wait_for_quiet)
    monkeypatch.setattr("textual.pilot.Pilot._wait_for_screen", wait_for_screen)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file: five notices, and the ledger of 执法监督科 over jiangmen-2021 for 2026."""
    path = tmp_path_factory.mktemp("planted") / "taizhang.db"
    make_file(path)
    file = open_file(path, NOW, write=True)
    plant(file, NOW)
    Desk(file, lambda: NOW, TODAY, None).begin("jiangmen-2021", 2026, "执法监督科", None, "经办甲")
    file.close()
    return path


@pytest.fixture(scope="session")
def begun(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file with the ledger of 全局 over a notice for 2026 as well: begun once for each notice, copied by tests."""

    @cache
    def make(plan: str) -> Path:
        path = tmp_path_factory.mktemp("begun") / "taizhang.db"
        shutil.copy(planted, path)
        file = open_file(path, NOW, write=True)
        whole_bureau(Desk(file, lambda: NOW, TODAY, None), plan)
        file.close()
        return path

    return make


@pytest.fixture
def make_desk(planted: Path, begun: Callable[[str], Path], tmp_path: Path) -> Iterator[DeskMaker]:
    """Desks over one copy of the file: the same clerk comes back, or a second instance looks on.

    With `whole` the first desk is that of 全局 over that notice, as whole_bureau begins it.
    """
    path = tmp_path / "taizhang.db"
    shutil.copy(planted, path)
    opened: list[LedgerFile] = []

    def make(today: date | None = TODAY, *, write: bool = True, ledger: bool = True, whole: str | None = None) -> Desk:
        if whole is not None:
            assert not opened
            shutil.copy(begun(whole), path)
        file = open_file(path, NOW, write=write)
        opened.append(file)
        desk = Desk(file, lambda: NOW, today, None)
        if whole is not None:
            desk.open(next(row.id for row in desk.ledgers() if (row.plan, row.unit) == (whole, "全局")))
        elif ledger:
            desk.open(desk.ledgers()[0].id)
        return desk

    yield make
    for file in opened:
        file.close()


@pytest.fixture
def desk(make_desk: DeskMaker) -> Desk:
    """The desk of 执法监督科, 22 November 2026."""
    return make_desk()
