"""The suffix says which form; the export says what it did."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from zipfile import ZipFile

import pytest

from db.errors import CancelledError, ExportError, UsageError
from db.export.document import Document
from db.export.form import PACKAGE, check_suffix, export, forms, suffix_of
from db.rules.rows import LedgerSheet
from tests.db.export.conftest import AT, SHEET
from tests.db.export.packed import PACKED, contents

Place = Callable[[str], Path]


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".md", ".json", ".XLSX", ".Csv", ".DocX"])
def test_the_suffix_decides_the_form(sheet: LedgerSheet, place: Place, suffix: str) -> None:
    done = export(sheet, place(suffix), AT)
    assert done.path == place(suffix)
    assert done.kept_as is None
    assert place(suffix).read_bytes() == forms[suffix.lower()](sheet, AT).payload


@pytest.mark.parametrize("suffix", [".zip", ".ZIP"])
def test_a_zip_is_the_package_to_hand_in(place: Place, suffix: str) -> None:
    assert export(PACKED, place(suffix), AT, contents=contents()).path == place(suffix)
    with ZipFile(place(suffix)) as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"2026年执法监督科政务公开报送包"}


@pytest.mark.parametrize("suffix", [*forms, PACKAGE])
def test_every_form_is_known_before_anything_is_made(place: Place, suffix: str) -> None:
    check_suffix(place(suffix))
    assert suffix_of(place(suffix.upper())) == suffix
    assert list(place(suffix).parent.iterdir()) == []


@pytest.mark.parametrize("suffix", ["", ".pdf", ".xls", ".json "])
def test_another_suffix_is_a_usage_error_and_writes_nothing(sheet: LedgerSheet, place: Place, suffix: str) -> None:
    with pytest.raises(UsageError) as refused:
        export(sheet, place(suffix), AT)
    assert refused.value.exit_code == 2
    assert ".xlsx、.docx、.csv、.md、.json、.zip" in refused.value.hint
    assert list(place(suffix).parent.iterdir()) == []


@pytest.mark.parametrize("suffix", [*forms, PACKAGE])
def test_a_second_export_keeps_the_first(sheet: LedgerSheet, place: Place, suffix: str) -> None:
    export(sheet, place(suffix), AT)
    first = place(suffix).read_bytes()
    done = export(replace(SHEET, entries=()), place(suffix), AT)
    assert done.kept_as == place(suffix).with_name(f"台账.旧-20261122-090507{suffix}")
    assert done.kept_as.read_bytes() == first
    assert place(suffix).read_bytes() != first


@pytest.mark.parametrize("suffix", [*forms, PACKAGE])
def test_a_hostile_ledger_exports_in_every_form(hostile_sheet: LedgerSheet, place: Place, suffix: str) -> None:
    assert export(hostile_sheet, place(suffix), AT).path.stat().st_size > 1000


def test_a_file_that_reads_back_otherwise_is_not_handed_over(
    sheet: LedgerSheet, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(".csv").write_text("旧", encoding="utf-8")
    monkeypatch.setitem(forms, ".csv", lambda sheet, at: Document(b"x", lambda written: "少了一行"))
    with pytest.raises(ExportError, match="少了一行"):
        export(sheet, place(".csv"), AT)
    assert place(".csv").read_text(encoding="utf-8") == "旧"
    assert os.listdir(place(".csv").parent) == ["台账.csv"]


def test_a_file_whose_bytes_changed_on_the_way_is_not_handed_over(
    sheet: LedgerSheet, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.write_bytes

    def short(path: Path, payload: bytes) -> int:
        return whole(path, payload[:-1])

    monkeypatch.setattr(Path, "write_bytes", short)
    with pytest.raises(ExportError, match="字节不一致"):
        export(sheet, place(".md"), AT)
    assert list(place(".md").parent.iterdir()) == []


@pytest.mark.parametrize("suffix", list(forms))
def test_progress_is_told_from_nothing_to_all_and_may_cancel_at_each_step(place: Place, suffix: str) -> None:
    told: list[tuple[int, int]] = []
    export(SHEET, place(suffix), AT, progress=lambda done, total: told.append((done, total)))
    size = place(suffix).stat().st_size
    assert told == [(0, 2 * size), (size, 2 * size), (2 * size, 2 * size)]
    old = place(suffix).read_bytes()
    for stop in range(len(told)):
        with pytest.raises(CancelledError):
            export(replace(SHEET, entries=()), place(suffix), AT, progress=stopping(stop))
        assert place(suffix).read_bytes() == old
        assert os.listdir(place(suffix).parent) == [place(suffix).name]


def stopping(after: int) -> Callable[[int, int], None]:
    """Progress that cancels at the call of this number, from 0."""
    calls = count()

    def tell(done: int, total: int) -> None:
        if next(calls) == after:
            raise CancelledError("已取消导出。")

    return tell


@pytest.mark.parametrize("module", ["db.export.form", "db.export.json_form"])
def test_importing_a_form_loads_no_writer_and_no_screen(module: str) -> None:
    writers = "'xlsxwriter', 'python_calamine', 'openpyxl', 'docx', 'lxml', 'db.export.package'"
    heavy = f"{{{writers}, 'textual', 'rich', 'sqlmodel', 'pydantic', 'sqlite3'}}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_the_json_shape_alone_loads_no_other_form() -> None:
    code = (
        "import sys, db.export.json_form; print(sorted(name for name in sys.modules if name.startswith('db.export.')))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "['db.export.json_form', 'db.export.json_shapes']\n"
