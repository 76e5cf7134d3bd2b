"""A ledger as it must stand on a day, worked out from the TOML reading and a plain list of what the clerk did.

Not a line of the program is used: loops over days instead of formulas, and what slow.py of tests/db/reads says of reach
and time limits.
"""

from datetime import date
from typing import Any

from tests.db.reads import slow
from tests.year import slow_board
from tests.year.slow_clocks import clock_on, due_day
from tests.year.slow_counts import occurrences, quota_periods
from tests.year.slow_days import countdown

Step = dict[str, Any]


def prints_a_year(text: str) -> bool:
    return any(text[at : at + 4].isdigit() for at in range(len(text) - 3))


class SlowYear:
    """One unit's year over a notice, with all the work of that year."""

    def __init__(self, plan: str, unit: str, year: int, steps: list[Step]) -> None:
        self.notice, self.plan, self.unit, self.year = slow.notice(plan), plan, unit, year
        self.steps = steps
        roster = slow.roster(plan)
        self.tasks = slow.expected(plan, unit, year, date(year, 1, 1), roster)
        self.said = {task["number"]: task for task in self.notice["task"]}
        self.entries = [self.entry_of(task) for task in self.tasks]
        self.entries = [entry for entry in self.entries if entry["applicability"] != "not_ours"]
        self.entries += [self.own_entry(step) for step in self.done("own")]
        self.clocks = self.clocks_of()
        self.unit_quotas = self.quotas_of_unit()

    def done(self, what: str, **fields: Any) -> list[Step]:
        """The steps of that name with these fields, in order."""
        return [
            step
            for step in self.steps
            if step["do"] == what and all(step[name] == value for name, value in fields.items())
        ]

    def entry_of(self, task: dict[str, Any]) -> dict[str, Any]:
        number = task["number"]
        applicability = task["applicability"]
        for step in self.done("decide", entry=number):
            applicability = step["word"]
        due, shift = task["due"], None
        if self.year != self.notice["year"] and task["due"] is not None:
            shift = prints_a_year(task["text"])
        return {
            **{"number": number, "requirement": task["requirement"], "applicability": applicability},
            **{"kind": task["kind"], "recurrence": task["recurrence"], "shift_printed": shift},
            **self.worked_on(number, due),
            "quotas": self.quotas_of(self.said[number].get("quotas", []), self.counted(number)),
        }

    def own_entry(self, step: Step) -> dict[str, Any]:
        return {
            **{"number": step["number"], "requirement": step["requirement"], "applicability": "ours"},
            **{"kind": "on_day" if step["due"] else "none", "recurrence": None, "shift_printed": None},
            **self.worked_on(step["number"], step["due"]),
            "quotas": [],
        }

    def worked_on(self, number: str, due: date | None) -> dict[str, Any]:
        published, counted = self.done("publish", entry=number), self.done("count", entry=number)
        begun = "in_progress" if published or counted or self.done("note", entry=number) else "not_started"
        status = begun
        for step in self.steps:
            if step["do"] == "settle" and step["entry"] == number:
                status = "done"
            elif step["do"] == "not_applicable" and step["entry"] == number:
                status = "not_applicable"
            elif step["do"] == "reopen" and step["entry"] == number:
                status = begun
        for step in self.done("adjust", entry=number):
            due = step["due"]
        return {"status": status, "due": due, "published": len(published)}

    def counted(self, number: str) -> dict[str, Any]:
        """What an entry's quotas are counted from."""
        return {
            "published": [(step["on"], step["form"]) for step in self.done("publish", entry=number)],
            "counts": [(step["on"], step["times"], step["item"]) for step in self.done("count", entry=number)],
            "items": [step["name"] for step in self.done("item", entry=number)],
        }

    def quotas_of(self, said: list[dict[str, Any]], work: dict[str, Any]) -> list[dict[str, Any]]:
        return [row for quota in said for row in quota_periods(quota, self.year, work)]

    def quotas_of_unit(self) -> list[dict[str, Any]]:
        """They bind 各责任科室: a unit that some task makes a responsible one, by name or by group."""
        if self.unit != "全局" and not any(self.is_responsible(task) for task in self.notice["task"]):
            return []
        said = self.notice.get("unit_quota", [])
        if self.unit == "全局":  # each unit for itself: of all together there is nothing to count
            return [
                {**row, "tally": None, "met": None, "missing": 0, "part": None, "whole": None}
                for row in self.quotas_of(said, {"published": [], "counts": [], "items": []})
            ]
        every = [(step["on"], step["form"]) for step in self.done("publish")]
        return self.quotas_of(said, {"published": every, "counts": [], "items": []})

    def is_responsible(self, task: dict[str, Any]) -> bool:
        row = slow.parties(self.plan, task)
        for one in row:
            sure = one.get("through", "name") in ("name", "group")
            named = slow.takes_in(one, row, self.unit, slow.roster(self.plan)[self.unit])
            if one["role"] == "responsible" and sure and named:
                return True
        return False

    def clocks_of(self) -> list[dict[str, Any]]:
        """By their start; of one day the one first started."""
        clocks: dict[str, dict[str, Any]] = {}
        for step in self.steps:
            if step["do"] == "clock":
                stages = [("registered", step["start"])] if step["rule"].get("registers") else []
                clocks[step["subject"]] = {**step, "pauses": [], "extended": 0, "closed_on": None, "stages": stages}
            elif step["do"] == "pause":
                clocks[step["subject"]]["pauses"].append({"from": step["on"], "to": None, "anew": step["anew"]})
            elif step["do"] == "resume":
                clocks[step["subject"]]["pauses"][-1]["to"] = step["on"]
            elif step["do"] == "extend":
                clocks[step["subject"]]["extended"] += step["days"]
            elif step["do"] == "move_event":
                clocks[step["subject"]]["start"] = step["to"]
            elif step["do"] == "close":
                clocks[step["subject"]]["closed_on"] = step["on"]
            elif step["do"] == "stage":
                clocks[step["subject"]]["stages"].append((step["stage"], step["on"]))
                if step["stage"] == "answered":
                    clocks[step["subject"]]["closed_on"] = step["on"]
        for clock in clocks.values():
            clock["due"], clock["left"] = due_day(clock)
        return sorted(clocks.values(), key=lambda clock: clock["start"])

    def reports_on(self, today: date) -> list[dict[str, Any]]:
        found = []
        for said in self.notice.get("report", []):
            due = date(self.year + said.get("year_offset", 0), said["month"], said["day"])
            found.append({"what": said["what"], "to": said["to"], "due": due})
        found += [
            {"what": step["what"], "to": step["to"], "due": step["due"]}
            for step in sorted(self.done("report"), key=lambda step: step["due"])
        ]
        for report in found:
            report["handed_in_on"] = None
            for step in self.steps:
                if step["do"] == "hand_in" and step["what"] == report["what"]:
                    report["handed_in_on"] = step["on"]
                elif step["do"] == "take_back" and step["what"] == report["what"]:
                    report["handed_in_on"] = None
            report["countdown"] = None if report["handed_in_on"] else countdown(today, report["due"])
        return found

    def entry_on(self, entry: dict[str, Any], today: date) -> dict[str, Any]:
        left, states = None, []
        if entry["due"] is not None and entry["status"] in ("not_started", "in_progress"):
            left = countdown(today, entry["due"])
        if entry["recurrence"] is not None:
            states = occurrences(entry["recurrence"], self.year, self.settled(entry["number"]), entry["quotas"], today)
        running = [
            clock["subject"]
            for clock in self.clocks
            if clock["entry"] == entry["number"] and clock["closed_on"] is None
        ]
        return {**entry, "countdown": left, "occurrences": states, "clocks": running}

    def settled(self, number: str) -> dict[date, date]:
        """The day on which a period was settled, by its first day."""
        found = {}
        for step in self.steps:
            if step["do"] == "occurrence" and step["entry"] == number:
                found[step["start"]] = step["on"]
            elif step["do"] == "reopen_occurrence" and step["entry"] == number:
                del found[step["start"]]
        return found

    def figures(self, entries: list[dict[str, Any]], today: date) -> dict[str, int]:
        total = done = overdue = week = standing = 0
        for entry in entries:
            if entry["status"] == "not_applicable":
                continue
            total += 1
            if entry["kind"] == "standing":
                standing += 1
            if entry["status"] == "done":
                done += 1
            elif entry["due"] is not None and entry["due"] < today:
                overdue += 1
            elif entry["due"] is not None and (entry["due"] - today).days <= 7:
                week += 1
        return {"total": total, "done": done, "overdue": overdue, "week": week, "standing": standing}

    def on(self, today: date) -> dict[str, Any]:
        """All that stands in the ledger on that day."""
        entries = [self.entry_on(entry, today) for entry in self.entries]
        clocks = [(clock_on(clock, clock["entry"], today), clock["rule"]) for clock in self.clocks]
        reports = self.reports_on(today)
        return {
            **{"entries": entries, "unit_quotas": self.unit_quotas, "reports": reports},
            "clocks": [clock for clock, _ in clocks],
            "figures": self.figures(entries, today),
            "board": slow_board.board(entries, self.unit_quotas, clocks, reports, today),
        }
