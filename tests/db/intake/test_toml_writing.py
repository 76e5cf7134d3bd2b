"""A reading written as TOML and read again is the same reading, whatever signs it holds."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import ReadingError
from db.intake.accepting import supplemented
from db.intake.draft_file import open_lines, read_draft
from db.intake.plan_toml import read_plan
from db.intake.reading import Problem
from db.intake.source import Place
from db.intake.toml_writing import BLOCKING, OPEN, inherits, to_toml
from db.rules.differences import SUPPLEMENT
from db.rules.notice import NoticeDraft, NoticeUnit, Responsibility, Task
from seeds.plant import readings
from tests.hostile import PAYLOADS

GOLDS = {draft.plan: replace(draft, other_numbers=()) for draft in readings()}
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).filter(
    lambda text: bool(text.strip())
)


@pytest.mark.parametrize("plan", sorted(GOLDS))
def test_each_of_the_five_readings_comes_back_as_it_was(plan: str) -> None:
    draft = GOLDS[plan]
    assert read_plan("x.toml", to_toml(draft), None) == draft
    assert read_plan("x.toml", to_toml(draft), draft.text) == draft


def small(requirement: str = "做好公开。", text: str | None = None, **more: object) -> NoticeDraft:
    task = Task("1", None, None, requirement, "甲科", responsibilities=(Responsibility("responsible", "甲科", "name"),))
    return NoticeDraft(
        plan="notice-2026",
        agency=None,
        title=None,
        document_number=None,
        year=2026,
        issued_on=None,
        text=text if text is not None else f"{requirement}\n甲科\n",
        units=(NoticeUnit("甲科", "科室", "甲科"),),
        tasks=(replace(task, **more),),
    )


@given(WORDS)
def test_any_printable_requirement_comes_back(words: str) -> None:
    draft = small(words)
    assert read_plan("x.toml", to_toml(draft), None).tasks == draft.tasks


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_any_text_of_the_notice_comes_back(words: str) -> None:
    draft = small(text=words + "做好公开。甲科")
    assert read_plan("x.toml", to_toml(draft), None).text == draft.text


@pytest.mark.parametrize("words", ['三个引号"""', "反斜杠\\n", "'''", '"', "\\", '结尾"', "#! 不是问题", "[source]"])
def test_signs_that_toml_reads_otherwise_are_escaped(words: str) -> None:
    draft = small(words, text=f"{words}\n甲科\n{words}\n#! 也不是问题")
    assert read_draft("x.toml", to_toml(draft)) == draft


def test_a_blocking_problem_keeps_the_file_out_until_its_line_is_gone() -> None:
    draft = small()
    asked = Problem("k", "deadline_invalid", "9月31日前", "没有时限", ("9月30日前",), True, Place("表 1", 3))
    looked = Problem("l", "number_gap", "缺 2", "", place=Place("表 1"))
    done = Problem("m", "row_unsure", "已答的", "", blocks=True, answered=True)
    text = to_toml(draft, (("1", asked), (None, looked), ("1", done)))
    lines = text.split("\n")
    (number,) = (n for n, line in enumerate(lines, 1) if line.startswith(BLOCKING))
    assert lines[number] == "[[task]]", "it stands before what it is about"
    assert "表 1 第 3 行" in lines[number - 1]
    assert "9月30日前" in lines[number - 1]
    assert sum(line.startswith(OPEN) for line in lines) == 1
    assert "已答的" not in text
    assert [line for line, _ in open_lines(text)] == [number]
    with pytest.raises(ReadingError, match=f"第 {number} 行：时限日期不存在") as refused:
        read_draft("x.toml", text)
    assert refused.value.exit_code == 3
    assert read_draft("x.toml", "\n".join(lines[: number - 1] + lines[number:])) == draft


def test_a_problem_is_one_comment_line_whatever_it_quotes() -> None:
    asked = Problem("k", "units_unread", "甲\n[[task]]\x1b[31m\u2028乙", "", blocks=True)
    text = to_toml(small(), (("1", asked),))
    assert text.count("[[task]]") == 2
    assert sum(line.startswith("[[task]]") for line in text.split("\n")) == 1
    assert not set("\x1b\u2028") & set(text)


def test_what_the_source_does_not_say_so_is_added_and_marked() -> None:
    draft = small("补写的要求。", text="原文。\n甲科")
    whole = supplemented(draft)
    assert whole.text == f"原文。\n甲科\n\n{SUPPLEMENT}\n补写的要求。\n"
    assert supplemented(whole) == whole
    assert read_draft("x.toml", to_toml(whole)) == whole


def test_a_reading_without_the_notice_is_refused_where_none_lies_beside_it() -> None:
    bare = to_toml(small()).split("[source]")[0]
    with pytest.raises(ReadingError, match="source：缺少这个表"):
        read_draft("x.toml", bare)
    with pytest.raises(ReadingError, match=r"source\.text：应是通知的原文"):
        read_draft("x.toml", bare + "[source]\ntext = 3\n")


def test_units_of_the_row_above_are_written_as_inherited_only_where_they_are() -> None:
    own = (Responsibility("responsible", "甲科", "name"),)
    taken = (Responsibility("responsible", "甲科", "inherited"),)
    above = Task("1", None, None, "一", "甲科", responsibilities=own)
    below = Task("2", None, None, "二", None, responsibilities=taken)
    assert inherits(below, (above,)) == "1"
    assert inherits(above, ()) is None
    assert inherits(replace(below, responsibilities=()), (above,)) is None
    assert inherits(replace(below, assignment="甲科"), (above,)) is None
    assert inherits(below, ()) is None


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_what_cannot_be_seen_is_written_out_and_stays_exact(text: str) -> None:
    # A lone surrogate is in no document: every reader drops it.
    said = text.encode("utf-8", "ignore").decode()
    draft = small(text=f"{said}\n做好公开。\n甲科\n")
    written = to_toml(draft)
    assert {sign for sign in written if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")} <= {"\n", "\t"}
    assert read_plan("x.toml", written, None).text == draft.text
