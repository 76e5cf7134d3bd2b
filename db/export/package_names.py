"""Where each piece of evidence lies in the 报送包: a folder for each task, in the ledger's order, names that fit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from db.export.columns import number
from db.export.safe_names import safe_name, unique
from db.rules.rows import EntryRow, EvidenceRow, LedgerSheet

EVIDENCE: Final = "佐证材料"
OF_UNIT: Final = "本单位公开"
NOT_OURS: Final = "非本单位事项"
_TOP_LIMIT: Final = 40
"""With 佐证材料 and two names of 60 between its strokes a path has at most 168 characters (180 are allowed)."""
_SHORT: Final = 24
# The number that the document prints before a requirement: 1．, （一）, 一是.
_PRINTED_NUMBER: Final = re.compile(r"\A\s*(?:[（(]?(?:\d+|[一二三四五六七八九十]+)[）)．.、](?!\d)|\d+\s)\s*")
_END: Final = re.compile("[。；;！!？?\n]")
_COUNTED: Final = re.compile(r"(自(?:增\s*)?)?([0-9]{1,6})\Z")


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of evidence and its path below the package's folder; None for a web address."""

    row: EvidenceRow
    path: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The evidence of one entry, of the unit's own publications (OF_UNIT), or of what is not the unit's (NOT_OURS)."""

    about: EntryRow | str
    items: tuple[Placed, ...]


def top(sheet: LedgerSheet) -> str:
    """The one folder of the package: 2026年执法监督科政务公开报送包."""
    unit = safe_name(sheet.ledger.unit, limit=20)
    return safe_name(f"{sheet.ledger.year}年{unit}政务公开报送包", limit=_TOP_LIMIT)


def groups(sheet: LedgerSheet) -> tuple[Group, ...]:
    """All evidence: by entry in the ledger's order, then the unit's, then what is not the unit's; none left out."""
    known = {entry.id: entry for entry in sheet.entries}
    found: dict[int | str, list[EvidenceRow]] = {}
    for row in sheet.evidence:
        key = OF_UNIT if row.of_entry is None else row.of_entry if row.of_entry in known else NOT_OURS
        found.setdefault(key, []).append(row)
    labels = _labels(sheet.entries)
    about: list[tuple[EntryRow | str, str, list[EvidenceRow]]] = [
        (entry, f"{labels[entry.id]} {short(entry.requirement)}", found[entry.id])
        for entry in sheet.entries
        if entry.id in found
    ]
    about += [(name, name, found[name]) for name in (OF_UNIT, NOT_OURS) if name in found]
    folders = unique(safe_name(name) for _, name, _ in about)
    return tuple(
        Group(of, tuple(_placed(f"{EVIDENCE}/{folder}", rows)))
        for (of, _, rows), folder in zip(about, folders, strict=True)
    )


def short(requirement: str, most: int = _SHORT) -> str:
    """The first sentence of a requirement without its printed number, cut to `most` characters (then …)."""
    said = _PRINTED_NUMBER.sub("", requirement).strip() or requirement.strip()
    first = next((part.strip() for part in _END.split(said) if part.strip()), said)
    return first if len(first) <= most else first[: most - 1] + "…"


def _placed(folder: str, rows: Iterable[EvidenceRow]) -> Iterable[Placed]:
    rows = tuple(rows)
    wide = max(2, len(str(sum(not row.is_link for row in rows))))
    turn = 0
    for row in rows:
        if row.is_link:
            yield Placed(row, None)
        else:
            turn += 1
            yield Placed(row, f"{folder}/{safe_name(f'{turn:0{wide}} {row.name}')}")


def _labels(entries: tuple[EntryRow, ...]) -> dict[int, str]:
    """What sorts the folders as the ledger: the number itself (03, 自1) where it does, else the place before it.

    A notice may number 一(四)3, begin anew in each section or leave numbers out.
    """
    found = [_COUNTED.match(entry.number) for entry in entries]
    keys = [
        (match[1] is not None or entry.own, int(match[2])) for match, entry in zip(found, entries, strict=True) if match
    ]
    if len(keys) == len(entries) and all(first < second for first, second in pairwise(keys)):
        wide = {own: max(len(str(at)) for is_own, at in keys if is_own == own) for own, _ in keys}
        return {
            entry.id: f"自{at:0{wide[own]}}" if own else f"{at:0{max(2, wide[own])}}"
            for entry, (own, at) in zip(entries, keys, strict=True)
        }
    wide_all = max(2, len(str(len(entries))))
    return {entry.id: f"{at:0{wide_all}} {number(entry)}" for at, entry in enumerate(entries, start=1)}
