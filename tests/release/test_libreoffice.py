"""What the command asks of a PDF, told on pages of text; LibreOffice itself is too slow for here."""

import shutil
from pathlib import Path

import pytest

from tests.golden.stories import STORIES
from tests.release import libreoffice
from tests.release.libreoffice import lost, missing, pages, papers

ENTRIES = (
    ("7", "公开  规划信息，并做好各类规划的归集整理和主动公开工作。"),
    ("17", "公开预算"),
    ("自1", "补报数据"),
)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (["7\n公开规划信息，并做好\n各类规划的归集\n整理和主动", "17 公开预算 自 1 补报数据"], []),
        (["7\n公开规划信息，并做好各类规划的归集整理"], ["7", "17", "自1"]),
        (["7", "公开规划信息，并做好各类规划的归集整理和主动", "17 公开预算 自1 补报数据"], ["7"]),
        (["17 公开规划信息，并做好各类规划的归集整理和主动", "7 公开预算", "自12 补报数据"], ["7", "17", "自1"]),
        ([], ["7", "17", "自1"]),
    ],
)
def test_an_entry_is_there_where_its_number_and_the_beginning_of_its_requirement_share_a_page(
    text: list[str], lost: list[str]
) -> None:
    assert missing(ENTRIES, text) == lost


def test_every_golden_document_is_a_paper_and_those_of_the_packages_too() -> None:
    found = list(papers())
    assert len({paper.name for paper in found}) == len(found)
    golden = [paper for paper in found if not paper.name.startswith("hard")]
    assert len(golden) == 5 * len(STORIES)
    assert sum(not paper.entries for paper in golden) == len(STORIES)
    assert {paper.name for paper in found} - {paper.name for paper in golden} == {
        "hard-three.docx",
        "hard-six.docx",
        "hard-none.docx",
        "hard-commas.docx",
        "hard.xlsx",
    }


def test_the_texts_of_a_paper_are_its_paragraphs_and_all_of_its_cells() -> None:
    of = {paper.name: list(paper.texts()) for paper in papers() if paper.name.startswith("hard")}
    for name in ("hard-three.docx", "hard-none.docx", "hard.xlsx"):
        assert any("91440700MA4W11089X" in text for text in of[name])
        assert any("http" in text and "000001" not in text for text in of[name])
    assert "执法监督科" in of["hard-three.docx"]


@pytest.mark.parametrize(
    ("texts", "pages_", "places"),
    [
        (["一二三四五六七八九十甲乙丙丁"], ["一二三四 五六\n七八九十甲乙丙丁"], 0),
        # A cell that goes on on the next page, below its number and header.
        (["一二三四五六七八九十甲乙丙丁"], ["一二三四五六七", "— 2 — 要求 八九十甲乙丙丁"], 0),
        (["一二三四五六七八九十甲乙丙丁"], ["一二三四五六七九十甲乙丙丁"], 1),
        (["一二三四五六七八九十甲乙丙丁"], ["一二三四五六七八九十甲乙丙"], 0),  # no more than a page's end takes
        (["一二三四五六七八九十甲乙丙丁戊己庚"], ["一二三四五六七八九十"], 1),
        (["一二", "三四"], ["一二"], 1),
        (["号ＡＢ１２３４５６"], ["号AB123456"], 0),
        ([], [], 0),
    ],
)
def test_what_stands_nowhere_on_the_pages_is_lost(texts: list[str], pages_: list[str], places: int) -> None:
    assert len(lost(texts, pages_)) == places


def test_pages_are_counted_and_the_tree_of_pages_is_none(tmp_path: Path) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"<</Type/Pages/Count 2>> <</Type /Page /Parent 1 0 R>> <</Type/Page/Parent 1 0 R>>")
    assert pages(pdf) == 2


def test_a_machine_without_libreoffice_is_said_to_be_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert libreoffice.main([]) == 0
    assert capsys.readouterr().out.startswith("SKIPPED: soffice")
