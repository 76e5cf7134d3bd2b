"""Tables of a page: spans, sections, nesting, tables that only lay out the page."""

import io

import pytest

from db.errors import ReadingError
from db.intake.readers import html
from db.intake.source import Grid, Paragraph, Place, Source


def read(page: str) -> Source:
    return html.read(io.BytesIO(page.encode()), "a.html", lambda part, words: None)


def grids(page: str) -> list[Grid]:
    return [block for block in read(page).blocks if isinstance(block, Grid)]


def shown(grid: Grid) -> list[str]:
    """Each row as the texts of its places, '-' where there is no cell."""
    return [
        " ".join(("-" if (cell := grid.at(row, column)) is None else cell.text or "_") for column in range(grid.width))
        for row in range(grid.height)
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<tr><td>a<td>b<tr><td>c<td>d", ["a b", "c d"]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c", ["a b", "a c"]),
        ("<tr><td colspan=2>a<tr><td>b<td>c", ["a a", "b c"]),
        ("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f", ["a a b", "a a c", "d e f"]),
        ("<thead><tr><th>h<th>i</thead><tbody><tr><td>a<td>b</tbody>", ["h i", "a b"]),
        ("<tbody><tr><td rowspan=0>a<td>b<tr><td>c</tbody><tbody><tr><td>d<td>e</tbody>", ["a b", "a c", "d e"]),
        ("<tbody><tr><td rowspan=9>a<td>b</tbody><tbody><tr><td>c<td>d</tbody>", ["a b", "c d"]),
        ("<tr><td>a<td>b<td>c<tr><td>d", ["a b c", "d - -"]),
        ("<tr><td>a<td><tr><td>&nbsp;<td>b", ["a _", "_ b"]),
        ("<tr><td>a<td>b<tr></tr><tr><td>c<td>d", ["a b", "- -", "c d"]),
        ("<tr><td>a<td rowspan=2>b<tr><td colspan=3>c", ["a b", "c b"]),
        ("<td>a<td>b<tr><td>c<td>d", ["a b", "c d"]),
        ("<tr><td>a</tr></tr><td>b<td>c", ["a -", "b c"]),
        ("<form><tr><td>a<td>b</form><tr><td>c<td>d", ["a b", "c d"]),
        ("<tr><td><b>a<td>b<tr><td></div>c<td></td>d", ["a b", "c _"]),
        ("<tr><td>a<p>b<br>c</p><td>d", ["a\nb\nc d"]),
        ("<caption>题</caption><colgroup><col><col></colgroup><tr><td>a<td>b", ["a b"]),
        ("<tr><td rowspan=x colspan=-3>a<td>b", ["a b"]),
    ],
)
def test_cells_stand_where_a_browser_puts_them(page: str, expected: list[str]) -> None:
    (grid,) = grids(f"<table>{page}</table>")
    assert shown(grid) == expected
    assert grid.native


@pytest.mark.parametrize("colspan", ["5", "1000", "99999999", "9" * 400])
def test_a_colspan_beyond_the_table_is_clamped_and_named(colspan: str) -> None:
    source = read(f"<table><tr><td colspan={colspan}>题<tr><td>a<td>b<td>c</table>")
    (grid,) = [block for block in source.blocks if isinstance(block, Grid)]
    assert (grid.width, grid.cells[0].columns) == (3, 3)
    assert [loss.kind for loss in source.losses] == ["clamped_span"]


def test_a_hidden_row_is_read_and_named() -> None:
    source = read("<table><tr><td>a<td>b<tr style='display:none'><td>c<td>d<tr hidden><td>e<td>f</table>")
    (grid,) = [block for block in source.blocks if isinstance(block, Grid)]
    assert shown(grid) == ["a b", "c d", "e f"]
    assert grid.hidden_rows == (1, 2)
    assert [(loss.kind, loss.place, loss.text, loss.count) for loss in source.losses] == [
        ("hidden_rows", Place("表 1", 2), "c d", 2)
    ]


def test_a_table_in_a_cell_is_a_grid_of_its_own_behind_the_outer_one() -> None:
    inner = "<table><tr><td>p<td>q<tr><td>r<td>s</table>"
    rows = "".join(f"<tr><td>{at}<td>公开第{at}项信息" for at in range(6))
    source = read(f"<p>前</p><table>{rows}<tr><td>7<td>前文{inner}后文</table><p>尾</p>")
    first, outer, nested, last = source.blocks
    assert isinstance(outer, Grid)
    assert isinstance(nested, Grid)
    assert (outer.cells[-1].text, shown(nested)) == ("前文\n后文", ["p q", "r s"])
    assert (outer.place, nested.place) == (Place("表 1"), Place("表 2"))
    assert [loss.kind for loss in source.losses] == ["nested_table"]
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)


def test_a_table_that_only_lays_out_the_page_is_dissolved() -> None:
    tasks = "<table><tr><th>任务<th>单位<tr><td>公开<td>办公室</table>"
    page = f"<table><tr><td><table><tr><td>左栏</table></td><td><p>通知正文。</p>{tasks}<p>落款</p></td></tr></table>"
    source = read(page)
    assert [block.text if isinstance(block, Paragraph) else shown(block) for block in source.blocks] == [
        "左栏",
        "通知正文。",
        ["任务 单位", "公开 办公室"],
        "落款",
    ]


def test_a_frame_of_one_cell_is_no_table() -> None:
    assert [
        block.text for block in read("<table><tr><td><p>一<p>二</table>").blocks if isinstance(block, Paragraph)
    ] == [
        "一",
        "二",
    ]


def test_text_between_the_rows_is_not_lost() -> None:
    source = read("<table>甲<tr>乙<td>a<td>b</tr>丙<tr><td>c<td>d</table>")
    assert [block.text for block in source.blocks if isinstance(block, Paragraph)] == ["甲", "乙", "丙"]


def test_a_list_around_a_table_does_not_end_it() -> None:
    (grid,) = grids("<ol><li><table><tr><td>a<li>b<td>c<tr><td>d<td>e</table></ol>")
    assert shown(grid) == ["a\nb c", "d e"]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<tr>" + "<td>x" * 257, "太宽"),
        ("<tr><td>x" * 100_001, "100001 行"),
        ("".join(f"<tr><td rowspan=5000 colspan=250>{at}<td>y" for at in range(1)) + "<tr><td>z" * 5_000, "太大"),
    ],
)
def test_a_table_beyond_all_measure_is_refused(page: str, why: str) -> None:
    with pytest.raises(ReadingError, match=why):
        read(f"<table>{page}</table>")


def test_the_widest_allowed_row_is_read() -> None:
    (grid,) = grids("<table><tr>" + "<td>x" * 256 + "</table>")
    assert grid.width == 256
