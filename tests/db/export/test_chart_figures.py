"""What is drawn: the figures by 工作任务, by month and by quota."""

from dataclasses import replace
from datetime import date

import pytest

from db.export.chart_figures import MOST_ROWS, Figures, figures
from db.export.counted_tables import QUOTA_TABLE
from db.export.parts import parts
from db.rules.rows import EntryRow, LedgerSheet, Summary
from tests.db.export.conftest import BY_NOTICE, ENTRIES, ENTRY, LEDGER, NO_DEADLINE, SHEET
from tests.db.export.worked import COUNTED, MONTHLY, WORKED


def drawn(sheet: LedgerSheet) -> dict[str, Figures]:
    table = next((part for part in parts(sheet) if part.name == QUOTA_TABLE), None)
    return {made.title: made for made in figures(sheet, table)}


def due(day: date) -> EntryRow:
    return replace(ENTRY, deadline=replace(BY_NOTICE, due=day))


def test_a_section_is_done_and_not_done_and_what_does_not_apply_is_neither() -> None:
    made = drawn(WORKED)["各工作任务办结情况"]
    assert made.series == ("已办结", "未办结")
    assert made.rows == (
        ("一、做好各类规划主动公开。", (1, 1)),
        ("二、推进行政执法信息公开。", (0, 1)),
        ("自增事项", (0, 1)),
    )
    assert sum(sum(numbers) for _, numbers in made.rows) == WORKED.summary.total


def test_every_month_stands_there_with_what_fell_due_and_what_was_done() -> None:
    made = drawn(WORKED)["各月到期和办结"]
    assert made.series == ("到期", "办结")
    assert [label for label, _ in made.rows] == [*(f"{month}月" for month in range(1, 13)), "2026年后"]
    found = {label: numbers for label, numbers in made.rows if any(numbers)}
    # The adjusted date counts, not the notice's.
    assert found == {"3月": (0, 1), "11月": (1, 0), "12月": (1, 0), "2026年后": (1, 0)}
    assert made.remark == "应办 4 项，其中 1 项没有到期日（全年、周期等），不在“到期”内。"


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2025, 12, 31), "2026年前"),
        (date(2026, 1, 1), "1月"),
        (date(2026, 12, 31), "12月"),
        (date(2027, 1, 1), "2026年后"),
    ],
)
def test_a_day_is_counted_in_its_month_or_beside_the_year(day: date, label: str) -> None:
    made = drawn(replace(SHEET, entries=(due(day),)))["各月到期和办结"]
    assert [name for name, numbers in made.rows if numbers == (1, 0)] == [label]
    assert made.remark == ""
    assert len(made.rows) == (12 if label.endswith("月") else 13)


def test_a_quota_is_counted_by_its_periods_and_items_that_are_judged() -> None:
    made = drawn(WORKED)["量化指标完成情况（期或项）"]
    assert made.series == ("达到", "未达到", "未到期")
    assert made.rows == (
        ("各责任单位 每季度 2 条", (0, 1, 0)),
        ("序号 3 每月 2 条", (1, 1, 1)),
        ("序号 3 每项 1 次", (1, 0, 1)),
        ("序号 3 每年 60%", (0, 0, 1)),
    )


def test_two_quotas_of_the_same_words_stay_two() -> None:
    quotas = (MONTHLY, replace(MONTHLY, quote="另一句"))
    made = drawn(replace(SHEET, entries=(replace(ENTRY, quotas=quotas),), unit_quotas=()))
    assert made["量化指标完成情况（期或项）"].rows == (("序号 1 每月 2 条", (0, 1, 0)),) * 2


def test_what_is_not_judged_is_not_drawn() -> None:
    closed = replace(ENTRY, status="not_applicable", quotas=COUNTED[:1])
    assert drawn(replace(SHEET, entries=(closed,), unit_quotas=())) == {}
    bureau = replace(WORKED, entries=(ENTRY,), ledger=replace(LEDGER, unit="全局"))
    assert "量化指标完成情况（期或项）" not in drawn(bureau)


def test_where_there_is_nothing_to_draw_nothing_stands() -> None:
    empty = replace(SHEET, entries=(), unit_quotas=(), summary=Summary(0, 0, 0, 0, 0, None))
    assert drawn(empty) == {}
    undated = replace(SHEET, entries=(replace(ENTRY, deadline=NO_DEADLINE),), unit_quotas=())
    assert list(drawn(undated)) == ["各工作任务办结情况"]


@pytest.mark.parametrize(("sections", "rows"), [(MOST_ROWS, MOST_ROWS), (MOST_ROWS + 1, MOST_ROWS), (500, MOST_ROWS)])
def test_what_is_too_many_to_draw_is_put_together_and_left_out_of_no_sum(sections: int, rows: int) -> None:
    entries = tuple(replace(ENTRIES[at % 2], section=f"第{at}部分") for at in range(sections))
    made = drawn(replace(SHEET, entries=entries))["各工作任务办结情况"]
    assert len(made.rows) == rows
    assert sum(sum(numbers) for _, numbers in made.rows) == sections
    if sections > MOST_ROWS:
        assert made.rows[-1][0] == f"其余 {sections - MOST_ROWS + 1} 行合计"


def test_an_unseen_character_of_a_section_is_marked() -> None:
    made = drawn(replace(SHEET, entries=(replace(ENTRY, section="a\u202eb"),)))["各工作任务办结情况"]
    assert made.rows[0][0] == "a⟨U+202E⟩b"
