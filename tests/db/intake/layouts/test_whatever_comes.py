"""Nothing is lost, invented or moved, and whatever comes is read in time that grows with its length."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.intake.layouts import structured
from db.intake.layouts.lines import BARS, BORDER, is_border, line_of
from db.intake.source import Block, Grid, Paragraph, Place, SourceForm
from tests.db.intake.layouts.texts import source

WORDS = [
    *("序号", "工作任务", "具体要求", "责任单位", "完成时限", "备注", "任务", "内容", "（谁制作）", "工作任务责任单位"),
    *(
        "1",
        "2",
        "3",
        "1.公开目录。",
        "2．公开草案，",
        "一、决策公开",
        "（一）目录公开",
        "公开重大决策目录",
        "要及时更新。",
    ),
    *("法规科", "办公室、督查室", "法规科牵头，督查室配合", "全年", "9月底前", "同上", "x", "", " ", "附件", "— 3 —"),
]
SIGNS = ["\n", "\n\n", "\n\t", "\t", "|", " | ", "|\n", "\n|\n", "\n| ", "", "\n---|---\n", "\n\n\n"]


def _signs(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace() and sign not in BARS)


def _in(text: str) -> str:
    return "".join(_signs(line) for line in text.split("\n") if not is_border(line))


def _out(blocks: tuple[Block, ...]) -> str:
    texts: list[str] = []
    for block in blocks:
        texts += [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    return "".join(_signs(text) for text in texts if not is_border(text))


pieces = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), max_size=60)
noise_free = pieces.map(lambda parts: "".join(word + sign for word, sign in parts if word != "— 3 —"))
noisy = pieces.map(lambda parts: "".join(word + sign for word, sign in parts))


@settings(max_examples=300, deadline=None)
@given(noise_free, st.sampled_from(["txt", "md", "docx"]))
@example("序号|任务内容|\n责任单位|\n1|公开|", "txt")
@example("工作任务\n|\n责任单位\n|\n公开目录。\n|\nx\n", "txt")
def test_every_character_stands_in_the_result_in_order(text: str, form: SourceForm) -> None:
    assert _out(structured(source(text, form))) == _in(text)


@settings(max_examples=200, deadline=None)
@given(noisy)
def test_a_page_number_may_move_and_is_not_lost(text: str) -> None:
    assert sorted(_out(structured(source(text)))) == sorted(_in(text))


@settings(max_examples=200, deadline=None)
@given(noisy)
def test_a_grid_of_text_is_sound(text: str) -> None:
    for block in structured(source(text)):
        if isinstance(block, Grid):
            areas = [(cell.row, cell.column) for cell in block.cells]
            assert areas == sorted(set(areas))
            assert {row for row, _ in areas} == set(range(block.height))
            assert all(column < block.width for _, column in areas)
            assert not block.native


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="一1.、。，|\t\n -+:科年月日底前（）工作任务责任单位时限 ", max_size=200))
def test_any_signs_are_read_and_kept(text: str) -> None:
    assert sorted(_out(structured(source(text)))) == sorted(_in(text))


def test_a_native_grid_is_passed_through_and_parts_the_lines_around_it() -> None:
    grid = Grid(Place("表 1"), 1, 1, ())
    before, after = source("前文。"), source("任务内容|责任科室\n公开目录。|法规科")
    found = structured(
        type(before)("docx", "来文.docx", "0" * 64, (*before.blocks, grid, *after.blocks)),
    )
    assert found[0] == before.blocks[0]
    assert found[1] is grid
    assert isinstance(found[2], Grid)
    assert not found[2].native


def test_nothing_gives_nothing() -> None:
    assert structured(source("")) == ()
    assert structured(source("\n \n\u3000\n")) == ()


HOSTILE = {
    "tabs": ("", "\t"),
    "bars": ("", "|"),
    "lines of a tab": ("", "\t\n"),
    "lines of a bar": ("", "|\n"),
    "lines of a sign": ("", "一\n"),
    "header words": ("", "责任单位\n工作任务\n"),
    "header words in bars": ("", "责任单位|工作任务\n"),
    "headers of other words by turns": ("", "责任单位|工作任务\n责任科室|工作任务\n"),
    "header words by tabs": ("", "\t责任单位\n\t工作任务\n"),
    "glued headers": ("", "序号工作任务责任单位\n"),
    "numbers glued": ("序号工作任务责任单位\n", "1公开。法规科2"),
    "one sentence": ("", "公开目录，"),
    "lines cut": ("", "公开目录，及时更新公开目录和公开草案和公开结果并且认真解读及时公开\n"),
    "a wrapped cell": ("工作任务|责任单位|\n", "公开\n"),
    "a wrapped cell by tabs": ("\t工作任务\n\t责任单位\n\t", "公开\n"),
    "cells that do not end": ("序号|\n工作任务|\n责任单位|\n", "1|\n"),
    "cells that end by turns": ("序号|\n工作任务|\n责任单位|\n", "1\n|公开\n"),
    "loose rows": ("序号\n任务内容\n责任单位\n", "1\n公开。\n法规科\n"),
    "loose units": ("任务内容\n责任单位\n", "法规科\n"),
    "loose text": ("任务内容\n责任单位\n", "公开目录\n"),
    "dates": ("任务内容\n责任单位\n", "年底"),
    "brackets": ("", "（" * 30 + "\n"),
    "page numbers": ("", "- 1 -\n"),
    "borders": ("", "+--+\n|a|b|\n"),
}
SIZE = 50_000
"""Bytes of each; at twenty times that each took less than twenty times as long."""
MOST_SECONDS = 4
"""What grows with the square of the length takes a quarter at half of it: four seconds for a hundred thousand."""


def hostile(name: str, size: int) -> str:
    front, again = HOSTILE[name]
    return front + again * (size // len(again.encode("utf-8")))


@pytest.mark.parametrize("name", HOSTILE)
def test_anything_is_read_in_time_that_grows_with_its_length(name: str) -> None:
    made = source(hostile(name, SIZE))
    started = time.process_time()
    structured(made)
    assert time.process_time() - started < MOST_SECONDS


def test_the_kinds_of_lines() -> None:
    cases = {
        "": "blank",
        "\u3000 ": "blank",
        "\t": "tabs",
        "a|b": "bars",
        "|---|---|": "bars",
        "----": "bars",
        "- 3 -": "noise",
        "— 15 -": "noise",
        "第 3 页 共 9 页": "noise",
        "3": "text",
        "2021-2022": "text",
        "a|b\nc|d": "text",
    }
    assert {text: line_of(Paragraph(text, Place("正文"))).kind for text in cases} == cases
    assert set("-+|") <= BORDER
