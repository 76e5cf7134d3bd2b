"""The one table: which columns, and what each cell says."""

from dataclasses import replace
from datetime import date

import pytest

from db.export.columns import table
from db.rules.rows import Adjusted, Countdown, EntryRow, LedgerSheet, Shift
from tests.db.export.attached import EVIDENCE
from tests.db.export.conftest import BY_NOTICE, ENTRIES, ENTRY, HOSTILE, LEDGER, NO_DEADLINE, SHEET
from tests.db.export.worked import COUNTED, ITEMS, LEAP, MONTHLY, NO_ITEMS, NO_RATE, PRINTED, RATE

WITHOUT_MATTER = (
    "序号",
    "工作任务",
    "具体要求",
    "责任分工",
    "本单位角色",
    "完成时限",
    "到期日",
    "调整时限",
    "完成情况",
    "办结日期",
    "数量指标",
    "工作做法及成效",
    "备注",
)


BLANK = replace(ENTRY, assignment=None, leads=("甲科",), responsible=(), supports=())
SHIFTED = replace(LEAP, missing=False)
NEXT_YEAR = replace(MONTHLY, period_start=date(2027, 1, 1), period_end=date(2027, 1, 31))


def shifted(text: str, shift: Shift) -> EntryRow:
    return replace(ENTRY, deadline=replace(BY_NOTICE, text=text, source="cell", shift=shift))


def cell(entry: EntryRow, title: str) -> str:
    # The second entry is there for the columns that not every ledger has.
    made = table(replace(SHEET, entries=(entry, replace(ENTRY, published=1, quotas=(MONTHLY,)))))
    return made.rows[0][made.header.index(title)]


def test_a_notice_without_that_level_has_no_column_for_it(sheet: LedgerSheet) -> None:
    assert table(sheet).header == WITHOUT_MATTER


def test_one_matter_is_enough_for_its_column() -> None:
    made = table(replace(SHEET, entries=(replace(ENTRY, matter="规划公开"), *ENTRIES[1:])))
    assert made.header == (*WITHOUT_MATTER[:2], "工作事项", *WITHOUT_MATTER[2:])
    assert [row[2] for row in made.rows] == ["规划公开", "", "", "", ""]


def test_the_whole_bureau_has_no_role_of_its_own() -> None:
    assert "本单位角色" not in table(replace(SHEET, ledger=replace(LEDGER, unit="全局"))).header


def test_what_is_counted_has_a_column_only_where_an_entry_has_some() -> None:
    plain = table(replace(SHEET, entries=(ENTRY,))).header
    assert not {"数量指标", "公开记录"} & set(plain)
    full = table(replace(SHEET, entries=(ENTRY, replace(ENTRY, published=1, quotas=COUNTED)))).header
    assert [title for title in full if title not in plain] == ["数量指标", "公开记录"]


def test_evidence_has_a_column_only_where_an_entry_has_some() -> None:
    assert "佐证材料" not in table(SHEET).header
    # That of the unit and of what is not ours belongs to no entry.
    assert "佐证材料" not in table(replace(SHEET, evidence=EVIDENCE[4:])).header
    made = table(replace(SHEET, evidence=EVIDENCE))
    # What is attached to the entry and to its publication stands once.
    assert [row[made.header.index("佐证材料")] for row in made.rows] == ["001234.png\n通知.pdf", "", "专栏", "", ""]
    twins = (EVIDENCE[0], replace(EVIDENCE[1], name=EVIDENCE[0].name))
    assert table(replace(SHEET, evidence=twins)).rows[0][made.header.index("佐证材料")] == "001234.png\n001234.png"


def test_every_entry_has_its_row_in_the_order_of_the_ledger(sheet: LedgerSheet) -> None:
    assert [row[0] for row in table(sheet).rows] == ["1", "2", "3", "4", "自1"]


@pytest.mark.parametrize(
    ("title", "entry", "said"),
    [
        ("工作任务", ENTRY, "一、做好各类规划主动公开。"),
        ("工作任务", replace(ENTRY, section=None), ""),
        ("工作任务", ENTRIES[4], "自增事项（来源：局领导电话交办）"),
        ("工作任务", replace(ENTRIES[4], own_reason=None), "自增事项"),
        (
            "工作任务",
            replace(ENTRIES[4], status="not_applicable", reason="已撤销"),
            "自增事项（来源：局领导电话交办）",
        ),
        ("序号", replace(ENTRIES[4], number="1"), "自增 1"),
        ("序号", replace(ENTRY, number="001234"), "001234"),
        ("责任分工", ENTRY, "综合规划科会同执法监督科办理。"),
        ("责任分工", ENTRIES[2], "（原表空白，沿用上栏：办公室、各科室）"),
        (
            "责任分工",
            replace(BLANK, units_from="above", responsible=("乙科", "丙科"), supports=("丁科",)),
            "（原表空白，沿用上栏：甲科（牵头）；乙科、丙科；丁科（配合））",
        ),
        ("责任分工", replace(BLANK, units_from="clerk"), "（原表空白，办理人补正：甲科（牵头））"),
        ("责任分工", replace(BLANK, units_from="possible"), "（原表空白，待确认：甲科（牵头））"),
        ("责任分工", replace(BLANK, units_from="requirement"), "（没有单列责任单位，具体要求中写明：甲科（牵头））"),
        ("责任分工", replace(BLANK, units_from="cell", leads=()), "（原表空白）"),
        ("本单位角色", replace(ENTRY, role=None, through=None, decided=True), "办理人已确认"),
        ("本单位角色", replace(ENTRY, role=None, through=None, decided=False), ""),
        ("责任分工", replace(ENTRY, assignment=None, leads=(), supports=()), "（原表空白）"),
        ("责任分工", ENTRIES[4], ""),
        ("本单位角色", ENTRY, "配合（点名）"),
        ("本单位角色", ENTRIES[1], "责任（待确认：各相关科室）"),
        ("本单位角色", replace(ENTRIES[1], applicability="ours", decided=True), "责任（办理人已确认）"),
        ("本单位角色", ENTRIES[2], "责任（统称：各科室）"),
        ("本单位角色", ENTRIES[4], "自增"),
        ("完成时限", ENTRY, "12月3日前（通知统一时限）"),
        ("完成时限", replace(ENTRY, deadline=replace(BY_NOTICE, source="cell")), "12月3日前"),
        ("完成时限", replace(ENTRY, deadline=NO_DEADLINE), "未写明"),
        ("完成时限", ENTRIES[4], "2027-01-08（办理人自增）"),
        ("完成时限", replace(ENTRY, deadline=replace(BY_NOTICE, shift=SHIFTED)), "12月3日前（通知统一时限）"),
        ("完成时限", shifted("2021年底前", PRINTED), "2021年底前；按2026年换算（原文为2021年），待核对"),
        (
            "完成时限",
            shifted("２０２２ 年1月底前", PRINTED),
            "２０２２ 年1月底前；按2026年换算（原文为2022年），待核对",
        ),
        ("完成时限", shifted("二〇二一年底前", PRINTED), "二〇二一年底前；按2026年换算（原文为另一年），待核对"),
        (
            "完成时限",
            shifted("2021年底前", replace(PRINTED, confirmed=True)),
            "2021年底前；按2026年换算（原文为2021年）",
        ),
        ("完成时限", shifted("2月29日前", LEAP), "2月29日前；2026年没有这一天，待核对"),
        (
            "完成时限",
            replace(shifted("2021年底前", PRINTED), status="done", done_on=date(2026, 3, 9)),
            "2021年底前；按2026年换算（原文为2021年）",
        ),
        ("公开记录", replace(ENTRY, published=12), "12 条"),
        ("数量指标", replace(ENTRY, quotas=COUNTED[:3]), "2026-10：1/2 条，缺 1\n2026-11：2/2 条"),
        ("数量指标", replace(ENTRY, quotas=(ITEMS,)), "甲决定：2/1 次\n乙决定：0/1 次，缺 1"),
        ("数量指标", replace(ENTRY, quotas=(NO_ITEMS,)), "逐项：—/1 次"),
        ("数量指标", replace(ENTRY, quotas=(RATE,)), "2026 年：5/10（50%），应 60%，缺 3"),
        ("数量指标", replace(ENTRY, quotas=(NO_RATE,)), "2026 年：—，应 60%"),
        ("数量指标", replace(ENTRY, quotas=(NEXT_YEAR,)), ""),
        ("到期日", ENTRY, "2026-12-03"),
        ("到期日", ENTRIES[2], "2026-11-19"),
        ("到期日", ENTRIES[1], ""),
        ("调整时限", ENTRY, ""),
        ("调整时限", ENTRIES[2], "2026-11-19（办理人调整：上级系统升级，经分管领导同意）"),
        (
            "调整时限",
            replace(ENTRY, deadline=replace(NO_DEADLINE, adjusted=Adjusted(date(2026, 2, 28), "=1+1"))),
            "2026-02-28（办理人调整：=1+1）",
        ),
        ("完成情况", ENTRY, "未开始"),
        ("完成情况", ENTRIES[0], "已办结"),
        ("完成情况", ENTRIES[2], "推进中，逾期 3 天"),
        ("完成情况", replace(ENTRY, countdown=Countdown(0, 0, False, False)), "未开始"),
        ("完成情况", ENTRIES[3], "不适用（原因：本科室无此项职能）"),
        ("办结日期", ENTRIES[0], "2026-03-09"),
        ("办结日期", ENTRY, ""),
        (
            "工作做法及成效",
            ENTRIES[0],
            "在门户网站公开三项规划。\n2026-03-02　已与规划科联系。\n材料共3份。\n2026-03-09　已上网。",
        ),
        ("工作做法及成效", replace(ENTRIES[0], what_was_done=None, notes=ENTRIES[0].notes[1:]), "2026-03-09　已上网。"),
        ("工作做法及成效", ENTRY, ""),
        ("备注", ENTRIES[1], "与年度考核衔接"),
        ("备注", ENTRIES[2], "正文：各科室应当明确专人。"),
        ("备注", replace(ENTRIES[0], what_was_done="甲", reason="乙"), ""),
    ],
)
def test_a_cell_says_what_the_notice_or_the_clerk_said(title: str, entry: EntryRow, said: str) -> None:
    assert cell(entry, title) == said


def test_nothing_of_the_clerk_stands_in_the_notices_remark(sheet: LedgerSheet) -> None:
    remarks = [row[-1] for row in table(sheet).rows]
    assert remarks == ["", "与年度考核衔接", "正文：各科室应当明确专人。", "", ""]


def test_every_cell_is_safe_for_a_file(hostile_sheet: LedgerSheet) -> None:
    made = table(hostile_sheet)
    assert not {"\x00", "\x1b", "\r", "\u202e", "\ud800"} & {char for row in made.rows for text in row for char in text}
    control = HOSTILE.index("\x00\x1b[2J\x07\x7f\x85\x9b")
    assert made.rows[control][3] == "⟨U+0000⟩⟨U+001B⟩[2J⟨U+0007⟩⟨U+007F⟩\n⟨U+009B⟩"
