"""A file of schema step 3, with work and evidence, brought to step 4: nothing is lost, and a notice can come in."""

from pathlib import Path

import pytest

from db.reads.intake import intake_drafts
from db.steps import newest
from db.store.intake import keep_intake
from tests.db.older import at_step, unchained
from tests.db.store.cases import CASES
from tests.db.store.samples import attached
from tests.db.test_file import copies_of, opened
from tests.world import NOW, TABLES, World, dump, rows

NEW = ("intake_draft", "identity", "seal")
WORKED = ("add_note", "settle", "add_own", "add_publications", "take_days", "save_draft", "start_clock", "hand_in")


@pytest.fixture
def older(world: World, tmp_path: Path) -> World:
    """A file of step 3 with work, evidence and history."""
    for name in WORKED:
        CASES[name](world)(world.file, world.ledger)
    attached(world, entry=world.ours(1)[0])
    world.file.close()
    folder = tmp_path / "older"
    folder.mkdir()
    world.path = at_step(3, world.path, folder / "台账.db")
    return world


def test_a_file_of_step_3_is_brought_to_step_4_with_all_that_stands_in_it(older: World) -> None:
    names = [table for table in TABLES if table not in NEW] + ["sqlite_sequence"]
    before = dump(older.path, *names)
    older.file = opened(older.path)
    (copy,) = copies_of(older.path)
    number = before["history"][-1]["seq"]
    assert copy.name == f"台账-20211122-093000-{number:06d}-0000000000000000-升级前.db"
    assert rows(copy, "pragma_user_version") == [{"user_version": 3}]
    assert before["piece"]
    assert dump(copy, *names) == before | {"piece": []}
    assert {name: unchained(lines) for name, lines in dump(older.path, *names).items()} == before
    assert rows(older.path, "intake_draft") == []
    assert rows(older.path, "pragma_user_version") == [{"user_version": newest()}]


def test_a_draft_can_be_kept_in_a_file_that_was_brought_up(older: World) -> None:
    older.file = opened(older.path)
    keep_intake(older.file, sha256="0" * 64, name="通知.docx", source="{}", edits="[]", at=NOW)
    assert [row.name for row in intake_drafts(older.file)] == ["通知.docx"]


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"sha256": "0" * 63},
        {"sha256": "G" * 64},
        {"source": "[]"},
        {"edits": "{}"},
    ],
)
def test_what_is_no_draft_does_not_get_into_the_table(values: dict[str, str], world: World) -> None:
    given = {"name": "通知.docx", "sha256": "0" * 64, "source": "{}", "edits": "[]", **values}
    with pytest.raises(Exception, match=r"CHECK|台账|文件名里没有"):
        keep_intake(world.file, at=NOW, **given)
    assert rows(world.path, "intake_draft") == []
