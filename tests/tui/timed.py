"""Ledgers in which something is counted and timed, and the rules by which a test starts a clock."""

from dataclasses import replace

from db.rules.rows import ClockRow, ClockRuleRow, EntryRow
from tests.tui.desks import type_in
from tests.tui.office import Office
from tui.desk import Desk
from tui.dialogs.prose import Prose

JIADING = "jiading-2021"
"""Clock rules of the rows 13, 17 and 19; row 18 counts by items, row 9 is a rate."""
JIANGMEN = "jiangmen-2021"
"""Row 12 recurs every month with two publications, rows 9 and 34 every year with a count."""


def whole_bureau(desk: Desk, plan: str) -> Desk:
    """The desk with the ledger of 全局 over that notice for 2026 open."""
    desk.begin(plan, 2026, "全局", None, "经办甲")
    return desk


def numbered(desk: Desk, number: str) -> EntryRow:
    return next(entry for entry in desk.entries() if entry.number == number)


def statute_rule(desk: Desk, key: str) -> ClockRuleRow:
    return next(rule for rule in desk.statute_rules() if rule.key == key)


def rule_of(desk: Desk, task: str) -> ClockRuleRow:
    """The first rule of that row of the notice."""
    return next(rule for rule in desk.clock_rules() if rule.task == task)


def minimum(desk: Desk) -> ClockRuleRow:
    """At least 30 days of public comment."""
    return replace(
        rule_of(desk, "13"), days=30, day_kind="calendar", bound="min", trigger="公开征求意见", action="征求意见截止"
    )


def only_clock(desk: Desk) -> ClockRow:
    (clock,) = desk.clocks()
    return clock


async def type_at(office: Office, text: str) -> None:
    """What a clerk types where the cursor is."""
    await type_in(office.app, office.pilot, text)


def refused(office: Office) -> str:
    """What the dialog on top says of what could not be done; '' when it says nothing, or no dialog is there."""
    for line in office.app.screen.query(".dialog--error").results(Prose):
        return line.text if line.text.startswith("没有办成") else ""
    return ""
