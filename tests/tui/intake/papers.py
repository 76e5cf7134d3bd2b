"""Small notices as files: a letter around a table, with a date that does not exist in its second row."""

from collections.abc import Sequence
from pathlib import Path

HEADER = ("序号", "工作任务", "具体要求", "责任单位", "完成时限")
ROWS: tuple[tuple[str, ...], ...] = (
    ("1", "信息公开", "每季度发布工作动态不少于2条，及时更新机构信息。", "办公室", "11月底前"),
    ("2", "信息公开", "公开行政处罚结果。涉及个人信息的应当处理后公开。", "执法科牵头，法规科配合", "2月30日前"),
    ("3", "政策解读", "新出台的规范性文件，发布后3个工作日内同步解读。", "法规科、各科室", "全年"),
    ("4", "平台建设", "完成网站栏目调整。", "信息中心", "6月底前"),
    ("5", "监督保障", "开展一次培训。", "办公室", "9月30日"),
)
BEFORE = (
    "某市示范局",
    "关于印发2026年政务公开工作任务分解表的通知",
    "局机关各科室，局属各单位：",
    "现将任务分解表印发给你们，请认真落实，并于12月10日前将工作总结报送办公室。",
)
AFTER = ("某市示范局", "2026年1月15日")


def with_cell(row: int, column: int, text: str, rows: Sequence[tuple[str, ...]] = ROWS) -> tuple[tuple[str, ...], ...]:
    """The rows with another text in one cell, counted from 0."""
    changed = [list(cells) for cells in rows]
    changed[row][column] = text
    return tuple(tuple(cells) for cells in changed)


def settled_rows() -> tuple[tuple[str, ...], ...]:
    """The rows without anything to ask about."""
    return with_cell(1, 4, "3月30日前")


def as_docx(
    path: Path,
    rows: Sequence[tuple[str, ...]] = ROWS,
    header: Sequence[str] = HEADER,
    before: Sequence[str] = BEFORE,
    after: Sequence[str] = AFTER,
) -> Path:
    """The notice as a .docx with one native table."""
    import docx

    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    table = document.add_table(len(rows) + 1, len(header))
    for at, texts in enumerate((header, *rows)):
        for cell, text in zip(table.rows[at].cells, texts, strict=True):
            cell.text = text
    for text in after:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def as_txt(path: Path, rows: Sequence[tuple[str, ...]] = ROWS) -> Path:
    """The notice as text, cells by tabs."""
    lines = (*BEFORE, *("\t".join(texts) for texts in (HEADER, *rows)), *AFTER)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows_of(count: int) -> tuple[tuple[str, ...], ...]:
    """So many rows, no two alike."""
    return tuple(
        (
            str(number),
            f"大项{(number - 1) // 10 + 1}",
            f"按时公开第{number}类信息，做好更新维护和政策解读，每季度发布不少于2条，由专人负责核对。",
            ("办公室", "执法科牵头，法规科配合", "信息中心", "法规科")[number % 4],
            ("11月底前", "全年", "6月30日前", "每季度末")[number % 4],
        )
        for number in range(1, count + 1)
    )
