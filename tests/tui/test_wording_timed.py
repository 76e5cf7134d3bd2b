"""The sentences of clocks, rules, reports and publications."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.rules.rows import ClockRow, ClockRuleRow, Countdown, Extension, Pause, ReportRow, Shift, StageDay
from tui.wording_timed import (
    clock_countdown,
    clock_due_words,
    clock_state_words,
    due_preview,
    outside_words,
    pause_words,
    report_countdown,
    report_due,
    rule_words,
    source_words,
    stage_words,
    why_not_extended,
)

START = date(2026, 11, 2)


def rule(**values: Any) -> ClockRuleRow:
    plain: dict[str, Any] = {
        "days": 20,
        "day_kind": "workday",
        "direction": "after",
        "bound": "max",
        "trigger": "收到申请",
        "action": "答复",
        "quote": "原文",
        "task": None,
    }
    return ClockRuleRow(**{**plain, **values})


MINIMUM = rule(bound="min", days=30, day_kind="calendar", trigger="公开征求意见", action="征求意见截止")


def clock(of: ClockRuleRow, days: int | None = None, workdays: int = 0, **values: Any) -> ClockRow:
    left = (
        None
        if days is None
        else Countdown(days, workdays, values.pop("estimated", False), values.pop("overdue", days < 0))
    )
    plain: dict[str, Any] = {
        "id": 1,
        "entry": None,
        "number": None,
        "subject": "某申请",
        "rule": of,
        "start": START,
        "pauses": (),
        "extensions": (),
        "stages": (),
        "closed_on": None,
        "outcome": None,
        "state": "running",
        "due": date(2026, 11, 30),
        "countdown": left,
        "left": None,
        "late": None,
    }
    return ClockRow(**{**plain, **values})


ANEW = clock(rule(), state="paused", due=None, left=12, pauses=(Pause(START, None, True, "补正"),))


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (clock(rule(), 3, 3), "剩 3 天 · 3 个工作日"),
        (clock(rule(), 3, 2, estimated=True), "剩 3 天 · 约 2 个工作日"),
        (clock(rule(), 0), "今天到期"),
        (clock(rule(), -2, -1), "逾期 2 天"),
        (clock(rule(), state="paused", due=None, left=12), "已暂停，剩 12 个工作日"),
        (clock(MINIMUM, state="paused", due=None, left=12), "已暂停，剩 12 天"),
        (ANEW, "已暂停，收到补正后重新起算 20 个工作日"),
        (replace(ANEW, extensions=(Extension(START, 5, "延长"),)), "已暂停，收到补正后重新起算 25 个工作日"),
        (clock(MINIMUM, 5, 3), "还差 5 天满 30 天"),
        (clock(MINIMUM, 5, 3, extensions=(Extension(START, 10, "延长"),)), "还差 5 天满 40 天"),
        (clock(rule(bound="min"), 5, 3, estimated=True), "还差约 3 个工作日满 20 个工作日"),
        (clock(MINIMUM, 0), "已满，可以截止"),
        (clock(MINIMUM, -9, -6, overdue=False), "已满，可以截止"),
        (clock(rule(bound="min", direction="before"), -2, -1), "逾期 2 天"),
        (clock(rule(), closed_on=date(2026, 11, 20), state="closed", late=False), "已了结 11-20"),
        (clock(rule(), closed_on=date(2026, 12, 1), state="closed", late=True), "已了结 12-01，超过期限"),
        (clock(MINIMUM, closed_on=date(2026, 11, 20), state="closed", late=True), "已了结 11-20，不足期限"),
    ],
)
def test_the_countdown_of_a_clock(of: ClockRow, words: str) -> None:
    assert clock_countdown(of) == words


@pytest.mark.parametrize(
    ("of", "due", "estimated", "words"),
    [
        (rule(), date(2026, 12, 10), False, "到期 2026-12-10 星期四，20 个工作日"),
        (rule(), date(2027, 1, 8), True, "到期 2027-01-08 星期五，20 个工作日（约）"),
        (rule(), date(2026, 11, 19), False, "到期 2026-11-19 星期四，20 个工作日，已经过了"),
        (rule(), date(2026, 11, 20), False, "到期 2026-11-20 星期五，20 个工作日"),
        (rule(direction="before", days=3), date(2026, 12, 10), False, "最迟 2026-12-10 星期四，提前 3 个工作日"),
        (MINIMUM, date(2026, 12, 2), False, "满 30 天是 2026-12-02 星期三，那天起才可以截止"),
        (MINIMUM, date(2026, 11, 20), False, "满 30 天是 2026-11-20 星期五，已满"),
    ],
)
def test_the_due_day_before_the_clock_is_started(of: ClockRuleRow, due: date, estimated: bool, words: str) -> None:
    assert due_preview(of, due, estimated=estimated, today=date(2026, 11, 20)) == words


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (rule(source="statute", article="第三十三条"), "《政府信息公开条例》第三十三条"),
        (rule(source="statute", article="33"), "《政府信息公开条例》第 33 条"),
        (rule(task="13"), "通知第 13 项"),
        (rule(), "通知"),
        (rule(source="office"), "办理人自定"),
    ],
)
def test_the_source_of_a_rule(of: ClockRuleRow, words: str) -> None:
    assert source_words(of) == words


def test_what_may_be_added_stands_behind_the_rule() -> None:
    assert rule_words(rule(may_extend=20)) == "收到申请：20个工作日内答复，经同意最多再延长 20 个工作日"
    assert rule_words(rule()) == "收到申请：20个工作日内答复"


def test_a_paused_clock_has_no_due_day_and_an_estimated_one_says_so() -> None:
    assert "暂停期间不计" in clock_due_words(clock(rule(), due=None, state="paused"))
    assert "约" in clock_due_words(clock(rule(), 3, 3, estimated=True))
    assert clock_due_words(clock(rule(), 3, 3)) == "2026-11-30 星期一"
    assert "最早可以截止" in clock_due_words(clock(MINIMUM, 3, 3))


def test_a_pause_for_a_correction_says_what_is_counted_afterwards_and_nothing_that_is_left() -> None:
    assert clock_due_words(ANEW) == "收到补正后重新起算 20 个工作日，那时再定"
    ended = replace(ANEW, pauses=(Pause(START, START, True, "补正"), Pause(START, None, False, "征求意见")))
    assert clock_countdown(ended) == "已暂停，剩 12 个工作日"


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (clock(rule(), 3, 3), "剩 3 天 · 3 个工作日"),
        (clock(rule(), 3, 3, stages=(StageDay("handling", START),)), "办理，剩 3 天 · 3 个工作日"),
        (replace(ANEW, stages=(StageDay("registered", START),)), "申请登记，已暂停，收到补正后重新起算 20 个工作日"),
        (
            clock(rule(), stages=(StageDay("answered", START),), closed_on=date(2026, 12, 4), state="closed"),
            "答复，已了结 12-04",
        ),
    ],
)
def test_the_state_says_everything_once(of: ClockRow, words: str) -> None:
    assert clock_state_words(of) == words


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (clock(rule(may_extend=20), 3, 3), ""),
        (clock(rule(may_extend=20), 3, 3, extensions=(Extension(START, 19, "同意"),)), ""),
        (
            clock(rule(may_extend=20), 3, 3, extensions=(Extension(START, 5, "同意"), Extension(START, 15, "同意"))),
            "最多延长 20 个工作日，已经延长 20 个工作日，不能再延长了。",
        ),
        (clock(rule(), 3, 3, extensions=(Extension(START, 90, "同意"),)), ""),
        (
            clock(rule(source="statute", article="第三十二条"), 3, 3),
            "《政府信息公开条例》第三十二条没有说这一期限可以延长；中间有不计的日子，按 F5 暂停。",
        ),
    ],
)
def test_why_nothing_can_be_added_to_a_limit(of: ClockRow, words: str) -> None:
    assert why_not_extended(of) == words


@pytest.mark.parametrize(
    ("day", "year", "words"),
    [
        (date(2026, 1, 1), 2026, ""),
        (date(2026, 12, 31), 2026, ""),
        (date(2025, 12, 31), 2026, "不在 2026 年内，不计入本年指标"),
        (date(2027, 1, 1), 2026, "不在 2026 年内，不计入本年指标"),
        (date(2025, 12, 31), None, ""),
    ],
)
def test_a_day_of_another_year_does_not_count(day: date, year: int | None, words: str) -> None:
    assert outside_words(day, year) == words


def test_a_pause_says_what_comes_after_it() -> None:
    assert pause_words(Pause(START, None, True, "补正")) == "2026-11-02 起暂停（继续后重新起算），还没有继续：补正"
    ended = Pause(START, date(2026, 11, 9), False, "征求意见")
    assert pause_words(ended) == "2026-11-02 起暂停（期间不计入），2026-11-09 继续：征求意见"


def test_the_stage_is_the_last_one_reached() -> None:
    assert stage_words(clock(rule(), 3, 3)) == ""
    reached = (StageDay("registered", START), StageDay("handling", START))
    assert stage_words(clock(rule(), 3, 3, stages=reached)) == "办理"


@pytest.mark.parametrize(
    ("values", "countdown", "due"),
    [
        ({"countdown": Countdown(16, 11, False, False)}, "剩 16 天 · 11 个工作日", "2026-12-06 星期日"),
        ({"countdown": Countdown(-3, -1, False, True)}, "逾期 3 天", "2026-12-06 星期日"),
        ({"handed_in_on": date(2026, 12, 5)}, "已报送 12-05", "2026-12-06 星期日"),
        (
            {"due": None, "shift": Shift(2020, False, True, False)},
            "这一年没有这一天",
            "通知写的这一天今年没有（由 2020 年的通知换算）",
        ),
    ],
)
def test_a_report_and_its_day(values: dict[str, Any], countdown: str, due: str) -> None:
    plain: dict[str, Any] = {
        "what": "总结",
        "to": "办公室",
        "due": date(2026, 12, 6),
        "attachments": (),
        "quote": "原文",
    }
    report = ReportRow(**{**plain, **values})
    assert (report_countdown(report), report_due(report)) == (countdown, due)
