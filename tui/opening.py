"""Which ledger file is opened, made or looked for, and with what in it. Beside tui.__main__ the one module that may."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import FileRefusedError, MendableError, NoLedgerError, ReadingError, TaizhangError
from db.file import LedgerFile, lies_at, make_file, open_file
from db.places import default_file, drafts_folder, heads_file, local_backups, seen_mark
from db.reads.office import readings_digest, second_place
from tui.arguments import Arguments
from tui.output import complain

if TYPE_CHECKING:
    from tui.care import FileCare

Now = Callable[[], datetime]


def path_of(given: Arguments) -> Path:
    """Where the ledger file lies, or should. Raises FileRefusedError."""
    path = given.db or default_file()
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError) as error:
        raise FileRefusedError(f"无法确定 {path} 是哪个文件（{error}）。", "请写出台账文件的完整路径。") from error


def opened(given: Arguments, now: Now, *, write: bool) -> LedgerFile:
    """The file, made where that is meant, with the shipped readings planted in it."""
    path = _located(given, now)
    file = open_file(path, now(), write=write)
    try:
        return _planted(file, now)
    except BaseException:
        file.close()
        raise


def for_writing(file: LedgerFile, now: Now) -> LedgerFile:
    """The same file, opened again for writing where it was opened for reading."""
    if not file.read_only:
        return file
    file.close()
    return open_file(file.path, now(), write=True)


def care_of(given: Arguments, now: Now, *, asks_file: bool = False) -> "FileCare":
    """The file by its path, whatever lies there. asks_file: it is asked for its identity and second place, where it can
    be read: then no other file's backups are taken for its own."""
    from tui.care import CarePlaces, FileCare

    path = path_of(given)
    places = CarePlaces(heads_file(), local_backups(), drafts_folder(), None if given.db else path)
    if asks_file:
        with suppress(TaizhangError):
            file = open_file(path, now(), write=False, as_it_lies=True)
            try:
                return FileCare(path, places, now, second_place(file), file.identity)
            finally:
                file.close()
    return FileCare(path, places, now)


def was_here(given: Arguments, path: Path) -> bool:
    """Whether this machine has had a ledger open at that path."""
    if given.db is None and seen_mark().exists():
        return True
    from db.seen import seen_at

    return seen_at(heads_file(), path) is not None


def _located(given: Arguments, now: Now) -> Path:
    path = path_of(given)
    is_default = given.db is None
    if not lies_at(path, now()):
        if not given.new and was_here(given, path):
            raise NoLedgerError(
                f"找不到台账文件 {path}，而这台电脑上以前有过。",
                "请先找回文件（U 盘、网络盘、备份）；确需从头新建时加 --new。",
            )
        if not is_default and not given.new:
            raise FileRefusedError(f"找不到台账文件 {path}。", "U 盘或网络盘是否已接上？确需新建时加 --new。")
        make_file(path)
    if is_default:
        _leave_mark()
    return path


def _leave_mark() -> None:
    mark = seen_mark()
    # A state folder that cannot be written is no reason to refuse the ledger.
    with suppress(OSError):
        if not mark.exists():
            mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mark.touch()


def _planted(file: LedgerFile, now: Now) -> LedgerFile:
    """The same file with this program's readings in it, opened for writing as long as that takes."""
    from seeds.plant import digest, plant

    held = readings_digest(file)
    if held == digest():
        return file
    writer = for_writing(file, now)
    if not writer.read_only:
        try:
            plant(writer, now())
        except ReadingError as error:
            # The former readings still stand in the file, whole: the clerk's work goes on over them.
            if held is None:
                writer.close()
                raise
            complain(error)
    elif held is None:
        writer.close()
        raise MendableError(
            f"台账文件里还没有通知，现在又不能写入：{writer.read_only_reason}", "请关闭其他窗口后再试。"
        )
    return writer
