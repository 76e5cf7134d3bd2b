"""What was counted for one entry is said once: the quota, its counts and its period in one sentence."""

from dataclasses import replace
from datetime import date

import pytest

from db.export.work_summary import lines
from db.rules.rows import CountRow, OccurrenceRow, QuotaRow
from tests.db.export.conftest import ENTRY, SHEET
from tests.db.export.worked import MONTHLY, MONTHS, YEAR

ONCE = QuotaRow(1, "次", "year", 1, *YEAR, True, (), "每年至少更新一次")
COUNT = CountRow(1, 1, None, date(2026, 11, 10), 1, "更新数据集")
MET = OccurrenceRow(*YEAR, "met")
WHOLE = "全年应不少于1次，实际1次（11月10日，更新数据集），达到要求。"


def told(
    quotas: tuple[QuotaRow, ...], counts: tuple[CountRow, ...], occurrences: tuple[OccurrenceRow, ...]
) -> list[str]:
    entry = replace(ENTRY, quotas=quotas, occurrences=occurrences, status="in_progress")
    made = [line.text for line in lines(replace(SHEET, entries=(entry,), counts=counts, unit_quotas=(), reports=()))]
    begin = made.index("主动公开规划纲要、专项规划、政策解读等相关信息（序号1，推进中）") + 1
    return made[begin : next(at for at, text in enumerate(made) if text.startswith("三、"))]


@pytest.mark.parametrize(
    ("counts", "occurrence", "sentence"),
    [
        ((COUNT,), MET, WHOLE),
        ((COUNT,), replace(MET, state="done", done_on=date(2026, 11, 10), what_was_done="编号 1"), f"{WHOLE}编号 1。"),
        (
            (COUNT,),
            replace(MET, state="done", done_on=date(2026, 11, 12), what_was_done="编号 1"),
            f"{WHOLE}11月12日，编号 1。",
        ),
        ((replace(COUNT, what=None),), MET, "全年应不少于1次，实际1次（11月10日），达到要求。"),
        # Counts that are not all that the figure is made of stand by themselves.
        (
            (COUNT, replace(COUNT, id=2, what=None)),
            MET,
            "全年应不少于1次，实际1次，达到要求。累计2次：11月10日1次（更新数据集）；11月10日1次。",
        ),
    ],
)
def test_a_quota_its_counts_and_its_period_are_one_sentence(
    counts: tuple[CountRow, ...], occurrence: OccurrenceRow, sentence: str
) -> None:
    assert told((ONCE,), counts, (occurrence,)) == [sentence]


def test_a_quota_that_counts_publications_is_not_explained_by_counts() -> None:
    met = replace(ONCE, counter="条")
    assert told((met,), (COUNT,), ()) == ["全年应不少于1条，实际1条，达到要求。累计1次：11月10日1次（更新数据集）。"]


def test_months_of_which_the_same_is_said_stand_together_and_only_when_they_follow_each_other() -> None:
    ends = (date(2026, 1, 31), date(2026, 8, 31), date(2026, 9, 30))
    short = [replace(MONTHLY, tally=0, period_start=end.replace(day=1), period_end=end) for end in ends]
    october = OccurrenceRow(*MONTHS[0], "done", date(2026, 11, 11), "已在专栏更新")
    assert told((*short, replace(MONTHLY, tally=2, met=True)), (), (october,)) == [
        "每月应不少于2条：1月0条，缺2条，未达到要求；8月至9月各0条，缺2条，未达到要求；10月2条，达到要求。"
        "10月（11月11日办理）：已在专栏更新。"
    ]
