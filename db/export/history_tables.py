"""办理流水 as a table: what was done, when, by whom, and what that changed."""

from typing import Final

from db.export.columns import moment, number
from db.export.part import Head, Part
from db.rules.history_words import told_steps
from db.rules.rows import LedgerSheet

HISTORY: Final = "办理流水"
_MISSING: Final = "（非本单位或已删的事项）"
"""The sheet leaves out what is not ours; so an entry that is not on it need not have been taken out."""


def history(sheet: LedgerSheet) -> Part:
    """办理流水, the newest step first; a line for each thing that a step changed."""
    heads = (
        Head("时间", 18, middle=True),
        Head("办理人", 14, middle=True, optional=True),
        Head("步骤", 20, middle=True),
        Head("事项", 18, middle=True),
        Head("改动内容", 90),
    )
    named = {entry.id: f"序号 {number(entry)}" for entry in sheet.entries}
    rows = tuple(
        (moment(step.at), step.officer or "", step.name, where, words)
        for step in told_steps(sheet.history, named, missing=_MISSING)
        for where, words in step.changes
    )
    return Part(HISTORY, heads, rows)
