"""Doubts become problems: each once, those of a whole document once, under keys that stay."""

import pytest

from db.intake.problems import ONCE, Found, collapsed, listed, reader_problems, told
from db.intake.reading import Doubt, ProblemKind, ReadTask
from db.intake.source import Loss, LossKind, Place, Source
from db.rules.notice import Task

TASKS = tuple(ReadTask(f"b1r{n}", Task(str(n), None, None, f"要求{n}", None), ()) for n in range(1, 4))
HERE = Place("表 1", 2)


def found(kind: ProblemKind, task: str | None, text: str = "", **more: object) -> Found:
    return Found(Doubt(kind, text, "照读", **more), HERE, task, "row" if task else None)  # type: ignore[arg-type]


def test_without_doubts_there_are_no_problems() -> None:
    assert collapsed((), TASKS) == ()


@pytest.mark.parametrize("kind", sorted(ONCE))
def test_a_question_of_the_document_is_asked_once_and_names_its_rows(kind: ProblemKind) -> None:
    many = collapsed([found(kind, "b1r1", "甲"), found(kind, "b1r3", "丙", blocks=True), found(kind, "b1r1")], TASKS)
    (one,) = many
    assert (one.key, one.text, one.task, one.covers) == (f"doc.{kind}", "第 1、3 项", None, ("b1r1", "b1r3"))
    assert one.blocks, "one that blocks makes all of it block"


def test_a_question_of_the_document_about_one_row_stands_on_it() -> None:
    (one,) = collapsed([found("blank_cells", "b1r2", "甲")], TASKS)
    assert (one.key, one.text, one.task, one.covers) == ("doc.blank_cells", "甲", "b1r2", ("b1r2",))
    (bare,) = collapsed([found("blank_cells", "b1r2")], TASKS)
    assert bare.text == "第 2 项"


def test_problems_stand_in_the_order_of_the_rows_under_keys_of_their_own() -> None:
    doubts = [
        found("row_cut", "b1r3"),
        found("quota_unread", "b1r1", "2条"),
        found("quota_unread", "b1r1", "3条"),
        found("number_gap", None),
        found("number_gap", None, "缺 2"),
        found("row_cut", "b9"),
    ]
    keys = [one.key for one in collapsed(doubts, TASKS)]
    assert keys == [
        *("doc.number_gap", "doc.number_gap.2", "b1r1.quota_unread", "b1r1.quota_unread.2", "b1r3.row_cut"),
        "b9.row_cut",
    ]


def test_a_question_of_rows_and_one_of_the_document_never_share_a_key() -> None:
    both = collapsed([found("units_missing", None), found("units_missing", "b1r1")], TASKS)
    assert sorted(one.key for one in both) == ["doc.units_missing", "doc.units_missing.2"]


def test_what_is_assumed_is_no_other_reading() -> None:
    (one,) = collapsed([found("deadline_two_valued", "b1r1", others=("照读", "另一", "照读"))], TASKS)
    assert one.others == ("另一",)


def losses(*kinds: LossKind) -> Source:
    return Source("docx", "a.docx", "", (), tuple(Loss(kind, HERE, "话", 2) for kind in kinds))


def test_what_a_reader_could_not_carry_over_is_a_problem_for_each_kind() -> None:
    source = losses("picture", "formula", "picture", "picture", "picture", "menu")
    problems = reader_problems(source, ("formula", "picture", "encoding"))
    assert [one.key for one in problems] == ["doc.reader.formula", "doc.reader.picture"]
    assert problems[1].assumed == "图片（未读入） 8 处"
    assert problems[1].text.count("话") == 3, "some of them are shown"
    assert told(source, ("formula", "picture")) == "另有网页的菜单和栏目（未读入） 2 处"
    assert reader_problems(losses(), ("formula",)) == ()
    assert told(losses(), ()) == ""


def test_rows_are_listed_by_their_numbers() -> None:
    assert listed(["1", "一(二)", "3-2"]) == "第 1、一(二)、3-2 项"
