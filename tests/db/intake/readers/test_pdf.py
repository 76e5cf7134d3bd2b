"""PDF files: ruled tables, paragraphs by position, page noise, and refusals with advice."""

import io
import time
import zlib
from pathlib import Path

import pytest

from db.errors import ReadingError
from db.intake.readers import pdf
from db.intake.source import Grid, Paragraph, Place, Source
from db.intake.source_json import from_json, to_json
from db.rules.notice import NoticeDraft
from seeds.plant import readings
from tests.db.intake.forms import as_pdf, laid_out
from tests.db.intake.readers.paper import Paper


def read(raw: bytes) -> Source:
    source = pdf.read(io.BytesIO(raw), "通知.pdf", lambda part, words: None)
    assert from_json(to_json(source)) == source
    return source


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def grids(source: Source) -> list[Grid]:
    return [block for block in source.blocks if isinstance(block, Grid)]


def shown(grid: Grid) -> list[str]:
    return [
        " ".join(("-" if (cell := grid.at(row, column)) is None else cell.text or "_") for column in range(grid.width))
        for row in range(grid.height)
    ]


FULL = "各科室要按照要求认真及时地公开信"
"""A line as wide as the column."""


def packed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("draft", readings(), ids=lambda draft: draft.plan)
def test_each_notice_printed_with_rules_is_read_whole(draft: NoticeDraft, tmp_path: Path) -> None:
    path = tmp_path / "notice.pdf"
    as_pdf(draft, path)
    source = read(path.read_bytes())
    laid = laid_out(draft)
    assert [packed(text) for text in texts(source)] == [packed(text) for text in (*laid.before, *laid.after)]
    wanted = [[""] * laid.width for _ in range(laid.height)]
    for box in laid.boxes:
        for row in range(box.row, box.row + box.rows):
            wanted[row][box.column : box.column + box.columns] = [packed(box.text)] * box.columns
    found = []
    for grid in grids(source):
        for row in range(grid.height):
            cells = [grid.at(row, column) for column in range(grid.width)]
            found.append(["" if cell is None else packed(cell.text) for cell in cells])
    assert [row for row in found[:1] + found[1:] if row != wanted[:1][0]] == wanted[1:]
    assert {loss.kind for loss in source.losses} <= {"page_noise", "page_joint"}
    assert len(grids(source)) == bool(laid.boxes)


def test_the_same_notice_makes_the_same_file(tmp_path: Path) -> None:
    draft = readings()[-1]
    as_pdf(draft, tmp_path / "a.pdf")
    as_pdf(draft, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_merged_cells_span_what_lies_between_their_rules() -> None:
    paper = Paper()
    paper.table(100, 100, [60, 60, 60], [30, 30, 30], ["甲2x1", "乙", "丙", "丁1x2", "戊", "己", "庚"])
    (grid,) = grids(read(paper.raw()))
    assert shown(grid) == ["甲 乙 丙", "甲 丁 丁", "戊 己 庚"]
    assert grid.native
    assert [(cell.rows, cell.columns) for cell in grid.cells] == [
        (2, 1),
        (1, 1),
        (1, 1),
        (1, 2),
        (1, 1),
        (1, 1),
        (1, 1),
    ]
    assert grid.cells[3].place == Place("表 1", 2, 2)


def test_a_line_that_was_wrapped_goes_on_and_one_that_ended_early_ends() -> None:
    paper = Paper()
    paper.table(100, 100, [84, 84], [60, 60], ["一二三四五六七/八九", "甲/乙丙丁", "APP plat/form", "2021年1/2月底前"])
    (grid,) = grids(read(paper.raw()))
    assert [cell.text for cell in grid.cells] == [
        "一二三四五六七八九",
        "甲\n乙丙丁",
        "APP plat\nform",
        "2021年1\n2月底前",
    ]


def test_paragraphs_are_joined_by_margins_also_over_a_page_break() -> None:
    paper = Paper()
    full = "各科室要按照要求做好政务公开工作及时报送工作进展情况确保落实"
    paper.line(100, 100, "　　" + full[:28])
    paper.line(100, 120, full + "。")
    paper.line(124, 140, "一、加强领导")
    paper.line(124, 160, full[:28])
    paper.page()
    paper.line(100, 100, "到位。")
    paper.line(124, 120, "二、抓好落实")
    assert texts(read(paper.raw())) == [full[:28] + full + "。", "一、加强领导", full[:28] + "到位。", "二、抓好落实"]


def test_page_numbers_and_running_heads_are_left_out_and_named() -> None:
    paper = Paper()
    for number in range(1, 4):
        paper.line(200, 30, "某局文件")
        paper.line(124, 100, f"第{number}件事要做好。")
        paper.line(124, 300, "12")
        paper.line(280, 810, f"— {number} —")
        paper.page()
    source = read(paper.raw())
    assert texts(source) == ["第1件事要做好。", "12", "第2件事要做好。", "12", "第3件事要做好。", "12"]
    assert [(loss.kind, loss.count) for loss in source.losses] == [("page_noise", 6)]
    assert source.blocks[2].place == Place("第 2 页", line=1)


def test_columns_without_rules_are_parted_by_tabs_and_distance_inside_words_is_nothing() -> None:
    paper = Paper()
    paper.line(100, 100, "序号")
    paper.line(180, 100, "工 作 任 务")
    paper.line(360, 100, "3 月底前")
    paper.line(100, 130, "Open Data 平台")
    assert texts(read(paper.raw())) == ["序号\t工作任务\t3月底前", "Open Data平台"]


def test_bold_made_by_printing_twice_is_read_once() -> None:
    paper = Paper()
    for shift in (0.0, 0.4):
        paper.line(100 + shift, 100, "政务公开公开")
    assert texts(read(paper.raw())) == ["政务公开公开"]


def test_wrapped_cells_without_rules_and_prose_in_two_columns_are_refused() -> None:
    rows = [("以公开", "1", "做好涉及"), ("助力", "", "市场主体"), ("", "", "政策文件"), ("", "2", "及时公开")] * 2
    paper = Paper()
    for number, row in enumerate(rows):
        for left, text in zip((100, 150, 175), row, strict=True):
            paper.line(left, 100 + 16 * number, text)
    prose = Paper()
    for number in range(8):
        prose.line(60, 100 + 16 * number, FULL)
        prose.line(290, 100 + 16 * number, FULL)
    for made in (paper, prose):
        with pytest.raises(ReadingError, match="分不清行和列") as caught:
            read(made.raw())
        assert "Word" in caught.value.hint


def test_rows_of_one_line_each_are_parted_at_narrow_gutters() -> None:
    paper = Paper()
    for number in range(7):
        for left, text in zip((100, 150, 256), ("序号三", "工作任务之一二三", "办公室"), strict=True):
            paper.line(left, 100 + 16 * number, text)
    assert texts(read(paper.raw())) == ["序号三\t工作任务之一二三\t办公室"] * 7


HEAD = ["任务", "要求", "单位"]


def two_pages(
    first: list[str], second: list[str], between: str = "", widths: tuple[int, ...] = (90, 200, 90)
) -> Source:
    """A table of three columns on two pages, with rows of 40 points. '…/2' in a text: it spans two rows."""
    paper = Paper()
    paper.table(80, 500, [90, 200, 90], [40] * 3, first)
    paper.page()
    if between:
        paper.line(80, 150, between)
    paper.table(80, 200, list(widths), [40] * 3, second)
    return read(paper.raw())


def test_a_table_goes_on_where_its_columns_agree_and_its_repeated_header_stays_a_row() -> None:
    source = two_pages([*HEAD, "甲", "一。", "科", "乙", "二。", "室"], [*HEAD, "丙", "三。", "股", "丁", "四。", "处"])
    (grid,) = grids(source)
    assert shown(grid) == ["任务 要求 单位", "甲 一。 科", "乙 二。 室", "任务 要求 单位", "丙 三。 股", "丁 四。 处"]
    assert source.losses == ()


@pytest.mark.parametrize(("between", "widths"), [("另表", (90, 200, 90)), ("", (90, 190, 100))])
def test_another_table_stays_another(between: str, widths: tuple[int, ...]) -> None:
    rows = ["甲", "一。", "科"] * 3
    assert len(grids(two_pages(rows, rows, between, widths))) == 2


def test_a_merged_cell_that_goes_on_on_the_next_page_is_read_again_and_named() -> None:
    first = [*HEAD, "甲2x1", "一。", "科", "二。", "室"]
    source = two_pages(first, [*HEAD, "", "三。", "", "丁", "四。", "处"])
    (grid,) = grids(source)
    assert shown(grid)[3:] == ["任务 要求 单位", "甲 三。 _", "丁 四。 处"]
    assert [(loss.kind, loss.place.part) for loss in source.losses] == [("page_joint", "第 2 页")]


def test_a_row_that_the_page_break_cut_is_joined_and_named() -> None:
    first = ["子", "〇。", "所", "甲", "一。", "科", "乙", FULL, "室"]
    source = two_pages(first, ["", "做好。", "", "丙", "三。", "股", "丁", "四。", "处"])
    (grid,) = grids(source)
    assert shown(grid) == ["子 〇。 所", "甲 一。 科", f"乙 {FULL}做好。 室", "丙 三。 股", "丁 四。 处"]
    assert [loss.kind for loss in source.losses] == ["page_joint"]


def test_a_cut_row_takes_the_merged_cells_beside_it_along() -> None:
    first = ["一、任务", "1．事。", "科", "二、很长很长的2x1", f"2．{FULL[2:]}", "室", f"3．{FULL[2:]}", "股"]
    source = two_pages(first, ["任务2x1", "做好。", "", "4．三。", "所", "三、丁", "5．四。", "处"])
    (grid,) = grids(source)
    assert shown(grid) == [
        "一、任务 1．事。 科",
        f"二、很长很长的任务 2．{FULL[2:]} 室",
        f"二、很长很长的任务 3．{FULL[2:]}做好。 股",
        "二、很长很长的任务 4．三。 所",
        "三、丁 5．四。 处",
    ]


@pytest.mark.parametrize(
    ("last", "top"),
    [
        (["乙", "二。", "室"], ["丙", "三。", ""]),
        (["乙", "二", "室"], ["丙", "三。", ""]),
        (["乙", "二。", "室"], ["", "三。", ""]),
        (["乙", "二", "室"], ["", "三。", ""]),
        (["乙", FULL, "室"], ["", "3．三。", ""]),
        (["乙", FULL, "室"], ["丙", "三。", "股"]),
        (["乙", f"{FULL[:-1]}。", "室"], ["", "三。", ""]),
    ],
)
def test_a_blank_cell_at_the_top_of_a_page_stays_blank_where_nothing_says_otherwise(
    last: list[str], top: list[str]
) -> None:
    first = ["子", "〇。", "所", "甲", "一。", "科", *last]
    (grid,) = grids(two_pages(first, [*top, "丁", "四。", "处", "戊", "五。", "所"]))
    assert grid.height == 6
    assert shown(grid)[3] == " ".join(text or "_" for text in top)


def test_a_picture_page_among_others_is_named_and_a_scan_refused() -> None:
    paper = Paper()
    paper.line(100, 100, "关于印发政务公开工作要点的通知")
    paper.page()
    paper.picture(0, 0, 595, 842)
    source = read(paper.raw())
    assert [(loss.kind, loss.place) for loss in source.losses] == [("picture", Place("第 2 页"))]
    scan = Paper()
    scan.picture(0, 0, 595, 842)
    with pytest.raises(ReadingError, match="扫描件，无法识别文字") as caught:
        read(scan.raw())
    assert "Word" in caught.value.hint


def good() -> bytes:
    paper = Paper()
    paper.line(100, 100, "关于印发政务公开工作要点的通知")
    return paper.raw()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "空的"),
        (b"%!PS-Adobe", "不是 PDF"),
        ("文字".encode() * 2000, "不是 PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "坏了"),
        (good()[:300], "坏了"),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>", "没有文字|坏了"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(ReadingError, match=why) as caught:
        read(raw)
    assert "通知.pdf" in caught.value.message
    assert caught.value.hint


def test_an_encrypted_file_is_refused_with_the_way_to_open_it() -> None:
    paper = Paper(password="geheim")
    paper.line(100, 100, "通知")
    with pytest.raises(ReadingError, match="密码") as caught:
        read(paper.raw())
    assert "取消密码" in caught.value.hint


def test_a_page_without_text_or_picture_is_no_scan() -> None:
    with pytest.raises(ReadingError, match="没有文字"):
        read(Paper().raw())


def cyclic() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def deep() -> bytes:
    kids = b"".join(b"%d 0 obj<</Type/Pages/Kids[%d 0 R]/Count 1>>endobj\n" % (at, at + 1) for at in range(2, 5000))
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + kids + b"trailer<</Root 1 0 R>>\n%%EOF"


def bomb() -> bytes:
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(160)) + packer.flush()
    head = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(body)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        + head + body + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF"
    )  # fmt: skip


@pytest.mark.parametrize("make", [cyclic, deep, bomb])
def test_hostile_files_are_refused_in_a_few_seconds(make: object) -> None:
    assert callable(make)
    raw = make()
    began = time.process_time()
    with pytest.raises(ReadingError) as caught:
        read(raw)
    assert time.process_time() - began < 10
    assert caught.value.hint


def test_limits_on_pages_signs_and_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper()
    paper.table(100, 100, [60, 60], [30], ["甲", "乙"])
    paper.page()
    paper.line(100, 100, "丙")
    raw = paper.raw()
    assert read(raw).blocks
    for name, bound, why in (("MAX_PAGES", 1, "页数"), ("MAX_CHARACTERS", 2, "文字太多"), ("MAX_RULES", 3, "线条太多")):
        with monkeypatch.context() as patch:
            patch.setattr(pdf, name, bound)
            with pytest.raises(ReadingError, match=why):
                read(raw)


def test_turned_text_is_refused_and_not_read_askew() -> None:
    paper = Paper()
    paper.line(100, 100, "关于印发政务公开工作要点的通知", turned=True)
    with pytest.raises(ReadingError, match="横着"):
        read(paper.raw())


def test_each_page_is_told_as_progress() -> None:
    told: list[tuple[float, str]] = []
    paper = Paper()
    paper.line(100, 100, "甲")
    paper.page()
    paper.line(100, 100, "乙")
    pdf.read(io.BytesIO(paper.raw()), "a.pdf", lambda part, words: told.append((part, words)))
    assert told == [(0.0, "读取第 1/2 页"), (0.5, "读取第 2/2 页")]


def test_every_cut_of_a_file_is_read_or_refused() -> None:
    raw = good()
    refused = 0
    for end in range(0, len(raw), 97):
        try:
            read(raw[:end])
        except ReadingError:
            refused += 1
    assert refused > 5
