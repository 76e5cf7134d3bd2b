"""Where the clerk was, and what was typed and not saved: outside the history, never touched by undo."""

from datetime import datetime

from sqlmodel import col, delete

from db.engine import transaction
from db.file import LedgerFile
from db.models.office import Draft, Place
from db.rules.rows import Place as PlaceRow


def remember(file: LedgerFile, ledger_id: int, place: PlaceRow, *, at: datetime) -> None:
    """Keep the place in a ledger, as the ledger last opened on the screen."""
    with transaction(file) as session:
        session.merge(
            Place(
                ledger_id=ledger_id,
                filter=place.filter,
                search=place.search,
                entry_id=place.entry,
                walk_entry_id=place.walk_entry,
                opened_at=at.isoformat(timespec="microseconds"),
            )
        )


def save_draft(file: LedgerFile, ledger_id: int, field: str, entry_id: int | None, text: str, *, at: datetime) -> None:
    """Keep what was typed in a field so far."""
    with transaction(file) as session:
        moment = at.isoformat(timespec="seconds")
        session.merge(Draft(ledger_id=ledger_id, field=field, entry_id=entry_id or 0, text=text, at=moment))


def drop_draft(file: LedgerFile, ledger_id: int, field: str, entry_id: int | None) -> None:
    """Forget a draft that was saved or thrown away."""
    with transaction(file) as session:
        session.exec(
            delete(Draft).where(
                col(Draft.ledger_id) == ledger_id, col(Draft.field) == field, col(Draft.entry_id) == (entry_id or 0)
            )
        )
