"""A ledger as plain dictionaries, told by the design alone: what every change must lead to, undo and redo included.

It knows nothing of the store. Undo is a stack of whole pictures here, where the store works from its history.
"""

import random
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from db.errors import TaizhangError
from db.file import LedgerFile
from db.store.change import group
from db.store.entries import adjust_due, decide, mark_not_applicable, reopen, settle, start
from db.store.ledgers import hand_over
from db.store.notes import add_note, edit_note, remove_note
from db.store.own import add_own, edit_own, remove_own
from db.store.places import drop_draft, save_draft
from db.store.undo import redo, undo
from tests.world import TODAY, later

State = dict[str, Any]
EMPTY: Final = {
    **dict.fromkeys(("task_id", "own_number", "own_requirement", "own_due", "own_reason", "done_on", "what_was_done")),
    **dict.fromkeys(("reason", "decision", "adjusted_due", "adjusted_reason")),
    "status": "not_started",
    "shift_confirmed": 0,
}
WORDS: Final = (
    "已在门户网站公开",
    "与办公室联系\n下周回复",
    "报送（一式两份）",
    "=1+1",
    "领导批示：照此办理。",
    "'; DROP TABLE note;--",
    "𠮷",
)


class Refused(Exception):
    """The design does not let this change happen."""


def stored_state(path: Path, ledger: int) -> State:
    """What stands in the file, in the shape of `Plain.state`."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        officer = connection.execute("SELECT officer FROM ledger WHERE id = ?", (ledger,)).fetchone()[0]
        entries = connection.execute("SELECT * FROM entry WHERE ledger_id = ?", (ledger,)).fetchall()
        notes = connection.execute(
            "SELECT n.* FROM note n JOIN entry e ON e.id = n.entry_id WHERE e.ledger_id = ?", (ledger,)
        ).fetchall()
        drafts = connection.execute("SELECT field, entry_id, text FROM draft WHERE ledger_id = ?", (ledger,)).fetchall()
    return {
        "officer": officer,
        "entries": {row["id"]: dict(row) for row in entries},
        "notes": {row["id"]: dict(row) for row in notes},
        "drafts": {(row["field"], row["entry_id"]): row["text"] for row in drafts},
    }


def sequence_of(path: Path, table: str) -> int:
    """The last number that SQLite gave in a table."""
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) if row else 0


def _copied(rows: Mapping[int, State]) -> dict[int, State]:
    """Rows of their own; what stands in a row is numbers and texts, and nobody's to share."""
    return {number: dict(row) for number, row in rows.items()}


@dataclass
class Plain:
    """The model. reach tells how the notice reaches the unit, by entry; own tasks are not in it and always ours."""

    ledger: int
    reach: Mapping[int, str]
    officer: str | None
    entries: dict[int, State]
    notes: dict[int, State]
    last_entry: int
    last_note: int
    drafts: dict[tuple[str, int], str] = field(default_factory=dict)
    undoable: list[State] = field(default_factory=list)
    redoable: list[State] = field(default_factory=list)
    removed: int = 0
    steps: int = 0

    @classmethod
    def of(cls, path: Path, ledger: int, reach: Mapping[int, str]) -> "Plain":
        """The model of a ledger on which nothing was done yet."""
        state = stored_state(path, ledger)
        numbers = sequence_of(path, "entry"), sequence_of(path, "note")
        return cls(ledger, reach, state["officer"], state["entries"], state["notes"], *numbers)

    def state(self) -> State:
        return {
            **{"officer": self.officer, "drafts": dict(self.drafts)},
            **{"entries": _copied(self.entries), "notes": _copied(self.notes)},
        }

    def copied(self) -> "Plain":
        """Another that goes its own way. Both know the same pictures: nobody draws in one that is finished."""
        lists = {"undoable": list(self.undoable), "redoable": list(self.redoable)}
        return replace(self, **self.state(), **lists)

    def applicability(self, entry: int) -> str:
        return self.entries[entry]["decision"] or self.reach.get(entry, "ours")

    def is_worked_on(self, entry: int) -> bool:
        """Whether something was written down for it: taken up again, it is 推进中."""
        return any(note["entry_id"] == entry for note in self.notes.values())

    def change(self, alter: Callable[[], None]) -> None:
        """A change of the clerk's: all of it or nothing, one undo step, and the end of redo."""
        before = self.state()
        try:
            alter()
        except Refused:
            self.put(before)
            raise
        if self.state() != before:
            self.undoable.append(before)
            self.redoable.clear()

    def put(self, picture: State) -> None:
        """The work as in a picture; drafts are nobody's to undo."""
        self.officer = picture["officer"]
        self.entries, self.notes = _copied(picture["entries"]), _copied(picture["notes"])

    def drop(self, key: tuple[str, int]) -> None:
        self.drafts.pop(key, None)

    def back(self, source: list[State], target: list[State]) -> None:
        if source:
            target.append(self.state())
            self.put(source.pop())


@dataclass(frozen=True)
class Op:
    """One thing that the clerk does: to the model, and to the store."""

    words: str
    model: Callable[[Plain], None]
    store: Callable[[LedgerFile], object]

    def alone(self, plain: Plain) -> None:
        """Do it to the model only, as `both` would."""
        with suppress(Refused):
            self.model(plain)
        plain.steps += 1

    def both(self, plain: Plain, file: LedgerFile) -> bool:
        """Do it on both sides; whether it was let happen. Fails when the two disagree on that."""
        try:
            self.model(plain)
        except Refused:
            refused = True
        else:
            refused = False
        plain.steps += 1
        why = ""
        try:
            self.store(file)
        except TaizhangError as error:
            why = error.message
        assert bool(why) is refused, f"{self.words}: the store {why or 'let it happen'}"
        return not refused


def random_op(plain: Plain, generator: random.Random) -> Op:
    """Something to do next: now and then wrong, so that refusals are met as well."""
    make = generator.choices(list(_MAKERS), weights=list(_MAKERS.values()))[0]
    return make(plain, generator)


def _one(plain: Plain, generator: random.Random) -> int:
    return generator.choice(list(plain.entries))


def _some(plain: Plain, generator: random.Random) -> list[int]:
    return generator.choices(list(plain.entries), k=generator.choice((1, 1, 1, 2, 5)))


def _text(generator: random.Random) -> str:
    return generator.choice(WORDS) * generator.choice((1, 1, 1, 40))


def _settle(plain: Plain, generator: random.Random) -> Op:
    chosen, day = _some(plain, generator), TODAY - timedelta(days=generator.choice((0, 0, 1, 30, -1)))
    text, at = generator.choice((None, _text(generator))), later(plain.steps)

    def alter(plain: Plain) -> None:
        if day > TODAY:
            raise Refused
        for entry in chosen:
            settle_one(plain, entry, day, text)

    return Op(
        f"settle {chosen} {day}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: settle(file, plain.ledger, chosen, done_on=day, today=TODAY, what_was_done=text, at=at),
    )


def settle_one(plain: Plain, entry: int, day: date, text: str | None) -> None:
    row = plain.entries[entry]
    if plain.applicability(entry) == "not_ours" or row["status"] == "not_applicable":
        raise Refused
    row.update(status="done", done_on=day.isoformat(), what_was_done=text)


def _reopen(plain: Plain, generator: random.Random) -> Op:
    closed = [number for number, row in plain.entries.items() if row["status"] in ("done", "not_applicable")]
    decided = [number for number, row in plain.entries.items() if row["decision"]]
    chosen = list(
        dict.fromkeys(generator.choices(closed or decided or list(plain.entries), k=generator.choice((1, 2))))
    )
    if generator.random() < 0.2:
        chosen = list(dict.fromkeys((decided or list(plain.entries))[:1]))
    at = later(plain.steps)

    def alter(plain: Plain) -> None:
        for entry in chosen:
            row = plain.entries[entry]
            if row["status"] in ("done", "not_applicable"):
                status = "in_progress" if plain.is_worked_on(entry) else "not_started"
                row.update(status=status, done_on=None, what_was_done=None, reason=None)
            elif row["decision"]:
                row["decision"] = None
            else:
                raise Refused

    return Op(
        f"reopen {chosen}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: reopen(file, plain.ledger, chosen, at=at),
    )


def _start(plain: Plain, generator: random.Random) -> Op:
    chosen, at = _some(plain, generator)[:2], later(plain.steps)

    def alter(plain: Plain) -> None:
        for entry in chosen:
            row = plain.entries[entry]
            if plain.applicability(entry) == "not_ours" or row["status"] in ("done", "not_applicable"):
                raise Refused
            row["status"] = "in_progress"

    return Op(
        f"start {chosen}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: start(file, plain.ledger, chosen, at=at),
    )


def _not_applicable(plain: Plain, generator: random.Random) -> Op:
    chosen, reason, at = (
        _some(plain, generator)[:2],
        generator.choice(("本年没有", "无此职责", " ")),
        later(plain.steps),
    )

    def alter(plain: Plain) -> None:
        if not reason.strip():
            raise Refused
        for entry in chosen:
            row = plain.entries[entry]
            if plain.applicability(entry) == "not_ours" or row["status"] == "done":
                raise Refused
            row.update(status="not_applicable", reason=reason)

    return Op(
        f"not applicable {chosen}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: mark_not_applicable(file, plain.ledger, chosen, reason=reason, at=at),
    )


def _decide(plain: Plain, generator: random.Random) -> Op:
    possible = [entry for entry, how in plain.reach.items() if how == "possible"]
    entry = generator.choice(possible) if generator.random() < 0.9 else _one(plain, generator)
    word: Any = generator.choice(("ours", "not_ours"))
    at = later(plain.steps)

    def alter(plain: Plain) -> None:
        row = plain.entries[entry]
        if plain.reach.get(entry, "ours") != "possible" or (word == "not_ours" and row["status"] == "done"):
            raise Refused
        row["decision"] = word

    return Op(
        f"decide {entry} {word}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: decide(file, plain.ledger, [entry], applicability=word, at=at),
    )


def _adjust(plain: Plain, generator: random.Random) -> Op:
    entry, at = _one(plain, generator), later(plain.steps)
    due = generator.choice((None, TODAY, TODAY + timedelta(days=generator.randrange(400))))

    def alter(plain: Plain) -> None:
        row = plain.entries[entry]
        if (due is None and row["adjusted_due"] is None) or plain.applicability(entry) == "not_ours":
            raise Refused
        row.update(adjusted_due=due.isoformat() if due else None, adjusted_reason="领导要求" if due else None)

    return Op(
        f"adjust {entry} {due}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: adjust_due(file, plain.ledger, entry, due=due, reason="领导要求", at=at),
    )


def note_one(plain: Plain, entry: int, text: str, at: str) -> None:
    plain.last_note += 1
    plain.notes[plain.last_note] = {
        "id": plain.last_note,
        "entry_id": entry,
        "at": at,
        "officer": plain.officer,
        "text": text,
    }
    if plain.entries[entry]["status"] == "not_started":
        plain.entries[entry]["status"] = "in_progress"


def _note(plain: Plain, generator: random.Random) -> Op:
    entry, text, at = _one(plain, generator), _text(generator), later(plain.steps)
    return Op(
        f"note {entry}",
        lambda plain: plain.change(lambda: note_one(plain, entry, text, at.isoformat())),
        lambda file: add_note(file, plain.ledger, entry, text=text, at=at),
    )


def _edit_note(plain: Plain, generator: random.Random) -> Op:
    number, text, at = generator.choice([*plain.notes, 10**9]), _text(generator), later(plain.steps)

    def alter(plain: Plain) -> None:
        if number not in plain.notes:
            raise Refused
        plain.notes[number]["text"] = text

    return Op(
        f"edit note {number}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: edit_note(file, plain.ledger, number, text=text, at=at),
    )


def _remove_note(plain: Plain, generator: random.Random) -> Op:
    number, at = generator.choice([*plain.notes, 10**9]), later(plain.steps)

    def alter(plain: Plain) -> None:
        if number not in plain.notes:
            raise Refused
        del plain.notes[number]

    return Op(
        f"remove note {number}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: remove_note(file, plain.ledger, number, at=at),
    )


def _add_own(plain: Plain, generator: random.Random) -> Op:
    words, due, at = _text(generator), generator.choice((None, TODAY)), later(plain.steps)

    def alter(plain: Plain) -> None:
        plain.last_entry += 1
        standing = [row["own_number"] for row in plain.entries.values() if row["own_number"]]
        plain.entries[plain.last_entry] = EMPTY | {
            "id": plain.last_entry,
            "ledger_id": plain.ledger,
            "own_number": max([*standing, plain.removed]) + 1,
            "own_requirement": words,
            "own_due": due.isoformat() if due else None,
            "own_reason": "电话通知",
        }

    return Op(
        "add own",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: add_own(file, plain.ledger, requirement=words, due=due, reason="电话通知", at=at),
    )


def _own_or_not(plain: Plain, generator: random.Random) -> int:
    own = [number for number, row in plain.entries.items() if row["own_number"]]
    return generator.choice(own) if own and generator.random() < 0.9 else _one(plain, generator)


def _edit_own(plain: Plain, generator: random.Random) -> Op:
    entry, words, at = _own_or_not(plain, generator), _text(generator), later(plain.steps)

    def alter(plain: Plain) -> None:
        if not plain.entries[entry]["own_number"]:
            raise Refused
        plain.entries[entry].update(own_requirement=words, own_due=None, own_reason="又来电话")

    return Op(
        f"edit own {entry}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: edit_own(file, plain.ledger, entry, requirement=words, due=None, reason="又来电话", at=at),
    )


def _remove_own(plain: Plain, generator: random.Random) -> Op:
    entry, at = _own_or_not(plain, generator), later(plain.steps)

    def alter(plain: Plain) -> None:
        if not plain.entries[entry]["own_number"]:
            raise Refused
        plain.removed = max(plain.removed, plain.entries.pop(entry)["own_number"])
        plain.notes = {number: note for number, note in plain.notes.items() if note["entry_id"] != entry}

    return Op(
        f"remove own {entry}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: remove_own(file, plain.ledger, entry, at=at),
    )


def _hand_over(plain: Plain, generator: random.Random) -> Op:
    officer, at = generator.choice(("甲", "乙", "丙", None)), later(plain.steps)

    def alter(plain: Plain) -> None:
        plain.officer = officer

    return Op(
        f"hand over {officer}",
        lambda plain: plain.change(lambda: alter(plain)),
        lambda file: hand_over(file, plain.ledger, officer=officer, at=at),
    )


def _together(plain: Plain, generator: random.Random) -> Op:
    """Note and settling of several entries as one step."""
    chosen, text, at = list(dict.fromkeys(_some(plain, generator))), _text(generator), later(plain.steps)

    def alter(plain: Plain) -> None:
        for entry in chosen:
            note_one(plain, entry, text, at.isoformat())
        for entry in chosen:
            settle_one(plain, entry, TODAY, text)

    def store(file: LedgerFile) -> None:
        with group(file, plain.ledger, "settle", at):
            for entry in chosen:
                add_note(file, plain.ledger, entry, text=text, at=at)
            settle(file, plain.ledger, chosen, done_on=TODAY, today=TODAY, what_was_done=text, at=at)

    def model(plain: Plain) -> None:
        numbers = plain.last_note
        try:
            plain.change(lambda: alter(plain))
        except Refused:
            plain.last_note = numbers  # a transaction that is rolled back has given no numbers
            raise

    return Op(f"together {chosen}", model, store)


def _undo(plain: Plain, generator: random.Random) -> Op:
    at = later(plain.steps)
    return Op(
        "undo",
        lambda plain: plain.back(plain.undoable, plain.redoable),
        lambda file: undo(file, plain.ledger, at),
    )


def _redo(plain: Plain, generator: random.Random) -> Op:
    at = later(plain.steps)
    return Op(
        "redo",
        lambda plain: plain.back(plain.redoable, plain.undoable),
        lambda file: redo(file, plain.ledger, at),
    )


def _draft(plain: Plain, generator: random.Random) -> Op:
    key, text, at = ("note", generator.choice((0, 1, 2))), _text(generator), later(plain.steps)
    if generator.random() < 0.3:
        return Op(
            f"drop draft {key}",
            lambda plain: plain.drop(key),
            lambda file: drop_draft(file, plain.ledger, *key),
        )
    return Op(
        f"draft {key}",
        lambda plain: plain.drafts.update({key: text}),
        lambda file: save_draft(file, plain.ledger, *key, text, at=at),
    )


_MAKERS: Final[dict[Callable[[Plain, random.Random], Op], int]] = {
    _settle: 6,
    _reopen: 4,
    _start: 2,
    _not_applicable: 3,
    _decide: 3,
    _adjust: 3,
    _note: 6,
    _edit_note: 3,
    _remove_note: 2,
    _add_own: 3,
    _edit_own: 2,
    _remove_own: 2,
    _hand_over: 1,
    _together: 2,
    _undo: 16,
    _redo: 9,
    _draft: 3,
}
"""How often each is done: undo and redo often enough that they go deep."""
