"""次数 and 事项: what is stored, and what is refused with nothing changed."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from db.errors import InvalidInputError, TaizhangError, UnknownNameError
from db.store.counts import add_count, add_item, edit_count, edit_item, remove_count, remove_item
from db.store.entries import reopen, settle
from db.store.undo import undo
from tests.db.store.samples import count, item, other_entry
from tests.world import NOW, TODAY, YESTERDAY, World, later, rows


def refused(world: World, kind: type[TaizhangError], call: Callable[[], object]) -> TaizhangError:
    before = world.dump()
    with pytest.raises(kind) as caught:
        call()
    assert world.dump() == before
    assert caught.value.hint
    return caught.value


def test_a_count_is_stored_and_makes_its_entry_in_progress(world: World) -> None:
    (entry,) = world.ours(1)
    number = add_count(
        world.file, world.ledger, entry, day=TODAY, number=3, item=None, what=" 座谈会 ", today=TODAY, at=later(1)
    )
    assert rows(world.path, "count") == [
        {"id": number, "entry_id": entry, "item_id": None, "day": TODAY.isoformat(), "number": 3, "what": "座谈会"}
    ]
    assert world.stored(entry)["status"] == "in_progress"
    undo(world.file, world.ledger, later(2))
    assert world.stored(entry)["status"] == "not_started"


def test_an_entry_that_is_reopened_with_a_count_is_in_progress(world: World) -> None:
    (entry,) = world.ours(1)
    count(world, entry)
    settle(world.file, world.ledger, [entry], done_on=TODAY, today=TODAY, what_was_done=None, at=NOW)
    reopen(world.file, world.ledger, [entry], at=later(1))
    assert world.stored(entry)["status"] == "in_progress"


def test_a_count_is_changed_and_comes_to_be_of_an_item(world: World) -> None:
    (entry,) = world.ours(1)
    number, of = count(world, entry), item(world, entry)
    edit_count(world.file, world.ledger, number, day=TODAY, number=9, item=of, what=None, today=TODAY, at=later(1))
    assert rows(world.path, "count") == [
        {"id": number, "entry_id": entry, "item_id": of, "day": TODAY.isoformat(), "number": 9, "what": None}
    ]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"number": 0}, "次数"),
        ({"number": -1}, "次数"),
        ({"number": 100_000}, "次数"),
        ({"number": True}, "次数"),
        ({"day": TODAY + timedelta(days=1)}, "晚于今天"),
        ({"day": date(1999, 1, 1)}, "1999"),
        ({"what": "字" * 501}, "501"),
    ],
)
def test_a_wrong_count_is_refused(values: dict[str, Any], why: str, world: World) -> None:
    (entry,) = world.ours(1)
    number = count(world, entry)
    good = {"day": YESTERDAY, "number": 1, "item": None, "what": None, "today": TODAY, "at": later(1)}
    for verb, of in ((add_count, entry), (edit_count, number)):
        call = partial(verb, world.file, world.ledger, of, **(good | values))
        assert why in refused(world, InvalidInputError, call).message


def test_a_count_is_only_of_an_item_of_its_own_entry(world: World) -> None:
    one, two = world.ours(2)
    theirs = item(world, two)
    mine = count(world, one)
    good = {"day": YESTERDAY, "number": 1, "what": None, "today": TODAY, "at": later(1)}
    for verb, of in ((add_count, one), (edit_count, mine)):
        refused(world, InvalidInputError, partial(verb, world.file, world.ledger, of, item=theirs, **good))
        refused(world, UnknownNameError, partial(verb, world.file, world.ledger, of, item=10**6, **good))


def test_what_is_not_ours_is_neither_counted_nor_divided(world: World) -> None:
    entry = world.first("not_ours")
    assert "非本单位" in refused(world, InvalidInputError, lambda: count(world, entry)).message
    assert "非本单位" in refused(world, InvalidInputError, lambda: item(world, entry)).message


def test_what_is_not_of_this_ledger_is_not_found(world: World) -> None:
    theirs = other_entry(world)
    other = world.stored(theirs)["ledger_id"]
    numbered = add_item(world.file, other, theirs, name="别科的", day=None, at=NOW)
    counted = add_count(world.file, other, theirs, day=TODAY, number=1, item=None, what=None, today=TODAY, at=NOW)
    file, ledger = world.file, world.ledger
    good: dict[str, Any] = {"day": TODAY, "number": 1, "item": None, "what": None, "today": TODAY, "at": NOW}
    for number in (counted, 0):
        refused(world, UnknownNameError, partial(edit_count, file, ledger, number, **good))
        refused(world, UnknownNameError, partial(remove_count, file, ledger, number, at=NOW))
    for number in (numbered, 0):
        refused(world, UnknownNameError, partial(edit_item, file, ledger, number, name="改", day=None, at=NOW))
        refused(world, UnknownNameError, partial(remove_item, file, ledger, number, at=NOW))
    refused(world, UnknownNameError, partial(add_count, file, ledger, theirs, **good))
    refused(world, UnknownNameError, partial(add_item, file, ledger, theirs, name="改", day=None, at=NOW))


def test_an_item_has_a_name_and_may_have_a_day_also_one_to_come(world: World) -> None:
    (entry,) = world.ours(1)
    add_item(world.file, world.ledger, entry, name=" 某项\n决策 ", day=date(2021, 12, 30), at=NOW)
    (row,) = rows(world.path, "item")
    assert (row["entry_id"], row["name"], row["day"]) == (entry, "某项 决策", "2021-12-30")
    assert world.stored(entry)["status"] == "not_started"


@pytest.mark.parametrize("name", ["", " \n", "\u200b", "字" * 201])
def test_an_item_without_a_name_or_with_too_long_a_one_is_refused(name: str, world: World) -> None:
    (entry,) = world.ours(1)
    number = item(world, entry)
    refused(world, InvalidInputError, lambda: item(world, entry, name))
    refused(world, InvalidInputError, lambda: edit_item(world.file, world.ledger, number, name=name, day=None, at=NOW))


def test_the_name_of_an_item_stands_once_in_its_entry_whatever_its_width_and_case(world: World) -> None:
    one, two = world.ours(2)
    item(world, one, "决策（A）")
    second = item(world, one, "另一项")
    for name in ("决策（A）", "决策(a)", " 决策（Ａ） "):
        assert "决策（A）" in refused(world, InvalidInputError, lambda name=name: item(world, one, name)).message  # type: ignore[misc]
        refused(
            world,
            InvalidInputError,
            partial(edit_item, world.file, world.ledger, second, name=name, day=None, at=NOW),
        )
    item(world, two, "决策（A）")
    edit_item(world.file, world.ledger, second, name="另一项", day=TODAY, at=later(1))
    assert rows(world.path, "item", "id = ?", second)[0]["day"] == TODAY.isoformat()


def test_removing_an_item_takes_its_counts_and_no_others_and_undo_brings_them_back(world: World) -> None:
    (entry,) = world.ours(1)
    one, two = item(world, entry, "甲"), item(world, entry, "乙")
    for of in (one, two, None, one):
        count(world, entry, item=of)
    before = world.dump("item", "count")
    remove_item(world.file, world.ledger, one, at=later(1))
    assert [row["item_id"] for row in rows(world.path, "count")] == [two, None]
    assert [row["name"] for row in rows(world.path, "item")] == ["乙"]
    undo(world.file, world.ledger, later(2))
    assert world.dump("item", "count") == before
