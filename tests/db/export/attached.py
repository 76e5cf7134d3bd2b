"""The worked ledger with evidence attached and a history: what only the forms that carry them show."""

from dataclasses import replace
from datetime import date
from typing import Final

from db.rules.rows import EvidenceRow, HistoryRow, LedgerSheet
from tests.db.export.worked import WORKED

SHA: Final = "0123456789abcdef" * 4
ADDED: Final = "2026-03-09T16:31:07+08:00"
EVIDENCE: Final = (
    EvidenceRow(
        1,
        1,
        None,
        1,
        "001234.png",
        SHA,
        1_234_567,
        None,
        "门户网站截图",
        date(2026, 3, 9),
        ADDED,
        "2026-03-08T09:00:00",
    ),
    EvidenceRow(2, 1, None, 1, "通知.pdf", SHA[::-1], 800, None, None, None, ADDED, None),
    EvidenceRow(3, None, 1, 1, "001234.png", SHA, 1_234_567, None, None, None, ADDED, None),
    EvidenceRow(4, 3, None, 3, "专栏", None, None, "https://a.example/3", "专栏", date(2026, 4, 1), ADDED, None),
    EvidenceRow(5, None, 2, None, "年报.docx", SHA, 40_000, None, None, None, ADDED, None),
    EvidenceRow(6, None, 4, 99, "别科的.png", SHA, 5, None, None, None, ADDED, None),
)
"""A file of an entry twice (also by its publication), a plain one, a link, one of the unit, one of what is not ours."""
HISTORY: Final = (
    HistoryRow(6, 4, "2026-03-10T09:00:00+08:00", None, "undo", "note:7", {"entry_id": 1, "text": "错的"}, None, 5),
    HistoryRow(5, 3, "2026-03-09T17:00:00+08:00", None, "note", "note:7", None, {"entry_id": 1, "text": "错的"}, None),
    HistoryRow(
        4,
        2,
        ADDED,
        "经办人甲",
        "attach",
        "evidence:3",
        None,
        {"entry_id": None, "publication_id": 1, "name": "001234.png", "sha256": SHA, "address": None, "caption": None},
        None,
    ),
    HistoryRow(
        3,
        2,
        ADDED,
        "经办人甲",
        "attach",
        "evidence:1",
        None,
        {"entry_id": 1, "publication_id": None, "name": "001234.png", "sha256": SHA, "caption": "门户网站截图"},
        None,
    ),
    HistoryRow(
        2,
        1,
        "2026-03-09T16:30:00+08:00",
        "经办人甲",
        "not_ours",
        "entry:50",
        {"decision": None},
        {"decision": "not_ours"},
        None,
    ),
    HistoryRow(
        1,
        1,
        "2026-03-09T16:30:00+08:00",
        "经办人甲",
        "publish",
        "publication:1",
        None,
        {"entry_id": 1, "title": "001 号公告", "day": "2026-03-09", "channel": "网站", "form": "文字", "address": None},
        None,
    ),
)
ATTACHED: Final = replace(
    WORKED,
    entries=tuple(replace(entry, evidence={1: 3, 3: 1}.get(entry.id, 0)) for entry in WORKED.entries),
    evidence=EVIDENCE,
    history=HISTORY,
)


def attached_texts(sheet: LedgerSheet, texts: tuple[str, ...]) -> LedgerSheet:
    """The sheet with every text in every place of evidence and history that takes text."""
    return replace(
        sheet,
        evidence=tuple(
            replace(EVIDENCE[at % 2 * 3], id=at, entry=1, of_entry=1, name=text or "无", address=text, caption=text)
            for at, text in enumerate(texts, 1)
        ),
        history=tuple(
            HistoryRow(
                len(texts) - at,
                len(texts) - at,
                ADDED,
                text,
                "note",
                f"note:{at}",
                None,
                {"entry_id": 1, "text": text},
                None,
            )
            for at, text in enumerate(texts)
        ),
    )
