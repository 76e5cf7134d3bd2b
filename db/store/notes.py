"""记事: what the clerk writes while working on an entry."""

from datetime import datetime

from sqlmodel import col, select

from db.errors import InvalidInputError, UnknownNameError
from db.file import LedgerFile
from db.models.ledger import Entry, Note
from db.store.change import Change, change
from db.store.inputs import Noting, validated


def add_note(file: LedgerFile, ledger_id: int, entry_id: int, *, text: str, at: datetime) -> int:
    """Write a note on an entry; the first one makes it 推进中. Returns the note's id."""
    given = validated(Noting, text=text)
    with change(file, ledger_id, "note", at) as open_change:
        entry = open_change.entry(entry_id)
        note = open_change.add(Note(entry_id=entry_id, at=open_change.at, officer=open_change.officer, text=given.text))
        open_change.begin_work(entry)
        if note.id is None:
            raise InvalidInputError("记事没有保存。")
        return note.id


def edit_note(file: LedgerFile, ledger_id: int, note_id: int, *, text: str, at: datetime) -> None:
    """Change the text of a note; its day and officer stay, the former text is kept in the history."""
    given = validated(Noting, text=text)
    with change(file, ledger_id, "edit_note", at) as open_change:
        note = _note(open_change, note_id)
        with open_change.edit(note):
            note.text = given.text


def remove_note(file: LedgerFile, ledger_id: int, note_id: int, *, at: datetime) -> None:
    """Take a note out; undo brings it back."""
    with change(file, ledger_id, "remove_note", at) as open_change:
        open_change.remove(_note(open_change, note_id))


def _note(open_change: Change, note_id: int) -> Note:
    note = open_change.session.exec(
        select(Note)
        .join(Entry, col(Entry.id) == col(Note.entry_id))
        .where(col(Note.id) == note_id, col(Entry.ledger_id) == open_change.ledger_id)
    ).first()
    if note is None:
        raise UnknownNameError("这条记事已不在台账里。", "请回到列表看最新内容。")
    return note
