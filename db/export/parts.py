"""The further tables beside the ledger's own as values: sheets of their own in .xlsx, sections in .md."""

from collections.abc import Callable, Sequence
from typing import Final

from db.export.counted_tables import occurrences, publications, quotas
from db.export.evidence_tables import evidence
from db.export.history_tables import history
from db.export.part import Part
from db.export.timed_tables import clocks, reports
from db.rules.rows import LedgerSheet

_PARTS: Final[Sequence[Callable[[LedgerSheet], Part]]] = (
    publications,
    quotas,
    occurrences,
    clocks,
    reports,
    evidence,
    history,
)


def parts(sheet: LedgerSheet) -> tuple[Part, ...]:
    """公开记录, 量化指标 (with 次数记录), 周期, 计时, 报送, 佐证材料, 办理流水; those without content are left out."""
    made = [make(sheet).fit() for make in _PARTS]
    return tuple(part for part in made if part.rows or part.below)
