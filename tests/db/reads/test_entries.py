"""Every unit of every roster sees what the notice gives it, and nothing else."""

from datetime import date
from typing import Any

import pytest

from db.errors import UnknownNameError
from db.reads.entries import entries
from db.reads.ledgers import notices
from db.rules.rows import EntryRow
from db.store.entries import adjust_due, mark_not_applicable, settle
from db.store.ledgers import begin_ledger
from db.store.own import add_own
from tests.db.reads import slow
from tests.world import LEDGER, NOW, TODAY, World, later, rows

TODAYS = (TODAY, date(2026, 9, 30))


def told(entry: EntryRow) -> dict[str, Any]:
    """An entry in the words of the slow oracle."""
    left = entry.countdown
    return {
        "applicability": entry.applicability,
        "role": entry.role,
        "through": entry.through,
        "reached_by": entry.reached_by,
        "text": entry.deadline.text,
        "kind": entry.deadline.kind,
        "source": entry.deadline.source,
        "due": entry.deadline.due,
        "recurrence": entry.deadline.recurrence,
        "dates": [(each.party, each.due) for each in entry.deadline.dates],
        "lead": entry.leads,
        "responsible": entry.responsible,
        "support": entry.supports,
        "position": entry.position,
        "number": entry.number,
        "requirement": entry.requirement,
        "section": entry.section,
        "matter": entry.matter,
        "assignment": entry.assignment,
        "remark": entry.remark,
        "left": (left.days, left.workdays, left.overdue) if left else None,
        "quotas": len(entry.quotas),
    }


@pytest.mark.parametrize("year", [None, 2026])
@pytest.mark.parametrize("plan", slow.PLANS)
def test_each_unit_sees_what_the_notice_gives_it(plan: str, year: int | None, world: World) -> None:
    year = year or slow.notice(plan)["year"]
    units = slow.roster(plan)
    for unit in [*units, "全局"]:
        number = begin_ledger(world.file, plan=plan, year=year, unit=unit, kind=None, officer=None, at=NOW)
        for today in TODAYS:
            found = [told(entry) for entry in entries(world.file, number, today)]
            assert found == slow.expected(plan, unit, year, today, units), unit


@pytest.mark.parametrize("plan", slow.PLANS)
def test_a_unit_that_joins_sees_the_groups_of_its_kind(plan: str, world: World) -> None:
    units = slow.roster(plan)
    year = slow.notice(plan)["year"]
    for kind in ("科室", "所队", "中心", "属下单位", "其他"):
        units[f"新设{kind}"] = kind
        number = begin_ledger(world.file, plan=plan, year=year, unit=f"新设{kind}", kind=kind, officer=None, at=NOW)
        found = [told(entry) for entry in entries(world.file, number, TODAY)]
        assert found == slow.expected(plan, f"新设{kind}", year, TODAY, units), kind
        assert all(entry["through"] != "name" for entry in found)


@pytest.mark.parametrize("plan", slow.PLANS)
def test_the_choice_counts_what_the_list_then_shows(plan: str, world: World) -> None:
    (row,) = (row for row in notices(world.file) if row.plan == plan)
    units = slow.roster(plan)
    assert [(unit.name, unit.kind) for unit in row.units] == list(units.items())
    assert row.tasks == len(slow.notice(plan)["task"])
    for unit in row.units:
        seen = [one["applicability"] for one in slow.expected(plan, unit.name, row.year, TODAY, units)]
        assert (unit.tasks, unit.possible) == (seen.count("ours"), seen.count("possible")), unit.name


def test_there_are_148_tasks_in_all(world: World) -> None:
    assert sum(len(slow.notice(plan)["task"]) for plan in slow.PLANS) == 148
    assert sum(row.tasks for row in notices(world.file)) == 148


def test_the_oracle_would_see_a_missing_unit_a_wrong_role_and_a_shifted_date() -> None:
    plan = "jiangmen-2021"
    units = slow.roster(plan)
    right = slow.expected(plan, "执法监督科", 2021, TODAY, units)
    assert slow.expected(plan, "执法监督科", 2022, TODAY, units) != right
    assert slow.expected(plan, "办公室", 2021, TODAY, units) != right
    assert {one["applicability"] for one in right} == {"ours", "possible", "not_ours"}


@pytest.mark.parametrize("today", [date(2021, 1, 1), date(2021, 12, 3), date(2021, 12, 4), date(2024, 2, 29)])
def test_a_countdown_says_where_a_year_without_a_schedule_is_crossed(today: date, world: World) -> None:
    number = begin_ledger(world.file, plan="jiangmen-2021", year=2027, unit="全局", kind=None, officer=None, at=NOW)
    for ledger in (world.ledger, number):
        for entry in entries(world.file, ledger, today):
            if entry.countdown and entry.deadline.due:
                crossed = any(
                    year not in range(2004, 2027)
                    for year in range(min(today, entry.deadline.due).year, max(today, entry.deadline.due).year + 1)
                )
                assert entry.countdown.estimated is crossed


def test_done_and_not_applicable_entries_have_no_countdown(world: World) -> None:
    one, two, three = world.ours(3)
    settle(world.file, world.ledger, [one], done_on=TODAY, today=TODAY, what_was_done="已报", at=NOW)
    mark_not_applicable(world.file, world.ledger, [two], reason="本年没有", at=NOW)
    adjust_due(world.file, world.ledger, three, due=date(2021, 11, 26), reason="提前", at=NOW)
    found = {entry.id: entry for entry in world.entries().values()}
    assert (found[one].countdown, found[two].countdown) == (None, None)
    assert (found[one].status, found[one].done_on, found[one].what_was_done) == ("done", TODAY, "已报")
    assert (found[two].status, found[two].reason) == ("not_applicable", "本年没有")
    left = found[three].countdown
    assert left is not None
    assert (left.days, left.workdays) == (4, 4)
    assert found[three].deadline.due == date(2021, 12, 3)


def test_entries_are_fresh_from_the_file_each_time(world: World) -> None:
    before = entries(world.file, world.ledger, TODAY)
    assert entries(world.file, world.ledger, TODAY) == before
    add_own(world.file, world.ledger, requirement="补报", due=None, reason="电话", at=later(1))
    assert len(entries(world.file, world.ledger, TODAY)) == len(before) + 1


def test_an_unknown_ledger_has_no_entries_but_an_error(world: World) -> None:
    with pytest.raises(UnknownNameError, match="不在文件里"):
        entries(world.file, LEDGER + 99, TODAY)


def test_reading_writes_nothing(world: World) -> None:
    before = world.path.read_bytes()
    for plan in slow.PLANS:
        notices(world.file)
        entries(world.file, world.ledger, TODAY)
        assert plan
    assert world.path.read_bytes() == before
    assert rows(world.path, "place") == []
