"""Whatever a text says, nothing crashes, nothing is slow, and a date that is given exists."""

import time
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.intake.phrases.clocks import clocks
from db.intake.phrases.deadline_lexer import lexemes
from db.intake.phrases.deadlines import deadlines, default_deadline
from db.intake.phrases.quotas import quotas, unit_wide
from db.intake.phrases.signs import normal
from db.intake.plan_deadlines import ALLOWED_KEYS, LATEST_YEAR_OFFSET, NEEDED_KEYS
from db.intake.plan_recurrence import comes_every_year
from db.intake.reading import Doubt
from db.rules.said import Deadline
from db.rules.squeezed import squeezed

WORDS = (
    *(
        "2021",
        "2022年",
        "2023",
        "22",
        "年",
        "月",
        "日",
        "号",
        "12",
        "2",
        "30",
        "31",
        "0",
        "9",
        " ",
        "　",
        "\n",
        "底",
        "末",
    ),
    *(
        "前",
        "之前",
        "年底前",
        "2月",
        "9月",
        "31日",
        "29日",
        "每",
        "每年",
        "每月",
        "每季度",
        "季度末月",
        "半年",
        "上半年",
        "第",
    ),
    *(
        "一",
        "十二",
        "三",
        "季度",
        "至",
        "—",
        "-",
        "、",
        "和",
        "，",
        "。",
        "；",
        "（",
        "）",
        "分别于",
        "于",
        "次年",
        "去年",
        "今年",
    ),
    *(
        "全年",
        "常态化落实",
        "及时",
        "完成",
        "起",
        "个工作日内",
        "天",
        "不少于",
        "至少",
        "次",
        "条",
        "%",
        "市级部门",
        "各科室",
        "局",
    ),
    *(
        "之日起",
        "提前",
        "后",
        "上述任务均要求在",
        "《",
        "》",
        "〔",
        "“十四五”期间",
        "2022-02-30",
        "2022.13",
        "1/2",
        "星期五",
        "(周一)",
    ),
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
TEXTS = st.one_of(PHRASES, st.text(max_size=60))
YEARS = st.one_of(st.none(), st.integers(2019, 2025))


def check(found: Deadline, year: int | None, source: str) -> None:
    """A deadline as the file can keep it, on a day that exists."""
    kind = found.kind
    given_keys = {"month", "day", "start_month", "start_day", "year_offset"}
    written = {key for key in given_keys if getattr(found, key)}
    if found.party is None:
        assert set(NEEDED_KEYS[kind]) <= written <= {*NEEDED_KEYS[kind], *ALLOWED_KEYS[kind]}
    assert 0 <= found.year_offset <= LATEST_YEAR_OFFSET
    for of_year in [2020] if year is None else [year + found.year_offset]:
        if found.month is not None:
            assert 1 <= (found.day or 1) <= monthrange(of_year, found.month)[1]
    if found.start_month is not None and found.month is not None:
        first = date(year or 2020, found.start_month, found.start_day or 1)
        last_day = found.day or monthrange((year or 2020) + found.year_offset, found.month)[1]
        assert first <= date((year or 2020) + found.year_offset, found.month, last_day)
    assert (kind == "recurring") == (found.recurrence is not None)
    assert found.recurrence is None or comes_every_year(found.recurrence)
    assert found.text.strip()
    assert squeezed(found.text) in squeezed(found.quote)
    assert all(ord(sign) >= 32 for sign in found.text + found.quote)
    kept = "".join(sign for sign in source if sign.isprintable() or sign.isspace())
    assert squeezed(found.quote) in squeezed(kept)


@settings(max_examples=400)
@given(TEXTS, TEXTS, YEARS)
def test_a_date_that_is_given_exists_and_its_words_stand_in_the_source(
    cell: str, requirement: str, year: int | None
) -> None:
    issued_on = None if year is None else date(year, 6, 1)
    for where in (cell, None):
        found, doubts = deadlines(where, requirement, year=year, default=None, issued_on=issued_on)
        for one in found:
            check(one, year, requirement if where is None or one.source != "cell" else where)
        assert sum(one.ours for one in found) == (1 if found else 0)
        for doubt in doubts:
            assert doubt.assumed
            assert all(other.strip() for other in doubt.others)


@settings(max_examples=200)
@given(TEXTS, YEARS)
def test_a_date_that_is_not_sure_has_a_problem(cell: str, year: int | None) -> None:
    found, doubts = deadlines(cell, "", year=year, default=None, issued_on=None)
    if any(one.kind == "none" for one in found):
        assert doubts


@settings(max_examples=200)
@given(TEXTS, YEARS)
def test_a_default_is_a_date_of_the_notice(sentence: str, year: int | None) -> None:
    found, doubts = default_deadline(f"上述任务均要求在{sentence}前完成", year=year)
    if found is not None:
        assert doubts
        check(found, year, f"上述任务均要求在{sentence}前完成")


@settings(max_examples=300)
@given(TEXTS)
def test_an_amount_and_a_clock_can_be_kept(text: str) -> None:
    for one in (*quotas(text)[0], *unit_wide(text)[0]):
        assert 1 <= one.target <= (100 if one.counter == "%" else 100_000)
        assert squeezed(one.quote) in squeezed(text)
    for rule in clocks(text, "1")[0]:
        assert 1 <= rule.days <= 3650
        assert rule.trigger.strip()
        assert rule.action.strip()
        assert squeezed(rule.quote) in squeezed(text)


@given(TEXTS)
def test_the_words_of_a_phrase_are_in_order_and_apart(text: str) -> None:
    copy = normal(text).text
    found = lexemes(copy)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(one.text == copy[one.start : one.end] for one in found)


READERS: list[Callable[[str], object]] = [
    lambda text: deadlines(None, text, year=2022, default=None, issued_on=None),
    lambda text: deadlines(text, "", year=2022, default=None, issued_on=None),
    lambda text: deadlines(text[:500], "", year=2022, default=None, issued_on=None),
    lambda text: default_deadline(text, year=2022),
    lambda text: quotas(text),
    lambda text: unit_wide(text),
    lambda text: clocks(text, None),
]
HOSTILE = [
    "12月3日前",
    "3月-",
    "1 ",
    "至少1次",
    "(",
    "《",
    "、5个工作日内公开",
    "每年3月底前、",
    "分别于1月前和",
    "各科(",
    "自",
    "\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("read", READERS)
def test_a_million_signs_are_read_in_a_moment(read: Callable[[str], object], piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    ("piece", "read"),
    [
        ("每年至少1次、", lambda text: quotas(text)),
        ("信息形成后5个工作日内公开、", lambda text: clocks(text, None)),
        ("3月1日前完成、", lambda text: deadlines(None, text, year=2022, default=None, issued_on=None)),
    ],
)
def test_more_phrases_than_a_row_can_have_are_asked_about(
    piece: str, read: Callable[[str], tuple[tuple[object, ...], tuple[Doubt, ...]]]
) -> None:
    text = "".join(piece.replace("1", str(n % 28 + 1)).replace("5", str(n + 1)) for n in range(200))
    found, doubts = read(text)
    assert len(found) <= 100
    assert doubts[-1].blocks
