"""Places and drafts: kept, replaced and dropped, outside the history."""

import pytest

from db.errors import InvalidInputError
from db.reads.ledgers import last_opened
from db.reads.office import draft, drafts, place
from db.rules.rows import Draft, Place
from db.store.ledgers import begin_ledger
from db.store.places import drop_draft, remember, save_draft
from tests.world import NOW, World, later, rows


def test_a_place_is_kept_and_replaced(world: World) -> None:
    assert place(world.file, world.ledger) == Place("all", "", None, None)
    for kept in (Place("open", "公开 解读", 3, 5), Place("all", "", None, None)):
        remember(world.file, world.ledger, kept, at=NOW)
        assert place(world.file, world.ledger) == kept
    world.reopen()
    assert place(world.file, world.ledger) == Place("all", "", None, None)
    assert len(rows(world.path, "place")) == 1


def test_the_ledger_remembered_last_is_the_one_last_opened(world: World) -> None:
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    remember(world.file, other, Place("all", "", None, None), at=NOW)
    found = last_opened(world.file)
    assert found is not None
    assert found.id == other
    # Within the same second: the order still tells which came later.
    remember(world.file, world.ledger, Place("all", "", None, None), at=NOW.replace(microsecond=1))
    found = last_opened(world.file)
    assert found is not None
    assert found.id == world.ledger


def test_a_draft_is_kept_as_it_was_typed(world: World) -> None:
    text = "  写到一半\u200b，\r\n没有写完 \x07"
    save_draft(world.file, world.ledger, "note", 3, text, at=NOW)
    assert draft(world.file, world.ledger, "note", 3) == Draft("note", 3, text, "2021-11-22T09:30:00+08:00")
    world.reopen()
    assert draft(world.file, world.ledger, "note", 3) == Draft("note", 3, text, "2021-11-22T09:30:00+08:00")


def test_a_draft_takes_the_place_of_the_former_one_only(world: World) -> None:
    save_draft(world.file, world.ledger, "note", 3, "一", at=later(1))
    save_draft(world.file, world.ledger, "note", 4, "另一项", at=later(2))
    save_draft(world.file, world.ledger, "note:7", 3, "另一条", at=later(3))
    save_draft(world.file, world.ledger, "own", None, "台账的", at=later(4))
    save_draft(world.file, world.ledger, "note", 3, "二", at=later(5))
    assert [(each.field, each.entry, each.text) for each in drafts(world.file, world.ledger)] == [
        ("note", 4, "另一项"),
        ("note:7", 3, "另一条"),
        ("own", None, "台账的"),
        ("note", 3, "二"),
    ]
    assert draft(world.file, world.ledger, "own", None) is not None
    drop_draft(world.file, world.ledger, "note", 3)
    drop_draft(world.file, world.ledger, "own", None)
    assert [each.text for each in drafts(world.file, world.ledger)] == ["另一项", "另一条"]
    assert draft(world.file, world.ledger, "own", None) is None


def test_an_empty_draft_is_a_draft_and_dropping_none_is_harmless(world: World) -> None:
    save_draft(world.file, world.ledger, "note", 3, "", at=NOW)
    found = draft(world.file, world.ledger, "note", 3)
    assert found is not None
    assert found.text == ""
    before = world.dump()
    drop_draft(world.file, world.ledger, "note", 99)
    assert world.dump() == before


def test_a_draft_belongs_to_its_ledger(world: World) -> None:
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    save_draft(world.file, other, "own", None, "别科的", at=NOW)
    assert drafts(world.file, world.ledger) == ()


@pytest.mark.parametrize("text", ["a\ud800", "\udcff"])
def test_a_draft_that_cannot_be_stored_is_told(text: str, world: World) -> None:
    before = world.dump()
    with pytest.raises(InvalidInputError, match="无法保存的字符"):
        save_draft(world.file, world.ledger, "note", 3, text, at=NOW)
    assert world.dump() == before
