"""The clerk's steps on a draft as JSON and back, strictly: [["Mend", {"task": "b3r12", "field": …, "text": …}], …]."""

import dataclasses
import json
from datetime import date
from typing import Any, Final, get_args, get_origin, get_type_hints

from db.errors import ReadingError
from db.intake import edits
from db.intake.edits import Edit

KINDS: Final[dict[str, Any]] = {kind.__name__: kind for kind in get_args(Edit)}
DAMAGED: Final = "请重新导入原来的文件；已经入库的通知和台账不受影响。"


def to_json(steps: tuple[Edit, ...]) -> str:
    """The steps, in order."""
    return json.dumps([[type(step).__name__, _plain(step)] for step in steps], ensure_ascii=False)


def from_json(text: str) -> tuple[Edit, ...]:
    """The steps back. Raises ReadingError where the text is none of to_json's."""
    try:
        values = json.loads(text)
        if not isinstance(values, list):
            raise ValueError("no list of steps")
        return tuple(_step(*value) for value in values)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ReadingError("待确认稿的修改记录读不出来。", DAMAGED) from error


def _plain(step: Edit) -> dict[str, object]:
    values = {field.name: getattr(step, field.name) for field in dataclasses.fields(step)}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}


def _step(kind: str, values: dict[str, Any]) -> Edit:
    made = KINDS[kind]
    hints = get_type_hints(made, vars(edits))
    if set(values) != set(hints):
        raise ValueError(f"not the fields of {kind}: {sorted(values)}")
    step: Edit = made(**{key: _value(value, hints[key]) for key, value in values.items()})
    return step


def _value(value: Any, hint: Any) -> Any:
    """A value of its field's type: text, number, truth, date, None, one of a list of words, pairs of words."""
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"no list: {value!r}")
        inner = get_args(hint)[0]
        return tuple(_value(one, inner) if get_origin(inner) is not tuple else _pair(one, inner) for one in value)
    options = get_args(hint)
    if options and all(isinstance(one, str) for one in options):
        if value not in options:
            raise ValueError(f"none of {options}: {value!r}")
        return value
    allowed = options or (hint,)
    if value is None and type(None) in allowed:
        return None
    if date in allowed and isinstance(value, str):
        return date.fromisoformat(value)
    for kind in (bool, int, str):
        if kind in allowed and type(value) is kind:
            return value
    raise ValueError(f"no {hint}: {value!r}")


def _pair(value: Any, hint: Any) -> tuple[Any, ...]:
    parts = get_args(hint)
    if not isinstance(value, list) or len(value) != len(parts):
        raise ValueError(f"no {len(parts)} values: {value!r}")
    return tuple(_value(one, part) for one, part in zip(value, parts, strict=True))
