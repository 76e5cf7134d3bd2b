"""One change of a ledger: its transaction, and the History row of every row it touches, in that transaction."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Table, func, inspect
from sqlmodel import Session, SQLModel, col, select

from db.chain import COLUMNS, link
from db.engine import transaction
from db.errors import InvalidInputError, NotSavedError, UnknownNameError
from db.file import LedgerFile
from db.models.ledger import Entry, Ledger
from db.models.office import History

_NEWEST: Final = "SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1"

Row = TypeVar("Row", bound=SQLModel)


@dataclass
class Change:
    """An open change: the session and what its History rows have in common.

    ledger_id is None for what belongs to the file, a ledger's making too: no undo reaches that.
    """

    file: LedgerFile
    session: Session
    ledger_id: int | None
    officer: str | None
    at: str
    step: str
    group_id: int
    verb: str

    @contextmanager
    def edit(self, row: SQLModel, *, entry_id: int | None = None) -> Iterator[None]:
        """Change a row: its image before and after goes into the History, nothing if they are equal.

        entry_id, here and below: the entry it is about, where the row itself does not say it.
        """
        before = image(row)
        yield
        self.session.add(row)
        self.session.flush()
        after = image(row)
        if after != before:
            self.record(subject(row), before, after, entry_id=entry_id)

    def add(self, row: Row, *, entry_id: int | None = None) -> Row:
        """Put a new row in; it has its id when this returns."""
        self.session.add(row)
        self.session.flush()
        self.record(subject(row), None, image(row), entry_id=entry_id)
        return row

    def remove(self, row: SQLModel, *, entry_id: int | None = None) -> None:
        """Take a row out; its last image stays in the History."""
        before, name = image(row), subject(row)
        self.session.delete(row)
        self.session.flush()
        self.record(name, before, None, entry_id=entry_id)

    def begin_work(self, entry: Entry) -> None:
        """The first note, publication, count or evidence of an entry makes it 推进中."""
        if entry.status == "not_started":
            with self.edit(entry):
                entry.status = "in_progress"

    def record(
        self,
        name: str,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        *,
        undoes: int | None = None,
        entry_id: int | None = None,
    ) -> None:
        """Write one History row behind the newest."""
        newest = self.session.connection().exec_driver_sql(_NEWEST).first()
        seq, previous = newest if newest is not None else (0, self._identity())
        row = History(
            seq=seq + 1,
            group_id=self.group_id,
            ledger_id=self.ledger_id,
            at=self.at,
            officer=self.officer,
            step=self.step,
            verb=self.verb,
            subject=name,
            before=_json(before),
            after=_json(after),
            undoes=undoes,
            entry_id=entry_id if entry_id is not None else _entry_of(name, before, after),
        )
        row.hash = link(previous, [getattr(row, column) for column in COLUMNS])
        self.session.add(row)
        self.session.flush()

    def _identity(self) -> str:
        found = self.session.connection().exec_driver_sql("SELECT id FROM identity").scalar_one()
        return str(found)

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """The ledger's entries of these ids, in that order. Raises when one is not of this ledger or none is named."""
        if not ids:
            raise InvalidInputError("没有选中任何事项。", "先选中要办理的事项。")
        found = self.session.exec(
            select(Entry).where(col(Entry.ledger_id) == self.ledger_id, col(Entry.id).in_(list(ids)))
        ).all()
        by_id = {entry.id: entry for entry in found}
        missing = [number for number in ids if number not in by_id]
        if missing:
            raise UnknownNameError("有事项已不在这本台账里。", "请回到列表，重新选择后再试。")
        return [by_id[number] for number in dict.fromkeys(ids)]

    def entry(self, number: int) -> Entry:
        """One entry of the ledger."""
        return self.entries([number])[0]


_open_change: ContextVar[Change | None] = ContextVar("open_change", default=None)


@contextmanager
def change(file: LedgerFile, ledger_id: int | None, verb: str, at: datetime) -> Iterator[Change]:
    """Begin a change, or join the open group of the same ledger. Everything or nothing."""
    outer = _open_change.get()
    if outer is not None:
        if outer.file is not file or outer.ledger_id != ledger_id:
            raise RuntimeError("a group holds verbs of one ledger only")
        former, outer.verb = outer.verb, verb
        try:
            # A verb that is refused leaves nothing, also where the group goes on without it.
            with outer.session.begin_nested():
                yield outer
        finally:
            outer.verb = former
        return
    with transaction(file) as session:
        _refuse_stale(file)
        yield _begin(file, session, ledger_id, verb, at)


@contextmanager
def group(file: LedgerFile, ledger_id: int, name: str, at: datetime) -> Iterator[None]:
    """Make the verbs inside one transaction and one undo step called `name`."""
    with transaction(file) as session:
        _refuse_stale(file)
        token = _open_change.set(_begin(file, session, ledger_id, name, at))
        try:
            yield
        finally:
            _open_change.reset(token)


def _refuse_stale(file: LedgerFile) -> None:
    """What another program has written meanwhile must be seen before anything is built on it: refused once."""
    if file.was_changed_outside():
        file.take_as_known()
        raise NotSavedError(
            f"没有保存：{file.path} 刚被别的程序改动过，屏幕上的内容可能已经过时。",
            "请回到清单核对后再保存一次；不要用别的工具改动台账文件，也不要放在同步文件夹里。",
        )


def beside(open_change: Change, ledger_id: int, verb: str) -> Change:
    """What a change of the file does to one ledger: in its transaction, as an undo step of that ledger."""
    at = datetime.fromisoformat(open_change.at)
    return _begin(open_change.file, open_change.session, ledger_id, verb, at)


def _begin(file: LedgerFile, session: Session, ledger_id: int | None, verb: str, at: datetime) -> Change:
    officer = None
    if ledger_id is not None:
        ledger = session.get(Ledger, ledger_id)
        if ledger is None:
            raise UnknownNameError("这本台账已不在文件里。", "请回到选择界面重新打开。")
        officer = ledger.officer
    newest = session.exec(select(func.max(History.group_id))).one()
    moment = at.isoformat(timespec="seconds")
    return Change(file, session, ledger_id, officer, moment, verb, (newest or 0) + 1, verb)


def image(row: SQLModel) -> dict[str, Any]:
    """A row as the values that stand in the file, by column."""
    table: Table = inspect(type(row)).local_table
    return {column.name: _plain(getattr(row, column.key)) for column in table.columns}


def subject(row: SQLModel) -> str:
    """What a History row is about: table:key, e.g. entry:12 or day_off:2027-01-01."""
    table: Table = inspect(type(row)).local_table
    (key,) = table.primary_key.columns
    return f"{table.name}:{_plain(getattr(row, key.key))}"


def _entry_of(name: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> int | None:
    """The entry that a row is, or belongs to; of one that leaves its entry the one that it leaves."""
    key = "id" if name.startswith("entry:") else "entry_id"
    found = (values.get(key) for values in (after, before) if values is not None)
    return next((int(number) for number in found if number is not None), None)


def _plain(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value)
    return value.isoformat()  # type: ignore[attr-defined]


def _json(values: dict[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True)
