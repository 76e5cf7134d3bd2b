"""The line that says how far an export is: on a terminal, for what is long, wiped at the end."""

import io
import sys

import pytest

from tui.progress_line import LONG, progress_line


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Standard error; set by the test itself, for pytest sets its own after the fixtures."""
    made = Screen()
    monkeypatch.setattr(sys, "stderr", made)
    return made


def shown(screen: Screen) -> str:
    """What stands on the line in the end."""
    cells: list[str] = []
    at = 0
    for char in screen.getvalue():
        if char == "\r":
            at = 0
        else:
            cells[at : at + 1] = char
            at += 1
    return "".join(cells).rstrip()


def test_a_long_export_is_told_by_the_percent(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with progress_line() as progress:
        assert progress is not None
        for done in range(0, 3 * LONG + 1, LONG // 100):
            progress(done, 3 * LONG)
        progress(3 * LONG, 3 * LONG)
        assert screen.getvalue().count("正在导出") == 101
        assert shown(screen) == "正在导出 100%（192 MB / 192 MB，Ctrl+C 取消）"
    assert shown(screen) == ""


def test_what_is_done_at_once_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with progress_line() as progress:
        assert progress is not None
        progress(0, LONG - 1)
        progress(LONG - 1, LONG - 1)
    assert screen.getvalue() == ""


def test_an_interrupt_wipes_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with pytest.raises(KeyboardInterrupt), progress_line() as progress:  # noqa: PT012
        assert progress is not None
        progress(1, LONG)
        raise KeyboardInterrupt
    assert shown(screen) == ""


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_without_a_terminal_nobody_is_told(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_line() as progress:
        assert progress is None
