"""What is missing, in words."""

from datetime import date
from typing import Any

import pytest

from db.rules.completeness import GAP_KINDS, Gap
from db.rules.rows import Countdown, EntryRow, NoteRow, OccurrenceRow, PublicationRow, QuotaRow, ReportRow
from db.rules.rows_timed import Shift
from tests.tui.desks import TODAY
from tests.tui.office import a_deadline, an_entry
from tui.wording_gaps import (
    COMPLETE,
    HOW_TO_MEND,
    READY,
    gap_words,
    group_words,
    how_many_words,
    lacking_words,
    short_words,
    state_words,
)

LATE = Countdown(-3, -2, False, True)
MISSED = tuple(
    OccurrenceRow(date(2026, month, 1), date(2026, month, end), "missed") for month, end in ((1, 31), (2, 28))
)
REPORT = ReportRow("工作总结", "办公室", date(2026, 12, 6), (), "报", countdown=Countdown(14, 10, False, False))
PUBLICATION = PublicationRow(1, 3, TODAY, "某某解读", "公众号", None, "图解")
DONE: dict[str, Any] = {"status": "done", "done_on": date(2026, 10, 28)}


def quota(month: int, tally: int, **values: Any) -> QuotaRow:
    plain = {"target": 2, "counter": "条", "period": "month", "items": (), "quote": "每月2条"}
    start, end = date(2026, month, 1), date(2026, month, 28)
    return QuotaRow(tally=tally, period_start=start, period_end=end, met=False, **{**plain, **values})


@pytest.mark.parametrize(
    ("gap", "left", "right"),
    [
        (Gap("possible", "公开", 3, "3"), "第 3 项  公开", ""),
        (Gap("overdue", "公开", 3, "3", LATE), "第 3 项  公开", "逾期 3 天"),
        (Gap("not_done", "办", 3, "自1"), "自1  办", "逾期 3 天"),
        (Gap("date_waits", "公开", 3, "3"), "第 3 项  公开", "换算为 2026-11-22"),
        (Gap("missed_period", "公开", 3, "3", missed=MISSED), "第 3 项  公开", "1月—2月 2 期未办"),
        (
            Gap("quota_short", "公开", 3, "3", quotas=(quota(11, 1),)),
            "第 3 项  每月不少于 2 条：公开",
            "11月缺 1 条",
        ),
        (
            Gap("unit_quota", "每月2条", quotas=(quota(10, 0), quota(11, 1))),
            "本单位  每月不少于 2 条：每月2条",
            "2 期共缺 3 条",
        ),
        (
            Gap("publication_bare", "某某解读", 3, "3", publication=PUBLICATION),
            "2026-11-22  第 3 项  某某解读",
            "公众号",
        ),
        (Gap("publication_bare", "某某解读", publication=PUBLICATION), "2026-11-22  本单位  某某解读", "公众号"),
        (Gap("report", "工作总结", report=REPORT), "报送  工作总结", "剩 14 天 · 10 个工作日"),
        (
            Gap("report", "总结", report=ReportRow("总结", "办公室", None, (), "报")),
            "报送  总结",
            "这一年没有这一天",
        ),
    ],
)
def test_a_line_says_what_is_missing_and_how_much(gap: Gap, left: str, right: str) -> None:
    shift = Shift(2021, True, False, False)
    entry = an_entry(3, countdown=LATE, deadline=a_deadline("底前", "on_day", TODAY, shift=shift))
    assert (gap_words(gap), state_words(gap, entry)) == (left, right)


def test_a_date_that_the_year_has_not_and_a_settled_entry_say_so() -> None:
    missing = an_entry(3, deadline=a_deadline("2月29日", "on_day", None))
    assert state_words(Gap("date_waits", "公开", 3, "3"), missing) == "这一年没有这一天"
    assert state_words(Gap("no_note", "公开", 3, "3"), an_entry(3, **DONE)) == "已办结 10-28"
    assert state_words(Gap("no_note", "公开", 3, "3"), None) == ""


def test_a_rate_lacks_publications_and_not_percent() -> None:
    rate = quota(1, 50, target=60, counter="%", period="year", part=1, whole=2)
    assert short_words((rate,)).endswith("缺 1 条")
    assert short_words((rate, rate)) == "2 期共缺 2 条"


def test_every_kind_is_named_and_says_how_it_is_mended() -> None:
    kinds = [kind for kind, _ in GAP_KINDS]
    assert set(HOW_TO_MEND) == set(kinds)
    assert len({name for _, name in GAP_KINDS}) == len(kinds)
    found = [Gap(kind, "公开") for kind in reversed(kinds)]
    assert [name for name, _ in group_words(found)] == [f"{name}（1）" for _, name in GAP_KINDS]


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([], READY),
        (["report", "report"], READY),
        (["clock"], "1 处待补"),
        (["possible", "no_note", "report"], "2 处待补"),
    ],
)
def test_the_handing_in_itself_does_not_stand_in_its_own_way(kinds: list[Any], words: str) -> None:
    assert how_many_words([Gap(kind, "公开") for kind in kinds]) == words


NOTED = NoteRow(1, "2026-11-01T09:00:00+08:00", None, "已办")


@pytest.mark.parametrize(
    ("entries", "what_was_done", "words"),
    [
        ([an_entry(1)], None, "还缺：没有记事、没有佐证材料"),
        ([an_entry(1)], "已公开", "还缺：没有佐证材料"),
        ([an_entry(1, notes=(NOTED,))], None, "还缺：没有佐证材料"),
        ([an_entry(1, evidence=1)], None, "还缺：没有记事"),
        ([an_entry(1, evidence=1)], "已公开", COMPLETE),
        # What is typed replaces what stood there.
        ([an_entry(1, **DONE, what_was_done="旧的", evidence=1)], None, "还缺：没有记事"),
        (
            [an_entry(1, applicability="possible", quotas=(quota(10, 0), quota(11, 1)), occurrences=MISSED)],
            "已公开",
            "还缺：没有佐证材料、数量不足（每月不少于 2 条，2 期共缺 3 条）、1月—2月 2 期未办、"
            "没有确认是否由本单位办理",
        ),
        ([an_entry(1), an_entry(2, evidence=1)], None, "还缺：2 项没有记事、1 项没有佐证材料"),
        ([an_entry(1, evidence=1), an_entry(2, evidence=1)], "已公开", COMPLETE),
        (
            [an_entry(1, evidence=1, quotas=(quota(10, 0), quota(10, 0, target=5))), an_entry(2, evidence=1)],
            "已公开",
            "还缺：1 项数量不足",
        ),
    ],
)
def test_settling_says_what_will_be_missing(entries: list[EntryRow], what_was_done: str | None, words: str) -> None:
    assert lacking_words(entries, what_was_done, TODAY) == words
