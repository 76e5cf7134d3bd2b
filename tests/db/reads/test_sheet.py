"""What an export carries: the entries that are not another's, the figures, and the JSON shape of the design."""

import json
from datetime import date
from typing import Any

import pytest

from db.export.json_form import as_dict
from db.reads.sheet import sheet
from db.rules.rows import LedgerSheet
from db.store.entries import adjust_due, decide, mark_not_applicable, settle
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.own import add_own
from tests.db.reads import slow
from tests.world import NOW, TODAY, YESTERDAY, World, later


def seen(world: World, today: date = TODAY) -> LedgerSheet:
    return sheet(world.file, world.ledger, today)


def test_what_is_not_ours_is_left_out(world: World) -> None:
    possible = world.first("possible")
    shown = {entry.id for entry in seen(world).entries}
    assert shown == {entry.id for entry in world.entries().values() if entry.applicability != "not_ours"}
    assert possible in shown
    decide(world.file, world.ledger, [possible], applicability="not_ours", at=NOW)
    assert {entry.id for entry in seen(world).entries} == shown - {possible}


def test_the_figures_are_those_of_the_entries(world: World) -> None:
    one, two, three, four = world.ours(4)
    settle(world.file, world.ledger, [one, two], done_on=YESTERDAY, today=TODAY, what_was_done=None, at=NOW)
    mark_not_applicable(world.file, world.ledger, [three], reason="本年没有", at=NOW)
    adjust_due(world.file, world.ledger, four, due=YESTERDAY, reason="提前", at=NOW)
    add_own(world.file, world.ledger, requirement="补报", due=TODAY, reason="电话", at=later(1))
    add_own(world.file, world.ledger, requirement="补报", due=date(2021, 11, 29), reason="电话", at=later(1))
    add_own(world.file, world.ledger, requirement="补报", due=date(2021, 11, 30), reason="电话", at=later(1))
    found = seen(world)
    counted = [entry for entry in found.entries if entry.status != "not_applicable"]
    figures = found.summary
    assert figures.total == len(counted) == len(found.entries) - 1
    assert figures.done == 2
    assert figures.overdue == sum(
        1 for entry in counted if entry.status != "done" and (entry.deadline.effective or TODAY) < TODAY
    )
    assert figures.overdue >= 1
    week = [entry.number for entry in counted if entry.countdown and 0 <= entry.countdown.days <= 7]
    assert figures.due_within_7_days == len(week)
    assert {"自1", "自2"} <= set(week)
    assert "自3" not in week
    assert figures.standing == sum(1 for entry in counted if entry.deadline.kind == "standing")
    assert figures.completion_rate == 2 / len(counted)


def test_where_nothing_counts_there_is_no_rate(world: World) -> None:
    chosen = [entry.id for entry in seen(world).entries]
    mark_not_applicable(world.file, world.ledger, chosen, reason="机构撤并", at=NOW)
    found = seen(world)
    assert len(found.entries) == len(chosen)
    assert (found.summary.total, found.summary.done, found.summary.completion_rate) == (0, 0, None)


@pytest.mark.parametrize("year", [None, 2026])
@pytest.mark.parametrize("plan", slow.PLANS)
def test_the_rules_of_the_notice_come_along(plan: str, year: int | None, world: World) -> None:
    said = slow.notice(plan)
    year = year or said["year"]
    begun = begin_ledger(world.file, plan=plan, year=year, unit="全局", kind=None, officer=None, at=NOW)
    found = sheet(world.file, begun, TODAY)
    assert (found.ledger.plan, found.ledger.year, found.ledger.notice_year) == (plan, year, said["year"])
    assert (found.ledger.agency, found.ledger.title) == (said.get("agency"), said.get("title"))
    assert [(row.kind, row.text) for row in found.rules] == [(one["kind"], one["text"]) for one in said.get("rule", [])]
    keys = ("days", "day_kind", "direction", "bound", "trigger", "action", "quote", "task")
    assert [tuple(getattr(row, key) for key in keys) for row in found.clock_rules] == [
        tuple(one.get(key) for key in keys) for one in said.get("clock_rule", [])
    ]
    assert [(row.what, row.to, row.due, list(row.attachments)) for row in found.reports] == [
        (
            one["what"],
            one["to"],
            date(year + one.get("year_offset", 0), one["month"], one["day"]),
            one.get("attachments", []),
        )
        for one in said.get("report", [])
    ]
    assert len(found.unit_quotas) == slow.periods_of({"quotas": said.get("unit_quota", [])})
    assert found.today == TODAY


EVIDENCE = dict.fromkeys(("name", "sha256", "size", "added_at", "address", "caption", "day", "publication"))
SHAPE: dict[str, Any] = {
    "ledger": dict.fromkeys(("plan", "agency", "title", "year", "unit", "officer", "today", "head")),
    "entries": [
        {
            **dict.fromkeys(
                (
                    *("number", "own", "section", "matter", "requirement", "assignment", "role", "through"),
                    *("applicability", "leads", "responsible", "supports", "status", "done_on", "what_was_done"),
                    *("reason", "remark"),
                )
            ),
            "deadline": {
                **dict.fromkeys(("text", "kind", "source", "due", "quote", "recurrence")),
                "dates": [dict.fromkeys(("party", "due"))],
                "adjusted": dict.fromkeys(("due", "reason")),
            },
            "countdown": dict.fromkeys(("days", "workdays", "estimated", "overdue")),
            "quotas": [
                {
                    **dict.fromkeys(("target", "counter", "period", "tally", "period_start", "period_end", "met")),
                    **dict.fromkeys(("quote", "items")),
                }
            ],
            "notes": [dict.fromkeys(("at", "text"))],
            "occurrences": [dict.fromkeys(("start", "end", "state", "done_on", "what_was_done"))],
            "publications": [dict.fromkeys(("on", "title", "channel", "address", "form"))],
            "counts": [dict.fromkeys(("on", "number", "item", "what"))],
            "evidence": [EVIDENCE],
        }
    ],
    "unit_quotas": [],
    "clock_rules": [dict.fromkeys(("days", "day_kind", "direction", "bound", "trigger", "action", "quote"))],
    "clocks": [
        {
            **dict.fromkeys(
                (
                    *("subject", "number", "source", "article", "days", "day_kind", "direction", "bound", "trigger"),
                    *("action", "quote", "start", "due", "state", "left", "closed_on", "late", "outcome"),
                )
            ),
            "countdown": dict.fromkeys(("days", "workdays", "estimated", "overdue")),
            "pauses": [dict.fromkeys(("from", "to", "anew", "reason"))],
            "extensions": [dict.fromkeys(("on", "days", "reason"))],
            "stages": [dict.fromkeys(("stage", "on"))],
        }
    ],
    "reports": [
        {
            **dict.fromkeys(("what", "to", "due", "attachments", "quote", "source", "handed_in_on", "remark")),
            "countdown": dict.fromkeys(("days", "workdays", "estimated", "overdue")),
        }
    ],
    "publications": [dict.fromkeys(("on", "title", "channel", "address", "form"))],
    "evidence": [EVIDENCE],
    "rules": [dict.fromkeys(("kind", "text"))],
    "summary": dict.fromkeys(("total", "done", "overdue", "due_within_7_days", "standing", "completion_rate")),
}
"""The shape of the design page and what was added to it since, key by key."""


def keys_differ(found: Any, shape: Any, where: str = "") -> list[str]:
    """Where the keys of a JSON value are not those of the shape."""
    if isinstance(shape, dict) and isinstance(found, dict):
        if set(found) != set(shape):
            return [f"{where}: {sorted(set(found) ^ set(shape))}"]
        return [wrong for key in shape for wrong in keys_differ(found[key], shape[key], f"{where}.{key}")]
    if isinstance(shape, list) and shape:
        return [wrong for one in found for wrong in keys_differ(one, shape[0], f"{where}[]")]
    return []


def no_empty_text(found: Any) -> bool:
    if isinstance(found, dict):
        return all(no_empty_text(value) for value in found.values())
    if isinstance(found, list):
        return all(no_empty_text(value) for value in found)
    return bool(found != "")


@pytest.mark.parametrize("plan", slow.PLANS)
def test_the_json_has_every_key_of_the_design_and_no_other(plan: str, world: World) -> None:
    begun = begin_ledger(world.file, plan=plan, year=2022, unit="全局", kind=None, officer=None, at=NOW)
    found = as_dict(sheet(world.file, begun, TODAY))
    assert keys_differ(found, SHAPE) == []
    assert no_empty_text(found)
    json.dumps(found)


def test_the_work_of_the_clerk_stands_in_the_json(world: World) -> None:
    one, two = world.ours(2)
    add_note(world.file, world.ledger, one, text="已联系\n办公室", at=NOW)
    settle(world.file, world.ledger, [one], done_on=YESTERDAY, today=TODAY, what_was_done="已公开", at=NOW)
    adjust_due(world.file, world.ledger, two, due=date(2022, 3, 1), reason="局长同意", at=NOW)
    add_own(world.file, world.ledger, requirement="补报", due=TODAY, reason="电话", at=NOW)
    found = json.loads(json.dumps(as_dict(seen(world))))
    assert keys_differ(found, SHAPE) == []
    numbers = {row.id: row.number for row in world.entries().values()}
    by_number = {entry["number"]: entry for entry in found["entries"]}
    done, adjusted, own = by_number[numbers[one]], by_number[numbers[two]], by_number["自1"]
    assert (done["status"], done["done_on"], done["what_was_done"]) == ("done", "2021-11-21", "已公开")
    assert done["notes"] == [{"at": "2021-11-22T09:30:00+08:00", "text": "已联系\n办公室"}]
    assert done["countdown"] is None
    assert adjusted["deadline"]["adjusted"] == {"due": "2022-03-01", "reason": "局长同意"}
    assert adjusted["deadline"]["due"] == "2021-12-03"
    assert adjusted["countdown"]["days"] == 99
    assert (own["own"], own["role"], own["through"], own["applicability"]) == (True, None, None, "ours")
    assert found["ledger"]["officer"] == "甲"
    assert found["summary"]["done"] == 1


def test_the_comparison_of_keys_sees_one_too_many_and_one_too_few() -> None:
    assert keys_differ({"a": 1}, {"a": None, "b": None})
    assert keys_differ({"a": [{"x": 1}]}, {"a": [{}]})
    assert not keys_differ({"a": [], "b": None}, {"a": [{"x": None}], "b": {"y": None}})
