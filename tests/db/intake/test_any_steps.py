"""Any steps at all, nonsense too: nothing raises, nothing is lost between replays, and what is accepted comes back."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import ReadingError
from db.intake.accepting import notice_draft, unchecked_draft
from db.intake.draft_file import draft_toml, open_lines, read_draft
from db.intake.edits import (
    AcceptProblem,
    AcceptTask,
    Add,
    Drop,
    DropStanding,
    DropUnit,
    Edit,
    Join,
    Mend,
    MendUnits,
    SetBlank,
    SetColumn,
    SetDefault,
    SetHead,
    SetIssued,
    SetUnit,
    SetYear,
    Split,
)
from db.intake.edits_json import from_json, to_json
from db.intake.plan_toml import PLAN_SHAPE
from db.intake.reading import COLUMN_ROLE_NAMES, FIELD_NAMES, Reading
from db.intake.replay import replayed
from db.intake.settling import settings_of
from db.intake.source import Source
from db.intake.understanding import understood
from db.reads.intake import notice_said
from db.rules.words import UNIT_KINDS
from db.store.intake import accept_notice
from tests.db.intake.small import BLANKS, NATIVE
from tests.world import NOW, World

SOURCES: Final = {"native": NATIVE, "blanks": BLANKS}
READINGS: Final = tuple(replayed(source, ()) for source in SOURCES.values())

KEYS: Final = st.sampled_from(
    [*(task.key for reading in READINGS for task in reading.tasks), "n1", "n2", "b9r3~0", "b9r3~1", "b1r2~2", "", "b99"]
)
UNITS: Final = (
    *(unit.name for reading in READINGS for unit in reading.units),
    "新设科",
    "文化中心",
    "全局",
    "",
    "\x00",
)
PHRASES: Final = (
    *("", "每季度不少于2条", "11月20日", "2月29日前", "9月前", "每月5日前", "全年", "根据会议确定", "2027年1月10日前"),
    *("财务科牵头，法规科配合", "各科室、属下单位", "全体同志", "甲科\n乙科", "全局", "无", "公开后5个工作日内更新"),
    *("2026-11-20", "2026-02-30", "7", "1", "\x00", "\u202e\u200b", "[source]", '"""', "#! 问题", "财务科", "，"),
    *("甲部门3月底前，乙部门4月底前", "3月1日至5月31日", "11月至次年2月", "12月3日前完成，9月31日前报"),
)
TEXTS: Final = st.sampled_from(PHRASES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PROBLEMS: Final = st.sampled_from([*(one.key for reading in READINGS for one in reading.problems), "doc.nothing", ""])
CHOICES: Final = (
    st.none() | st.sampled_from([other for r in READINGS for one in r.problems for other in one.others]) | TEXTS
)
ROLES: Final = st.sampled_from(["lead", "responsible", "support"])
STEPS: Final[st.SearchStrategy[Edit]] = st.one_of(
    st.builds(SetHead, st.sampled_from(["plan", "agency", "title", "document_number"]), st.none() | TEXTS),
    st.builds(SetYear, st.sampled_from([2024, 2025, 2026, 2027, 0, -3, 9999, 1999])),
    st.builds(SetIssued, st.none() | st.dates()),
    st.builds(SetBlank, st.booleans()),
    st.builds(SetColumn, st.sampled_from([1, 9, 50]), st.integers(-1, 7), st.sampled_from(list(COLUMN_ROLE_NAMES))),
    st.builds(SetUnit, st.sampled_from(UNITS) | TEXTS, st.sampled_from(UNIT_KINDS)),
    st.builds(DropUnit, st.sampled_from(UNITS)),
    st.builds(SetDefault, st.none() | TEXTS),
    st.builds(Mend, KEYS, st.sampled_from(list(FIELD_NAMES)), TEXTS),
    st.builds(MendUnits, KEYS, st.lists(st.tuples(ROLES, st.sampled_from(UNITS)), max_size=3).map(tuple)),
    st.builds(Split, KEYS, st.integers(-3, 30)),
    st.builds(Join, KEYS),
    st.builds(Drop, KEYS),
    st.builds(Add, st.sampled_from(["n1", "n2", "b9r3", ""]), st.none() | KEYS, TEXTS),
    st.builds(AcceptTask, KEYS),
    st.builds(AcceptProblem, PROBLEMS, CHOICES),
    st.builds(AcceptProblem, PROBLEMS, CHOICES),
    st.builds(DropStanding, st.sampled_from(["report", "unit_quota", "clock_rule", "rule"]), TEXTS),
)
SEVERAL: Final = st.lists(STEPS, max_size=8).map(tuple)
MANY: Final = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sound(reading: Reading) -> None:
    """What holds of every reading, whatever was done to it."""
    keys = [task.key for task in reading.tasks]
    assert len(set(keys)) == len(keys)
    numbers = [task.task.number for task in reading.tasks]
    assert len(set(numbers)) == len(numbers)
    asked = [problem.key for problem in reading.problems]
    assert len(set(asked)) == len(asked)
    for problem in reading.problems:
        if not problem.answered:
            assert problem.task is None or problem.task in keys, problem
            assert set(problem.covers) <= set(keys), problem
    assert all(task.task.requirement for task in reading.tasks)


@MANY
@given(st.sampled_from(sorted(SOURCES)), SEVERAL)
def test_any_steps_give_a_sound_reading_the_same_each_time(name: str, steps: tuple[Edit, ...]) -> None:
    source = SOURCES[name]
    former = [replayed(source, steps[:n]) for n in range(len(steps) + 1)]
    for reading in former:
        sound(reading)
    understood.cache_clear()
    assert replayed(source, steps) == former[-1], "replayed on another day"
    assert replayed(source, from_json(to_json(steps))) == former[-1], "kept as JSON and replayed"
    if steps:
        assert replayed(source, steps[:-1]) == former[-2], "undo"


def all_answered(source: Source, steps: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The steps, and every question that blocks taken as assumed."""
    for _ in range(4):
        reading = replayed(source, steps)
        if reading.head.year is None:
            steps = (*steps, SetYear(2026))
        steps = (*steps, *(AcceptProblem(problem.key) for problem in reading.blocking))
    assert not replayed(source, steps).blocking, "what is answered as assumed is answered"
    return steps


counter = count()


@MANY
@given(st.sampled_from(sorted(SOURCES)), SEVERAL)
def test_what_blocks_nothing_is_taken_in_as_it_was_read_or_refused_in_chinese(
    world: World, name: str, steps: tuple[Edit, ...]
) -> None:
    source = SOURCES[name]
    for done in (steps, all_answered(source, steps)):
        reading = replayed(source, done)
        plan = dict(settings_of(done).head).get("plan")
        if reading.blocking or not reading.tasks or reading.head.year is None or plan:
            reason = "必须核对" if reading.blocking else "没有读出任务" if not reading.tasks else "短名|年份"
            if not (plan and PLAN_SHAPE.fullmatch(plan)):
                with pytest.raises(ReadingError, match=reason) as refused:
                    notice_draft(reading)
                assert refused.value.hint
            continue
        draft = replace(notice_draft(reading), plan=f"p-{next(counter)}")
        accept_notice(world.file, draft, at=NOW)
        assert notice_said(world.file, draft.plan) == draft


@MANY
@given(st.sampled_from(sorted(SOURCES)), SEVERAL)
def test_the_toml_of_any_draft_holds_every_open_question_and_comes_back(name: str, steps: tuple[Edit, ...]) -> None:
    source = SOURCES[name]
    reading = replayed(source, (*steps, SetYear(2026), SetHead("plan", "notice-2026")))
    if not reading.tasks:
        with pytest.raises(ReadingError, match="没有读出任务"):
            draft_toml(reading, "读稿.toml")
        return
    text = draft_toml(reading, "读稿.toml")
    found = {number for number, _ in open_lines(text)}
    assert len(found) == len(reading.blocking)
    mended = "\n".join(line for number, line in enumerate(text.split("\n"), 1) if number not in found)
    assert read_draft("读稿.toml", mended) == unchecked_draft(reading)


def test_the_strategies_reach_a_date_of_issue_and_a_leap_day() -> None:
    reading = replayed(BLANKS, (SetYear(2024), SetIssued(date(2024, 3, 1))))
    found = next(task for task in reading.tasks if task.key == "b1r5")
    assert (found.task.deadlines[0].month, found.task.deadlines[0].day) == (2, 29)
