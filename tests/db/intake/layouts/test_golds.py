"""The five shipped texts: what the reviewed readings have in every row stands in the grid, each in its column."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from db.intake.headers import roles_of
from db.intake.layouts import structured
from db.intake.layouts.signs_of_cells import cell_class, opening_number
from db.intake.source import Block, Grid, Paragraph
from tests.db.intake.layouts.texts import rows, source

SEEDS = Path(__file__).parents[4] / "seeds"
TABLES = {"jiangmen-2021": 13, "jiangmen-culture-2021": 0, "hubei-2022": 21, "jiading-2021": 32}
"""The plans whose tasks stand in a table, and its block."""


def _text(plan: str) -> str:
    return (SEEDS / f"{plan}.txt").read_text(encoding="utf-8")


def _reading(plan: str) -> dict[str, Any]:
    return tomllib.loads((SEEDS / f"{plan}.toml").read_text(encoding="utf-8"))


def _grid(plan: str) -> Grid:
    block = structured(source(_text(plan)))[TABLES[plan]]
    assert isinstance(block, Grid)
    return block


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("plan", TABLES)
def test_the_table_of_a_shipped_text_has_exactly_the_rows_of_its_reading(plan: str) -> None:
    header, *body = rows(_grid(plan))
    words = [(word or "").replace("\n", "") for word in header]
    roles = roles_of(words)
    assert roles is not None
    found = [dict(zip(roles, row, strict=True)) for row in body if row != header]
    tasks = _reading(plan)["task"]
    assert len(found) == len(tasks)
    above: dict[str, str | None] = {}
    for row, task in zip(found, tasks, strict=True):
        above |= {name: row[name].replace("\n", "") for name in ("section", "matter") if row.get(name)}
        requirement = row["requirement"] or ""
        number = row.get("number") or str(opening_number(requirement))
        assert number == task["number"]
        assert _bare(requirement).endswith(_bare(task["requirement"]))
        assert len(_bare(requirement)) - len(_bare(task["requirement"])) <= 3
        assert above.get("section") == task.get("section") or plan == "jiading-2021"
        assert above.get("matter") == task.get("matter")
        if row.get("assignment"):
            assert row["assignment"] == task["assignment"]
        if row.get("remark"):
            assert row["remark"] == task["remark"]
        if "deadline" in row:
            assert row["deadline"] == task["deadline"]["text"]


def test_a_unit_cell_that_is_blank_is_written_and_one_that_vanished_is_missing() -> None:
    blank, missing = _grid("jiangmen-2021"), _grid("jiangmen-culture-2021")
    assert sum(cell.text == "" for cell in blank.cells if cell.column == 2) == 6
    assert sum(missing.at(row, 2) is None for row in range(missing.height)) == 12
    assert not any(cell.text == "" for cell in missing.cells)


def test_every_cell_of_a_shipped_table_looks_like_its_column() -> None:
    for plan in ("hubei-2022", "jiading-2021"):
        grid = _grid(plan)
        unit, deadline = grid.width - 2, grid.width - 1
        header = rows(grid)[0]
        cells = [cell for cell in grid.cells if cell.text not in header]
        assert {cell_class(cell.text) for cell in cells if cell.column == unit} == {"unit"}
        assert {cell_class(cell.text) for cell in cells if cell.column == deadline} == {"deadline"}


def _paragraphs(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_the_default_time_limit_behind_the_table_is_a_paragraph() -> None:
    blocks = structured(source(_text("jiangmen-2021")))
    after = blocks[TABLES["jiangmen-2021"] + 1]
    assert isinstance(after, Paragraph)
    assert _reading("jiangmen-2021")["default_deadline"]["quote"] == after.text.strip()


def test_prose_that_pages_have_cut_is_whole_again() -> None:
    found = _paragraphs(structured(source(_text("jiading-2021"))))
    for whole in ("制度文件进行整理，并在", "疑惑点予以解答、说明，杜绝", "（办公室）协调推进的工作机制"):
        assert sum(whole in text for text in found) == 1
    assert all(text.endswith(("。", "附件")) for text in found[8:] if len(text) > 60)


def test_prose_of_items_keeps_a_paragraph_for_every_line() -> None:
    text = _text("liupanshui-2020")
    assert _paragraphs(structured(source(text))) == text.split("\n")
