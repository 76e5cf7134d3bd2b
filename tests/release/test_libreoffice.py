"""What the command asks of a PDF, told on pages of text; LibreOffice itself is too slow for here."""

import shutil
from pathlib import Path

import pytest

from tests.golden.stories import STORIES
from tests.release import libreoffice
from tests.release.libreoffice import missing, pages, papers

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
    assert len(found) == 5 * len(STORIES)
    assert len({paper.name for paper in found}) == len(found)
    assert sum(not paper.entries for paper in found) == len(STORIES)


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
