"""The sheet 图表: charts of the spreadsheet's own, and below each the figures that it draws."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final

from db.export.chart_figures import Figures, figures
from db.export.counted_words import ENOUGH, NOT_YET, SHORT
from db.export.heading import particulars, title
from db.export.part import Part
from db.export.xlsx_layout import Chart, Line, Page, height, table_lines, top_lines
from db.rules.rows import LedgerSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as Drawn
    from xlsxwriter.worksheet import Worksheet

CHARTS: Final = "图表"
_WIDTHS: Final = (70, 18, 18, 18)
_MIDDLE: Final = frozenset({1, 2, 3})
_MOST: Final = 11
"""How many categories one chart can name so that each is read, and their figures stand on the same printed page."""
_ROW_POINTS: Final = 15.0
_ROW_PIXELS: Final = 20
_WIDTH_PIXELS: Final = sum(width * 7 + 5 for width in _WIDTHS)
_FONT: Final = {"name": "宋体", "size": 10}
# Told apart by lightness too: a ledger is often printed in black and white.
_COLOURS: Final = {
    "已办结": "1F4E79",
    "未办结": "BFC7D1",
    "到期": "BFC7D1",
    "办结": "1F4E79",
    ENOUGH: "1F4E79",
    SHORT: "C55A11",
    NOT_YET: "D9DEE5",
}
_DARK: Final = frozenset({"1F4E79", "C55A11"})


def chart_page(sheet: LedgerSheet, quota_table: Part | None) -> Page | None:
    """None where there is nothing to draw. quota_table: 量化指标, where the ledger has some."""
    made = [(part, _most(each)) for each in figures(sheet, quota_table) for part in _parts(each)]
    if not made:
        return None
    lines = top_lines(f"{title(sheet)}：{CHARTS}", [particulars(sheet)], _WIDTHS)
    charts: list[Chart] = []
    breaks: list[int] = []
    for part, most in made:
        if charts:
            breaks.append(len(lines))
        lines += _chart_lines(part, most, len(lines), charts)
    return Page(CHARTS, tuple(lines), _WIDTHS, _MIDDLE, charts=tuple(charts), breaks=tuple(breaks), fit="scale")


def draw(book: "Workbook", worksheet: "Worksheet", page: Page) -> None:
    """The page's charts."""
    for chart in page.charts:
        drawn = book.add_chart({"type": chart.kind, **({"subtype": "stacked"} if chart.kind == "bar" else {})})
        for column, colour in chart.series:
            drawn.add_series(
                {
                    "name": [page.name, chart.head, column],
                    "categories": [page.name, chart.first, chart.labels, chart.last, chart.labels],
                    "values": [page.name, chart.first, column, chart.last, column],
                    "fill": {"color": f"#{colour}"},
                    "border": {"color": "#7F7F7F", "width": 0.5},
                    "gap": 50,
                    # A nought is not drawn, so it is not written either.
                    "data_labels": {"value": True, "num_format": "0;;", "font": _label_font(chart, colour)},
                }
            )
        _set_axes(drawn, chart)
        drawn.set_title({"name": chart.title, "name_font": {**_FONT, "size": 14, "bold": True}, "overlay": False})
        drawn.set_legend({"position": "bottom", "font": _FONT})
        drawn.set_size({"width": chart.width, "height": chart.height})
        worksheet.insert_chart(chart.at, 0, drawn, {"object_position": 2, "description": f"{chart.title}，数字见下表"})
    if page.breaks:
        worksheet.set_h_pagebreaks(list(page.breaks))


def _label_font(chart: Chart, colour: str) -> dict[str, object]:
    return {**_FONT, "color": "#FFFFFF" if chart.kind == "bar" and colour in _DARK else "#000000"}


def _set_axes(drawn: "Drawn", chart: Chart) -> None:
    """The names at one axis; the other is not shown, as the figures stand at the bars themselves."""
    # One scale for all parts of a chart that goes on.
    counts = {"min": 0, "max": chart.most, "major_gridlines": {"visible": False}, "visible": False}
    if chart.kind == "bar":
        # A lying chart counts its categories from below.
        drawn.set_x_axis(counts)
        drawn.set_y_axis({"num_font": _FONT, "reverse": True})
    else:
        drawn.set_x_axis({"num_font": _FONT})
        drawn.set_y_axis(counts)


def _parts(whole: Figures) -> Iterator[Figures]:
    """The figures in pieces of as many categories as one chart can name."""
    if whole.kind == "column":  # twelve months and what lies before and after them are named in one
        yield whole
        return
    charts = ceil(len(whole.rows) / _MOST)
    each = ceil(len(whole.rows) / charts)  # about as many in the last one as in the first
    for chart in range(charts):
        of = f"（{chart + 1}/{charts}）" if charts > 1 else ""
        yield replace(whole, title=whole.title + of, rows=whole.rows[chart * each : (chart + 1) * each])


def _most(whole: Figures) -> int:
    """How far the longest bar or column reaches."""
    return max(sum(numbers) if whole.kind == "bar" else max(numbers) for _, numbers in whole.rows)


def _chart_lines(part: Figures, most: int, start: int, charts: list[Chart]) -> list[Line]:
    """Title, room for the chart, and the figures; the chart itself goes to `charts`."""
    made = [
        Line("gap", (), _ROW_POINTS),
        Line("block", (part.title,), 26.0, (len(_WIDTHS),)),
    ]
    if part.remark:
        made.append(Line("about", (part.remark,), height([part.remark], [sum(_WIDTHS)]), (len(_WIDTHS),)))
    high = 110 + 22 * len(part.rows) if part.kind == "bar" else 300
    at = start + len(made)
    made += [Line("gap", (), _ROW_POINTS)] * ceil((high + 10) / _ROW_PIXELS)
    head = start + len(made)
    made.append(Line("head", (part.label, *part.series), height([part.label], _WIDTHS[:1])))
    made += table_lines([(label, *numbers) for label, numbers in part.rows], _widths(part.series))
    series = tuple((column, _COLOURS[name]) for column, name in enumerate(part.series, 1))
    last = start + len(made) - 1
    charts.append(Chart(part.title, part.kind, at, head, head + 1, last, 0, series, most, _WIDTH_PIXELS, high))
    return made


def _widths(series: Sequence[str]) -> tuple[int, ...]:
    return _WIDTHS[: len(series) + 1]
