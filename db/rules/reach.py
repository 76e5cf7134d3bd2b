"""依据: how a task reaches a unit, by name or by a group phrase expanded against the roster of the day."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from db.rules.said import Responsibility, Scope
from db.rules.value import value
from db.rules.words import WHOLE_BUREAU, Applicability, Role, Through, UnitKind

_ROLES: Final[tuple[Role, ...]] = ("lead", "responsible", "support")
_THROUGHS: Final[tuple[Through, ...]] = ("name", "group", "related", "inherited")
_SURE: Final[frozenset[Through]] = frozenset({"name", "group"})


@value
class Reach:
    """role, through and reached_by (the phrase of the cell) are None when it does not, and for 全局."""

    role: Role | None
    through: Through | None
    reached_by: str | None
    applicability: Applicability


def members(scope: Scope, roster: Mapping[str, UnitKind], named: Collection[str]) -> frozenset[str]:
    """The units of the roster that a group phrase takes in; 其他X leaves out the `named` ones of its row."""
    taken = (unit for unit, kind in roster.items() if kind in scope.kinds or unit in scope.units)
    if scope.except_named:
        return frozenset(unit for unit in taken if unit not in named)
    return frozenset(taken)


def reach(responsibilities: Sequence[Responsibility], unit: str, roster: Mapping[str, UnitKind]) -> Reach:
    """How the responsibilities of one task reach the unit.

    A sure reach (name, group) beats a possible one (related, inherited); then the strongest role; then the
    closer way (name before group, related before inherited); then the first as written.
    """
    if unit == WHOLE_BUREAU:
        return Reach(None, None, None, "ours")
    # A party that only the body names is not named in the row, so 其他X still takes it in.
    named = frozenset(one.name for one in responsibilities if one.scope is None and one.listed)
    reaching = [one for one in responsibilities if _takes_in(one, unit, roster, named)]
    if not reaching:
        return Reach(None, None, None, "not_ours")
    best = min(reaching, key=_rank)
    return Reach(best.role, best.through, best.name, "ours" if best.through in _SURE else "possible")


def is_responsible(responsibilities: Sequence[Responsibility], unit: str, roster: Mapping[str, UnitKind]) -> bool:
    """Whether the task surely makes the unit a 责任 one, whatever else it is there: 各责任科室 means these."""
    if unit == WHOLE_BUREAU:
        return True
    named = frozenset(one.name for one in responsibilities if one.scope is None and one.listed)
    return any(
        one.role == "responsible" and one.through in _SURE and _takes_in(one, unit, roster, named)
        for one in responsibilities
    )


def with_decision(reach: Reach, decision: Applicability | None) -> Applicability:
    """The applicability of an entry: the clerk's word where there is one, else what the notice says."""
    return reach.applicability if decision is None else decision


def _takes_in(
    responsibility: Responsibility, unit: str, roster: Mapping[str, UnitKind], named: Collection[str]
) -> bool:
    if responsibility.scope is None:
        return responsibility.name == unit
    return unit in members(responsibility.scope, roster, named)


def _rank(responsibility: Responsibility) -> tuple[bool, int, int]:
    through = responsibility.through
    return through not in _SURE, _ROLES.index(responsibility.role), _THROUGHS.index(through)
