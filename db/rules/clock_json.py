"""The JSON that the file keeps of a clock's pauses, extensions and stages (keys as in schema/0002_counting.sql).

What is read back is checked to the letter, as the file may be damaged: every reader raises ValueError for text
that the writer beside it does not write.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from db.rules.rows import Extension, Pause, StageDay
from db.rules.words import STAGES, Stage


def pauses_json(pauses: Sequence[Pause]) -> str:
    return _text(
        [
            {"from": pause.start.isoformat(), "to": _day_text(pause.end), "anew": pause.anew, "reason": pause.reason}
            for pause in pauses
        ]
    )


def stored_pauses(text: str) -> tuple[Pause, ...]:
    return tuple(
        Pause(_day(row["from"]), _day_or_none(row["to"]), _truth(row["anew"]), _words(row["reason"]))
        for row in _rows(text, {"from", "to", "anew", "reason"})
    )


def extensions_json(extensions: Sequence[Extension]) -> str:
    return _text(
        [
            {"on": extension.on.isoformat(), "days": extension.days, "reason": extension.reason}
            for extension in extensions
        ]
    )


def stored_extensions(text: str) -> tuple[Extension, ...]:
    return tuple(
        Extension(_day(row["on"]), _number(row["days"]), _words(row["reason"]))
        for row in _rows(text, {"on", "days", "reason"})
    )


def stages_json(stages: Sequence[StageDay]) -> str | None:
    """None for a clock that is no line of the register."""
    return _text([{"stage": reached.stage, "on": reached.on.isoformat()} for reached in stages]) if stages else None


def stored_stages(text: str | None) -> tuple[StageDay, ...]:
    if text is None:
        return ()
    return tuple(StageDay(_stage(row["stage"]), _day(row["on"])) for row in _rows(text, {"stage", "on"}))


def _text(rows: Sequence[object]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _rows(text: str, keys: set[str]) -> list[dict[str, Any]]:
    rows = json.loads(text)
    if not isinstance(rows, list):
        raise ValueError("not a list")
    for row in rows:
        if not isinstance(row, dict) or row.keys() != keys:
            raise ValueError(f"not an object of {sorted(keys)}")
    return rows


def _day(value: object) -> date:
    # fromisoformat takes 20210901 and 2021-W35-3 as well, which nobody wrote here.
    day = date.fromisoformat(_words(value))
    if day.isoformat() != value:
        raise ValueError("not a day")
    return day


def _day_or_none(value: object) -> date | None:
    return None if value is None else _day(value)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not true or false")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not a number")
    return value


def _stage(value: object) -> Stage:
    for stage in STAGES:
        if stage == value:
            return stage
    raise ValueError("not a stage")
