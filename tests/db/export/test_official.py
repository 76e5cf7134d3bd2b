"""The official document: the measures of GB/T 9704-2012, whole text, the same bytes for the same input."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone

import docx
import pytest
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from db.export.docx_reading import Grid, Paragraph, read
from db.export.official import Head, Official, attachment_lines
from db.export.text import file_text
from tests.db.export.conftest import AT, HOSTILE
from tests.db.export.docx_parts import NAMES, footer, found, part, style, value

DAY = date(2026, 11, 2)
HEADS = (Head("序号", 8, middle=True), Head("具体要求", 40))
MM = 1440 / 25.4
"""Twips in a millimetre."""


def paper(title: str = "工作台账", author: str = "经办人甲", at: datetime = AT) -> Official:
    return Official(title, author, at)


def three_sections() -> bytes:
    """Portrait, landscape with a table, portrait."""
    made = paper()
    made.title("2026年执法监督科政务公开工作台账")
    made.body("第一段。")
    made.landscape()
    made.heading(1, "二、任务落实情况")
    made.table(HEADS, [["1", "公开规划"], ["2", "公开预算"]])
    made.portrait()
    made.heading(1, "三、说明")
    made.signature("执法监督科", DAY)
    return made.payload()


def test_a_page_is_a4_with_the_margins_of_the_standard() -> None:
    upright, lying, last = docx.Document(io.BytesIO(three_sections())).sections
    for section in (upright, last):
        sizes = (section.page_width, section.page_height)
        assert [round(size.mm) for size in sizes if size] == [210, 297]
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin.mm, 1) for margin in margins if margin] == [37, 35, 28, 26]
    assert (lying.page_width, lying.page_height) == (upright.page_height, upright.page_width)
    assert lying.orientation == 1


def test_a_landscape_page_is_the_same_sheet_on_its_side_with_its_top_where_it_is_bound() -> None:
    _, lying, _ = docx.Document(io.BytesIO(three_sections())).sections
    margins = (lying.top_margin, lying.right_margin, lying.bottom_margin, lying.left_margin)
    # The 37 and 35 mm are shared: printed on both sides, left and right change places on every second page.
    assert [round(margin.mm) for margin in margins if margin] == [28, 36, 26, 36]
    assert lying.left_margin == lying.right_margin


def test_the_side_that_is_bound_changes_from_page_to_page() -> None:
    payload = three_sections()
    (mirrored,) = found(part(payload, "settings"), "w:mirrorMargins")
    after = [etree.QName(each).localname for each in mirrored.itersiblings()]
    assert {"defaultTabStop", "evenAndOddHeaders", "compat"} <= set(after)  # the schema's order
    assert value(part(payload, "document"), "//w:pgMar", "gutter") == "0"


def test_22_lines_of_28_characters_fill_what_the_margins_leave() -> None:
    payload = three_sections()
    document = part(payload, "document")
    grids = found(document, "//w:docGrid")
    assert len(grids) == 2
    assert value(document, "//w:docGrid", "type") == "linesAndChars"
    pitch = int(value(document, "//w:docGrid", "linePitch") or 0)
    assert 0 <= 225 * MM - 22 * pitch < pitch / 4
    spaced = 16 + int(value(document, "//w:docGrid", "charSpace") or 0) / 4096
    assert 0 <= 156 * MM / 20 - 28 * spaced < 0.2
    body = style(payload, "Body")
    assert value(body, "w:pPr/w:spacing", "line") == str(pitch)
    assert value(body, "w:pPr/w:spacing", "lineRule") == "exact"
    own = 16 * 20 + int(value(body, "w:rPr/w:spacing") or 0)
    assert 0 <= 156 * MM - 28 * own < own / 4


@pytest.mark.parametrize(
    ("name", "font", "half_points"),
    [
        ("Title", "方正小标宋简体", 44),
        ("Heading1", "黑体", 32),
        ("Heading2", "楷体_GB2312", 32),
        ("Heading3", "仿宋_GB2312", 32),
        ("Body", "仿宋_GB2312", 32),
        ("Remark", "仿宋_GB2312", 28),
        ("Unit", "仿宋_GB2312", 32),
        ("Footer", "宋体", 28),
        ("TableText", "仿宋_GB2312", 21),
    ],
)
def test_each_part_has_the_font_and_size_of_the_standard_for_chinese_and_latin_text(
    name: str, font: str, half_points: int
) -> None:
    one = style(three_sections(), name)
    assert {value(one, "w:rPr/w:rFonts", kind) for kind in ("eastAsia", "ascii", "hAnsi")} == {font}
    assert value(one, "w:rPr/w:sz") == str(half_points)


def test_a_comma_at_the_end_of_a_justified_line_is_drawn_by_libreoffice_too() -> None:
    payload = three_sections()
    for name in ("Body", "Remark", "TableText"):
        (wraps,) = found(style(payload, name), "w:pPr/w:overflowPunct")
        assert not wraps.attrib  # tests.release.libreoffice looks at the pages


def test_body_and_headings_begin_two_characters_in() -> None:
    payload = three_sections()
    for name in ("Body", "Heading1", "Heading2", "Heading3"):
        assert value(style(payload, name), "w:pPr/w:ind", "firstLineChars") == "200"


def test_the_language_is_chinese_and_nothing_of_the_librarys_template_is_left() -> None:
    payload = three_sections()
    defaults = part(payload, "styles")
    assert value(defaults, "w:docDefaults//w:lang", "eastAsia") == "zh-CN"
    assert value(defaults, "w:docDefaults//w:rFonts", "eastAsia") == "仿宋_GB2312"
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        names = set(archive.namelist())
        whole = b"".join(map(archive.read, names))
    assert not any("thumbnail" in name or "theme" in name or "custom" in name for name in names)
    assert b"python-docx" not in whole
    assert b"ja-JP" not in whole
    # The Latin letters are English: as Chinese, LibreOffice parts a figure at the end of a line.
    assert value(defaults, "w:docDefaults//w:lang", "val") == "en-US"
    assert whole.count(b"en-US") == 1
    assert value(part(payload, "settings"), "w:compat/w:compatSetting[@w:name='compatibilityMode']") == "15"


def test_a_font_that_is_not_installed_has_another_named_beside_it() -> None:
    table = part(three_sections(), "fontTable")
    beside = {one.get(f"{{{NAMES['w']}}}name"): value(one, "w:altName") for one in found(table, "w:font")}
    assert beside["仿宋_GB2312"] == "仿宋"
    assert {"方正小标宋简体", "楷体_GB2312", "黑体", "宋体"} <= set(beside)


@pytest.mark.parametrize(("side", "align", "edge"), [("default", "right", "right"), ("even", "left", "left")])
@pytest.mark.parametrize("section", [0, 1, 2])
def test_the_page_number_stands_outside_one_character_in_between_dashes(
    section: int, side: str, align: str, edge: str
) -> None:
    payload = three_sections()
    assert found(part(payload, "settings"), "w:evenAndOddHeaders")
    number = footer(payload, section, side)
    said = "".join(each.text for each in found(number, ".//w:t | .//w:instrText"))
    assert said == "—  PAGE 1 —"
    inner = ".//w:p[w:r/w:fldChar]/w:pPr"
    assert value(number, f"{inner}/w:jc") == align
    assert value(number, f"{inner}/w:ind", f"{edge}Chars") == "100"


def test_on_a_landscape_page_the_number_stands_where_it_stands_on_every_other_sheet() -> None:
    for side in ("default", "even"):
        box = footer(three_sections(), 1, side)
        (position,) = box.xpath("//*[local-name()='positionH']/*[local-name()='posOffset']")
        # Below the 版心 of the sheet held upright: left of it as the page is read, within its margin of 35 mm.
        assert 20 * 36000 < int(position.text) < 30 * 36000
        (turned,) = box.xpath("//*[local-name()='bodyPr']/@vert")
        assert turned == "vert"
    assert not part(three_sections(), "document").xpath("//*[local-name()='drawing']")


def test_the_date_ends_four_characters_from_the_right_and_the_unit_is_centred_over_it() -> None:
    made = paper()
    made.signature("执法监督科", date(2026, 3, 9))
    unit, day = found(part(made.payload(), "document"), "w:body/w:p")
    assert "".join(day.itertext()) == "2026年3月9日"  # no empty places: 3月, not 03月
    free = {name: int(value(each, "w:pPr/w:ind", "right") or 0) for name, each in (("unit", unit), ("day", day))}
    assert free["day"] == 4 * 315
    # 5 characters above 3 and six half ones (6 characters of width).
    assert free["unit"] - free["day"] == round((6 - 5) / 2 * 315)


@pytest.mark.parametrize("length", [1, 15, 16, 28, 29, 60])
def test_a_long_unit_stays_inside_the_page_and_centred_over_the_date_while_it_fits_a_line(length: int) -> None:
    made = paper()
    made.signature("科" * length, DAY)
    unit, day = found(part(made.payload(), "document"), "w:body/w:p")
    right, of_day = (int(value(each, "w:pPr/w:ind", "right") or 0) for each in (unit, day))
    assert right >= 0
    assert of_day >= 4 * 315
    if length <= 28:
        assert abs((right + length * 315 / 2) - (of_day + 13 * 315 / 4)) <= 315


def test_one_attachment_stands_two_characters_in_below_a_free_line() -> None:
    made = paper()
    made.body("正文。")
    made.attachments(["政务公开工作台账"])
    payload = made.payload()
    body, line = found(part(payload, "document"), "w:body/w:p")
    assert read(payload)[1:] == (Paragraph("Attachment", "附件：政务公开工作台账"),)
    assert value(line, "w:pPr/w:spacing", "before") == "579"
    assert value(line, "w:pPr/w:ind", "hanging") == str(3 * 315)  # a second line begins below the name
    assert value(line, "w:pPr/w:ind", "left") == str((2 + 3) * 315)
    assert found(body, "w:pPr/w:keepNext")
    assert found(style(payload, "Attachment"), "w:pPr/w:keepNext")


def test_several_attachments_are_numbered_and_their_names_begin_one_below_another() -> None:
    names = ["政务公开工作台账", "佐证\n材料"]
    made = paper()
    made.body("正文。")
    made.attachments(names)
    made.signature("执法监督科", DAY)
    payload = made.payload()
    _, first, second, unit, _ = found(part(payload, "document"), "w:body/w:p")
    said = ("附件：1．政务公开工作台账", "2．佐证 材料")
    assert attachment_lines(names) == said
    assert [each.text for each in read(payload)[1:3] if isinstance(each, Paragraph)] == list(said)
    lefts = [int(value(each, "w:pPr/w:ind", "left") or 0) for each in (first, second)]
    hanging = [int(value(each, "w:pPr/w:ind", "hanging") or 0) for each in (first, second)]
    assert lefts[0] == pytest.approx(lefts[1], abs=1)
    assert [left - hang for left, hang in zip(lefts, hanging, strict=True)] == [2 * 315, pytest.approx(5 * 315, abs=1)]
    assert not found(second, "w:pPr/w:spacing")
    assert "".join(unit.itertext()) == "执法监督科"
    tags = [etree.QName(each).localname for each in found(second, "w:pPr/*")]
    assert tags == ["pStyle", "keepNext", "ind"]  # the schema's order


def test_no_attachments_write_nothing() -> None:
    made = paper()
    made.body("正文。")
    made.attachments([])
    payload = made.payload()
    assert read(payload) == (Paragraph("Body", "正文。"),)
    assert not found(part(payload, "document"), "//w:keepNext")


def test_a_signature_is_never_alone_on_a_page() -> None:
    made = paper()
    made.body("最后一段。")
    made.signature("执法监督科", DAY)
    payload = made.payload()
    last, *_ = found(part(payload, "document"), "w:body/w:p")
    assert found(last, "w:pPr/w:keepNext")
    assert found(style(payload, "Unit"), "w:pPr/w:keepNext")


@pytest.mark.parametrize(("length", "narrowed"), [(19, False), (20, True), (34, True), (38, False), (41, True)])
def test_a_title_of_several_lines_is_parted_evenly(length: int, narrowed: bool) -> None:
    made = paper()
    made.title("题" * length)
    (title,) = found(part(made.payload(), "document"), "w:body/w:p")
    free = int(value(title, "w:pPr/w:ind", "left") or 0)
    assert (free > 0) is narrowed
    of_line = (156 * MM - 2 * free) // 440
    assert -(-length // of_line) == -(-length // 19)


def test_a_mark_stands_on_every_page_and_can_be_taken_away() -> None:
    made = paper()
    made.body("甲")
    made.mark("草稿<1>&")
    made.landscape()
    made.body("乙")
    payload = made.payload()
    headers = ["".join(part(payload, f"header{number}").itertext()) for number in (1, 2)]
    assert headers == ["草稿<1>&"] * 2
    references = found(part(payload, "document"), "//w:headerReference/@w:type")
    assert references == ["default", "even"] * 2
    made.mark("")
    assert "草稿" not in "".join(part(made.payload(), "header1").itertext())


def test_a_section_begins_with_a_paragraph() -> None:
    made = paper()
    made.body("甲")
    made.landscape()
    with pytest.raises(ValueError, match="begins with a paragraph"):
        made.table(HEADS, [["1", "甲"]])
    made.heading(1, "二、表")
    made.table(HEADS, [["1", "甲"]])
    assert len(docx.Document(io.BytesIO(made.payload())).sections) == 2


def test_turning_before_anything_is_written_makes_no_empty_page() -> None:
    made = paper()
    made.landscape()
    made.body("甲")
    made.portrait()
    made.landscape()
    made.body("乙")
    sections = docx.Document(io.BytesIO(made.payload())).sections
    assert [section.orientation for section in sections] == [1, 1]


def test_the_end_of_a_section_after_a_table_takes_no_room() -> None:
    document = part(three_sections(), "document")
    (end,) = found(document, "//w:p[w:pPr/w:pStyle/@w:val='Gap']")
    assert found(end, "w:pPr/w:sectPr")
    assert value(style(three_sections(), "Gap"), "w:pPr/w:spacing", "line") == "20"


def test_two_tables_do_not_become_one_and_a_document_may_end_with_one() -> None:
    made = paper()
    made.body("甲")
    made.table(HEADS, [["1", "甲"]])
    made.table(HEADS, [["2", "乙"]])
    payload = made.payload()
    header = ("序号", "具体要求")
    assert read(payload)[1:] == (Grid(header, (("1", "甲"),)), Grid(header, (("2", "乙"),)))
    tags = [element.tag.rpartition("}")[2] for element in part(payload, "document")[0]]
    assert tags == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_the_same_document_gives_the_same_bytes_and_asking_twice_changes_nothing() -> None:
    assert three_sections() == three_sections()
    made = paper()
    made.body("甲")
    assert made.payload() == made.payload()
    with zipfile.ZipFile(io.BytesIO(made.payload())) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_a_document_of_nothing_is_a_file_too() -> None:
    payload = paper().payload()
    assert read(payload) == ()
    assert len(docx.Document(io.BytesIO(payload)).sections) == 1


@pytest.mark.parametrize(
    ("at", "created"),
    [
        (AT, datetime(2026, 11, 22, 9, 5, 7)),
        (AT.replace(tzinfo=timezone(timedelta(hours=8))), datetime(2026, 11, 22, 1, 5, 7)),
        (AT.replace(tzinfo=UTC), datetime(2026, 11, 22, 9, 5, 7)),
    ],
)
def test_the_file_says_whose_it_is_and_when_it_was_made(at: datetime, created: datetime) -> None:
    properties = docx.Document(io.BytesIO(paper("台账", "经办人甲", at).payload())).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("台账", "经办人甲", "经办人甲")
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == created
    assert properties.language == "zh-CN"


def test_a_very_long_title_and_author_are_no_error() -> None:
    properties = docx.Document(io.BytesIO(paper("题" * 300, "甲" * 300).payload())).core_properties
    assert properties.title == "题" * 255


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_back_as_it_may_stand_in_a_file(text: str) -> None:
    made = paper(text, text)
    made.mark(text)
    line = file_text(text).replace("\n", " ")
    made.title(text)
    made.heading(2, text)
    made.body(text)
    made.remark(text)
    made.table([Head(text, 10), Head("乙", 10)], [[text, "001234"], [text, text]])
    made.signature(text, DAY)
    whole = file_text(text)
    parted = whole.split("\n")
    assert read(made.payload()) == (
        Paragraph("Title", line),
        Paragraph("Heading2", line),
        *(Paragraph("Body", each) for each in parted),
        *(Paragraph("Remark", each) for each in parted),
        Grid((whole, "乙"), ((whole, "001234"), (whole, whole))),
        Paragraph("Unit", line),
        Paragraph("Day", "2026年11月2日"),
    )


def test_text_that_looks_like_a_field_or_markup_stays_text() -> None:
    made = paper()
    text = '{ HYPERLINK "http://a.example" } <w:br/> MERGEFIELD x &amp;'
    made.body(text)
    made.table(HEADS, [[text, text]])
    document = part(made.payload(), "document")
    assert [each.text for each in found(document, "//w:t")].count(text) == 3
    assert not found(document, "//w:fldChar | //w:instrText | //w:hyperlink | //w:fldSimple | //w:br")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(), st.text()), max_size=4), st.text())
def test_any_text_goes_in_and_comes_back(rows: list[tuple[str, str]], text: str) -> None:
    made = paper(text, text)
    made.body(text)
    made.table(HEADS, rows)
    *paragraphs, grid = read(made.payload())
    assert "\n".join(each.text for each in paragraphs if isinstance(each, Paragraph)) == file_text(text)
    assert isinstance(grid, Grid)
    assert grid.rows == tuple(tuple(map(file_text, row)) for row in rows)


def test_importing_it_loads_no_library() -> None:
    code = "import sys, db.export.docx, db.export.official, db.export.docx_reading; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"docx", "lxml", "lxml.etree"} & set(done.stdout.split())


def test_the_library_can_read_what_it_wrote() -> None:
    document = docx.Document(io.BytesIO(three_sections()))
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Title"
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows][1] == ["1", "公开规划"]
    assert document.sections[0].left_margin == pytest.approx(Mm(28), rel=0.001)
    assert re.fullmatch(r"\d+年\d+月\d+日", document.paragraphs[-1].text)
