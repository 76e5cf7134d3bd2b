"""When a clock is due: one day after the other, counting those that count.

A clock is {"subject", "entry", "rule", "start", "pauses": [{"from", "to", "anew"}], "extended", "closed_on", "stages"},
its rule as the TOML files have it; "due" and "left" are what due_day says of it, the same on every day.
"""

from datetime import date
from typing import Any

from tests.year.slow_days import ONE_DAY, countdown, is_estimate, is_worked

Clock = dict[str, Any]
Rule = dict[str, Any]


def is_minimum(rule: Rule) -> bool:
    """不少于30天: the day on which it may end. At least 3 days before a meeting is a last day like any other."""
    return bool(rule["bound"] == "min" and rule["direction"] == "after")


def counts(rule: Rule, day: date) -> bool:
    return rule["day_kind"] == "calendar" or is_worked(day)


def may_end_on(rule: Rule, day: date) -> bool:
    """A limit in calendar days does not end on a day off, a minimum does."""
    return is_minimum(rule) or is_worked(day)


def counted_back(rule: Rule, event: date) -> date:
    day, counted = event, 0
    while counted < rule["days"]:
        day -= ONE_DAY
        if counts(rule, day):
            counted += 1
    while not is_worked(day):  # later would be too late
        day -= ONE_DAY
    return day


def counted_on(clock: Clock) -> tuple[date | None, int | None]:
    """The due day and None; or, while a pause lasts, None and the days that are left."""
    rule = clock["rule"]
    limit = rule["days"] + clock["extended"]
    pauses = [{**pause, "to": pause["to"] or clock["closed_on"]} for pause in clock["pauses"]]
    lasting = [pause for pause in pauses if pause["to"] is None]
    ended = [pause for pause in pauses if pause["to"] is not None]
    day, counted = clock["start"], 0
    while True:
        if any(pause["from"] <= day for pause in lasting):
            return None, limit - counted
        if any(pause["anew"] and pause["to"] == day for pause in ended):
            counted = 0
        resting = any(pause["from"] < day <= pause["to"] for pause in ended)
        will_begin_anew = any(pause["anew"] and pause["from"] <= day < pause["to"] for pause in ended)
        if counted == limit and may_end_on(rule, day) and not resting and not will_begin_anew:
            return day, None
        day += ONE_DAY
        resting = any(pause["from"] < day <= pause["to"] for pause in ended)
        if counted < limit and counts(rule, day) and not resting:
            counted += 1


def due_day(clock: Clock) -> tuple[date | None, int | None]:
    if clock["rule"]["direction"] == "before":
        return counted_back(clock["rule"], clock["start"]), None
    return counted_on(clock)


def clock_on(clock: Clock, number: str | None, today: date) -> dict[str, Any]:
    """The clock as it must stand on that day."""
    rule, due, left = clock["rule"], clock["due"], clock["left"]
    state, late, remaining = "running", None, None
    if clock["closed_on"] is not None:
        state = "closed"
        if due is not None:
            late = clock["closed_on"] < due if is_minimum(rule) else clock["closed_on"] > due
    elif due is None:
        state = "paused"
    else:
        remaining = countdown(today, due)
        if is_estimate(clock["start"], due):
            remaining["estimated"] = True
        if is_minimum(rule):
            remaining["overdue"] = False
    return {
        **{"subject": clock["subject"], "number": number, "start": clock["start"], "state": state, "due": due},
        **{"left": left, "late": late, "closed_on": clock["closed_on"], "countdown": remaining},
        "stages": clock["stages"],
    }
