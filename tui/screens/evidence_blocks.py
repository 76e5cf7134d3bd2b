"""佐证 as a block: in the details of an entry and beside a publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.rules.rows_evidence import EvidenceRow
from tui.widgets.reading_pane import Block
from tui.wording_evidence import evidence_brief

SHOWN = 8


def evidence_blocks(count: int, rows: Sequence[EvidenceRow]) -> Iterator[Block]:
    """How many, and the first ones as far as they are read."""
    if not count:
        return
    more = f"，这里是前 {SHOWN} 件，按 8 看全部" if len(rows) > SHOWN else ""
    yield Block("\n".join([f"{count} 件{more}", *map(evidence_brief, rows[:SHOWN])]), "佐证")
