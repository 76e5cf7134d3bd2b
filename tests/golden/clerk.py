"""One clerk's work on one ledger, told day by day and done by the store's own verbs, each on its day.

A story is told in any order: what is told is done in the order of the days, those of one day as told. Days are
written 03-09 in the ledger's year, or whole: 2022-01-05.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

from db.file import LedgerFile
from db.reads.clocks import statute_rules
from db.reads.entries import entries
from db.reads.sheet import clock_rules
from db.rules.publications import NewPublication
from db.rules.words import Channel, Form, RuleSource, Stage
from db.store.clocks import close_clock, extend_clock, move_stage, pause_clock, resume_clock, start_clock
from db.store.counts import add_count, add_item
from db.store.entries import adjust_due, confirm_shift, decide, mark_not_applicable, settle, start
from db.store.evidence import attach, attach_address
from db.store.notes import add_note
from db.store.occurrences import settle_occurrence
from db.store.own import add_own
from db.store.publications import add_publications
from db.store.reports import add_report, hand_in
from db.store.undo import undo
from tests.golden.papers import of_kind
from tests.world import BEIJING

MORNING: Final = time(9, 0, tzinfo=BEIJING)
APART: Final = timedelta(minutes=7)
"""Between two steps of a day."""

Step = Callable[[date, datetime], object]


class Clerk:
    """What happens to the ledger; numbers are those of its entries, 自1 an own one's, None the unit itself."""

    def __init__(self, file: LedgerFile, ledger: int, year: int) -> None:
        self.file = file
        self.ledger = ledger
        self.year = year
        self._steps: list[tuple[date, Step]] = []
        self._entries: dict[str, int] = {}
        self._named: dict[tuple[str, str], int] = {}

    def work(self) -> None:
        """Do all that was told."""
        done_on, at = date.min, datetime.min
        for on, step in sorted(self._steps, key=lambda told: told[0]):
            at = at + APART if on == done_on else datetime.combine(on, MORNING)
            done_on = on
            step(on, at)

    # Entries

    def settle(self, day: str, number: str, words: str | None, on: str | None = None) -> None:
        def step(today: date, at: datetime) -> None:
            done_on = self._day(on) if on else today
            said: dict[str, Any] = {"done_on": done_on, "today": today, "what_was_done": words}
            settle(self.file, self.ledger, [self._entry(number)], **said, at=at)

        self._tell(day, step)

    def note(self, day: str, number: str, text: str) -> None:
        self._tell(day, lambda today, at: add_note(self.file, self.ledger, self._entry(number), text=text, at=at))

    def start(self, day: str, *numbers: str) -> None:
        self._tell(day, lambda today, at: start(self.file, self.ledger, self._ids(numbers), at=at))

    def not_applicable(self, day: str, number: str, reason: str) -> None:
        ids = (number,)
        self._tell(
            day, lambda today, at: mark_not_applicable(self.file, self.ledger, self._ids(ids), reason=reason, at=at)
        )

    def decide(self, day: str, word: Literal["ours", "not_ours"], *numbers: str) -> None:
        self._tell(day, lambda today, at: decide(self.file, self.ledger, self._ids(numbers), applicability=word, at=at))

    def adjust(self, day: str, number: str, due: str, reason: str) -> None:
        def step(today: date, at: datetime) -> None:
            adjust_due(self.file, self.ledger, self._entry(number), due=self._day(due), reason=reason, at=at)

        self._tell(day, step)

    def confirm_date(self, day: str, number: str) -> None:
        self._tell(day, lambda today, at: confirm_shift(self.file, self.ledger, self._ids((number,)), at=at))

    def own(self, day: str, requirement: str, due: str | None, reason: str) -> None:
        def step(today: date, at: datetime) -> None:
            to_be_done = self._day(due) if due else None
            add_own(self.file, self.ledger, requirement=requirement, due=to_be_done, reason=reason, at=at)

        self._tell(day, step)

    def period(self, day: str, number: str, first: str, words: str) -> None:
        """本期销账, of the period that begins on `first`."""

        def step(today: date, at: datetime) -> None:
            said: dict[str, Any] = {"start": self._day(first), "done_on": today, "today": today, "what_was_done": words}
            settle_occurrence(self.file, self.ledger, self._entry(number), **said, at=at)

        self._tell(day, step)

    # What is counted

    def publish(
        self, day: str, number: str | None, title: str, channel: Channel = "网站", form: Form = "文字", on: str = ""
    ) -> None:
        """Known by its title. What is published on a site has an address."""

        def step(today: date, at: datetime) -> None:
            published_on = self._day(on) if on else today
            entry = self._entry(number) if number else None
            address = None
            if channel in ("网站", "公众号"):
                address = f"https://zwgk.example/{published_on:%Y%m}/t{published_on:%Y%m%d}_{len(self._named):06d}.html"
            new = NewPublication(entry, published_on, title, channel, address, form)
            (made,) = add_publications(self.file, self.ledger, [new], today=today, at=at)
            self._named["publication", title] = made

        self._tell(day, step)

    def item(self, day: str, number: str, name: str, on: str | None = None) -> None:
        def step(today: date, at: datetime) -> None:
            of_day = self._day(on) if on else today
            made = add_item(self.file, self.ledger, self._entry(number), name=name, day=of_day, at=at)
            self._named[number, name] = made

        self._tell(day, step)

    def count(self, day: str, number: str, times: int, what: str, item: str | None = None) -> None:
        def step(today: date, at: datetime) -> None:
            of_item = self._named[number, item] if item else None
            said: dict[str, Any] = {"day": today, "number": times, "item": of_item, "what": what, "today": today}
            add_count(self.file, self.ledger, self._entry(number), **said, at=at)

        self._tell(day, step)

    # Evidence

    def files(self, day: str, number: str, *names: str, caption: str | None = None, on: str | None = None) -> None:
        """Attach papers of these names to the entry, in one step."""
        self._tell(day, lambda today, at: self._attach(names, self._entry(number), None, caption, on, today, at))

    def files_of(self, day: str, title: str, *names: str, caption: str | None = None, on: str | None = None) -> None:
        """The same to the publication of that title."""

        def step(today: date, at: datetime) -> None:
            self._attach(names, None, self._named["publication", title], caption, on, today, at)

        self._tell(day, step)

    def address(self, day: str, number: str, address: str, caption: str | None = None) -> None:
        def step(today: date, at: datetime) -> None:
            said: dict[str, Any] = {"entry": self._entry(number), "publication": None, "caption": caption, "day": today}
            attach_address(self.file, self.ledger, address, **said, today=today, at=at)

        self._tell(day, step)

    # Clocks, known by their subject

    def clock(self, day: str, subject: str, action: str, first: str | None = None, number: str | None = None) -> None:
        """By the notice's rule, or else the statute's, of that action."""

        def step(today: date, at: datetime) -> None:
            rules = (*clock_rules(self.file, self.ledger), *statute_rules(self.file))
            rule = next(rule for rule in rules if rule.action == action)
            start_day = self._day(first) if first else today
            entry = self._entry(number) if number else None
            said: dict[str, Any] = {
                "rule": rule,
                "subject": subject,
                "start": start_day,
                "entry": entry,
                "today": today,
            }
            self._named["clock", subject] = start_clock(self.file, self.ledger, **said, at=at)

        self._tell(day, step)

    def pause(self, day: str, subject: str, reason: str, *, anew: bool = False) -> None:
        def step(today: date, at: datetime) -> None:
            said: dict[str, Any] = {"on": today, "anew": anew, "reason": reason, "today": today}
            pause_clock(self.file, self.ledger, self._clock(subject), **said, at=at)

        self._tell(day, step)

    def resume(self, day: str, subject: str) -> None:
        self._tell(
            day,
            lambda today, at: resume_clock(self.file, self.ledger, self._clock(subject), on=today, today=today, at=at),
        )

    def extend(self, day: str, subject: str, days: int, reason: str) -> None:
        def step(today: date, at: datetime) -> None:
            said: dict[str, Any] = {"days": days, "reason": reason, "on": today, "today": today}
            extend_clock(self.file, self.ledger, self._clock(subject), **said, at=at)

        self._tell(day, step)

    def stage(self, day: str, subject: str, stage: Stage) -> None:
        def step(today: date, at: datetime) -> None:
            move_stage(self.file, self.ledger, self._clock(subject), stage=stage, on=today, today=today, at=at)

        self._tell(day, step)

    def close(self, day: str, subject: str, outcome: str | None) -> None:
        def step(today: date, at: datetime) -> None:
            close_clock(self.file, self.ledger, self._clock(subject), on=today, outcome=outcome, today=today, at=at)

        self._tell(day, step)

    # Reports

    def report(self, day: str, what: str, to: str, due: str, reason: str, source: RuleSource = "office") -> None:
        def step(today: date, at: datetime) -> None:
            said: dict[str, Any] = {"what": what, "to": to, "due": self._day(due), "reason": reason, "source": source}
            add_report(self.file, self.ledger, **said, at=at)

        self._tell(day, step)

    def hand_in(self, day: str, what: str, remark: str | None = None) -> None:
        self._tell(
            day,
            lambda today, at: hand_in(self.file, self.ledger, what=what, on=today, remark=remark, today=today, at=at),
        )

    def take_back(self, day: str) -> None:
        """撤销 of the step told before."""
        self._tell(day, lambda today, at: undo(self.file, self.ledger, at))

    # How it is done

    def _tell(self, day: str, step: Step) -> None:
        self._steps.append((self._day(day), step))

    def _day(self, written: str) -> date:
        return date.fromisoformat(written if len(written) == 10 else f"{self.year}-{written}")

    def _ids(self, numbers: tuple[str, ...]) -> list[int]:
        return [self._entry(number) for number in numbers]

    def _entry(self, number: str) -> int:
        if number not in self._entries:
            self._entries = {row.number: row.id for row in entries(self.file, self.ledger, date(self.year, 1, 1))}
        return self._entries[number]

    def _clock(self, subject: str) -> int:
        return self._named["clock", subject]

    def _attach(
        self,
        names: tuple[str, ...],
        entry: int | None,
        publication: int | None,
        caption: str | None,
        on: str | None,
        today: date,
        at: datetime,
    ) -> None:
        papers = [of_kind(name, (at - timedelta(hours=18)).isoformat()) for name in names]
        said: dict[str, Any] = {"entry": entry, "publication": publication, "caption": caption}
        day = self._day(on) if on else today
        attach(self.file, self.ledger, papers, **said, day=day, today=today, at=at)
