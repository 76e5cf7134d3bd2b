"""The 办理流水 as blocks of a reading pane: a heading for each step, below it what was changed where."""

from collections.abc import Iterator, Sequence

from db.rules.history_words import told_steps
from db.rules.rows import EntryRow, HistoryRow
from tui.dialogs.entries_named import number_words
from tui.widgets.reading_pane import Block


def history_blocks(rows: Sequence[HistoryRow], entries: Sequence[EntryRow]) -> Iterator[Block]:
    """Newest step first: a heading with time, officer and name, below it what was changed where."""
    for step in told_steps(rows, {entry.id: number_words(entry) for entry in entries}):
        officer = f"  {step.officer}" if step.officer else ""
        yield Block(f"{step.at[:16].replace('T', ' ')}  {step.name}{officer}", look="heading")
        for where, words in step.changes:
            yield Block(words, label=where)
        yield Block("")
