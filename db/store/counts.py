"""次数 and 事项: plain counts where nothing is published, and the items (每项决策) that a quota counts by."""

from datetime import date, datetime

from sqlmodel import col, select

from db.errors import InvalidInputError, UnknownNameError
from db.file import LedgerFile
from db.models.counting import Count, Item
from db.models.ledger import Entry
from db.rules.names import folded
from db.store.change import Change, change
from db.store.inputs import Counting, Naming, refuse_future, validated
from db.store.reaching import refuse_not_ours


def add_count(
    file: LedgerFile,
    ledger_id: int,
    entry_id: int,
    *,
    day: date,
    number: int,
    item: int | None,
    what: str | None,
    today: date,
    at: datetime,
) -> int:
    """记次数: so many times on a day, of one of the entry's items if named; the first makes the entry 推进中."""
    given = _counting(day, number, what, today)
    with change(file, ledger_id, "count", at) as open_change:
        entry = open_change.entry(entry_id)
        refuse_not_ours(open_change.session, entry, "记次数")
        _check_item(open_change, item, entry_id)
        row = open_change.add(
            Count(entry_id=entry_id, item_id=item, day=given.day, number=given.number, what=given.what)
        )
        open_change.begin_work(entry)
        if row.id is None:
            raise InvalidInputError("次数没有保存。")
        return row.id


def edit_count(
    file: LedgerFile,
    ledger_id: int,
    count_id: int,
    *,
    day: date,
    number: int,
    item: int | None,
    what: str | None,
    today: date,
    at: datetime,
) -> None:
    """Change a count; it stays with its entry."""
    given = _counting(day, number, what, today)
    with change(file, ledger_id, "edit_count", at) as open_change:
        row = _count(open_change, count_id)
        _check_item(open_change, item, row.entry_id)
        with open_change.edit(row):
            row.day, row.number, row.item_id, row.what = given.day, given.number, item, given.what


def remove_count(file: LedgerFile, ledger_id: int, count_id: int, *, at: datetime) -> None:
    """Take a count out; undo brings it back."""
    with change(file, ledger_id, "remove_count", at) as open_change:
        open_change.remove(_count(open_change, count_id))


def add_item(file: LedgerFile, ledger_id: int, entry_id: int, *, name: str, day: date | None, at: datetime) -> int:
    """Add an item that the entry's quota counts by; its name stands once in the entry. Returns its id."""
    given = validated(Naming, name=name, day=day)
    with change(file, ledger_id, "add_item", at) as open_change:
        entry = open_change.entry(entry_id)
        refuse_not_ours(open_change.session, entry, "增加事项")
        _refuse_double(open_change, entry_id, given.name, None)
        row = open_change.add(Item(entry_id=entry_id, name=given.name, day=given.day))
        if row.id is None:
            raise InvalidInputError("事项没有保存。")
        return row.id


def edit_item(file: LedgerFile, ledger_id: int, item_id: int, *, name: str, day: date | None, at: datetime) -> None:
    """Change the name or the day of an item; its counts stay."""
    given = validated(Naming, name=name, day=day)
    with change(file, ledger_id, "edit_item", at) as open_change:
        row = _item(open_change, item_id)
        _refuse_double(open_change, row.entry_id, given.name, item_id)
        with open_change.edit(row):
            row.name, row.day = given.name, given.day


def remove_item(file: LedgerFile, ledger_id: int, item_id: int, *, at: datetime) -> None:
    """Take an item out with its counts; undo brings all back."""
    with change(file, ledger_id, "remove_item", at) as open_change:
        item = _item(open_change, item_id)
        for row in open_change.session.exec(select(Count).where(col(Count.item_id) == item_id)).all():
            open_change.remove(row)
        open_change.remove(item)


def _counting(day: date, number: int, what: str | None, today: date) -> Counting:
    given = validated(Counting, day=day, number=number, what=what)
    refuse_future("日期", given.day, today)
    return given


def _check_item(open_change: Change, item: int | None, entry_id: int) -> None:
    if item is not None and _item(open_change, item).entry_id != entry_id:
        raise InvalidInputError("所选的事项不属于这一项任务，没有保存。", "请重新选择事项。")


def _refuse_double(open_change: Change, entry_id: int, name: str, itself: int | None) -> None:
    for row in open_change.session.exec(select(Item).where(col(Item.entry_id) == entry_id)).all():
        if row.id != itself and folded(row.name) == folded(name):
            raise InvalidInputError(f"这一项任务里已有事项“{row.name}”，没有保存。", "请换一个能区分的名称。")


def _count(open_change: Change, count_id: int) -> Count:
    row = open_change.session.exec(
        select(Count)
        .join(Entry, col(Entry.id) == col(Count.entry_id))
        .where(col(Count.id) == count_id, col(Entry.ledger_id) == open_change.ledger_id)
    ).first()
    if row is None:
        raise UnknownNameError("这次记录已不在台账里。", "请回到列表看最新内容。")
    return row


def _item(open_change: Change, item_id: int) -> Item:
    row = open_change.session.exec(
        select(Item)
        .join(Entry, col(Entry.id) == col(Item.entry_id))
        .where(col(Item.id) == item_id, col(Entry.ledger_id) == open_change.ledger_id)
    ).first()
    if row is None:
        raise UnknownNameError("这个事项已不在台账里。", "请回到列表看最新内容。")
    return row
