"""A year of a clerk's work as plain data: what SlowYear reads and what stored.py does by the verbs of the store.

Nothing in it depends on a day as today. `turn` changes which of the days and turns of events a scenario takes.
"""

from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

from tests.db.reads import slow
from tests.year.clock_steps import clocks
from tests.year.slow_days import last_day

Step = dict[str, Any]

FORMS = ("文字", "图解", "文字", "视频", "访谈")


def year_of_work(plan: str, unit: str, year: int, turn: int) -> list[Step]:
    """All that the unit does in that year, in the order in which it can be done."""
    tasks = slow.expected(plan, unit, year, date(year, 1, 1), slow.roster(plan))
    decided, entries = words_on_possible(tasks, turn)
    said = {task["number"]: task for task in slow.notice(plan)["task"]}
    counted = [number for number in entries if said[number].get("quotas")]
    plain = [number for number in entries if number not in counted]
    return [
        *decided,
        *entry_work(plain, year, turn),
        *published(counted, plain, year, turn),
        *counts([number for number in counted if "次" in str(said[number]["quotas"])], said, year, turn),
        *settled_periods([task for task in tasks if task["recurrence"] and task["number"] in entries], year, turn),
        *clocks(slow.notice(plan).get("clock_rule", []), entries, year, turn),
        *reports(slow.notice(plan).get("report", []), year, turn),
        *[{"do": "settle", "entry": number, "on": date(year, 12, 30)} for number in counted[2::3] if turn],
    ]


def words_on_possible(tasks: list[dict[str, Any]], turn: int) -> tuple[list[Step], list[str]]:
    """The clerk's word on every second of the entries that wait for one; the numbers of those that are then left."""
    steps, left = [], [task["number"] for task in tasks if task["applicability"] != "not_ours"]
    possible = [task["number"] for task in tasks if task["applicability"] == "possible"]
    for at, number in enumerate(possible):
        if (at + turn) % 3 == 0:
            steps.append({"do": "decide", "entry": number, "word": "not_ours"})
            left.remove(number)
        elif (at + turn) % 3 == 1:
            steps.append({"do": "decide", "entry": number, "word": "ours"})
    return steps, left


def entry_work(plain: list[str], year: int, turn: int) -> list[Step]:
    moved = (date(year, 2, 28), date(year, 10, 9), date(year, 12, 31), date(year + 1, 1, 15), date(year, 1, 1))
    own = (None, date(year, 1, 1), date(year, 5, 3), date(year, 10, 8), date(year + 1, 1, 4))
    return [
        *[
            {"do": "own", "number": f"自{at}", "requirement": f"电话交办{at}", "due": due}
            for at, due in enumerate(own, 1)
        ],
        *[{"do": "note", "entry": number} for number in plain[turn::5]],
        *[
            {"do": "adjust", "entry": number, "due": due}
            for number, due in zip([*plain[1::6], "自4"], cycle(moved), strict=False)
        ],
        *[{"do": "settle", "entry": number, "on": date(year, 3, 31)} for number in [*plain[turn + 2 :: 8], "自3"]],
        *[{"do": "not_applicable", "entry": number} for number in plain[turn + 3 :: 8]],
        *[{"do": "reopen", "entry": number} for number in plain[turn + 3 :: 16]],
    ]


def boundaries(year: int) -> list[date]:
    """The first and last days of periods, the days around a year, and one in the middle."""
    return [
        *(date(year, 1, 1), date(year, 1, 31), date(year, 2, 1), last_day(year, 2), date(year, 3, 31)),
        *(date(year, 4, 1), date(year, 6, 30), date(year, 7, 1), date(year, 8, 16), date(year, 9, 30)),
        *(date(year, 10, 1), date(year, 11, 30), date(year, 12, 31), date(year - 1, 12, 31), date(year + 1, 1, 1)),
    ]


def published(counted: list[str], plain: list[str], year: int, turn: int) -> list[Step]:
    steps: list[Step] = []
    for at, number in enumerate([*counted, None, *plain[:1]]):
        days = boundaries(year) if (at + turn) % 2 else boundaries(year)[turn % 3 :: 2]
        forms = islice(cycle(FORMS), at + turn, None)
        steps.extend(
            {"do": "publish", "entry": number, "on": day, "form": form} for day, form in zip(days, forms, strict=False)
        )
    return steps


def counts(counted: list[str], said: dict[str, Any], year: int, turn: int) -> list[Step]:
    """Of the entries one after the other: counted on the last day, only outside of the year, on the first day."""
    inside: tuple[list[date], ...] = ([date(year, 12, 31)], [], [date(year, 1, 1), date(year, 7, 1)])
    outside = [date(year - 1, 12, 31), date(year + 1, 1, 1)]
    steps: list[Step] = []
    for at, number in enumerate(counted):
        items = []
        if said[number]["quotas"][0]["period"] == "item" and turn != 2:
            items = ["决策甲", "决策乙", "决策丙"][turn:]
        steps.extend({"do": "item", "entry": number, "name": name} for name in items)
        for day in [*inside[(at + turn) % 3], *outside]:
            steps.append({"do": "count", "entry": number, "on": day, "times": 2, "item": None})
            for name in items[1:]:
                steps.append({"do": "count", "entry": number, "on": day, "times": 1, "item": name})
    return steps


def settled_periods(recurring: list[dict[str, Any]], year: int, turn: int) -> list[Step]:
    steps: list[Step] = []
    for at, task in enumerate(recurring):
        number = task["number"]
        months = (1, 4, 6, 12) if task["recurrence"] == "FREQ=MONTHLY" else (1,) if (at + turn) % 2 else ()
        for month in months:
            start = date(year, month, 1)
            steps.append({"do": "occurrence", "entry": number, "start": start, "on": start + timedelta(days=33)})
        if len(months) > 1:
            steps.append({"do": "reopen_occurrence", "entry": number, "start": date(year, 6, 1)})
    return steps


def reports(of_notice: list[dict[str, Any]], year: int, turn: int) -> list[Step]:
    """Those that are added, and which were handed in; one of the notice in every other scenario."""
    added = (
        ("半年小结", "office", date(year, 6, 30)),
        ("政府信息公开工作年度报告", "statute", date(year + 1, 1, 31)),
        ("国庆值班表", "office", date(year, 9, 28)),
        ("季度小结", "office", date(year, 3, 31)),
    )
    handed_in = [said["what"] for said in of_notice if turn == 1] + ["季度小结", "国庆值班表"]
    return [
        *[{"do": "report", "what": what, "to": "办公室", "due": due, "source": source} for what, source, due in added],
        *[{"do": "hand_in", "what": what, "on": date(year, 4, 2)} for what in handed_in],
        {"do": "take_back", "what": "国庆值班表"},
    ]
