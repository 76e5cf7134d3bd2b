"""Planting: the reviewed readings, the published days off and the statute's clocks, all of them or nothing.

A notice that is there already is brought to its reading in place: tasks keep their ids, so that the clerk's work
stays on them.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select

from db.file import LedgerFile
from db.models.office import DayOffRow, DayOffSource, Setting, StatuteRule
from db.rules import notice as said
from db.rules.calendar import DayOff
from db.store.change import change
from db.store.notices import put_notice, values_of

DIGEST_KEY = "readings_digest"


def plant(
    file: LedgerFile,
    drafts: Sequence[said.NoticeDraft],
    days_off: Sequence[DayOff],
    statute: Sequence[said.StatuteRule],
    digest: str,
    at: datetime,
) -> bool:
    """Bring the file to these readings, days off and clocks of the statute in one transaction.

    What the office put in or corrected itself stays. Returns False when the file already holds all of it.
    """
    with change(file, None, "plant", at) as open_change:
        session = open_change.session
        stored = session.get(Setting, DIGEST_KEY)
        if stored is not None and stored.value == digest:
            return False
        for draft in drafts:
            put_notice(open_change, draft, origin="shipped")
        _plant_days(session, days_off)
        _plant_statute(session, statute)
        session.merge(Setting(key=DIGEST_KEY, value=digest))
    return True


def _plant_days(session: Session, days_off: Sequence[DayOff]) -> None:
    """The published days; a day that the office has put in itself stays as the office has it.

    So does a whole notice that the office has taken in: a day that is no more in it must not come back, but for one
    that the office has restored to what is shipped.
    """
    of_program = select(DayOffRow).where(col(DayOffRow.origin) == "shipped")
    restored = {(row.day, row.notice) for row in session.exec(of_program).all()}
    session.exec(delete(DayOffRow).where(col(DayOffRow.origin) == "shipped"))
    kept = {row.day for row in session.exec(select(DayOffRow)).all()}
    taken = set(session.exec(select(DayOffSource.notice)).all())
    session.add_all(
        DayOffRow(day=item.day, kind=item.kind, notice=item.notice, origin="shipped")
        for item in days_off
        if item.day not in kept and (item.notice not in taken or (item.day, item.notice) in restored)
    )
    session.flush()


def _plant_statute(session: Session, statute: Sequence[said.StatuteRule]) -> None:
    """The clocks of the statute as they are shipped; one that the office has corrected stays as the office has it."""
    session.exec(delete(StatuteRule).where(col(StatuteRule.origin) == "shipped"))
    kept = set(session.exec(select(StatuteRule.key)).all())
    session.add_all(
        StatuteRule(position=position, origin="shipped", **values_of(rule))
        for position, rule in enumerate(statute, 1)
        if rule.key not in kept
    )
    session.flush()
