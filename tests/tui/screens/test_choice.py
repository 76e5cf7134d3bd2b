"""The first run and 换台账: notice, year, unit, officer, and back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from db.rules.rows import LedgerRow, NoticeRow, UnitRow
from tests.tui.desks import HOSTILE, Stage, real_desk, seen, settled, type_in
from tui.cells import safe
from tui.desk import Desk
from tui.screens.choice import ChoiceScreen
from tui.screens.choosing import first_options, unit_options, year_options


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with real_desk(tmp_path) as desk:
        yield desk


async def choose(app: Stage, pilot: Pilot[None], line: str) -> None:
    """Move down to the line that begins so, and take it."""
    for _ in range(60):
        await settled(pilot)
        if any(seen_line.startswith("> " + line) for seen_line in seen(app).splitlines()):
            await pilot.press("enter")
            await settled(pilot)
            return
        await pilot.press("down")
    raise AssertionError(f"no line {line}:\n{seen(app)}")


async def test_the_first_run_leads_from_the_notice_to_the_ledger(desk: Desk) -> None:
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "已有的台账" not in seen(app)
        await choose(app, pilot, "江门市市场监督管理局")
        assert "第 2 步：年度" in seen(app)
        await choose(app, pilot, "2026 年")
        assert "第 3 步" in seen(app)
        await choose(app, pilot, "执法监督科")
        assert "执法监督科 2026 年的经办人" in seen(app)
        await type_in(app, pilot, "经办甲")
        await pilot.press("enter")
        await settled(pilot)
        [ledger] = app.answers
    assert (ledger.plan, ledger.year, ledger.unit, ledger.officer) == ("jiangmen-2021", 2026, "执法监督科", "经办甲")
    assert desk.ledger == ledger
    assert len(desk.entries()) == 39


async def test_every_notice_stands_there_with_agency_title_and_number_of_tasks(desk: Desk) -> None:
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test(size=(160, 40)) as pilot:
        await settled(pilot)
        screen = seen(app)
    for words in ("39 项", "16 项", "33 项", "28 项", "32 项", "来文未署名", "六盘水市市场监督管理局"):
        assert words in screen


async def test_another_year_than_the_notices_is_said_to_shift_the_dates(desk: Desk) -> None:
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        await choose(app, pilot, "江门市市场监督管理局")
        assert "通知里的月、日都按 2026 年计算" in seen(app)
        await pilot.press("down")
        await settled(pilot)
        assert "时限按通知所写的日期计算" in seen(app)


async def test_escape_goes_back_step_by_step_and_out(desk: Desk) -> None:
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        await choose(app, pilot, "江门市市场监督管理局")
        await choose(app, pilot, "2021 年")
        await choose(app, pilot, "办公室")
        for expected in ("第 3 步", "第 2 步", "选择台账"):
            await pilot.press("escape")
            await settled(pilot)
            assert expected in seen(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "再按一次 Esc 退出程序" in seen(app)
        assert app.answers == []
        await pilot.press("escape")
        await settled(pilot)
        assert app.answers == [None]
    assert desk.ledgers() == ()


@pytest.mark.parametrize(("downs", "then"), [(0, "第 2 步"), (1, "第 2 步"), (4, "第 2 步")])
async def test_two_enters_in_one_burst_choose_once(desk: Desk, downs: int, then: str) -> None:
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press(*["down"] * downs)
        for _ in range(3):
            app.post_message(events.Key("enter", None))
        await settled(pilot)
        assert then in seen(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "第 3 步" in seen(app)
        for _ in range(2):
            app.post_message(events.Key("enter", None))
        await settled(pilot)
        assert [type(screen).__name__ for screen in app.screen_stack[2:]] == ["OfficerDialog"]
        assert app.answers == []
        await pilot.press("escape")
        await settled(pilot)
        assert "第 3 步" in seen(app)
        assert app._exception is None


async def test_an_existing_ledger_is_taken_up_again_at_once(desk: Desk) -> None:
    begun = desk.begin("jiangmen-2021", 2026, "办公室", None, "经办甲")
    desk.ledger = None
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "经办人 经办甲" in seen(app)
        await pilot.press("enter")
        await settled(pilot)
        assert app.answers == [begun]


async def test_choosing_what_exists_by_notice_year_and_unit_opens_it_unchanged(desk: Desk) -> None:
    begun = desk.begin("jiangmen-2021", 2021, "办公室", None, "经办甲")
    desk.ledger = None
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("down")
        await choose(app, pilot, "江门市市场监督管理局")
        await choose(app, pilot, "2021 年")
        await choose(app, pilot, "办公室")
        assert app.answers == [begun]
    assert len(desk.ledgers()) == 1


async def test_a_unit_that_the_notice_does_not_name_joins_with_its_kind(desk: Desk) -> None:
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        await choose(app, pilot, "江门市市场监督管理局")
        await choose(app, pilot, "2026 年")
        await pilot.press("end", "enter")
        await settled(pilot)
        await type_in(app, pilot, "信访科")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        [ledger] = app.answers
    assert ledger.unit == "信访科"
    [notice] = [notice for notice in desk.notices() if notice.plan == "jiangmen-2021"]
    [unit] = [unit for unit in notice.units if unit.name == "信访科"]
    assert unit.kind == "科室"
    assert unit.added


async def test_the_whole_bureau_takes_every_task(desk: Desk) -> None:
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        await choose(app, pilot, "江门市市场监督管理局")
        await choose(app, pilot, "2026 年")
        await choose(app, pilot, "全局")
        await pilot.press("enter")
        await settled(pilot)
        assert app.answers[0].unit == "全局"
    assert all(entry.applicability == "ours" for entry in desk.entries())


async def test_what_cannot_be_begun_is_said_and_the_choice_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from db.errors import NotSavedError

    def fail(*_: object) -> LedgerRow:
        raise NotSavedError("磁盘已满。", "请清理磁盘后再试。")

    monkeypatch.setattr(desk, "begin", fail)
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test() as pilot:
        await settled(pilot)
        await choose(app, pilot, "江门市市场监督管理局")
        await choose(app, pilot, "2026 年")
        await choose(app, pilot, "办公室")
        await pilot.press("enter")
        await settled(pilot)
        assert app.answers == []
        assert "没有打开：磁盘已满。请清理磁盘后再试。" in seen(app)
        assert "第 3 步" in seen(app)


@pytest.mark.parametrize(
    ("year", "this_year", "years"), [(2021, 2026, [2026, 2021]), (2026, 2026, [2026]), (2027, 2026, [2027])]
)
def test_the_years_are_this_one_and_the_notices_own_and_none_before_it(
    year: int, this_year: int, years: list[int]
) -> None:
    assert [option.stands_for for option in year_options(notice(year), this_year)] == years


def notice(year: int, text: str = "通知") -> NoticeRow:
    return NoticeRow("x", text, text, text, year, None, 3, (UnitRow(text, "科室", False, 2, 1),))


def test_a_unit_shows_its_tasks_and_what_waits_for_a_word() -> None:
    options = unit_options(notice(2026, "办公室"))
    assert [option.choice.right for option in options] == ["2 项，另待确认 1 项", "3 项", ""]


def test_a_text_without_agency_and_title_is_not_given_one() -> None:
    bare = replace(notice(2021), agency=None, title=None, document_number=None)
    [_, option, _] = first_options((), [bare])
    assert "来文未署名" in option.choice.left
    assert option.about.startswith("来文未署名\n通知 x\n")


@pytest.mark.parametrize("size", [(80, 24), (20, 5), (1, 1)])
async def test_hostile_notices_are_shown_as_text_at_any_size(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    text = "".join(HOSTILE)
    ledger = LedgerRow(1, text, text, text, text, 2021, 2021, text, text)
    monkeypatch.setattr(desk, "notices", lambda: (notice(2021, text),))
    monkeypatch.setattr(desk, "ledgers", lambda: (ledger,))
    app = Stage(lambda: ChoiceScreen(desk))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for keys in (["down"], ["enter"], ["enter"], ["end"], ["escape"]):
            assert safe(seen(app)) == seen(app)
            await pilot.press(*keys)
            await settled(pilot)
        assert app._exception is None
