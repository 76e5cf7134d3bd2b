"""What takes long: its outcome, how far it is, Esc, and what nobody expected."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest

from db.errors import InvalidInputError, MendableError
from db.rules.evidence import Progress
from tests.tui.desks import HOSTILE, Stage, seen, settled
from tui.cells import safe
from tui.dialogs.progress import Outcome, ProgressDialog
from tui.screens.help import HelpScreen
from tui.text import shown

MB = 1 << 20


class Slow:
    """Work that tells of a piece, waits until it is let go on, tells of the next."""

    def __init__(self, *told: tuple[int, int]) -> None:
        self._told = told
        self.go = threading.Semaphore(0)
        self.left_at: int | None = None

    def __call__(self, progress: Progress) -> str:
        for number, (done, total) in enumerate(self._told):
            self.left_at = number
            progress(done, total)
            self.go.acquire(timeout=10)
        self.left_at = None
        return "成了"


@pytest.fixture
async def slow() -> AsyncIterator[Slow]:
    # Asynchronous, so that it lets the thread go before the loop waits for it.
    work = Slow((0, 4 * MB), (2 * MB, 4 * MB), (4 * MB, 4 * MB))
    yield work
    for _ in range(5):
        work.go.release()


async def until(what: Callable[[], object]) -> None:
    """Threads take their time; a test does not take more than it needs."""
    for _ in range(300):
        if what():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


async def test_the_outcome_is_what_the_work_gave() -> None:
    app = Stage(lambda: ProgressDialog(shown("正在附件"), lambda progress: 7))
    async with app.run_test():
        await until(lambda: app.answers)
        assert app.answers == [Outcome(7)]


async def test_an_error_of_ours_is_handed_on_whole() -> None:
    def refuse(progress: Progress) -> None:
        raise InvalidInputError("文件变了", "请再附一次")

    app = Stage(lambda: ProgressDialog(shown("正在附件"), refuse))
    async with app.run_test():
        await until(lambda: app.answers)
        (outcome,) = app.answers
        assert isinstance(outcome.error, InvalidInputError)
        assert (outcome.error.message, outcome.error.hint, outcome.is_cancelled) == ("文件变了", "请再附一次", False)


async def test_what_nobody_expected_is_said_by_its_kind_and_the_window_goes() -> None:
    def break_down(progress: Progress) -> None:
        raise ZeroDivisionError("经办人写的字")

    app = Stage(lambda: ProgressDialog(shown("正在附件"), break_down))
    async with app.run_test():
        await until(lambda: app.answers)
        (outcome,) = app.answers
        assert outcome.error is not None
        assert "ZeroDivisionError" in outcome.error.message
        assert "经办人写的字" not in outcome.error.message


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (20, 5)])
async def test_it_shows_how_far_it_is(slow: Slow, size: tuple[int, int]) -> None:
    app = Stage(lambda: ProgressDialog(shown("正在附材料"), slow))
    async with app.run_test(size=size) as pilot:
        slow.go.release()
        await until(lambda: "50%" in seen(app))
        assert "已处理 2" in seen(app)
        if size[0] > 20:
            assert "已处理 2 MB / 4 MB" in seen(app)
            assert "Esc 取消" in seen(app)
            bar = next(line for line in seen(app).split("\n") if "50%" in line)
            assert abs(bar.count("#") - bar.count(".")) <= 1
        await settled(pilot)


async def test_two_passes_over_the_same_bytes_are_read_as_one(slow: Slow) -> None:
    app = Stage(lambda: ProgressDialog(shown("正在附材料"), slow, passes=2))
    async with app.run_test():
        slow.go.release()
        await until(lambda: "50%" in seen(app))
        assert "已处理 1 MB / 2 MB" in seen(app)


async def test_escape_stops_at_the_next_piece_and_says_so_meanwhile(slow: Slow) -> None:
    app = Stage(lambda: ProgressDialog(shown("正在附材料"), slow))
    async with app.run_test() as pilot:
        await until(lambda: "正在附材料" in seen(app))
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert "正在取消" in seen(app)
        assert app.answers == []
        slow.go.release()
        await until(lambda: app.answers)
        assert app.answers[0].is_cancelled
        assert slow.left_at == 1


async def test_enter_confirms_nothing(slow: Slow) -> None:
    app = Stage(lambda: ProgressDialog(shown("正在附材料"), slow))
    async with app.run_test() as pilot:
        await until(lambda: "正在附材料" in seen(app))
        await pilot.press("enter", "f2")
        assert app.answers == []


async def test_what_is_quick_flashes_no_window() -> None:
    begun, go = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        go.wait(10)

    app = Stage(lambda: ProgressDialog(shown("正在附材料"), work))
    async with app.run_test():
        await until(begun.is_set)
        assert "正在附材料" not in seen(app)
        await until(lambda: "正在附材料" in seen(app))
        go.set()
        await until(lambda: app.answers)


async def test_what_ends_below_the_help_is_answered_when_the_help_goes(slow: Slow) -> None:
    app = Stage(lambda: ProgressDialog(shown("正在附材料"), slow))
    async with app.run_test() as pilot:
        await until(lambda: "正在附材料" in seen(app))
        app.push_screen(HelpScreen((("这个窗口", ()),)))
        await settled(pilot)
        for _ in range(3):
            slow.go.release()
        await until(lambda: slow.left_at is None)
        await settled(pilot)
        assert app.answers == []
        await pilot.press("escape")
        await until(lambda: app.answers)
        assert app.answers == [Outcome("成了")]


async def test_work_stops_when_the_program_ends(slow: Slow) -> None:
    app = Stage(lambda: ProgressDialog(shown("正在附材料"), slow))
    async with app.run_test() as pilot:
        await until(lambda: slow.left_at is not None)
        assert isinstance(app.screen, ProgressDialog)
        assert app.screen.save_draft_now()
        slow.go.release()
        await until(lambda: app.answers)
        assert app.answers[0].is_cancelled
        await settled(pilot)


async def test_a_hostile_error_is_no_more_than_text() -> None:
    def refuse(progress: Progress) -> None:
        raise MendableError("".join(HOSTILE))

    app = Stage(lambda: ProgressDialog(shown("".join(HOSTILE)), refuse))
    async with app.run_test() as pilot:
        await until(lambda: app.answers)
        await settled(pilot)
        assert safe(seen(app)) == seen(app)
