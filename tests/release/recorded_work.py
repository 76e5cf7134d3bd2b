"""What tests/release/record.py looks on at: python -m tests.release.recorded_work FOLDER work|planted

Says a line whenever the program would say that everything so far is kept. Deterministic, one thread.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import db.connecting
import db.export.writing
from db.care.backups import back_up
from db.care.finding import backups_of
from db.care.restoring import restore
from db.care.whole import whole_copy
from db.export.form import export
from db.file import LedgerFile, make_file, open_file
from db.reads.entries import entries
from db.store.counts import add_count
from db.store.entries import reopen, settle
from db.store.evidence import attach, detach
from db.store.ledgers import begin_ledger, hand_over
from db.store.notes import add_note, edit_note
from db.store.own import add_own
from db.store.places import drop_draft, save_draft
from db.store.planting import plant
from db.store.publications import add_publications
from db.store.undo import redo, undo
from seeds.plant import days_off, readings, statute
from tests.db.export.conftest import AT, SHEET
from tests.db.store.samples import paper, publication
from tests.world import LEDGER, NOW, PLAN, TODAY, UNIT, later

LEDGER_FILE = "台账.db"
PRAGMAS: Final = {
    "work": db.connecting.WRITE_PRAGMAS,
    "planted": tuple(pragma.replace("EXTRA", "FULL") for pragma in db.connecting.WRITE_PRAGMAS),
}
"""Of the writing connections of each work."""


def work(folder: Path, said: Callable[[], object]) -> None:
    """A first run, an hour's work, files, backups, a restore and exports."""
    file = _begun(folder, said)
    chosen = [entry.id for entry in entries(file, LEDGER, TODAY)][:4]
    at = later(1)
    for verb in (
        lambda: settle(file, LEDGER, chosen[:2], done_on=TODAY, today=TODAY, what_was_done="已公开", at=at),
        lambda: add_note(file, LEDGER, chosen[0], text="已与办公室联系", at=at),
        lambda: add_count(file, LEDGER, chosen[1], day=TODAY, number=2, item=None, what="座谈会", today=TODAY, at=at),
        lambda: add_own(file, LEDGER, requirement="补报材料", due=date(2021, 12, 1), reason="电话通知", at=at),
        lambda: add_publications(file, LEDGER, [publication(chosen[2], "公告")], today=TODAY, at=at),
        lambda: undo(file, LEDGER, at),
        lambda: redo(file, LEDGER, at),
        lambda: save_draft(file, LEDGER, "note", chosen[3], "写到一半", at=at),
        lambda: edit_note(file, LEDGER, 1, text="办公室已答复", at=at),
        lambda: drop_draft(file, LEDGER, "note", chosen[3]),
        lambda: reopen(file, LEDGER, chosen[:1], at=at),
        lambda: _attach(file, chosen[0], "一.pdf", "二.pdf"),
        lambda: back_up(file, at, "自动"),
        lambda: _attach(file, chosen[1], "三.pdf"),
        lambda: back_up(file, later(2), "导入前"),
        lambda: detach(file, LEDGER, [1], at=at),
        lambda: whole_copy(file, folder / "另存.db", later(3)),
        lambda: whole_copy(file, folder / "另存.db", later(4)),
    ):
        verb()
        said()
    file.close()
    restore(folder / LEDGER_FILE, backups_of(folder / LEDGER_FILE, None, None)[-1], later(5))
    said()
    for suffix in (".xlsx", ".docx", ".csv", ".md", ".json"):
        export(SHEET, folder / f"导出{suffix}", AT)
        said()
    for suffix in (".xlsx", ".csv"):
        export(replace(SHEET, entries=SHEET.entries[1:]), folder / f"导出{suffix}", AT)
        said()


def planted(folder: Path, said: Callable[[], object]) -> None:
    """Two planted faults: SQLite's usual synchronous=FULL, and exports that sync nothing."""
    db.connecting.WRITE_PRAGMAS = PRAGMAS["planted"]  # type: ignore[assignment]
    file = _begun(folder, said)
    for officer in "乙丙丁戊己庚辛":
        hand_over(file, LEDGER, officer=officer, at=later(1))
        said()
    file.close()
    db.export.writing._sync = lambda *_: None
    for number in (1, 2, 3):
        export(replace(SHEET, entries=SHEET.entries[:number]), folder / "导出.md", AT)
        said()


def _begun(folder: Path, said: Callable[[], object]) -> LedgerFile:
    path = folder / LEDGER_FILE
    make_file(path)
    said()
    file = open_file(path, NOW, write=True)
    chosen = [draft for draft in readings() if draft.plan == PLAN]
    plant(file, chosen, days_off(), statute(), "digest", NOW)
    said()
    begin_ledger(file, plan=PLAN, year=2021, unit=UNIT, kind=None, officer="甲", at=NOW)
    said()
    return file


def _attach(file: LedgerFile, entry: int, *names: str) -> None:
    papers = [paper(name, 9_000) for name in names]
    attach(*(file, LEDGER, papers), entry=entry, publication=None, caption=None, day=None, today=TODAY, at=later(1))


if __name__ == "__main__":
    {"work": work, "planted": planted}[sys.argv[2]](Path(sys.argv[1]), lambda: os.write(1, b"said\n"))
