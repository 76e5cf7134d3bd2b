"""Every deadline against its own phrase, read here a second time by a reader that knows nothing of the first."""

import re

import pytest

from db.rules.notice import Deadline
from tests.seeds.shelf import PLANS, bare, draft

Meaning = tuple[str, int | None, int | None, int]
"""kind, month, day, year offset."""


def meanings(phrase: str, year: int) -> list[Meaning]:
    """What a phrase of the five notices says, one meaning for each date in it."""
    text = bare(phrase)
    if text in ("全年", "常态化落实"):
        return [("standing", None, None, 0)]
    if text.startswith("每"):
        return [("recurring", None, None, 0)]
    if re.fullmatch(r"(\d{4}年)?年?底前", text):
        return [("on_day", 12, 31, 0)]
    days = re.findall(r"(?:(\d{4})年)?(\d+)月(\d+)日前", text)
    if days:
        return [("on_day", int(month), int(day), int(written) - year if written else 0) for written, month, day in days]
    month_only = re.fullmatch(r"(?:(\d{4})年)?(\d+)月(?:份|底前)?", text)
    assert month_only is not None, phrase
    written = month_only[1]
    return [("month_end", int(month_only[2]), None, int(written) - year if written else 0)]


def meant(deadline: Deadline) -> Meaning:
    return deadline.kind, deadline.month, deadline.day, deadline.year_offset


@pytest.mark.parametrize("plan", PLANS)
def test_every_deadline_says_what_its_phrase_says(plan: str) -> None:
    notice = draft(plan)
    wrong = [
        (task.number, task.deadlines)
        for task in notice.tasks
        if task.deadlines
        and not (task.deadlines[0].source == "notice" and task.deadlines[0].kind == "recurring")
        and [meant(one) for one in task.deadlines] != meanings(task.deadlines[0].text, notice.year)
    ]
    assert wrong == []


@pytest.mark.parametrize("plan", PLANS)
def test_every_deadline_phrase_stands_in_the_sentence_shown_beside_it(plan: str) -> None:
    for task in draft(plan).tasks:
        for one in task.deadlines:
            assert bare(one.text) in bare(one.quote), task.number
            assert one.party is None or bare(one.party) in bare(one.quote), task.number


@pytest.mark.parametrize("plan", PLANS)
def test_a_recurrence_says_the_same_as_the_quota_beside_it(plan: str) -> None:
    rules = {"month": "FREQ=MONTHLY", "year": "FREQ=YEARLY"}
    for task in draft(plan).tasks:
        written = {one.recurrence for one in task.deadlines if one.recurrence}
        counted = {rules[quota.period] for quota in task.quotas if quota.period in rules and quota.counter != "%"}
        assert written == counted, task.number


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("12月3日前", [("on_day", 12, 3, 0)]),
        ("2021年底前", [("on_day", 12, 31, 0)]),
        ("3 月底前", [("month_end", 3, None, 0)]),
        ("8月份", [("month_end", 8, None, 0)]),
        ("2023年1月", [("month_end", 1, None, 2)]),
        ("分别于2021年11月20日前和2021年12月10日前", [("on_day", 11, 20, 0), ("on_day", 12, 10, 0)]),
    ],
)
def test_the_second_reader_reads(phrase: str, expected: list[Meaning]) -> None:
    assert meanings(phrase, 2021) == expected


def test_the_second_reader_refuses_what_it_does_not_know() -> None:
    with pytest.raises(AssertionError):
        meanings("适时", 2021)
