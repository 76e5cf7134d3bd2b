"""What was counted in each period, day by day, and what became of each occurrence."""

from datetime import date
from typing import Any

from tests.year.slow_days import ONE_DAY, last_day, walk

Quota = dict[str, Any]


def periods(kind: str, year: int) -> list[tuple[date, date]]:
    if kind == "month":
        return [(date(year, month, 1), last_day(year, month)) for month in range(1, 13)]
    if kind == "quarter":
        return [
            (date(year, 1, 1), date(year, 3, 31)),
            (date(year, 4, 1), date(year, 6, 30)),
            (date(year, 7, 1), date(year, 9, 30)),
            (date(year, 10, 1), date(year, 12, 31)),
        ]
    assert kind in ("year", "item")
    return [(date(year, 1, 1), date(year, 12, 31))]


def quota_periods(said: dict[str, Any], year: int, work: dict[str, Any]) -> list[Quota]:
    """Every period of a quota of the TOML file.

    work: {"published": [(day, form)], "counts": [(day, times, item)], "items": [name]}.
    """
    return [one_period(said, start, end, work) for start, end in periods(said["period"], year)]


def one_period(said: dict[str, Any], start: date, end: date, work: dict[str, Any]) -> Quota:
    times = dict.fromkeys(work["items"], 0)
    every_time, published, not_plain = 0, 0, 0
    for day in walk(start - ONE_DAY, end):
        for on, number, item in work["counts"]:
            if on == day:
                every_time += number
                if item is not None:
                    times[item] += number
        for on, form in work["published"]:
            if on == day:
                published += 1
                if form != "文字":
                    not_plain += 1
    row: Quota = {
        **{"target": said["target"], "counter": said["counter"], "period": said["period"], "quote": said["quote"]},
        **{"start": start, "end": end, "tally": None, "met": None, "missing": 0, "items": []},
        **{"part": None, "whole": None},
    }
    if said["period"] == "item":
        return {**row, **by_items(said["target"], times)}
    if said["counter"] == "%":
        return {**row, **as_rate(said["target"], not_plain, published)}
    tally = every_time if said["counter"] == "次" else published
    met = tally >= said["target"]
    return {**row, "tally": tally, "met": met, "missing": 0 if met else said["target"] - tally}


def by_items(target: int, times: dict[str, int]) -> dict[str, Any]:
    if not times:
        return {}
    missing = 0
    for tally in times.values():
        if tally < target:
            missing += target - tally
    return {
        "tally": sum(times.values()),
        "met": missing == 0,
        "missing": missing,
        "items": [(name, tally, tally >= target) for name, tally in times.items()],
    }


def as_rate(target: int, part: int, whole: int) -> dict[str, Any]:
    if whole == 0:
        return {"part": 0, "whole": 0}
    percent = 0
    while (percent + 1) * whole <= 100 * part:
        percent += 1
    more = 0  # further publications, none of them plain text, until it is enough
    while 100 * (part + more) < target * (whole + more):
        more += 1
    return {"part": part, "whole": whole, "tally": percent, "met": more == 0, "missing": more}


def occurrences(rule: str, year: int, settled: dict[date, date], quotas: list[Quota], today: date) -> list[Any]:
    """(start, end, state, done on) of each."""
    assert rule in ("FREQ=MONTHLY", "FREQ=YEARLY"), "the notices know no other"
    found = []
    for start, end in periods("month" if rule == "FREQ=MONTHLY" else "year", year):
        of_it = [quota for quota in quotas if (quota["start"], quota["end"]) == (start, end)]
        of_it = [quota for quota in of_it if quota["period"] != "item"]
        if start in settled:
            state = "done"
        elif of_it and all(quota["met"] for quota in of_it):
            state = "met"
        elif end < today:
            state = "missed"
        elif start <= today:
            state = "current"
        else:
            state = "coming"
        found.append((start, end, state, settled.get(start)))
    return found
