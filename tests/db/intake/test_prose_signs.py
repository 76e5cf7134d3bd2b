"""What says in prose who is responsible, sentence by sentence."""

import pytest

from db.intake.parts import taken_apart
from db.intake.prose_signs import label_of, subject_of, unit_first
from db.intake.source import Paragraph, Place


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("办公室要统筹推进", "办公室"),
        ("各科室需明确专人负责", "各科室"),
        ("法规科、财务科应及时公开", "法规科、财务科"),
        ("财务科负责预算公开", "财务科"),
        ("要加强领导", None),
        ("由办公室牵头", None),
        ("做好办公室要求的工作", None),
        ("工作已纳入考核，办公室要督促", None),
        ("和" * 200 + "要", None),
        ("", None),
    ],
)
def test_the_subject_of_a_requirement_is_a_unit_or_nothing(sentence: str, subject: str | None) -> None:
    assert subject_of(sentence) == subject


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("责任单位：甲科", "unit"),
        ("【牵头单位】：甲科", "unit"),
        ("责 任 单 位 ：甲科", "unit"),
        ("完成时限：6月", "deadline"),
        ("活动内容：参观", "text"),
        ("备注：无", "remark"),
        ("责任单位：", None),
        ("来文单位：某局", None),
        ("现将责任单位公布如下：甲科", None),
        ("甲科", None),
        ("", None),
    ],
)
def test_a_label_opens_a_line_when_all_its_words_are_known(line: str, kind: str | None) -> None:
    label = label_of(line)
    assert (label.kind if label else None) == kind


def test_a_colon_behind_a_unit_needs_a_sentence_behind_it() -> None:
    assert unit_first("办公室：负责统筹全年公开工作。") == ("办公室", "负责统筹全年公开工作。")
    assert unit_first("办公室：（略）") is unit_first("各位：请做好今年的公开工作") is unit_first("") is None


@pytest.mark.parametrize(
    ("bracket", "deadline"),
    [
        ("（责任科室：甲科，6月底前完成）", "6月底前完成"),
        ("（责任单位：办公室，全年）", "全年"),
        ("（牵头科室：甲科；责任科室：各科室；完成时限：9月底）", "9月底"),
        ("（办公室负责，2026年11月30日前完成）", "2026年11月30日前完成"),
        ("（责任科室：甲科、乙科）", None),
    ],
)
def test_a_time_limit_in_a_bracket_of_units_is_read_with_or_without_its_label(
    bracket: str, deadline: str | None
) -> None:
    lines = ("一、加强公开", f"1.更新信息公开指南。{bracket}", "2.公开目录。（责任科室：乙科）")
    blocks = tuple(Paragraph(text, Place("正文", line=number)) for number, text in enumerate(lines, 1))
    task, _ = taken_apart(blocks, {}).tasks
    assert (task.requirement, task.assignments, task.deadline) == ("更新信息公开指南。", ((None, bracket),), deadline)
