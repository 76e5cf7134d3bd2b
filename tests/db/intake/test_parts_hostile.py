"""Documents that are no notice: long, deep, repeated. Each would take far too long if anything were quadratic."""

from time import process_time

import pytest

from db.intake.reading import RawNotice
from db.intake.source import Block
from tests.db.intake.drawn import grid, read, text

MANY = 3_000
MOST_SECONDS = 4
"""Of the processor, for one document: ten times what the slowest takes."""


def read_quickly(*blocks: Block) -> RawNotice:
    began = process_time()
    notice = read(*blocks)
    assert process_time() - began < MOST_SECONDS
    return notice


@pytest.mark.parametrize(
    "lines",
    [
        ["（" * 200_000],
        ["（[〔" * 100_000 + "）]〕" * 100_000],
        ["做好。（责任单位：甲科）" * MANY],
        ["一、" * 100_000],
        ["和" * 300_000 + "要"],
        ["责任单位：甲科"] * MANY,
        ["1.做好", *["责任单位：甲科"] * MANY],
        ["1.做好。（责任单位：甲科）"] * MANY,
        ["（一）甲。（责任单位：甲科）", *["一段"] * MANY, "段。（责任单位：乙科）"],
    ],
)
def test_long_prose_is_read_in_one_pass(lines: list[str]) -> None:
    notice = read_quickly(*text(*lines))
    assert len({task.key for task in notice.tasks}) == len(notice.tasks)


@pytest.mark.parametrize("row", ["1|做好。|甲科", "|做好|", "||甲科", "一、甲||", "做好。|做好。|做好。"])
@pytest.mark.parametrize("native", [True, False])
def test_a_long_table_is_read_in_one_pass(row: str, native: bool) -> None:
    notice = read_quickly(grid("序号|具体要求|责任单位", "1|做好|甲科", *[row] * MANY, native=native))
    numbers = [task.number for task in notice.tasks if task.number is not None]
    assert len(set(numbers)) == len(numbers)


def test_many_tables_are_read_in_one_pass() -> None:
    notice = read_quickly(*[grid("序号|具体要求|责任单位", "1|做好。|甲科")] * 3000)
    assert len({task.number for task in notice.tasks}) == 3000
