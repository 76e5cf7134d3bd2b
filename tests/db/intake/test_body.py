"""The body of a notice beside its table."""

import time
from dataclasses import replace

import pytest

from db.intake.body import BodyMatch, body_of
from db.intake.reading import RawTask
from db.intake.restating import Texts, pairs
from db.rules.said import Responsibility, Scope
from tests.db.intake.phrases.golds import gold

BODY = (
    "关于印发要点的通知",
    "一、夯实公开基础",
    "（一）规范公文管理。一是严格落实公文属性的源头审查机制，科室负责人要做好审查。二是持续开展历年文件的全面梳理，文件起草部门要逐件认定属性。",
    "二、提高解读实效",
    "扩大政策解读范围，新增的政策性文件均要开展解读。重大事项目录由规划科会同各科室研究确定，并由办公室于3月31日前向社会公开。",
)


def row(
    number: str, requirement: str, units: str = "规划科", deadline: str | None = "全年", matter: str | None = None
) -> RawTask:
    return RawTask(
        f"b9r{number}", number, None, matter, requirement, ((None, units),), "written", deadline, None, None, ()
    )


ROWS = (
    row("1", "落实公文属性的源头审查机制。", "各科室"),
    row("2", "开展历年文件的全面梳理，逐件认定属性。", "办公室"),
    row("3", "新增的政策性文件均开展解读。"),
    row("4", "确定并向社会公开重大事项目录。", deadline="3月底前"),
    row("5", "组织窗口人员培训。"),
)


def matched(*rows: RawTask, body: tuple[str, ...] = BODY) -> tuple[BodyMatch, ...]:
    return body_of(tuple(enumerate(body)), rows or ROWS)


def test_each_row_gets_the_heading_that_its_sentence_stands_under() -> None:
    first, second = BODY[1], BODY[3]
    assert [(one.task, one.section) for one in matched()] == [
        ("b9r1", first),
        ("b9r2", first),
        ("b9r3", second),
        ("b9r4", second),
        ("b9r5", second),
    ]
    assert matched()[4].sentence == ""


def test_a_day_that_the_row_does_not_have_and_a_further_party_are_told() -> None:
    found = matched()[3]
    sentence = "重大事项目录由规划科会同各科室研究确定，并由办公室于3月31日前向社会公开。"
    assert found.sentence == sentence
    assert [(one.kind, one.text) for one in found.differs] == [("body_differs", sentence)]
    assert found.parties == (
        Responsibility("support", "各科室", "related", Scope(("科室",)), listed=False, quote=sentence),
        Responsibility("responsible", "办公室", "related", Scope((), ("办公室",)), listed=False, quote=sentence),
    )


def test_a_party_that_the_row_names_is_none_that_differs() -> None:
    assert matched()[0].differs == ()
    assert [one.name for one in matched()[1].parties] == ["文件起草部门"]
    rows = (*ROWS[:3], replace(ROWS[3], assignments=((None, "规划科、各科室、办公室"),), deadline="3月31日前"))
    assert matched(*rows)[3].differs == ()


@pytest.mark.parametrize(
    "body",
    [
        (),
        ("关于印发要点的通知", "请认真落实。"),
        tuple(one for one in BODY if not one.startswith(("一、", "二、"))),
        ("一、提高认识。政务公开十分重要。", "二、加强考核。结果列入年度考评。"),
    ],
)
def test_a_letter_that_restates_no_rows_is_no_body(body: tuple[str, ...]) -> None:
    assert matched(body=body) == ()


def test_without_rows_there_is_nothing_to_match() -> None:
    assert body_of(tuple(enumerate(BODY)), ()) == ()


def test_the_body_of_the_one_notice_that_has_one_is_read_as_reviewed() -> None:
    draft = gold("jiading-2021")
    text = draft.text.partition("序号")[0]
    # Page breaks cut sentences in two; the layouts join them before the body is read.
    for broken, whole in (("进行整\n\n理", "进行整理"), ("解答、说\n\n明", "解答、说明"), ("协调推\n\n进", "协调推进")):
        assert broken in text
        text = text.replace(broken, whole)
    rows = tuple(
        replace(
            row(task.number, task.requirement, task.assignment or "", matter=task.matter),
            deadline=task.deadlines[0].text if task.deadlines else None,
        )
        for task in draft.tasks
    )
    found = body_of(tuple(enumerate(text.splitlines())), rows)
    for match, task in zip(found, draft.tasks, strict=True):
        assert (task.number, match.section) == (task.number, task.section)
        assert match.parties == tuple(one for one in task.responsibilities if not one.listed)
        assert (match.sentence if match.differs else None) == (task.remark if task.remark_source == "body" else None)


def test_what_part_of_a_text_stands_in_another_is_counted_by_pairs() -> None:
    texts = Texts(["公开目录，清单", "公开清单", ""])
    assert texts.best("公开清单")[0] == 1  # type: ignore[index]
    assert texts.best("甲乙丙丁") is None
    assert pairs("公开 、清单") == {"公开", "开清", "清单"}
    assert pairs("") == frozenset()


def test_a_long_body_beside_a_long_table_is_answered_in_time() -> None:
    begun = time.process_time()
    body = ("一、公开工作", *("".join(f"第{n}项公开工作要做好落实{n % 7}。" for n in range(2000)) for _ in range(20)))
    rows = tuple(row(str(n), f"第{n}项公开工作要做好落实，及时更新。") for n in range(3000))
    matched(*rows, body=body)
    matched(*ROWS, body=("一、" + "公" * 300_000, "由" * 200_000 + "。", "一是" * 100_000))
    assert time.process_time() - begun < 15
