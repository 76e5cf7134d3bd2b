"""The .md: readable as it is, and nothing of a text renders as markup."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from db.export.md import document, escaped
from db.export.text import file_text
from db.rules.rows import LedgerSheet
from tests.db.export.attached import ATTACHED, SHA, attached_texts
from tests.db.export.conftest import AT, ENTRY, HEAD, HOSTILE, SHEET, with_texts
from tests.db.export.worked import WORKED

RENDERER = MarkdownIt("gfm-like")


def shown(text: str) -> tuple[str, set[str]]:
    """What a renderer shows in the one cell of a table, and the kinds of things in it."""
    tokens = RENDERER.parse(f"| 标题 |\n| --- |\n| {escaped(text)} |\n")
    cell = next(token for at, token in enumerate(tokens) if at and tokens[at - 1].type == "td_open")
    children = cell.children or []
    return "".join(_text(child) for child in children), {child.type for child in children}


def _text(token: Token) -> str:
    return "\n" if token.type == "html_inline" and token.content == "<br>" else token.content


def test_a_ledger_reads_as_title_figures_and_a_table_for_each_section(sheet: LedgerSheet) -> None:
    lines = document(sheet, AT).payload.decode("utf-8").split("\n")
    assert lines[0] == "# 2026年执法监督科政务公开工作台账"
    assert (
        lines[4] == "期间：2026年1月1日至12月31日　　办理单位：执法监督科　　办理人：经办人甲　　导出日期：2026-11-22"
        f"　　流水校验码：{HEAD}"
    )
    assert "应办 4 项，已办结 1 项，办结率 25.0%，逾期 1 项，7 天内到期 0 项，常态化 1 项。" in lines
    assert [line for line in lines if line.startswith("### ")] == [
        "### 一、做好各类规划主动公开。",
        "### 二、推进行政执法信息公开。",
        "### 自增事项（来源：局领导电话交办）",
    ]
    assert any(line.startswith("| 1 | 主动公开规划纲要") and "公开三项规划。<br>2026-03-02" in line for line in lines)


def test_what_the_notice_asks_of_everybody_stands_below(sheet: LedgerSheet) -> None:
    text = document(sheet, AT).payload.decode("utf-8")
    assert "| 工作总结 | 办公室 | 2026-12-06 | 台账、图片资料 | 未报 | 通知 | 12月6日前报办公室 |" in text
    assert "| 收到留言 | 5 个工作日内 | 首次回复 | 5个工作日内首次回复 |" in text
    assert "| 举办活动 | 提前 3 个工作日 | 备案 | 活动前3个工作日备案 |" in text
    assert "| 征求意见 | 不少于 30 天 | 公开征求意见 | 一般不少于30天 |" in text
    # What 量化指标 and 报送 say is not said twice.
    assert text.count("| 序号 3 | 每季度 2 条 | ") == 2
    assert "## 数量指标" not in text
    assert "## 报送要求" not in text


def test_what_was_counted_and_timed_has_its_sections() -> None:
    written = document(WORKED, AT)
    assert written.differs(written.payload) is None
    text = written.payload.decode("utf-8")
    headings = [line for line in text.split("\n") if line.startswith("## ")]
    assert headings == [
        *("## 台账", "## 总体情况", "## 按工作任务统计", "## 逾期和 7 天内到期", "## 自查", "## 时限规则"),
        *("## 通用要求", "## 公开记录", "## 量化指标", "## 次数记录", "## 周期", "## 计时", "## 报送", "## 说明"),
    ]
    assert "\n年度换算：2021年通知，各项日期按2026年换算，其中 2 项待核对。\n" in text
    assert r"| 2026-03-09 | 1 | 001 号公告 | 网站 | 文字 | https\://a\.example/001 |" in text
    own = replace(WORKED, ledger=replace(WORKED.ledger, notice_year=2026))
    assert "年度换算：" not in document(own, AT).payload.decode("utf-8")


def test_evidence_has_its_section_and_stands_in_the_row_of_its_entry() -> None:
    written = document(ATTACHED, AT)
    assert written.differs(written.payload) is None
    text = written.payload.decode("utf-8")
    assert "\n## 佐证材料\n" in text
    first = f"| 1 | 001234\\.png | 门户网站截图 |  | 2026-03-09 | 1.1 MB | 1234567 |  | {SHA} | 2026-03-09 16:31 |"
    assert first in text
    assert r"| 3 | 专栏 | 专栏 |  | 2026-04-01 |  |  | https\://a\.example/3 |  | 2026-03-09 16:31 |" in text
    assert r"| 2 条 | 001234\.png<br>通知.pdf | " in text


@pytest.mark.parametrize("text", [file_text(text) for text in HOSTILE])
def test_hostile_text_is_shown_as_text(text: str) -> None:
    seen, kinds = shown(text)
    # A renderer drops spaces around a line end; the file itself keeps them.
    assert re.sub(r"[ \t]*\n[ \t]*", "\n", seen).strip(" \t") == re.sub(r"[ \t]*\n[ \t]*", "\n", text).strip(" \t")
    assert kinds <= {"text", "html_inline"}


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab1 w.:/@#|\\`*_~[]()<>!&;=+-${}^一。\n\t"), max_size=30))
def test_no_text_renders_as_markup(text: str) -> None:
    _, kinds = shown(text)
    assert kinds <= {"text", "html_inline"}


def test_a_hostile_heading_stays_one_line_of_text() -> None:
    made = document(replace(SHEET, entries=(replace(ENTRY, section="# a\n| b |\n<script>"),)), AT)
    kinds = [token.type for token in RENDERER.parse(made.payload.decode("utf-8"))]
    assert "html_block" not in kinds
    assert made.payload.decode("utf-8").count(r"### \# a \| b \| \<script\>") == 1


def test_hostile_ledgers_read_back_as_they_were_meant(hostile_sheet: LedgerSheet) -> None:
    written = document(hostile_sheet, AT)
    assert written.differs(written.payload) is None


def test_a_changed_cell_is_noticed(sheet: LedgerSheet) -> None:
    written = document(sheet, AT)
    assert written.differs(written.payload.replace(b"2026-03-09", b"2026-03-08", 1)) is not None


def test_a_ledger_without_entries_is_a_document_too() -> None:
    written = document(replace(SHEET, entries=()), AT)
    assert written.differs(written.payload) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=4))
def test_any_text_goes_in_and_comes_back(texts: list[str]) -> None:
    written = document(attached_texts(with_texts(tuple(texts)), tuple(texts)), AT)
    assert written.differs(written.payload) is None
