"""The 办理流水 itself: its numbering, its chain, and the last numbers that SQLite has given."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from db.chain import broken_links
from db.errors import DamagedError
from db.reads.apart import asked, one_moment, pages_that_may_be_damaged
from db.rules.findings import Finding, damage

_NAMED: Final = 5
_GROUPS: Final = (
    "SELECT seq FROM (SELECT seq, group_id, lag(group_id, 1, 0) OVER (ORDER BY seq) AS former FROM history)"
    " WHERE group_id NOT IN (former, former + 1) ORDER BY seq"
)
_LAST_NUMBERS: Final = (
    "SELECT substr(subject, 1, instr(subject, ':') - 1), max(CAST(substr(subject, instr(subject, ':') + 1) AS INTEGER))"
    " FROM history GROUP BY 1"
)


def chain(connection: sqlite3.Connection) -> list[Finding]:
    """The rows whose hash is not that of their words behind the row before, or whose number does not follow."""
    try:
        with pages_that_may_be_damaged():
            broken = broken_links(connection)
    except DamagedError as error:
        return [damage("history", f"办理流水没有逐条核对：{error.message}")]
    named = [
        damage("history", f"办理流水第 {seq} 条与前一条接不上（校验码不符）：这一条或前一条被改动过，或少了一条")
        for seq in broken[:_NAMED]
    ]
    more = len(broken) - _NAMED
    return [*named, damage("history", f"办理流水另有 {more} 处接不上")] if more > 0 else named


def is_cut(connection: sqlite3.Connection) -> bool:
    """Whether the newest rows of the history are gone: more numbers were given than there are rows."""
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()
    given = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'history'").fetchone()
    return bool((given[0] if given else 0) != last)


def numbering(connection: sqlite3.Connection, tables: Sequence[str]) -> list[Finding]:
    """Whether the end of the history is there, its groups follow on each other, and no number will be given twice."""
    try:
        with one_moment(connection):
            (last,) = asked(connection, "SELECT coalesce(max(seq), 0) FROM history")[0]
            groups = asked(connection, _GROUPS)
            told = dict(asked(connection, _LAST_NUMBERS))
            given = dict(asked(connection, "SELECT name, seq FROM sqlite_sequence"))
    except DamagedError as error:
        return [damage("history", f"办理流水的编号没有核对：{error.message}")]
    found = [damage("history", f"办理流水第 {seq} 条的步骤编号不连续") for (seq,) in groups[:_NAMED]]
    if given.get("history", 0) != last:
        found.append(
            damage("history", f"办理流水最后是第 {last} 条，而编号已用到 {given.get('history', 0)}：末尾可能少了几条")
        )
    found += [
        damage(
            "history",
            f"表 {name} 的编号记的是用到 {given.get(name, 0)}，办理流水里是 {told.get(name, 0)}",
            mendable=True,
        )
        for name in tables
        if given.get(name, 0) != (told.get(name) or 0)
    ]
    return found
