"""An error of the program's own: never a success, told in Chinese, written down without contents."""

import json
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from db.errors import NotSavedError
from tests.tui.desks import BEIJING, NOW
from tests.tui.office import office
from tui import __main__ as entry
from tui.app import TaizhangApp
from tui.crash import CRASHED, Watch, chain, write_down
from tui.desk import Desk

SECRET = "记事里的话"


def failing(text: str) -> None:
    kept = text
    raise ValueError(kept)


def caught(failure: Callable[[], object]) -> Exception:
    try:
        failure()
    except Exception as error:
        return error
    raise AssertionError("it did not fail")


def test_an_error_before_or_after_the_screen_is_told_and_written_down(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["taizhang", "--plans"])
    monkeypatch.setattr(entry, "print_plans", lambda *_, **__: failing(SECRET))
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == CRASHED
    said = capsys.readouterr().err
    log = next(own_home.rglob("crash.log"))
    assert "程序出错，已经退出（ValueError）" in said
    assert str(log) in said
    assert "Traceback" not in said
    for text in (said, log.read_text(encoding="utf-8")):
        assert SECRET not in text.encode().decode("unicode_escape", "replace")
        assert SECRET not in text


def test_a_thread_that_dies_is_never_a_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "state" / "crash.log"
    hook = threading.excepthook
    with Watch(lambda: log, lambda: NOW) as watch:
        thread = threading.Thread(target=failing, args=(SECRET,))
        thread.start()
        thread.join()
        assert watch.code(0) == CRASHED
        assert watch.code(143) == 143, "what ended the run stays its status"
    assert threading.excepthook is hook
    assert "ValueError" in capsys.readouterr().err
    assert json.loads(log.read_text())["errors"][0]["frames"][-1].endswith(" failing")


@pytest.mark.parametrize("code", [0, 1, 3, 4])
def test_a_run_without_an_error_of_its_own_keeps_its_status_and_writes_nothing(tmp_path: Path, code: int) -> None:
    with Watch(lambda: tmp_path / "crash.log", lambda: NOW) as watch:
        assert watch.code(code) == code
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_is_no_crash(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Watch(lambda: tmp_path / "crash.log", lambda: NOW):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_the_log_has_when_where_and_what_kind_of_errors_and_nothing_else(tmp_path: Path) -> None:
    inner = caught(lambda: failing(SECRET))
    outer = WorkerFailed(inner)
    log = write_down(outer, tmp_path / "made" / "crash.log", datetime(2026, 11, 22, 9, 30, tzinfo=BEIJING))
    (line,) = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    assert set(line) == {"at", "version", "errors"}
    assert line["at"] == "2026-11-22T09:30:00+08:00"
    assert [error["kind"] for error in line["errors"]] == ["WorkerFailed", "ValueError"]
    assert all(not frame.startswith("/") for error in line["errors"] for frame in error["frames"])
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_the_log_grows_by_a_line_and_begins_anew_when_it_is_long(tmp_path: Path) -> None:
    log = tmp_path / "crash.log"
    error = caught(lambda: failing(SECRET))
    for _ in range(2):
        write_down(error, log, NOW)
    assert len(log.read_text().splitlines()) == 2
    with log.open("a") as stream:
        stream.write("x" * (1 << 20))
    write_down(error, log, NOW)
    assert len(log.read_text().splitlines()) == 1
    assert (tmp_path / "crash.log.1").stat().st_size > 1 << 20


def test_a_log_that_is_a_link_is_not_followed_and_the_clerk_is_told_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "台账.db"
    target.write_bytes(b"SQLite")
    (tmp_path / "crash.log").symlink_to(target)
    with pytest.raises(SystemExit), Watch(lambda: tmp_path / "crash.log", lambda: NOW):
        failing(SECRET)
    assert target.read_bytes() == b"SQLite"
    assert "没有记下来" in capsys.readouterr().err


def test_what_an_error_came_of_is_followed_round_no_circle() -> None:
    first, second = ValueError("a"), OSError("b")
    first.__cause__, second.__cause__ = second, first
    assert list(chain(first)) == [first, second]


async def crashed(desk: Desk, where: str) -> TaizhangApp:
    """The program after an error in a callback, a worker thread or a timer, while a note was being typed."""
    seen: list[TaizhangApp] = []
    # Pilot raises it anew.
    with suppress(ValueError, WorkerFailed):
        async with office(desk) as clerk:
            seen.append(clerk.app)
            await clerk.press("f3", *"typed")
            if where == "worker":
                clerk.app.run_worker(lambda: failing(SECRET), thread=True)
                await clerk.app.workers.wait_for_complete()
            elif where == "timer":
                clerk.app.set_timer(0.01, lambda: failing(SECRET))
                await clerk.pilot.pause(0.1)
            else:
                clerk.app.call_later(failing, SECRET)
            await clerk.press("x")
    return seen[0]


@pytest.mark.parametrize("where", ["key", "worker", "timer"])
async def test_an_error_anywhere_in_the_app_keeps_what_is_typed_first(desk: Desk, where: str) -> None:
    app = await crashed(desk, where)
    assert app.fault is not None
    assert app.return_code == CRASHED
    assert app._exit_renderables == []
    (draft,) = desk.drafts()
    assert draft.text.startswith("typed")


async def test_a_draft_that_fails_in_a_crash_does_not_hide_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NotSavedError("没有保存：磁盘已满。")

    monkeypatch.setattr(desk, "save_draft", full)
    app = await crashed(desk, "key")
    assert isinstance(app.fault, ValueError)
