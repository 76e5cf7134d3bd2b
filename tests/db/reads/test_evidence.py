"""佐证 as it is asked for: the order, the figure of each entry, what a sheet carries of it."""

import json

import pytest

from db.errors import DamagedError, UnknownNameError
from db.reads.evidence import evidence, evidence_limit, folder, stored
from db.reads.history import history
from db.reads.sheet import sheet
from db.rules.rows_evidence import EvidenceRow
from db.store.entries import decide
from db.store.own import add_own
from tests.db.reads.counted import begun, entry_of
from tests.db.store.samples import attached, linked, paper, publications
from tests.world import NOW, TODAY, YESTERDAY, World, rows, tamper


def test_a_row_tells_all_that_stands_in_the_file(world: World) -> None:
    (entry,) = world.ours(1)
    (published,) = publications(world, entry, "甲")
    (number,) = attached(world, entry=entry)
    address = linked(world, publication=published)
    digest = rows(world.path, "content")[0]["sha256"]
    file_row, link_row = evidence(world.file, world.ledger)
    assert file_row == EvidenceRow(
        id=number,
        entry=entry,
        publication=None,
        of_entry=entry,
        name="截图.png",
        sha256=digest,
        size=20,
        address=None,
        caption=None,
        day=None,
        added_at=NOW.isoformat(),
        modified_at=paper().modified_at,
    )
    assert link_row == EvidenceRow(
        id=address,
        entry=None,
        publication=published,
        of_entry=entry,
        name="网页",
        sha256=None,
        size=None,
        address="https://example.invalid/1",
        caption="网页",
        day=YESTERDAY,
        added_at=NOW.isoformat(),
    )


def test_they_come_by_the_entrys_position_own_ones_then_the_units_each_as_attached(world: World) -> None:
    first, second, *_, last = [entry.id for entry in world.entries().values() if entry.applicability == "ours"]
    owns = [add_own(world.file, world.ledger, requirement="补报", due=None, reason="电话", at=NOW) for _ in range(11)]
    of_unit, of_first, of_own = (publications(world, owner, "甲")[0] for owner in (None, first, owns[1]))
    made = {
        "unit": linked(world, publication=of_unit),
        "tenth own": linked(world, entry=owns[9]),
        "second own, publication": linked(world, publication=of_own),
        "last": linked(world, entry=last),
        "second own": linked(world, entry=owns[1]),
        "first, publication": linked(world, publication=of_first),
        "second": linked(world, entry=second),
        "first": linked(world, entry=first),
        "unit again": linked(world, publication=of_unit, path="2"),
    }
    expected = [
        *("first, publication", "first", "second", "last"),
        *("second own, publication", "second own", "tenth own", "unit", "unit again"),
    ]
    assert [row.id for row in evidence(world.file, world.ledger)] == [made[name] for name in expected]


def test_an_entry_counts_its_own_and_that_of_its_publications(world: World) -> None:
    one, two = world.ours(2)
    first, second, of_unit = (publications(world, owner, "甲")[0] for owner in (one, one, None))
    attached(world, paper("一"), paper("二"), entry=one)
    for number in (first, second, of_unit):
        linked(world, publication=number)
    linked(world, entry=two)
    assert {row.id: row.evidence for row in world.entries().values() if row.evidence} == {one: 4, two: 1}


def test_the_evidence_of_another_ledger_is_not_told(world: World) -> None:
    other = begun(world, "jiangmen-2021")
    there = World(world.path, world.file, other)
    entry = entry_of(world, other, next(iter(world.entries())))
    linked(there, entry=entry)
    assert evidence(world.file, world.ledger) == ()
    assert not any(row.evidence for row in world.entries().values())
    assert [row.of_entry for row in evidence(world.file, other)] == [entry]
    assert {row.id: row.evidence for row in there.entries().values() if row.evidence} == {entry: 1}


def test_the_sheet_carries_evidence_of_every_entry_and_history_when_asked(world: World) -> None:
    possible = world.first("possible")
    linked(world, entry=possible)
    decide(world.file, world.ledger, [possible], applicability="not_ours", at=NOW)
    attached(world, entry=world.ours(1)[0])
    found = sheet(world.file, world.ledger, TODAY)
    assert found.evidence == evidence(world.file, world.ledger)
    assert {row.of_entry for row in found.evidence} == {possible, world.ours(1)[0]}
    assert found.history == ()
    assert sheet(world.file, world.ledger, TODAY, history=True).history == history(world.file, world.ledger)
    assert sheet(world.file, world.ledger, TODAY, publications=False).evidence == ()
    with pytest.raises(UnknownNameError):
        sheet(world.file, 999, TODAY, history=True)


def test_the_headings_are_the_notices_own_in_the_order_of_its_table(world: World) -> None:
    (notice,) = rows(world.path, "ledger", "id = ?", world.ledger)
    words = {"section": "工作任务", "requirement": "具体要求", "number": "序号", "assignment": "责任分工"}
    stored_words = json.dumps(words, ensure_ascii=False)
    tamper(world.path, "UPDATE notice SET headings = ? WHERE id = ?", stored_words, notice["notice_id"])
    for publications_too in (True, False):
        found = sheet(world.file, world.ledger, TODAY, publications=publications_too)
        assert list(found.headings.items()) == list(words.items())
    tamper(world.path, "UPDATE notice SET headings = NULL")
    assert sheet(world.file, world.ledger, TODAY).headings == {}


def test_headings_that_are_no_json_are_a_damaged_file(world: World) -> None:
    tamper(world.path, "UPDATE notice SET headings = '{]}'")
    with pytest.raises(DamagedError):
        sheet(world.file, world.ledger, TODAY)


def test_a_limit_that_is_no_number_is_a_damaged_file(world: World) -> None:
    tamper(world.path, "INSERT INTO setting VALUES ('evidence_limit_mb', '五十')")
    with pytest.raises(DamagedError):
        evidence_limit(world.file)


def test_an_empty_file_of_evidence_says_so(world: World) -> None:
    assert evidence(world.file, world.ledger) == ()
    assert (stored(world.file).files, stored(world.file).bytes) == (0, 0)
    assert folder(world.file, "evidence") is None
