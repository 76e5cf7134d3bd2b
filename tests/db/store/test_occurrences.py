"""期次: one period of a recurring deadline settled and taken up again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from db.errors import InvalidInputError, TaizhangError, UnknownNameError
from db.store.entries import decide
from db.store.occurrences import reopen_occurrence, settle_occurrence
from db.store.own import add_own
from tests.db.store.samples import MONTHLY, other_entry
from tests.world import NOW, TODAY, YESTERDAY, World, later, rows

OCTOBER = date(2021, 10, 1)
NOVEMBER = date(2021, 11, 1)


def settled(
    world: World,
    entry: int,
    start: date = OCTOBER,
    day: date = YESTERDAY,
    words: str | None = None,
    today: date = TODAY,
) -> None:
    settle_occurrence(
        world.file, world.ledger, entry, start=start, done_on=day, what_was_done=words, today=today, at=later(1)
    )


def refused(world: World, kind: type[TaizhangError], call: Callable[[], object]) -> TaizhangError:
    before = world.dump()
    with pytest.raises(kind) as caught:
        call()
    assert world.dump() == before
    assert caught.value.hint
    return caught.value


def test_a_period_is_settled_by_its_first_day_and_the_entry_stays_as_it_is(world: World) -> None:
    entry = world.entry(MONTHLY)
    before = world.stored(entry)
    settled(world, entry, OCTOBER, date(2021, 10, 28), " 已发两条 ")
    settled(world, entry, NOVEMBER, TODAY)
    found = [
        (row["entry_id"], row["start"], row["done_on"], row["what_was_done"]) for row in rows(world.path, "occurrence")
    ]
    assert found == [(entry, "2021-10-01", "2021-10-28", "已发两条"), (entry, "2021-11-01", TODAY.isoformat(), None)]
    assert world.stored(entry) == before


def test_settling_again_takes_the_new_day_and_words(world: World) -> None:
    entry = world.entry(MONTHLY)
    settled(world, entry, OCTOBER, TODAY, "初稿")
    settled(world, entry, OCTOBER, YESTERDAY, "定稿")
    (row,) = rows(world.path, "occurrence")
    assert (row["done_on"], row["what_was_done"]) == (YESTERDAY.isoformat(), "定稿")


def test_a_period_that_begins_today_can_be_settled_and_one_that_begins_tomorrow_cannot(world: World) -> None:
    entry = world.entry(MONTHLY)
    first = date(2021, 12, 1)
    message = refused(
        world, InvalidInputError, lambda: settled(world, entry, first, today=first - timedelta(days=1))
    ).message
    assert "还没有开始" in message
    settled(world, entry, first, first, today=first)
    assert len(rows(world.path, "occurrence")) == 1


@pytest.mark.parametrize("start", [date(2021, 10, 2), date(2020, 10, 1), date(2022, 1, 1), date(1999, 1, 1)])
def test_a_day_that_begins_no_period_of_the_ledgers_year_is_refused(start: date, world: World) -> None:
    refused(world, InvalidInputError, lambda: settled(world, world.entry(MONTHLY), start))


def test_nothing_is_settled_in_the_future_or_in_too_many_words(world: World) -> None:
    entry = world.entry(MONTHLY)
    message = refused(world, InvalidInputError, lambda: settled(world, entry, day=TODAY + timedelta(days=1))).message
    assert "晚于今天" in message
    refused(world, InvalidInputError, lambda: settled(world, entry, words="字" * 2001))


def test_a_period_is_done_from_its_first_day_on_and_on_no_day_before(world: World) -> None:
    entry = world.entry(MONTHLY)
    early = refused(world, InvalidInputError, lambda: settled(world, entry, OCTOBER, date(2021, 9, 30)))
    assert early.message == "办结日期 2021-09-30 早于本期的第一天（2021-10-01），没有保存。"
    assert "上一期" in early.hint
    settled(world, entry, OCTOBER, OCTOBER)
    refused(world, InvalidInputError, lambda: settled(world, entry, OCTOBER, date(2021, 9, 30)))
    assert [row["done_on"] for row in rows(world.path, "occurrence")] == ["2021-10-01"]
    settled(world, entry, OCTOBER, TODAY)  # and after its last day as well: it is late, but done
    assert [row["done_on"] for row in rows(world.path, "occurrence")] == [TODAY.isoformat()]


@pytest.mark.parametrize("own", [False, True])
def test_only_what_recurs_has_periods(own: bool, world: World) -> None:
    entry = next(
        row.id
        for row in world.entries().values()
        if row.applicability == "ours" and row.deadline.recurrence is None and row.deadline.due is not None
    )
    if own:
        entry = add_own(world.file, world.ledger, requirement="补报", due=TODAY, reason="电话", at=NOW)
    assert "没有按期重复" in refused(world, InvalidInputError, lambda: settled(world, entry)).message


def test_what_is_not_ours_and_what_is_not_here_is_refused(world: World) -> None:
    entry = world.entry(MONTHLY)
    decide(world.file, world.ledger, [entry], applicability="not_ours", at=NOW)
    assert "非本单位" in refused(world, InvalidInputError, lambda: settled(world, entry)).message
    theirs = other_entry(world)
    refused(world, UnknownNameError, lambda: settled(world, theirs))
    refused(
        world,
        UnknownNameError,
        lambda: reopen_occurrence(world.file, world.ledger, theirs, start=OCTOBER, at=NOW),
    )


def test_a_period_is_taken_up_again_and_only_one_that_was_settled(world: World) -> None:
    entry = world.entry(MONTHLY)
    settled(world, entry, OCTOBER)
    settled(world, entry, NOVEMBER)
    reopen_occurrence(world.file, world.ledger, entry, start=OCTOBER, at=later(2))
    assert [row["start"] for row in rows(world.path, "occurrence")] == ["2021-11-01"]
    message = refused(
        world,
        InvalidInputError,
        lambda: reopen_occurrence(world.file, world.ledger, entry, start=OCTOBER, at=later(3)),
    ).message
    assert "无需恢复" in message
