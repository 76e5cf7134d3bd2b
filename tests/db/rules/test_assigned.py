"""Where the units of a task come from when its own cell has no words, and a task that names nobody is everybody's."""

import pytest

from db.rules.assigned import NOBODY_NAMED, blank_words, for_everybody, units_from
from db.rules.reach import Reach, reach
from db.rules.said import Responsibility, Scope
from db.rules.words import UNIT_KINDS, UnitsFrom

SENTENCE = "由办公室牵头开展培训。"
ABOVE = Responsibility("lead", "办公室", "inherited")
PICKED = Responsibility("lead", "办公室", "name", quote="牵头：办公室")
SPOKEN = Responsibility("lead", "办公室", "name", quote="由办公室 牵头")
LEFT_OPEN = Responsibility("lead", "综合科", "related", Scope((), ("综合科",)), quote="综合科")
UNLISTED = Responsibility("support", "各科室", "related", Scope(("科室",)), listed=False, quote="各科室要配合")


@pytest.mark.parametrize(
    ("assignment", "found", "come_from"),
    [
        ("办公室", (PICKED,), "cell"),
        (None, (), "cell"),
        (None, (for_everybody("1"),), "cell"),
        (None, (UNLISTED,), "cell"),
        (None, (ABOVE,), "above"),
        (None, (ABOVE, PICKED), "above"),
        (None, (SPOKEN,), "requirement"),
        (None, (SPOKEN, UNLISTED), "requirement"),
        (None, (Responsibility("lead", "办公室", "name"),), "requirement"),
        (None, (PICKED,), "clerk"),
        (None, (SPOKEN, PICKED), "clerk"),
        (None, (LEFT_OPEN, PICKED), "clerk"),
        (None, (LEFT_OPEN,), "possible"),
    ],
)
def test_only_what_was_inherited_is_said_to_come_from_above(
    assignment: str | None, found: tuple[Responsibility, ...], come_from: UnitsFrom
) -> None:
    assert units_from(assignment, SENTENCE, found) == come_from


def test_a_blank_cell_is_said_with_and_without_its_units() -> None:
    assert blank_words("clerk", ("甲科",), (), ("乙科",)) == "（原表空白，办理人补正：甲科（牵头）；乙科（配合））"
    assert blank_words("clerk", ("甲科",), (), ("乙科",), named=False) == "（原表空白，办理人补正）"
    assert blank_words("above", (), (), ()) == "（原表空白）"
    assert blank_words("cell", (), (), (), named=False) == "（原表空白）"


@pytest.mark.parametrize("kind", UNIT_KINDS)
def test_a_task_that_names_nobody_is_possible_for_every_kind_of_unit_and_sure_for_the_bureau(kind: str) -> None:
    found = (for_everybody("10"),)
    assert found[0].quote == "第 10 项没有写责任单位"
    reached = reach(found, "甲", {"甲": kind})  # type: ignore[dict-item]
    assert reached == Reach("responsible", "related", NOBODY_NAMED, "possible")
    assert reach(found, "全局", {"甲": kind}) == Reach(None, None, None, "ours")  # type: ignore[dict-item]
