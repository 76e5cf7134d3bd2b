"""What the clerk counts and times from an entry: keys on the checklist, what stands in the file afterwards."""

from datetime import date

import pytest
from textual import events

from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY, settled
from tests.tui.office import Office, office
from tests.tui.timed import (
    JIADING,
    JIANGMEN,
    numbered,
    only_clock,
    refused,
    rule_of,
    statute_rule,
    type_at,
)
from tui.desk import Desk
from tui.dialogs.dialog import Dialog
from tui.screens.checklist import ChecklistScreen


@pytest.fixture
def jiangmen(make_desk: DeskMaker) -> Desk:
    return make_desk(whole=JIANGMEN)


@pytest.fixture
def jiading(make_desk: DeskMaker) -> Desk:
    return make_desk(whole=JIADING)


async def stand_on(at: Office, number: str) -> None:
    at.checklist.go_to(numbered(at.checklist.desk, number).id)
    at.checklist.show_entries()
    await settled(at.pilot)
    assert at.current.number == number


async def test_a_publication_is_registered_with_a_title_and_enter(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "12")
        await at.press("plus")
        await type_at(at, "某某政策解读")
        await at.press("enter")
        (row,) = jiangmen.publications()
        assert (row.entry, row.day, row.title, row.channel) == (at.current.id, TODAY, "某某政策解读", "网站")
        assert "已登记公开记录 1 条" in at.said
        assert at.current.status == "in_progress"
        assert at.current.number == "12"


async def test_the_next_publication_takes_the_channel_of_the_last(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "12")
        await at.press("plus")
        await type_at(at, "第一条")
        await at.press("tab", "tab", "right", "enter", "plus")
        await type_at(at, "第二条")
        await at.press("enter")
        assert {row.title: row.channel for row in jiangmen.publications()} == {"第一条": "公众号", "第二条": "公众号"}


async def test_one_more_and_escape_keep_what_was_registered(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await at.press("plus")
        await type_at(at, "第一条")
        await at.press("f3")
        assert isinstance(at.app.screen, Dialog)
        assert "已登记 1 条，请填下一条" in at.text()
        await type_at(at, "第二条")
        await at.press("f3", "escape")
        assert at.app.screen is at.checklist
        assert [row.title for row in jiangmen.publications()] == ["第二条", "第一条"]
        assert "已登记公开记录 2 条" in at.said
        await at.press("ctrl+z")
        assert [row.title for row in jiangmen.publications()] == ["第一条"]


async def test_lines_pasted_into_the_title_are_looked_through_and_the_bad_one_stays(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "12")
        await at.press("plus")
        at.app.post_message(events.Paste("2026-03-05 某某解读 公众号\n没有日期\n2026-04-01\t某某公告\t网站\t图解"))
        await settled(at.pilot)
        assert "认出 2 行，没认出 1 行" in at.text()
        await at.press("enter")
        assert [(row.title, row.form) for row in jiangmen.publications()] == [
            ("某某公告", "图解"),
            ("某某解读", "文字"),
        ]
        assert "还有 1 行没有登记" in at.text()
        assert {row.entry for row in jiangmen.publications()} == {numbered(jiangmen, "12").id}
        await at.press("escape", "escape")
        assert "已登记公开记录 2 条" in at.said


async def test_a_refusal_of_the_store_stays_in_the_dialog(make_desk: DeskMaker) -> None:
    desk = make_desk()
    possible = next(entry for entry in desk.entries() if entry.applicability == "possible")
    async with office(desk) as at:
        await stand_on(at, possible.number)
        await at.press("plus")
        await type_at(at, "某某解读")
        desk.decide([possible.id], "not_ours")
        await at.press("enter")
        assert isinstance(at.app.screen, Dialog)
        assert refused(at)
        assert "某某解读" in at.text()
        await at.press("f3")
        assert refused(at)
        assert "已登记" not in at.text()
        assert desk.publications() == ()


async def test_nothing_is_counted_in_a_file_that_can_only_be_read(make_desk: DeskMaker) -> None:
    make_desk()
    reader = make_desk(write=False)
    assert reader.read_only
    async with office(reader) as at:
        for key in ("plus", "ctrl+k", "ctrl+d", "ctrl+g"):
            await at.press(key)
            assert isinstance(at.app.screen, ChecklistScreen)
            assert at.said.startswith("只读，不能改动")


async def test_several_entries_at_once_are_refused(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await at.press("space", "space")
        for key in ("plus", "ctrl+k", "ctrl+d", "ctrl+g"):
            await at.press(key)
            assert "一次只能办一项" in at.said
        await at.press("ctrl+x")
        assert "一次只能看一条" in at.said


async def test_a_count_makes_the_tally_of_a_yearly_quota_full(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "9")
        await at.press("ctrl+k")
        await at.press("enter")
        (count,) = jiangmen.counts()
        assert (count.entry, count.day, count.number, count.item) == (at.current.id, TODAY, 1, None)
        assert [quota.met for quota in at.current.quotas] == [True]
        assert "已记次数：第 9 项" in at.said


async def test_this_month_and_a_missed_one_are_settled_and_reopened(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "12")
        await at.press("ctrl+d", "enter")
        assert "这一期已销账：第 12 项" in at.said
        done = [row for row in at.current.occurrences if row.state == "done"]
        assert [(row.start, row.done_on) for row in done] == [(date(2026, 11, 1), TODAY)]
        await at.press("ctrl+d", "enter")
        assert [row.start.month for row in at.current.occurrences if row.state == "done"] == [1, 11]
        await at.press("ctrl+d", "end", "f5")
        assert "这一期已恢复" in at.said
        assert [row.start.month for row in at.current.occurrences if row.state == "done"] == [1]


async def test_several_missed_months_are_settled_in_one_step(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "12")
        await at.press("ctrl+d", "down", "space", "space", "space", "enter")
        assert "3 期已一次销账：第 12 项" in at.said
        assert [row.start.month for row in at.current.occurrences if row.state == "done"] == [1, 2, 3]
        await at.press("ctrl+z")
        assert [row for row in at.current.occurrences if row.state == "done"] == []


async def test_when_one_of_several_months_is_refused_none_is_settled(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "12")
        await at.press("ctrl+d", "down", "space", "space", "tab")
        await type_at(at, "2026-01-20")
        await at.press("enter")
        assert refused(at)
        await at.press("escape")
        assert [row for row in numbered(jiangmen, "12").occurrences if row.state == "done"] == []


async def test_an_entry_that_does_not_recur_has_no_period_to_settle(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "1")
        await at.press("ctrl+d")
        assert isinstance(at.app.screen, ChecklistScreen)
        assert "不是周期事项" in at.said


async def test_a_clock_is_started_by_the_rule_of_the_entrys_own_row(jiading: Desk) -> None:
    async with office(jiading) as at:
        await stand_on(at, "19")
        await at.press("ctrl+g")
        assert "本项（第 19 项）的规则" in at.text()
        await at.press("enter")
        await type_at(at, "政府开放日")
        await at.press("tab")
        await type_at(at, "2026-12-15")
        assert "最迟 2026-12-10 星期四，提前 3 个工作日" in at.text()
        await at.press("enter")
        clock = only_clock(jiading)
        assert (clock.subject, clock.start, clock.number) == ("政府开放日", date(2026, 12, 15), "19")
        assert clock.due == date(2026, 12, 10)
        assert at.current.clocks == (clock,)


async def test_a_rule_of_another_row_brings_its_own_entry_and_one_without_a_row_the_cursors(jiading: Desk) -> None:
    async with office(jiading) as at:
        await stand_on(at, "6")
        await at.press("ctrl+g", "home", *["down"] * [rule.task for rule in jiading.clock_rules()].index("19"))
        assert "第 19 项" in at.line_with("> ")
        await at.press("enter")
        await type_at(at, "政府开放日")
        await at.press("enter")
        assert only_clock(jiading).number == "19"
        await at.press("ctrl+z")
        await stand_on(at, "6")
        await at.press("ctrl+g", "end", "up", "up", "enter")
        await type_at(at, "某某的意见")
        await at.press("enter")
        assert only_clock(jiading).number == "6"


async def test_a_clock_of_the_statute_crossing_the_year_is_an_estimate(jiading: Desk) -> None:
    async with office(jiading) as at:
        await stand_on(at, "1")
        await at.press("ctrl+g", "end", "up", "up", "up", "enter")
        await type_at(at, "某某的申请")
        await at.press("tab")
        await type_at(at, "2026-11-20")
        due = jiading.clock_due(statute_rule(jiading, "answer"), date(2026, 11, 20))
        assert due is not None
        assert f"到期 {due.isoformat()}" in at.text()
        assert "（约）" not in at.text()
        await at.press("end", "escape")
        assert jiading.clocks() == ()


async def test_a_clock_that_ends_next_year_says_about(jiading: Desk) -> None:
    async with office(jiading) as at:
        await at.press("ctrl+g", "end", "enter")
        await type_at(at, "催办")
        await at.press("tab")
        await type_at(at, "60")
        assert "60 个工作日（约）" in at.text()


async def test_an_entry_that_is_not_ours_is_neither_counted_nor_timed(make_desk: DeskMaker) -> None:
    desk = make_desk()
    possible = next(entry for entry in desk.entries() if entry.applicability == "possible")
    desk.decide([possible.id], "not_ours")
    async with office(desk) as at:
        at.checklist._filter("not_ours")
        await stand_on(at, possible.number)
        for key in ("plus", "ctrl+k", "ctrl+d", "ctrl+g"):
            await at.press(key)
            assert isinstance(at.app.screen, ChecklistScreen)
            assert "非本单位" in at.said


async def test_the_walk_and_the_details_count_too(jiangmen: Desk) -> None:
    async with office(jiangmen) as at:
        await stand_on(at, "12")
        await at.press("enter", "plus")
        await type_at(at, "明细里登记")
        await at.press("enter", "escape", "f4", "plus")
        await type_at(at, "逐项办理里登记")
        await at.press("enter")
        assert sorted(row.title for row in jiangmen.publications()) == ["明细里登记", "逐项办理里登记"]


async def test_a_clock_started_for_no_entry_belongs_to_the_row_that_sets_its_rule(jiading: Desk) -> None:
    async with office(jiading) as at:
        await at.press("4", "insert", "enter")
        await type_at(at, "网民留言")
        await at.press("enter")
        clock = only_clock(jiading)
        assert (clock.number, clock.rule.quote) == ("13", rule_of(jiading, "13").quote)
