"""A table of the official document: header repeated, rows unbroken, merged cells, 续行 rows, nothing cut."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from db.export.docx_reading import Grid, read
from db.export.measure import cells
from db.export.official import Head, Official
from db.export.text import file_text
from tests.db.export.conftest import AT, HOSTILE
from tests.db.export.docx_parts import found, part, value

HEADS = (
    Head("工作任务", 12, merged=True),
    Head("工作事项", 12, merged=True),
    Head("序号", 8, middle=True),
    Head("具体要求", 40),
)
LONG = "".join(chr(0x4E00 + at % 5000) for at in range(9_000))


def written(heads: Sequence[Head], rows: Sequence[Sequence[str]], *, wide: bool = True) -> bytes:
    made = Official("台账", "甲", AT)
    made.body("前文")
    if wide:
        made.landscape()
        made.heading(1, "二、表")
    made.table(heads, rows)
    return made.payload()


def lines(payload: bytes) -> list[Any]:
    return found(part(payload, "document"), "//w:tbl/w:tr")


def grid(payload: bytes) -> Grid:
    (one,) = (each for each in read(payload) if isinstance(each, Grid))
    return one


def texts(row: Any) -> list[str]:
    return ["".join(each.text or "" for each in found(cell, ".//w:t")) for cell in found(row, "w:tc")]


def merges(row: Any) -> list[str | None]:
    """Of each cell: None, restart or (without a value) continue."""
    return [
        (value(cell, "w:tcPr/w:vMerge") or "continue") if found(cell, "w:tcPr/w:vMerge") else None
        for cell in found(row, "w:tc")
    ]


def wrapped(row: Any, column: int) -> int:
    """How many lines a cell takes (10.5 pt, 105 twips a half character) when words, codes and addresses stay whole."""
    cell = found(row, "w:tc")[column]
    room = (int(found(cell, "w:tcPr/w:tcW/@w:w")[0]) - 120) // 105
    said = "".join(each.text if each.tag.endswith("}t") else "\n" for each in found(cell, ".//w:t | .//w:br"))
    return sum(lines_of(line, room) for line in said.split("\n"))


def lines_of(text: str, room: int) -> int:
    """As a program breaks it: a comma and the like stay with what is before them."""
    made, left = 1, room
    for word in re.findall(r"[!-~]+[、，。]*|[^!-~][、，。]*", text):
        wide = cells(word)
        if wide > left and left < room:
            made, left = made + 1, room
        further = max(0, -(-wide // room) - 1)
        made, left = made + further, left - (wide - further * room)
    return made


def test_the_header_is_repeated_and_no_row_is_broken_over_pages() -> None:
    head, *rows = lines(written(HEADS, [["甲", "乙", "1", "丙"]] * 3))
    assert found(head, "w:trPr/w:tblHeader")
    assert texts(head) == ["工作任务", "工作事项", "序号", "具体要求"]
    assert not any(found(row, "w:trPr/w:tblHeader") for row in rows)
    assert all(found(row, "w:trPr/w:cantSplit") for row in (head, *rows))


@pytest.mark.parametrize(("wide", "room"), [(True, 12756), (False, 8844)])
def test_the_columns_share_the_whole_width_of_the_page_by_their_weights(wide: bool, room: int) -> None:
    document = part(written(HEADS, [["甲", "乙", "1", "丙"]], wide=wide), "document")
    widths = [int(each) for each in found(document, "//w:gridCol/@w:w")]
    assert sum(widths) == room
    assert [round(width * 72 / room) for width in widths] == [12, 12, 8, 40]
    assert value(document, "//w:tblW", "w") == str(room)
    assert value(document, "//w:tblLayout", "type") == "fixed"
    for row in found(document, "//w:tr"):
        assert [int(each) for each in found(row, "w:tc/w:tcPr/w:tcW/@w:w")] == widths


def test_middle_columns_are_centred_the_others_begin_at_the_left() -> None:
    _, row = lines(written(HEADS, [["甲", "乙", "1", "丙"]]))
    styles = [value(cell, "w:p/w:pPr/w:pStyle") for cell in found(row, "w:tc")]
    assert styles == ["TableText", "TableText", "TableMiddle", "TableText"]


def test_equal_texts_one_under_another_become_one_cell_in_the_columns_that_say_so() -> None:
    rows = [
        ["一、规划", "事项甲", "1", "同"],
        ["一、规划", "事项甲", "2", "同"],
        ["一、规划", "事项乙", "3", "同"],
        ["二、预算", "事项乙", "4", "同"],
        ["二、预算", "", "5", "同"],
        ["二、预算", "", "6", "同"],
    ]
    payload = written(HEADS, rows)
    assert [merges(row) for row in lines(payload)[1:]] == [
        ["restart", "restart", None, None],
        ["continue", "continue", None, None],
        ["continue", None, None, None],
        ["restart", None, None, None],  # a new section: its 工作事项 is new, too
        ["continue", None, None, None],
        ["continue", None, None, None],  # nothing is not merged with nothing
    ]
    assert grid(payload).rows == tuple(map(tuple, rows))


def test_the_first_row_of_a_merged_cell_has_room_for_its_text() -> None:
    name = "一、做好各类规划主动公开和归集整理工作。"
    first, second = lines(written(HEADS, [[name, "", "1", "短"], [name, "", "2", "短"]]))[1:]
    assert int(value(first, "w:trPr/w:trHeight") or 0) >= 2 * 320
    assert value(first, "w:trPr/w:trHeight", "hRule") == "atLeast"
    assert not found(second, "w:trPr/w:trHeight")


def test_a_long_text_is_not_merged_but_said_in_each_row() -> None:
    rows = [["大项" * 60, "", "1", "甲"], ["大项" * 60, "", "2", "乙"]]
    payload = written(HEADS, rows)
    assert [merges(row)[0] for row in lines(payload)[1:]] == [None, None]
    assert grid(payload).rows == tuple(map(tuple, rows))


def test_a_row_of_one_text_goes_over_the_whole_table_and_parts_what_is_merged() -> None:
    rows = [["一", "", "1", "甲"], ["第二部分"], ["一", "", "2", "乙"]]
    payload = written(HEADS, rows)
    _, first, wide, last = lines(payload)
    assert value(wide, "w:tc/w:tcPr/w:gridSpan") == "4"
    assert value(wide, "w:tc/w:p/w:pPr/w:pStyle") == "TableSection"
    assert merges(first)[0] is None
    assert merges(last)[0] is None
    assert grid(payload).rows == tuple(map(tuple, rows))


def test_a_row_higher_than_a_page_goes_on_in_rows_that_say_so() -> None:
    rows = [["一", "", "7", LONG], ["一", "", "8", "短"]]
    payload = written(HEADS, rows)
    _, *made = lines(payload)
    assert len(made) > 10
    marked = [row for row in made if found(row, ".//w:pStyle[@w:val='TableContinued']")]
    assert marked == made[1:-1]
    assert {texts(row)[2] for row in marked} == {"7 续行"}
    # The row below the long one stands on another page than its beginning: it says again what it belongs to.
    assert [merges(row)[0] for row in made] == ["restart", *["continue"] * (len(made) - 2), None]
    assert "".join(texts(row)[3] for row in made) == LONG + "短"
    assert grid(payload).rows == tuple(map(tuple, rows))


def test_no_row_is_higher_than_the_page_leaves_under_the_header() -> None:
    heads = (Head("责任科室、单位（谁制作、谁发布）" * 3, 10), Head("具体要求", 60))
    for wide, room in ((True, 8844), (False, 12756)):
        head, *rows = lines(written(heads, [["甲", LONG + "\n" * 80 + "W" * 5_000]], wide=wide))
        assert len(rows) > 5
        above = wrapped(head, 0)
        assert all((wrapped(row, 1) + above) * 320 < room for row in rows)


CODES = "、".join(f"91440700MA4W{at:05d}X" for at in range(400))
ADDRESSES = "\n".join(f"https://zwgk.example/202111/t20211109_{at:06d}.html" for at in range(200))
WORDS = " ".join(f"responsibility{at:04d}" for at in range(600))


@pytest.mark.parametrize("text", [CODES, ADDRESSES, WORDS, "统一社会信用代码：" + CODES])
@pytest.mark.parametrize(("weight", "wide"), [(38, True), (22, True), (38, False), (14, True), (9, True)])
def test_no_row_of_codes_addresses_or_words_is_higher_than_the_page(text: str, weight: int, wide: bool) -> None:
    room = 8844 if wide else 12756
    heads = (Head("序号", 72 - weight), Head("落实情况", weight))
    head, *rows = lines(written(heads, [["1", text]], wide=wide))
    assert len(rows) > 2
    assert all((wrapped(row, 1) + 1 + wrapped(head, 1)) * 320 < room for row in rows)


def test_a_row_that_fills_most_of_a_page_may_be_broken_by_the_pages_end() -> None:
    def is_whole(lines_of_row: int) -> bool:
        _, row = lines(written(HEADS, [["一", "", "1", "\n".join(["行"] * lines_of_row)]]))
        return bool(found(row, "w:trPr/w:cantSplit"))

    assert [is_whole(count) for count in (1, 8, 13, 19, 21, 22)] == [True, True, True, True, False, False]
    _, wide = lines(written(HEADS, [["行\n" * 21]]))
    assert not found(wide, "w:trPr/w:cantSplit")
    assert found(lines(written(HEADS, [["一", "", "1", LONG]]))[0], "w:trPr/w:cantSplit")  # the header


def test_what_a_merged_cell_says_stands_again_on_every_page() -> None:
    rows = [["一、规划", "事项", str(at), "行\n" * 4 + "末"] for at in range(20)]
    payload = written(HEADS, rows)
    named = [at for at, row in enumerate(lines(payload)[1:]) if merges(row)[0] != "continue"]
    # 27 lines of a landscape page, one of the header; the heading takes two of the first; each row has five.
    assert named == [0, 4, 9, 14, 19]
    assert [merges(row)[0] == "continue" for row in lines(payload)[1:]] == [
        merges(row)[1] == "continue" for row in lines(payload)[1:]
    ]
    assert grid(payload).rows == tuple(map(tuple, rows))


@pytest.mark.parametrize(
    ("number", "mark"), [("7", "7 续行"), ("自增 12", "自增 12 续行"), ("0" * 9, "续行"), ("", "续行"), (LONG, "续行")]
)
def test_the_mark_names_its_row_only_where_that_is_short(number: str, mark: str) -> None:
    payload = written(HEADS, [["一", "", number, LONG]])
    marks = [
        "".join(paragraph.itertext())
        for paragraph in found(part(payload, "document"), "//w:p[w:pPr/w:pStyle/@w:val='TableContinued']")
    ]
    assert set(marks) == {mark}
    assert grid(payload).rows == (("一", "", number, LONG),)


def test_texts_that_look_like_marks_are_not_taken_for_them() -> None:
    rows = [["一", "", "7", LONG], ["一", "", "7 续行", "续行"], ["续行", "", "续行", LONG], ["续行"], ["7 续行"]]
    assert grid(written(HEADS, rows)).rows == tuple(map(tuple, rows))


def test_a_long_text_over_the_whole_table_goes_on_too() -> None:
    rows = [[LONG], ["一", "", "1", "甲"]]
    payload = written(HEADS, rows)
    assert len(lines(payload)) > 4
    assert grid(payload).rows == tuple(map(tuple, rows))


def test_line_ends_tabs_and_spaces_of_a_cell_stay() -> None:
    rows = [["", "", " 前后 ", "一行\n\n\t二行\n"], ["\n", "\t", "　", "001234"]]
    assert grid(written(HEADS, rows)).rows == tuple(map(tuple, rows))


def test_a_table_of_one_column_and_one_of_no_rows() -> None:
    one = written([Head("甲", 10)], [["a"], ["b"]])
    assert grid(one) == Grid(("甲",), (("a",), ("b",)))
    assert not found(part(one, "document"), "//w:gridSpan")
    assert grid(written(HEADS, [])).rows == ()


def test_a_row_that_fits_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="unpack"):
        written(HEADS, [["1", "2"]])


def test_every_element_of_a_cell_stands_in_the_order_of_the_schema() -> None:
    rows = [["一", "", "1", LONG], ["一", "", "2", "a\nb\tc"], ["节"]]
    for cell in found(part(written(HEADS, rows), "document"), "//w:tcPr"):
        order = ["tcW", "gridSpan", "vMerge", "vAlign"]
        tags = [etree.QName(each).localname for each in cell]
        assert tags == sorted(tags, key=order.index)


text = st.one_of(st.text(max_size=30), st.sampled_from(HOSTILE), st.just("续行"), st.just("一"))
long = st.tuples(st.text(min_size=1, max_size=8), st.integers(1, 1_500)).map(lambda pair: pair[0] * pair[1])
row = st.one_of(st.tuples(text, text, text, st.one_of(text, long)), st.tuples(long, text, long, text), st.tuples(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(row, max_size=6), st.booleans())
def test_any_table_comes_back_as_it_went_in(rows: list[tuple[str, ...]], wide: bool) -> None:
    found_back = grid(written(HEADS, rows, wide=wide))
    assert found_back.rows == tuple(tuple(map(file_text, each)) for each in rows)
