"""The turns of events that the clocks of a year take: pauses, extensions, ends, each on a day that is hard."""

import tomllib
from datetime import date, timedelta
from functools import cache
from itertools import cycle, islice
from typing import Any

from tests.db.reads import slow
from tests.year.slow_clocks import due_day

Step = dict[str, Any]
Rule = dict[str, Any]

OFFICE_RULES: tuple[Rule, ...] = tuple(
    {"days": days, "day_kind": kind, "direction": direction, "bound": bound, "trigger": "交办", "source": "office"}
    | {"action": f"{kind}-{direction}-{bound}", "quote": "领导交办"}
    for days, kind, direction, bound in (
        (15, "calendar", "after", "max"),
        (10, "calendar", "before", "max"),
        (30, "calendar", "after", "min"),
        (6, "workday", "after", "min"),
        (3, "workday", "before", "min"),
    )
)
"""Rules of the kinds that the notices and the statute do not have between them."""


@cache
def statute() -> tuple[Rule, ...]:
    rules = tomllib.loads((slow.FOLDER / "statute.toml").read_text(encoding="utf-8"))["rule"]
    return tuple({**rule, "source": "statute", "quote": rule["text"]} for rule in rules)


def starts(year: int) -> list[date]:
    """Days of events: before feasts, before a make-up day, on a day off, around both ends of the year."""
    return [
        *(date(year, 1, 4), date(year, 2, 10), date(year, 4, 30), date(year, 9, 24), date(year, 12, 31)),
        *(date(year, 6, 11), date(year - 1, 12, 20), date(year, 9, 18), date(year, 11, 26), date(year, 2, 28)),
        *(date(year, 10, 1), date(year, 12, 6), date(year, 7, 17)),
    ]


def events(year: int) -> list[date]:
    """Days to which is counted backwards."""
    return [date(year, 10, 8), date(year, 1, 4), date(year + 1, 1, 5), date(year, 5, 6), date(year + 1, 1, 1)]


def clocks(of_notice: list[Rule], entries: list[str], year: int, turn: int) -> list[Step]:
    """Three clocks of each rule, each with another turn of events; the first belongs to an entry."""
    steps: list[Step] = []
    rules = [*({**rule, "source": "notice"} for rule in of_notice), *statute(), *OFFICE_RULES]
    after, before = islice(cycle(starts(year)), turn, None), islice(cycle(events(year)), turn, None)
    forwards, backwards = islice(cycle(FORWARDS), turn, None), islice(cycle(BACKWARDS), turn, None)
    for at, rule in enumerate(rules):
        for number in range(3):
            runs_on = rule["direction"] == "after"
            start = next(after if runs_on else before)
            entry = entries[(at * 3 + number) % len(entries)] if number == 0 else None
            subject = f"第{at}条第{number}件"
            steps.append({"do": "clock", "subject": subject, "rule": rule, "start": start, "entry": entry})
            turn_of_events = next(forwards if runs_on else backwards)
            steps.extend({**step, "subject": subject} for step in turn_of_events(rule, start))
    return [*steps, *rests_on_a_saturday(date(year, 3, 1) + timedelta(days=turn))]


def rests_on_a_saturday(start: date) -> list[Step]:
    """A limit in calendar days that is used up on a Saturday, when it is paused: only the move to Monday is left."""
    rule = OFFICE_RULES[0]
    while (start + timedelta(days=rule["days"])).weekday() != 5:
        start += timedelta(days=1)
    last, subject = start + timedelta(days=rule["days"]), "期满在周六"
    return [
        {"do": "clock", "subject": subject, "rule": rule, "start": start, "entry": None},
        {"do": "pause", "subject": subject, "on": last, "anew": False},
        {"do": "resume", "subject": subject, "on": last + timedelta(days=4)},
    ]


def runs(rule: Rule, start: date) -> list[Step]:
    return []


def ends_early(rule: Rule, start: date) -> list[Step]:
    return [{"do": "close", "on": start + timedelta(days=1), "outcome": "提前"}]


def ends_late(rule: Rule, start: date) -> list[Step]:
    return [{"do": "close", "on": start + timedelta(days=50), "outcome": "迟了"}]


def rests_twice(rule: Rule, start: date) -> list[Step]:
    first, second, third = (start + timedelta(days=days) for days in (2, 9, 14))
    return [
        {"do": "pause", "on": first, "anew": False},
        {"do": "resume", "on": second},
        {"do": "pause", "on": second, "anew": False},
        {"do": "resume", "on": third},
    ]


def stops(rule: Rule, start: date) -> list[Step]:
    return [{"do": "pause", "on": start + timedelta(days=4), "anew": False}]


def stops_and_ends(rule: Rule, start: date) -> list[Step]:
    return [*stops(rule, start), {"do": "close", "on": start + timedelta(days=20), "outcome": "撤回申请"}]


def begins_anew(rule: Rule, start: date) -> list[Step]:
    return [
        {"do": "pause", "on": start + timedelta(days=1), "anew": True},
        {"do": "resume", "on": start + timedelta(days=12)},
    ]


def is_longer(rule: Rule, start: date) -> list[Step]:
    """Where the statute says nothing of an extension there is none, only the pause."""
    if rule["source"] == "statute" and "may_extend" not in rule:
        return begins_anew(rule, start)
    return [
        {"do": "extend", "on": start, "days": 3},
        {"do": "extend", "on": start + timedelta(days=1), "days": 7},
        *begins_anew(rule, start)[:1],
        {"do": "resume", "on": start + timedelta(days=1)},
    ]


def last_day_of(rule: Rule, start: date) -> date:
    due, _ = due_day({"rule": rule, "start": start, "pauses": [], "extended": 0, "closed_on": None})
    assert due is not None
    return due


def ends_on_its_last_day(rule: Rule, start: date) -> list[Step]:
    return [{"do": "close", "on": last_day_of(rule, start), "outcome": "如期"}]


def pauses_near_its_end(rule: Rule, start: date, days: int, anew: bool, resumes: bool) -> list[Step]:
    on = last_day_of(rule, start) + timedelta(days=days)
    steps: list[Step] = [{"do": "pause", "on": on, "anew": anew}]
    return [*steps, {"do": "resume", "on": on + timedelta(days=5)}] if resumes else steps


def stops_on_its_last_day(rule: Rule, start: date) -> list[Step]:
    return pauses_near_its_end(rule, start, 0, anew=False, resumes=False)


def rests_on_its_last_day(rule: Rule, start: date) -> list[Step]:
    return pauses_near_its_end(rule, start, 0, anew=False, resumes=True)


def begins_anew_on_its_last_day(rule: Rule, start: date) -> list[Step]:
    return pauses_near_its_end(rule, start, 0, anew=True, resumes=True)


def stops_too_late(rule: Rule, start: date) -> list[Step]:
    return pauses_near_its_end(rule, start, 1, anew=True, resumes=False)


def rests_just_before(rule: Rule, start: date) -> list[Step]:
    return pauses_near_its_end(rule, start, -1, anew=False, resumes=True)


def is_answered(rule: Rule, start: date) -> list[Step]:
    """An application goes through the register; another clock ends."""
    days = [start + timedelta(days=days) for days in (1, 19, 40)]
    if not rule.get("registers"):
        return ends_late(rule, start)
    return [
        {"do": "stage", "stage": stage, "on": day}
        for stage, day in zip(("handling", "answered", "archived"), days, strict=True)
    ]


def is_put_off(rule: Rule, start: date) -> list[Step]:
    return [{"do": "move_event", "to": start + timedelta(days=9)}]


FORWARDS = (
    *(runs, rests_twice, is_longer, stops, begins_anew, ends_late, stops_on_its_last_day, runs, stops_and_ends),
    ends_on_its_last_day,
    *(begins_anew_on_its_last_day, ends_early, rests_just_before, stops_too_late, is_answered, rests_on_its_last_day),
)
BACKWARDS = (runs, is_put_off, ends_late, runs)
