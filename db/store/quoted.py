"""The door for a notice: its own words go into the file as they stand, but for what is no text at all."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from db.rules.limits import quoted_text
from db.store.fields import tell

Said = TypeVar("Said")


def quoted(said: Said) -> Said:
    """The same value with every text in it as it may be stored; what was changed is told (db.store.fields.hear)."""
    changes: dict[str, None] = {}
    kept: Said = _kept(said, changes)
    if changes:
        tell("通知原文", tuple(changes))
    return kept


def is_storable(*texts: str | None) -> bool:
    """Whether these can be stored as they stand."""
    return not any(text is not None and quoted_text(text)[1] for text in texts)


def _kept(said: Any, changes: dict[str, None]) -> Any:
    if isinstance(said, str):
        text, changed = quoted_text(said)
        changes.update(dict.fromkeys(changed))
        return text if changed else said
    if isinstance(said, tuple):
        return tuple(_kept(one, changes) for one in said)
    if is_dataclass(said) and not isinstance(said, type):
        parts = {field.name: getattr(said, field.name) for field in fields(said) if field.init}
        kept = {name: _kept(part, changes) for name, part in parts.items()}
        return replace(said, **{name: part for name, part in kept.items() if part != parts[name]})
    return said
