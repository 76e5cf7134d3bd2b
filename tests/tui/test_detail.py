"""明细, 改记事 and 通知要求 over a real file."""

from datetime import date

import pytest

from db.rules.rows import ClockRuleRow, NoteRow, PartyDate, QuotaRow
from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY
from tests.tui.office import a_deadline, an_entry, days_left, ids, office
from tui.desk import Desk
from tui.screens.counted_blocks import Beside
from tui.screens.entry_blocks import card_blocks
from tui.screens.ledger_info import info_blocks
from tui.widgets.reading_pane import Block


def text_of(blocks: list[Block]) -> str:
    return "\n".join(f"{block.label}|{block.text}" for block in blocks)


def test_everything_of_an_entry_stands_in_its_card_verbatim() -> None:
    quota = QuotaRow(2, "条", "quarter", None, date(2026, 1, 1), date(2026, 3, 31), None, (), "每季度不少于2条")
    entry = an_entry(
        number="13",
        section="三、解读回应",
        matter="（二）回应",
        requirement="要求原文\n第二段",
        assignment="A科牵头，B科配合",
        role="support",
        through="related",
        reached_by="相关科室",
        applicability="possible",
        leads=("A科",),
        responsible=("C科",),
        supports=("B科", "相关科室"),
        deadline=a_deadline(
            "11月20日前和12月10日前",
            "on_day",
            date(2026, 11, 20),
            source="requirement",
            quote="分别于11月20日前和12月10日前完成",
            dates=(PartyDate("本局", date(2026, 11, 20)), PartyDate("基层", date(2026, 12, 10))),
            recurrence="FREQ=MONTHLY;INTERVAL=3",
        ),
        countdown=days_left(40, 28, estimated=True),
        status="in_progress",
        remark="通知的备注",
        quotas=(quota,),
        notes=(
            NoteRow(1, "2026-11-01T09:30:00+08:00", "甲", "先写的"),
            NoteRow(2, "2026-11-02T10:00:00+08:00", None, "后写的"),
        ),
    )
    rules = [
        ClockRuleRow(5, "workday", "after", "max", "收到建议", "首次回复", "5个工作日内首次回复", "13"),
        ClockRuleRow(9, "workday", "after", "max", "别项", "别事", "别的句子", "14"),
    ]
    text = text_of(card_blocks(entry, Beside(date(2026, 2, 1)), rules))
    for words in (
        "第 13 项  配合？  推进中  剩 40 天 · 约 28 个工作日",
        "具体要求|要求原文\n第二段",
        "工作任务|三、解读回应",
        "工作事项|（二）回应",
        "责任分工|A科牵头，B科配合",
        "牵头|A科",
        "责任|C科",
        "配合|B科、相关科室",
        "相关单位「相关科室」",
        "Ctrl+B 确认本单位，Ctrl+N 非本单位",
        "完成时限|11月20日前和12月10日前",
        "通知时限|2026-11-20（限期），依据：具体要求",
        "时限原文|「分别于11月20日前和12月10日前完成」",
        "各方时限|本局：2026-11-20",
        "各方时限|基层：2026-12-10",
        "周期|每季度",
        "暂按周一至周五估算",
        "量化指标|每季度不少于 2 条。按公开记录计：+ 记公开。",
        "指标原文|「每季度不少于2条」",
        "时限规则|收到建议：5个工作日内首次回复",
        "规则原文|「5个工作日内首次回复」",
        "通知备注|通知的备注",
        "记事（2 条）",
        "2026-11-01 09:30  甲",
        "先写的",
    ):
        assert words in text, words
    assert text.index("先写的") < text.index("后写的")
    assert "别的句子" not in text


@pytest.mark.parametrize("number", ["9", "10", "16", "29", "36"])
async def test_the_detail_shows_the_texts_of_the_notice_whole(desk: Desk, number: str) -> None:
    entry = next(one for one in desk.entries() if one.number == number)
    texts = [entry.requirement, entry.assignment, entry.section, entry.deadline.text, entry.remark]
    shown = "".join(block.text for block in card_blocks(entry, Beside(TODAY)))
    assert [text for text in texts if text and text not in shown] == []


async def test_the_detail_goes_through_the_list_and_comes_back_to_the_entry(desk: Desk) -> None:
    async with office(desk, (80, 15)) as clerk:
        second = clerk.numbers[1]
        await clerk.press("enter")
        assert "第 1 / 32 条" in clerk.lines()[0]
        await clerk.press("right")
        assert "第 2 / 32 条" in clerk.lines()[0]
        assert clerk.pane_lines()[0].startswith(f"第 {second} 项")
        await clerk.press("escape")
        assert clerk.current.number == second
        await clerk.press("end", "enter", "right")
        assert clerk.said == "已到最后一条。"


async def test_the_detail_scrolls(desk: Desk) -> None:
    async with office(desk, (60, 12)) as clerk:
        await clerk.press("enter")
        before = clerk.lines()[1]
        await clerk.press("down")
        assert clerk.lines()[1] != before
        await clerk.press("end")
        assert clerk.pane_lines()[-1] in clerk.text()
        await clerk.press("home")
        assert clerk.lines()[1] == before


async def test_a_change_in_the_detail_is_shown_there_with_its_history(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("enter", "f2", "f2")
        text = "\n".join(clerk.pane_lines())
        assert "办结日期  2026-11-22" in text
        assert "办理流水" in text
        assert "2026-11-22 09:30  销账  经办甲" in text
        await clerk.press("ctrl+z", "escape")
        assert clerk.current.status == "not_started"


async def test_an_own_task_that_is_gone_leaves_a_word_and_a_way_back(desk: Desk) -> None:
    desk.add_own("临时", None, "电话")
    async with office(desk) as clerk:
        await clerk.press("end", "enter", "delete", "enter")
        assert "已被删除" in clerk.text()
        await clerk.press("ctrl+z")
        assert "临时" in clerk.text()


# 改记事


async def test_a_note_is_changed_and_taken_out_only_after_a_question(desk: Desk) -> None:
    entry = ids(desk.entries(), "29")[0]
    desk.add_note(entry, "第一条")
    desk.add_note(entry, "第二条\n有两行")
    async with office(desk) as clerk:
        await clerk.press("ctrl+e")
        assert "（2 条）" in clerk.lines()[0]
        assert clerk.pane_lines() == ["第一条"]
        await clerk.press("end")
        assert clerk.pane_lines() == ["第二条", "有两行"]
        await clerk.press("enter", *"X", "f2")
        assert clerk.said.startswith("记事已修改")
        assert [note.text for note in clerk.current.notes][1] == "第二条\n有两行"
        assert desk.entries()[28].notes[1].text == "第二条\n有两行X"
        await clerk.press("delete", "escape")
        assert len(desk.entries()[28].notes) == 2
        await clerk.press("delete", "enter")
        assert len(desk.entries()[28].notes) == 1
        await clerk.press("ctrl+z", "escape")
        assert [note.text for note in clerk.current.notes] == ["第一条", "第二条\n有两行X"]


async def test_an_entry_without_notes_says_how_to_write_one(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("ctrl+e")
        assert clerk.said == "这一条还没有记事，按 F3 写一条。"


# 通知要求


def test_what_binds_everybody_stands_with_its_sentence(make_desk: DeskMaker) -> None:
    desk = make_desk(TODAY, ledger=False)
    desk.begin("hubei-2022", 2022, "办公室", None, None)
    sheet = desk.sheet()
    text = text_of(list(info_blocks(sheet)))
    assert sheet.rules
    assert sheet.reports
    assert sheet.clock_rules
    for quote in [rule.text for rule in sheet.rules] + [one.quote for one in (*sheet.clock_rules, *sheet.reports)]:
        assert f"「{quote}」" in text
    for report in sheet.reports:
        assert report.due.isoformat() in text
    for quota in sheet.unit_quotas:
        assert f"「{quota.quote}」" in text


async def test_the_page_of_what_the_notice_asks_opens_and_closes(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("f11")
        assert "通知要求" in clerk.lines()[0]
        assert "报送时间  2026-12-06" in "\n".join(clerk.pane_lines())
        await clerk.press("escape", "ctrl+r")
        assert "通知要求" in clerk.lines()[0]
        await clerk.resize(20, 5)
        await clerk.resize(80, 24)
        assert "通知要求" in clerk.lines()[0]


def test_a_task_that_names_nobody_says_so_and_asks() -> None:
    entry = an_entry(
        role="responsible", through="related", reached_by="没有写责任单位", applicability="possible", assignment=None
    )
    text = text_of(card_blocks(entry, Beside(TODAY)))
    assert "责任分工|（原表空白）" in text
    assert "依据|通知没有写责任单位，是否由本单位办理要由办理人确认。Ctrl+B 确认本单位，Ctrl+N 非本单位。" in text


@pytest.mark.parametrize(
    ("come_from", "said"),
    [
        ("above", "（原表空白，沿用上栏）"),
        ("clerk", "（原表空白，办理人补正）"),
        ("requirement", "（没有单列责任单位，具体要求中写明）"),
    ],
)
def test_a_blank_cell_says_whose_words_its_units_are(come_from: str, said: str) -> None:
    entry = an_entry(role="lead", through="name", leads=("甲科",), units_from=come_from)
    assert f"责任分工|{said}\n牵头|甲科" in text_of(card_blocks(entry, Beside(TODAY)))


def test_an_entry_that_the_notice_gives_to_others_now_says_why_it_is_here() -> None:
    text = text_of(card_blocks(an_entry(role=None, through=None, decided=True), Beside(TODAY)))
    assert "依据|通知现在的读法没有列本单位；有办理记录，定为本单位" in text
    assert "依据|全局台账：全部任务" in text_of(card_blocks(an_entry(), Beside(TODAY)))
