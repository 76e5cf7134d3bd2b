"""A question in the same words is asked once for all its rows, and what answers it reaches the rows read from them."""

from db.intake.draft_file import draft_toml
from db.intake.edits import AcceptProblem, Drop, Edit, MendUnits, Split
from db.intake.reading import Reading
from db.intake.replay import replayed
from db.intake.source import Source
from db.rules.words import UnitKind
from tests.db.intake.small import grid, paragraphs, source
from tests.db.intake.test_replay import open_keys, problem, task

WIDE = "连同中心和所队"
HEADER = ("序号", "具体要求", "责任单位")


def table(*cells: str, native: bool = True, merged: tuple[tuple[int, int], ...] = ()) -> Source:
    """The rows, and one of a centre: without any it is not asked whether a group takes them in."""
    rows = [(str(n), f"公开第{n}类信息。", cell) for n, cell in enumerate((*cells, "信息中心"), 1)]
    return source(*paragraphs("某市乙局2026年任务分解表"), grid((HEADER, *rows), native=native, merged=merged))


def kinds(reading: Reading, key: str) -> tuple[UnitKind, ...]:
    return next(one.scope.kinds for one in task(reading, key).task.responsibilities if one.scope and "属" in one.name)


def wide(reading: Reading) -> list[str]:
    groups = [(one.key, who) for one in reading.tasks for who in one.task.responsibilities if "属" in who.name]
    return [key for key, who in groups if who.scope is not None and "中心" in who.scope.kinds]


TWO = table("法规科、局属单位", "局属单位", "法规科", "办公室、局属单位", "财务科等")


def test_a_question_in_the_same_words_is_asked_once_for_all_its_rows() -> None:
    asked = [one for one in replayed(TWO, ()).problems if one.kind == "units_open"]
    assert [(one.key, one.text, one.task, one.covers) for one in asked] == [
        ("b1r1.units_open", "局属单位", None, ("b1r1", "b1r2", "b1r4")),
        ("b1r5.units_open", "财务科等", "b1r5", ()),
    ]


def test_one_choice_does_for_all_the_rows_and_one_answer_too() -> None:
    chosen = replayed(TWO, (AcceptProblem("b1r1.units_open", WIDE),))
    assert wide(chosen) == ["b1r1", "b1r2", "b1r4"]
    assert problem(chosen, "b1r1.units_open").answered
    accepted = replayed(TWO, (AcceptProblem("b1r1.units_open"),))
    assert wide(accepted) == []
    assert "b1r1.units_open" not in open_keys(accepted)


def test_a_row_whose_units_are_mended_is_asked_about_no_more() -> None:
    steps: tuple[Edit, ...] = (MendUnits("b1r2", (("lead", "法规科"),)), AcceptProblem("b1r1.units_open", WIDE))
    assert problem(replayed(TWO, steps[:1]), "b1r1.units_open").covers == ("b1r1", "b1r4")
    reading = replayed(TWO, steps)
    assert wide(reading) == ["b1r1", "b1r4"]
    assert [one.name for one in task(reading, "b1r2").task.responsibilities] == ["法规科"]


def test_an_unknown_unit_of_many_rows_blocks_once() -> None:
    reading = replayed(table("全体同志", "法规科", "全体同志"), ())
    assert [one.covers for one in reading.blocking] == [("b1r1", "b1r3")]
    assert replayed(table("全体同志", "法规科", "全体同志"), (AcceptProblem(reading.blocking[0].key),)).blocking == ()


def test_a_choice_reaches_the_rows_that_say_as_above_or_are_merged() -> None:
    said = table("法规科", "法规科、局属单位", "同上", "〃", "局属单位的中心", "同上")
    reading = replayed(said, (AcceptProblem("b1r2.units_open", WIDE),))
    assert wide(reading)[:3] == ["b1r2", "b1r3", "b1r4"]
    merged = table("局属单位", "", "法规科", merged=((1, 2),))
    assert wide(replayed(merged, (AcceptProblem("b1r1.units_open", WIDE),))) == ["b1r1", "b1r2"]
    assert wide(replayed(merged, ())) == []


def test_a_row_as_above_that_the_clerk_has_set_keeps_what_was_set_and_those_below_it_follow() -> None:
    said = table("法规科、局属单位", "同上", "同上")
    steps = (MendUnits("b1r2", (("lead", "法规科"),)), AcceptProblem("b1r1.units_open", WIDE))
    reading = replayed(said, steps)
    assert wide(reading) == ["b1r1", "b1r3"]


def test_two_choices_one_after_the_other_reach_the_row_as_above() -> None:
    said = table("局属单位、属下单位", "同上")
    before = [one.key for one in replayed(said, ()).problems if one.kind == "units_open"]
    assert len(before) == 2
    reading = replayed(said, tuple(AcceptProblem(key, WIDE) for key in before))
    assert wide(reading) == ["b1r1", "b1r1", "b1r2", "b1r2"]


def test_a_choice_on_a_row_cut_in_two_reaches_its_halves_and_the_row_as_above() -> None:
    said = table("局属单位", "同上")
    steps: tuple[Edit, ...] = (Split("b1r1", 3),)
    keys = [one.key for one in replayed(said, steps).problems if one.kind == "units_open" and not one.answered]
    reading = replayed(said, (*steps, *(AcceptProblem(key, WIDE) for key in keys)))
    assert wide(reading) == ["b1r1", "b1r1~0", "b1r2"]


def test_what_is_asked_of_a_row_that_is_dropped_is_asked_of_those_that_were_read_from_it() -> None:
    said = table("局属单位", "同上", "法规科")
    dropped = replayed(said, (Drop("b1r1"),))
    assert problem(dropped, "b1r1.units_open").covers == ("b1r2",)
    assert "b1r1.units_open" in open_keys(dropped)
    assert wide(replayed(said, (Drop("b1r1"), AcceptProblem("b1r1.units_open", WIDE)))) == ["b1r2"]
    alone = replayed(said, (Drop("b1r1"), Drop("b1r2")))
    assert "b1r1.units_open" not in open_keys(alone)


def test_a_choice_that_is_none_of_the_others_changes_no_row() -> None:
    reading = replayed(TWO, (AcceptProblem("b1r1.units_open", "没有这样的说法"),))
    assert wide(reading) == []
    assert {"b1r1.units_open", "doc.edit_lost.0"} <= open_keys(reading)
    assert kinds(reading, "b1r2") == ("属下单位",)


def test_a_draft_in_toml_says_it_before_the_first_row_with_the_numbers_of_all() -> None:
    text = draft_toml(replayed(TWO, ()), "读稿.toml")
    (line,) = [line for line in text.splitlines() if line.startswith("#") and "局属单位" in line]
    assert "局属单位（第 1、2、4 项）" in line
    assert text.index(line) < text.index('number = "1"') < text.index('number = "2"')
