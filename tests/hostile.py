"""Texts that crash, act, escape, smear, hide or calculate, and how to put them into every text of a value.

reliability.md 3.1-3.3 names them; what is new goes here, and every door is tried with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

PAYLOADS: Final[dict[str, str]] = {
    # H1: markup, which Textual and Rich obey in a plain str
    "closing tag": "甲[/]乙",
    "closing of nothing": "甲[/foo]乙",
    "colour": "甲[red]乙",
    "action": "[@click=app.quit]点我[/]丙",
    "screen action": "[@click=screen.dismiss]点我[/]丙",
    "open tag": "甲[b 乙",
    "number in brackets": "甲[1]乙",
    "open quote": '甲[x="]乙',
    "variable": "甲$primary乙",
    "link": "甲[link=http://example.invalid/]乙[/link]",
    "rich markup": "[bold red]甲[/bold red][blink]",
    "emoji code": "甲:warning:乙",
    # H2: what a terminal obeys
    "clear": "甲\x1b[2J\x1b[H乙",
    "clipboard, BEL": "\x1b]52;c;cHduZWQ=\x07甲",
    "clipboard, ST": "\x1b]52;c;cHduZWQ=\x1b\\甲",
    "hyperlink": "\x1b]8;;http://example.invalid/\x1b\\甲\x1b]8;;\x1b\\",
    "window title": "\x1b]0;PWNED\x07甲",
    "device string": "\x1bP+q544e\x1b\\甲",
    "application string": "\x1b_Gpwned\x1b\\甲",
    "C1 CSI": "甲\x9b2J乙",
    "C1 OSC": "\x9d0;PWNED\x9c甲",
    "C1 DCS": "\x90pwned\x9c甲",
    "NUL": "甲\x00乙",
    "DEL": "甲\x7f\x7f乙",
    "shift out": "甲\x0elqqk乙",
    "bell and backspace": "甲\x07\x08\x08乙",
    "escape alone": "甲\x1b",
    "next line": "甲\x85乙",
    # H3: what reorders, hides or smears
    "override": "\u202e倒着写\u202c",
    "isolate": "\u2066甲\u2069\u200f乙",
    "zero width": "零\u200b宽\u200d接\u2060词",
    "mark of order": "\ufeff甲",
    "tags": "甲\U000e0041\U000e0042\U000e007f乙",
    "soft hyphen": "甲\u00ad乙",
    "line separator": "甲\u2028乙\u2029丙",
    "piled marks": "甲" + "\u0301" * 200,
    "fillers": "甲\u3164\u115f\uffa0乙",
    "private and none": "甲\ue000\ufdd0\ufffe\U0010ffff乙",
    "surrogate": "甲\ud800乙\udcff",
    # H7, H8: what a spreadsheet calculates or takes for a number
    "formula": "=1+1",
    "command": '=HYPERLINK("http://example.invalid/";"甲")',
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1)",
    "full-width formula": "＝1＋1",
    "tab formula": "\t=1+1",
    "long number": "110105199001011234",
    "leading zeros": "001234",
    "exponent": "1E5",
    "ready-made XML": "<r><t>甲</t></r>",
    "escape of XML": "甲_x001B__x000A_乙",
    # H4, H9: length
    "long line": "长" * 300,
    "long word": "w" * 200,
    "many lines": "甲\n" * 12,
    "blank": "　 \t ",
}
"""Each short enough for a field; those that are no text at all (surrogates) are marked or dropped by every door."""

_NOT_FREE: Final = frozenset(
    {"sha256", "recurrence", "at", "added_at", "modified_at", "plan", "verb", "kind", "source", "bound"}
    | {"day_kind", "direction", "period", "counter", "state", "channel", "form", "key", "head", "field", "filter"}
    | {"remark_source", "units_from", "type", "look", "group"}
)
"""Fields whose type is str and that hold a word or a time of the program's own."""
_OWN_WORDS: Final = frozenset({("HistoryRow", "subject")})
"""The same where the name means something else in other rows."""


Text = str | Callable[[], str]
"""One text for every field, or what gives the next one."""


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def spoilt(value: Any, text: Text, *, keep: frozenset[str] = frozenset()) -> Any:
    """The value with `text` in every field that may hold free text, at any depth; keep: names of fields left alone."""
    if is_dataclass(value) and not isinstance(value, type):
        hints = _hints(type(value))
        changed = {}
        for one in fields(value):
            if one.init and one.name not in keep | _NOT_FREE and (type(value).__name__, one.name) not in _OWN_WORDS:
                changed[one.name] = _spoilt_field(getattr(value, one.name), hints[one.name], text, keep)
        return replace(value, **changed)
    if isinstance(value, tuple | list):
        return type(value)(spoilt(one, text, keep=keep) for one in value)
    return value


def _spoilt_field(value: Any, hint: Any, text: Text, keep: frozenset[str]) -> Any:
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not type(None)]
        return _spoilt_field(value, parts[0], text, keep) if len(parts) == 1 else value
    if hint is str:
        return _next(text)
    if get_origin(hint) is Literal:
        return value
    if isinstance(value, tuple) and get_args(hint)[:1] == (str,):
        return tuple(_next(text) for _ in value) or (_next(text),)
    if isinstance(value, Mapping):
        return {key: _next(text) if isinstance(part, str) else part for key, part in value.items()}
    return spoilt(value, text, keep=keep)


def _next(text: Text) -> str:
    return text if isinstance(text, str) else text()
