"""How quick 10,000 entries are in .xlsx: the ratio to xlsxwriter alone writing the same cells in the same formats.

    .venv/bin/python tests/bench/export.py [--repeat 7]

Ours is everything between the ledger's rows and the proven bytes: tables, widths, heights, charts, print settings,
writing and reading back. The floor is xlsxwriter given ready-made cells: no heights, no charts, nothing read back. Both
run in turns in this process; counted are CPU seconds, as a file in memory waits for nobody. The budget is that of issue
3/5; machines differ and are noisy, so this prints and never fails.
"""

import argparse
import gc
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import big
from xlsxwriter import Workbook

from db.export.summary import Cell
from db.export.xlsx import OPTIONS, as_written, document, formats
from db.export.xlsx_layout import Page
from db.export.xlsx_pages import pages
from db.file import make_file, open_file
from db.reads.sheet import sheet as read_sheet
from db.rules.rows import EvidenceRow, HistoryRow, LedgerSheet
from db.store.ledgers import begin_ledger
from seeds.plant import plant

ENTRIES = 10_000
BUDGET = 1.5
NOW = datetime(2021, 11, 22, 9, 30)
Placed = tuple[int, int, Cell | None, str, int]
"""Line, column, what is written (None: only the format), the name of the format, over how many columns."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7)
    given = parser.parse_args()
    sheet = _ledger()
    cells = [(page.name, list(_placed(page))) for page in pages(sheet)]
    print(f"{len(sheet.entries)} entries, {sum(len(placed) for _, placed in cells)} cells on {len(cells)} sheets")
    # What stands here all along is none of the floor's business.
    gc.collect()
    gc.freeze()
    floor, ours = [], []
    for _ in range(given.repeat):
        floor.append(_seconds(lambda: _floor(cells)))
        ours.append(_seconds(lambda: _ours(sheet)))
    for name, of in (("minimum", min), ("median", statistics.median)):
        ratio = of(ours) / of(floor)
        verdict = "within" if ratio <= BUDGET else "OVER"
        print(f"{name}: {of(ours):.2f} s to {of(floor):.2f} s, {ratio:.2f} times ({verdict} the budget of {BUDGET})")


def _ledger() -> LedgerSheet:
    """The big ledger of the other bench, its entries ten times over, with a piece of evidence and a step each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.db"
        make_file(path)
        file = open_file(path, NOW, write=True)
        try:
            plant(file, NOW)
            ledger = begin_ledger(
                file, plan="jiangmen-2021", year=2021, unit="执法监督科", kind=None, officer="甲", at=NOW
            )
            big.fill(path, ledger)
            read = read_sheet(file, ledger, NOW.date())
        finally:
            file.close()
    entries = tuple(
        replace(read.entries[at % len(read.entries)], id=at + 1, position=at + 1, number=str(at + 1), evidence=1)
        for at in range(ENTRIES)
    )
    return replace(read, entries=entries, evidence=tuple(_evidence()), history=tuple(_history()))


def _evidence() -> Iterator[EvidenceRow]:
    for at in range(1, ENTRIES + 1):
        sha = f"{at:064x}"
        yield EvidenceRow(at, at, None, at, f"截图{at}.png", sha, at * 997, None, None, None, NOW.isoformat())


def _history() -> Iterator[HistoryRow]:
    for at in range(ENTRIES, 0, -1):
        after = {"entry_id": at, "name": f"截图{at}.png"}
        yield HistoryRow(at, at, NOW.isoformat(), "甲", "attach", f"evidence:{at}", None, after, None)


def _placed(page: Page) -> Iterator[Placed]:
    """The cells of a sheet as the library is given them."""
    aside = replace(page, middle=frozenset(), status=None)
    for row, line in enumerate(page.lines):
        spans = line.spans or (1,) * len(line.cells)
        for column, cell, span in zip(accumulate(spans, initial=0), line.cells, spans, strict=False):
            written, style = as_written(aside if line.spans else page, line.kind, column, cell)
            yield row, column, written, style, span


def _floor(cells: list[tuple[str, list[Placed]]]) -> None:
    file = io.BytesIO()
    book = Workbook(file, OPTIONS)
    styles = formats(book)
    for name, placed in cells:
        worksheet = book.add_worksheet(name)
        for row, column, written, style, span in placed:
            if span > 1:
                worksheet.merge_range(row, column, row, column + span - 1, "", styles[style])
            if written is None:
                worksheet.write_blank(row, column, None, styles[style])
            elif isinstance(written, int):
                worksheet.write_number(row, column, written, styles[style])
            else:
                worksheet.write_string(row, column, written, styles[style])
    book.close()


def _ours(sheet: LedgerSheet) -> None:
    written = document(sheet, NOW)
    assert written.differs(written.payload) is None


def _seconds(run: Callable[[], None]) -> float:
    start = time.process_time()
    run()
    gc.collect()  # a workbook is one great cycle: to clear it away is part of making it, whoever does it when
    return time.process_time() - start


if __name__ == "__main__":
    main()
