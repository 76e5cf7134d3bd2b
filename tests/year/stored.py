"""The plain steps of a year done by the verbs of the store, in one transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from db.file import LedgerFile
from db.reads.entries import entries
from db.rules.publications import NewPublication
from db.rules.rows import ClockRuleRow
from db.store.change import group
from db.store.clocks import close_clock, edit_clock, extend_clock, move_stage, pause_clock, resume_clock, start_clock
from db.store.counts import add_count, add_item
from db.store.entries import adjust_due, decide, mark_not_applicable, reopen, settle
from db.store.notes import add_note
from db.store.occurrences import reopen_occurrence, settle_occurrence
from db.store.own import add_own
from db.store.publications import add_publications
from db.store.reports import add_report, hand_in, take_back_report
from tests.world import NOW

LATER = date(2999, 1, 1)
"""A day as today that no step comes after: all the work of the year is stored beforehand."""

RULE_KEYS = ("days", "day_kind", "direction", "bound", "trigger", "action", "quote", "source", "article", "may_extend")


def store(file: LedgerFile, ledger: int, steps: Iterable[dict[str, Any]]) -> None:
    """Do every step. Raises what the store raises: a year that it refuses is no year of work."""
    doing = Doing(file, ledger)
    with group(file, ledger, "note", NOW):
        for step in steps:
            getattr(doing, step["do"])(**{key: value for key, value in step.items() if key != "do"})


class Doing:
    """A method for each kind of step; ids by the names that the steps know."""

    def __init__(self, file: LedgerFile, ledger: int) -> None:
        self.ledger = (file, ledger)
        self.ids: dict[str | None, int | None] = {row.number: row.id for row in entries(file, ledger, LATER)}
        self.ids[None] = None
        self.items: dict[tuple[str, str | None], int | None] = {}
        self.clocks: dict[str, int] = {}
        self.clock_entries: dict[str, int | None] = {}

    def id(self, entry: str) -> int:
        found = self.ids[entry]
        assert found is not None
        return found

    def decide(self, entry: str, word: Any) -> None:
        decide(*self.ledger, [self.id(entry)], applicability=word, at=NOW)

    def own(self, number: str, requirement: str, due: date | None) -> None:
        self.ids[number] = add_own(*self.ledger, requirement=requirement, due=due, reason="电话", at=NOW)

    def note(self, entry: str) -> None:
        add_note(*self.ledger, self.id(entry), text="已联系", at=NOW)

    def adjust(self, entry: str, due: date) -> None:
        adjust_due(*self.ledger, self.id(entry), due=due, reason="领导同意", at=NOW)

    def settle(self, entry: str, on: date) -> None:
        settle(*self.ledger, [self.id(entry)], done_on=on, today=LATER, what_was_done="已办", at=NOW)

    def not_applicable(self, entry: str) -> None:
        mark_not_applicable(*self.ledger, [self.id(entry)], reason="无此业务", at=NOW)

    def reopen(self, entry: str) -> None:
        reopen(*self.ledger, [self.id(entry)], at=NOW)

    def publish(self, entry: str | None, on: date, form: Any) -> None:
        new = NewPublication(self.ids[entry], on, "公开一条", "网站", None, form)
        add_publications(*self.ledger, [new], today=LATER, at=NOW)

    def item(self, entry: str, name: str) -> None:
        self.items[entry, name] = add_item(*self.ledger, self.id(entry), name=name, day=None, at=NOW)

    def count(self, entry: str, on: date, times: int, item: str | None) -> None:
        of_item = self.items[entry, item] if item else None
        add_count(*self.ledger, self.id(entry), day=on, number=times, item=of_item, what=None, today=LATER, at=NOW)

    def occurrence(self, entry: str, start: date, on: date) -> None:
        said: dict[str, Any] = {"start": start, "done_on": on, "what_was_done": "本期已办"}
        settle_occurrence(*self.ledger, self.id(entry), **said, today=LATER, at=NOW)

    def reopen_occurrence(self, entry: str, start: date) -> None:
        reopen_occurrence(*self.ledger, self.id(entry), start=start, at=NOW)

    def clock(self, subject: str, rule: dict[str, Any], start: date, entry: str | None) -> None:
        row = ClockRuleRow(
            **{key: rule[key] for key in RULE_KEYS if key in rule},
            task=None,
            registers=rule.get("registers", False),
        )
        started = start_clock(
            *self.ledger, rule=row, subject=subject, start=start, entry=self.ids[entry], today=LATER, at=NOW
        )
        self.clocks[subject], self.clock_entries[subject] = started, self.ids[entry]

    def move_event(self, subject: str, to: date) -> None:
        entry = self.clock_entries[subject]
        said: dict[str, Any] = {"subject": subject, "start": to, "entry": entry}
        edit_clock(*self.ledger, self.clocks[subject], **said, today=LATER, at=NOW)

    def pause(self, subject: str, on: date, anew: bool) -> None:
        pause_clock(*self.ledger, self.clocks[subject], on=on, anew=anew, reason="等回复", today=LATER, at=NOW)

    def resume(self, subject: str, on: date) -> None:
        resume_clock(*self.ledger, self.clocks[subject], on=on, today=LATER, at=NOW)

    def extend(self, subject: str, on: date, days: int) -> None:
        extend_clock(*self.ledger, self.clocks[subject], days=days, reason="情况复杂", on=on, today=LATER, at=NOW)

    def close(self, subject: str, on: date, outcome: str) -> None:
        close_clock(*self.ledger, self.clocks[subject], on=on, outcome=outcome, today=LATER, at=NOW)

    def stage(self, subject: str, stage: Any, on: date) -> None:
        move_stage(*self.ledger, self.clocks[subject], stage=stage, on=on, today=LATER, at=NOW)

    def report(self, what: str, to: str, due: date, source: Any) -> None:
        add_report(*self.ledger, what=what, to=to, due=due, reason="交办", source=source, at=NOW)

    def hand_in(self, what: str, on: date) -> None:
        hand_in(*self.ledger, what=what, on=on, remark=None, today=LATER, at=NOW)

    def take_back(self, what: str) -> None:
        take_back_report(*self.ledger, what=what, at=NOW)
