"""Occurrences, clocks, reports and days off as they are read from the file."""

import json
from datetime import date
from typing import Any

import pytest

from db.errors import DamagedError, UnknownNameError
from db.reads.clocks import clocks, statute_rules
from db.reads.entries import entries
from db.reads.office import calendar, day_rows, day_source
from db.reads.reports import reports
from db.reads.sheet import clock_rules
from tests.db.reads import slow
from tests.db.reads.counted import begun, count, entry_of, publish, told
from tests.world import TODAY, World, rows, tamper

CLOCK: dict[str, Any] = {
    "subject": "张三公司申请",
    "source": "notice",
    "article": None,
    "days": 5,
    "day_kind": "workday",
    "direction": "after",
    "bound": "max",
    "trigger": "收到留言",
    "action": "首次回复",
    "quote": "5个工作日内首次回复",
    "may_extend": None,
    "start_day": "2021-11-15",
    "pauses": "[]",
    "extensions": "[]",
    "stages": None,
    "closed_on": None,
    "outcome": None,
}


def start(world: World, ledger: int, entry: int | None = None, **fields: Any) -> int:
    row = {**CLOCK, "ledger_id": ledger, "entry_id": entry, **fields}
    names = ", ".join(f'"{name}"' for name in row)
    tamper(world.path, f"INSERT INTO clock ({names}) VALUES ({', '.join('?' * len(row))})", *row.values())
    return max(int(found["id"]) for found in rows(world.path, "clock"))


def settle(world: World, entry: int, first: str, done_on: str, what: str | None = None) -> None:
    tamper(
        world.path,
        "INSERT INTO occurrence (entry_id, start, done_on, what_was_done) VALUES (?, ?, ?, ?)",
        *(entry, first, done_on, what),
    )


def states(world: World, ledger: int, number: str, today: date) -> list[str]:
    (found,) = (entry for entry in entries(world.file, ledger, today) if entry.number == number)
    return [occurrence.state for occurrence in found.occurrences]


def test_each_month_of_a_recurring_task_stands_for_itself(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    entry = entry_of(world, ledger, "12")
    settle(world, entry, "2021-02-01", "2021-03-05", "补报")
    for day in ("2021-03-01", "2021-03-31"):
        publish(world, ledger, entry, day)
    publish(world, ledger, entry, "2021-04-30")
    today = date(2021, 5, 1)
    assert states(world, ledger, "12", today) == ["missed", "done", "met", "missed", "current", *["coming"] * 7]
    (found,) = (one for one in entries(world.file, ledger, today) if one.number == "12")
    assert (found.occurrences[1].done_on, found.occurrences[1].what_was_done) == (date(2021, 3, 5), "补报")
    assert (found.occurrences[0].start, found.occurrences[0].end) == (date(2021, 1, 1), date(2021, 1, 31))
    # What the notice asks of the whole entry stays: its periods are beside it.
    assert found.deadline.due == date(2021, 12, 3)


def test_a_year_is_met_by_what_was_counted_in_it(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    assert states(world, ledger, "34", date(2021, 12, 31)) == ["current"]
    assert states(world, ledger, "34", date(2022, 1, 1)) == ["missed"]
    count(world, entry_of(world, ledger, "34"), "2021-12-31")
    assert states(world, ledger, "34", date(2022, 1, 1)) == ["met"]


def test_a_task_that_does_not_recur_has_no_occurrences(world: World) -> None:
    ledger = begun(world, "hubei-2022")
    assert not any(entry.occurrences for entry in entries(world.file, ledger, TODAY))


def test_a_clock_runs_stands_still_and_is_closed(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    entry = entry_of(world, ledger, "12")
    paused = json.dumps([{"from": "2021-11-16", "to": None, "anew": False, "reason": "征求意见"}])
    running = start(world, ledger, entry)
    still = start(world, ledger, subject="李四公司申请", start_day="2021-11-14", pauses=paused)
    closed = start(world, ledger, entry, start_day="2021-11-01", closed_on="2021-11-09", outcome="已答复")
    other = start(world, begun(world, "hubei-2022"))
    found = {clock.id: clock for clock in clocks(world.file, ledger, TODAY)}
    assert list(found) == [closed, still, running]
    assert other not in found
    one = found[running]
    assert (one.entry, one.number, one.subject, one.state) == (entry, "12", "张三公司申请", "running")
    assert (one.due, one.countdown and one.countdown.days, one.late) == (date(2021, 11, 22), 0, None)
    assert (one.rule.quote, one.rule.source, one.rule.registers, one.is_application) == (
        *("5个工作日内首次回复", "notice"),
        *(False, False),
    )
    assert (found[still].state, found[still].due, found[still].number) == ("paused", None, None)
    assert found[still].pauses[0].reason == "征求意见"
    assert (found[closed].state, found[closed].late, found[closed].outcome) == ("closed", True, "已答复")
    listed = {row.id: [clock.id for clock in row.clocks] for row in entries(world.file, ledger, TODAY) if row.clocks}
    assert listed == {entry: [running]}
    assert [clock.id for clock in told(world, ledger, TODAY).clocks] == [closed, still, running]


def test_an_application_keeps_its_stages_and_the_statutes_article(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    stages = json.dumps([{"stage": "registered", "on": "2021-11-01"}, {"stage": "reviewed", "on": "2021-11-03"}])
    extensions = json.dumps([{"on": "2021-11-20", "days": 10, "reason": "情况复杂"}])
    fields = {"source": "statute", "article": "第三十三条", "days": 20, "may_extend": 20, "start_day": "2021-11-01"}
    start(world, ledger, None, stages=stages, extensions=extensions, **fields)
    (found,) = clocks(world.file, ledger, TODAY)
    assert found.is_application
    assert [(stage.stage, stage.on) for stage in found.stages] == [
        ("registered", date(2021, 11, 1)),
        ("reviewed", date(2021, 11, 3)),
    ]
    assert (found.rule.article, found.rule.may_extend, found.rule.registers) == ("第三十三条", 20, True)
    assert found.due == calendar(world.file).nth_workday(date(2021, 11, 1), 30)


def test_the_clock_of_an_own_task_bears_its_number(world: World) -> None:
    tamper(
        world.path,
        "INSERT INTO entry (ledger_id, own_number, own_requirement, own_reason, status)"
        " VALUES (?, 3, '补报', '电话', 'not_started')",
        world.ledger,
    )
    start(world, world.ledger, int(rows(world.path, "entry", "own_number = 3")[0]["id"]))
    assert [clock.number for clock in clocks(world.file, world.ledger, TODAY)] == ["自3"]


@pytest.mark.parametrize("column", ["pauses", "extensions", "stages"])
def test_a_clock_that_cannot_be_read_is_a_damaged_file(column: str, world: World) -> None:
    start(world, world.ledger, None, **{column: '[{"from": "2021-02-30"}]'})
    with pytest.raises(DamagedError):
        clocks(world.file, world.ledger, TODAY)


def test_the_statutes_rules_come_with_their_articles_as_the_office_corrected_them(world: World) -> None:
    found = {rule.key: rule for rule in statute_rules(world.file)}
    assert {rule.article for rule in found.values()} == {"第二十六条", "第三十条", "第三十二条", "第三十三条"}
    assert {rule.source for rule in found.values()} == {"statute"}
    assert all(rule.article and rule.quote.startswith(rule.article) for rule in found.values())
    assert [(rule.key, rule.may_extend) for rule in found.values() if rule.registers] == [("answer", 20)]
    tamper(world.path, "UPDATE statute_rule SET days = 15, origin = 'office' WHERE key = 'answer'")
    assert {rule.key: rule.days for rule in statute_rules(world.file)}["answer"] == 15


def test_the_rules_of_an_unknown_ledger_are_an_error(world: World) -> None:
    assert len(clock_rules(world.file, begun(world, "hubei-2022"))) == len(slow.notice("hubei-2022")["clock_rule"]) > 0
    with pytest.raises(UnknownNameError):
        clock_rules(world.file, 99)
    with pytest.raises(UnknownNameError):
        reports(world.file, 99, TODAY)


def test_a_report_counts_down_until_it_is_handed_in(world: World) -> None:
    (report,) = reports(world.file, world.ledger, TODAY)
    assert (report.what, report.to, report.due) == ("本年度政务公开工作总结情况", "办公室", date(2021, 12, 6))
    assert (report.source, report.handed_in_on, report.shift, report.id) == ("notice", None, None, None)
    assert report.countdown is not None
    assert (report.countdown.days, report.countdown.overdue) == (14, False)
    other = begun(world, "jiangmen-2021")
    tamper(
        world.path,
        "INSERT INTO report_state (ledger_id, what, source, handed_in_on, remark) VALUES (?, ?, 'notice', ?, ?)",
        *(world.ledger, report.what, "2021-11-20", "已送办公室"),
    )
    (report,) = reports(world.file, world.ledger, TODAY)
    assert (report.handed_in_on, report.remark, report.countdown) == (date(2021, 11, 20), "已送办公室", None)
    assert report.id is not None
    assert [row.handed_in_on for row in reports(world.file, other, TODAY)] == [None]


def test_what_the_clerk_added_stands_after_the_notices_by_its_day(world: World) -> None:
    for what, source, due in (("半年小结", "office", "2021-07-10"), ("年度报告", "statute", "2021-01-31")):
        tamper(
            world.path,
            "INSERT INTO report_state (ledger_id, what, source, recipient, due, reason) VALUES (?, ?, ?, '市局', ?, ?)",
            *(world.ledger, what, source, due, "第四十九条" if source == "statute" else "局长要求"),
        )
    found = reports(world.file, world.ledger, TODAY)
    assert [(row.what, row.source, row.due) for row in found[1:]] == [
        ("年度报告", "statute", date(2021, 1, 31)),
        ("半年小结", "office", date(2021, 7, 10)),
    ]
    assert [(row.to, row.quote, row.attachments) for row in found[1:]] == [
        ("市局", "第四十九条", ()),
        ("市局", "局长要求", ()),
    ]
    assert all(row.countdown is not None and row.countdown.overdue and row.id for row in found[1:])
    assert told(world, world.ledger, TODAY).reports == found


@pytest.mark.parametrize(("year", "due", "printed"), [(2022, date(2023, 1, 10), None), (2026, date(2027, 1, 10), True)])
def test_a_report_is_taken_over_into_another_year(year: int, due: date, printed: bool | None, world: World) -> None:
    (report,) = reports(world.file, begun(world, "hubei-2022", year=year), TODAY)
    assert report.due == due
    assert (report.shift and report.shift.printed) == printed
    assert (report.shift and report.shift.waits) == printed


def test_a_day_that_the_year_does_not_have_is_no_due_day(world: World) -> None:
    tamper(world.path, "UPDATE report SET month = 2, day = 29 WHERE month = 12")
    (report,) = reports(world.file, begun(world, "jiangmen-2021", year=2023), TODAY)
    assert (report.due, report.countdown) == (None, None)
    assert report.shift is not None
    assert report.shift.missing
    (leap,) = reports(world.file, begun(world, "jiangmen-2021", year=2024), TODAY)
    assert leap.due == date(2024, 2, 29)


def test_a_shifted_deadline_waits_until_the_clerk_confirms_it(world: World) -> None:
    own_year = entries(world.file, begun(world, "jiangmen-2021"), TODAY)
    assert not any(entry.deadline.shift for entry in own_year)
    ledger = begun(world, "jiangmen-2021", year=2026)
    shifted = [entry for entry in entries(world.file, ledger, TODAY) if entry.deadline.shift]
    assert shifted
    assert {entry.deadline.shift.notice_year for entry in shifted if entry.deadline.shift} == {2021}
    tamper(world.path, "UPDATE entry SET shift_confirmed = 1 WHERE id = ?", shifted[0].id)
    again = {entry.id: entry.deadline.shift for entry in entries(world.file, ledger, TODAY)}
    assert [number for number, shift in again.items() if shift and shift.confirmed] == [shifted[0].id]


def test_the_days_of_a_year_are_told_with_their_notice_and_its_text(world: World) -> None:
    shipped = day_rows(world.file, 2021)
    assert [row.day for row in shipped] == sorted(row.day for row in shipped)
    assert {row.day.year for row in shipped} == {2021}
    assert {row.origin for row in shipped} == {"shipped"}
    assert day_rows(world.file, 2027) == ()
    tamper(world.path, "INSERT INTO day_off VALUES ('2027-01-01', 'off', '关于2027年的通知', 'office')")
    tamper(world.path, "INSERT INTO day_off VALUES ('2026-12-31', 'off', '关于2027年的通知', 'office')")
    tamper(world.path, "INSERT INTO day_off_source VALUES ('关于2027年的通知', '元旦：1月1日放假。', '2026-11-05')")
    (row,) = day_rows(world.file, 2027)
    assert (row.day, row.kind, row.notice, row.origin) == (date(2027, 1, 1), "off", "关于2027年的通知", "office")
    assert day_source(world.file, row.notice) == "元旦：1月1日放假。"
    assert day_source(world.file, "没有的通知") is None
