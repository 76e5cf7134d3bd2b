"""The sentences of the draft 工作总结 say the figures of the ledger: counted again from the .json of five ledgers."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from db.export import json_form
from db.export.work_summary import lines
from db.export.work_summary_notes import notes
from db.reads.sheet import sheet
from db.rules.rows import ReportRow
from tests.db.export.conftest import AT, ENTRY, SHEET
from tests.db.export.worked import MONTHLY
from tests.golden.make import planted_file, worked
from tests.golden.stories import STORIES

Json = dict[str, Any]
ON: Final = date(2026, 10, 31)
AROUND: Final = [(ON + timedelta(days=days), days) for days in (-1, 0, 1)]
"""The day before, the day itself, the day after."""


@dataclass(frozen=True)
class Told:
    """A ledger as .json and the draft's paragraphs."""

    ledger: Json
    said: list[str]

    @property
    def counted(self) -> list[Json]:
        return [entry for entry in self.ledger["entries"] if entry["status"] != "not_applicable"]

    @property
    def done(self) -> list[Json]:
        return [entry for entry in self.counted if entry["status"] == "done"]

    def everywhere(self, name: str) -> list[Json]:
        """All publications, or all evidence."""
        return [*self.ledger[name], *(one for entry in self.ledger["entries"] for one in entry[name])]

    def number(self, pattern: str) -> int:
        """The figure that a sentence says; 0 where none does."""
        found = [match for text in self.said if (match := re.search(pattern, text))]
        assert len(found) < 2
        return int(found[0][1]) if found else 0


@pytest.fixture(scope="module", params=STORIES, ids=lambda story: story.plan)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder, story = tmp_path_factory.mktemp("draft"), request.param
    file, ledger = worked(story, planted_file(folder), folder / "a.db")
    try:
        made = sheet(file, ledger, story.today)
    finally:
        file.close()
    return Told(json.loads(json_form.document(made, AT).payload), [line.text for line in (*lines(made), *notes(made))])


def has_work(entry: Json, timed: set[str]) -> bool:
    """Whether the ledger tells of anything done for it."""
    return bool(
        entry["status"] == "done"
        or entry["number"] in timed
        or any(entry[name] for name in ("what_was_done", "notes", "publications", "counts", "evidence"))
        or any(row["state"] in ("done", "met") for row in entry["occurrences"])
        or any(quota["tally"] or quota["items"] for quota in entry["quotas"])
    )


def test_without_work_are_those_of_which_the_ledger_tells_nothing(told: Told) -> None:
    numbers = [entry["number"] for entry in told.ledger["entries"]]
    assert len(set(numbers)) == len(numbers)
    timed = {clock["number"] for clock in told.ledger["clocks"]}
    said = [text for text in told.said if "没有办理记载的" in text]
    idle = [number for text in said for number in text.partition("序号")[2].removesuffix("。").split("、")]
    assert idle == [entry["number"] for entry in told.counted if not has_work(entry, timed)]


def test_every_clock_of_an_entry_is_told_below_it(told: Told) -> None:
    of_entries = Counter(clock["number"] for clock in told.ledger["clocks"] if clock["number"])
    headed = {
        match[1]: at for at, text in enumerate(told.said) if (match := re.search(r"（序号([^，）]+)(，\S+)?）$", text))
    }
    for number, often in of_entries.items():
        after = min(at for at in (*headed.values(), len(told.said)) if at > headed[number])
        below = told.said[headed[number] + 1 : after]
        assert sum(bool(re.search(r"起，|起的(政府信息公开申请|限时办理事项)", text)) for text in below) == often
    outcomes = [clock["outcome"] for clock in told.ledger["clocks"] if clock["outcome"]]
    assert all(any(f"结果：{outcome}" in text for text in told.said) for outcome in outcomes)


def test_the_overall_figures(told: Told) -> None:
    states = Counter(entry["status"] for entry in told.counted)
    open_days = [entry["countdown"]["days"] for entry in told.counted if entry["countdown"]]
    (text,) = [text for text in told.said if text.startswith("截至")]
    figures = [
        len(told.counted),
        states["done"],
        states["in_progress"],
        states["not_started"],
        sum(days < 0 for days in open_days),
        sum(entry["deadline"]["kind"] == "standing" for entry in told.counted),
    ]
    assert list(map(int, re.findall(r"(\d+)项", text))) == [figure for figure in figures if figure]
    assert told.number(r"自行增加的(\d+)项") == sum(entry["own"] for entry in told.counted)
    assert told.number(r"(\d+)项不适用，不计入") == len(told.ledger["entries"]) - len(told.counted)


def test_publications_and_evidence_are_counted_whole(told: Told) -> None:
    published, evidence = told.everywhere("publications"), told.everywhere("evidence")
    assert told.number(r"^共公开信息(\d+)条") == len(published)
    for key in ("channel", "form"):
        for name, often in Counter(row[key] for row in published).items():
            assert any(f"{name}{often}条" in text for text in told.said if text.startswith("共公开信息"))
    assert told.number(r"收存佐证材料(\d+)份") == len(evidence)
    assert told.number(r"收存佐证材料.*文件(\d+)个") == sum(row["sha256"] is not None for row in evidence)


PROBLEMS: Final[dict[str, Callable[[Told], int]]] = {
    r"逾期未办结(\d+)项：": lambda told: sum(
        bool(entry["countdown"] and entry["countdown"]["overdue"]) for entry in told.counted
    ),
    # One of which a quota falls short is told among the quotas.
    r"周期性任务漏办(\d+)期：": lambda told: sum(
        row["state"] == "missed"
        and not any(
            quota["met"] is False and quota["period_start"] == row["start"] and quota["period_end"] == row["end"]
            for quota in entry["quotas"]
        )
        for entry in told.counted
        for row in entry["occurrences"]
    ),
    r"没有佐证材料的(\d+)项：": lambda told: sum(not entry["evidence"] for entry in told.done),
    r"没有记事和工作做法的(\d+)项：": lambda told: sum(
        not entry["notes"] and not entry["what_was_done"] for entry in told.done
    ),
    r"尚待确认的(\d+)项：": lambda told: sum(entry["applicability"] == "possible" for entry in told.counted),
    r"数量未达到要求(\d+)期：": lambda told: sum(
        quota["met"] is False and quota["period_end"] < told.ledger["ledger"]["today"]
        for quota in [*told.ledger["unit_quotas"], *(quota for entry in told.counted for quota in entry["quotas"])]
    ),
    r"办理逾期或不足期限(\d+)项：": lambda told: sum(
        bool(clock["late"] or (clock["countdown"] and clock["countdown"]["overdue"])) for clock in told.ledger["clocks"]
    ),
    r"逾期报送(\d+)项：": lambda told: sum(
        (report["handed_in_on"] or told.ledger["ledger"]["today"]) > report["due"]
        for report in told.ledger["reports"]
        if report["due"]
    ),
}


@pytest.mark.parametrize("pattern", PROBLEMS)
def test_problems_are_as_many_as_the_ledger_has(told: Told, pattern: str) -> None:
    assert told.number(pattern) == PROBLEMS[pattern](told)


@pytest.mark.parametrize(("today", "days"), AROUND)
def test_a_quota_is_a_problem_from_the_day_after_its_period_and_to_be_done_up_to_its_last(
    today: date, days: int
) -> None:
    assert MONTHLY.period_end == ON
    entry = replace(ENTRY, quotas=(MONTHLY,), countdown=None)
    said = [line.text for line in lines(replace(SHEET, today=today, entries=(entry,), reports=(), unit_quotas=()))]
    assert any("数量未达到要求1期：" in text for text in said) == (days > 0)
    assert any("10月31日前完成1项：序号1每月应不少于2条，10月缺1条。" in text for text in said) == (days <= 0)


@pytest.mark.parametrize("is_handed_in", [True, False])
@pytest.mark.parametrize(("day", "days"), AROUND)
def test_a_report_is_late_from_the_day_after_it_was_due(day: date, days: int, is_handed_in: bool) -> None:
    report = ReportRow("小结", "办公室", ON, (), "10月底前报", handed_in_on=day if is_handed_in else None)
    today = day if not is_handed_in else ON + timedelta(days=9)
    said = [line.text for line in lines(replace(SHEET, today=today, entries=(), reports=(report,)))]
    assert any("逾期报送1项：" in text for text in said) == (days > 0)
    assert any("报出，逾期1天。" in text for text in said) == (is_handed_in and days > 0)
    assert any("向办公室报送小结" in text for text in said) != is_handed_in
