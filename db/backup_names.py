"""Where backups lie and what they are called: what has to be known before one is opened stands in its name."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final, Literal, get_args

from db.chain import Head

Why = Literal["自动", "升级前", "导入前", "年终", "恢复前", "修复前"]
"""What a backup was made for."""
CONTENTS: Final = "佐证"
"""The folder, inside a folder of backups, that holds each content of the evidence once, named by its SHA-256."""
REPLACED: Final = "换下"
"""The folder that holds what a restore has replaced, with its journals."""

_LOCAL: Final = timezone(timedelta(hours=8))
_STEM_BYTES: Final = 150
"""So much of the ledger's name stands in a backup's: with the rest it fits a file name (255 bytes)."""
_NAME: Final = re.compile(
    rf"(?P<stem>.+)-(?P<at>\d{{8}}-\d{{6}})-(?P<stamp>(?P<seq>\d{{6,18}})-[0-9a-f]{{16}})"
    rf"-(?P<why>{'|'.join(get_args(Why))})(?:-(?P<turn>[2-9]|[1-9]\d{{1,3}}))?\.db",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class BackupName:
    """What the name of a backup says. at: UTC+8, to the second; seq and stamp: the newest row of its 办理流水;
    turn: 1, or the how manieth of this second."""

    stem: str
    at: datetime
    seq: int
    stamp: str
    why: Why
    turn: int = 1


def folder_of(path: Path) -> Path:
    """The folder beside a ledger file in which its backups lie."""
    return path.with_name(f"{path.name}.备份")


def stem_of(path: Path) -> str:
    """What the backups of a ledger file begin with: its name without the suffix, cut where it is very long."""
    stem = path.stem
    while len(stem.encode("utf-8", "surrogateescape")) > _STEM_BYTES:
        stem = stem[:-1]
    return stem


def as_text(name: str) -> str:
    """A file name as text that can be stored: bytes that are no UTF-8 (a stick written in GBK) become U+FFFD."""
    return "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in name)


def name_of(path: Path, at: datetime, head: Head, why: Why, turn: int = 1) -> str:
    """台账-20261122-093000-000123-1a2b3c4d5e6f7a8b-自动.db; a time without a zone is taken as UTC+8."""
    local = at.astimezone(_LOCAL) if at.tzinfo else at
    behind = f"-{turn}" if turn > 1 else ""
    return f"{stem_of(path)}-{local:%Y%m%d-%H%M%S}-{head.stamp}-{why}{behind}.db"


def parsed(name: str) -> BackupName | None:
    """What a file name says; None for what is no backup's name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], "%Y%m%d-%H%M%S").replace(tzinfo=_LOCAL)
    except ValueError:
        return None
    why = next(why for why in get_args(Why) if why == found["why"])
    return BackupName(found["stem"], at, int(found["seq"]), found["stamp"], why, int(found["turn"] or 1))
