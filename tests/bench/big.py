"""A big ledger: 1,000 entries and 5,000 publications, with the notes, counts and clocks of a busy year.

Written into the file directly, in one transaction: a bench measures reading, and 6,000 steps of undo would only wait.
"""

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final

ENTRIES: Final = 1_000
PUBLICATIONS: Final = 5_000
FIRST_ROW: Final = "年初第一件事"
"""Words of the entry that is overdue the longest."""
SEARCHED: Final = ("公", "开")
"""What is typed into the search, key by key; every second own task has both, apart or together."""

_FORMS: Final = ("文字", "图解", "视频", "访谈", "发布会")
_CHANNELS: Final = ("网站", "公众号", "报纸", "电视")
_MATTERS: Final = (
    "更新门户网站（政务公开专栏）的机构职能、领导分工和联系方式，并报办公室备案",
    "答复第{n}号政府信息公开申请，做好登记、审核、答复和归档",
    "组织科室学习《中华人民共和国政府信息公开条例》，形成学习记录",
    "公布第{n}批行政处罚案件信息，自作出决定之日起20个工作日内完成",
    "编写政策解读材料，图文并茂，与政策文件同步发布",
)


def fill(path: Path, ledger_id: int) -> None:
    """Add own tasks up to ENTRIES, PUBLICATIONS publications, and work on them, to an open year 2021."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT id FROM entry WHERE ledger_id = ? ORDER BY id", (ledger_id,)).fetchall()
        of_notice = [number for (number,) in found]
        own = [_own_task(number) for number in range(1, ENTRIES - len(of_notice) + 1)]
        with connection:
            connection.executemany(
                "INSERT INTO entry (ledger_id, own_number, own_requirement, own_due, own_reason, status, done_on,"
                f" what_was_done) VALUES ({ledger_id}, ?, ?, ?, '年中交办', ?, ?, ?)",
                own,
            )
            found = connection.execute("SELECT id FROM entry WHERE ledger_id = ? ORDER BY id", (ledger_id,)).fetchall()
            _work(connection, ledger_id, [number for (number,) in found])


def _own_task(number: int) -> tuple[int, str, str | None, str, str | None, str | None]:
    """Number, requirement, due day, status, day done, what was done."""
    if number == 1:
        return 1, FIRST_ROW, "2021-01-01", "not_started", None, None
    requirement = _MATTERS[number % len(_MATTERS)].format(n=number)
    due = (date(2021, 1, 2) + timedelta(days=number * 7 % 363)).isoformat() if number % 8 else None
    if number % 4:
        return number, requirement, due, "not_started" if number % 3 else "in_progress", None, None
    return number, requirement, due, "done", "2021-11-01", "已在门户网站公布，截图归档"


def _work(connection: sqlite3.Connection, ledger_id: int, entries: list[int]) -> None:
    """Publications of every entry and some of the unit; notes, counts and clocks of some."""
    year = [date(2021, 1, 1) + timedelta(days=number) for number in range(365)]
    connection.executemany(
        "INSERT INTO publication (ledger_id, entry_id, day, title, channel, address, form) VALUES (?,?,?,?,?,?,?)",
        [
            (
                ledger_id,
                None if number % 50 == 0 else entries[number * 7 % len(entries)],
                year[number * 11 % 365].isoformat(),
                f"江门市市场监督管理局公开信息第{number}号",
                _CHANNELS[number % len(_CHANNELS)],
                f"www.example.gov.cn/zwgk/{number}.html",
                _FORMS[number % len(_FORMS)],
            )
            for number in range(PUBLICATIONS)
        ],
    )
    connection.executemany(
        "INSERT INTO note (entry_id, at, officer, text) VALUES (?, '2021-06-01T09:00:00+08:00', '甲', ?)",
        [(entry, f"与办公室电话联系，对方答复第{entry}件材料下周送审，月底前公布。") for entry in entries[::2]],
    )
    connection.executemany(
        "INSERT INTO count (entry_id, day, number) VALUES (?, ?, 1)",
        [(entry, year[number % 365].isoformat()) for number, entry in enumerate(entries * 2)],
    )
    pauses = json.dumps([{"from": "2021-03-10", "to": "2021-03-20", "anew": False, "reason": "征求第三方意见"}])
    connection.executemany(
        'INSERT INTO clock (ledger_id, entry_id, subject, source, days, day_kind, direction, bound, "trigger", action,'
        " quote, start_day, pauses, extensions, closed_on) VALUES"
        " (?, ?, ?, 'notice', 20, 'workday', 'after', 'max', '收到申请', '答复', '20个工作日内', ?, ?, '[]', ?)",
        [
            (
                ledger_id,
                entries[number],
                f"第{number}号申请",
                year[60 + number].isoformat(),
                pauses,
                "2021-12-01" if number % 3 else None,
            )
            for number in range(200)
        ],
    )
