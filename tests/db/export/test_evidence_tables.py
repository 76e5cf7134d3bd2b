"""佐证材料 and 办理流水 as tables, and what the summary says of them."""

from dataclasses import replace

import pytest

from db.export.part import Part
from db.export.parts import parts
from db.export.summary import Cell, blocks
from db.rules.rows import LedgerSheet
from db.rules.sizes import size_words
from tests.db.export.attached import ATTACHED, EVIDENCE, HISTORY, SHA
from tests.db.export.conftest import ENTRY, SHEET


def part(name: str, sheet: LedgerSheet = ATTACHED) -> Part:
    return next(part for part in parts(sheet) if part.name == name)


def block(title: str, sheet: LedgerSheet = ATTACHED) -> dict[Cell, Cell]:
    return next(({row[0]: row[1] for row in block.rows} for block in blocks(sheet) if block.title == title), {})


def test_every_piece_of_evidence_stands_with_what_proves_it() -> None:
    made = part("佐证材料")
    assert made.header == (
        *("序号", "名称", "说明", "公开记录", "日期", "大小", "字节数", "网址", "SHA-256", "附加时间"),
    )
    added = "2026-03-09 16:31"
    assert made.rows == (
        ("1", "001234.png", "门户网站截图", "", "2026-03-09", "1.1 MB", 1_234_567, "", SHA, added),
        ("1", "通知.pdf", "", "", "", "800 字节", 800, "", SHA[::-1], added),
        ("1", "001234.png", "", "001 号公告", "", "1.1 MB", 1_234_567, "", SHA, added),
        ("3", "专栏", "专栏", "", "2026-04-01", "", "", "https://a.example/3", "", added),
        ("本单位", "年报.docx", "", "年度报告", "", "39 KB", 40_000, "", SHA, added),
        ("（非本单位事项）", "别科的.png", "", "后来标为非本单位的", "", "5 字节", 5, "", SHA, added),
    )


def test_columns_that_say_nothing_are_left_out_of_it() -> None:
    header = part("佐证材料", replace(ATTACHED, evidence=EVIDENCE[1:2])).header
    assert header == ("序号", "名称", "大小", "字节数", "SHA-256", "附加时间")
    assert "佐证材料" not in [made.name for made in parts(SHEET)]


def test_the_history_is_told_newest_first_with_every_change() -> None:
    assert part("办理流水").rows == (
        ("2026-03-10 09:00", "", "撤销：记事", "序号 1", "删去记事「错的」"),
        ("2026-03-09 17:00", "", "记事", "序号 1", "记事：错的"),
        ("2026-03-09 16:31", "经办人甲", "附佐证", "序号 1", "名称：001234.png；说明：门户网站截图"),
        ("2026-03-09 16:31", "经办人甲", "附佐证", "序号 1", "名称：001234.png；所属公开记录：001 号公告"),
        (
            *("2026-03-09 16:30", "经办人甲", "记公开、标为非本单位", "序号 1"),
            "标题：001 号公告；日期：2026-03-09；渠道：网站；形式：文字",
        ),
        (
            *("2026-03-09 16:30", "经办人甲", "记公开、标为非本单位", "（非本单位或已删的事项）"),
            "是否本单位：非本单位",
        ),
    )


def test_a_history_without_officer_has_no_such_column_and_none_at_all_no_sheet() -> None:
    assert part("办理流水", replace(ATTACHED, history=HISTORY[:2])).header == ("时间", "步骤", "事项", "改动内容")
    assert "办理流水" not in [made.name for made in parts(replace(ATTACHED, history=()))]


def test_the_summary_counts_evidence_and_what_the_self_check_finds() -> None:
    assert block("总体情况")["佐证材料（份）"] == 6
    assert block("总体情况")["已办结事项附有佐证材料"] == "1/1"
    assert "佐证材料（份）" not in block("总体情况", SHEET)
    assert block("自查", SHEET)["已办结，没有佐证材料"] == 1
    assert "已办结，没有佐证材料" not in block("自查")
    assert block("自查", replace(SHEET, entries=(replace(ENTRY, status="done", evidence=1, what_was_done="甲"),))) == {
        "还没有报送": 1
    }


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 字节"),
        (1023, "1023 字节"),
        (1024, "1 KB"),
        (1536, "1.5 KB"),
        (10_239, "9.9 KB"),
        (10_240, "10 KB"),
        ((1 << 20) - 1, "1023 KB"),
        (1 << 20, "1 MB"),
        (50 << 20, "50 MB"),
        ((50 << 20) - 1, "49 MB"),
        (2_000 << 20, "2000 MB"),
    ],
)
def test_a_size_is_said_in_words(size: int, said: str) -> None:
    assert size_words(size) == said
