"""The further tables: what was published, counted, timed and handed in."""

from dataclasses import replace
from datetime import date

import pytest

from db.export.counted_words import cycle_words, outcome, progress
from db.export.part import Part
from db.export.parts import parts
from db.export.summary import Cell, blocks, shift_line
from db.export.timed_words import clock_countdown, judged, pause_words, source_words
from db.rules.rows import ClockRow, Countdown, LedgerSheet, OccurrenceRow, QuotaRow
from tests.db.export.conftest import ENTRY, LEDGER, SHEET, TODAY
from tests.db.export.worked import (
    CLOSED,
    COUNTED,
    FULL,
    ITEMS,
    MONTHLY,
    NO_ITEMS,
    NO_RATE,
    OCCURRENCES,
    PAUSED,
    RATE,
    RULE,
    RUNNING,
    WORKED,
)


def part(name: str, sheet: LedgerSheet = WORKED) -> Part:
    return next(part for part in parts(sheet) if part.name == name)


def column(name: str, title: str, sheet: LedgerSheet = WORKED) -> list[Cell]:
    found = part(name, sheet)
    return [row[found.header.index(title)] for row in found.rows]


def of_quota(quota: QuotaRow, today: date = TODAY) -> list[tuple[Cell, ...]]:
    sheet = replace(SHEET, today=today, unit_quotas=(quota,), entries=())
    return [row[2:9] for row in part("量化指标", sheet).rows]


def totals(sheet: LedgerSheet) -> dict[Cell, Cell]:
    return {row[0]: row[1] for row in blocks(sheet)[0].rows}


def test_publications_stand_by_day_with_the_number_of_their_entry() -> None:
    assert part("公开记录").rows == (
        ("2026-03-09", "1", "001 号公告", "网站", "文字", "https://a.example/001"),
        ("2026-04-02", "本单位", "年度报告", "报纸", "其他", ""),
        ("2026-05-02", "1", "图解规划", "公众号", "图解", ""),
        ("2026-06-02", "（非本单位事项）", "后来标为非本单位的", "网站", "文字", ""),
    )


@pytest.mark.parametrize(
    ("quota", "today", "rows"),
    [
        (MONTHLY, date(2026, 10, 31), [("2026-10", "2026-10-01", "2026-10-31", "2 条", 1, 1, "未到期")]),
        (MONTHLY, date(2026, 11, 1), [("2026-10", "2026-10-01", "2026-10-31", "2 条", 1, 1, "未达到")]),
        (replace(MONTHLY, tally=0), TODAY, [("2026-10", "2026-10-01", "2026-10-31", "2 条", 0, 2, "未达到")]),
        (replace(MONTHLY, tally=3, met=True), TODAY, [("2026-10", "2026-10-01", "2026-10-31", "2 条", 3, 0, "达到")]),
        (
            replace(MONTHLY, period="quarter", period_end=date(2026, 12, 31)),
            TODAY,
            [("2026 年第 4 季度", "2026-10-01", "2026-12-31", "2 条", 1, 1, "未到期")],
        ),
        (RATE, TODAY, [("2026 年", "2026-01-01", "2026-12-31", "60%", "5/10（50%）", 3, "未到期")]),
        (NO_RATE, TODAY, [("2026 年", "2026-01-01", "2026-12-31", "60%", "—", "—", "未到期")]),
        (NO_RATE, date(2027, 1, 1), [("2026 年", "2026-01-01", "2026-12-31", "60%", "—", "—", "无可计")]),
        (
            ITEMS,
            date(2027, 1, 1),
            [
                ("甲决定（2026-05-06）", "2026-01-01", "2026-12-31", "1 次", 2, 0, "达到"),
                ("乙决定", "2026-01-01", "2026-12-31", "1 次", 0, 1, "未达到"),
            ],
        ),
        (NO_ITEMS, TODAY, [("逐项", "2026-01-01", "2026-12-31", "1 次", "—", "—", "未到期")]),
    ],
)
def test_a_quota_has_a_line_for_each_period_or_item(quota: QuotaRow, today: date, rows: list[tuple[Cell, ...]]) -> None:
    assert of_quota(quota, today) == rows


def test_a_quota_says_whose_it_is_and_the_sentence_that_sets_it() -> None:
    rows = part("量化指标").rows
    assert [row[:2] for row in rows] == [
        ("各责任单位", "每季度 2 条"),
        *[("序号 3", "每月 2 条")] * 3,
        *[("序号 3", "每项 1 次")] * 2,
        ("序号 3", "每年 60%"),
    ]
    assert [row[-1] for row in rows] == [
        *["每月不少于2条"] * 4,
        *["每项决策不少于1次"] * 2,
        "不得低于60%",
    ]


@pytest.mark.parametrize("today", [date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1)])
def test_the_units_quota_is_not_judged_over_the_whole_bureau(today: date) -> None:
    quotas = tuple(
        QuotaRow(2, "条", "quarter", None, date(2026, month, 1), date(2026, month + 2, 28), None, (), "每季度不少于2条")
        for month in (1, 4)
    )
    sheet = replace(SHEET, today=today, unit_quotas=quotas, entries=(), ledger=replace(LEDGER, unit="全局"))
    assert column("量化指标", "情况", sheet) == ["逐单位计"] * 2
    assert (column("量化指标", "已完成", sheet), column("量化指标", "缺", sheet)) == (["—"] * 2, ["—"] * 2)
    assert "数量指标达到（期，已到期或已达到的）" not in totals(sheet)


def test_plain_counts_stand_below_the_quotas_by_day() -> None:
    (block,) = part("量化指标").below
    assert block.title == "次数记录"
    assert block.rows == (
        ("1", "", "2026-02-03", 1, ""),
        ("3", "甲决定", "2026-05-20", 2, "邀请代表列席"),
    )


@pytest.mark.parametrize(
    ("met", "end", "said"),
    [
        (True, date(2026, 12, 31), "达到"),
        (True, date(2026, 1, 31), "达到"),
        (False, TODAY, "未到期"),
        (False, date(2026, 11, 21), "未达到"),
        (None, TODAY, "未到期"),
        (None, date(2026, 11, 21), "无可计"),
    ],
)
def test_a_period_is_judged_only_once_it_is_over(met: bool | None, end: date, said: str) -> None:
    assert outcome(met, end, TODAY) == said


def test_every_clock_stands_there_with_its_rule_its_source_and_what_happened() -> None:
    made = part("计时")
    running = dict(zip(made.header, made.rows[1], strict=True))
    assert running == {
        "事由": "张某的申请",
        "序号": "",
        "时限规则": "收到申请：20 个工作日内答复",
        "来源": "政府信息公开条例第三十三条",
        "起算日": "2026-11-02",
        "到期日": "2026-12-16",
        "状态": "计时中",
        "倒计时": "剩 24 天 · 18 个工作日",
        "是否按期": "",
        "了结日期": "",
        "结果": "",
        "暂停": "2026-11-04 至 2026-11-06：征求第三方意见",
        "延长": "2026-11-16 延长 10 个工作日：情况复杂",
        "申请登记进度": "申请登记 2026-11-02\n办理 2026-11-06",
        "依据原文": "20个工作日内答复",
    }
    closed = dict(zip(made.header, made.rows[0], strict=True))
    assert (closed["状态"], closed["是否按期"], closed["了结日期"], closed["结果"]) == (
        "已了结",
        "逾期",
        "2026-10-28",
        "已答复",
    )
    assert column("计时", "序号") == ["", "", "", "1"]
    assert column("计时", "到期日") == ["2026-09-29", "2026-12-16", "", "2026-11-19"]


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (RUNNING, "2026-12-16"),
        (replace(RUNNING, countdown=Countdown(-3, -2, True, True)), "2026-12-16（约）"),
        (
            replace(RUNNING, rule=replace(RULE, day_kind="calendar"), countdown=Countdown(0, 0, True, False)),
            "2026-12-16（约）",
        ),
        (replace(RUNNING, countdown=Countdown(-20, -13, True, True)), "2026-12-16"),  # only since the new year
        (replace(FULL, countdown=Countdown(40, 28, True, False)), "2026-11-19"),
        (PAUSED, ""),
    ],
)
def test_a_due_day_counted_through_an_unpublished_year_is_about_that_day(clock: ClockRow, said: str) -> None:
    assert column("计时", "到期日", replace(WORKED, clocks=(clock,))) == [said]


def test_columns_in_which_nobody_wrote_are_left_out() -> None:
    plain = replace(FULL, number=None)
    header = part("计时", replace(WORKED, clocks=(plain,))).header
    assert not {"序号", "了结日期", "结果", "暂停", "延长", "申请登记进度"} & set(header)
    assert header[0] == "事由"
    assert header[-1] == "依据原文"


@pytest.mark.parametrize(
    ("clock", "left", "judgement"),
    [
        (RUNNING, "剩 24 天 · 18 个工作日", ""),
        (replace(RUNNING, countdown=Countdown(40, 28, True, False)), "剩 40 天 · 约 28 个工作日", ""),
        (replace(RUNNING, countdown=Countdown(0, 0, False, False)), "今天到期", ""),
        (replace(RUNNING, countdown=Countdown(-3, -2, False, True)), "逾期 3 天", "逾期"),
        (PAUSED, "余 14 个工作日", ""),
        (CLOSED, "", "逾期"),
        (replace(CLOSED, late=False), "", "按期"),
        (replace(FULL, countdown=Countdown(8, 5, False, False)), "剩 8 天 · 5 个工作日", ""),
        (replace(FULL, countdown=Countdown(0, 0, False, False)), "今天期满", ""),
        (FULL, "已满 3 天", ""),
        (replace(FULL, countdown=None, state="closed", late=True, closed_on=TODAY), "", "不足"),
        (replace(FULL, countdown=None, state="closed", late=False, closed_on=TODAY), "", "按期"),
    ],
)
def test_a_clock_says_what_is_left_and_whether_it_kept_its_limit(clock: ClockRow, left: str, judgement: str) -> None:
    assert (clock_countdown(clock), judged(clock)) == (left, judgement)


def test_a_pause_that_lasts_and_one_that_begins_anew_say_so() -> None:
    assert pause_words(PAUSED.pauses[0]) == "2026-11-10 起（之后重新起算）：待补正"


@pytest.mark.parametrize(
    ("source", "article", "said"),
    [
        ("statute", "第三十三条", "政府信息公开条例第三十三条"),
        ("statute", "33", "政府信息公开条例第 33 条"),
        ("notice", None, "通知"),
        ("office", None, "办理人自定"),
    ],
)
def test_a_rule_names_its_source(source: str, article: str | None, said: str) -> None:
    assert source_words(replace(RULE, source=source, article=article)) == said  # type: ignore[arg-type]


def test_a_report_says_when_it_is_due_and_whether_it_was_handed_in() -> None:
    assert part("报送").rows == (
        (
            "工作总结",
            "办公室",
            "2026-12-06",
            "台账、图片资料",
            "已报，逾期 2 天",
            "2026-12-08",
            "已附图片",
            "通知",
            "12月6日前报办公室",
        ),
        (
            "年度报告",
            "主管部门",
            "2027-01-31",
            "",
            "未报，剩 70 天 · 约 50 个工作日",
            "",
            "",
            "政府信息公开条例",
            "条例第四十九条",
        ),
        (
            "半年小结",
            "办公室",
            "2026-07-01；按2026年换算（原文为2021年），待核对",
            "",
            "未报，逾期 144 天",
            "",
            "",
            "通知",
            "2021年7月1日前报",
        ),
        ("闰日报表", "办公室", "2026年没有这一天，待核对", "", "未报", "", "", "通知", "2月29日前报"),
    )


def test_a_report_handed_in_on_the_day_is_in_time() -> None:
    on_the_day = replace(SHEET.reports[0], handed_in_on=SHEET.reports[0].due)
    assert column("报送", "状态", replace(WORKED, reports=(on_the_day,))) == ["已报"]


def test_each_period_of_a_recurring_entry_has_its_line() -> None:
    assert [row[:7] for row in part("周期").rows] == [
        ("1", "每季度", "2026-01-01", "2026-03-31", "已办", "2026-03-09", "已更新目录。"),
        ("1", "每季度", "2026-04-01", "2026-06-30", "未办", "", ""),
        ("1", "每季度", "2026-07-01", "2026-09-30", "已达到", "", ""),
        ("1", "每季度", "2026-10-01", "2026-12-31", "本期", "", ""),
    ]
    assert set(column("周期", "具体要求")) == {ENTRY.requirement}


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), "每月"),
        (date(2026, 1, 1), date(2026, 3, 31), "每季度"),
        (date(2026, 1, 1), date(2026, 6, 30), "每半年"),
        (date(2026, 1, 1), date(2026, 12, 31), "每年"),
        (date(2026, 1, 1), date(2026, 1, 7), ""),
        (date(2026, 1, 1), date(2026, 2, 28), ""),
    ],
)
def test_the_length_of_the_first_period_names_the_cycle(start: date, end: date, said: str) -> None:
    assert cycle_words((OccurrenceRow(start, end, "current"),)) == said


def test_the_figures_count_what_was_published_met_timed_and_handed_in() -> None:
    found = totals(WORKED)
    assert found["公开记录（条）"] == 4
    # The third quarter and October are over and short, November is met; the other periods are not over.
    assert found["数量指标达到（期，已到期或已达到的）"] == "1/3"
    assert found["计时中（含已暂停）"] == 3
    assert found["已报送（项）"] == "1/4"
    bare = totals(replace(SHEET, entries=(ENTRY,), unit_quotas=(), reports=()))
    assert bare["公开记录（条）"] == 0
    assert not {"数量指标达到（期，已到期或已达到的）", "计时中（含已暂停）", "已报送（项）"} & bare.keys()


def test_the_quotas_of_an_entry_that_does_not_apply_are_not_judged() -> None:
    entry = replace(ENTRY, status="not_applicable", quotas=(MONTHLY,))
    assert "数量指标达到（期，已到期或已达到的）" not in totals(replace(SHEET, entries=(entry,), unit_quotas=()))


def test_of_an_entry_that_does_not_apply_nothing_is_missing_or_missed() -> None:
    entry = replace(
        ENTRY, status="not_applicable", reason="已撤销", quotas=(*COUNTED, NO_RATE), occurrences=OCCURRENCES
    )
    sheet = replace(WORKED, entries=(entry,), unit_quotas=(), today=date(2027, 1, 1))
    assert column("量化指标", "情况", sheet) == ["不适用", "达到", "不适用", "达到", "不适用", "不适用", "不适用"]
    assert column("量化指标", "缺", sheet) == ["—"] * 7
    assert column("周期", "情况", sheet) == ["已办", "不适用", "已达到", "不适用"]
    assert progress(entry, sheet.today) == ""
    assert progress(replace(entry, status="in_progress"), sheet.today) != ""


def test_a_plan_of_another_year_is_said_with_what_waits_for_the_clerk() -> None:
    assert shift_line(WORKED) == "年度换算：2021年通知，各项日期按2026年换算，其中 2 项待核对。"
    assert shift_line(replace(WORKED, reports=())) == "年度换算：2021年通知，各项日期按2026年换算。"
    assert shift_line(replace(WORKED, ledger=replace(LEDGER, year=2021))) == ""
