"""年度换算 over a real file, and its sentences."""

from datetime import date

import pytest

from db.rules.rows import Adjusted, DeadlineRow, ReportRow, Shift
from db.rules.shift import waits
from tests.tui.conftest import DeskMaker
from tests.tui.office import a_deadline, an_entry, ids, office
from tui.desk import Desk
from tui.screens.year import YearScreen
from tui.wording_shift import how_many_wait, printed_year, report_shift_words, shift_words

PRINTED = Shift(2021, True, False, False)
MISSING = Shift(2020, False, True, False)
PLAIN = Shift(2021, False, False, False)
CONFIRMED = Shift(2021, True, False, True)
DUE = date(2026, 12, 31)


async def test_what_waits_stands_first_and_is_confirmed_line_by_line(desk: Desk) -> None:
    async with office(desk) as clerk:
        assert clerk.said == "2 项的时限从另一年度换算而来，待核对：按 7 核对。"
        await clerk.press("7")
        lines = clerk.lines()
        assert "2021 年的通知，按 2026 年办理  待核对 2 项" in lines[0]
        assert lines[1] == "待核对（2）"
        assert lines[2].startswith("> 第 24 项")
        assert lines[2].endswith("2021年底前 → 2026-12-31")
        assert "原文为2021年，按本年度换算为 2026-12-31，待核对" in clerk.pane_lines()[0]
        await clerk.press("enter")
        assert clerk.said == "已确认换算的日期：第 24 项。Ctrl+Z 撤销"
        assert "待核对 1 项" in clerk.lines()[0]
        await clerk.press("ctrl+z")
        assert "待核对 2 项" in clerk.lines()[0]
        await clerk.press("ctrl+a")
        assert "没有待核对的" in clerk.lines()[0]
        assert clerk.said.startswith("已确认换算的日期：2 项")
        await clerk.press("ctrl+a")
        assert clerk.said == "没有可以确认的日期。"
        await clerk.press("enter")
        assert "不用核对" in clerk.said
        await clerk.press("escape")
    async with office(desk) as clerk:
        assert clerk.said == ""
        await clerk.press("7")
        screen = clerk.app.screen
        assert isinstance(screen, YearScreen)
        assert sum("已核对" in choice.right for choice in screen.choices()) == 2


async def test_another_date_given_by_the_clerk_needs_no_confirmation(desk: Desk) -> None:
    desk.adjust_due(ids(desk.entries(), "24")[0], date(2026, 12, 20), "领导要求")
    async with office(desk) as clerk:
        await clerk.press("7")
        assert "待核对 1 项" in clerk.lines()[0]
        await clerk.press("f6")
        assert type(clerk.app.screen).__name__ == "AdjustDialog"
        assert "第 29 项" in clerk.text()


async def test_reports_are_shown_and_not_confirmed_here(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("7", "end")
        assert "到「报送」画面办理" in clerk.text()
        assert next(line for line in clerk.lines() if line.startswith(">")).endswith("2026-12-06")
        for key in ("enter", "f6"):
            await clerk.press(key)
            assert clerk.said == "报送的日期不在这里核对：按 5 到「报送」。"
            assert isinstance(clerk.app.screen, YearScreen)


async def test_a_ledger_of_the_notices_own_year_shifts_nothing(make_desk: DeskMaker) -> None:
    desk = make_desk(date(2021, 11, 22))
    desk.begin("jiangmen-2021", 2021, "执法监督科", None, None)
    async with office(desk) as clerk:
        assert clerk.said == ""
        await clerk.press("7")
        assert "这本台账就是通知的年度，没有换算任何日期。" in clerk.text()
        await clerk.press("enter", "ctrl+a", "f6")
        assert isinstance(clerk.app.screen, YearScreen)


def deadline(shift: Shift | None, due: date | None = DUE, **values: object) -> DeadlineRow:
    return a_deadline("2021年底前", "on_day", due, shift=shift, **values)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (deadline(None), ""),
        (deadline(PRINTED), "原文为2021年，按本年度换算为 2026-12-31，待核对（清单上按 7 核对）"),
        (deadline(CONFIRMED), "原文为2021年，按本年度换算为 2026-12-31，已核对"),
        (deadline(PLAIN), "2021 年的通知，按本年度换算为 2026-12-31"),
        (deadline(MISSING, None), "2020 年通知写的这一天本年度没有，没有换算出日期，待核对（清单上按 7 核对）"),
        (
            deadline(PRINTED, adjusted=Adjusted(date(2026, 12, 1), "另定")),
            "原文为2021年，按本年度换算为 2026-12-31",
        ),
    ],
)
def test_the_detail_says_how_a_date_was_shifted(row: DeadlineRow, words: str) -> None:
    assert shift_words(row) == words


@pytest.mark.parametrize(
    ("text", "year"),
    [("2021年底前", "2021"), ("２０２２ 年2月", "2022"), ("12月3日前", None), ("", None), (None, None), ("21年", None)],
)
def test_the_printed_year_is_the_phrases_own(text: str | None, year: str | None) -> None:
    assert printed_year(text) == year


@pytest.mark.parametrize(
    ("values", "waiting"),
    [
        ({}, True),
        ({"status": "done"}, False),
        ({"status": "not_applicable"}, False),
        ({"applicability": "not_ours"}, False),
        ({"applicability": "possible"}, True),
        ({"deadline": deadline(PLAIN)}, False),
        ({"deadline": deadline(CONFIRMED)}, False),
        ({"deadline": deadline(MISSING, None)}, True),
        ({"deadline": deadline(PRINTED, adjusted=Adjusted(DUE, "另定"))}, False),
        ({"deadline": deadline(None)}, False),
    ],
)
def test_only_open_entries_without_the_clerks_word_wait(values: dict[str, object], waiting: bool) -> None:
    entry = an_entry(**{"deadline": deadline(PRINTED), **values})  # type: ignore[arg-type]
    assert waits(entry) is waiting
    assert how_many_wait([entry, entry]) == 2 * waiting


def test_a_report_says_how_its_date_was_shifted() -> None:
    report = ReportRow("总结", "办公室", DUE, (), "2021年12月31日前报送", shift=PRINTED)
    assert report_shift_words(report) == "原文为2021年，按本年度换算为 2026-12-31"
    assert report_shift_words(ReportRow("总结", "办公室", DUE, (), "")) == ""
    gone = ReportRow("总结", "办公室", None, (), "2月29日前", shift=MISSING)
    assert report_shift_words(gone) == "2020 年通知写的这一天本年度没有，没有换算出日期"
