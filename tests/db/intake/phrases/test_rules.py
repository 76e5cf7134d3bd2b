"""What the letter asks of everybody."""

import time

import pytest

from db.intake.phrases.clocks import clocks
from db.intake.phrases.rules import letter
from db.intake.reading import ReadTask
from db.rules.notice import Task
from tests.db.intake.phrases.golds import PLANS, gold


def kinds(*paragraphs: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in letter(tuple(enumerate(paragraphs)), 2022).rules]


def row(requirement: str, *, number: str = "1", assignment: str | None = "规划科") -> ReadTask:
    task = Task(number, None, None, requirement, assignment)
    return ReadTask(number, task, (), clocks(requirement, number)[0], "written" if assignment else "missing")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("要建立工作台账，记录开展情况。", "ledger"),
        ("加强资料收集和整理。", "evidence"),
        ("对上年要点落实情况开展“回头看”，及时补漏。", "look_back"),
        ("落实情况将作为年度考核的内容之一。", "assessment"),
        ("每年组织一次业务培训，要提高能力。", "training"),
        ("严格做好信息公开审查。", "review"),
        ("加强政策解读，做到同步起草。", "interpretation"),
        ("政府信息20个工作日内公开。", "time_limit"),
        ("各责任科室需做到每季度不少于2条信息。", "quota"),
        ("各单位要明确专人负责。", "duty"),
        ("准确适用条例，及时答复。", "duty"),
    ],
)
def test_a_kind_is_told_by_its_words(sentence: str, kind: str) -> None:
    assert kinds(sentence) == [(kind, sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一、提高思想认识",
        "某某局",
        "2022年10月28日",
        "现印发给你们，请认真贯彻落实。",
        "今年是重要的一年，营造稳定的环境。",
        "政务公开对推动工作具有重要意义，要抓好。",
        "各单位要于12月6日前将总结报办公室。",
        "上述任务均要求在12月3日前完成。",
        "有关要求通知如下：",
    ],
)
def test_what_asks_nothing_of_everybody_is_no_rule(text: str) -> None:
    assert kinds(text) == []


def test_numbers_title_sentences_and_points_are_left_out() -> None:
    assert kinds("（一）严格执行要求。一是各单位要抓好落实；二是要建立工作台账；", "第二段要落实责任。") == [
        ("duty", "各单位要抓好落实"),
        ("ledger", "要建立工作台账"),
        ("duty", "第二段要落实责任。"),
    ]


def test_what_a_row_says_too_is_not_said_twice() -> None:
    sentence = "收到的投诉，要在5个工作日内作出首次回复。"
    around = ((0, sentence),)
    assert len(letter(around, 2022).clock_rules) == 1
    repeated = letter(around, 2022, [row("收到的投诉，在5个工作日内作出首次回复。")])
    assert (repeated.clock_rules, repeated.rules) == ((), ())


def test_a_time_limit_that_the_row_does_not_have_is_kept() -> None:
    found = letter(((0, "收到的投诉，要在5个工作日内作出首次回复。"),), 2022, [row("收到的投诉，要作出首次回复。")])
    assert [one.days for one in found.clock_rules] == [5]


def test_a_quota_of_every_unit_may_stand_in_an_item() -> None:
    found = letter((), 2022, [row("梳理目录，各责任科室需做到每季度不少于2条信息，接受监督。")])
    assert [(one.target, one.counter, one.period) for one in found.unit_quotas] == [(2, "条", "quarter")]
    assert [one.kind for one in found.rules] == ["quota"]


def test_an_item_without_units_of_its_own_asks_everybody() -> None:
    text = "各科室要明确专人负责。"
    assert letter((), 2022, [row(text)]).rules == ()
    assert [one.text for one in letter((), 2022, [row(text, assignment=None)]).rules] == [text]


@pytest.mark.parametrize("plan", PLANS)
def test_limits_and_quotas_of_the_five_are_the_reviewed_ones(plan: str) -> None:
    draft = gold(plan)
    lines = [line for line in draft.text.splitlines() if "|" not in line and "\t" not in line]
    rows = [row(task.requirement, number=task.number, assignment=task.assignment) for task in draft.tasks]
    if plan == "liupanshui-2020":
        lines = [line for line in lines if not any(task.requirement[:20] in line for task in draft.tasks)]
    found = letter(tuple(enumerate(lines)), draft.year, rows if plan != "jiangmen-2021" else rows[:0])
    assert {(one.target, one.counter, one.period) for one in found.unit_quotas} == {
        (one.target, one.counter, one.period) for one in draft.unit_quotas
    }
    if plan != "hubei-2022":
        assert found.clock_rules == ()
    right = set(found.rules) & set(draft.rules)
    # A page break cuts one sentence of these bare lines in two; the layouts join it.
    assert len(right) >= 0.75 * len(draft.rules)


def test_the_time_limits_of_the_one_letter_that_has_them_are_the_reviewed_ones() -> None:
    draft = gold("hubei-2022")
    lines = [line for line in draft.text.splitlines() if "\t" not in line]
    assert letter(tuple(enumerate(lines)), 2022).clock_rules == draft.clock_rules


def test_a_long_letter_is_answered_in_time() -> None:
    begun = time.process_time()
    letter(((0, "各单位要抓好落实，5个工作日内报送。" * 8000),), 2022, [row("要抓好落实") for _ in range(300)])
    assert time.process_time() - begun < 10
