"""Whose words the units of a task are where its own cell has none, and who has a task that names nobody."""

from collections.abc import Sequence
from typing import Final

from db.rules.said import Responsibility, Scope
from db.rules.squeezed import squeezed
from db.rules.words import ROLE_NAMES, UNIT_KINDS, UnitsFrom

NOBODY_NAMED: Final = "没有写责任单位"
"""What reaches every unit, as only possible, where the notice names none for a task."""

_WORDS: Final[dict[UnitsFrom, str]] = {
    "above": "原表空白，沿用上栏",
    "requirement": "没有单列责任单位，具体要求中写明",
    "clerk": "原表空白，办理人补正",
    "possible": "原表空白，待确认",
}
BLANK: Final = "原表空白"


def for_everybody(number: str) -> Responsibility:
    """The responsibility of a task that names nobody: any unit may be meant, so it stays in every unit's ledger until
    the clerk has decided."""
    quote = f"第 {number} 项{NOBODY_NAMED}"
    return Responsibility("responsible", NOBODY_NAMED, "related", Scope(UNIT_KINDS), listed=False, quote=quote)


def units_from(assignment: str | None, requirement: str, responsibilities: Sequence[Responsibility]) -> UnitsFrom:
    """Where the units that are listed for a task come from: its own cell (also where there are none), the cell above a
    blank one, the sentence of the requirement, the clerk at the review, or a possibility left open there."""
    listed = [one for one in responsibilities if one.listed]
    if assignment or not listed:
        return "cell"
    if any(one.through == "inherited" for one in listed):
        return "above"
    said = squeezed(requirement)
    if all(squeezed(one.quote or one.name) in said for one in listed):
        return "requirement"
    return "possible" if all(one.through == "related" for one in listed) else "clerk"


def blank_words(
    come_from: UnitsFrom,
    leads: Sequence[str],
    responsible: Sequence[str],
    supports: Sequence[str],
    *,
    named: bool = True,
) -> str:
    """What stands for a cell without words: （原表空白，沿用上栏：办公室（牵头）；各科室）. named False: no units."""
    parties = [
        f"{'、'.join(names)}（{ROLE_NAMES[role]}）" if role != "responsible" else "、".join(names)
        for role, names in (("lead", leads), ("responsible", responsible), ("support", supports))
        if names
    ]
    if not parties or come_from == "cell":
        return f"（{BLANK}）"
    return f"（{_WORDS[come_from]}：{'；'.join(parties)}）" if named else f"（{_WORDS[come_from]}）"
