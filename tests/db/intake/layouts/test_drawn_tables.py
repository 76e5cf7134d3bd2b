"""Tables drawn by chance and written in each layout: what is read is right in its column, or stays a line.

Where empty cells are written nothing may stay; where merged cells have vanished a row may, but none may be wrong.
"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.intake.layouts import structured
from db.intake.source import Grid
from tests.db.intake.layouts.texts import rows, source

MATTERS = [
    "目录公开",
    "强化政策施行后解读",
    "加强公开平台建设",
    "扩大政策解读覆盖面，",
    "重大决策",
    "推进公共企事业单位信息公开",
]
REQUIREMENTS = [
    *(
        "公开目录。",
        "做好重大决策目录和草案的公开工作，按季度更新。",
        "各科室要统筹协调，集中组织主题活动。",
        "在2月底前公开收费标准",
    ),
    *(
        "加强行政执法信息公开。",
        "对于政策文件，同步开展审查研判；",
        "每年至少听取1次汇报，专题研究。",
        "完善统一知识库建设，推进信息同源",
    ),
]
UNITS = [
    *(
        "法规科",
        "办公室、督查室",
        "办公室牵头，各科室配合",
        "各股室及属下单位",
        "按照《管理意见》分工负责",
        "机关党委",
        "信息中心牵头",
    ),
    *("公共服务股(审批服务股)", "法规科会同各业务科室办理。", "12300指挥中心"),
]
DEADLINES = ["全年", "3 月底前", "2022年11月", "常态化落实", "11月20日前", "8月份", "批复后20日内"]
REMARKS = ["我局为配合单位。", "注一", "此项工作目前尚未开展。"]
HEADERS = {
    "number": ("序号",),
    "section": ("工作任务",),
    "matter": ("任务名称", "工作事项"),
    "requirement": ("具体要求", "任务内容"),
    "unit": ("责任单位", "责任处室（单位）"),
    "deadline": ("完成时限", "时间节点"),
    "remark": ("备注",),
}
SHAPES = [
    ("number", "matter", "requirement", "unit", "deadline"),
    ("section", "number", "matter", "requirement", "unit", "deadline"),
    ("section", "requirement", "unit", "remark"),
    ("section", "requirement", "unit"),
    ("number", "requirement", "unit", "deadline"),
    ("requirement", "unit", "deadline"),
]
Drawn = tuple[list[str], list[list[str]]]


@st.composite
def drawn(draw: st.DrawFn, blanks: bool = True) -> Drawn:
    """A header and rows, '' where a cell is merged with the one above (not in the first row)."""
    shape = draw(st.sampled_from(SHAPES))
    header = [draw(st.sampled_from(HEADERS[name])) for name in shape]
    table: list[list[str]] = []
    for number in range(1, draw(st.integers(2, 7)) + 1):
        row: list[str] = []
        merged = {
            name: number > 1 and blanks and draw(st.booleans()) for name in ("section", "matter", "unit", "deadline")
        }
        if not merged["section"]:
            merged["matter"] = False
        for name in shape:
            row.append("" if merged.get(name) else _cell(draw, name, number, "number" in shape))
        table.append(row)
    return header, table


def _cell(draw: st.DrawFn, name: str, number: int, counted: bool) -> str:
    if name == "number":
        return str(number)
    if name == "section":
        return f"{'一二三四五六七'[number - 1]}、{draw(st.sampled_from(MATTERS))}"
    if name == "requirement":
        return ("" if counted else f"{number}.") + draw(st.sampled_from(REQUIREMENTS))
    if name == "remark":
        return draw(st.sampled_from(["", *REMARKS]))
    return draw(st.sampled_from({"matter": MATTERS, "unit": UNITS, "deadline": DEADLINES}[name]))


def _lines(table: Drawn, line: Callable[[list[str]], str], between: str = "\n") -> str:
    return between.join(line(row) for row in [table[0], *table[1]])


WRITTEN: dict[str, Callable[[Drawn], str]] = {
    "bars": lambda table: _lines(table, lambda row: "|" + "|".join(row) + "|"),
    "bars ended": lambda table: _lines(table, lambda row: " | ".join(row) + " |", "\n\n"),
    "tabs": lambda table: _lines(table, "\t".join),
    "tab-led": lambda table: _lines(table, lambda row: "".join(f"\n\t{cell}" for cell in row), "\n"),
    "cells ended by bars": lambda table: _lines(table, lambda row: "\n".join(f"{cell}|" for cell in row)),
    "cells ended by lone bars": lambda table: _lines(table, lambda row: "\n".join(f"{cell}\n|" for cell in row)),
}
VANISHED: dict[str, Callable[[Drawn], str]] = {
    "bars": lambda table: _lines(table, lambda row: " | ".join(filter(None, row)) + " |"),
    "cells ended by bars": lambda table: _lines(table, lambda row: "\n".join(f"{cell}|" for cell in row if cell)),
    "blank lines": lambda table: _lines(table, lambda row: "\n\n".join(filter(None, row)), "\n\n"),
    "nothing": lambda table: _lines(table, lambda row: "\n".join(filter(None, row))),
}


def _read(text: str) -> list[list[str | None]]:
    found: list[list[str | None]] = []
    for block in structured(source(text)):
        if isinstance(block, Grid):
            found.extend(rows(block))
    return found


@pytest.mark.parametrize("layout", WRITTEN)
@settings(max_examples=60, deadline=None)
@given(table=drawn())
def test_a_table_whose_empty_cells_are_written_is_read_whole(layout: str, table: Drawn) -> None:
    header, body = table
    assert _read(WRITTEN[layout](table)) == [header, *body]


@pytest.mark.parametrize("layout", VANISHED)
@settings(max_examples=60, deadline=None)
@given(table=drawn())
def test_where_cells_vanished_no_row_is_read_wrongly(layout: str, table: Drawn) -> None:
    header, body = table
    truth = [header, *body]
    at = 0
    for row in _read(VANISHED[layout](table)):
        read = [cell or "" for cell in row]
        assert read in truth[at:]
        at = truth.index(read, at) + 1


@pytest.mark.parametrize("layout", VANISHED)
@settings(max_examples=60, deadline=None)
@given(table=drawn(blanks=False))
def test_a_table_without_merged_cells_is_read_whole_by_content(layout: str, table: Drawn) -> None:
    header, body = table
    found = [[cell or "" for cell in row] for row in _read(VANISHED[layout](table))]
    assert found == [header, *body]
