"""A Source as JSON and back: what the reading child hands to its parent, and what a draft keeps.

    {"format": 1, "form": …, "name": …, "sha256": …, "blocks": [block…], "losses": [loss…]}
    block   a paragraph is an array, a grid an object:
            [text, place]
            {"place", "height", "width", "native", "hidden_rows": [row…], "cells": [cell…]}
    cell    [row, column, rows, columns, text, place]
    loss    [kind, place, text, count]
    place   [part, row, column, line], null where there is none

Strict both ways: what is not this shape is refused, never mended (H22 of reliability.md). A string holds no NUL and no
lone surrogate; a grid's cells lie inside it, in reading order, none upon another; the limits below hold.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NoReturn, TypeVar, cast, get_args

from db.errors import ReadingError
from db.intake.source import Block, Cell, Grid, Loss, LossKind, Paragraph, Place, Source, SourceForm

FORMAT: Final = 1
MAX_CHARACTERS: Final = 64_000_000
"""Of the JSON text."""
MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 256
MAX_AREA: Final = 1_000_000
"""Positions that the cells of all grids of one source cover."""
MAX_COUNT: Final = 2**31

FORMS: Final = frozenset(get_args(SourceForm))
KINDS: Final = frozenset(get_args(LossKind))
HINT: Final = "请重新导入原文件。"

T = TypeVar("T")


def to_json(source: Source) -> str:
    """The source as one line of JSON. Raises ReadingError where it goes beyond the limits or is not well formed."""
    _check(source)
    text = json.dumps(
        {
            "format": FORMAT,
            "form": source.form,
            "name": source.name,
            "sha256": source.sha256,
            "blocks": [_block_out(block) for block in source.blocks],
            "losses": [[loss.kind, _place_out(loss.place), loss.text, loss.count] for loss in source.losses],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if len(text) > MAX_CHARACTERS:
        _refuse(f"内容太多（{len(text)} 字）")
    return text


def from_json(text: str) -> Source:
    """The source that `to_json` wrote. Raises ReadingError for everything else."""
    if len(text) > MAX_CHARACTERS:
        _refuse(f"内容太多（{len(text)} 字）")
    try:
        found = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_constant)
    except RecursionError as error:
        raise ReadingError("读入结果不合格式：套得太深", HINT) from error
    except ValueError as error:
        raise ReadingError(f"读入结果不合格式：{str(error)[:80]}", HINT) from error
    keys = _object(found, "format", "form", "name", "sha256", "blocks", "losses")
    if type(keys["format"]) is not int or keys["format"] != FORMAT:
        _refuse("格式号")
    source = Source(
        form=cast(SourceForm, _word(keys["form"], FORMS)),
        name=_text(keys["name"]),
        sha256=_text(keys["sha256"]),
        blocks=_each(keys["blocks"], _block_in),
        losses=_each(keys["losses"], _loss_in),
    )
    _check(source)
    return source


def _block_out(block: Block) -> list[object] | dict[str, object]:
    if isinstance(block, Paragraph):
        return [block.text, _place_out(block.place)]
    return {
        "place": _place_out(block.place),
        "height": block.height,
        "width": block.width,
        "native": block.native,
        "hidden_rows": list(block.hidden_rows),
        "cells": [
            [cell.row, cell.column, cell.rows, cell.columns, cell.text, _place_out(cell.place)] for cell in block.cells
        ],
    }


def _place_out(place: Place) -> list[object]:
    return [place.part, place.row, place.column, place.line]


def _block_in(value: object) -> Block:
    if isinstance(value, list):
        text, place = _array(value, 2)
        return Paragraph(_text(text), _place_in(place))
    keys = _object(value, "place", "height", "width", "native", "hidden_rows", "cells")
    if not isinstance(keys["native"], bool):
        _refuse("native")
    return Grid(
        place=_place_in(keys["place"]),
        height=_number(keys["height"]),
        width=_number(keys["width"]),
        cells=_each(keys["cells"], _cell_in),
        native=keys["native"],
        hidden_rows=_each(keys["hidden_rows"], _number),
    )


def _cell_in(value: object) -> Cell:
    row, column, rows, columns, text, place = _array(value, 6)
    return Cell(_number(row), _number(column), _text(text), _place_in(place), _number(rows), _number(columns))


def _loss_in(value: object) -> Loss:
    kind, place, text, count = _array(value, 4)
    return Loss(cast(LossKind, _word(kind, KINDS)), _place_in(place), _text(text), _number(count))


def _place_in(value: object) -> Place:
    part, *numbers = _array(value, 4)
    row, column, line = (None if one is None else _number(one) for one in numbers)
    return Place(_text(part), row, column, line)


def _check(source: Source) -> None:
    """What the types do not say: the SHA-256, the limits, and cells that lie in their grid side by side."""
    if len(source.sha256) != 64 or not set(source.sha256) <= set("0123456789abcdef"):
        _refuse("sha256")
    for text in _strings(source):
        _characters(text)
    area = 0
    for block in source.blocks:
        if isinstance(block, Grid):
            area += _area(block)
            if area > MAX_AREA:
                _refuse(f"表格太大（超过 {MAX_AREA} 格）")


def _area(grid: Grid) -> int:
    """How many positions the cells of a grid cover."""
    if not (0 <= grid.height <= MAX_ROWS and 0 <= grid.width <= MAX_COLUMNS):
        _refuse(f"表格太大（{grid.height} 行 {grid.width} 列）")
    if any(not 0 <= row < grid.height for row in grid.hidden_rows):
        _refuse("隐藏行的行号")
    area, before = 0, (-1, -1)
    for cell in grid.cells:
        inside = cell.row + cell.rows <= grid.height and cell.column + cell.columns <= grid.width
        if min(cell.row, cell.column) < 0 or min(cell.rows, cell.columns) < 1 or not inside:
            _refuse(f"单元格越出表格（{cell.place.words()}）")
        if (cell.row, cell.column) <= before:
            _refuse(f"单元格次序不对（{cell.place.words()}）")
        before = (cell.row, cell.column)
        area += cell.rows * cell.columns
    if area > MAX_AREA:
        _refuse(f"表格太大（超过 {MAX_AREA} 格）")
    if area != len({(y, x) for c in grid.cells for y in _span(c.row, c.rows) for x in _span(c.column, c.columns)}):
        _refuse(f"单元格重叠（{grid.place.words()}）")
    return area


def _span(first: int, count: int) -> range:
    return range(first, first + count)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("键重复")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"不是整数：{name[:20]}")


def _object(value: object, *keys: str) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != set(keys):
        _refuse(f"应有 {'、'.join(keys)}")
    return value


def _array(value: object, length: int) -> Sequence[object]:
    if not isinstance(value, list) or len(value) != length:
        _refuse(f"应是 {length} 项的数组")
    return value


def _each(value: object, read: Callable[[object], T]) -> tuple[T, ...]:
    if not isinstance(value, list):
        _refuse("应是数组")
    return tuple(read(one) for one in value)


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < MAX_COUNT:
        _refuse("应是不小于 0 的整数")
    return value


def _word(value: object, words: frozenset[str]) -> str:
    if not isinstance(value, str) or value not in words:
        _refuse("没有这一种")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        _refuse("应是文字")
    return value


def _strings(source: Source) -> Iterator[str]:
    yield source.name
    for block in source.blocks:
        for one in (block,) if isinstance(block, Paragraph) else block.cells:
            yield one.text
            yield one.place.part
        if isinstance(block, Grid):
            yield block.place.part
    for loss in source.losses:
        yield loss.text
        yield loss.place.part


def _characters(text: str) -> None:
    """No NUL, no lone surrogate: the first ends a text in SQLite's length, the second cannot be stored (H5, H6)."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ReadingError("读入结果不合格式：有无法保存的字符", HINT) from error
    if "\0" in text:
        _refuse("有空字符")


def _refuse(why: str) -> NoReturn:
    raise ReadingError(f"读入结果不合格式：{why}", HINT)
