"""Each ledger keeps its own place, and the one last opened is known, whatever it lists."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from db.reads.ledgers import last_opened
from db.rules.rows import LedgerRow, Place
from tests.tui.desks import NOW, settled
from tests.tui.office import Office, office
from tui.desk import Desk

DATES_WAIT = "2 项的时限从另一年度换算而来，待核对：按 7 核对。"
"""What the plan of 2021 in 2026 says at each start until the clerk has confirmed its dates."""


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a second each time it is read."""
    moments = iter(range(10_000))
    return lambda: NOW + timedelta(seconds=next(moments))


@pytest.fixture
def both(desk: Desk) -> tuple[LedgerRow, LedgerRow]:
    """Two ledgers, the first one open."""
    desk._now = ticking()
    first = desk.ledger
    second = desk.begin("jiangmen-2021", 2026, "全局", None, None)
    assert first is not None
    desk.open(first.id)
    return first, second


async def switch(clerk: Office, ledger: LedgerRow) -> None:
    """What the choice screen does when the clerk takes a ledger."""
    clerk.checklist.desk.open(ledger.id)
    clerk.checklist._chosen_ledger(ledger)
    await settled(clerk.pilot)


async def test_the_place_of_one_ledger_never_becomes_that_of_another(
    desk: Desk, both: tuple[LedgerRow, LedgerRow]
) -> None:
    first, second = both
    there = desk.entries()[4].id
    desk.open(second.id)
    desk.remember(Place("overdue", "xyzzy", None, None))
    desk.open(first.id)
    desk.remember(Place("possible", "公开", desk.entries()[3].id, there))
    async with office(desk) as clerk:
        await switch(clerk, second)
        clerk.checklist.save_draft_now()
        assert desk.place() == Place("overdue", "xyzzy", None, None)
        assert "查找   xyzzy" in clerk.text()
        await switch(clerk, first)
        assert "查找   公开" in clerk.text()
    assert desk.place().walk_entry == there


async def test_a_place_that_still_waits_is_dropped_when_another_ledger_is_open(
    desk: Desk, both: tuple[LedgerRow, LedgerRow]
) -> None:
    _, second = both
    async with office(desk) as clerk:
        await clerk.press("right", "down")
        desk.open(second.id)
        clerk.checklist.save_draft_now()
        assert desk.place() == Place("all", "", None, None)


async def test_a_ledger_left_at_a_filter_with_nothing_in_it_is_known_as_the_last_opened(
    desk: Desk, both: tuple[LedgerRow, LedgerRow]
) -> None:
    first, second = both
    desk.open(second.id)
    desk.remember(Place("not_ours", "", None, None))
    desk.open(first.id)
    desk.remember(Place("all", "", None, None))
    async with office(desk) as clerk:
        clerk.checklist.save_draft_now()
        await switch(clerk, second)
        assert clerk.numbers == []
        clerk.checklist.save_draft_now()
    assert last_opened(desk._file) == second


async def test_a_draft_left_behind_is_named_at_the_start(desk: Desk) -> None:
    third = next(entry for entry in desk.entries() if entry.number == "3")
    desk.save_draft("note", third.id, "写到一半")
    async with office(desk) as clerk:
        assert clerk.said == "第 3 项有没写完的记事（草稿还在），在该项上按 F3 接着写。" + DATES_WAIT


async def test_nothing_is_said_of_drafts_where_none_is_left(desk: Desk) -> None:
    fourth = next(entry for entry in desk.entries() if entry.number == "4")
    desk.save_draft("note", fourth.id, " ")
    async with office(desk) as clerk:
        assert clerk.said == DATES_WAIT
