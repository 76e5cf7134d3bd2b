"""Prose cut by a page or a hard line break (notice-patterns.md section 6, jiading's pages)."""

import pytest

from db.intake.layouts import structured
from db.intake.source import Paragraph, Source, SourceForm
from tests.db.intake.layouts.texts import read, source

LONG = "（一）规范政务信息管理。一是严格落实公文公开属性源头审查工作机制，对重点制度文件进行整"
WRAPPED = (
    "为贯彻落实上级关于做好政务公开工作的要求，现将\n分工方案印发给你们，请认真抓好贯彻落实，并于每\n季度末报送办公室。"
)

CASES: dict[str, tuple[str, list[str]]] = {
    "a page break in mid sentence": (f"{LONG}\n\n理，并统一公开。", [LONG + "理，并统一公开。"]),
    "with the page number between": (f"{LONG}\n\n— 3 —\n\n理，并统一公开。", [LONG + "理，并统一公开。", "— 3 —"]),
    "hard wraps": (WRAPPED, [WRAPPED.replace("\n", "")]),
    "words of letters keep their space": (
        "通过政务新媒体、门户网站以及随申办 Super\nApp 等渠道公开，请各单位认真抓好落实。",
        ["通过政务新媒体、门户网站以及随申办 Super App 等渠道公开，请各单位认真抓好落实。"],
    ),
    "a sentence that ended": (
        f"{LONG}理。\n\n活动期间要听取意见，并反馈。",
        [f"{LONG}理。", "活动期间要听取意见，并反馈。"],
    ),
    "the next item": (f"{LONG}\n（二）做好解读，及时公开。", [LONG, "（二）做好解读，及时公开。"]),
    "a numbered item": (f"{LONG}\n2.做好解读，及时公开。", [LONG, "2.做好解读，及时公开。"]),
    "a signature and its date": (f"{LONG}\n\n某市某局办公室\n2021年5月6日", [LONG, "某市某局办公室", "2021年5月6日"]),
    "a label": (f"{LONG}\n责任单位：法规科，督查室。", [LONG, "责任单位：法规科，督查室。"]),
    "an indented line is a new paragraph": (f"{LONG}\n　　理，并统一公开。", [LONG, "　　理，并统一公开。"]),
    "a heading with a comma above its text": (
        "一、加强领导，落实责任\n各单位要高度重视，明确专人负责，切实把政务公开工作抓紧抓好抓实，确保各项任务落实到位。",
        [
            "一、加强领导，落实责任",
            "各单位要高度重视，明确专人负责，切实把政务公开工作抓紧抓好抓实，确保各项任务落实到位。",
        ],
    ),
    "a title of two lines is left to the head": (
        "关于印发2021年\n政务公开分工方案的通知\n各科室：",
        ["关于印发2021年", "政务公开分工方案的通知", "各科室："],
    ),
    "an item closed by its bracket": (
        "5.公布抽检结果，及时更新核查处置情况和其他有关情况并报告。(牵头科室：法规科)\n做好抽检工作，及时公布。",
        ["5.公布抽检结果，及时更新核查处置情况和其他有关情况并报告。(牵头科室：法规科)", "做好抽检工作，及时公布。"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_cut_prose_is_joined_and_nothing_else(name: str) -> None:
    text, expected = CASES[name]
    assert read(text) == expected


@pytest.mark.parametrize("form", ["txt", "md", "pdf"])
def test_lines_are_joined_in_the_forms_that_are_lines_and_keep_the_place_of_the_first(form: SourceForm) -> None:
    (block,) = structured(source(WRAPPED, form))
    assert isinstance(block, Paragraph)
    assert block.place.line == 1


@pytest.mark.parametrize("form", ["docx", "html", "xlsx", "xls"])
def test_a_paragraph_of_a_document_is_one_by_itself(form: SourceForm) -> None:
    assert read(WRAPPED, form) == WRAPPED.split("\n")


def test_a_paragraph_with_line_breaks_of_its_own_is_kept_whole() -> None:
    text = "责任单位|完成时限\n一\t二"
    block = Paragraph(text, source("x").blocks[0].place)
    found = structured(Source("docx", "来文.docx", "0" * 64, (block,)))
    assert found == (block,)
