"""The desk's part for what is counted: publications, counts, items, occurrences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.reads.counting import counts
from tui.desk_base import DeskBase

if TYPE_CHECKING:
    from db.rules.publications import LineProblem, NewPublication
    from db.rules.rows import CountRow, PublicationRow, QuotaRow


class DeskCounting(DeskBase):
    """Every change is one undo step."""

    def publications(self) -> tuple[PublicationRow, ...]:
        """All 公开记录 of the ledger, the newest day first."""
        from db.reads.publications import publications

        return publications(self._file, self._open)

    def unit_quotas(self) -> tuple[QuotaRow, ...]:
        """The quotas of each responsible unit, by period; none where the notice makes this unit no such one."""
        from db.reads.sheet import unit_quotas

        return unit_quotas(self._file, self._open)

    def counts(self) -> tuple[CountRow, ...]:
        """All plain counts of the ledger."""
        return counts(self._file, self._open)

    def read_publications(
        self, text: str, entry: int | None
    ) -> tuple[tuple[NewPublication, ...], tuple[LineProblem, ...]]:
        """What pasted lines say; nothing is stored."""
        from db.rules.publications import read_lines

        return read_lines(text, self.today(), entry)

    def publish(self, new: Sequence[NewPublication]) -> int:
        """记公开. Returns how many were added."""
        self.changing()
        from db.store.publications import add_publications

        return len(add_publications(self._file, self._open, new, today=self.today(), at=self.now()))

    def edit_publication(self, publication: int, new: NewPublication) -> None:
        """Change a publication."""
        self.changing()
        from db.store.publications import edit_publication

        edit_publication(self._file, self._open, publication, new, today=self.today(), at=self.now())

    def remove_publications(self, publications: Sequence[int]) -> None:
        """Take publications out."""
        self.changing()
        from db.store.publications import remove_publications

        remove_publications(self._file, self._open, publications, at=self.now())

    def add_count(self, entry: int, day: date, number: int, item: int | None, what: str | None) -> None:
        """记次数."""
        self.changing()
        from db.store.counts import add_count

        add_count(
            self._file,
            self._open,
            entry,
            day=day,
            number=number,
            item=item,
            what=what,
            today=self.today(),
            at=self.now(),
        )

    def edit_count(self, count: int, day: date, number: int, item: int | None, what: str | None) -> None:
        """Change a count."""
        self.changing()
        from db.store.counts import edit_count

        edit_count(
            self._file,
            self._open,
            count,
            day=day,
            number=number,
            item=item,
            what=what,
            today=self.today(),
            at=self.now(),
        )

    def remove_count(self, count: int) -> None:
        """Take a count out."""
        self.changing()
        from db.store.counts import remove_count

        remove_count(self._file, self._open, count, at=self.now())

    def add_item(self, entry: int, name: str, day: date | None) -> int:
        """Add an item (a decision…) that a quota counts by. Returns its id."""
        self.changing()
        from db.store.counts import add_item

        return add_item(self._file, self._open, entry, name=name, day=day, at=self.now())

    def edit_item(self, item: int, name: str, day: date | None) -> None:
        """Change an item."""
        self.changing()
        from db.store.counts import edit_item

        edit_item(self._file, self._open, item, name=name, day=day, at=self.now())

    def remove_item(self, item: int) -> None:
        """Take an item out, with its counts."""
        self.changing()
        from db.store.counts import remove_item

        remove_item(self._file, self._open, item, at=self.now())

    def settle_occurrences(self, entry: int, starts: Sequence[date], done_on: date, what_was_done: str | None) -> None:
        """本期销账: settle the periods of a recurring deadline that begin on these days, all of them or none."""
        self.changing()
        from db.store.change import group
        from db.store.occurrences import settle_occurrence

        today, at = self.today(), self.now()
        with group(self._file, self._open, "settle_occurrence", at):
            for start in starts:
                settle_occurrence(
                    self._file,
                    self._open,
                    entry,
                    start=start,
                    done_on=done_on,
                    what_was_done=what_was_done,
                    today=today,
                    at=at,
                )

    def settle_occurrence(self, entry: int, start: date, done_on: date, what_was_done: str | None) -> None:
        """本期销账 of one period."""
        self.settle_occurrences(entry, (start,), done_on, what_was_done)

    def reopen_occurrence(self, entry: int, start: date) -> None:
        """Take that back."""
        self.changing()
        from db.store.occurrences import reopen_occurrence

        reopen_occurrence(self._file, self._open, entry, start=start, at=self.now())
