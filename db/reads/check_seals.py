"""What no image in the 办理流水 speaks for, against its seals: the notices, the calendar, the settings, the drafts."""

import sqlite3
from typing import Final

from db.errors import DamagedError
from db.reads.apart import one_moment, pages_that_may_be_damaged
from db.rules.findings import Finding, damage
from db.seals import SEALED, broken_seals

NAMES: Final[dict[str, str]] = {
    "notice": "通知的正文",
    "unit": "通知的单位名册",
    "task": "通知的工作任务",
    "responsibility": "通知的责任分工",
    "deadline": "通知的完成时限",
    "quota": "通知的量化指标",
    "clock_rule": "通知的时限规则",
    "report": "通知的报送要求",
    "rule": "通知的通用要求",
    "setting": "文件的设置",
    "day_off": "工作日历（放假调休）",
    "day_off_source": "放假调休通知的原文",
    "statute_rule": "条例的时限",
    "draft": "没有保存的草稿",
    "place": "上次看到的位置",
    "intake_draft": "待确认的读稿",
}


def seals(connection: sqlite3.Connection) -> list[Finding]:
    """Each table that is not what it was when the program last wrote it."""
    found = []
    for table in SEALED:
        try:
            with one_moment(connection), pages_that_may_be_damaged():
                is_broken = bool(broken_seals(connection, [table]))
        except DamagedError as error:
            found.append(damage("contents", f"{NAMES[table]}没有核对：{error.message}"))
            continue
        if is_broken:
            words = f"{NAMES[table]}（表 {table}）与程序最后写入时不一致：在程序之外被改动，或磁盘上坏了"
            found.append(damage("contents", words, mendable=True))
    return found
