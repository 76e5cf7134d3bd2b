"""The checklist's order, its filters and its search."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from db.rules.limits import without_invisible
from db.rules.rows import EntryRow

WEEK: Final = 7
"""7 天内: today and the seven days after it."""
_APART: Final = "\x00"

FILTERS: Final[tuple[tuple[str, str], ...]] = (
    ("all", "全部"),
    ("open", "未办结"),
    ("week", "7 天内"),
    ("overdue", "逾期"),
    ("possible", "待确认"),
    ("standing", "常态化"),
    ("done", "已办结"),
    ("not_applicable", "不适用"),
    ("not_ours", "非本单位"),
)
"""Key and Chinese name of each filter, in the order in which they are offered."""


def list_order(entry: EntryRow) -> tuple[int, int, int]:
    """Sort key: open ones by effective due date (so the longest overdue first), then without date, then standing;
    then done, the latest first; then not applicable; last not_ours. Position decides between equals.
    """
    if entry.applicability == "not_ours":
        return 5, 0, entry.position
    if entry.status == "not_applicable":
        return 4, 0, entry.position
    if entry.status == "done":
        return 3, -entry.done_on.toordinal() if entry.done_on else 0, entry.position
    due = entry.deadline.effective
    if due is not None:
        return 0, due.toordinal(), entry.position
    return 2 if entry.deadline.kind == "standing" else 1, 0, entry.position


def matches(entry: EntryRow, key: str, today: date) -> bool:
    """Whether the entry belongs under that filter; only not_ours shows not_ours entries. KeyError: no such filter."""
    belongs = _BELONGS[key]
    if entry.applicability == "not_ours":
        return key == "not_ours"
    return belongs(entry, today)


def is_open(entry: EntryRow) -> bool:
    """Whether it is ours, or may be, and still to be done."""
    return entry.applicability != "not_ours" and entry.status in ("not_started", "in_progress")


def found(entry: EntryRow, query: str) -> bool:
    """Whether each word of the query (separated by spaces, 全角 too) stands in some text of the entry.

    Width, case and white space do not matter: the notices mix ( and （, and break words across lines.
    """
    return holds(folded(searched(entry)), words_of(query))


def holds(haystack: str, words: Sequence[str]) -> bool:
    """Whether every word stands in it; all of them folded. Without words everything is found."""
    return all(word in haystack for word in words)


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, folded; those that are of invisible characters alone are left out."""
    return tuple(word for word in map(folded, query.split()) if word)


def searched(entry: EntryRow) -> str:
    """All texts of the entry as one, with a character between them that no text holds and folding keeps."""
    return _APART.join(_texts(entry))


def folded(text: str) -> str:
    """NFKC, case folded, without white space and invisible characters."""
    made = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", without_invisible(text)).casefold())
    return "".join(made.split())


def _is_due_within_week(entry: EntryRow, today: date) -> bool:
    due = entry.deadline.effective
    return is_open(entry) and due is not None and 0 <= (due - today).days <= WEEK


def _is_overdue(entry: EntryRow, today: date) -> bool:
    due = entry.deadline.effective
    return is_open(entry) and due is not None and due < today


_BELONGS: Final[dict[str, Callable[[EntryRow, date], bool]]] = {
    "all": lambda entry, today: True,
    "open": lambda entry, today: is_open(entry),
    "week": _is_due_within_week,
    "overdue": _is_overdue,
    "possible": lambda entry, today: entry.applicability == "possible" and entry.counted,
    "standing": lambda entry, today: entry.deadline.kind == "standing" and entry.counted,
    "done": lambda entry, today: entry.status == "done",
    "not_applicable": lambda entry, today: entry.status == "not_applicable",
    "not_ours": lambda entry, today: False,
}


def _texts(entry: EntryRow) -> Iterator[str]:
    fields = (
        entry.number,
        entry.section,
        entry.matter,
        entry.requirement,
        entry.assignment,
        entry.deadline.text,
        entry.deadline.adjusted.reason if entry.deadline.adjusted else None,
        entry.remark,
        entry.what_was_done,
        entry.reason,
        entry.own_reason,
    )
    yield from (text for text in fields if text)
    yield from entry.leads
    yield from entry.responsible
    yield from entry.supports
    yield from (note.text for note in entry.notes)
    yield from (clock.subject for clock in entry.clocks)
    yield from (occurrence.what_was_done for occurrence in entry.occurrences if occurrence.what_was_done)
    yield from (item.name for quota in entry.quotas for item in quota.items)
