import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.clock_json import (
    extensions_json,
    pauses_json,
    stages_json,
    stored_extensions,
    stored_pauses,
    stored_stages,
)
from db.rules.rows import Extension, Pause, StageDay
from db.rules.words import STAGES

DAY = date(2021, 3, 1)
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)


def test_a_pause_is_kept_under_the_names_of_the_schema() -> None:
    text = pauses_json([Pause(DAY, None, True, "补正“材料”"), Pause(DAY, date(2021, 3, 5), False, "第三方")])
    assert json.loads(text) == [
        {"from": "2021-03-01", "to": None, "anew": True, "reason": "补正“材料”"},
        {"from": "2021-03-01", "to": "2021-03-05", "anew": False, "reason": "第三方"},
    ]
    assert "补正" in text


def test_an_extension_and_a_stage_are_kept_under_the_names_of_the_schema() -> None:
    assert json.loads(extensions_json([Extension(DAY, 20, "情况复杂")])) == [
        {"on": "2021-03-01", "days": 20, "reason": "情况复杂"}
    ]
    assert json.loads(stages_json([StageDay("registered", DAY)]) or "") == [{"stage": "registered", "on": "2021-03-01"}]


def test_nothing_is_an_empty_list_and_for_stages_no_text_at_all() -> None:
    assert (pauses_json(()), extensions_json(()), stages_json(())) == ("[]", "[]", None)
    assert (stored_pauses("[]"), stored_extensions("[]"), stored_stages(None), stored_stages("[]")) == ((), (), (), ())


@given(st.lists(st.builds(Pause, st.dates(), st.none() | st.dates(), st.booleans(), WORDS), max_size=4).map(tuple))
def test_pauses_come_back_as_they_were(pauses: tuple[Pause, ...]) -> None:
    assert stored_pauses(pauses_json(pauses)) == pauses


@given(st.lists(st.builds(Extension, st.dates(), st.integers(1, 60), WORDS), max_size=4).map(tuple))
def test_extensions_come_back_as_they_were(extensions: tuple[Extension, ...]) -> None:
    assert stored_extensions(extensions_json(extensions)) == extensions


@given(st.lists(st.builds(StageDay, st.sampled_from(STAGES), st.dates()), max_size=5).map(tuple))
def test_stages_come_back_as_they_were(stages: tuple[StageDay, ...]) -> None:
    assert stored_stages(stages_json(stages)) == stages


GOOD_PAUSE: dict[str, Any] = {"from": "2021-03-01", "to": None, "anew": False, "reason": "等待"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "null",
        "{}",
        '"[]"',
        "[1]",
        "[[]]",
        "[{}]",
        json.dumps([GOOD_PAUSE | {"who": "甲"}]),
        json.dumps([{key: GOOD_PAUSE[key] for key in ("from", "to", "anew")}]),
        json.dumps([GOOD_PAUSE | {"from": None}]),
        json.dumps([GOOD_PAUSE | {"from": "20210301"}]),  # a day, but not as it is written here
        json.dumps([GOOD_PAUSE | {"from": "2021-W09-1"}]),
        json.dumps([GOOD_PAUSE | {"from": "2021-02-29"}]),
        json.dumps([GOOD_PAUSE | {"to": 5}]),
        json.dumps([GOOD_PAUSE | {"anew": 1}]),
        json.dumps([GOOD_PAUSE | {"reason": None}]),
    ],
)
def test_what_is_no_list_of_pauses_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        stored_pauses(text)


@pytest.mark.parametrize("days", [None, "5", 5.0, True])
def test_days_that_are_no_number_are_refused(days: object) -> None:
    with pytest.raises(ValueError, match="number"):
        stored_extensions(json.dumps([{"on": "2021-03-01", "days": days, "reason": "情况复杂"}]))


@pytest.mark.parametrize("stage", [None, "", "Registered", "答复", ["registered"]])
def test_an_unknown_stage_is_refused(stage: object) -> None:
    with pytest.raises(ValueError, match="stage"):
        stored_stages(json.dumps([{"stage": stage, "on": "2021-03-01"}]))
