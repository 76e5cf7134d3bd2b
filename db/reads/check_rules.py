"""What must hold between the rows, as a bookkeeper's balance: each question lists the rows for which it does not."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from db.errors import DamagedError
from db.reads.apart import asked, one_moment
from db.reads.said import roster_of, tasks_of
from db.rules.clock_json import stored_extensions, stored_pauses, stored_stages
from db.rules.deadlines import deadline_row
from db.rules.findings import Finding, damage
from db.rules.occurrences import spans
from db.rules.rows import Pause, StageDay
from db.rules.words import STAGES, WHOLE_BUREAU

_NAMED: Final = 3
_MOST: Final = 20
"""How many are told one by one."""

_BALANCES: Final[Sequence[tuple[str, str]]] = (
    (
        "台账里缺少通知的任务（台账 {0}，任务 {1}）",
        "SELECT l.id, t.id FROM ledger l JOIN task t ON t.notice_id = l.notice_id"
        " LEFT JOIN entry e ON e.ledger_id = l.id AND e.task_id = t.id WHERE e.id IS NULL",
    ),
    (
        "台账里有别的通知的任务（事项 {0}，任务 {1}）",
        "SELECT e.id, e.task_id FROM entry e JOIN ledger l ON l.id = e.ledger_id JOIN task t ON t.id = e.task_id"
        " WHERE t.notice_id <> l.notice_id",
    ),
    (
        "公开记录 {0} 的事项 {1} 不在同一本台账里",
        "SELECT p.id, e.id FROM publication p JOIN entry e ON e.id = p.entry_id WHERE e.ledger_id <> p.ledger_id",
    ),
    (
        "计时 {0} 的事项 {1} 不在同一本台账里",
        "SELECT c.id, e.id FROM clock c JOIN entry e ON e.id = c.entry_id WHERE e.ledger_id <> c.ledger_id",
    ),
    (
        "佐证 {0} 所附的事项或公开记录不在同一本台账里（{1}）",
        "SELECT v.id, coalesce(e.ledger_id, p.ledger_id) FROM evidence v LEFT JOIN entry e ON e.id = v.entry_id"
        " LEFT JOIN publication p ON p.id = v.publication_id"
        " WHERE v.ledger_id <> coalesce(e.ledger_id, p.ledger_id)",
    ),
    (
        "次数 {0} 所属的子事项在另一个事项 {1} 里",
        'SELECT c.id, i.entry_id FROM "count" c JOIN item i ON i.id = c.item_id WHERE i.entry_id <> c.entry_id',
    ),
    (
        "报送登记 {0}（{1}）不是通知要求的报送",
        "SELECT s.id, s.what FROM report_state s JOIN ledger l ON l.id = s.ledger_id LEFT JOIN report r"
        " ON r.notice_id = l.notice_id AND r.what = s.what WHERE s.source = 'notice' AND r.id IS NULL",
    ),
    ("自增事项 {0} 登记了是否本单位（{1}）", "SELECT id, decision FROM entry WHERE task_id IS NULL AND decision <> ''"),
    ("量化指标 {0} 的目标数 {1} 不是正数", "SELECT id, target FROM quota WHERE target <= 0"),
    (
        "办理流水第 {0} 条撤销的是它后面的第 {1} 条",
        "SELECT seq, undoes FROM history WHERE undoes >= seq",
    ),
)
"""In Chinese with two places, and the SQL that gives them."""

_CLOCKS: Final = (
    "SELECT subject, direction, start_day, pauses, extensions, stages, closed_on, may_extend FROM clock ORDER BY id"
)


def rules(connection: sqlite3.Connection) -> list[Finding]:
    """The balances that are not met, of a file of the newest step; nothing where it cannot be read: that is told
    already."""
    try:
        # One moment: a ledger that is begun between two questions would miss its entries.
        with one_moment(connection):
            found = [line for words, question in _BALANCES for line in _unmet(connection, words, question)]
            found += _of_ledgers(connection)
            clocks = asked(connection, _CLOCKS)
    except (DamagedError, sqlite3.DatabaseError, ValueError, KeyError, TypeError, OverflowError):
        return []
    found += [f"计时「{subject}」：{words}" for subject, *values in clocks for words in _of_clock(*values)]
    more = [f"另有 {len(found) - _MOST} 处前后对不上"] if len(found) > _MOST else []
    return [damage("rules", line) for line in found[:_MOST] + more]


def _unmet(connection: sqlite3.Connection, words: str, question: str) -> list[str]:
    rows = asked(connection, question)
    more = [f"另有 {len(rows) - _NAMED} 处同样的问题"] if len(rows) > _NAMED else []
    return [words.format(*row) for row in rows[:_NAMED]] + more


def _of_ledgers(connection: sqlite3.Connection) -> Iterator[str]:
    """The unit of each ledger stands on its roster, every deadline is one that can be counted, what was decided or
    settled is still asked."""
    rows = asked(
        connection,
        "SELECT e.ledger_id, e.task_id, e.id, e.decision, o.start FROM entry e"
        " LEFT JOIN occurrence o ON o.entry_id = e.id WHERE e.task_id IS NOT NULL",
    )
    entries: defaultdict[tuple[int, int], list[tuple[int, str | None, str | None]]] = defaultdict(list)
    for ledger, task, *values in rows:
        entries[ledger, task].append((values[0], values[1], values[2]))
    for ledger, notice, year, unit, notice_year in asked(
        connection,
        "SELECT l.id, l.notice_id, l.year, l.unit, n.year FROM ledger l JOIN notice n ON n.id = l.notice_id",
    ):
        roster = roster_of(connection, notice)
        if unit != WHOLE_BUREAU and unit not in roster:
            yield f"{year} 年台账的单位“{unit}”不在通知的单位名册里"
            continue
        for task in tasks_of(connection, notice):
            deadline = deadline_row(task.deadlines, year, None, notice_year)
            found = spans(deadline.recurrence, year) if deadline.recurrence else ()
            periods = {first.isoformat() for first, _ in found}
            for entry, decision, start in entries[ledger, task.id]:
                if start is not None and start not in periods:
                    yield f"事项 {entry}（第 {task.number} 项）销账的一期 {start} 不是它的时限里有的"
                if decision is not None and unit == WHOLE_BUREAU:
                    yield f"事项 {entry}（第 {task.number} 项）在全局台账里却登记了是否本单位"


def _of_clock(
    direction: str,
    start: str,
    pauses: str,
    extensions: str,
    stages: str | None,
    closed_on: str | None,
    may_extend: int | None,
) -> Iterator[str]:
    """A clock's days stand in their order, as the verbs write them."""
    try:
        held, longer, reached = stored_pauses(pauses), stored_extensions(extensions), stored_stages(stages)
        begun, closed = date.fromisoformat(start), date.fromisoformat(closed_on) if closed_on else None
    except (ValueError, TypeError, KeyError):
        return  # told by its shape
    if direction == "before" and (held or longer):
        yield "倒着数的计时里有暂停或延长"
    if not _pauses_follow(begun, held, closed):
        yield "暂停的日期前后颠倒或重叠"
    if any(each.days <= 0 for each in longer) or (may_extend is not None and sum(x.days for x in longer) > may_extend):
        yield "延长的天数超出允许的范围"
    if reached and not _stages_follow(begun, reached):
        yield "进度的次序或日期前后颠倒"
    if closed is not None and direction == "after" and closed < begun:
        yield "了结日期早于起算日期"


def _pauses_follow(begun: date, pauses: Sequence[Pause], closed: date | None) -> bool:
    if any(pause.end is not None and pause.end < pause.start for pause in pauses):
        return False
    if any(former.end is None or later.start < former.end for former, later in pairwise(pauses)):
        return False
    if closed is not None and any(pause.end is None or pause.end > closed for pause in pauses):
        return False
    return all(pause.start >= begun for pause in pauses)


def _stages_follow(begun: date, stages: Sequence[StageDay]) -> bool:
    places = [STAGES.index(each.stage) for each in stages]
    return (
        places[0] == 0
        and stages[0].on == begun
        and all(one < other for one, other in pairwise(places))
        and all(one.on <= other.on for one, other in pairwise(stages))
    )
