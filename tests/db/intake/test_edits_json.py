"""The clerk's steps as JSON: all of them come back, and nothing that is none gets in."""

from datetime import date
from typing import get_args

import pytest

from db.errors import ReadingError
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

STEPS: tuple[Edit, ...] = (
    SetHead("plan", "notice-2026"),
    SetHead("title", None),
    SetYear(2026),
    SetIssued(date(2026, 1, 2)),
    SetIssued(None),
    SetBlank(True),
    SetColumn(1, 2, "lead"),
    SetUnit("甲科", "科室"),
    DropUnit("乙科"),
    SetDefault("12月3日前"),
    SetDefault(None),
    Mend("b3r1", "deadline", "11月底前\n“引号”"),
    MendUnits("b3r1", (("lead", "甲科"), ("support", "乙科"))),
    MendUnits("b3r1", ()),
    Split("b3r1", 5),
    Join("b3r1"),
    Drop("b3r1"),
    Add("n1", None, "新的一项"),
    Add("n2", "b3r1", "又一项"),
    AcceptTask("b3r1"),
    AcceptProblem("doc.blank_cells", "空白就是没有责任单位"),
    AcceptProblem("doc.blank_cells"),
    DropStanding("report", "一句"),
)


def test_every_step_comes_back() -> None:
    assert {type(step) for step in STEPS} == set(get_args(Edit))
    assert from_json(to_json(STEPS)) == STEPS
    assert from_json(to_json(())) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "null",
        "3",
        "[1]",
        '[["Join"]]',
        '[["Join", {}]]',
        '[["Join", {"task": "a", "more": 1}]]',
        '[["Join", {"task": 1}]]',
        '[["Nothing", {"task": "a"}]]',
        '[["SetYear", {"year": true}]]',
        '[["SetYear", {"year": "2026"}]]',
        '[["SetBlank", {"inherits": 1}]]',
        '[["SetIssued", {"issued_on": "2026-02-30"}]]',
        '[["SetUnit", {"name": "x", "kind": "y"}]]',
        '[["SetColumn", {"block": 1, "column": 1, "role": "boss"}]]',
        '[["MendUnits", {"task": "a", "units": [["lead"]]}]]',
        '[["MendUnits", {"task": "a", "units": [["boss", "x"]]}]]',
        '[["MendUnits", {"task": "a", "units": "lead"}]]',
        "[" * 100_000,
    ],
)
def test_what_is_no_step_is_refused_in_the_clerks_words(text: str) -> None:
    with pytest.raises(ReadingError, match="修改记录读不出来"):
        from_json(text)
