"""Tables as Word draws them: merges, spans that do not fit, tables in tables, tracked rows."""

import pytest

from db.errors import ReadingError
from db.intake.readers import docx
from tests.db.intake.readers.docx_papers import areas, grids, lines, losses, p, r, read, tbl, tc, tr

ON = '<w:vMerge w:val="restart"/>'
DOWN = "<w:vMerge/>"


def span(columns: int | str) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_merges_to_the_side_and_downwards_are_one_cell_each() -> None:
    table = tbl(
        tr(tc("题", span(3))),
        tr(tc("甲", ON), tc("一"), tc("办")),
        tr(tc("", DOWN), tc("二", span(2))),
        tr(tc("乙"), tc("三"), tc("科")),
        columns=3,
    )
    (grid,) = grids(read(table))
    assert (grid.height, grid.width, grid.native) == (4, 3, True)
    assert areas(grid) == [
        (0, 0, 1, 3, "题"),
        (1, 0, 2, 1, "甲"),
        (1, 1, 1, 1, "一"),
        (1, 2, 1, 1, "办"),
        (2, 1, 1, 2, "二"),
        (3, 0, 1, 1, "乙"),
        (3, 1, 1, 1, "三"),
        (3, 2, 1, 1, "科"),
    ]
    cell = grid.at(2, 0)
    assert cell is not None
    assert (cell.text, cell.place.words()) == ("甲", "表 1 第 2 行第 1 列")


def test_an_empty_cell_below_a_merged_one_is_its_own() -> None:
    (grid,) = grids(read(tbl(tr(tc("甲", ON)), tr(tc("", DOWN)), tr(tc("")))))
    assert areas(grid) == [(0, 0, 2, 1, "甲"), (2, 0, 1, 1, "")]


def test_a_new_restart_begins_a_new_merge() -> None:
    (grid,) = grids(read(tbl(tr(tc("甲", ON)), tr(tc("", DOWN)), tr(tc("乙", ON)), tr(tc("", DOWN)))))
    assert areas(grid) == [(0, 0, 2, 1, "甲"), (2, 0, 2, 1, "乙")]


def test_a_continuing_cell_without_a_beginning_is_a_cell() -> None:
    source = read(tbl(tr(tc("甲", DOWN), tc("乙")), tr(tc("", DOWN), tc("丙"))))
    assert areas(grids(source)[0]) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "丙")]


def test_a_continuing_cell_of_another_span_is_not_merged_and_is_named() -> None:
    source = read(tbl(tr(tc("甲", ON + span(2)), tc("一")), tr(tc("", DOWN), tc("二"), tc("三")), columns=3))
    assert areas(grids(source)[0])[2] == (1, 0, 1, 1, "")
    assert losses(source) == [("clamped_span", "表 1 第 2 行第 1 列", "", 1)]


def test_text_under_a_merge_is_named_not_read() -> None:
    source = read(tbl(tr(tc("甲", ON)), tr(tc("藏在下面", DOWN))))
    assert areas(grids(source)[0]) == [(0, 0, 2, 1, "甲")]
    assert losses(source) == [("unread_text", "表 1 第 2 行第 1 列", "藏在下面", 4)]


def test_the_old_merge_to_the_side_is_one_cell() -> None:
    row = tr(tc("题", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("办"))
    (grid,) = grids(read(tbl(row, columns=3)))
    assert areas(grid) == [(0, 0, 1, 2, "题"), (0, 2, 1, 1, "办")]


def test_columns_left_out_before_and_after_a_row_stay_empty() -> None:
    short = tr(tc("中"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    (grid,) = grids(read(tbl(tr(tc("一"), tc("二"), tc("三")), short, columns=3)))
    assert areas(grid)[3] == (1, 1, 1, 1, "中")
    assert grid.at(1, 0) is None
    assert grid.at(1, 2) is None


@pytest.mark.parametrize("columns", [99, 99_999_999, "99999999999999999999", 0, "x", ""])
def test_a_wrong_span_is_cut_back_to_the_table(columns: int | str) -> None:
    source = read(tbl(tr(tc("一"), tc("二"), tc("三")), tr(tc("题", span(columns))), columns=3))
    (grid,) = grids(source)
    wide = str(columns).isdecimal() and int(columns) > 3
    assert grid.width == 3
    assert areas(grid)[3] == (1, 0, 1, 3 if wide else 1, "题")
    assert [loss[0] for loss in losses(source)] == (["clamped_span"] if wide else [])


def test_of_several_spans_that_are_too_wide_together_the_widest_is_cut() -> None:
    source = read(tbl(tr(*[tc(str(at)) for at in range(5)]), tr(tc("甲", span(2)), tc("乙", span(9))), columns=5))
    assert areas(grids(source)[0])[5:] == [(1, 0, 1, 2, "甲"), (1, 2, 1, 3, "乙")]
    assert losses(source) == [("clamped_span", "表 1 第 2 行", "", 1)]


def test_a_table_without_a_grid_is_as_wide_as_its_widest_row() -> None:
    (grid,) = grids(read(tbl(tr(tc("题", span(4))), tr(tc("甲", span(2)), tc("乙", span(2))))))
    assert (grid.width, areas(grid)[0]) == (4, (0, 0, 1, 4, "题"))


def test_more_cells_than_the_grid_says_are_all_read() -> None:
    (grid,) = grids(read(tbl(tr(tc("一"), tc("二"), tc("三")), columns=1)))
    assert grid.width == 3


def test_paragraphs_and_breaks_of_a_cell_are_lines() -> None:
    cell = tc(p("一") + p() + p(r("二") + "<w:r><w:br/></w:r>" + r("三")) + p())
    assert areas(grids(read(tbl(tr(cell, tc(p() + p())))))[0]) == [(0, 0, 1, 1, "一\n\n二\n三"), (0, 1, 1, 1, "")]


def test_a_table_in_a_cell_stands_right_behind_the_outer_one() -> None:
    deep = tbl(tr(tc("最里")))
    inner = tbl(tr(tc(p("里") + deep)))
    source = read(tbl(tr(tc(p("外一") + inner + p()), tc(p("外二") + tbl(tr(tc("旁")))))) + p("后"))
    assert [areas(grid)[0][4] for grid in grids(source)] == ["外一", "里", "最里", "旁"]
    assert [grid.place.part for grid in grids(source)] == ["表 1", "表 2", "表 3", "表 4"]
    assert lines(source) == ["后"]
    assert [loss[:3] for loss in losses(source)] == [
        ("nested_table", "表 2", "里"),
        ("nested_table", "表 3", "最里"),
        ("nested_table", "表 4", "旁"),
    ]


def test_tables_rows_and_cells_in_content_controls_are_read() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    source = read(control(p("甲") + control(tbl(control(tr(control(tc("一")), tc(control(p("二")))))))))
    assert lines(source) == ["甲"]
    assert areas(grids(source)[0]) == [(0, 0, 1, 1, "一"), (0, 1, 1, 1, "二")]
    assert source.losses == ()


def test_a_tracked_deleted_row_is_left_out_and_an_inserted_one_named() -> None:
    source = read(
        tbl(tr(tc("一")), tr(tc("删"), properties="<w:del/>"), tr(tc("新"), properties="<w:ins/>"), tr(tc("三")))
    )
    assert [area[4] for area in areas(grids(source)[0])] == ["一", "新", "三"]
    assert losses(source) == [("deleted", "表 1 第 2 行", "删", 1), ("inserted", "表 1 第 2 行", "", 1)]


def test_a_hidden_row_is_read_and_named() -> None:
    source = read(tbl(tr(tc("一")), tr(tc("二"), properties="<w:hidden/>")))
    assert grids(source)[0].hidden_rows == (1,)
    assert losses(source) == [("hidden_rows", "表 1 第 2 行", "", 1)]


def test_a_footnote_in_a_cell_stands_behind_the_table() -> None:
    cell = tc(p(r("甲") + '<w:r><w:footnoteReference w:id="1"/></w:r>'))
    source = read(tbl(tr(cell)) + p("后"), footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>')
    assert areas(grids(source)[0]) == [(0, 0, 1, 1, "甲")]
    assert lines(source) == ["注", "后"]


def test_a_table_wider_than_any_notice_is_refused() -> None:
    with pytest.raises(ReadingError, match="300 列"):
        read(tbl(tr(*[tc("甲")] * 300)))


@pytest.mark.parametrize(
    ("limit", "body"),
    [
        ("TABLES", tbl(tr(tc("甲"))) * 3),
        ("PARAGRAPHS", p("甲") * 3),
        ("CELLS", tbl(tr(tc("甲"), tc("乙"), tc("丙")))),
    ],
)
def test_more_than_any_notice_holds_is_refused(limit: str, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, limit, 3)
    assert read(body).blocks
    monkeypatch.setattr(docx, limit, 2)
    with pytest.raises(ReadingError, match="超过 2"):
        read(body)


def test_an_empty_table_is_none() -> None:
    source = read(p("甲") + tbl() + tbl(tr()))
    assert grids(source) == []
