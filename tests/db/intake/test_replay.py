"""A draft is its source and the clerk's steps: replayed they give one reading, and an answer answers what was asked."""

from dataclasses import replace

import pytest

from db.intake.edits import (
    AcceptProblem,
    AcceptTask,
    Add,
    DropStanding,
    DropUnit,
    Edit,
    Mend,
    MendUnits,
    SetBlank,
    SetColumn,
    SetDefault,
    SetHead,
    SetIssued,
    SetUnit,
    SetYear,
)
from db.intake.reading import Problem, Reading, ReadTask
from db.intake.replay import next_key, replayed
from db.intake.settling import settings_of
from db.intake.source import Source
from tests.db.intake.small import BLANK_ROWS, BLANKS, NATIVE, grid, paragraphs, source

YEAR = SetYear(2026)
NO_UNITS = "空白就是没有责任单位"


def task(reading: Reading, key: str) -> ReadTask:
    return next(one for one in reading.tasks if one.key == key)


def problem(reading: Reading, key: str) -> Problem:
    return next(one for one in reading.problems if one.key == key)


def open_keys(reading: Reading) -> set[str]:
    return {one.key for one in reading.problems if not one.answered}


def who(reading: Reading, key: str) -> list[tuple[str, str, str]]:
    return [(one.role, one.name, one.through) for one in task(reading, key).task.responsibilities]


def when(reading: Reading, key: str) -> list[tuple[int | None, int | None, int]]:
    return [(one.month, one.day, one.year_offset) for one in task(reading, key).task.deadlines]


def test_a_document_without_steps_is_what_was_understood() -> None:
    assert [one.task.number for one in replayed(NATIVE, ()).tasks] == list("12345678")
    assert replayed(source(), ()).tasks == (), "an empty document has no task"


@pytest.mark.parametrize(
    ("steps", "year"),
    [
        ((), None),
        ((SetYear(2026),), 2026),
        ((SetYear(2025), SetYear(2026)), 2026),
        ((AcceptProblem("doc.year_unknown", "2027 年"),), 2027),
        ((AcceptProblem("doc.year_unknown", "明年"),), None),
        ((AcceptProblem("doc.year_unknown"),), None),
        ((SetYear(2000), SetYear(1999)), 2000),
        ((SetYear(2100), SetYear(2101)), 2100),
        ((SetYear(0),), None),
        ((SetYear(-1),), None),
        ((SetYear(9999),), None),
    ],
)
def test_the_year_is_the_last_that_a_plan_can_be_for(steps: tuple[Edit, ...], year: int | None) -> None:
    assert replayed(BLANKS, steps).head.year == year


def test_a_year_that_no_plan_can_be_for_is_told() -> None:
    assert "doc.year_unknown" in open_keys(replayed(BLANKS, (SetYear(9999),)))
    assert problem(replayed(BLANKS, (SetYear(9999),)), "doc.edit_lost.0").text == "9999 不能作通知的年份"


def test_a_year_accepted_in_vain_stays_asked() -> None:
    reading = replayed(BLANKS, (AcceptProblem("doc.year_unknown", "明年"),))
    assert not problem(reading, "doc.year_unknown").answered


def test_with_another_year_every_date_is_read_anew() -> None:
    leap = replayed(BLANKS, (SetYear(2024),))
    assert when(leap, "b1r5") == [(2, 29, 0)]
    common = replayed(BLANKS, (YEAR,))
    assert problem(common, "b1r5.deadline_invalid").blocks
    assert when(common, "b1r5") == [(None, None, 0)]


def test_a_row_accepted_before_the_year_is_changed_does_not_answer_what_the_year_makes_doubtful() -> None:
    before = replayed(BLANKS, (SetYear(2024), AcceptTask("b1r5")))
    assert task(before, "b1r5").accepted
    after = replayed(BLANKS, (SetYear(2024), AcceptTask("b1r5"), SetYear(2026)))
    assert not problem(after, "b1r5.deadline_invalid").answered
    assert not task(after, "b1r5").accepted, "it is no more what was accepted"
    back = replayed(BLANKS, (SetYear(2024), AcceptTask("b1r5"), SetYear(2026), SetYear(2024)))
    assert task(back, "b1r5").accepted


def test_a_date_typed_before_the_year_is_changed_is_asked_again_only_where_it_is_doubtful() -> None:
    steps = (SetYear(2024), Mend("b1r1", "deadline", "2月29日前"), AcceptTask("b1r1"))
    assert open_keys(replayed(BLANKS, steps)) == open_keys(replayed(BLANKS, (SetYear(2024), *steps[2:])))
    after = replayed(BLANKS, (*steps, SetYear(2026)))
    assert [one.key for one in after.blocking if one.task == "b1r1"] == ["b1r1.deadline_invalid.e1.1"]
    kept = replayed(BLANKS, (*steps, SetYear(2028)))
    assert [one.key for one in kept.problems if one.task == "b1r1" and not one.answered] == []
    assert when(kept, "b1r1") == [(2, 29, 0)]


def test_an_answer_holds_where_another_year_asks_the_same() -> None:
    steps = (AcceptProblem("b9r4.quota_range"), AcceptProblem("b9r3.clock_unread"), SetYear(2027))
    reading = replayed(NATIVE, steps)
    assert problem(reading, "b9r4.quota_range").answered
    assert problem(reading, "b9r3.clock_unread").answered


def test_an_answer_does_not_hold_where_the_same_key_asks_something_else() -> None:
    steps = (AcceptProblem("b9r1.deadline_two_valued"), SetYear(2027))
    reading = replayed(NATIVE, steps)
    assert problem(reading, "b9r1.deadline_two_valued").assumed == "2027年8月底"
    assert not problem(reading, "b9r1.deadline_two_valued").answered


def test_a_choice_that_another_setting_takes_away_is_told() -> None:
    steps = (AcceptProblem("b9r1.deadline_two_valued", "2026年9月底"), SetColumn(9, 4, "remark"))
    reading = replayed(NATIVE, steps)
    assert problem(reading, "doc.edit_lost.0").text == "选过“2026年9月底”的那个问题已不在了"


def test_a_column_read_otherwise_leaves_nothing_answered_that_was_never_asked() -> None:
    rows = [("序号", "具体要求", "责任单位", "说明"), ("1", "甲。", "甲科", "9月前"), ("2", "乙。", "乙科", "3月底前")]
    table = source(*paragraphs("2026年任务分解表"), grid(rows, native=True))
    accepted = (AcceptTask("b1r1"), AcceptTask("b1r2"))
    assert replayed(table, accepted).tasks[0].task.deadlines == ()
    reading = replayed(table, (*accepted, SetColumn(1, 3, "deadline")))
    assert [one.key for one in reading.blocking] == ["b1r1.deadline_two_valued"]
    assert [one.accepted for one in reading.tasks] == [False, False]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), [("responsible", "综合科", "inherited")]),
        ((SetBlank(True),), [("responsible", "综合科", "name")]),
        ((SetBlank(False),), []),
        ((SetBlank(False), SetBlank(True)), [("responsible", "综合科", "name")]),
        ((AcceptProblem("doc.blank_cells"),), [("responsible", "综合科", "name")]),
        ((AcceptProblem("doc.blank_cells", NO_UNITS),), []),
        ((AcceptProblem("doc.blank_cells", "不知道"),), [("responsible", "综合科", "inherited")]),
    ],
)
def test_the_question_of_blank_cells_is_answered_once_for_all(steps: tuple[Edit, ...], expected: object) -> None:
    reading = replayed(BLANKS, steps)
    assert who(reading, "b1r2") == who(reading, "b1r3") == expected
    asked = [one.key for one in reading.blocking if one.kind == "blank_cells"]
    assert asked == ([] if steps and expected != [("responsible", "综合科", "inherited")] else ["doc.blank_cells"])


def test_units_set_on_a_blank_row_stay_whatever_blank_cells_are() -> None:
    for inherits in (True, False):
        reading = replayed(BLANKS, (MendUnits("b1r2", (("lead", "文化科"),)), SetBlank(inherits)))
        assert who(reading, "b1r2") == [("lead", "文化科", "name")]


def test_a_question_about_several_rows_is_answered_when_each_of_them_is() -> None:
    one = replayed(BLANKS, (AcceptTask("b1r2"),))
    assert problem(one, "doc.blank_cells").covers == ("b1r3",)
    assert problem(one, "doc.blank_cells").text == "第 3 项"
    assert "doc.blank_cells" in open_keys(one)
    both = replayed(BLANKS, (AcceptTask("b1r2"), Mend("b1r3", "assignment", "文化科")))
    assert "doc.blank_cells" not in open_keys(both)
    other = replayed(BLANKS, (Mend("b1r2", "deadline", "3月底前"),))
    assert problem(other, "doc.blank_cells").covers == ("b1r2", "b1r3"), "it is not about the deadline"


def test_a_row_accepted_and_then_read_otherwise_is_not_accepted_any_more() -> None:
    reading = replayed(BLANKS, (AcceptTask("b1r2"), AcceptTask("b1r1"), SetBlank(False)))
    assert (task(reading, "b1r2").accepted, task(reading, "b1r1").accepted) == (False, True)


def test_the_default_is_that_of_rows_the_clerk_adds_or_mends_too() -> None:
    steps = (Add("n1", "b9r8", "新增一项。"), Mend("b9r6", "requirement", "整理历史文件。"))
    reading = replayed(NATIVE, steps)
    assert when(reading, "n1") == when(reading, "b9r6") == [(12, 3, 0)]
    later = replayed(NATIVE, (*steps, SetDefault("11月20日前")))
    assert when(later, "n1") == when(later, "b9r6") == when(later, "b9r2") == [(11, 20, 0)]
    none = replayed(NATIVE, (*steps, SetDefault(None)))
    assert when(none, "n1") == when(none, "b9r6") == when(none, "b9r2") == []


def test_a_default_that_is_no_date_is_asked_and_one_that_is_chosen_of_two_is_taken() -> None:
    assert [one.key for one in replayed(NATIVE, (SetDefault("尽快"),)).problems if one.kind == "deadline_event"]
    unread = replayed(NATIVE, (SetDefault("无此日期9月31日"),))
    assert any(one.task is None and one.kind.startswith("deadline_") for one in unread.blocking)
    two = replayed(NATIVE, (SetDefault("9月前"),))
    assert problem(two, "doc.deadline_two_valued").others == ("2026年9月底",)
    chosen = replayed(NATIVE, (SetDefault("9月前"), AcceptProblem("doc.deadline_two_valued", "2026年9月底")))
    assert when(chosen, "b9r2") == [(9, None, 0)]
    assert "doc.deadline_two_valued" not in open_keys(chosen)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("title", "另一标题", "另一标题"),
        ("title", None, None),
        ("agency", "某局", "某局"),
        ("document_number", None, None),
    ],
)
def test_the_head_is_what_the_clerk_has_set(field: str, value: str | None, expected: str | None) -> None:
    head = replayed(NATIVE, (SetHead(field, "先前的"), SetHead(field, value))).head  # type: ignore[arg-type]
    assert getattr(head, field) == expected


def test_what_the_clerk_has_set_in_the_head_is_not_asked_any_more() -> None:
    assert problem(replayed(BLANKS, ()), "doc.head_missing").text == "发文机关、文号、印发日期"
    one = replayed(BLANKS, (SetHead("agency", "某局"),))
    assert problem(one, "doc.head_missing").text == "文号、印发日期"
    every = (SetHead("agency", "某局"), SetHead("document_number", None), SetIssued(None))
    assert "doc.head_missing" not in {one.key for one in replayed(BLANKS, every).problems}


@pytest.mark.parametrize(("choice", "expected"), [(None, "2026-03-02"), ("2026-03-05", "2026-03-05")])
def test_another_date_of_the_letter_can_be_chosen(choice: str | None, expected: str) -> None:
    letter = paragraphs("某市文旅局关于2026年任务的通知", "某市文旅局", "2026年3月2日", "附件", "2026年3月5日")
    two = source(*letter, *NATIVE.blocks[-1:])
    reading = replayed(two, (AcceptProblem("doc.head_unsure", choice),))
    assert str(reading.head.issued_on) == expected
    assert "doc.head_unsure" not in open_keys(reading)


def test_a_unit_is_put_in_mended_and_taken_out() -> None:
    added = replayed(NATIVE, (SetUnit("新设科", "其他"), SetUnit(" 财务科 ", "中心")))
    kinds = {unit.name: unit.kind for unit in added.units}
    assert (kinds["新设科"], kinds["财务科"]) == ("其他", "中心")
    assert len(added.units) == len(replayed(NATIVE, ()).units) + 1
    gone = replayed(NATIVE, (DropUnit("文物中心"),))
    assert "文物中心" not in {unit.name for unit in gone.units}
    assert [one.kind for one in gone.blocking if one.task == "b9r3" and one.field == "assignment"] == ["units_unread"]


def test_a_row_accepted_before_its_unit_is_dropped_is_asked_about() -> None:
    reading = replayed(NATIVE, (AcceptTask("b9r3"), DropUnit("文物中心")))
    assert [one.kind for one in reading.blocking if one.task == "b9r3"] == ["units_unread"]


@pytest.mark.parametrize("name", ["", "  ", "全局", "\x00", "\u200b"])
def test_what_cannot_be_a_unit_is_told_and_not_put_in(name: str) -> None:
    reading = replayed(NATIVE, (SetUnit(name, "科室"), MendUnits("b9r1", (("lead", name), ("lead", "财务科")))))
    assert {unit.name for unit in reading.units} == {unit.name for unit in replayed(NATIVE, ()).units}
    assert who(reading, "b9r1") == [("lead", "财务科", "name")]
    assert {"doc.edit_lost.0", "doc.edit_lost.1"} <= open_keys(reading)


def test_a_unit_that_the_clerk_has_named_in_a_row_is_not_dropped_silently() -> None:
    named = MendUnits("b9r1", (("lead", "新设科"),))
    kept = replayed(NATIVE, (named, DropUnit("新设科")))
    assert "新设科" in {unit.name for unit in kept.units}
    assert problem(kept, "doc.edit_lost.1").text == "“新设科”还在第 1 项里，没有从名册去掉"
    other = replayed(NATIVE, (named, MendUnits("b9r1", (("lead", "财务科"),)), DropUnit("新设科")))
    assert "新设科" not in {unit.name for unit in other.units}
    again = replayed(NATIVE, (named, DropUnit("新设科"), SetUnit("新设科", "其他")))
    assert {unit.name: unit.kind for unit in again.units}["新设科"] == "其他"
    assert "doc.edit_lost.1" not in open_keys(again)


def test_what_the_letter_asks_of_all_can_be_taken_out() -> None:
    whole = replayed(NATIVE, ())
    (report,), (clock,), (rule, *_) = whole.reports, whole.clock_rules, whole.rules
    steps = (DropStanding("report", report.quote), DropStanding("clock_rule", clock.quote))
    left = replayed(NATIVE, (*steps, DropStanding("rule", rule.text), DropStanding("unit_quota", "没有的")))
    assert (left.reports, left.clock_rules, left.rules) == ((), (), whole.rules[1:])


def test_of_two_settings_about_the_same_the_later_holds() -> None:
    steps = (SetColumn(9, 4, "remark"), SetColumn(9, 4, "deadline"), SetColumn(9, 5, "other"), SetHead("title", "甲"))
    assert settings_of(steps).roles == ((9, 4, "deadline"), (9, 5, "other"))
    assert settings_of((DropUnit("甲科"), DropUnit("甲科"))).dropped == ("甲科",)
    assert settings_of((DropUnit("甲科"), SetUnit("甲科", "科室"))).dropped == ()


def test_the_next_key_is_new() -> None:
    assert next_key(()) == "n1"
    assert next_key((Add("n1", None, "甲"), YEAR, Add("n2", None, "乙"))) == "n3"


def test_steps_on_a_task_that_is_gone_are_told_each() -> None:
    reading = replayed(NATIVE, (Mend("b99", "number", "7"), AcceptTask("n1"), MendUnits("", ())))
    assert {"doc.edit_lost.0", "doc.edit_lost.1", "doc.edit_lost.2"} <= open_keys(reading)


def many() -> Source:
    rows = [("序号", "具体要求", "责任单位", "完成时限")]
    rows += [(str(n), f"做好第{n}件事。", f"第{n % 9}科", f"{n % 12 + 1}月底前") for n in range(1, 61)]
    return source(*paragraphs("2026年任务分解表"), grid(rows, native=True))


def test_a_long_draft_is_replayed_step_by_step_alike() -> None:
    table = many()
    steps: list[Edit] = [AcceptTask(f"b1r{n}") for n in range(1, 41)]
    steps[20:20] = [SetYear(2027), SetUnit("新设科", "科室")]
    reading = replayed(table, steps)
    assert [one.accepted for one in reading.tasks] == [True] * 40 + [False] * 20
    assert replayed(replace(table, name="改名.docx"), steps).tasks == reading.tasks
    assert len(BLANK_ROWS) == 5
