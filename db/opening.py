"""What a ledger file must be before it is opened: its kind, its header, its structure, its tables."""

import sqlite3
import stat
from pathlib import Path
from typing import Final

from db.errors import DamagedError, FileRefusedError, NoLedgerError
from db.faults import reason_of
from db.steps import APPLICATION_ID, expected_fingerprint, expected_structure, fingerprint, newest, structure

CONTENT_TABLE: Final = "piece"
"""The bytes of the evidence: left out at opening, since reading gigabytes takes long, and read whole by db.reads.check.
Each content is compared with its SHA-256 whenever it is read."""

_MENDED_BY: Final = "请把文件另存一份，再从备份恢复。"


def check_kind(path: Path) -> None:
    """Refuse what is no regular file, or empty. Raises FileRefusedError; opens nothing."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise FileRefusedError(f"找不到台账文件 {path}。", "U 盘或网络盘是否已接上？确需新建时加 --new。") from error
    except OSError as error:
        raise FileRefusedError(f"无法读取 {path}：{reason_of(error)}", "请检查路径和权限。") from error
    if not stat.S_ISREG(status.st_mode):
        raise NoLedgerError(
            f"{path} 不是普通文件，没有打开。",
            "台账原来在这里的，请从备份恢复（--restore）；不在这里的，用 --db 指定。",
        )
    if status.st_size == 0:
        raise NoLedgerError(
            f"{path} 是空文件（0 字节），不是台账，没有改动它。", "请核对路径；台账可能在备份里，或文件复制时中断。"
        )


def check_header(reader: sqlite3.Connection, path: Path) -> int:
    """The step that the file is of. Raises FileRefusedError (foreign, newer) or DamagedError."""
    application = reader.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise NoLedgerError(f"{path} 不是台账程序的文件，没有改动它。", "请用 --db 指定台账文件。")
    version: int = reader.execute("PRAGMA user_version").fetchone()[0]
    if version > newest():
        raise FileRefusedError(
            f"{path} 由更新版本的程序建立（第 {version} 版，本程序识别到第 {newest()} 版），没有改动它。",
            "请用较新的程序打开。",
        )
    if version < 1:
        raise DamagedError(f"{path} 的版本号（{version}）不对，没有打开。", _MENDED_BY)
    return version


def check_structure(reader: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse a schema that is not the one of its step. Raises DamagedError that names the difference."""
    found = structure(reader)
    if fingerprint(found) != expected_fingerprint(version):
        expected = expected_structure(version)
        names = "、".join(sorted({name for _, name, _ in found ^ expected})[:5])
        raise DamagedError(f"{path} 的结构与程序不符（{names}），没有打开。", _MENDED_BY)


def check_tables(reader: sqlite3.Connection, path: Path) -> None:
    """SQLite's quick_check of every table but the evidence's bytes. Raises DamagedError."""
    tables = reader.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> ? ORDER BY rootpage", (CONTENT_TABLE,)
    ).fetchall()
    for (name,) in (("sqlite_schema",), *tables):
        verdict = reader.execute(f'PRAGMA quick_check("{name}")').fetchall()
        if verdict != [("ok",)]:
            raise DamagedError(f"台账文件已损坏：{path}（{verdict[0][0]}）", _MENDED_BY)
