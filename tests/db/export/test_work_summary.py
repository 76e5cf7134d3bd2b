"""The draft 工作总结: a draft on every page, the clerk's words whole, the figures of the ledger, nothing invented."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.export import work_summary
from db.export.docx_reading import Paragraph, read
from db.export.text import file_text
from db.export.work_summary import MARK, document, lines
from db.export.work_summary_words import bare, day, numeral
from db.rules.rows import LedgerSheet, NoteRow
from db.rules.words import WHOLE_BUREAU
from tests.db.export.conftest import AT, ENTRY, HOSTILE, SHEET, with_texts
from tests.db.export.packed import PACKED
from tests.db.export.worked import COUNTED, FULL, MONTHLY, OCCURRENCES, RATE, RUNNING, WORKED


def said(sheet: LedgerSheet) -> list[str]:
    return [line.text for line in lines(sheet)]


def part(sheet: LedgerSheet, name: str) -> list[str]:
    """The paragraphs of one part, without its heading; what is attached stands after the last."""
    found: list[str] = []
    inside = False
    for line in lines(sheet):
        if line.kind == "heading 1":
            inside = line.text.endswith(f"、{name}")
        elif inside and not line.text.startswith(("附件：", "　　　2．")):
            found.append(line.text)
    return found


def one(**changes: object) -> LedgerSheet:
    """A ledger of one entry."""
    return replace(SHEET, entries=(replace(ENTRY, **changes),), unit_quotas=(), reports=())  # type: ignore[arg-type]


def headers(payload: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", name)]
        return ["".join(re.findall(r"<w:t[ >][^<]*", archive.read(name).decode())) for name in names]


def test_it_is_a_draft_on_every_page_in_its_title_and_in_its_first_paragraph() -> None:
    payload = document(PACKED, AT).payload
    made = read(payload)
    assert made[:2] == (Paragraph("Title", "2026年执法监督科政务公开工作总结"), Paragraph("Title", "（草稿）"))
    assert isinstance(made[2], Paragraph)
    assert made[2].text.startswith("本稿由台账自动汇编，须核实修改后报送。")
    found = headers(payload)
    assert len(found) == 2  # odd and even pages
    assert all(MARK in text for text in found)


def test_its_parts_stand_in_their_order_and_their_numerals_leave_no_gap() -> None:
    assert [line.text for line in lines(PACKED) if line.kind == "heading 1"] == [
        "一、总体情况",
        "二、任务落实情况",
        "三、公开数量与形式",
        "四、依申请公开和计时",
        "五、存在问题",
        "六、下一步",
    ]
    assert [line.text for line in lines(SHEET) if line.kind == "heading 1"][3:] == ["四、存在问题", "五、下一步"]


def test_what_is_handed_in_with_it_stands_at_its_end() -> None:
    assert said(PACKED)[-2:] == ["附件：1．政务公开工作台账", "　　　2．佐证材料"]
    assert said(SHEET)[-1] == "附件：1．政务公开工作台账"


def test_what_was_done_is_told_section_by_section() -> None:
    assert part(PACKED, "任务落实情况") == [
        "（一）做好各类规划主动公开",
        "应办2项，已办结1项。",
        "1．主动公开规划纲要、专项规划、政策解读等相关信息（序号1，已办结）",
        "3月9日办结。",
        "在门户网站公开三项规划。",
        "3月2日：已与规划科联系。",
        "材料共3份。",
        "3月9日：已上网。",
        "1月1日至3月31日一期已办（3月9日）：已更新目录。",
        "7月1日至9月30日一期已达到。",
        "公开2条：3月9日，网站，“001 号公告”（文字，https://a.example/001）；5月2日，公众号，“图解规划”（图解）。",
        "记次数共1次：2月3日1次。",
        "佐证材料3份：文件2个，在“佐证材料/01 主动公开规划纲要、专项规划、政策解读等相关信息”；网页链接1条，见目录。",
        "序号2在台账中没有办理记载。",
        "（二）推进行政执法信息公开",
        "应办1项，已办结0项，逾期1项。",
        "1．主动公开规划纲要、专项规划、政策解读等相关信息（序号3，推进中）",
        "记次数共2次：5月20日2次（邀请代表列席）。",
        "数量指标，每月2条：10月完成1条，未达到，缺1条；11月完成2条，达到。每项1次：甲决定2次、乙决定0次（缺1）。"
        "每年60%：全年完成5/10（50%），尚未到期，缺3条。",
        "佐证材料1份：文件1个，在“佐证材料/03 主动公开规划纲要、专项规划、政策解读等相关信息”。",
        "序号4不适用，不计入应办。原因：本科室无此项职能",
        "（三）自增事项",
        "应办1项，已办结0项。",
        "1．补报第三季度执法公示数据（序号自1，未开始）",
        "佐证材料1份：文件1个，在“佐证材料/自1 补报第三季度执法公示数据”。",
    ]


def test_the_figures_are_those_of_the_ledger() -> None:
    assert part(PACKED, "总体情况") == [
        "截至2026年11月22日，台账应办事项4项，已办结1项，办结率25.0%；推进中1项，未开始2项；逾期1项，7天内到期0项，"
        "常态化（全年）事项1项。",
        "应办事项中待确认是否属于本单位的1项，办理人自增的1项，另有1项说明原因后不适用，不计入应办。",
        "台账记载公开信息4条，收存佐证材料7份：文件6个（4.3 MB），网页链接1条。",
    ]
    assert part(PACKED, "公开数量与形式") == [
        "公开信息4条。按渠道：网站2条、公众号1条、报纸1条。按形式：文字2条、图解1条、其他1条。",
        "上列公开信息中，1条记在后来标为非本单位的事项之下。",
        "不属于单项任务的公开1条：4月2日，报纸，“年度报告”（其他）。",
        "不属于单项任务的佐证材料1份：文件1个，在“佐证材料/本单位公开”。",
        "对责任单位的数量指标，每季度2条：第3季度完成1条，未达到，缺1条。",
    ]


def test_applications_are_counted_and_no_applicant_is_named() -> None:
    assert part(PACKED, "依申请公开和计时") == [
        "登记政府信息公开申请3件：已了结1件（逾期1件），计时中1件，已暂停1件。",
        "其他计时1项：计时中1项。",
    ]
    assert not [text for text in said(PACKED) if "张某" in text or "李某" in text or "某公司" in text]


def test_problems_are_facts_of_the_ledger() -> None:
    assert part(PACKED, "存在问题") == [
        "1．逾期未办结1项：序号3（11月19日到期（办理人调整），逾期3天）。",
        "2．周期性事项漏办1期：序号1（4月1日至6月30日）。",
        "3．是否属于本单位尚待确认的1项：序号2。",
        "4．数量指标未达到2期：本单位每季度2条，第3季度缺1条；序号3每月2条，10月缺1条。",
        "5．计时逾期或不足期限的1项：11月2日起算的政府信息公开申请（逾期）。",
        "6．逾期报送2项：工作总结（应于12月6日前报办公室，12月8日报出）；半年小结（应于7月1日前报办公室，尚未报出）。",
    ]


def test_what_is_open_stands_with_its_date_the_nearest_first() -> None:
    found = part(PACKED, "下一步")
    assert found[:4] == [
        "1．序号3，主动公开规划纲要、专项规划、政策解读等相关信息：11月19日到期（办理人调整），逾期3天。",
        "2．序号自1，补报第三季度执法公示数据：2027年1月8日到期，剩47天。",
        "3．序号2，主动公开规划纲要、专项规划、政策解读等相关信息：时限为“全年”。",
        "4．序号3的数量指标（每项1次，乙决定缺1次）：12月31日前。",
    ]
    assert "8．报送闰日报表（报办公室）：日期待核对。" in found
    # A minimum is no deadline.
    assert "11．计时“某办法征求意见”：11月19日期满。" in found


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"status": "done", "done_on": date(2026, 3, 9), "what_was_done": "已公开。"}, "没有佐证材料的1项：序号1。"),
        ({"status": "done", "done_on": date(2026, 3, 9), "evidence": 1}, "没有记载办理情况的1项：序号1。"),
        ({"applicability": "possible"}, "尚待确认的1项：序号1。"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], problem: str) -> None:
    (text,) = [text for text in part(one(countdown=None, **changes), "存在问题") if problem in text]
    assert text.startswith("1．")


def test_a_ledger_in_order_has_no_problem_and_nothing_to_do() -> None:
    sheet = one(status="done", done_on=date(2026, 3, 9), what_was_done="已公开。", evidence=1, countdown=None)
    assert part(sheet, "存在问题") == ["台账中没有逾期、未达到的数量指标、漏办的周期或缺少记载和佐证的已办结事项。"]
    assert part(sheet, "下一步") == ["台账中没有待办事项。"]


def test_an_empty_ledger_says_so_in_each_part() -> None:
    sheet = replace(SHEET, entries=(), unit_quotas=(), reports=(), clock_rules=())
    assert part(sheet, "任务落实情况") == ["台账中没有事项。"]
    assert part(sheet, "公开数量与形式") == ["台账中没有公开记录。"]
    assert document(sheet, AT).differs(document(sheet, AT).payload) is None


def test_the_whole_bureau_judges_no_quota_of_the_units() -> None:
    sheet = replace(WORKED, ledger=replace(WORKED.ledger, unit=WHOLE_BUREAU))
    assert "对各责任单位的数量指标（每季度2条）逐单位计，不在此汇总。" in part(sheet, "公开数量与形式")
    assert not [text for text in said(sheet) if "本单位每季度" in text or "本单位的数量指标" in text]


def test_a_task_that_does_not_apply_lacks_nothing() -> None:
    sheet = one(status="not_applicable", reason="无此职能", quotas=COUNTED, occurrences=OCCURRENCES, countdown=None)
    assert part(sheet, "存在问题") == ["台账中没有逾期、未达到的数量指标、漏办的周期或缺少记载和佐证的已办结事项。"]
    assert part(sheet, "下一步") == ["台账中没有待办事项。"]


def test_a_quota_of_which_nothing_is_done_is_no_work() -> None:
    sheet = one(quotas=(replace(MONTHLY, tally=0),))
    assert "序号1在台账中没有办理记载。" in part(sheet, "任务落实情况")
    assert "1．数量指标未达到1期：序号1每月2条，10月缺2条。" in part(sheet, "存在问题")


def test_a_rate_lacks_publications_and_a_rate_of_nothing_is_not_judged() -> None:
    late = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    sheet = one(quotas=(replace(RATE, **late), replace(RATE, tally=None, met=None, part=0, whole=0, **late)))  # type: ignore[arg-type]
    assert "1．数量指标未达到1期：序号1每年60%，全年缺3条。" in part(sheet, "存在问题")
    assert any("全年完成5/10（50%），未达到，缺3条；全年无可计。" in text for text in part(sheet, "任务落实情况"))


def test_an_estimated_end_of_a_clock_says_so() -> None:
    assert RUNNING.countdown is not None
    clock = replace(RUNNING, due=date(2027, 1, 8), countdown=replace(RUNNING.countdown, days=47, estimated=True))
    sheet = replace(one(), clocks=(clock, FULL))
    assert any(text.endswith("：2027年1月8日（约）到期，剩47天。") for text in part(sheet, "下一步"))


def test_a_long_note_stands_whole() -> None:
    text = "\n".join(f"第{at}行" + "公开" * 900 for at in range(11))
    sheet = one(notes=(NoteRow(1, "2026-03-02T10:00:00+08:00", None, text),))
    found = [each.text for each in read(document(sheet, AT).payload) if isinstance(each, Paragraph)]
    start = found.index("3月2日：第0行" + "公开" * 900)
    assert "\n".join(found[start : start + 11]) == f"3月2日：{text}"


def reads_back(sheet: LedgerSheet) -> None:
    made = document(sheet, AT)
    assert made.differs(made.payload) is None
    assert document(sheet, AT).payload == made.payload
    other = document(replace(sheet, ledger=replace(sheet.ledger, unit=f"{sheet.ledger.unit}x")), AT)
    assert made.differs(other.payload)


def test_it_reads_back_as_it_was_meant() -> None:
    reads_back(PACKED)


def test_hostile_texts_stand_in_it_whole() -> None:
    sheet = with_texts(tuple(text for text in HOSTILE if text.strip()))
    reads_back(sheet)
    found = "\n".join(said(sheet))
    for text in HOSTILE:
        for line in file_text(text).split("\n"):
            assert line.strip() in file_text(found)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_whatever_the_clerk_wrote_it_reads_back(texts: list[str]) -> None:
    reads_back(with_texts(tuple(texts)))


def test_a_paragraph_more_or_another_is_seen() -> None:
    made = document(SHEET, AT)
    more = document(replace(SHEET, entries=()), AT).payload
    assert "段" in (made.differs(more) or "")
    other = document(replace(SHEET, ledger=replace(SHEET.ledger, document_number="某2号")), AT).payload
    assert made.differs(other) == "第 4 段不一致"


@pytest.mark.parametrize(
    ("at", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "100")],
)
def test_numerals(at: int, words: str) -> None:
    assert numeral(at) == words


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("一、做好规划公开。", "做好规划公开"),
        ("（十二）做好规划公开", "做好规划公开"),
        ("十一、做好", "做好"),
        ("一网通办", "一网通办"),
        ("做好", "做好"),
        ("一、", "一、"),
        ("", ""),
    ],
)
def test_a_section_loses_the_notices_numeral(section: str, name: str) -> None:
    assert bare(section) == name


def test_a_day_of_another_year_says_so() -> None:
    assert (day(date(2026, 3, 9), 2026), day(date(2027, 1, 8), 2026)) == ("3月9日", "2027年1月8日")


def test_the_mark_says_what_it_is() -> None:
    assert "草稿" in work_summary.MARK
