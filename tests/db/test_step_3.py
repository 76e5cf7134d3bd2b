"""A file of schema step 2, with work and history, brought to step 3: nothing is lost, and evidence can be attached."""

from pathlib import Path

import pytest

from db.reads.evidence import contents, evidence
from db.reads.sheet import sheet
from db.steps import newest
from db.store.undo import redo, undo
from seeds.plant import plant
from tests.db.older import at_step, unchained
from tests.db.store.cases import CASES
from tests.db.store.samples import attached, paper, publications
from tests.db.test_file import copies_of, opened
from tests.world import NOW, TABLES, TODAY, WORK, World, dump, replayed, rows, standing, tamper

WORKED = (
    *("add_note", "settle", "add_own", "remove_own", "add_publications", "remove_publications", "add_count"),
    *(
        "settle_occurrence",
        "start_clock",
        "hand_in",
        "take_days",
        "correct_rule",
        "save_draft",
        "remember",
        "add_item",
        "edit_note",
    ),
)
NEW = ("content", "piece", "evidence")
LATER = ("intake_draft", "identity", "seal")
"""What steps after the third brought."""


@pytest.fixture
def older(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A file of step 2 with work of every room that step 2 knew."""
    # These two attach evidence in what they are made ready with; step 2 had none.
    for name in ("attached", "linked"):
        monkeypatch.setattr(f"tests.db.store.cases.{name}", lambda *values, **more: None)
    for name in WORKED:
        CASES[name](world)(world.file, world.ledger)
    undo(world.file, world.ledger, NOW)
    world.file.close()
    folder = tmp_path / "older"
    folder.mkdir()
    world.path = at_step(2, world.path, folder / "台账.db")
    return world


def test_a_file_of_step_2_is_brought_to_step_3_with_all_that_stands_in_it(older: World) -> None:
    names = [table for table in TABLES if table not in (*NEW, *LATER)] + ["sqlite_sequence"]
    before = dump(older.path, *names)
    assert [table for table in names if not before[table]] == [], "every table has something to lose"
    older.file = opened(older.path)
    (copy,) = copies_of(older.path)
    number = before["history"][-1]["seq"]
    assert copy.name == f"台账-20211122-093000-{number:06d}-0000000000000000-升级前.db"
    assert rows(copy, "pragma_user_version") == [{"user_version": 2}]
    assert dump(copy, *names) == before
    after = dump(older.path, *names)
    assert after["notice"] == [row | {"headings": None} for row in before["notice"]]
    for name in names:
        if name != "notice":
            assert unchained(after[name]) == before[name], name
    assert dump(older.path, *NEW) == {name: [] for name in NEW}
    assert rows(older.path, "pragma_user_version") == [{"user_version": newest()}]
    assert rows(older.path, "pragma_foreign_key_check") == []
    assert rows(older.path, "pragma_integrity_check") == [{"integrity_check": "ok"}]


def test_evidence_is_attached_to_what_is_older_and_undone_with_it(older: World) -> None:
    older.file = opened(older.path)
    before = dump(older.path, *WORK)
    (entry,) = older.ours(1)
    (published,) = publications(older, entry, "甲")
    attached(older, paper(size=1_500_000), publication=published)
    (row,) = evidence(older.file, older.ledger)
    assert b"".join(contents(older.file)(row.sha256 or "")) == paper(size=1_500_000).payload
    undo(older.file, older.ledger, NOW)
    undo(older.file, older.ledger, NOW)
    assert dump(older.path, *WORK) == before
    turns = 0
    while undo(older.file, older.ledger, NOW) is not None:
        turns += 1
    assert turns > 6
    while redo(older.file, older.ledger, NOW) is not None:
        pass
    assert [row.of_entry for row in evidence(older.file, older.ledger)] == [entry]
    assert replayed(older.path) == standing(older.path)


def test_the_older_notices_get_their_headings_when_the_readings_are_planted(older: World) -> None:
    older.file = opened(older.path)
    # The readings have no per-item quota where the case has put its item.
    tamper(older.path, "DELETE FROM item")
    before = dump(older.path, *WORK)
    assert sheet(older.file, older.ledger, TODAY).headings == {}
    tamper(older.path, "UPDATE setting SET value = 'of step 2' WHERE key = 'readings_digest'")
    plant(older.file, NOW)
    assert sheet(older.file, older.ledger, TODAY).headings["requirement"]
    assert dump(older.path, *WORK) == before
