"""公开记录: what was published, of an entry or of the unit as a whole."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col, select

from db.errors import InvalidInputError, UnknownNameError
from db.file import LedgerFile
from db.models.counting import Publication
from db.models.evidence import Evidence
from db.models.ledger import Entry
from db.rules.publications import NewPublication
from db.store.change import Change, change
from db.store.inputs import Publishing, refuse_future, validated
from db.store.reaching import refuse_not_ours


def add_publications(
    file: LedgerFile, ledger_id: int, new: Sequence[NewPublication], *, today: date, at: datetime
) -> tuple[int, ...]:
    """记公开: one or several in one step; the first of an entry makes it 推进中. Returns their ids."""
    given = _checked(new, today)
    with change(file, ledger_id, "publish", at) as open_change:
        entries = _entries(open_change, [one.entry for one in given])
        ids = []
        for one in given:
            row = open_change.add(
                Publication(
                    ledger_id=ledger_id,
                    entry_id=one.entry,
                    day=one.day,
                    title=one.title,
                    channel=one.channel,
                    address=one.address,
                    form=one.form,
                )
            )
            if row.id is None:
                raise InvalidInputError("公开记录没有保存。")
            ids.append(row.id)
        for entry in entries:
            open_change.begin_work(entry)
        return tuple(ids)


def edit_publication(
    file: LedgerFile, ledger_id: int, publication_id: int, new: NewPublication, *, today: date, at: datetime
) -> None:
    """Change a publication, also the entry that it belongs to."""
    (given,) = _checked([new], today)
    with change(file, ledger_id, "edit_publication", at) as open_change:
        (row,) = _publications(open_change, [publication_id])
        entries = [] if given.entry == row.entry_id else _entries(open_change, [given.entry])
        with open_change.edit(row):
            row.entry_id, row.day, row.title = given.entry, given.day, given.title
            row.channel, row.address, row.form = given.channel, given.address, given.form
        for entry in entries:
            open_change.begin_work(entry)


def remove_publications(file: LedgerFile, ledger_id: int, ids: Sequence[int], *, at: datetime) -> None:
    """Take publications out in one step, with what is attached to them; undo brings all back."""
    with change(file, ledger_id, "remove_publication", at) as open_change:
        for row in _publications(open_change, ids):
            attached = select(Evidence).where(col(Evidence.publication_id) == row.id).order_by(col(Evidence.id))
            for evidence in open_change.session.exec(attached).all():
                open_change.remove(evidence, entry_id=row.entry_id)
            open_change.remove(row)


def _checked(new: Sequence[NewPublication], today: date) -> list[Publishing]:
    if not new:
        raise InvalidInputError("没有要保存的公开记录。", "请至少填写一条。")
    given = []
    for number, one in enumerate(new, 1):
        try:
            checked = validated(
                Publishing,
                entry=one.entry,
                day=one.day,
                title=one.title,
                channel=one.channel,
                address=one.address,
                form=one.form,
            )
            refuse_future("公开日期", checked.day, today)
        except InvalidInputError as error:
            if len(new) == 1:
                raise
            raise InvalidInputError(f"第 {number} 条：{error.message}", error.hint) from error
        given.append(checked)
    return given


def _entries(open_change: Change, ids: Sequence[int | None]) -> Sequence[Entry]:
    named = [number for number in ids if number is not None]
    entries = open_change.entries(named) if named else []
    for entry in entries:
        refuse_not_ours(open_change.session, entry, "记公开")
    return entries


def _publications(open_change: Change, ids: Sequence[int]) -> list[Publication]:
    if not ids:
        raise InvalidInputError("没有选中任何公开记录。", "先选中要办理的公开记录。")
    found = open_change.session.exec(
        select(Publication).where(
            col(Publication.ledger_id) == open_change.ledger_id, col(Publication.id).in_(list(ids))
        )
    ).all()
    by_id = {row.id: row for row in found}
    if any(number not in by_id for number in ids):
        raise UnknownNameError("有公开记录已不在这本台账里。", "请回到列表看最新内容。")
    return [by_id[number] for number in dict.fromkeys(ids)]
