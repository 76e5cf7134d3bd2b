"""Another reading of a problem taken: it does what it says and nothing else; what does nothing answers nothing."""

import pytest

from db.intake.edits import AcceptProblem, AcceptTask, Drop, DropUnit, Mend, SetBlank, SetYear
from db.intake.replay import replayed
from tests.db.intake.small import BLANKS, NATIVE, grid, paragraphs, source
from tests.db.intake.test_replay import open_keys, problem, task, when, who


@pytest.mark.parametrize(
    ("key", "choice", "expected"),
    [
        ("b9r1.deadline_two_valued", None, [(8, None, 0)]),
        ("b9r1.deadline_two_valued", "2026年8月底", [(8, None, 0)]),
        ("b9r1.deadline_two_valued", "2026年9月底", [(9, None, 0)]),
        ("b9r3.deadline_invalid", None, [(None, None, 0)]),
        ("b9r3.deadline_invalid", "2026年2月底", [(2, None, 0)]),
        ("b9r6.deadline_two_valued", "6月底前", [(6, None, 0)]),
        ("b9r6.deadline_two_valued", None, [(11, None, 0)]),
    ],
)
def test_another_date_is_taken_and_the_phrase_stays_that_of_the_notice(
    key: str, choice: str | None, expected: object
) -> None:
    reading = replayed(NATIVE, (AcceptProblem(key, choice),))
    row = key.partition(".")[0]
    assert when(reading, row) == expected
    assert problem(reading, key).answered
    (found,) = task(reading, row).task.deadlines
    written = task(replayed(NATIVE, ()), row).task
    assert found.text in (written.deadlines[0].text, choice)
    assert found.source == written.deadlines[0].source
    assert found.text in f"{written.requirement}{written.deadlines[0].text}", "words of the notice, not of the choice"


def test_a_chosen_date_stays_when_the_requirement_is_mended() -> None:
    steps = (AcceptProblem("b9r6.deadline_two_valued", "6月底前"), Mend("b9r6", "requirement", "12月10日前完成归档。"))
    assert when(replayed(NATIVE, steps), "b9r6") == [(6, None, 0)]


def test_a_blank_date_can_be_that_of_the_row_above() -> None:
    reading = replayed(BLANKS, (SetYear(2026), AcceptProblem("b1r3.deadline_two_valued", "沿用上栏：3月底前")))
    assert when(reading, "b1r3") == [(3, None, 0)]
    assert [one.key for one in reading.problems if one.task == "b1r3" and not one.answered] == []


@pytest.mark.parametrize(
    ("choice", "ours", "answered"),
    [
        (None, "文旅部门", True),
        ("文旅部门", "文旅部门", True),
        ("各镇街", "各镇街", True),
        ("财务部门", "文旅部门", False),
        ("", "文旅部门", False),
    ],
)
def test_of_two_parties_the_one_that_is_chosen_is_ours(choice: str | None, ours: str, answered: bool) -> None:
    reading = replayed(NATIVE, (AcceptProblem("b9r4.deadline_parties", choice),))
    assert [one.party for one in task(reading, "b9r4").task.deadlines if one.ours] == [ours]
    assert ("b9r4.deadline_parties" not in open_keys(reading)) == answered
    assert ("doc.edit_lost.0" in open_keys(reading)) != answered


@pytest.mark.parametrize("key", ["b9r1.deadline_two_valued", "b9r4.quota_range", "b9r5.units_open", "b9r6.units_near"])
def test_a_choice_that_is_none_answers_nothing(key: str) -> None:
    reading = replayed(NATIVE, (AcceptProblem(key, "没有这样的说法"),))
    still_asked = {one.task for one in reading.problems if not one.answered and one.kind == problem(reading, key).kind}
    other = {one.task for one in reading.blocking}
    assert key.partition(".")[0] in still_asked | other


def test_a_group_takes_in_the_centres_too_and_the_other_units_stay() -> None:
    reading = replayed(NATIVE, (AcceptProblem("b9r5.units_open", "连同中心和所队"),))
    first, second = task(reading, "b9r5").task.responsibilities
    assert (first.name, first.scope) == ("各科室", task(replayed(NATIVE, ()), "b9r5").task.responsibilities[0].scope)
    assert second.scope is not None
    assert second.scope.kinds == ("属下单位", "中心", "所队")


def test_a_name_can_be_a_group_after_all() -> None:
    reading = replayed(NATIVE, (AcceptProblem("b9r6.units_near", "作为统称"),))
    (one,) = task(reading, "b9r6").task.responsibilities
    assert (one.name, one.through) == ("网络值守科室", "related")
    assert one.scope is not None
    assert one.scope.kinds == ("科室",)


def near() -> tuple[tuple[str, ...], ...]:
    return (("序号", "具体要求", "责任单位"), ("1", "甲。", "规划财务科、法规科"), ("2", "乙。", "法规科、规财科"))


def test_a_name_that_was_left_out_is_the_near_one_and_no_other_unit_of_the_row_is_lost() -> None:
    table = source(*paragraphs("2026年任务分解表"), grid(near(), native=True))
    left_out = replayed(table, (DropUnit("规财科"),))
    asked = next(one for one in left_out.blocking if one.kind == "units_near")
    assert (asked.task, asked.others) == ("b1r2", ("规划财务科",))
    reading = replayed(table, (DropUnit("规财科"), AcceptProblem(asked.key, "规划财务科")))
    assert who(reading, "b1r2") == [("responsible", "法规科", "name"), ("responsible", "规划财务科", "name")]
    assert task(reading, "b1r2").task.assignment == "法规科、规财科", "the cell stays as written"
    unknown = replayed(table, (DropUnit("规财科"), AcceptProblem(asked.key, "没有的科")))
    assert [one.key for one in unknown.blocking] == [asked.key]


def test_two_names_of_the_roster_can_be_one_body() -> None:
    table = source(*paragraphs("2026年任务分解表"), grid(near(), native=True))
    asked = next(one for one in replayed(table, ()).problems if one.kind == "units_near" and one.task is None)
    one, other = asked.text.split("、")
    for kept, gone in ((one, other), (other, one)):
        reading = replayed(table, (AcceptProblem(asked.key, f"都是“{kept}”"),))
        names = {each.name for row in reading.tasks for each in row.task.responsibilities}
        assert names == {kept, "法规科"}
        assert gone not in {unit.name for unit in reading.units}
        assert asked.key not in open_keys(reading)
    two = replayed(table, (AcceptProblem(asked.key),))
    assert len(two.units) == 3


def test_a_name_run_together_can_be_two_bodies() -> None:
    reading = replayed(BLANKS, (AcceptProblem("doc.units_near", "综合科、办公室"),))
    names = [name for _, name, _ in who(reading, "b1r4")]
    assert names == ["文化科", "综合科", "办公室"]
    assert [unit.name for unit in reading.units] == ["综合科", "文化科", "办公室"]
    wrong = replayed(BLANKS, (AcceptProblem("doc.units_near", "综合科、文化科"),))
    assert "doc.units_near" in open_keys(wrong)


@pytest.mark.parametrize(("choice", "days"), [(None, 7), ("5个工作日", 5)])
def test_of_two_limits_the_shorter_can_be_meant(choice: str | None, days: int) -> None:
    reading = replayed(NATIVE, (AcceptProblem("b9r3.clock_unread", choice),))
    assert [one.days for one in reading.limits] == [3, days]
    assert problem(reading, "b9r3.clock_unread").answered


def test_the_limit_of_the_letter_can_be_the_shorter_one_too() -> None:
    letter = paragraphs("某局关于2026年任务的通知", "各科室收到来信后3-5个工作日内答复。")
    table = source(*letter, *NATIVE.blocks[-1:])
    asked = next(one for one in replayed(table, ()).problems if one.kind == "clock_unread" and one.task is None)
    reading = replayed(table, (AcceptProblem(asked.key, asked.others[0]),))
    assert [one.days for one in reading.clock_rules] == [3]


def test_a_row_can_go_with_the_one_above_or_be_none() -> None:
    rows = [
        ("序号", "具体要求", "责任单位"),
        ("1", "甲的要求。", "甲科"),
        ("", "乙的要求。", "乙科"),
        ("3", "丙。", "丙科"),
    ]
    table = source(*paragraphs("2026年任务分解表"), grid(rows, native=False))
    asked = next(one for one in replayed(table, ()).problems if "接上一项" in one.others)
    joined = replayed(table, (AcceptProblem(asked.key, "接上一项"),))
    assert [one.task.requirement for one in joined.tasks] == ["甲的要求。乙的要求。", "丙。"]
    assert asked.key not in open_keys(joined)
    kept = replayed(table, (AcceptProblem(asked.key),))
    assert len(kept.tasks) == 3
    dropped = replayed(table, (Drop(asked.task or ""), AcceptProblem(asked.key, "接上一项")))
    assert len(dropped.tasks) == 2, "a row that is gone joins nothing"
    assert not [one for one in dropped.problems if one.kind == "edit_lost"]


def test_an_answer_to_a_problem_that_never_was_changes_nothing() -> None:
    before = replayed(NATIVE, ())
    assert replayed(NATIVE, (AcceptProblem("doc.nothing"), AcceptProblem(""))) == before
    assert "doc.edit_lost.0" in open_keys(replayed(NATIVE, (AcceptProblem("doc.nothing", "甲"),)))


def test_a_row_accepted_answers_all_that_stands_on_it_and_nothing_of_others() -> None:
    reading = replayed(NATIVE, (AcceptTask("b9r4"),))
    before = open_keys(replayed(NATIVE, ()))
    assert before - open_keys(reading) == {"b9r4.units_unread", "b9r4.deadline_parties", "b9r4.quota_range"}
    assert task(reading, "b9r4").accepted


def test_a_problem_accepted_twice_is_answered_once() -> None:
    steps = (AcceptProblem("b9r1.deadline_two_valued", "2026年9月底"), AcceptProblem("b9r1.deadline_two_valued"))
    assert when(replayed(NATIVE, steps), "b9r1") == [(9, None, 0)]
    blank = (AcceptProblem("doc.blank_cells"), SetBlank(False))
    assert who(replayed(BLANKS, blank), "b1r2") == []
