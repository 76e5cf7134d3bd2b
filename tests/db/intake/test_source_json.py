"""A Source as JSON: the same comes back, and nothing else comes in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import ReadingError
from db.intake import source_json
from db.intake.source import Cell, Grid, Loss, Paragraph, Place, Source
from db.intake.source_json import from_json, to_json

SHA = "0123456789abcdef" * 4
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
COUNTS = st.integers(0, 300)
PLACES = st.builds(Place, TEXTS, st.none() | COUNTS, st.none() | COUNTS, st.none() | COUNTS)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Grids with merged cells, rows of them missing, cells side by side."""
    height, width = draw(st.integers(0, 6)), draw(st.integers(0, 6))
    free = {(row, column) for row in range(height) for column in range(width)}
    cells = []
    for row, column in sorted(free):
        rows, columns = draw(st.integers(1, height - row)), draw(st.integers(1, width - column))
        area = {(y, x) for y in range(row, row + rows) for x in range(column, column + columns)}
        if area <= free and draw(st.booleans()):
            free -= area
            cells.append(Cell(row, column, draw(TEXTS), draw(PLACES), rows, columns))
    hidden = tuple(draw(st.sets(st.integers(0, height - 1)))) if height else ()
    return Grid(draw(PLACES), height, width, tuple(cells), draw(st.booleans()), hidden)


SOURCES = st.builds(
    Source,
    form=st.sampled_from(("docx", "xlsx", "xls", "html", "pdf", "txt", "md")),
    name=TEXTS,
    sha256=st.just(SHA),
    blocks=st.lists(st.builds(Paragraph, TEXTS, PLACES) | grids(), max_size=4).map(tuple),
    losses=st.lists(
        st.builds(Loss, st.sampled_from(("menu", "encoding", "picture")), PLACES, TEXTS, COUNTS), max_size=3
    ).map(tuple),
)

SAMPLE = Source(
    "docx",
    "通知.docx",
    SHA,
    (
        Paragraph("各科室：\u3000", Place("正文", line=1)),
        Grid(
            Place("表 1"),
            2,
            2,
            (
                Cell(0, 0, "一、做好\n公开。", Place("表 1", 1, 1), rows=2),
                Cell(0, 1, r"\u0000 不是空字符", Place("表 1", 1, 2)),
                Cell(1, 1, "", Place("表 1", 2, 2)),
            ),
            hidden_rows=(1,),
        ),
    ),
    (Loss("hidden_rows", Place("表 1", 2), "", 1),),
)


@given(SOURCES)
def test_what_is_written_is_read_back_the_same(source: Source) -> None:
    text = to_json(source)
    assert from_json(text) == source
    assert "\n" not in text
    assert to_json(from_json(text)) == text


def test_the_sample_comes_back_and_a_backslash_u0000_in_a_text_is_only_text() -> None:
    assert from_json(to_json(SAMPLE)) == SAMPLE


def changed(way: list[Any], value: object) -> str:
    """The sample's JSON with one value put otherwise; a value of `...` takes the key out."""
    found = json.loads(to_json(SAMPLE))
    inner = found
    for step in way[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    return json.dumps(found)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (["format"], 2),
        (["format"], True),
        (["format"], ...),
        (["more"], 1),
        (["form"], "doc"),
        (["form"], ["docx"]),
        (["name"], None),
        (["name"], "a\0b"),
        (["name"], "\ud800"),
        (["sha256"], "0" * 63),
        (["sha256"], "G" * 64),
        (["blocks"], {}),
        (["blocks", 0], "文字"),
        (["blocks", 0], ["文字"]),
        (["blocks", 0, 0], 5),
        (["blocks", 0, 1], ["正文", 1, 1]),
        (["blocks", 0, 1, 3], -1),
        (["blocks", 0, 1, 3], 1.0),
        (["blocks", 0, 1, 3], True),
        (["blocks", 1, "native"], 1),
        (["blocks", 1, "height"], 1),
        (["blocks", 1, "height"], 100_001),
        (["blocks", 1, "width"], 257),
        (["blocks", 1, "width"], ...),
        (["blocks", 1, "hidden_rows"], [2]),
        (["blocks", 1, "cells", 0, 2], 3),
        (["blocks", 1, "cells", 0, 2], 0),
        (["blocks", 1, "cells", 0, 3], 2),
        (["blocks", 1, "cells", 2, 0], 0),
        (["blocks", 1, "cells", 2], [1, 0, 1, 2, "", ["表 1", None, None, None]]),
        (["losses", 0, 0], "bad"),
        (["losses", 0, 3], "1"),
        (["losses", 0], None),
    ],
)
def test_what_is_not_its_shape_is_refused(way: list[Any], value: object) -> None:
    with pytest.raises(ReadingError, match="不合格式"):
        from_json(changed(way, value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "{}",
        "[" * 200_000,
        '{"a":' * 100_000,
        '{"format": 1, "format": 1}',
        '{"format": NaN}',
        '{"format": Infinity}',
        '{"format": 1e9}',
        '{"format": ' + "9" * 5000 + "}",
    ],
)
def test_no_json_at_all_too_deep_or_with_odd_numbers_is_refused(text: str) -> None:
    with pytest.raises(ReadingError, match="不合格式"):
        from_json(text)


def test_a_text_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    text = to_json(SAMPLE)
    monkeypatch.setattr(source_json, "MAX_CHARACTERS", len(text))
    assert from_json(text) == SAMPLE
    monkeypatch.setattr(source_json, "MAX_CHARACTERS", len(text) - 1)
    for refused in (lambda: from_json(text), lambda: to_json(SAMPLE)):
        with pytest.raises(ReadingError, match="内容太多"):
            refused()


def test_tables_that_cover_too_many_places_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = Source("docx", "a", SHA, SAMPLE.blocks * 2)
    monkeypatch.setattr(source_json, "MAX_AREA", 8)
    assert from_json(to_json(twice)) == twice
    monkeypatch.setattr(source_json, "MAX_AREA", 7)
    with pytest.raises(ReadingError, match="表格太大"):
        to_json(twice)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (Source("txt", "a\ud800", SHA, ()), "无法保存"),
        (Source("txt", "a", SHA, (Paragraph("a\0", Place("正文")),)), "空字符"),
        (Source("txt", "a", "", ()), "sha256"),
        (Source("txt", "a", SHA, (Grid(Place("表 1"), 1, 1, (Cell(0, 1, "", Place("表 1", 1, 2)),)),)), "越出表格"),
    ],
)
def test_a_source_that_is_not_well_formed_is_not_written(source: Source, why: str) -> None:
    with pytest.raises(ReadingError, match=why):
        to_json(source)
