"""The spots at which the backups of a ledger file lie: beside it, at the second place, on this machine."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from db.backup_names import folder_of, stem_of
from db.care.answering import answers
from db.care.disks import risky_disk
from db.errors import BackupError
from db.file import LedgerFile
from db.folder import make_backup_folder, make_folder
from db.places import local_backups
from db.reads.office import second_place
from db.rules.value import value

Place = Literal["beside", "second", "here", "given"]
"""Beside the ledger file; at the second place; on this machine, for a file on a share or stick; named by the clerk."""
PLACE_NAMES: Final[dict[Place, str]] = {
    "beside": "台账旁边",
    "second": "第二备份位置",
    "here": "本机",
    "given": "指定的文件",
}
NO_ANSWER_HINT: Final = "网络盘是否断开了？接通以后会再备份；已不再使用的，请改设第二备份位置。"
_MARK: Final = 8
"""How many digits of the identity tell the folders of two ledger files of one name apart."""


@value
class Spot:
    """folder: the one in which the backups of this ledger file lie; base: the one that it is made in."""

    place: Place
    base: Path
    folder: Path

    @property
    def is_reached(self) -> bool:
        """Whether it can be used now: a stick may be pulled, a share away. Never fails, and never waits for long."""
        return self.place == "here" or (self._answers() and self.base.is_dir())

    def make(self) -> None:
        """Make the folder where it is missing. Raises BackupError, and OSError.

        The second place itself is never made: it would be a folder on this disk in the place of the stick.
        """
        if not self._answers():
            raise BackupError("这个位置没有回应。", NO_ANSWER_HINT)
        if self.place == "here":
            make_folder(self.base)
        if not self.base.is_dir():
            raise BackupError("这个位置现在打不开。", "U 盘或网络盘是否已接上？已不再使用的，请改设第二备份位置。")
        make_backup_folder(self.folder)

    def _answers(self) -> bool:
        return self.place != "second" or answers(self.base)


def spots_of(file: LedgerFile) -> tuple[Spot, ...]:
    """Where the backups of an open file go, beside it first."""
    path, identity, second = file.path, file.identity, second_place(file)
    beside = folder_of(path)
    spots = [Spot("beside", beside.parent, beside)]
    if second is not None:
        spots.append(Spot("second", Path(second), Path(second) / _second_name(path, identity)))
    if risky_disk(path) is not None:
        here = local_backups()
        spots.append(Spot("here", here, here / identity[:_MARK]))
    return tuple(spots)


def spots_known(path: Path, second: Path | None, here: Path | None, identity: str | None) -> Iterator[Spot]:
    """The spots that are there, for a ledger file that need not be; without identity those of all files of its name."""
    beside = folder_of(path)
    yield Spot("beside", beside.parent, beside)
    if second is not None and answers(second):
        ending = f".{identity[:_MARK]}.备份" if identity else ".备份"
        beginning = "" if identity else f"{stem_of(path)}."
        for folder in _folders(second):
            if folder.name.startswith(beginning) and folder.name.endswith(ending):
                yield Spot("second", second, folder)
    if here is not None:
        for folder in _folders(here):
            if identity is None or folder.name == identity[:_MARK]:
                yield Spot("here", here, folder)


def _second_name(path: Path, identity: str) -> str:
    return f"{stem_of(path)}.{identity[:_MARK]}.备份"


def _folders(base: Path) -> list[Path]:
    """The folders in a folder by name, no links; [] where it cannot be read."""
    with suppress(OSError):
        return sorted(found for found in base.iterdir() if found.is_dir() and not found.is_symlink())
    return []
