"""A backup opened to be read: checked as a ledger file is, but nothing is locked, brought up or written there."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.connecting import open_still
from db.errors import FileRefusedError
from db.faults import damaged, refused
from db.opening import check_header, check_kind, check_structure, check_tables


@contextmanager
def opened_backup(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a backup whose kind, header, structure and pages (but the evidence's) are right; it may be of an
    older step. Raises FileRefusedError and DamagedError, and OSError."""
    try:
        is_link = stat.S_ISLNK(path.lstat().st_mode)
    except FileNotFoundError as error:
        raise FileRefusedError(f"找不到备份 {path}。", "请核对路径；U 盘或网络盘是否已接上？") from error
    if is_link:
        raise FileRefusedError(f"{path} 是一个链接，没有打开。", "请指定真实的备份文件。")
    check_kind(path)
    connection: sqlite3.Connection | None = None
    try:
        connection = open_still(path)
        version = check_header(connection, path)
        check_structure(connection, path, version)
        check_tables(connection, path)
        yield connection
    except sqlite3.Error as error:
        raise refused(error, path) from error
    except UnicodeDecodeError as error:
        raise damaged(path, error.reason) from error
    finally:
        if connection is not None:
            connection.close()
