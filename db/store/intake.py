"""Intake into the file: a draft kept for another day, and a notice accepted (确认入库) in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlmodel import col, delete, select

from db.engine import transaction
from db.errors import InvalidInputError
from db.file import LedgerFile
from db.models.intake import IntakeDraft
from db.models.notice import Notice
from db.rules.notice import NoticeDraft
from db.store.change import change
from db.store.inputs import KeptDocument, validated
from db.store.notices import put_notice
from db.store.work_kept import Stayed

REFUSED: Final = "已经入库的读法没有改变。请在核对界面保留台账里已有办理记录的内容，再确认入库。"


def keep_intake(file: LedgerFile, *, sha256: str, name: str, source: str, edits: str, at: datetime) -> int:
    """Keep a draft: the document as read and the clerk's steps, as JSON. One for each document (by its SHA-256):
    a later one takes the place of the earlier. Returns its id."""
    name = validated(KeptDocument, name=name).name
    with transaction(file) as session:
        row = session.exec(select(IntakeDraft).where(col(IntakeDraft.sha256) == sha256)).first()
        moment = at.isoformat(timespec="seconds")
        if row is None:
            row = IntakeDraft(name=name, sha256=sha256, source=source, edits=edits, begun_at=moment, changed_at=moment)
        row.name, row.source, row.edits, row.changed_at = name, source, edits, moment
        session.add(row)
        session.flush()
        if row.id is None:
            raise InvalidInputError("待确认稿没有存下。")
        return row.id


def drop_intake(file: LedgerFile, draft_id: int) -> None:
    """Forget a draft that was accepted or thrown away."""
    with transaction(file) as session:
        session.exec(delete(IntakeDraft).where(col(IntakeDraft.id) == draft_id))


def accept_notice(
    file: LedgerFile,
    draft: NoticeDraft,
    *,
    matches: Mapping[str, str] | None = None,
    drop: int | None = None,
    at: datetime,
) -> tuple[Stayed, ...]:
    """Take the notice in, with everything that hangs on it, and forget its draft (drop): all of it or nothing.

    A notice of the same short name is brought to this reading; matches says which task is which (new number: former
    number), what is not in it is new, and tasks that are gone and were worked on are kept. Returns what
    stays in a ledger for its work alone (decided 本单位). Raises InvalidInputError
    for the short name of a notice that comes with the program, ReadingError where work would be lost.
    """
    with change(file, None, "accept_notice", at) as open_change:
        session = open_change.session
        known = session.exec(select(Notice).where(col(Notice.plan) == draft.plan)).first()
        if known is not None and known.origin == "shipped":
            raise InvalidInputError(
                f"短名 {draft.plan} 是随程序提供的通知的，没有入库。", "请给这份通知另起一个短名，如 notice-2026。"
            )
        if known is not None and matches is None:
            raise InvalidInputError(
                f"短名 {draft.plan} 已有一份通知，没有入库。",
                "同一份通知请先核对差异再入库；不是同一份的，请另起短名。",
            )
        stayed = put_notice(open_change, draft, origin="office", matches=matches, hint=REFUSED)
        if drop is not None:
            session.exec(delete(IntakeDraft).where(col(IntakeDraft.id) == drop))
        return stayed
