"""The notices that ship, made into the forms in which they arrive: .docx, .xlsx, .html, .pdf.

The table is that of the reviewed reading: its headings in order, a cell for each task and column, and a real merge
where the reading says that a row shares the cell above (the same section, the same matter, a unit cell that is
inherited or, within a section, the same). What stands around the table is the text of the notice, line by line, a line
that a page break had cut joined again. A notice of prose has paragraphs alone. The same draft gives the same file.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from db.rules.notice import NoticeDraft, Task

FORMS: Final = ("docx", "xlsx", "html", "pdf")
SHARED: Final = frozenset(("section", "matter", "assignment"))
ENDS: Final = tuple("。：:；;！？!?）)》」”")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the table: rows and columns are what it spans."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Laid:
    """A notice as paragraphs around a table of `height` x `width`; no boxes: a notice of prose."""

    before: tuple[str, ...]
    boxes: tuple[Box, ...]
    height: int
    width: int
    after: tuple[str, ...]


def laid_out(draft: NoticeDraft) -> Laid:
    """The paragraphs and the table of a notice."""
    lines = draft.text.split("\n")
    if not draft.headings:
        return Laid(_joined(lines), (), 0, 0, ())
    first = next(at for at, line in enumerate(lines) if _is_heading(line, draft))
    last = _last_line(lines, draft)
    closing = [line for line in lines[last + 1 :] if line.strip() and _is_default(line, draft)]
    boxes = _boxes(draft)
    height = len(draft.tasks) + 1
    for line in closing:
        boxes.append(Box(height, 0, line.strip(), columns=len(draft.headings)))
        height += 1
    after = [line for line in lines[last + 1 :] if line not in closing]
    return Laid(_joined(lines[:first]), tuple(boxes), height, len(draft.headings), _joined(after))


def as_docx(draft: NoticeDraft, path: Path) -> None:
    """A .docx with real gridSpan and vMerge."""
    import docx

    laid = laid_out(draft)
    document = docx.Document()
    for text in laid.before:
        document.add_paragraph(text)
    if laid.boxes:
        table = document.add_table(laid.height, laid.width, style="Table Grid")
        for box in laid.boxes:
            cell = table.cell(box.row, box.column)
            if box.rows > 1 or box.columns > 1:
                cell = cell.merge(table.cell(box.row + box.rows - 1, box.column + box.columns - 1))
            cell.text = box.text
    for text in laid.after:
        document.add_paragraph(text)
    document.save(str(path))


def as_xlsx(draft: NoticeDraft, path: Path) -> None:
    """A .xlsx with merged ranges: paragraphs merged over the table's width, a row each."""
    import openpyxl

    laid = laid_out(draft)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "分工"
    width = max(laid.width, 6)
    row = 0

    def paragraph(text: str) -> None:
        nonlocal row
        row += 1
        sheet.cell(row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)

    for text in laid.before:
        paragraph(text)
    for box in laid.boxes:
        at, left = row + box.row + 1, box.column + 1
        sheet.cell(at, left, int(box.text) if box.text.isdecimal() else box.text or None)
        if box.rows > 1 or box.columns > 1:
            sheet.merge_cells(
                start_row=at, end_row=at + box.rows - 1, start_column=left, end_column=left + box.columns - 1
            )
    row += laid.height
    for text in laid.after:
        paragraph(text)
    book.save(str(path))


MENU: Final = ("首页", "机构概况", "政务公开", "政务服务", "互动交流", "专题专栏")
PAGE: Final = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title>
<style>td {{ border: 1px solid }}</style><script>var x = "<table><tr><td>不是正文</td></tr></table>";</script></head>
<body><div class="top"><ul class="nav">{menu}</ul></div>
<div class="weizhi">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div>
<div class="main"><div class="content">
{content}
</div></div>
<div class="foot"><p>版权所有 网站地图 联系我们</p><ul>{links}</ul></div></body></html>
"""


def as_html(draft: NoticeDraft, path: Path) -> None:
    """A saved page: menus around, the table with thead, rowspan and colspan."""
    laid = laid_out(draft)
    content = [f"<p>&nbsp;&nbsp;{html.escape(text)}</p>" for text in laid.before]
    if laid.boxes:
        content.append("<table>")
        for row in range(laid.height):
            name = "th" if row == 0 else "td"
            cells = "".join(_cell(box, name) for box in laid.boxes if box.row == row)
            content.append(f"<thead><tr>{cells}</tr></thead><tbody>" if row == 0 else f"<tr>{cells}</tr>")
        content.append("</tbody></table>")
    content.extend(f"<p>&nbsp;&nbsp;{html.escape(text)}</p>" for text in laid.after)
    menu = "".join(f'<li><a href="/{at}">{word}</a></li>' for at, word in enumerate(MENU))
    page = PAGE.format(title=html.escape(draft.title or draft.plan), menu=menu, links=menu, content="\n".join(content))
    path.write_text(page, encoding="utf-8")


def as_pdf(draft: NoticeDraft, path: Path) -> None:
    """A ruled .pdf on landscape A4, first lines indented, the header row again on each page, page numbers."""
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    rl_config.invariant = 1
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    prose = ParagraphStyle(
        "prose", fontName="STSong-Light", fontSize=12, leading=18, firstLineIndent=24, wordWrap="CJK"
    )
    small = ParagraphStyle("cell", fontName="STSong-Light", fontSize=10, leading=13, wordWrap="CJK")
    laid = laid_out(draft)
    story: list[Any] = [Paragraph(html.escape(text), prose) for text in laid.before]
    if laid.boxes:
        widths = _widths(draft)
        for rows in _pages(laid, widths, small):
            story.extend([PageBreak()] if story else [])
            story.append(_ruled(laid, rows, widths, small))
    story.extend(Paragraph(html.escape(text), prose) for text in laid.after)
    document = SimpleDocTemplate(str(path), pagesize=landscape(A4), title=draft.plan)

    def number(canvas: Any, _: Any) -> None:
        canvas.setFont("STSong-Light", 10)
        canvas.drawCentredString(landscape(A4)[0] / 2, 30, f"— {canvas.getPageNumber()} —")

    document.build(story, onFirstPage=number, onLaterPages=number)


PAGE_HEIGHT: Final = 430.0
PADDING: Final = 8.0


def _pages(laid: Laid, widths: list[float], style: Any) -> list[dict[int, float]]:
    """The rows of each page with their heights, the header first on every one."""
    heights = [
        max(_height(box, widths, style) for box in laid.boxes if box.row == row and box.rows == 1)
        for row in range(laid.height)
    ]
    pages: list[dict[int, float]] = []
    for row in range(1, laid.height):
        if not pages or sum(pages[-1].values()) + heights[row] > PAGE_HEIGHT:
            pages.append({0: heights[0]})
        pages[-1][row] = heights[row]
    for page in pages:
        for box, first, last in _clipped(laid, page):
            # The text of a merged cell stands whole on the page on which it begins.
            if first == box.row:
                page[last] += max(0.0, _height(box, widths, style) - sum(page[row] for row in range(first, last + 1)))
    return pages


def _clipped(laid: Laid, page: dict[int, float]) -> list[tuple[Box, int, int]]:
    """The boxes that show on a page, each with its first and last row there."""
    found = []
    for box in laid.boxes:
        rows = [row for row in page if box.row <= row < box.row + box.rows]
        if rows:
            found.append((box, min(rows), max(rows)))
    return found


def _height(box: Box, widths: list[float], style: Any) -> float:
    from reportlab.platypus import Paragraph

    width = sum(widths[box.column : box.column + box.columns]) - 12
    return float(Paragraph(html.escape(box.text), style).wrap(width, 10_000)[1]) + PADDING


def _ruled(laid: Laid, page: dict[int, float], widths: list[float], style: Any) -> Any:
    """The part of the table on one page. A merged cell that goes on from the page before is an empty box."""
    from reportlab.platypus import Paragraph, Table, TableStyle

    places = {row: at for at, row in enumerate(page)}
    cells: list[list[Any]] = [[""] * laid.width for _ in page]
    commands: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for box, first, last in _clipped(laid, page):
        corner = (box.column + box.columns - 1, places[last])
        if first == box.row:
            cells[places[first]][box.column] = Paragraph(html.escape(box.text), style)
        if corner != (box.column, places[first]):
            commands.append(("SPAN", (box.column, places[first]), corner))
    return Table(cells, colWidths=widths, rowHeights=list(page.values()), style=TableStyle(commands))


MAKERS: Final[dict[str, Callable[[NoticeDraft, Path], None]]] = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "html": as_html,
    "pdf": as_pdf,
}


def _cell(box: Box, name: str) -> str:
    spans = (f' rowspan="{box.rows}"' if box.rows > 1 else "") + (
        f' colspan="{box.columns}"' if box.columns > 1 else ""
    )
    return f"<{name}{spans}>{html.escape(box.text)}</{name}>"


def _widths(draft: NoticeDraft) -> list[float]:
    """Points of each column, 690 in all: what is long gets most."""
    wide = {"requirement": 5.0, "assignment": 2.5, "section": 2.0, "matter": 2.0, "number": 0.7, "remark": 1.5}
    shares = [wide.get(name, 1.2) for name, _ in draft.headings]
    return [690 * share / sum(shares) for share in shares]


def _boxes(draft: NoticeDraft) -> list[Box]:
    """The header row and a row for each task."""
    boxes = [Box(0, column, words) for column, (_, words) in enumerate(draft.headings)]
    for column, (name, _) in enumerate(draft.headings):
        row = 0
        while row < len(draft.tasks):
            rows = 1
            while row + rows < len(draft.tasks) and _shares(name, draft.tasks[row + rows - 1], draft.tasks[row + rows]):
                rows += 1
            boxes.append(Box(row + 1, column, _text(name, draft.tasks[row], draft), rows))
            row += rows
    return sorted(boxes, key=lambda box: (box.row, box.column))


def _shares(name: str, above: Task, task: Task) -> bool:
    """Whether a task shares the cell of this column with the one above."""
    if name not in SHARED:
        return False
    if name == "section":
        return above.section == task.section
    if above.section != task.section:
        return False
    if name == "matter":
        return above.matter == task.matter
    inherited = bool(task.responsibilities) and all(one.through == "inherited" for one in task.responsibilities)
    return inherited or task.assignment == above.assignment is not None


def _text(name: str, task: Task, draft: NoticeDraft) -> str:
    numbered = any(column == "number" for column, _ in draft.headings)
    if name == "requirement":
        return task.requirement if numbered else f"{_lead(task, draft)}{task.requirement}"
    if name == "deadline":
        return next((one.text for one in task.deadlines if one.source == "cell"), "")
    if name == "remark":
        return task.remark or "" if task.remark_source == "cell" else ""
    return getattr(task, name) or ""


def _lead(task: Task, draft: NoticeDraft) -> str:
    """The number in front of a requirement, as printed ('3．', '3.')."""
    found = re.search(rf"(?<!\d){re.escape(task.number)}[．.]\s*(?={re.escape(task.requirement[:8])})", draft.text)
    assert found, f"{draft.plan}: number {task.number} stands not in front of its requirement"
    return found.group()


def _is_heading(line: str, draft: NoticeDraft) -> bool:
    """Whether the header row begins in this line: its first word, led by a tab, or all of its words."""
    words = [words for _, words in draft.headings]
    return line.strip() == words[0] or all(word in line for word in words)


def _last_line(lines: Sequence[str], draft: NoticeDraft) -> int:
    """Where the table ends: the last line with the last task's requirement, and its further cells below."""
    task = draft.tasks[-1]
    last = max(at for at, line in enumerate(lines) if task.requirement[:20] in line and re.search(r"[\t|．]", line))
    cells = {_text(name, task, draft) for name, _ in draft.headings}
    while last + 1 < len(lines) and lines[last + 1].startswith("\t") and lines[last + 1].strip() in cells:
        last += 1
    return last


def _is_default(line: str, draft: NoticeDraft) -> bool:
    """Whether a line is the row below the table that holds the notice's own time limit."""
    quotes = {one.quote for task in draft.tasks for one in task.deadlines if one.source == "notice"}
    return line.startswith("\t") and line.strip() in quotes


def _joined(lines: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs of lines: blank ones left out, one that a page break cut in mid sentence joined with the next."""
    found: list[str] = []
    for line in lines:
        text = line.strip("\t\r\f ")
        if not text.strip():
            continue
        if found and len(found[-1]) > 50 and not found[-1].endswith(ENDS):
            found[-1] += text
        else:
            found.append(text)
    return tuple(found)
