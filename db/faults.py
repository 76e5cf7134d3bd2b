"""What went wrong with the file, as SQLite or the system says it, in the clerk's words."""

import sqlite3
from pathlib import Path

from db.errors import DamagedError, FileLockedError, NoLedgerError, NotSavedError, ReadOnlyError, TaizhangError


def translated(error: sqlite3.Error, path: Path, *, reading: bool = False) -> TaizhangError:
    """SQLite's error as one of ours: what happened, why, what the clerk can do. reading: nothing was to be saved."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, "内容前后对不上，读不下去" if primary == sqlite3.SQLITE_CORRUPT else "文件头不对")
    if str(error).startswith("Could not decode"):
        # The message goes on with the text itself, which is nobody's to print.
        return damaged(path, "文字不是 UTF-8")
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return ReadOnlyError(
            f"{path} 上次没有正常结束，要先写回才能读，而这里不能写入。",
            "请把文件连同 -journal 复制到能写入的位置再打开。",
        )
    if code == sqlite3.SQLITE_IOERR_DIR_FSYNC and not reading:
        # At COMMIT the journal is gone then and the change in the file, but the disk has not said so.
        return NotSavedError(
            "不能确定是否已经保存：磁盘没有确认。", "请检查磁盘是否还连着，再回到清单核对这次改动在不在。"
        )
    if primary == sqlite3.SQLITE_FULL:
        return NotSavedError("没有保存：磁盘已满。", "请腾出空间后再试；屏幕上的文字还在。")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        if reading:
            return FileLockedError("现在读不出来：台账正在写入（附佐证或另一个窗口）。", "请稍候再试。")
        return FileLockedError("没有保存：台账文件正被另一个程序占用。", "请关闭另一个程序后再试。")
    if primary == sqlite3.SQLITE_READONLY:
        return ReadOnlyError("没有保存：台账文件所在的位置不能写入。", "请检查磁盘或 U 盘的写保护。")
    if primary == sqlite3.SQLITE_CANTOPEN:
        return NotSavedError(
            f"无法读写台账文件 {path}：打不开。", "请检查磁盘、U 盘或网络盘是否还连着，文件和文件夹是否有权限打开。"
        )
    if primary == sqlite3.SQLITE_IOERR:
        return NotSavedError(f"无法读写台账文件 {path}：磁盘读写出错。", "请检查磁盘、U 盘或网络盘是否还连着。")
    if reading:
        return NotSavedError(f"读不出来：数据库报错（{error}）。", "请记下这句话并反馈；台账没有改变。")
    return NotSavedError(f"没有保存：数据库拒绝了这次改动（{error}）。", "请记下这句话并反馈；台账没有改变。")


def refused(error: sqlite3.Error, path: Path) -> TaizhangError:
    """As `translated`, for a file that is being opened: what is no database at all is not ours."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
        return NoLedgerError(
            f"{path} 不是台账文件（或者文件头已损坏），没有改动它。",
            "请用 --db 指定台账文件；确是台账的，请从备份恢复。",
        )
    return translated(error, path, reading=True)


def damaged(path: Path, why: str) -> DamagedError:
    """A file whose content cannot be what this program wrote."""
    return DamagedError(
        f"台账文件已损坏：{path}（{why}）",
        "文件没有被改动。请退出，再打开 taizhang：会列出完好的备份，恢复或抢救都先问一遍。",
    )


def reason_of(error: OSError) -> str:
    """Why the system refused."""
    names = {
        **{1: "系统不允许", 2: "文件夹不存在", 5: "磁盘读写出错", 13: "没有权限", 17: "已存在同名文件"},
        **{
            20: "不是文件夹",
            28: "磁盘已满",
            30: "只读磁盘",
            36: "文件名太长",
            116: "网络盘已断开",
            122: "磁盘配额已用完",
        },
    }
    return names.get(error.errno or 0, error.strerror or type(error).__name__)
