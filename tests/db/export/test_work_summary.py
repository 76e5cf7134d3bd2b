"""The draft 工作总结: a draft on every page, the clerk's words whole, the figures of the ledger, nothing invented."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.export.docx_reading import Paragraph, read
from db.export.text import file_text
from db.export.work_summary import MARK, document, lines
from db.export.work_summary_notes import notes
from db.rules.rows import LedgerSheet, NoteRow
from db.rules.words import WHOLE_BUREAU
from tests.db.export.conftest import AT, ENTRY, HOSTILE, SHEET, with_texts
from tests.db.export.packed import PACKED
from tests.db.export.worked import COUNTED, FULL, MONTHLY, OCCURRENCES, RATE, RUNNING, WORKED


def said(sheet: LedgerSheet) -> list[str]:
    return [line.text for line in lines(sheet)]


def remarks(sheet: LedgerSheet) -> list[str]:
    """What is said to the clerk."""
    return [line.text for line in notes(sheet)]


def part(sheet: LedgerSheet, name: str) -> list[str]:
    """The paragraphs of one part, without its heading."""
    found: list[str] = []
    inside = False
    for line in lines(sheet):
        if line.kind == "heading 1":
            inside = line.text.endswith(f"、{name}")
        elif inside:
            found.append(line.text)
    return found


def one(**changes: object) -> LedgerSheet:
    """A ledger of one entry."""
    return replace(SHEET, entries=(replace(ENTRY, **changes),), unit_quotas=(), reports=())  # type: ignore[arg-type]


def headers(payload: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", name)]
        return ["".join(re.findall(r"<w:t[ >][^<]*", archive.read(name).decode())) for name in names]


def test_it_is_a_draft_on_every_page_and_in_its_title() -> None:
    payload = document(PACKED, AT).payload
    made = read(payload)
    assert made[:2] == (Paragraph("Title", "2026年执法监督科政务公开工作总结"), Paragraph("Title", "（草稿）"))
    found = headers(payload)
    assert len(found) == 2  # odd and even pages
    assert all(MARK in text for text in found)


def test_its_parts_stand_in_their_order_and_their_numerals_leave_no_gap() -> None:
    assert [line.text for line in lines(PACKED) if line.kind == "heading 1"] == [
        "一、总体情况",
        "二、任务落实情况",
        "三、公开数量与形式",
        "四、依申请公开和限时办理",
        "五、报送情况",
        "六、存在问题",
        "七、下一步",
    ]
    bare = replace(SHEET, reports=())
    assert [line.text for line in lines(bare) if line.kind == "heading 1"][2:] == [
        "三、公开数量与形式",
        "四、存在问题",
        "五、下一步",
    ]


def test_what_is_handed_in_with_it_stands_at_its_end() -> None:
    def attached(sheet: LedgerSheet) -> list[str]:
        found = read(document(sheet, AT).payload)
        return [each.text for each in found if isinstance(each, Paragraph) and each.style == "Attachment"]

    assert attached(PACKED) == ["附件：1．政务公开工作台账", "2．佐证材料"]
    assert attached(SHEET) == ["附件：政务公开工作台账"]


def test_what_was_done_is_told_section_by_section() -> None:
    assert part(PACKED, "任务落实情况") == [
        "（一）做好各类规划主动公开",
        "应办事项2项，已办结1项。",
        "主动公开规划纲要、专项规划、政策解读等相关信息（序号1，3月9日办结）",
        "在门户网站公开三项规划。",
        "3月2日，已与规划科联系。",
        "材料共3份。",
        "3月9日，已上网。",
        "第1季度已于3月9日办理：已更新目录。第3季度达到要求。累计1次：2月3日1次。",
        "公开信息2条：3月9日“001 号公告”（网站，文字，https://a.example/001）；5月2日“图解规划”（公众号，图解）。",
        "“某办法征求意见”（征求意见，不少于30天后征求意见截止）：11月2日起，正在办理。",
        "（二）推进行政执法信息公开",
        "应办事项1项，尚未办结，逾期1项。",
        "主动公开规划纲要、专项规划、政策解读等相关信息（序号3，推进中）",
        "完成时限调整为11月19日，理由：上级系统升级，经分管领导同意。",
        "每月应不少于2条：10月1条，缺1条，未达到要求；11月2条，达到要求。"
        "每项应不少于1次：甲决定2次（5月20日，邀请代表列席）、乙决定0次（缺1次）。"
        "全年应不低于60%，实际50%（10条中5条），尚缺3条。",
        "序号4（主动公开规划纲要、专项规划、政策解读等相关信息）不适用，不计入应办事项，原因：本科室无此项职能。",
        "（三）自行增加的任务",
        "应办事项1项，尚未办结。",
        "补报第三季度执法公示数据（序号自1，未开始）",
        "任务来源：局领导电话交办。",
    ]


def test_the_figures_are_those_of_the_ledger() -> None:
    assert part(PACKED, "总体情况") == [
        "截至2026年11月22日，应办事项4项，已办结1项（办结率25.0%），推进中1项，未开始2项；其中逾期1项。"
        "全年常态化任务1项。",
        "应办事项中自行增加的1项，另有1项不适用，不计入应办事项。",
    ]
    assert part(PACKED, "公开数量与形式") == [
        "共公开信息4条。按渠道分，网站2条、公众号1条、报纸1条；按形式分，文字2条、图解1条、其他1条。",
        "不属于单项任务的公开信息1条：4月2日“年度报告”（报纸，其他）。",
        "按责任单位计，每季度应不少于2条：第3季度1条，缺1条，未达到要求。",
    ]


def test_what_is_for_the_clerk_stands_apart_at_the_end() -> None:
    assert remarks(PACKED) == [
        "附：起草说明（报送前删除）",
        "1．本稿由台账自动汇编，须核实修改后报送。文字为办理人在台账中的记载，数字截至2026年11月22日。",
        "2．没有办理记载的1项：序号2。",
        "3．是否属于本单位尚待确认的1项：序号2。",
        "4．报送日期待核对的1项：闰日报表。",
        "5．后来标为非本单位的事项之下有公开信息1条：6月2日“后来标为非本单位的”（网站，文字）。",
        "6．收存佐证材料7份：文件6个（4.3 MB），网页链接1条。存放位置如下。",
        "序号1：文件2个，在“佐证材料/01 主动公开规划纲要、专项规划、政策解读等相关信息”，"
        "其中现场照片.png（公开栏）；"
        "网页链接1条：网站原文（原文，https://a.example/zwgk/1?x=1&y=2#z）。",
        "序号3：文件1个，在“佐证材料/03 主动公开规划纲要、专项规划、政策解读等相关信息”。",
        "序号自1：文件1个，在“佐证材料/自1 补报第三季度执法公示数据”，其中CON（<b>粗</b>）。",
        "不属于单项任务：文件1个，在“佐证材料/本单位公开”，其中年报.pdf（公开栏）。",
        "后来标为非本单位的事项之下：文件1个，在“佐证材料/非本单位事项”，其中别处.pdf（公开栏）。",
    ]
    made = [each for each in read(document(PACKED, AT).payload) if isinstance(each, Paragraph)]
    below = [each.text for each in made][-len(remarks(PACKED)) :]
    assert below == remarks(PACKED)
    assert made[-len(below) - 1].style == "Day"
    assert not [text for text in said(PACKED) if "佐证" in text or " MB" in text or "台账" in text]


def test_applications_are_counted_and_no_applicant_is_named() -> None:
    assert part(PACKED, "依申请公开和限时办理") == [
        "登记政府信息公开申请3件：办结1件（逾期1件），正在办理1件，暂停1件。",
        "其他有办理时限的工作1项：正在办理1项。",
        "11月2日起的政府信息公开申请：10月28日办结（逾期），结果：已答复。",
        "11月2日起的政府信息公开申请：正在办理。11月4日至11月6日暂停，原因：征求第三方意见。"
        "11月16日延长10个工作日，原因：情况复杂。",
        "11月2日起的政府信息公开申请：11月10日起暂停，之后重新起算，原因：待补正。",
    ]
    found = [*said(PACKED), *remarks(PACKED)]
    assert not [text for text in found if "张某" in text or "李某" in text or "某公司" in text]


def test_problems_are_facts_of_the_work() -> None:
    assert part(PACKED, "存在问题") == [
        "1．逾期未办结1项：序号3。",
        "2．周期性任务漏办1期：序号1，第2季度。",
        "3．数量未达到要求2期：本单位每季度应不少于2条，第3季度缺1条；序号3每月应不少于2条，10月缺1条。",
        "4．办理逾期或不足期限1项：11月2日起的政府信息公开申请（逾期）。",
        "5．逾期报送2项：工作总结（应于12月6日前报办公室，12月8日报出）；半年小结（应于7月1日前报办公室，尚未报出）。",
    ]


def test_what_is_open_is_a_sentence_for_each_date_what_is_overdue_first() -> None:
    name = "主动公开规划纲要、专项规划、政策解读等相关信息"
    assert part(PACKED, "下一步") == [
        f"1．逾期未完成2项：向办公室报送半年小结（应于7月1日前完成）；序号3，{name}（应于11月19日前完成）。",
        "2．12月16日前完成1项：11月2日起的政府信息公开申请。",
        "3．12月31日前完成2项：序号3每项应不少于1次，乙决定缺1次；序号3每年应不低于60%，全年缺3条。",
        "4．2027年1月8日前完成1项：序号自1，补报第三季度执法公示数据。",
        "5．2027年1月31日前完成1项：向主管部门报送年度报告。",
        f"6．时限为“全年”的1项：序号2，{name}。",
        "7．未定时限的1项：向办公室报送闰日报表。",
        "8．暂停计算时限的1项：11月2日起的政府信息公开申请。",
        # A minimum is no deadline.
        "9．有最短期限的1项：“某办法征求意见”（11月19日期满）。",
    ]


def test_entries_of_one_date_stand_in_one_sentence_without_days_left() -> None:
    sheet = replace(one(), entries=(ENTRY, replace(ENTRY, id=2, number="2", requirement="更新目录。")))
    assert part(sheet, "下一步") == [
        "12月3日前完成2项：序号1，主动公开规划纲要、专项规划、政策解读等相关信息；序号2，更新目录。"
    ]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"status": "done", "done_on": date(2026, 3, 9), "what_was_done": "已公开。"}, "没有佐证材料的1项：序号1。"),
        ({"status": "done", "done_on": date(2026, 3, 9), "evidence": 1}, "没有记事和工作做法的1项：序号1。"),
        ({"applicability": "possible"}, "尚待确认的1项：序号1。"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], problem: str) -> None:
    sheet = one(countdown=None, **changes)
    assert [text for text in remarks(sheet) if text.endswith(problem)]
    assert part(sheet, "存在问题") == []


def test_a_ledger_in_order_has_no_problem_and_nothing_to_do() -> None:
    sheet = one(status="done", done_on=date(2026, 3, 9), what_was_done="已公开。", evidence=1, countdown=None)
    assert [line.text for line in lines(sheet) if line.kind == "heading 1"][-1].endswith("任务落实情况")


def test_an_empty_ledger_has_only_its_figures_and_says_so_to_the_clerk() -> None:
    sheet = replace(SHEET, entries=(), unit_quotas=(), reports=(), clock_rules=())
    assert [line.text for line in lines(sheet) if line.kind == "heading 1"] == ["一、总体情况"]
    assert remarks(sheet)[2:] == ["2．台账中没有事项。", "3．台账中没有公开记录。", "4．没有佐证材料。"]
    assert document(sheet, AT).differs(document(sheet, AT).payload) is None


def test_the_whole_bureau_judges_no_quota_of_the_units() -> None:
    sheet = replace(WORKED, ledger=replace(WORKED.ledger, unit=WHOLE_BUREAU))
    assert any("对各责任单位的数量指标（每季度2条）逐单位计，不在此汇总。" in text for text in remarks(sheet))
    assert not [text for text in said(sheet) if "每季度应" in text]


def test_a_task_that_does_not_apply_lacks_nothing() -> None:
    sheet = one(status="not_applicable", reason="无此职能", quotas=COUNTED, occurrences=OCCURRENCES, countdown=None)
    assert [line.text for line in lines(sheet) if line.kind == "heading 1"][-1].endswith("任务落实情况")


def test_a_quota_of_which_nothing_is_done_is_no_work() -> None:
    sheet = one(quotas=(replace(MONTHLY, tally=0),))
    assert "2．没有办理记载的1项：序号1。" in remarks(sheet)
    assert part(sheet, "存在问题") == ["数量未达到要求1期：序号1每月应不少于2条，10月缺2条。"]


def test_a_rate_lacks_publications_and_a_rate_of_nothing_is_not_judged() -> None:
    late = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    sheet = one(quotas=(replace(RATE, **late), replace(RATE, tally=None, met=None, part=0, whole=0, **late)))  # type: ignore[arg-type]
    assert part(sheet, "存在问题") == ["数量未达到要求1期：序号1每年应不低于60%，全年缺3条。"]
    assert any("全年50%（10条中5条），缺3条，未达到要求；全年无可计。" in text for text in part(sheet, "任务落实情况"))


def test_an_estimated_end_of_a_clock_says_so() -> None:
    assert RUNNING.countdown is not None
    clock = replace(RUNNING, due=date(2027, 1, 8), countdown=replace(RUNNING.countdown, days=47, estimated=True))
    sheet = replace(one(), clocks=(clock, FULL))
    assert "2．2027年1月8日（约）前完成1项：11月2日起的政府信息公开申请。" in part(sheet, "下一步")


def test_a_long_note_stands_whole() -> None:
    text = "\n".join(f"第{at}行" + "公开" * 900 for at in range(11))
    sheet = one(notes=(NoteRow(1, "2026-03-02T10:00:00+08:00", None, text),))
    found = [each.text for each in read(document(sheet, AT).payload) if isinstance(each, Paragraph)]
    start = found.index("3月2日，第0行" + "公开" * 900 + "。")
    assert "".join(found[start : start + 11]) == f"3月2日，{text}。".replace("\n", "。")


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
    found = "\n".join([*said(sheet), *remarks(sheet)])
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
    assert made.differs(other) == "第 3 段不一致"
