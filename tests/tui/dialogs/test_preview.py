"""What goes into an export, told before it is written."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.export.form import check_suffix
from db.export.package import PARTS
from db.rules.rows import EvidenceRow, LedgerRow, LedgerSheet, ReportRow
from db.rules.summary import summary
from tests.tui.office import an_entry
from tui.dialogs.preview import FORMS, PACKAGE, Preview, export_name, preview_lines, preview_of

LEDGER = LedgerRow(1, "jiangmen-2021", "市场局", None, None, 2021, 2021, "执法监督科", None)
PLAIN = Preview(total=32, done=12, publications=5, files=0, links=0, size=0, to_mend=0)
FULL = replace(PLAIN, files=12, links=2, size=3_565_159, to_mend=23)


def a_file(id: int, size: int) -> EvidenceRow:
    return EvidenceRow(id, 1, None, 1, "图.png", "0" * 64, size, None, None, None, "2021-09-10T09:00:00")


def a_link(id: int) -> EvidenceRow:
    return EvidenceRow(id, 1, None, 1, "网页", None, None, "https://example.cn", None, None, "2021-09-10T09:00:00")


def test_the_figures_are_those_of_the_ledger() -> None:
    done = {"status": "done", "done_on": date(2021, 9, 10), "what_was_done": "已公开", "evidence": 2}
    entries = (an_entry(1, **done), an_entry(2), an_entry(3, status="not_applicable"))
    report = ReportRow("总结", "办公室", None, (), "报")
    sheet = LedgerSheet(
        LEDGER,
        date(2021, 9, 10),
        entries,
        (),
        (),
        (report,),
        (),
        summary(entries, date(2021, 9, 10)),
        evidence=(a_file(1, 1_000), a_file(2, 24), a_link(3)),
    )
    # The report itself is not what is missing.
    assert preview_of(sheet) == Preview(2, 1, 0, 2, 1, 1_024, 1)


def test_a_package_names_every_part_that_it_has() -> None:
    lines = preview_lines(PACKAGE, FULL)
    assert [name for name, _ in PARTS if not any(name in line for line in lines)] == []
    assert any("佐证 12 个文件 共 3.4 MB、网址 2 个" in line for line in lines)
    assert any("任务 32 项，已办结 12 项；公开记录 5 条" in line for line in lines)
    assert lines[-1] == "自查还有 23 处待补：取消后按 9 逐处补。"
    assert any("没有佐证材料" in line for line in preview_lines(PACKAGE, PLAIN))


@pytest.mark.parametrize("suffix", [suffix for suffix, _ in FORMS])
def test_every_form_says_what_it_carries_and_what_is_missing_only_if_something_is(suffix: str) -> None:
    check_suffix(Path("a" + suffix))
    assert any("任务 32 项" in line for line in preview_lines(suffix, PLAIN))
    assert not any("待补" in line for line in preview_lines(suffix, PLAIN))
    assert any("23 处待补" in line for line in preview_lines(suffix, FULL))
    left_out = any("文件本身只在 .zip 里" in line for line in preview_lines(suffix, FULL))
    assert left_out == (suffix != PACKAGE)


def test_what_is_no_form_says_nothing() -> None:
    assert preview_lines(".pdf", FULL) == ()
    assert preview_lines("", FULL) == ()


@pytest.mark.parametrize(
    ("ledger", "suffix", "name"),
    [
        ({}, ".xlsx", "2021年执法监督科政务公开工作台账.xlsx"),
        ({"year": 2026}, ".zip", "2026年执法监督科政务公开工作报送包.zip"),
        ({"unit": "全局"}, ".docx", "2021年全局政务公开工作台账.docx"),
        ({"unit": "所/队:甲 乙"}, ".xlsx", "2021年所_队_甲乙政务公开工作台账.xlsx"),
        ({"unit": "../x"}, ".xlsx", "2021年_x政务公开工作台账.xlsx"),
    ],
)
def test_the_suggested_name_says_whose_year_it_is(ledger: dict[str, Any], suffix: str, name: str) -> None:
    assert export_name(replace(LEDGER, **ledger), suffix) == name
