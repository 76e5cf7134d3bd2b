"""The sheets of the .xlsx, in their order: cover, figures, charts, the ledger and the further tables."""

from typing import Final

from db.export.columns import STATUS, table
from db.export.counted_tables import QUOTA_TABLE
from db.export.evidence_tables import EVIDENCE
from db.export.heading import basis, each_particular, particulars, period, title, unit
from db.export.history_tables import HISTORY
from db.export.part import Part
from db.export.parts import parts
from db.export.summary import blocks, shift_line
from db.export.xlsx_charts import CHARTS, chart_page
from db.export.xlsx_layout import Line, Page, block_lines, column_widths, height, table_lines, top_lines
from db.rules.rows import LedgerSheet

COVER: Final = "封面"
SUMMARY: Final = "汇总"
LEDGER: Final = "台账"
_SUMMARY_WIDTHS: Final = (32, 12, 12, 14, 14, 46)
_COVER_WIDTHS: Final = (8, 20, 80, 12)
_HOLDS: Final = {
    SUMMARY: "总体情况、各工作任务的数字、逾期和临近到期、自查、通用要求、标记说明",
    CHARTS: "各工作任务办结情况、各月到期和办结、量化指标完成情况，附所画的数字",
    LEDGER: "每一事项：通知原文、时限、完成情况、工作做法及成效",
    "公开记录": "公开了什么，日期、渠道、形式和网址",
    "量化指标": "各项数量要求每一期的目标数、已完成数和缺额",
    "周期": "周期性事项每一期是否办结",
    "计时": "有办理时限的事情：起算日、到期日、是否按期",
    "报送": "要报送的材料、时限和是否已报",
    EVIDENCE: "所附的文件和网址，文件附校验码（SHA-256）",
    HISTORY: "每一步办理的时间、办理人和改动内容，新的在前",
}


def pages(sheet: LedgerSheet) -> tuple[Page, ...]:
    """封面, 汇总, 图表 where there is something to draw, 台账 and a sheet for each further table."""
    further = parts(sheet)
    charts = chart_page(sheet, next((part for part in further if part.name == QUOTA_TABLE), None))
    made = [_summary_page(sheet), *([charts] if charts else []), _ledger_page(sheet)]
    made += [_part_page(sheet, part) for part in further]
    counts = {LEDGER: len(sheet.entries), **{part.name: len(part.rows) for part in further}}
    return _cover_page(sheet, [page.name for page in made], counts), *made


def running_heads(sheet: LedgerSheet) -> tuple[str, str, str, str]:
    """Title, period, unit and day for each printed page; long ones are cut, the sheet itself has them whole."""
    return _cut(title(sheet)), period(sheet.ledger), _cut(unit(sheet.ledger)), f"导出日期：{sheet.today.isoformat()}"


def _cover_page(sheet: LedgerSheet, names: list[str], counts: dict[str, int]) -> Page:
    """Title, basis, whose it is, of which day, and what the sheets hold."""
    over, room = (len(_COVER_WIDTHS),), sum(_COVER_WIDTHS)
    name = title(sheet)
    lines = [
        Line("gap", (), 30.0),
        Line("cover", (name,), min(48.0 * (1 + 3 * len(name) // room), 409.0), over),
        Line("gap", (), 30.0),
    ]
    for text in (basis(sheet.ledger), *each_particular(sheet)):
        lines.append(Line("cover line", (text,), height([text], [room * 4 // 5]) * 1.3, over))
    lines += [
        Line("gap", (), 20.0),
        Line("block", ("目录",), 26.0, over),
        Line("head", ("", "工作表", "内容", "条数"), 20.0),
    ]
    start = len(lines)
    rows = [(at, each, _HOLDS[each], counts.get(each, "")) for at, each in enumerate(names, 1)]
    lines += table_lines(rows, _COVER_WIDTHS)
    links = frozenset((start + at, 1) for at in range(len(names)))
    return Page(COVER, tuple(lines), _COVER_WIDTHS, frozenset({0, 1, 3}), links=links, fit="page")


def _ledger_page(sheet: LedgerSheet) -> Page:
    made = table(sheet)
    widths = column_widths(made.header, [column.widest for column in made.columns], made.rows)
    top = top_lines(title(sheet), [basis(sheet.ledger), particulars(sheet)], widths)
    head = Line("head", made.header, height(made.header, widths))
    lines = (*top, head, *table_lines(made.rows, widths))
    middle = frozenset(at for at, column in enumerate(made.columns) if column.middle)
    status = made.header.index(STATUS)
    return Page(LEDGER, lines, widths, middle, len(top), len(lines) - 1, status, ("逾期",))


def _part_page(sheet: LedgerSheet, part: Part) -> Page:
    widths = column_widths(part.header, [head.widest for head in part.heads], part.rows)
    top = top_lines(f"{title(sheet)}：{part.name}", [particulars(sheet)], widths)
    head = Line("head", part.header, height(part.header, widths))
    listed = (*top, head, *table_lines(part.rows, widths))
    below = [line for block in part.below for line in block_lines(block, widths)]
    middle = frozenset(at for at, head in enumerate(part.heads) if head.middle)
    status = part.header.index(part.state) if part.state else None
    return Page(part.name, (*listed, *below), widths, middle, len(top), len(listed) - 1, status, part.late)


def _summary_page(sheet: LedgerSheet) -> Page:
    about = [line for line in (particulars(sheet), shift_line(sheet)) if line]
    top = top_lines(f"{title(sheet)}：{SUMMARY}", about, _SUMMARY_WIDTHS)
    body = [line for block in blocks(sheet) for line in block_lines(block, _SUMMARY_WIDTHS)]
    return Page(SUMMARY, (*top, *body), _SUMMARY_WIDTHS)


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
