"""What a unit cell gives when it is read: its parts in order, each with its role, and what was not certain."""

from dataclasses import dataclass, field
from typing import Final, Literal

from db.intake.phrases.groups import Group
from db.intake.reading import Doubt
from db.rules.words import Role

DoubtKind = Literal["units_clause", "units_open", "units_citation"]
ASSUMED: Final[dict[DoubtKind, str]] = {
    "units_clause": "只读了认得出的单位，其余的话没有读",
    "units_open": "“等”字所指的单位都列为待确认",
    "units_citation": "要看所引的文件，各单位都列为待确认",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One phrase of a cell with its role. text: as written; group None: the name of one body; kind unknown: neither.
    listed False: 等, or a cell that only cites."""

    role: Role
    kind: str
    text: str
    group: Group | None = None
    listed: bool = True
    members: tuple[str, ...] = ()
    before: str = ""


@dataclass(slots=True)
class Parsed:
    """The parts of a cell in order, and what was not certain: kind of doubt and words."""

    parts: list[Part] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
