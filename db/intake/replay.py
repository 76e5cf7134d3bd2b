"""A draft (待确认稿) replayed: the reading of its source with the clerk's steps on it, in order.

Steps about the whole document (year, columns, roster, blank cells) become Settings, and the source is read anew with
them; steps about a task are then done on what was read. An answer is about what was read when it was given: where a
later setting gives a row another doubt, that doubt is open. Nothing here fails: a step that no longer finds its task
becomes a problem of its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from db.intake.edits import Add, DropStanding, Edit
from db.intake.mending import done
from db.intake.reading import Reading
from db.intake.settling import stretches
from db.intake.source import Source
from db.intake.understanding import understood
from db.intake.work import Mark, Work


def replayed(source: Source, edits: Sequence[Edit]) -> Reading:
    """The reading after these steps. The same for the same source and steps, whatever was shown between."""
    marks: dict[int, Mark] = {}
    for end, settings in stretches(edits):
        work = Work(understood(source, settings), marks, settings.dropped)
        for position, edit in enumerate(edits[:end]):
            done(work, edit, position)
    return _without_dropped(work.reading(), edits)


def _without_dropped(reading: Reading, edits: Sequence[Edit]) -> Reading:
    """Without the reports, quotas of every unit, clock rules and rules that the clerk has taken out."""
    dropped = {(edit.kind, edit.quote) for edit in edits if isinstance(edit, DropStanding)}
    if not dropped:
        return reading
    return replace(
        reading,
        reports=tuple(one for one in reading.reports if ("report", one.quote) not in dropped),
        unit_quotas=tuple(one for one in reading.unit_quotas if ("unit_quota", one.quote) not in dropped),
        clock_rules=tuple(one for one in reading.clock_rules if ("clock_rule", one.quote) not in dropped),
        rules=tuple(one for one in reading.rules if ("rule", one.text) not in dropped),
    )


def next_key(edits: Sequence[Edit]) -> str:
    """The key of the next task that the clerk adds: n1, n2, …"""
    return f"n{1 + sum(isinstance(edit, Add) for edit in edits)}"
