"""自查: what is missing before the ledger is handed in, each line one key from the place where it is mended."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from db.rules.completeness import Gap, GapKind, gaps
from tui.commands import EVERYWHERE, Command, bindings
from tui.dialogs.line_list import Choice, LineLook
from tui.screens.counting_work import CountingWork
from tui.screens.evidence_work import TakesDrops, of_publication
from tui.screens.ledger_work import LedgerWork
from tui.screens.rows_screen import RowsScreen
from tui.view_commands import SELF_CHECK
from tui.widgets.reading_pane import Block
from tui.wording_counted import missing_words, quota_period_words, tally_words
from tui.wording_gaps import HOW_TO_MEND, READY, gap_words, group_words, how_many_words, state_words
from tui.wording_timed import dated, publication_brief

_PERIODS: Final = 12
"""How many short periods the text names one by one."""


class SelfCheckScreen(RowsScreen, CountingWork["str | None"], TakesDrops["str | None"]):
    """The gaps by kind, in the order in which to mend. Enter goes where the line is mended; back from there, the
    cursor stands on the line that came after it."""

    NAME = "self_check"
    KEYS: ClassVar[tuple[Command, ...]] = SELF_CHECK
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(SELF_CHECK))
    COMMAND_GROUPS: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (
        ("自查", SELF_CHECK),
        ("各个画面", EVERYWHERE),
    )

    _gaps: tuple[Gap, ...] = ()
    _lines: tuple[Gap | None, ...] = ()
    """One for each line of the screen, None for a heading."""
    _returned: frozenset[int] = frozenset()
    """The entries that were just taken back: the cursor goes to them."""

    def read(self) -> None:
        self._gaps = gaps(self.desk.sheet())

    # What is shown

    def title_words(self) -> str:
        return f"自查  {self.today.isoformat()}  {how_many_words(self._gaps)}"

    def empty_words(self) -> str:
        return f"{READY}：Esc 回到清单，按 F9 导出，选「报送包」。"

    def show_entries(self) -> None:
        if self._wanted is None:
            self._wanted = self._follower()
        self._returned = frozenset()
        super().show_entries()

    def _follower(self) -> Hashable | None:
        """Where the cursor goes on: to what came back, else it stays, else to what stood next, else before."""
        left = {_key(gap): gap for _, found in group_words(self._gaps) for gap in found}
        for key, gap in left.items():
            if gap.entry in self._returned:
                return key
        at = self.current
        if at is None:
            return None
        nearest = (*self._keys[at:], *reversed(self._keys[:at]))
        return next((key for key in nearest if key is not None and key in left), None)

    def choices(self) -> Sequence[Choice]:
        pairs = list(self._pairs())
        self._lines = tuple(gap for gap, _ in pairs)
        return [choice for _, choice in pairs]

    def _pairs(self) -> Iterator[tuple[Gap | None, Choice]]:
        by_id = {entry.id: entry for entry in self.entries}
        for name, found in group_words(self._gaps):
            yield None, Choice(name, heading=True)
            for gap in found:
                yield gap, Choice(gap_words(gap), state_words(gap, by_id.get(gap.entry or 0)), look=_look(gap))

    def key(self, index: int) -> Hashable:
        gap = self._lines[index]
        return None if gap is None else _key(gap)

    def entry_at(self, index: int) -> int | None:
        gap = self._lines[index]
        return gap.entry if gap else None

    def blocks(self, index: int) -> Sequence[Block]:
        gap = self._lines[index]
        if gap is None:
            return ()
        blocks = [Block(HOW_TO_MEND[gap.kind], look="mark"), *_gap_blocks(gap)]
        entry = self.entry(gap.entry)
        return [*blocks, Block(""), *self.blocks_of(entry)] if entry else blocks

    def after_taking_back(self, entries: Sequence[int]) -> None:
        self._returned = frozenset(entries)

    # Where it is mended

    def _gap(self) -> Gap | None:
        return self._lines[self.current] if self.current is not None else None

    def action_open(self) -> None:
        gap = self._gap()
        if gap is None:
            return
        if gap.kind == "no_note":
            self.action_note()
        elif gap.kind in ("no_evidence", "publication_bare"):
            self.action_attach()
        elif gap.kind in _PLACES:
            self._open_place(gap)
        elif gap.entry is not None:
            self._open_entry(gap)

    def attach_for_chosen(self, given: str) -> None:
        gap = self._gap()
        if gap is not None and gap.publication is not None:
            self.attach_for(of_publication(gap.publication), given)
        else:
            super().attach_for_chosen(given)

    def _open_place(self, gap: Gap) -> None:
        """The view in which such a gap is mended, its cursor on this one."""
        place: RowsScreen | None = None
        if gap.kind == "date_waits":
            from tui.screens.year import YearScreen

            place = YearScreen(self.desk, ("entry", gap.entry))
        elif gap.quotas:
            from tui.screens.quotas import QuotasScreen, quota_key

            place = QuotasScreen(self.desk, quota_key(gap.entry, gap.quotas[-1]))
        elif gap.clock is not None:
            from tui.screens.clocks import ClocksScreen

            place = ClocksScreen(self.desk, gap.clock.id)
        elif gap.report is not None:
            from tui.screens.reports import ReportsScreen

            place = ReportsScreen(self.desk, gap.report.what)
        if place is not None:
            self.app.push_screen(place, self.came_back)

    def _open_entry(self, gap: Gap) -> None:
        """The details, left and right through the entries of the same kind; the cursor of the checklist comes along."""
        from tui.screens.detail import DetailScreen

        ids = list(dict.fromkeys(each.entry for each in self._gaps if each.kind == gap.kind and each.entry))
        for screen in self.app.screen_stack:
            if isinstance(screen, LedgerWork):
                screen.go_to(gap.entry or 0)
        self.app.push_screen(DetailScreen(self.desk, ids, gap.entry or 0), lambda _: self.reread())


_PLACES: Final[frozenset[GapKind]] = frozenset({"date_waits", "quota_short", "unit_quota", "clock", "report"})
"""The kinds that have a view of their own in which they are mended."""


def _key(gap: Gap) -> Hashable:
    """What a gap is about, however much of it has been mended meanwhile."""
    quota = gap.quotas[0] if gap.quotas else None
    rule = (quota.quote, quota.target, quota.counter, quota.period) if quota else None
    publication = gap.publication.id if gap.publication else None
    clock = gap.clock.id if gap.clock else None
    return gap.kind, gap.entry, rule, publication, clock, gap.report.what if gap.report else None


def _look(gap: Gap) -> LineLook:
    if gap.kind in ("overdue", "missed_period"):
        return "alarm"
    left = gap.clock.countdown if gap.clock else gap.report.countdown if gap.report else None
    return "alarm" if left is not None and left.overdue else ""


def _gap_blocks(gap: Gap) -> Iterator[Block]:
    """What the line itself could not say."""
    for quota in gap.quotas[:_PERIODS]:
        yield Block(f"{quota_period_words(quota)}  {tally_words(quota)}，{missing_words(quota)}", "期间")
    if gap.quotas and gap.entry is None:
        yield Block(f"「{gap.quotas[0].quote}」", "指标原文")
    if gap.publication is not None:
        yield Block(publication_brief(gap.publication), "公开记录")
    if gap.clock is not None:
        yield Block(f"{gap.clock.subject}：{gap.clock.rule.action}", "计时")
        if gap.clock.due is not None:
            yield Block(dated(gap.clock.due), "到期")
    if gap.report is not None:
        yield Block(gap.report.what, "报送")
        yield Block(gap.report.to, "报给")
        if gap.report.due is not None:
            yield Block(dated(gap.report.due), "时间")
