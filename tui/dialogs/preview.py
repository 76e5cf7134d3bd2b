"""What goes into an export, in words: beside the form that the clerk chooses, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from db.rules.completeness import gaps, to_mend
from db.rules.rows import LedgerRow, LedgerSheet
from tui.wording_evidence import size_words
from tui.wording_gaps import KEY

PACKAGE: Final = ".zip"

FORMS: Final[tuple[tuple[str, str], ...]] = (
    (".xlsx", ".xlsx 表格"),
    (".docx", ".docx 公文"),
    (".zip", ".zip 报送包"),
    (".csv", ".csv"),
    (".md", ".md"),
    (".json", ".json"),
)
"""Suffix and name of each form, in the order in which they are offered."""

_WHAT: Final[dict[str, str]] = {
    ".xlsx": "电子表格：封面和汇总、台账、公开记录、量化指标、佐证清单、计时、办理流水，有图表",
    ".docx": "公文格式：情况说明、台账表（通知原栏目加落实情况）、落款",
    ".csv": "只有台账一张表，供别的表格软件读取",
    ".md": "文字稿，供粘贴到别处",
    ".json": "供程序读取",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of the ledger as it would be exported now. size: bytes of the files of evidence."""

    total: int
    done: int
    publications: int
    files: int
    links: int
    size: int
    to_mend: int


def preview_of(sheet: LedgerSheet) -> Preview:
    files = [row for row in sheet.evidence if not row.is_link]
    return Preview(
        total=sheet.summary.total,
        done=sheet.summary.done,
        publications=len(sheet.publications),
        files=len(files),
        links=len(sheet.evidence) - len(files),
        size=sum(row.size or 0 for row in files),
        to_mend=len(to_mend(gaps(sheet))),
    )


def preview_lines(suffix: str, preview: Preview) -> Sequence[str]:
    """What such a file carries, a line each; () for a suffix that is none."""
    figures = f"任务 {preview.total} 项，已办结 {preview.done} 项；公开记录 {preview.publications} 条"
    missing = f"自查还有 {preview.to_mend} 处待补：取消后按 {KEY} 逐处补。" if preview.to_mend else ""
    if suffix == PACKAGE:
        parts = _package_parts(preview, figures)
    elif suffix in _WHAT:
        parts = [_WHAT[suffix], f"{figures}；{_evidence_words(preview)}{_left_out(suffix, preview)}"]
    else:
        return ()
    return [*parts, missing] if missing else parts


def _package_parts(preview: Preview, figures: str) -> list[str]:
    from db.export.package import INDEX, LEDGER_DOCX, LEDGER_XLSX, SUMMARY, SUMS

    return [
        f"{figures}。报送包里有：",
        f"- {SUMMARY}：由台账汇编，报送前须改定",
        f"- {LEDGER_XLSX}、{LEDGER_DOCX}",
        f"- {_evidence_words(preview)}，按任务序号分文件夹",
        f"- {INDEX}（链接到每一件）、{SUMS}（校验值）",
    ]


def _evidence_words(preview: Preview) -> str:
    """佐证 12 个文件 共 3.4 MB、网址 2 个; 没有佐证材料."""
    parts = [f"{preview.files} 个文件 共 {size_words(preview.size)}"] if preview.files else []
    parts += [f"网址 {preview.links} 个"] if preview.links else []
    return f"佐证 {'、'.join(parts)}" if parts else "没有佐证材料"


def _left_out(suffix: str, preview: Preview) -> str:
    return f"（文件本身只在 {PACKAGE} 里）" if preview.files and suffix != PACKAGE else ""


def export_name(ledger: LedgerRow, suffix: str) -> str:
    """2021年执法监督科政务公开工作台账.xlsx; of .zip 2021年执法监督科政务公开工作报送包.zip."""
    from db.export.safe_names import safe_name

    what = "报送包" if suffix == PACKAGE else "台账"
    unit = safe_name(ledger.unit, limit=40).replace(" ", "")
    return f"{ledger.year}年{unit}政务公开工作{what}{suffix}"
