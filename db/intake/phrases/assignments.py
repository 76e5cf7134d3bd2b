"""Responsibility phrases: the text of a unit cell or bracket -> who leads, who is responsible, who supports.

Source: notice-patterns.md, section 4; reading-the-notices.md (会同 wins over 按职责; roles by word; a bare unit and
X办理 are responsible).

    cell    ::= bracket? (label list)+ | bracket? clause ((, | ; | 。 | 、) clause)*
    clause  ::= list tail                the tail's role is that of the whole list (role_words.py, cell_lists.py)
              | list 会同 list tail?     the first leads, the second supports, whatever the tail
              | list ACTION …            units as the subject of a free clause: responsible, with a doubt
              | tail                     about the list in front of it
              | citation                 按照《…》分工负责 without a unit: possible for all
A list at the end without a tail is responsible (or what its column or its label says). Separate columns: each cell
is parsed with its column's role, which 负责, 办理 and a bare unit take; 牵头 and 配合 keep their own.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from db.intake.phrases.cell_parts import Parsed, Part
from db.intake.phrases.clauses import parsed
from db.intake.phrases.groups import Group
from db.intake.phrases.remembering import remembered
from db.intake.phrases.signs import folded
from db.intake.phrases.units import is_near, suffix
from db.intake.reading import Doubt
from db.rules.notice import NoticeUnit
from db.rules.said import Responsibility, Scope
from db.rules.words import Role, Through

Doubts = tuple[Doubt, ...]

_NUMBERED: Final = re.compile(r"(.{0,40}?)(第?[一二三四五六七八九十0-9]{1,2})([^一二三四五六七八九十0-9]{1,3})")
_TERRITORIES: Final = ("政府", "管委会", "街道", "街道办", "乡镇", "镇", "乡")
"""What a body of another level ends in."""


@remembered
def names(text: str, role: Role | None) -> tuple[str, ...]:
    """The bodies that a unit cell names, one by one, in order: for the roster. No group phrases."""
    found: dict[str, None] = {}
    for part in parsed(text, role).parts:
        if part.kind == "name":
            found.setdefault(part.text)
        elif part.group is not None:
            found.update(dict.fromkeys(part.group.units))
    return tuple(found)


@remembered
def responsibilities(
    cells: tuple[tuple[Role | None, str], ...], roster: tuple[NoticeUnit, ...]
) -> tuple[tuple[Responsibility, ...], Doubts]:
    """Who the unit cells of one task name, in order, each once in a role. The cells by their column's role.

    A name that the roster does not have, and words that are no unit, are left out and block; an empty cell gives
    nothing and no doubt.
    """
    reader = _Reader({folded(unit.name): unit for unit in roster})
    for role, text in cells:
        reader.cell(parsed(text, role), "".join(text.split()))
    return tuple(reader.found.values()), tuple(dict.fromkeys(reader.doubts))


class _Reader:
    """The parts of the cells, looked up in the roster (by folded name)."""

    def __init__(self, roster: Mapping[str, NoticeUnit]) -> None:
        self.roster = roster
        self.found: dict[tuple[Role, str], Responsibility] = {}
        self.doubts: list[Doubt] = []

    def cell(self, cell: Parsed, quote: str) -> None:
        self.doubts.extend(cell.doubts)
        for n, part in enumerate(cell.parts):
            if part.kind == "name":
                self._name(part)
                if n:
                    self._short_for(cell.parts[n - 1].text, part.text)
            elif part.kind == "unknown":
                following = cell.parts[n + 1] if n + 1 < len(cell.parts) else None
                self._unknown(part, following)
            elif part.group is not None:
                self._group(part, part.group, quote)

    def _add(self, one: Responsibility) -> None:
        self.found.setdefault((one.role, one.name), one)

    def _name(self, part: Part) -> None:
        unit = self.roster.get(folded(part.text))
        if unit is None:
            self._not_known(part.text)
            return
        if part.role != "lead" and folded(part.text).endswith(("科室", "处室", "股室")):
            self.doubts.append(Doubt("units_near", part.text, "作为一个单位", ("作为统称",)))
        if folded(part.text).endswith(_TERRITORIES):
            self.doubts.append(Doubt("other_level", part.text, "像是其他层级的单位，照写列入"))
        # Spelled in another width than in the roster: the name then stands in the quote, not in the cell.
        self._add(Responsibility(part.role, unit.name, "name", quote=None if unit.name == part.text else unit.quote))

    def _short_for(self, before: str, name: str) -> None:
        """监督一科、二科: the second may be 监督二科."""
        short, long = _NUMBERED.fullmatch(folded(name)), _NUMBERED.fullmatch(folded(before))
        if short is None or long is None or short.group(1) or not long.group(1) or short.group(3) != long.group(3):
            return
        self.doubts.append(Doubt("units_near", name, f"作为“{name}”", (f"是“{long.group(1)}{name}”",)))

    def _not_known(self, name: str) -> None:
        near = tuple(unit.name for unit in self.roster.values() if is_near(unit.name, name))
        if near:
            self.doubts.append(Doubt("units_near", name, "名册里没有这个单位，没有列入", near, blocks=True))
        else:
            self.doubts.append(Doubt("units_unread", name, "名册里没有这个单位，没有列入", blocks=True))

    def _unknown(self, part: Part, following: Part | None) -> None:
        """登记、财务科 with both in the roster is a list that shares its last word; else it is no unit."""
        last = None if following is None or following.kind != "name" else self.roster.get(folded(following.text))
        first = None if last is None else self.roster.get(folded(part.text) + suffix(folded(last.name)))
        if following is None or first is None or last is None:
            self.doubts.append(Doubt("units_unread", part.text, "没有认出是哪个单位，没有列入", blocks=True))
            return
        self.doubts.append(Doubt("units_near", part.text, f"读作“{first.name}”"))
        self._add(Responsibility(part.role, part.text, "group", Scope((), (first.name,))))

    def _group(self, part: Part, group: Group, quote: str) -> None:
        known = tuple(unit.name for one in group.units if (unit := self.roster.get(folded(one))) is not None)
        for one in group.units:
            if folded(one) not in self.roster:
                self._not_known(one)
        if part.kind == "headless":
            group = replace(group, sure=False)
            like = tuple(unit.name for unit in self.roster.values() if folded(unit.name).endswith(folded(part.text)))
            self.doubts.append(Doubt("units_near", part.text, "作为统称，列为待确认", like))
        self._doubts_of_reach(part, group)
        scope = Scope(group.kinds, known, group.except_named)
        through: Through = "group" if group.sure else "related"
        self._add(Responsibility(part.role, part.text, through, scope, part.listed, None if part.listed else quote))

    def _doubts_of_reach(self, part: Part, group: Group) -> None:
        if group.level:
            self.doubts.append(Doubt("other_level", part.text, "写给其他层级或外单位，只列为待确认"))
        if group.open and any(unit.kind in ("中心", "所队") for unit in self.roster.values()):
            self.doubts.append(Doubt("units_open", part.text, "只含属下单位，不含中心和所队", ("连同中心和所队",)))
