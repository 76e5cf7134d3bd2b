"""A file that the clerk wants to attach: looked at before it is opened, read only while it stays what was looked at.

Hence (db.intake.plain_files): stat, compare, then open without following or waiting, and stat again.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from db.errors import InvalidInputError
from db.intake import plain_files
from db.intake.file_names import kept_name
from db.intake.plain_files import FLAGS, FOLDER, reason, unfit
from db.rules.evidence import PIECE
from db.rules.sizes import size_words

BEIJING: Final = timezone(timedelta(hours=8))
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)

Identity = tuple[int, int, int, int]
"""Device, inode, bytes and time of change (ns): what must not differ while a file is read."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file found fit to be attached (db.rules.evidence.Source).

    size in bytes; modified_at ISO in UTC+8; path without any link; link: the link that led there, None without one,
    to be confirmed by the clerk; changes: in Chinese what of the name is kept otherwise than it stands on the disk.
    """

    name: str
    size: int
    modified_at: str
    path: Path
    link: Path | None
    changes: tuple[str, ...]
    identity: Identity

    def pieces(self) -> Iterator[bytes]:
        """The content in pieces of PIECE bytes, the last shorter. Raises InvalidInputError when the file is not what
        was looked at any more: another size, time or file; that is known before the last piece is given out."""
        with self._opened() as descriptor:
            left = self.size
            while left:
                piece = self._read(descriptor, min(left, PIECE))
                left -= len(piece)
                if not left:
                    self._compare(descriptor)
                yield piece

    @contextmanager
    def _opened(self) -> Iterator[int]:
        with _named_reasons(self.name):
            # What another file now bears this name is not opened at all: it may be the ledger.
            if _identity(os.lstat(self.path)) != self.identity:
                raise _changed(self.name)
            descriptor = os.open(self.path, FLAGS)
        try:
            if _identity(os.fstat(descriptor)) != self.identity:
                raise _changed(self.name)
            yield descriptor
        finally:
            os.close(descriptor)

    def _read(self, descriptor: int, wanted: int) -> bytes:
        """Exactly so many bytes: the system may give fewer at a time."""
        parts: list[bytes] = []
        while wanted:
            with _named_reasons(self.name):
                part = os.read(descriptor, wanted)
            if not part:
                raise _changed(self.name)
            parts.append(part)
            wanted -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _compare(self, descriptor: int) -> None:
        with _named_reasons(self.name):
            more = os.read(descriptor, 1)
            seen = {_identity(os.fstat(descriptor)), _identity(os.lstat(self.path))}
        if more or seen != {self.identity}:
            raise _changed(self.name)


def look(path: Path, *, limit: int, own: Callable[[os.stat_result], bool]) -> FileSource:
    """Look at a file of at most `limit` bytes; `own` tells the ledger's own files, which are never opened.

    A relative path counts from the working folder; ~ is the caller's to expand. Raises InvalidInputError: missing,
    the ledger itself, no regular file, empty, too large, not to be read, a name too long.
    """
    called = plain_files.called(path.name or str(path))
    if not _can_be_a_path(path):
        raise InvalidInputError(f"无法附“{called}”：路径里有不能使用的字符。", "请核对路径。")
    with _named_reasons(called):
        link = path.absolute() if path.is_symlink() else None
        try:
            status = os.stat(path)
        except FileNotFoundError as error:
            if link is None:
                raise
            raise InvalidInputError(
                f"无法附“{called}”：它是一个链接，指向的文件不存在。", "请选择真实的文件。"
            ) from error
        _refuse_unfit(status, called, limit, own)
        real = Path(os.path.realpath(path, strict=True))
        name, changes = kept_name(real.name)
        source = FileSource(name, status.st_size, _time(status), real, link, changes, _identity(status))
        with source._opened():
            return source


def moment(nanoseconds: int) -> datetime | None:
    """A file's time in UTC+8; None where it leads out of the calendar."""
    try:
        return (_BEGINNING + timedelta(microseconds=nanoseconds // 1000)).astimezone(BEIJING)
    except OverflowError:
        return None


def _refuse_unfit(status: os.stat_result, called: str, limit: int, own: Callable[[os.stat_result], bool]) -> None:
    if own(status):
        raise InvalidInputError(f"无法附“{called}”：它就是正在使用的台账文件。", "请选择其他文件。")
    words = unfit(status)
    if words is not None:
        hint = "请选择其中的文件；整个文件夹可先压缩成一个文件。" if words == FOLDER else "请选择普通文件。"
        raise InvalidInputError(f"无法附“{called}”：它{words}。", hint)
    if not status.st_size:
        raise InvalidInputError(f"无法附“{called}”：文件是空的（0 字节）。", "请核对文件是否已保存、已下载完。")
    if status.st_size > limit:
        has, may = size_words(status.st_size), size_words(limit)
        if has == may:
            has, may = f"{status.st_size:,} 字节", f"{limit:,} 字节"
        raise InvalidInputError(
            f"无法附“{called}”：文件有 {has}，超过上限 {may}。", "请先压缩或截取需要的部分，也可以调整佐证大小上限。"
        )


def _can_be_a_path(path: Path) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def _identity(status: os.stat_result) -> Identity:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _time(status: os.stat_result) -> str:
    """ISO to the second. A time out of the calendar (a foreign system's or a damaged one) is its nearest end."""
    found = moment(status.st_mtime_ns)
    if found is None:
        found = datetime.max.replace(tzinfo=BEIJING) if status.st_mtime_ns > 0 else datetime.min.replace(tzinfo=BEIJING)
    return found.isoformat(timespec="seconds")


def _changed(called: str) -> InvalidInputError:
    return InvalidInputError(f"无法附“{called}”：文件在读取过程中有变化。", "请等它保存或下载完，再附一次。")


@contextmanager
def _named_reasons(called: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        words, hint = reason(error, "再附")
        raise InvalidInputError(f"无法附“{called}”：{words}。", hint) from error
