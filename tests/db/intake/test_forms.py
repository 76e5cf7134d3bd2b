"""The five shipped notices in the forms in which a notice arrives: .docx, .xlsx, .html, .pdf, read again.

What the document merges is then merged without doubt (compared(..., merged=True)); a notice without a table is prose in
each of the forms.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from db.intake.readers import docx, html, pdf, xlsx
from db.intake.replay import replayed
from db.intake.source import Source
from seeds.plant import readings
from tests.db.intake.forms import FORMS, MAKERS
from tests.db.intake.gold import Figures, compared

Reader = Callable[[BinaryIO, str, Callable[[float, str], None]], Source]

GOLDS = {draft.plan: replace(draft, other_numbers=()) for draft in readings()}
READERS: dict[str, Reader] = {"docx": docx.read, "html": html.read, "pdf": pdf.read, "xlsx": xlsx.read}
CASES = [(plan, form) for plan in sorted(GOLDS) for form in FORMS]


def source_of(plan: str, form: str, folder: Path) -> Source:
    path = folder / f"{plan}.{form}"
    MAKERS[form](GOLDS[plan], path)
    with path.open("rb") as stream:
        return READERS[form](stream, path.name, lambda part, words: None)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Figures]:
    folder = tmp_path_factory.mktemp("forms")
    return {
        (plan, form): compared(replayed(source_of(plan, form, folder), ()), GOLDS[plan], merged=True)
        for plan, form in CASES
    }


@pytest.mark.parametrize(("plan", "form"), CASES)
def test_every_row_of_each_form_is_read_and_no_other(
    plan: str, form: str, figures: dict[tuple[str, str], Figures]
) -> None:
    found = figures[plan, form]
    assert (found.rows_right, found.rows_read) == (found.rows, found.rows)


@pytest.mark.parametrize(("plan", "form"), CASES)
def test_every_deadline_of_each_form_is_read(plan: str, form: str, figures: dict[tuple[str, str], Figures]) -> None:
    found = figures[plan, form]
    assert found.deadlines_right == found.deadlines, found.wrong


@pytest.mark.parametrize(("plan", "form"), CASES)
def test_no_wrong_value_of_any_form_is_without_a_problem(
    plan: str, form: str, figures: dict[tuple[str, str], Figures]
) -> None:
    assert figures[plan, form].silent == []
