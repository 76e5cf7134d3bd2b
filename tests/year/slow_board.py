"""今日: where each thing stands on a day, asked one after the other."""

from datetime import date
from typing import Any

from tests.year.slow_clocks import is_minimum
from tests.year.slow_days import countdown

GROUPS = ("overdue", "due_today", "week", "quotas", "clocks", "reports")
KINDS = ("entry", "occurrence", "quota", "clock", "report")
NO_DAY = date.max
Line = dict[str, Any]


def nearness(left: dict[str, Any]) -> str | None:
    if left["days"] < 0:
        return "overdue"
    if left["days"] == 0:
        return "due_today"
    if left["days"] <= 7 or left["workdays"] <= 5:
        return "week"
    return None


def line(kind: str, text: str, today: date, due: date | None, **more: Any) -> Line:
    return {
        **{"group": None, "kind": kind, "text": text, "number": None, "due": due, "quota": None, "missed": []},
        "countdown": None if due is None else countdown(today, due),
        **more,
    }


def is_short(quota: dict[str, Any], today: date) -> bool:
    return quota["start"] <= today <= quota["end"] and quota["met"] is False


def lines_of_entry(entry: dict[str, Any], today: date) -> list[Line]:
    if entry["status"] in ("done", "not_applicable"):
        return []
    text, number = entry["requirement"], entry["number"]
    found = []
    if entry["due"] is not None:
        made = line("entry", text, today, entry["due"], number=number)
        made["group"] = nearness(made["countdown"])
        found.append(made)
    missed = [(start, end) for start, end, state, _ in entry["occurrences"] if state == "missed"]
    if missed:
        found.append(line("occurrence", text, today, missed[0][1], number=number, missed=missed, group="overdue"))
    short = [quota for quota in entry["quotas"] if is_short(quota, today)]
    for start, end, state, _ in entry["occurrences"]:
        if state == "current" and not any((quota["start"], quota["end"]) == (start, end) for quota in short):
            made = line("occurrence", text, today, end, number=number)
            made["group"] = nearness(made["countdown"])
            found.append(made)
    for quota in short:
        found.append(line("quota", text, today, quota["end"], number=number, quota=quota, group="quotas"))
    return found


def line_of_clock(clock: dict[str, Any], rule: dict[str, Any], today: date) -> Line:
    text = f"{clock['subject']}：{rule['action']}"
    made = line("clock", text, today, clock["due"], number=clock["number"], countdown=clock["countdown"])
    if clock["countdown"] is None or is_minimum(rule):
        return {**made, "group": "clocks"}  # 不少于30天 is no deadline
    return {**made, "group": nearness(clock["countdown"]) or "clocks"}


def board(
    entries: list[dict[str, Any]],
    unit_quotas: list[dict[str, Any]],
    clocks: list[tuple[dict[str, Any], dict[str, Any]]],
    reports: list[dict[str, Any]],
    today: date,
) -> list[Line]:
    """Every line in its order. Each clock comes with its rule."""
    found = []
    for entry in entries:
        found.extend(lines_of_entry(entry, today))
    for quota in unit_quotas:
        if is_short(quota, today):
            found.append(line("quota", quota["quote"], today, quota["end"], quota=quota, group="quotas"))
    for clock, rule in clocks:
        if clock["state"] != "closed":
            found.append(line_of_clock(clock, rule, today))
    for report in reports:
        if report["handed_in_on"] is None:
            made = line("report", report["what"], today, report["due"])
            group = nearness(made["countdown"]) if made["countdown"] else None
            found.append({**made, "group": group or "reports"})
    in_order: list[Line] = []
    for group in GROUPS:
        of_group = [made for made in found if made["group"] == group]
        for due in sorted({made["due"] or NO_DAY for made in of_group}):
            for kind in KINDS:
                in_order.extend(m for m in of_group if (m["due"] or NO_DAY) == due and m["kind"] == kind)
    return in_order
