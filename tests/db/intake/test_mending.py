"""The clerk's changes of tasks: what was typed stands, what was read beside it is kept, what is left open is asked."""

import pytest

from db.intake.edits import (
    AcceptProblem,
    AcceptTask,
    Add,
    Drop,
    Edit,
    Join,
    Mend,
    MendUnits,
    SetBlank,
    SetUnit,
    SetYear,
    Split,
)
from db.intake.reading import Field
from db.intake.replay import replayed
from tests.db.intake.small import BLANKS, NATIVE, grid, paragraphs, source
from tests.db.intake.test_replay import open_keys, problem, task, when, who


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("number", "7-1", "7-1"),
        ("number", "8", "8-2"),
        ("number", " 九 ", "九"),
        ("number", "九\x00\u202e", "九"),
        ("section", "四、其他", "四、其他"),
        ("section", "", None),
        ("matter", "事项", "事项"),
        ("matter", "\t", None),
        ("remark", "两行\n备注", "两行备注"),
        ("remark", "", None),
        ("requirement", "按要求报送信息，不得漏报。", "按要求报送信息，不得漏报。"),
    ],
)
def test_a_field_of_words_is_what_the_clerk_typed_on_one_line(field: Field, text: str, expected: object) -> None:
    reading = replayed(NATIVE, (Mend("b9r7", field, text),))
    assert getattr(task(reading, "b9r7").task, field) == expected
    assert task(reading, "b9r7").mended
    remark = task(reading, "b9r7").task
    assert (remark.remark is None) == (remark.remark_source is None)


@pytest.mark.parametrize(
    ("field", "text"), [("number", ""), ("requirement", "  "), ("number", "\x00"), ("requirement", "\u200b")]
)
def test_number_and_requirement_cannot_be_emptied_and_it_is_told(field: Field, text: str) -> None:
    reading = replayed(NATIVE, (Mend("b9r7", field, text),))
    assert task(reading, "b9r7") == task(replayed(NATIVE, ()), "b9r7")
    assert open_keys(reading) - open_keys(replayed(NATIVE, ())) == {"doc.edit_lost.0"}


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    [
        ("2026-11-20", [(11, 20, 0)], []),
        ("11月20日前", [(11, 20, 0)], []),
        ("2月28日", [(2, 28, 0)], ["due_before_issue"]),
        ("全年", [(None, None, 0)], []),
        ("无", [], []),
        ("", [], []),
        ("2月29日前", [(None, None, 0)], ["deadline_invalid"]),
        ("看情况吧", [(None, None, 0)], ["deadline_unread"]),
        ("2025年11月", [(None, None, 0)], ["deadline_stale"]),
        ("长" * 501, [], ["deadline_unread"]),
    ],
)
def test_a_typed_deadline_is_read_as_one_of_a_cell(text: str, expected: object, kinds: list[str]) -> None:
    reading = replayed(NATIVE, (Mend("b9r1", "deadline", text),))
    assert when(reading, "b9r1") == expected
    assert [one.kind for one in reading.problems if one.task == "b9r1" and not one.answered] == kinds


def test_a_date_set_or_taken_away_by_the_clerk_stays_when_the_requirement_changes() -> None:
    for text, expected in (("11月20日前", [(11, 20, 0)]), ("", [])):
        steps = (Mend("b9r6", "deadline", text), Mend("b9r6", "requirement", "6月底前完成清单。"))
        assert when(replayed(NATIVE, steps), "b9r6") == expected


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    [
        ("财务科牵头，法规科配合", [("lead", "财务科", "name"), ("support", "法规科", "name")], []),
        ("新设科", [("responsible", "新设科", "name")], []),
        ("各科室", [("responsible", "各科室", "group")], []),
        ("全体同志", [], ["units_unread"]),
        ("", [], []),
    ],
)
def test_typed_units_are_read_as_a_cell_and_join_the_roster(text: str, expected: object, kinds: list[str]) -> None:
    reading = replayed(NATIVE, (Mend("b9r7", "assignment", text),))
    assert who(reading, "b9r7") == expected
    assert [one.kind for one in reading.problems if one.task == "b9r7" and one.field == "assignment"] == kinds
    assert ("新设科" in {unit.name for unit in reading.units}) == (text == "新设科")


def test_units_picked_from_the_roster_leave_the_cell_as_written() -> None:
    picked = (("lead", "法规科"), ("support", "财务科"), ("lead", "法规科"))
    reading = replayed(NATIVE, (MendUnits("b9r4", picked),))
    assert who(reading, "b9r4") == [("lead", "法规科", "name"), ("support", "财务科", "name")]
    assert task(reading, "b9r4").task.assignment == "全体同志"
    assert problem(reading, "b9r4.units_unread").answered
    assert not problem(reading, "b9r4.deadline_parties").answered, "only what it mends is answered"


@pytest.mark.parametrize(
    ("text", "quotas", "kinds"),
    [("每季度不少于2条", [(2, "条", "quarter")], []), ("", [], []), ("随便", [], ["quota_unread"])],
)
def test_amounts_the_clerk_types_are_read_or_asked(text: str, quotas: object, kinds: list[str]) -> None:
    reading = replayed(NATIVE, (Mend("b9r5", "quotas", text),))
    assert [(one.target, one.counter, one.period) for one in task(reading, "b9r5").task.quotas] == quotas
    assert [
        one.kind for one in reading.problems if one.task == "b9r5" and one.field == "quotas" and not one.answered
    ] == kinds


def test_words_that_are_no_time_limit_are_asked() -> None:
    reading = replayed(NATIVE, (Mend("b9r3", "clocks", "尽快"),))
    assert task(reading, "b9r3").clocks == ()
    assert [one.kind for one in reading.problems if one.field == "clocks" and not one.answered] == ["clock_unread"]


def test_an_amount_of_a_column_is_not_lost_when_the_requirement_is_mended() -> None:
    reading = replayed(NATIVE, (Mend("b9r7", "requirement", "每月报送信息不少于5条。"),))
    assert [(one.target, one.counter) for one in task(reading, "b9r7").task.quotas] == [(5, "条"), (20, "户")]


def test_a_doubt_that_a_new_requirement_still_has_keeps_its_problem_and_its_answer() -> None:
    same = Mend("b9r4", "requirement", "每季度发布解读1-2篇，注重质量。")
    other = replayed(NATIVE, (same,))
    assert not problem(other, "b9r4.quota_range").answered
    assert [one.key for one in other.problems if one.kind == "quota_range"] == ["b9r4.quota_range"], "asked once"
    answered = replayed(NATIVE, (AcceptProblem("b9r4.quota_range"), same))
    assert [one.key for one in answered.problems if one.kind == "quota_range" and not one.answered] == []
    gone = replayed(NATIVE, (Mend("b9r4", "requirement", "每季度发布解读2篇。"),))
    assert problem(gone, "b9r4.quota_range").answered
    new = replayed(NATIVE, (Mend("b9r4", "requirement", "每季度发布解读3-4篇。"),))
    assert [one.key for one in new.problems if one.kind == "quota_range" and not one.answered] == [
        "b9r4.quota_range.e0.1"
    ]


@pytest.mark.parametrize("cut", [-3, -1, 0, 99, 15])
def test_a_cut_that_leaves_one_side_empty_does_nothing_and_is_told(cut: int) -> None:
    reading = replayed(NATIVE, (Split("b9r1", cut),))
    assert reading.tasks == replayed(NATIVE, ()).tasks
    assert "doc.edit_lost.0" in open_keys(reading)


@pytest.mark.parametrize("cut", [1, 7, 13])
def test_both_halves_of_a_row_have_its_units_and_date_and_what_is_asked_of_them(cut: int) -> None:
    reading = replayed(NATIVE, (AcceptTask("b9r2"), Split("b9r1", cut)))
    first, second = task(reading, "b9r1"), task(reading, "b9r1~1")
    assert first.task.requirement + second.task.requirement == "公开部门预算和决算，做好说明。"
    assert (first.task.number, second.task.number) == ("1", "1-2")
    assert first.task.responsibilities == second.task.responsibilities
    assert first.task.deadlines == second.task.deadlines
    assert {"b9r1.deadline_two_valued", "b9r1~1.deadline_two_valued"} <= open_keys(reading)
    chosen = AcceptProblem("b9r1~1.deadline_two_valued", "2026年9月底")
    mended = replayed(NATIVE, (AcceptTask("b9r2"), Split("b9r1", cut), chosen))
    assert (when(mended, "b9r1"), when(mended, "b9r1~1")) == ([(8, None, 0)], [(9, None, 0)])


def test_what_a_half_says_is_read_of_it_alone_and_an_answer_is_not_asked_again() -> None:
    cut = "整理历史文件；6月底前完成清单，".index("6月")
    reading = replayed(NATIVE, (AcceptProblem("b9r6.deadline_two_valued"), Split("b9r6", cut)))
    assert when(reading, "b9r6") == [(12, 3, 0)], "no date of its own any more"
    assert [one.key for one in reading.problems if one.kind == "deadline_two_valued" and one.task == "b9r6~1"] == []
    asked = replayed(NATIVE, (Split("b9r6", cut),))
    assert problem(asked, "b9r6.deadline_two_valued").answered, "its words are in the second half"
    assert "b9r6~0.deadline_two_valued.e0.1" in open_keys(asked)


def test_a_half_of_a_row_that_a_question_covers_is_covered_too() -> None:
    reading = replayed(BLANKS, (Split("b1r2", 2),))
    assert problem(reading, "doc.blank_cells").covers == ("b1r2", "b1r2~0", "b1r3")
    assert problem(reading, "doc.blank_cells").text == "第 2、2-2、3 项"


def test_a_row_split_twice_and_joined_again_is_the_row_it_was() -> None:
    reading = replayed(NATIVE, (Split("b9r8", 4), Split("b9r8~0", 2), Join("b9r8"), Join("b9r8")))
    was = task(replayed(NATIVE, ()), "b9r8").task
    assert task(reading, "b9r8").task == was
    assert [one.key for one in reading.tasks] == [one.key for one in replayed(NATIVE, ()).tasks]


def test_joined_rows_are_one_and_what_their_words_leave_open_is_asked() -> None:
    reading = replayed(NATIVE, (Join("b9r3"),))
    assert task(reading, "b9r3").task.requirement.endswith("每季度发布解读1-2篇。")
    assert "b9r3.quota_range.e0.1" in open_keys(reading)
    assert problem(reading, "b9r4.deadline_parties").answered, "its cell is gone with it"
    calm = replayed(NATIVE, (AcceptProblem("b9r4.quota_range"), Join("b9r3")))
    assert "quota_range" not in {one.kind for one in calm.problems if not one.answered}


def test_the_last_row_joins_nothing_and_it_is_told() -> None:
    reading = replayed(NATIVE, (Join("b9r8"),))
    assert reading.tasks == replayed(NATIVE, ()).tasks
    assert problem(reading, "doc.edit_lost.0").text == "第 8 项是最后一项，后面没有可并的"


def test_a_dropped_row_takes_its_questions_with_it_and_leaves_the_others_theirs() -> None:
    one = replayed(BLANKS, (Drop("b1r2"),))
    assert problem(one, "doc.blank_cells").covers == ("b1r3",)
    both = replayed(BLANKS, (Drop("b1r2"), Drop("b1r3"), Drop("b1r5")))
    assert {one.key for one in both.blocking} == {"doc.year_unknown"}
    twice = replayed(BLANKS, (Drop("b1r2"), Drop("b1r2")))
    assert "doc.edit_lost.1" in open_keys(twice)


@pytest.mark.parametrize(
    ("edit", "keys", "number"),
    [
        (Add("n1", None, "新增。"), ["n1", "b1r1"], "1-2"),
        (Add("n1", "b1r1", "新增。"), ["b1r1", "n1"], "1-2"),
        (Add("n1", "b1r5", "新增。"), ["b1r5", "n1"], "5-2"),
        (Add("n1", "b99", "新增。"), ["b1r5", "n1"], "5-2"),
        (Add("b1r1", "b1r1", "新增。"), ["b1r1", "b1r1~0"], "1-2"),
        (Add("", "b1r1", "新增。"), ["b1r1", "~0"], "1-2"),
    ],
)
def test_a_row_is_added_where_the_clerk_says_under_a_key_and_number_of_its_own(
    edit: Add, keys: list[str], number: str
) -> None:
    reading = replayed(BLANKS, (edit,))
    order = [one.key for one in reading.tasks]
    assert len(order) == 6
    assert order.index(keys[1]) == order.index(keys[0]) + 1
    new = next(one for one in reading.tasks if one.task.requirement == "新增。")
    assert new.task.number == number
    assert f"{new.key}.units_missing.e0.1" in open_keys(reading)
    mended = replayed(BLANKS, (edit, MendUnits(new.key, (("lead", "综合科"),))))
    assert problem(mended, f"{new.key}.units_missing.e0.1").answered


@pytest.mark.parametrize("requirement", ["", "  ", "\n", "\u200b"])
def test_a_row_without_words_is_not_added_and_it_is_told(requirement: str) -> None:
    reading = replayed(BLANKS, (Add("n1", None, requirement),))
    assert len(reading.tasks) == 5
    assert "doc.edit_lost.0" in open_keys(reading)


def test_the_date_and_amount_of_an_added_row_are_read() -> None:
    reading = replayed(NATIVE, (Add("n1", "b9r1", "每月发布不少于3条；10月底前完成。"),))
    assert when(reading, "n1") == [(10, None, 0)]
    assert [(one.target, one.period) for one in task(reading, "n1").task.quotas] == [(3, "month")]


def test_rows_that_were_read_as_the_row_above_are_asked_about_when_it_is_mended() -> None:
    mended: tuple[Edit, ...] = (MendUnits("b9r1", (("lead", "法规科"),)),)
    reading = replayed(NATIVE, mended)
    asked = problem(reading, "b9r1.blank_cells.e0")
    assert (asked.covers, asked.others, asked.blocks) == (("b9r2",), ("这些项一并改",), False)
    assert who(reading, "b9r2") == [("responsible", "财务科", "name")]
    alike = replayed(NATIVE, (*mended, AcceptProblem(asked.key, "这些项一并改")))
    assert who(alike, "b9r2") == [("lead", "法规科", "name")]
    kept = replayed(NATIVE, (*mended, AcceptProblem(asked.key)))
    assert who(kept, "b9r2") == [("responsible", "财务科", "name")]
    assert asked.key not in open_keys(alike) | open_keys(kept)
    again = replayed(NATIVE, (*mended, MendUnits("b9r1", (("responsible", "财务科"),))))
    assert asked.key not in open_keys(again)


def test_blank_rows_go_with_the_row_above_as_inherited() -> None:
    steps = (Mend("b1r1", "assignment", "文化科"), AcceptProblem("b1r1.blank_cells.e0", "这些项一并改"))
    reading = replayed(BLANKS, steps)
    assert who(reading, "b1r2") == who(reading, "b1r3") == [("responsible", "文化科", "inherited")]
    assert task(reading, "b1r2").task.assignment is None
    answered = replayed(BLANKS, (SetBlank(False), Mend("b1r1", "assignment", "文化科")))
    assert "b1r1.blank_cells.e1" not in {one.key for one in answered.problems}


def test_a_mended_number_is_that_of_its_time_limits_and_of_questions() -> None:
    reading = replayed(NATIVE, (Mend("b9r3", "number", "三"),))
    assert [one.task for one in reading.limits] == [None, "三"]
    blanks = replayed(BLANKS, (Mend("b1r3", "number", "丙"),))
    assert problem(blanks, "doc.blank_cells").text == "第 2、丙 项"


def test_a_unit_spelled_in_another_width_is_the_one_of_the_roster() -> None:
    table = source(
        *paragraphs("2026年任务分解表"),
        grid([("序号", "具体要求", "责任单位"), ("1", "甲。", "服务股(审批股)"), ("2", "乙。", "法规科")], native=True),
    )
    picked = MendUnits("b1r2", (("lead", "服务股（审批股）"),))
    reading = replayed(table, (picked, SetUnit("服务股（审批股）", "中心"), SetYear(2026)))
    assert who(reading, "b1r2") == [("lead", "服务股(审批股)", "name")]
    assert [unit.kind for unit in reading.units if unit.name.startswith("服务股")] == ["中心"]
