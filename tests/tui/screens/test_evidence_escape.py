"""Esc that comes when the window of what takes long has just gone."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.attaching import a_file, done, drop, until
from tests.tui.office import Office, office
from tui.app import TaizhangApp
from tui.desk import Desk
from tui.dialogs.progress import ProgressDialog
from tui.dialogs.typed_line import TypedLine
from tui.screens.evidence import EvidenceScreen


@pytest.fixture
def held(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Attaching waits for it."""
    go = threading.Event()
    attaching = desk.attach

    def wait(*args: object, **values: object) -> tuple[str, ...]:
        go.wait(20)
        return attaching(*args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(desk, "attach", wait)
    return go


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What is to happen half a second after a window has gone: it happens when a test says so."""
    waiting: list[Callable[[], None]] = []
    setting = TaizhangApp.set_timer

    def set_timer(app: TaizhangApp, delay: float, callback: Callable[[], None], **values: object) -> object:
        if delay == 0.5:
            waiting.append(callback)
            return setting(app, 3600, lambda: None)
        return setting(app, delay, callback, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(TaizhangApp, "set_timer", set_timer)
    return waiting


async def attach_seen(at: Office, path: Path, held: threading.Event) -> None:
    """Attach a file; the window is seen before the work ends."""
    await at.press("8", "insert")
    await drop(at, str(path))
    at.app.screen.query_one("#entry TypedLine", TypedLine).value = "1"
    await at.press("enter")
    await until(lambda: isinstance(at.app.screen, ProgressDialog) and not at.app.screen.has_class("-early"))
    held.set()
    await done(at)


async def test_it_closes_nothing_below_for_half_a_second(
    desk: Desk, tmp_path: Path, held: threading.Event, timers: list[Callable[[], None]]
) -> None:
    async with office(desk) as at:
        await attach_seen(at, a_file(tmp_path, "甲.pdf"), held)
        assert len(timers) == 1
        await at.press("escape", "escape")
        assert isinstance(at.app.screen, EvidenceScreen)
        assert "已附佐证 1 个文件" in at.said
        timers[0]()
        await at.press("escape")
        assert not isinstance(at.app.screen, EvidenceScreen)


async def test_other_keys_are_heard_at_once(
    desk: Desk, tmp_path: Path, held: threading.Event, timers: list[Callable[[], None]]
) -> None:
    async with office(desk) as at:
        await attach_seen(at, a_file(tmp_path, "甲.pdf"), held)
        await at.press("f2")
        assert "改佐证的说明" in at.text()


async def test_who_saw_no_window_means_the_screen(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, timers: list[Callable[[], None]]
) -> None:
    monkeypatch.setattr("tui.dialogs.progress.SHOWN_AFTER", 3600)
    path = a_file(tmp_path, "甲.pdf")
    async with office(desk) as at:
        await at.press("8", "insert")
        await drop(at, str(path))
        at.app.screen.query_one("#entry TypedLine", TypedLine).value = "1"
        await at.press("enter")
        await done(at)
        assert "已附佐证 1 个文件" in at.said
        await at.press("escape")
        assert at.app.screen is at.checklist
    assert timers == []
