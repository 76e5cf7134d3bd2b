"""Countdown, role, deadline and status in the clerk's words."""

from datetime import date

import pytest

from db.rules.rows import Adjusted, ClockRuleRow, Countdown, QuotaRow
from tests.tui.office import a_deadline, an_entry, days_left
from tui.wording import (
    clock_words,
    countdown_brief,
    countdown_note,
    countdown_words,
    deadline_brief,
    deadline_words,
    quota_words,
    reach_words,
    recurrence_words,
    role_words,
    status_words,
)


@pytest.mark.parametrize(
    ("countdown", "words"),
    [
        (days_left(12, 8), "剩 12 天 · 8 个工作日"),
        (days_left(1, 0), "剩 1 天 · 0 个工作日"),
        (days_left(45, 31, estimated=True), "剩 45 天 · 约 31 个工作日"),
        (days_left(0, 0), "今天到期"),
        (days_left(0, 0, estimated=True), "今天到期"),
        (days_left(-1, -1), "逾期 1 天"),
        (days_left(-400, -270, estimated=True), "逾期 400 天"),
    ],
)
def test_a_countdown_in_words(countdown: Countdown, words: str) -> None:
    entry = an_entry(deadline=a_deadline("12月3日", "on_day", date(2026, 12, 3)), countdown=countdown)
    assert countdown_words(entry) == words
    assert countdown_brief(entry) == words.split(" · ")[0]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"deadline": a_deadline("全年", "standing")}, "全年"),
        ({"deadline": a_deadline("每年至少1次", "recurring")}, "周期"),
        ({"deadline": a_deadline()}, "无时限"),
        ({"status": "done", "done_on": date(2026, 10, 28)}, "已办结 10-28"),
        ({"status": "not_applicable"}, "不适用"),
        ({"applicability": "not_ours"}, "非本单位"),
        ({"applicability": "not_ours", "status": "done", "done_on": date(2026, 1, 2)}, "非本单位"),
    ],
)
def test_an_entry_without_a_countdown_says_why(values: dict[str, object], words: str) -> None:
    assert countdown_words(an_entry(**values)) == words


def test_an_estimate_says_what_it_stands_on() -> None:
    assert "周一至周五" in countdown_note(an_entry(countdown=days_left(45, 31, estimated=True)))
    assert countdown_note(an_entry(countdown=days_left(45, 31))) == countdown_note(an_entry()) == ""


@pytest.mark.parametrize(
    ("role", "applicability", "words"),
    [
        ("lead", "ours", "牵头"),
        ("responsible", "ours", "责任"),
        ("support", "ours", "配合"),
        ("support", "possible", "配合？"),
        (None, "ours", ""),
    ],
)
def test_a_role_that_waits_for_the_clerk_is_in_question(role: str | None, applicability: str, words: str) -> None:
    assert role_words(an_entry(role=role, applicability=applicability)) == words


@pytest.mark.parametrize(
    ("status", "applicability", "words"),
    [
        ("not_started", "ours", "未开始"),
        ("not_started", "possible", "待确认"),
        ("in_progress", "possible", "推进中"),
        ("done", "possible", "已办结"),
        ("not_applicable", "ours", "不适用"),
        ("in_progress", "not_ours", "非本单位"),
    ],
)
def test_a_status_in_words(status: str, applicability: str, words: str) -> None:
    assert status_words(an_entry(status=status, applicability=applicability)) == words


ADJUSTED = Adjusted(date(2026, 3, 1), "局长要求")
NEXT_YEAR = Adjusted(date(2027, 3, 1), "延期")


@pytest.mark.parametrize(
    ("own", "deadline", "words", "brief"),
    [
        (False, a_deadline("12月3日前", "on_day", date(2026, 12, 3)), "12月3日前", "12月3日前"),
        (False, a_deadline(), "无时限", "无时限"),
        (
            False,
            a_deadline("12月3日前", "on_day", date(2026, 12, 3), adjusted=ADJUSTED),
            "12月3日前；调整为 2026-03-01（办理人调整）",
            "调整 03-01",
        ),
        (
            False,
            a_deadline("全年", "standing", adjusted=NEXT_YEAR),
            "全年；调整为 2027-03-01（办理人调整）",
            "调整 2027-03-01",
        ),
        (True, a_deadline(), "无时限（办理人自增）", "自增"),
        (True, a_deadline(None, "on_day", date(2026, 3, 5)), "2026-03-05（办理人自增）", "自增 03-05"),
        (
            True,
            a_deadline(None, "on_day", date(2026, 3, 5), adjusted=ADJUSTED),
            "2026-03-05（办理人自增）；调整为 2026-03-01（办理人调整）",
            "调整 03-01",
        ),
    ],
)
def test_what_is_the_clerks_is_marked_beside_what_is_the_notices(
    own: bool, deadline: object, words: str, brief: str
) -> None:
    entry = an_entry(own=own, deadline=deadline)
    assert deadline_words(entry) == words
    assert deadline_brief(entry, 2026) == brief


@pytest.mark.parametrize(
    ("through", "reached_by", "decided", "applicability", "words"),
    [
        ("name", "法规科", False, "ours", "点名「法规科」：点名本单位"),
        ("group", "各科室", False, "ours", "统称「各科室」：统称包含本单位"),
        ("related", "相关科室", True, "not_ours", "办理人已定为非本单位"),
        ("inherited", "办公室", False, "possible", "空白"),
        (None, None, False, "ours", "全局台账"),
    ],
)
def test_how_a_task_reaches_the_unit_is_said(
    through: str | None, reached_by: str | None, decided: bool, applicability: str, words: str
) -> None:
    entry = an_entry(through=through, reached_by=reached_by, decided=decided, applicability=applicability)
    assert words in reach_words(entry)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY", "每月"),
        ("FREQ=MONTHLY;INTERVAL=3", "每季度"),
        ("FREQ=YEARLY", "每年"),
        ("FREQ=WEEKLY;BYDAY=MO", "每周"),
        ("FREQ=MONTHLY;INTERVAL=5", "FREQ=MONTHLY;INTERVAL=5"),
        ("", ""),
    ],
)
def test_a_recurrence_in_words_or_as_it_is(rule: str, words: str) -> None:
    assert recurrence_words(rule) == words


@pytest.mark.parametrize(
    ("tally", "met", "words"),
    [
        (None, None, "每季度不少于 2 条（2026-01-01 至 2026-03-31）"),
        (1, False, "每季度不少于 2 条（2026-01-01 至 2026-03-31）：已完成 1，未达到"),
        (2, True, "每季度不少于 2 条（2026-01-01 至 2026-03-31）：已完成 2，达到"),
    ],
)
def test_a_quota_in_words(tally: int | None, met: bool | None, words: str) -> None:
    quota = QuotaRow(2, "条", "quarter", tally, date(2026, 1, 1), date(2026, 3, 31), met, (), "每季度不少于2条")
    assert quota_words(quota) == words


@pytest.mark.parametrize(
    ("days", "day_kind", "direction", "bound", "words"),
    [
        (5, "workday", "after", "max", "收到建议：5个工作日内首次回复"),
        (3, "workday", "before", "max", "收到建议：提前3个工作日首次回复"),
        (30, "calendar", "after", "min", "收到建议：不少于30天（首次回复）"),
    ],
)
def test_a_clock_rule_in_words(days: int, day_kind: str, direction: str, bound: str, words: str) -> None:
    rule = ClockRuleRow(days, day_kind, direction, bound, "收到建议", "首次回复", "…", None)
    assert clock_words(rule) == words
