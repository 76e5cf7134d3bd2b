"""The plain model of tests.plain_ledger with what is counted and attached besides: publications, counts, reports,
evidence. It knows nothing of the store; undo is a stack of whole pictures here too.
"""

import random
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db.file import LedgerFile
from db.rules.publications import NewPublication
from db.store.counts import add_count, remove_count
from db.store.evidence import attach, attach_address, detach
from db.store.publications import add_publications, edit_publication, remove_publications
from db.store.reports import hand_in, take_back_report
from tests.db.store.samples import REPORT, paper
from tests.plain_ledger import Op, Plain, Refused, State, random_op, sequence_of, stored_state
from tests.world import TODAY, later

TABLES: Final = ("publication", "count", "report_state", "evidence")
Tables = dict[str, dict[int, State]]


def stored_office(path: Path, ledger: int) -> State:
    """What stands in the file, in the shape of `Office.state`."""
    asked = {
        "publication": "SELECT * FROM publication WHERE ledger_id = ?",
        "count": "SELECT c.* FROM count c JOIN entry e ON e.id = c.entry_id WHERE e.ledger_id = ?",
        "report_state": "SELECT * FROM report_state WHERE ledger_id = ?",
        "evidence": "SELECT * FROM evidence WHERE ledger_id = ?",
    }
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        found = {
            table: {row["id"]: dict(row) for row in connection.execute(sql, (ledger,)).fetchall()}
            for table, sql in asked.items()
        }
    return {**stored_state(path, ledger), "more": found}


def _copied(tables: Mapping[str, Mapping[int, State]]) -> Tables:
    return {table: {number: dict(row) for number, row in rows.items()} for table, rows in tables.items()}


@dataclass
class Office(Plain):
    """more: the rows by table and id. last: the number that each table gave last."""

    more: Tables = field(default_factory=lambda: {table: {} for table in TABLES})
    last: dict[str, int] = field(default_factory=dict)

    def state(self) -> State:
        return {**super().state(), "more": _copied(self.more)}

    def put(self, picture: State) -> None:
        super().put(picture)
        self.more = _copied(picture["more"])

    def copied(self) -> "Office":
        """Another that goes its own way."""
        same = ("ledger", "reach", "removed", "steps", "last_entry", "last_note")
        return Office(
            **{name: getattr(self, name) for name in same},
            **self.state(),
            undoable=list(self.undoable),
            redoable=list(self.redoable),
            last=dict(self.last),
        )

    def is_worked_on(self, entry: int) -> bool:
        rows = (row for table in ("publication", "count", "evidence") for row in self.more[table].values())
        published = {number for number, row in self.more["publication"].items() if row["entry_id"] == entry}
        of_entry = any(row["entry_id"] == entry or row.get("publication_id") in published for row in rows)
        return of_entry or super().is_worked_on(entry)

    def give(self, table: str, values: State) -> int:
        """A new row; returns its number."""
        self.last[table] = self.last.get(table, 0) + 1
        self.more[table][self.last[table]] = {"id": self.last[table], **values}
        return self.last[table]

    def work_on(self, entry: int | None) -> None:
        """What is worked on is ours and is begun by it."""
        if entry is None:
            return
        if self.applicability(entry) == "not_ours":
            raise Refused
        if self.entries[entry]["status"] == "not_started":
            self.entries[entry]["status"] = "in_progress"

    def change(self, alter: Callable[[], None]) -> None:
        numbers = dict(self.last)
        try:
            super().change(alter)
        except Refused:
            self.last = numbers  # a transaction that is rolled back has given no numbers
            raise

    def take_numbers(self, path: Path) -> None:
        """After a restore: the numbers that the file goes on from."""
        self.last_entry, self.last_note = sequence_of(path, "entry"), sequence_of(path, "note")
        self.last = {table: sequence_of(path, table) for table in TABLES}


def office_op(plain: Office, generator: random.Random) -> Op:
    """Something to do next, now and then wrong."""
    if generator.random() < 0.55:
        return random_op(plain, generator)
    return generator.choice(_MAKERS)(plain, generator)


def _of_notice(plain: Plain, generator: random.Random) -> int:
    return generator.choice([number for number, row in plain.entries.items() if row["task_id"]])


def _mostly(rows: Mapping[int, Any], generator: random.Random) -> int:
    """A number of these rows, now and then one that is nobody's."""
    return generator.choice([*rows, *rows, 10**9])


def _op(words: str, alter: Callable[[Office], None], store: Callable[[LedgerFile], object]) -> Op:
    def model(plain: Plain) -> None:
        assert isinstance(plain, Office)
        plain.change(lambda: alter(plain))

    return Op(words, model, store)


def _publication(plain: Plain, generator: random.Random) -> NewPublication:
    entry = generator.choice((None, _of_notice(plain, generator)))
    day = TODAY - timedelta(days=generator.choice((0, 3, 200)))
    title = generator.choice(("公告", "图解政策", "=1+1", "通告（一）"))
    return NewPublication(entry, day, f"{title} {plain.steps}", "网站", None, generator.choice(("文字", "图解")))


def _row_of(new: NewPublication, ledger: int) -> State:
    words = {"title": new.title, "channel": new.channel, "address": new.address, "form": new.form}
    return {"ledger_id": ledger, "entry_id": new.entry, "day": new.day.isoformat(), **words}


def _publish(plain: Office, generator: random.Random) -> Op:
    new, at = [_publication(plain, generator) for _ in range(generator.choice((1, 1, 3)))], later(plain.steps)

    def alter(plain: Office) -> None:
        for one in new:
            plain.work_on(one.entry)
        for one in new:
            plain.give("publication", _row_of(one, plain.ledger))

    return _op("publish", alter, lambda file: add_publications(file, plain.ledger, new, today=TODAY, at=at))


def _edit_publication(plain: Office, generator: random.Random) -> Op:
    number, new, at = _mostly(plain.more["publication"], generator), _publication(plain, generator), later(plain.steps)

    def alter(plain: Office) -> None:
        row = plain.more["publication"].get(number)
        if row is None:
            raise Refused
        if new.entry != row["entry_id"]:
            plain.work_on(new.entry)
        row.update(_row_of(new, plain.ledger))

    return _op(
        f"edit publication {number}",
        alter,
        lambda file: edit_publication(file, plain.ledger, number, new, today=TODAY, at=at),
    )


def _remove_publication(plain: Office, generator: random.Random) -> Op:
    number, at = _mostly(plain.more["publication"], generator), later(plain.steps)

    def alter(plain: Office) -> None:
        if plain.more["publication"].pop(number, None) is None:
            raise Refused
        rows = plain.more["evidence"]
        plain.more["evidence"] = {key: row for key, row in rows.items() if row["publication_id"] != number}

    return _op(
        f"remove publication {number}", alter, lambda file: remove_publications(file, plain.ledger, [number], at=at)
    )


def _count(plain: Office, generator: random.Random) -> Op:
    entry, at, times = _of_notice(plain, generator), later(plain.steps), generator.choice((1, 2, 99_999, 100_000))

    def alter(plain: Office) -> None:
        if times > 99_999:
            raise Refused
        plain.work_on(entry)
        plain.give(
            "count",
            {"entry_id": entry, "item_id": None, "day": TODAY.isoformat(), "number": times, "what": None},
        )

    return _op(
        f"count {entry}",
        alter,
        lambda file: add_count(
            file, plain.ledger, entry, day=TODAY, number=times, item=None, what=None, today=TODAY, at=at
        ),
    )


def _remove_count(plain: Office, generator: random.Random) -> Op:
    number, at = _mostly(plain.more["count"], generator), later(plain.steps)

    def alter(plain: Office) -> None:
        if plain.more["count"].pop(number, None) is None:
            raise Refused

    return _op(f"remove count {number}", alter, lambda file: remove_count(file, plain.ledger, number, at=at))


def _hand_in(plain: Office, generator: random.Random) -> Op:
    at, day = later(plain.steps), TODAY - timedelta(days=generator.choice((0, 5, -1)))
    remark = generator.choice((None, "已送办公室"))

    def alter(plain: Office) -> None:
        if day > TODAY:
            raise Refused
        for row in plain.more["report_state"].values():
            row.update(handed_in_on=day.isoformat(), remark=remark)
            return
        empty: State = dict.fromkeys(("recipient", "due", "reason"))
        said = {"ledger_id": plain.ledger, "what": REPORT, "source": "notice"}
        plain.give("report_state", {**empty, **said, "handed_in_on": day.isoformat(), "remark": remark})

    return _op(
        f"hand in {day}",
        alter,
        lambda file: hand_in(file, plain.ledger, what=REPORT, on=day, remark=remark, today=TODAY, at=at),
    )


def _take_back(plain: Office, generator: random.Random) -> Op:
    at = later(plain.steps)

    def alter(plain: Office) -> None:
        if not plain.more["report_state"]:
            raise Refused
        plain.more["report_state"].clear()

    return _op("take back", alter, lambda file: take_back_report(file, plain.ledger, what=REPORT, at=at))


def _attach(plain: Office, generator: random.Random) -> Op:
    """A file at an entry or a publication; one that is attached there already is refused."""
    published = list(plain.more["publication"])
    publication = generator.choice(published) if published and generator.random() < 0.4 else None
    entry = None if publication is not None else _of_notice(plain, generator)
    given, at = paper(generator.choice(("截图.png", "文件.pdf")), generator.choice((3, 5000))), later(plain.steps)
    digest = sha256(given.payload).hexdigest()

    def alter(plain: Office) -> None:
        place = (entry, publication, given.name, digest)
        rows = plain.more["evidence"].values()
        if place in {(row["entry_id"], row["publication_id"], row["name"], row["sha256"]) for row in rows}:
            raise Refused
        plain.work_on(plain.more["publication"][publication]["entry_id"] if publication is not None else entry)
        moments = {"added_at": at.isoformat(), "modified_at": given.modified_at}
        what = {"name": given.name, "sha256": digest, "address": None, "caption": None, "day": None}
        where = {"ledger_id": plain.ledger, "entry_id": entry, "publication_id": publication}
        plain.give("evidence", {**where, **what, **moments})

    def store(file: LedgerFile) -> object:
        where = {"entry": entry, "publication": publication}
        return attach(file, plain.ledger, [given], **where, caption=None, day=None, today=TODAY, at=at)

    return _op(f"attach {given.name} to {entry or publication}", alter, store)


def _link(plain: Office, generator: random.Random) -> Op:
    entry, at = _of_notice(plain, generator), later(plain.steps)
    address = f"https://example.invalid/{generator.randrange(3)}"

    def alter(plain: Office) -> None:
        if (entry, address) in {(row["entry_id"], row["address"]) for row in plain.more["evidence"].values()}:
            raise Refused
        plain.work_on(entry)
        nothing: State = dict.fromkeys(("publication_id", "sha256", "day", "modified_at"))
        said = {"ledger_id": plain.ledger, "entry_id": entry, "name": "网页", "caption": "网页", "address": address}
        plain.give("evidence", {**nothing, **said, "added_at": at.isoformat()})

    def store(file: LedgerFile) -> object:
        where = {"entry": entry, "publication": None}
        return attach_address(file, plain.ledger, address, **where, caption="网页", day=None, today=TODAY, at=at)

    return _op(f"link {entry}", alter, store)


def _detach(plain: Office, generator: random.Random) -> Op:
    number, at = _mostly(plain.more["evidence"], generator), later(plain.steps)

    def alter(plain: Office) -> None:
        if plain.more["evidence"].pop(number, None) is None:
            raise Refused

    return _op(f"detach {number}", alter, lambda file: detach(file, plain.ledger, [number], at=at))


_MAKERS: Final[tuple[Callable[[Office, random.Random], Op], ...]] = (
    *(_publish, _publish, _edit_publication, _remove_publication, _count, _count, _remove_count),
    *(_hand_in, _take_back, _attach, _attach, _link, _detach),
)
