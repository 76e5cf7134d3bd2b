"""The ledger as an official document: what it says, in which order, and that nothing of it is lost."""

import io
from dataclasses import replace
from datetime import date

import docx as library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.export.columns import table
from db.export.docx import document
from db.export.docx_reading import Grid, Paragraph, read
from db.export.docx_rows import rows
from db.export.text import file_text
from db.rules.rows import EvidenceRow, LedgerSheet, OccurrenceRow
from tests.db.export.conftest import AT, ENTRIES, ENTRY, HOSTILE, LEDGER, NO_DEADLINE, SHEET, TODAY, with_texts
from tests.db.export.docx_parts import found, part
from tests.db.export.worked import COUNTED, PUBLICATIONS, REPORTS, WORKED

JIANGMEN = {"section": "工作任务", "requirement": "具体要求", "assignment": "责任科室、单位", "remark": "备注"}
HUBEI = {
    "section": "工作任务",
    "number": "序号",
    "matter": "工作\n事项",
    "requirement": "具体要求",
    "assignment": "责任处室（单位）",
    "deadline": "完成时限",
}
JIADING = {"number": "序号", "matter": "任务名称", "requirement": "任务内容", "deadline": "时间节点"}
FILE = EvidenceRow(
    1, 1, None, 1, "截图.png", "0" * 64, 2048, None, "公开栏截图", date(2026, 3, 9), "2026-03-10T09:00:00"
)
LINK = replace(
    FILE,
    id=2,
    entry=None,
    publication=1,
    name="网页",
    sha256=None,
    size=None,
    address="https://a.example",
    caption=None,
)
OF_UNIT = replace(FILE, id=3, publication=2, entry=None, of_entry=None, name="年报.pdf", caption=None, day=None)


def content(sheet: LedgerSheet) -> tuple[Paragraph | Grid, ...]:
    return read(document(sheet, AT).payload)


def grid(sheet: LedgerSheet) -> Grid:
    (one,) = (each for each in content(sheet) if isinstance(each, Grid))
    return one


def said(sheet: LedgerSheet, style: str = "Body") -> list[str]:
    return [each.text for each in content(sheet) if isinstance(each, Paragraph) and each.style == style]


def of_first(sheet: LedgerSheet) -> dict[str, str]:
    """The first entry's cells by title."""
    one = grid(sheet)
    return dict(zip(one.header, next(row for row in one.rows if len(row) > 1), strict=True))


def test_it_has_title_basis_figures_table_remarks_and_signature_in_this_order() -> None:
    made = content(WORKED)
    assert made[0] == Paragraph("Title", "2026年执法监督科政务公开工作台账")
    assert isinstance(made[1], Paragraph)
    assert made[1].text.startswith(
        "依据：《关于印发某市市场监督管理局2021年政务公开工作要点分工方案的通知》（某市监办〔2021〕233号）"
    )
    headings = [each.text for each in made if isinstance(each, Paragraph) and each.style == "Heading1"]
    assert headings == [
        "一、总体情况",
        "二、任务落实情况",
        "三、公开数量与形式",
        "四、计时事项",
        "五、报送情况",
        "六、说明",
    ]
    at = made.index(Paragraph("Heading1", "二、任务落实情况"))
    assert isinstance(made[at + 1], Grid)
    assert made[-2:] == (Paragraph("Unit", "执法监督科"), Paragraph("Day", "2026年11月22日"))


def test_only_the_table_lies_on_landscape_pages() -> None:
    sections = library.Document(io.BytesIO(document(WORKED, AT).payload)).sections
    assert [section.orientation for section in sections] == [0, 1, 0]


def test_parts_that_a_ledger_does_not_have_are_left_out_and_the_numerals_go_on() -> None:
    bare = replace(SHEET, entries=(ENTRY,), reports=(), unit_quotas=())
    assert said(bare, "Heading1") == ["一、总体情况", "二、任务落实情况", "三、公开数量与形式"]
    assert said(replace(bare, reports=SHEET.reports), "Heading1")[-1] == "四、报送情况"


def test_the_figures_are_said_in_words() -> None:
    text = "".join(said(replace(WORKED, evidence=(FILE, LINK))))
    for words in ("应办事项4项，已办结1项", "待确认", "公开信息4条", "佐证材料2份", "2021年通知，各项日期按2026年换算"):
        assert words in text


@pytest.mark.parametrize(
    ("headings", "header"),
    [
        (JIANGMEN, ("工作任务", "具体要求", "责任科室、单位", "备注", "完成情况", "落实情况")),
        (
            HUBEI,
            ("工作任务", "序号", "工作\n事项", "具体要求", "责任处室（单位）", "完成时限", "完成情况", "落实情况"),
        ),
        (JIADING, ("序号", "任务名称", "任务内容", "时间节点", "完成情况", "落实情况")),
        ({}, ("序号", "具体要求", "责任分工", "完成时限", "备注", "完成情况", "落实情况")),
    ],
)
def test_the_table_has_the_notices_own_columns_in_its_order_and_words(
    headings: dict[str, str], header: tuple[str, ...]
) -> None:
    assert grid(replace(SHEET, headings=headings)).header == header


def test_a_section_that_is_a_column_of_the_notice_is_one_cell_for_its_entries() -> None:
    # All on one page: a section that goes on on the next is a cell there again.
    short = tuple(
        replace(entry, assignment="办公室", remark=None, deadline=NO_DEADLINE, quotas=()) for entry in ENTRIES
    )
    sheet = replace(SHEET, headings=JIANGMEN, entries=short)
    cells = found(part(document(sheet, AT).payload, "document"), "//w:tr/w:tc[1][w:tcPr/w:vMerge/@w:val='restart']")
    assert len(cells) == 2
    assert [row[0] for row in grid(sheet).rows] == [
        "一、做好各类规划主动公开。",
        "一、做好各类规划主动公开。",
        "二、推进行政执法信息公开。",
        "二、推进行政执法信息公开。",
        "自增事项（来源：局领导电话交办）",
    ]


@pytest.mark.parametrize("headings", [JIADING, {}])
def test_a_section_that_is_no_column_of_the_notice_is_a_row_above_its_entries(headings: dict[str, str]) -> None:
    wide = [row for row in grid(replace(SHEET, headings=headings)).rows if len(row) == 1]
    assert wide == [
        ("一、做好各类规划主动公开。",),
        ("二、推进行政执法信息公开。",),
        ("自增事项（来源：局领导电话交办）",),
    ]


def test_an_entry_without_section_stands_under_a_row_that_says_so() -> None:
    sheet = replace(SHEET, entries=(replace(ENTRY, section=None), ENTRIES[1]))
    assert [row for row in grid(sheet).rows if len(row) == 1] == [
        ("（通知未列工作任务）",),
        ("一、做好各类规划主动公开。",),
    ]


def test_a_notice_without_sections_has_no_rows_of_them() -> None:
    sheet = replace(SHEET, entries=(replace(ENTRY, section=None),))
    assert [len(row) for row in grid(sheet).rows] == [6]


def test_what_has_no_column_in_the_notice_stands_with_the_requirement_as_notices_do_it() -> None:
    entry = replace(ENTRY, matter="某事项", number="5", requirement="公开。", assignment="办公室")
    cells = of_first(replace(SHEET, entries=(entry,), headings={"section": "工作任务", "requirement": "要求"}))
    assert cells["要求"] == "某事项\n5．公开。\n（办公室）"
    assert "完成时限：12月3日前（通知统一时限）" in cells["完成情况"]


def test_a_remark_of_a_notice_without_such_a_column_stands_under_what_was_done() -> None:
    entry = replace(ENTRY, remark="与年度考核衔接", remark_source="cell")
    assert "备注：与年度考核衔接" in of_first(replace(SHEET, entries=(entry,), headings=JIADING))["落实情况"]
    cells = of_first(replace(SHEET, entries=(entry,), headings=JIANGMEN))
    assert cells["备注"] == "与年度考核衔接"
    assert "与年度考核衔接" not in cells["落实情况"]


def test_what_was_done_stands_with_its_day_its_notes_and_their_days() -> None:
    cells = of_first(SHEET)
    assert cells["完成情况"].split("\n")[:2] == ["已办结", "2026-03-09办结"]
    assert cells["落实情况"] == (
        "在门户网站公开三项规划。\n2026-03-02　已与规划科联系。\n材料共3份。\n2026-03-09　已上网。"
    )


def test_each_state_of_an_entry_is_said_as_it_is() -> None:
    states = [row[5] for row in grid(SHEET).rows if len(row) > 1]
    assert states[1] == "未开始\n责任（待确认：各相关科室）"
    adjusted = "2026-11-19（办理人调整：上级系统升级，经分管领导同意）"
    assert states[2] == f"推进中，逾期 3 天\n责任（统称：各科室）\n2026-11-19到期\n{adjusted}"
    assert states[3].startswith("不适用（原因：本科室无此项职能）")
    assert states[4] == "未开始\n自增\n2027-01-08到期"


def test_an_entry_that_waits_for_confirmation_says_so_without_a_role_too() -> None:
    whole = replace(SHEET, ledger=replace(LEDGER, unit="全局"), entries=(replace(ENTRIES[1], role=None),))
    assert of_first(whole)["完成情况"] == "未开始\n待确认"
    entry = replace(ENTRIES[1], role=None)
    assert "待确认" in of_first(replace(SHEET, entries=(entry,)))["完成情况"]


def test_a_date_read_for_another_year_says_so() -> None:
    shift = WORKED.reports[2].shift
    entry = replace(ENTRY, deadline=replace(ENTRY.deadline, text="2021年12月3日前", source="cell", shift=shift))
    sheet = replace(SHEET, entries=(entry,))
    assert of_first(sheet)["完成时限"] == "2021年12月3日前；按2026年换算（原文为2021年），待核对"
    assert any("待核对" in line for line in said(sheet, "Remark"))


def test_quotas_counts_publications_periods_and_evidence_stand_with_their_entry() -> None:
    entry = replace(WORKED.entries[0], quotas=COUNTED)
    counts = tuple(replace(row, entry=1) for row in WORKED.counts)
    work = of_first(replace(WORKED, entries=(entry,), evidence=(FILE, LINK), counts=counts))["落实情况"].split("\n")
    for line in (
        "周期（每季度）：",
        "第1季度 已办（2026-03-09）：已更新目录。",
        "未办：第2季度",
        "本期：第4季度",
        "次数记录：",
        "2026-02-03 1 次",
        "2026-05-20 甲决定 2 次：邀请代表列席",
        "2026-10：1/2 条，缺 1",
        "公开记录 2 条：",
        "2026-03-09《001 号公告》（网站，文字，https://a.example/001）",
        "2026-05-02《图解规划》（公众号，图解）",
        "佐证材料 2 份：",
        "截图.png（公开栏截图，2026-03-09，2 KB）",
        "网页（2026-03-09，https://a.example，属公开记录《001 号公告》）",
    ):
        assert line in work


def test_a_period_of_an_entry_that_does_not_apply_is_not_said_to_be_missed() -> None:
    missed = OccurrenceRow(date(2026, 1, 1), date(2026, 1, 31), "missed")
    coming = OccurrenceRow(date(2026, 12, 1), date(2026, 12, 31), "coming")
    entry = replace(ENTRIES[3], occurrences=(missed, coming))
    work = of_first(replace(SHEET, entries=(entry,)))["落实情况"]
    assert work == "周期（每月）：\n不适用：1月"
    only_coming = replace(ENTRIES[3], occurrences=(coming,))
    assert of_first(replace(SHEET, entries=(only_coming,)))["落实情况"] == ""


def test_a_period_of_no_common_length_is_named_by_its_days() -> None:
    row = OccurrenceRow(date(2026, 1, 1), date(2026, 1, 10), "missed")
    entry = replace(ENTRY, occurrences=(row,))
    assert of_first(replace(SHEET, entries=(entry,)))["落实情况"] == "周期：\n未办：2026-01-01 至 2026-01-10"


def test_what_belongs_to_no_entry_is_said_below_the_table() -> None:
    text = said(replace(WORKED, evidence=(OF_UNIT,)))
    assert any("年度报告" in line for line in text)
    assert "年报.pdf（2 KB，属公开记录《年度报告》）" in text


def test_what_was_published_for_an_entry_that_was_marked_not_ours_later_is_said_with_all_there_is_to_it() -> None:
    gone = replace(PUBLICATIONS[3], address="https://a.example/004")
    text = "".join(said(replace(WORKED, publications=(*PUBLICATIONS[:3], gone))))
    for words in (gone.title, gone.address or "", "6月2日", f"{gone.channel}，{gone.form}"):
        assert words in text


def test_a_clock_is_said_with_all_that_happened_to_it() -> None:
    lines = [line for line in said(WORKED) if "申请（" in line or "征求意见（" in line]
    assert lines == [
        "1．李某的申请（收到申请：20 个工作日内答复）；自 2026-11-02 起算；到期日 2026-09-29；已了结，逾期；"
        "2026-10-28 了结，已答复；进度：申请登记 2026-11-02、办理 2026-11-06；依据政府信息公开条例第三十三条。",
        "2．张某的申请（收到申请：20 个工作日内答复）；自 2026-11-02 起算；到期日 2026-12-16；计时中，"
        "剩 24 天 · 18 个工作日；暂停：2026-11-04 至 2026-11-06：征求第三方意见；"
        "2026-11-16 延长 10 个工作日：情况复杂；"
        "进度：申请登记 2026-11-02、办理 2026-11-06；依据政府信息公开条例第三十三条。",
        "3．某公司的申请（收到申请：20 个工作日内答复）；自 2026-11-02 起算；已暂停，余 14 个工作日；"
        "暂停：2026-11-10 起（之后重新起算）：待补正；进度：申请登记 2026-11-02；依据政府信息公开条例第三十三条。",
        "4．某办法征求意见（序号 1，征求意见：不少于 30 天征求意见截止）；自 2026-11-02 起算；到期日 2026-11-19；"
        "计时中，已满 3 天；依据通知。",
    ]


def test_a_report_says_what_to_whom_by_when_and_whether_it_was_handed_in() -> None:
    lines = [line for line in said(replace(SHEET, reports=REPORTS)) if "报送" in line or "；时限" in line]
    assert lines[0] == (
        "1．工作总结（附：台账、图片资料），报办公室；时限 2026-12-06；已报，逾期 2 天（2026-12-08）；已附图片；"
        "依据通知：12月6日前报办公室。"
    )
    assert lines[2].startswith("3．半年小结，报办公室；时限 2026-07-01；按2026年换算（原文为2021年），待核对；未报")


def test_the_marks_explained_are_those_that_the_table_uses() -> None:
    assert [line[:5] for line in said(SHEET, "Remark")] == [
        "1．待确认",
        "2．自增：",
        "3．调整时",
        "4．不适用",
        "5．备注中",
        "6．责任分",
    ]
    plain = replace(ENTRY, deadline=NO_DEADLINE)
    assert said(replace(SHEET, entries=(plain,)), "Remark") == []


@pytest.mark.parametrize(
    ("unit", "agency", "signed"),
    [("执法监督科", "某局", "执法监督科"), ("全局", "某局", "某局"), ("全局", None, "全局")],
)
def test_the_unit_signs_for_the_whole_bureau_the_agency(unit: str, agency: str | None, signed: str) -> None:
    sheet = replace(SHEET, ledger=replace(LEDGER, unit=unit, agency=agency))
    assert said(sheet, "Unit") == [signed]


def test_a_ledger_without_entries_says_so() -> None:
    empty = replace(SHEET, entries=())
    made = content(empty)
    assert not any(isinstance(each, Grid) for each in made)
    assert Paragraph("Body", "台账中没有事项。") in made
    written = document(empty, AT)
    assert written.differs(written.payload) is None


@pytest.mark.parametrize("headings", [JIANGMEN, HUBEI, JIADING, {}])
@pytest.mark.parametrize("sheet", [SHEET, WORKED, replace(WORKED, ledger=replace(LEDGER, unit="全局"))])
def test_everything_that_the_one_table_says_of_an_entry_is_said_here(
    sheet: LedgerSheet, headings: dict[str, str]
) -> None:
    made = replace(sheet, headings=headings, evidence=(FILE, LINK))
    one = table(made)
    lines = [row for row in grid(made).rows if len(row) > 1]
    section = ""
    wide = iter(grid(made).rows)
    for cells, row in zip(one.rows, lines, strict=True):
        for line in wide:
            if len(line) > 1:
                break
            section = line[0]
        here = section + "\n" + "\n".join(row)
        for title, cell in zip(one.header, cells, strict=True):
            for each in cell.split("\n"):
                assert each in here, title


def test_001234_stays_001234() -> None:
    entry = replace(ENTRIES[0], number="001234", what_was_done="001234", remark="001234", requirement="001234")
    cells = of_first(replace(SHEET, entries=(entry,)))
    assert (cells["序号"], cells["具体要求"], cells["备注"]) == ("001234", "001234", "001234")
    assert cells["落实情况"].split("\n")[0] == "001234"


@pytest.mark.parametrize("text", [file_text(text) for text in HOSTILE])
def test_hostile_text_is_read_back_exactly(text: str) -> None:
    for headings in ({}, dict.fromkeys(HUBEI, text)):
        sheet = replace(with_texts((text,)), headings=headings, evidence=(replace(FILE, name=text, caption=text),))
        written = document(sheet, AT)
        assert written.differs(written.payload) is None
        assert text in "\n".join(of_first(sheet).values())


@pytest.mark.parametrize("length", [2_000, 20_000, 70_000])
def test_a_very_long_text_goes_on_over_pages_and_nothing_is_cut(length: int) -> None:
    long = "".join(chr(0x4E00 + at % 5000) for at in range(length))
    entries = (replace(ENTRY, what_was_done=long), replace(ENTRIES[1], requirement=long, section=long))
    for headings in (JIANGMEN, {}):
        sheet = replace(SHEET, entries=entries, headings=headings)
        written = document(sheet, AT)
        assert written.differs(written.payload) is None
        first, second = (row for row in grid(sheet).rows if len(row) > 1)
        assert first[-1] == long
        assert long in "".join(second)


def test_a_changed_word_is_noticed_wherever_it_stands() -> None:
    written = document(WORKED, AT)
    first = WORKED.entries[0]
    for changed, where in (
        (replace(WORKED, entries=(replace(first, requirement="别的"), *WORKED.entries[1:])), "表格第 2 行"),
        (replace(WORKED, entries=WORKED.entries[:-1]), "段"),
        (replace(WORKED, headings={"requirement": "别的"}), "段"),
        (replace(WORKED, today=date(2026, 11, 23)), "段"),
        (replace(WORKED, ledger=replace(LEDGER, unit="别的科")), "段"),
        (replace(WORKED, clocks=WORKED.clocks[:3]), "段"),
        (replace(WORKED, publications=PUBLICATIONS[1:]), "不一致"),
        (replace(WORKED, reports=REPORTS[:3]), "段"),
    ):
        assert where in (written.differs(document(changed, AT).payload) or "")


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert document(WORKED, AT).payload == document(WORKED, AT).payload
    assert document(WORKED, AT).payload != document(WORKED, AT.replace(second=8)).payload


def test_the_file_names_the_officer_as_its_author() -> None:
    properties = library.Document(io.BytesIO(document(SHEET, AT).payload)).core_properties
    assert (properties.title, properties.author) == ("2026年执法监督科政务公开工作台账", "经办人甲")
    nobody = replace(SHEET, ledger=replace(LEDGER, officer=None))
    assert library.Document(io.BytesIO(document(nobody, AT).payload)).core_properties.author == "执法监督科"


def test_rows_of_many_entries_are_made_in_one_pass() -> None:
    many = tuple(replace(ENTRY, id=at, number=str(at)) for at in range(1, 3_001))
    publications = tuple(replace(PUBLICATIONS[0], id=at, entry=at) for at in range(1, 3_001))
    made = rows(replace(SHEET, entries=many, publications=publications))
    assert len(made.grid.rows) == 3_001
    assert all(row[-1].startswith("公开记录 1 条：") for row in made.grid.rows[1:])
    assert made.heads[0].title == "序号"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.text(st.characters(), max_size=40), st.sampled_from(HOSTILE)), min_size=1, max_size=3),
    st.sampled_from([{}, JIANGMEN, HUBEI, JIADING]),
    st.integers(1, 400),
)
def test_any_text_goes_in_and_comes_back(texts: list[str], headings: dict[str, str], often: int) -> None:
    first = replace(FILE, name=texts[0], caption=texts[-1])
    sheet = replace(with_texts((*texts, texts[0] * often)), headings=headings, evidence=(first,), today=TODAY)
    written = document(sheet, AT)
    assert written.differs(written.payload) is None
