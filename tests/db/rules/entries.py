"""One plain entry for the tests of order, filters and figures; a test states only what it is about."""

from dataclasses import replace
from datetime import date
from typing import Any

from db.rules.calendar import WorkCalendar
from db.rules.countdown import countdown_of
from db.rules.rows import Adjusted, DeadlineRow, EntryRow, NoteRow
from db.rules.words import DeadlineKind

TODAY = date(2021, 9, 10)
WEEKENDS = WorkCalendar()

NO_DEADLINE = DeadlineRow(None, "none", "none", None, None, (), None, None)

PLAIN = EntryRow(
    id=1,
    position=1,
    number="1",
    own=False,
    section=None,
    matter=None,
    requirement="做好政府信息公开工作",
    assignment=None,
    role="responsible",
    through="name",
    reached_by="执法监督科",
    applicability="ours",
    decided=False,
    leads=(),
    responsible=(),
    supports=(),
    deadline=NO_DEADLINE,
    countdown=None,
    status="not_started",
    done_on=None,
    what_was_done=None,
    reason=None,
    remark=None,
    remark_source=None,
    quotas=(),
    notes=(),
)


def deadline(due: date | None, kind: DeadlineKind = "on_day", adjusted: date | None = None) -> DeadlineRow:
    moved = Adjusted(adjusted, "领导来电") if adjusted else None
    return DeadlineRow("按时完成", kind, "cell", due, "按时完成", (), None, moved)


def entry(
    position: int = 1,
    due: date | None = None,
    kind: DeadlineKind | None = None,
    *,
    today: date = TODAY,
    calendar: WorkCalendar = WEEKENDS,
    **fields: Any,
) -> EntryRow:
    """An entry with that due date, its countdown on that day (TODAY, with weekends only), and those fields."""
    row = deadline(due, kind or ("on_day" if due else "none"), fields.pop("adjusted", None))
    made = replace(PLAIN, id=position, position=position, number=str(position), deadline=row, **fields)
    left = countdown_of(made.status, made.applicability, made.deadline, today, calendar)
    return replace(made, countdown=left)


def note(text: str) -> NoteRow:
    return NoteRow(1, "2021-09-01T09:00:00+08:00", None, text)
