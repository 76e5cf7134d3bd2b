"""A reading becomes a notice only without open questions, and whatever it says then stands in the notice's text."""

from dataclasses import replace
from datetime import date

import pytest

from db.errors import ReadingError
from db.intake.accepting import notice_draft, open_problems, supplemented, unchecked_draft
from db.intake.draft_file import open_lines, read_draft
from db.intake.edits import (
    AcceptProblem,
    AcceptTask,
    Add,
    Drop,
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
from db.intake.plan_toml import LARGEST_FILE
from db.intake.reading import Problem, Reading, ReadTask
from db.intake.replay import replayed
from db.intake.source import Source
from db.intake.toml_writing import to_toml
from db.reads.intake import notice_said
from db.rules.assigned import for_everybody
from db.rules.differences import SUPPLEMENT
from db.rules.notice import ClockRule, Deadline, NoticeDraft, NoticeUnit, Report, Responsibility, Task
from db.store.intake import accept_notice
from tests.db.intake.small import BLANKS, NATIVE, paragraphs, source
from tests.world import NOW, World

YEAR = SetYear(2026)


def answered(document: Source, steps: tuple[Edit, ...]) -> Reading:
    """The reading with every question taken as assumed."""
    for _ in range(3):
        steps = (*steps, *(AcceptProblem(one.key) for one in replayed(document, steps).problems if not one.answered))
    return replayed(document, steps)


def taken_in(world: World, reading: Reading) -> NoticeDraft:
    """The draft as it comes back from the file."""
    draft = notice_draft(reading)
    accept_notice(world.file, draft, at=NOW)
    assert notice_said(world.file, draft.plan) == draft
    return draft


def one_task(**more: object) -> Reading:
    """A reading of one task, to put anything in."""
    task = Task(
        "1", None, None, "做好公开。", "甲科", responsibilities=(Responsibility("responsible", "甲科", "name"),)
    )
    document = source(*paragraphs("做好公开。", "甲科"))
    base = replace(
        replayed(document, (YEAR,)), problems=(), text="做好公开。\n甲科", units=(NoticeUnit("甲科", "科室", "甲科"),)
    )
    return replace(base, tasks=(ReadTask("b0", replace(task, **more), ()),))  # type: ignore[arg-type]


def test_with_a_blocking_problem_open_nothing_is_taken_in() -> None:
    reading = replayed(NATIVE, ())
    with pytest.raises(ReadingError, match=f"还有 {len(reading.blocking)} 个必须核对的问题") as refused:
        notice_draft(reading)
    assert refused.value.hint
    assert len(open_problems(reading)) == len([one for one in reading.problems if not one.answered])


def test_an_empty_document_and_one_without_a_year_are_refused() -> None:
    with pytest.raises(ReadingError, match="没有读出任务"):
        unchecked_draft(replayed(source(), (YEAR,)))
    with pytest.raises(ReadingError, match="没有写明年份"):
        notice_draft(answered(BLANKS, ()))


STEPS: dict[str, tuple[Edit, ...]] = {
    "nothing": (),
    "another head": (SetHead("title", "另一标题"), SetHead("agency", None), SetIssued(date(2026, 5, 4))),
    "a short name": (SetHead("plan", "wenlv-2026"),),
    "no default": (SetDefault(None),),
    "a default in the next year": (SetDefault("次年1月10日前"),),
    "a default at a month's end": (SetDefault("10月底前"),),
    "a column of remarks": (SetColumn(9, 4, "remark"),),
    "fields": (Mend("b9r1", "section", "另一大项"), Mend("b9r1", "matter", "事项"), Mend("b9r2", "remark", "")),
    "a requirement": (Mend("b9r1", "requirement", "原文没有的要求，每月不少于2条。"),),
    "a number": (Mend("b9r3", "number", "三"),),
    "a date": (
        Mend("b9r1", "deadline", "2027-02-28"),
        Mend("b9r2", "deadline", ""),
        Mend("b9r3", "deadline", "看情况"),
    ),
    "a window": (Mend("b9r1", "deadline", "3月1日至5月31日"), Mend("b9r2", "deadline", "每季度")),
    "units": (Mend("b9r4", "assignment", "法规科牵头，其他科室配合"), MendUnits("b9r7", (("lead", "财务科"),))),
    "nobody": (MendUnits("b9r7", ()), Mend("b9r8", "assignment", "")),
    "a row above mended": (MendUnits("b9r1", (("lead", "法规科"),)),),
    "a roster": (SetUnit("新设科", "其他"), DropUnit("法规科")),
    "split": (Split("b9r1", 6), Split("b9r8", 4)),
    "joined": (Join("b9r1"), Join("b9r3")),
    "dropped": (Drop("b9r1"), Drop("b9r8")),
    "added": (Add("n1", None, "新增一项，10月底前完成。"), Add("n2", "b9r8", "又一项。")),
    "accepted": (AcceptTask("b9r4"), AcceptProblem("b9r4.deadline_parties", "各镇街")),
    "choices": (AcceptProblem("b9r5.units_open", "连同中心和所队"), AcceptProblem("b9r6.units_near", "作为统称")),
}


@pytest.mark.parametrize("name", list(STEPS))
def test_after_each_kind_of_step_the_notice_comes_back_from_the_file_as_it_was_read(name: str, world: World) -> None:
    draft = taken_in(world, answered(NATIVE, STEPS[name]))
    assert draft.text.startswith("某市文旅局文件\n")


BLANK_STEPS: dict[str, tuple[Edit, ...]] = {
    "as it is": (),
    "blank is nothing": (SetBlank(False),),
    "the row above dropped": (Drop("b1r1"),),
    "the row above mended": (MendUnits("b1r1", (("lead", "文化科"),)),),
    "the row above without units": (Mend("b1r1", "assignment", ""),),
    "a blank row split": (Split("b1r2", 2), Drop("b1r1")),
    "rows accepted one by one": (AcceptTask("b1r2"), AcceptTask("b1r3")),
}


@pytest.mark.parametrize("name", list(BLANK_STEPS))
def test_blank_rows_come_back_whatever_happened_to_the_row_above(name: str, world: World) -> None:
    taken_in(world, answered(BLANKS, (YEAR, *BLANK_STEPS[name])))


def test_what_was_inherited_from_a_row_that_is_gone_stays_possible_with_its_words(world: World) -> None:
    draft = taken_in(
        world, replayed(BLANKS, (YEAR, AcceptTask("b1r2"), AcceptTask("b1r3"), Drop("b1r1"), AcceptTask("b1r5")))
    )
    (one,) = draft.tasks[0].responsibilities
    assert (one.name, one.through) == ("综合科", "related")
    assert one.scope is not None
    assert one.scope.units == ("综合科",)


def test_words_that_are_no_date_are_kept_as_a_remark_and_a_cell_that_names_nobody_as_it_is() -> None:
    draft = notice_draft(answered(NATIVE, ()))
    by_number = {task.number: task for task in draft.tasks}
    assert (by_number["4"].remark, by_number["4"].assignment) == (None, "全体同志")
    assert by_number["4"].responsibilities == (for_everybody("4"),)
    assert by_number["7"].remark == "完成时限：根据会议时间确定"
    assert by_number["5"].remark == "另行通知"
    assert by_number["3"].remark == "完成时限：2月30日前"
    assert all(deadline.kind != "none" for task in draft.tasks for deadline in task.deadlines)
    assert f"\n{SUPPLEMENT}\n" in draft.text


@pytest.mark.parametrize(
    "more",
    [
        {"number": "1\x00"},
        {"requirement": "做好\n公开\t。"},
        {"requirement": "做\u202e好公开。"},
        {"requirement": '三个引号"""和\\反斜杠。'},
        {"section": "\x00", "matter": "  "},
        {"remark": "\x7f", "remark_source": "cell"},
        {"remark": "备\u2028注", "remark_source": "body"},
        {"assignment": "，"},
        {"assignment": "甲科", "responsibilities": ()},
        {"assignment": "另一格"},
        {"responsibilities": (Responsibility("lead", "甲科", "name"),) * 2},
        {"responsibilities": (Responsibility("lead", "甲\x00科", "name"), Responsibility("lead", "甲科", "name"))},
        {"assignment": None, "responsibilities": (Responsibility("lead", "甲科", "inherited"),)},
        {"deadlines": (Deadline("3月底", "month_end", "cell", "别的话", month=3),)},
        {"deadlines": (Deadline("会后", "none", "cell", "会后"), Deadline("全年", "standing", "cell", "全年"))},
        {"deadlines": (Deadline("次年1月1日", "on_day", "notice", "次年1月1日", month=1, day=1, year_offset=1),)},
    ],
)
def test_whatever_stands_in_a_task_is_taken_in_and_comes_back(more: dict[str, object], world: World) -> None:
    taken_in(world, one_task(**more))


def test_whatever_stands_beside_the_tasks_is_taken_in_and_comes_back(world: World) -> None:
    reading = replace(
        one_task(number="1\x01"),
        head=replace(one_task().head, agency="\x00", title=" \t", document_number="文\x07号"),
        units=(NoticeUnit("甲科", "科室", "别的话"), NoticeUnit("乙\x00科", "科室", "\x00")),
        reports=(Report("总结", "办公室", 2, 29, "报", attachments=("", "台账\x00")),),
        clock_rules=(ClockRule(5, "workday", "after", "max", "收到\n后", "答复", "话"),),
        headings=(("number", "序\n号"), ("requirement", "要求"), ("remark", " ")),
        text="做好公开。\x00\r\n甲科",
    )
    limit = ClockRule(3, "workday", "after", "max", "甲", "乙", "甲乙", "1\x01")
    tasks = (replace(reading.tasks[0], clocks=(limit,)),)
    draft = taken_in(world, replace(reading, tasks=tasks))
    assert (draft.agency, draft.title, draft.document_number) == (None, None, "文号")
    assert draft.headings == (("number", "序号"), ("requirement", "要求"))
    assert draft.reports[0].attachments == ("台账",)
    assert [rule.task for rule in draft.clock_rules] == [None, "1"]


def test_header_words_without_one_for_the_requirements_are_left_out() -> None:
    reading = replace(one_task(), headings=(("requirement", "\n"), ("number", "序号")))
    assert notice_draft(reading).headings == ()


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (SetHead("plan", "全局"), "短名"),
        (SetHead("plan", "Notice 2026"), "短名"),
        (SetHead("plan", "-"), "短名"),
    ],
)
def test_a_short_name_of_another_shape_is_refused_in_chinese(edit: Edit, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as refused:
        notice_draft(answered(NATIVE, (edit,)))
    assert refused.value.hint


def test_two_rows_of_one_number_are_refused_in_chinese() -> None:
    reading = one_task()
    twice = (reading.tasks[0], replace(reading.tasks[0], key="b1"))
    with pytest.raises(ReadingError, match="编号 1 写了两次"):
        notice_draft(replace(reading, tasks=twice))


@pytest.mark.parametrize(("size", "fits"), [(LARGEST_FILE // 2, True), (LARGEST_FILE + 1, False)])
def test_a_text_over_one_megabyte_is_refused_in_chinese(size: int, fits: bool) -> None:
    reading = replace(one_task(), text="做好公开。甲科" + "a" * size)
    if fits:
        assert notice_draft(reading).text == reading.text
        return
    with pytest.raises(ReadingError, match="超过 1 MB") as refused:
        notice_draft(reading)
    assert refused.value.hint


def test_only_what_the_source_does_not_say_is_added_to_its_text() -> None:
    draft = notice_draft(one_task())
    assert draft.text == "做好公开。\n甲科"
    more = replace(draft, tasks=(replace(draft.tasks[0], requirement="别的要求。"),))
    assert supplemented(more).text.split(SUPPLEMENT)[1] == "\n别的要求。\n"
    assert supplemented(supplemented(more)) == supplemented(more)


def test_a_blocking_problem_of_a_task_that_the_draft_calls_otherwise_is_written_all_the_same() -> None:
    reading = one_task(number="1\x00")
    asked = Problem("b0.units_unread", "units_unread", "甲", "", blocks=True, task="b0")
    text = to_toml(unchecked_draft(reading), (("1\x00", asked),))
    assert len(open_lines(text)) == 1


def test_blocking_lines_count_wherever_the_text_of_the_notice_stands() -> None:
    draft = replace(notice_draft(one_task()), text="#! 原文\n做好公开。甲科\n[source]\n#! 还是原文")
    asked = Problem("k", "units_unread", "甲", "", blocks=True)
    text = to_toml(draft, (("1", asked),))
    assert len(open_lines(text)) == 1
    head, tasks, rest = text.partition("#! ")
    moved = rest[rest.index("[source]") :] + "\n" + tasks + rest[: rest.index("[source]")]
    root, _, units = head.partition("[[unit]]")
    whole = f"{root}{moved}[[unit]]{units}"
    assert len(open_lines(whole)) == 1, "behind the text, too"
    with pytest.raises(ReadingError, match="还有 1 个必须核对的问题"):
        read_draft("x.toml", whole)
