"""What each unit must see of each notice, worked out anew from the TOML files, without a line of the program.

Written from the design's words on reach, applicability and time limits, and from the grammar of the readings.
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from chinese_calendar import constants

import seeds

FOLDER: Final = Path(seeds.__file__).parent
PLANS: Final = tuple(sorted(path.stem for path in FOLDER.glob("*-[0-9][0-9][0-9][0-9].toml")))
Expected = dict[str, Any]


@cache
def notice(plan: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{plan}.toml").read_text(encoding="utf-8"))


def roster(plan: str) -> dict[str, str]:
    return {unit["name"]: unit["kind"] for unit in notice(plan).get("unit", [])}


def parties(plan: str, task: dict[str, Any]) -> list[dict[str, Any]]:
    """The responsibilities of a task; those of a blank cell are the row's above, only inherited."""
    if "inherits" not in task:
        return list(task.get("responsibilities", []))
    (above,) = (one for one in notice(plan)["task"] if one["number"] == task["inherits"])
    return [dict(one, through="inherited") for one in parties(plan, above)]


def takes_in(one: dict[str, Any], row: list[dict[str, Any]], unit: str, kind: str) -> bool:
    if "kinds" not in one and "units" not in one:
        return bool(one["name"] == unit)
    if one.get("except_named"):
        for other in row:
            by_name = "kinds" not in other and "units" not in other
            if by_name and other.get("listed", True) and other["name"] == unit:
                return False
    return kind in one.get("kinds", []) or unit in one.get("units", [])


def reached(plan: str, task: dict[str, Any], unit: str, units: dict[str, str]) -> Expected:
    """How a task reaches a unit: the surest way, then the strongest role, then the closest way, then as written."""
    if unit == "全局":
        return {"applicability": "ours", "role": None, "through": None, "reached_by": None}
    row = parties(plan, task)
    reaching = [one for one in row if takes_in(one, row, unit, units[unit])]
    for applicability, ways in (("ours", ("name", "group")), ("possible", ("related", "inherited"))):
        for role in ("lead", "responsible", "support"):
            for way in ways:
                for one in reaching:
                    if one["role"] == role and one.get("through", "name") == way:
                        return {
                            "applicability": applicability,
                            "role": role,
                            "through": way,
                            "reached_by": one["name"],
                        }
    return {"applicability": "not_ours", "role": None, "through": None, "reached_by": None}


def day_of(rule: dict[str, Any], year: int) -> date | None:
    if "month" not in rule:
        return None
    year, month = year + rule.get("year_offset", 0), rule["month"]
    if "day" in rule:
        return date(year, month, rule["day"])
    day = date(year, month, 28)
    while (day + timedelta(days=1)).month == month:
        day += timedelta(days=1)
    return day


def limit(plan: str, task: dict[str, Any], year: int) -> Expected:
    """The time limit of a task: its own, else the notice's."""
    own = task.get("deadline")
    if own is None:
        default = notice(plan).get("default_deadline")
        if default is None:
            return {"text": None, "kind": "none", "source": "none", "due": None, "recurrence": None, "dates": []}
        due = day_of(default, year)
        repeats = task.get("recurrence")
        kind = "recurring" if repeats else "on_day"
        return {
            **{"text": default["text"], "kind": kind, "source": "notice", "due": due, "recurrence": repeats},
            "dates": [(None, due)],
        }
    told = {"text": own["text"], "kind": own["kind"], "source": own["source"]}
    if "dates" in own:
        dates = [(one["party"], day_of(one, year)) for one in own["dates"]]
        (ours,) = (day_of(one, year) for one in own["dates"] if one.get("ours", True))
        return {**told, "due": ours, "recurrence": None, "dates": dates}
    due = day_of(own, year)
    return {**told, "due": due, "recurrence": own.get("recurrence"), "dates": [(None, due)] if due else []}


def workdays(today: date, due: date) -> int:
    """Counted day by day: today is not counted, the due day is; negative once past."""
    low, high = min(today, due), max(today, due)
    count, day = 0, low
    while day < high:
        day += timedelta(days=1)
        worked = day in constants.workdays or (day.weekday() < 5 and day not in constants.holidays)
        count += worked
    return count if due >= today else -count


def estimated(today: date, due: date) -> bool:
    known = {day.year for day in constants.holidays}
    return any(year not in known for year in range(min(today, due).year, max(today, due).year + 1))


def periods_of(task: dict[str, Any]) -> int:
    """How many quota rows a year has."""
    return sum({"month": 12, "quarter": 4, "year": 1, "item": 1}[one["period"]] for one in task.get("quotas", []))


def expected(plan: str, unit: str, year: int, today: date, units: dict[str, str]) -> list[Expected]:
    """Every task of the notice as the unit must see it in that year on that day."""
    seen = []
    for position, task in enumerate(notice(plan)["task"], 1):
        how, told = reached(plan, task, unit, units), limit(plan, task, year)
        due = told["due"]
        left = None
        if due is not None and how["applicability"] != "not_ours":
            left = ((due - today).days, workdays(today, due), due < today)
        names = {
            role: tuple(one["name"] for one in parties(plan, task) if one["role"] == role and one.get("listed", True))
            for role in ("lead", "responsible", "support")
        }
        seen.append(
            {
                **how,
                **told,
                **names,
                "position": position,
                "number": task["number"],
                "requirement": task["requirement"],
                **{key: task.get(key) for key in ("section", "matter", "assignment", "remark")},
                "left": left,
                "quotas": periods_of(task),
            }
        )
    return seen
