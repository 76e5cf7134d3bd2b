"""Sender, title, number, date and year from the letter around the tasks."""

import time
from datetime import date

import pytest

from db.intake.head import head
from db.intake.reading import Doubt, Head
from tests.db.intake.phrases.golds import PLANS, gold

LETTER = (
    "河东市林草局文件",
    "河林办〔2031〕7号",
    "关于印发河东市林草局2031年",
    "政务公开工作要点的通知",
    "局机关各科室、直属各单位：",
    "现将要点印发给你们（参见国办发〔2030〕3号），请认真落实。",
    "河东市林草局",
    "2031年5月6日",
)
READ = Head(
    "河东市林草局", "关于印发河东市林草局2031年政务公开工作要点的通知", "河林办〔2031〕7号", 2031, date(2031, 5, 6)
)


def read(*lines: str, tasks: tuple[str, ...] = ()) -> tuple[Head, list[str]]:
    found, doubts = head(tuple(enumerate(lines)), tasks)
    return found, [one.kind for one in doubts]


def changed(**lines: str | None) -> tuple[str, ...]:
    """The letter with other lines: l7='…' for its eighth, None takes it out."""
    texts = [lines.get(f"l{n}", line) for n, line in enumerate(LETTER)]
    return tuple(text for text in texts if text is not None)


def test_a_plain_letter_is_read_without_a_doubt() -> None:
    assert read(*LETTER) == (READ, [])


@pytest.mark.parametrize("plan", PLANS)
def test_the_heads_of_the_five_are_the_reviewed_ones(plan: str) -> None:
    draft = gold(plan)
    lines = draft.text.splitlines()
    around = [line for line in lines if "|" not in line and not line.startswith("\t") and line.count("\t") < 2]
    if plan == "jiangmen-culture-2021":
        around = []
    found, doubts = head(tuple(enumerate(around)), [task.requirement for task in draft.tasks])
    assert found == Head(draft.agency, draft.title, draft.document_number, draft.year, draft.issued_on)
    expected = ["head_missing", "year_assumed"] if plan == "jiangmen-culture-2021" else []
    assert [one.kind for one in doubts] == expected
    assert not any(one.blocks for one in doubts)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("二○三一年五月六日", date(2031, 5, 6)),
        ("二〇三一年十二月二十三日", date(2031, 12, 23)),
        ("2031 年 5 月 6 日", date(2031, 5, 6)),
        ("２０３１年５月６日", date(2031, 5, 6)),
        ("2031-05-06", date(2031, 5, 6)),
        ("(2031年5月6日)", date(2031, 5, 6)),
        ("          2031年5月6日", date(2031, 5, 6)),
        ("2031年5月6日（此件主动公开）", date(2031, 5, 6)),
    ],
)
def test_a_date_of_issue_is_read_in_every_spelling(line: str, day: date) -> None:
    found, doubts = read(*changed(l7=line))
    assert (found.issued_on, doubts) == (day, [])


def test_the_line_above_the_date_signs_and_may_share_its_line() -> None:
    assert read(*changed(l6="河东市林草局办公室"))[0].agency == "河东市林草局办公室"
    assert read(*changed(l6=None, l7="河东市林草局办公室      2031年5月6日"))[0].agency == "河东市林草局办公室"
    assert read(*changed(l0=None, l6=None))[0].agency is None


def test_the_title_may_name_the_sender_or_stand_on_one_line() -> None:
    title = "河东市林草局关于印发《2031年要点》的通知"
    found, doubts = read(*changed(l0=None, l2="河东市林草局 关于印发《2031年要点》的通知", l3=None, l6=None))
    assert (found.title, found.agency, doubts) == (title, "河东市林草局", [])
    assert read(*changed(l2="河东市林草局", l3="关于印发《2031年要点》的通知"))[0].title == title


def test_without_a_letter_the_paper_handed_on_gives_title_sender_and_year() -> None:
    found, doubts = read("各科室：", "现将方案印发给你们。", "2031年5月6日", "河东市林草局2031年政务公开实施方案")
    assert found == Head("河东市林草局", "河东市林草局2031年政务公开实施方案", None, 2031, date(2031, 5, 6))
    assert doubts == []


def test_a_number_in_a_sentence_is_cited_and_not_its_own() -> None:
    assert read(*changed(l1=None))[0].document_number is None
    assert read(*changed(l1="根据河林办〔2030〕9号要求。"))[0].document_number is None
    assert read(*changed(l1="河林办〔2031〕7号          签发人：略"))[0].document_number == "河林办〔2031〕7号"
    assert read(*changed(l1="文号：河林办[2031]7号"))[0].document_number == "河林办[2031]7号"


@pytest.mark.parametrize(
    ("lines", "issued", "doubts"),
    [
        (changed(l6="河东市林草局", l7="2031年2月30日"), None, ["head_missing", "head_unsure"]),
        (changed(l7="河东市林草局办公室  2031年5月7日印发"), date(2031, 5, 7), ["head_unsure"]),
        ((*LETTER, "2031年6月1日"), date(2031, 5, 6), ["head_unsure"]),
        ((*LETTER, "河东市林草局办公室  2031年5月7日印发"), date(2031, 5, 6), []),
        (changed(l7=None), None, ["head_missing"]),
    ],
)
def test_a_date_that_is_not_certain_is_a_doubt(lines: tuple[str, ...], issued: date | None, doubts: list[str]) -> None:
    found, told = read(*lines)
    assert (found.issued_on, told) == (issued, doubts)


def test_two_senders_are_a_doubt() -> None:
    assert read(*changed(l6="河西区水务局"))[1] == ["head_unsure"]


@pytest.mark.parametrize(
    ("lines", "tasks", "year", "doubt"),
    [
        ((*LETTER, "2032年任务分解表"), (), 2031, Doubt("year_assumed", "", "2031 年", ("2032 年",))),
        (
            changed(l2="关于印发2028-2031年", l3="规划任务的通知"),
            (),
            2031,
            Doubt("year_assumed", "", "2031 年", ("2028 年",)),
        ),
        (changed(l7="2033年5月6日"), (), 2031, Doubt("year_assumed", "", "2031 年", ("2033 年",))),
        (changed(l2="关于做好", l3="政务公开工作的通知"), (), 2031, Doubt("year_assumed", "", "2031 年")),
        (
            changed(l2="关于做好", l3="政务公开工作的通知", l7="2031年12月6日"),
            (),
            2031,
            Doubt("year_assumed", "", "2031 年", ("2032 年",)),
        ),
        (
            (),
            ("2031年底前完成", "2031年6月底", "落实2030年的要点"),
            2031,
            Doubt("year_assumed", "", "2031 年", ("2030 年",)),
        ),
    ],
)
def test_a_year_that_the_titles_do_not_settle_is_assumed(
    lines: tuple[str, ...], tasks: tuple[str, ...], year: int, doubt: Doubt
) -> None:
    found, doubts = head(tuple(enumerate(lines)), tasks)
    assert found.year == year
    assert doubt in doubts


def test_no_year_anywhere_blocks() -> None:
    found, doubts = head((), ("12月底前完成", "〔2019〕60号"))
    assert found == Head()
    assert [(one.kind, one.blocks) for one in doubts] == [("head_missing", False), ("year_unknown", True)]


@pytest.mark.parametrize(
    "text", ["2031年" * 50_000, "关于" * 100_000, "局" * 200_000, "(" * 100_000, "二" * 100_000, "\n" * 300_000]
)
def test_hostile_letters_are_answered_in_time(text: str) -> None:
    begun = time.process_time()
    head(((0, text),), (text,))
    head(tuple((n, "关于2031年1月1日") for n in range(20_000)))
    assert time.process_time() - begun < 3
