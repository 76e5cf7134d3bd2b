"""A disk with a cache in front of it: what is certainly on it, what may be, and what a power loss can leave.

Files are durable bytes and the writes since the last sync; folders are durable entries and the changes since. A sync
of a file makes its writes durable and, as journalling file systems do, the entries of its folder up to its own
creation; a sync of a folder makes all its entries durable. A power loss keeps any half of the waiting writes, some of
them torn at a sector's border, and a first part of the waiting changes of each folder; a rename from one folder to
another is one change of both.
"""

import random
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final

from tests.faults.recording import Op

SECTOR: Final = 512
KEPT: Final = 0.5
TORN: Final = 0.1
TOP: Final = "."

Entries = dict[str, int]
"""The numbers of the files by their names."""


@dataclass
class Stored:
    """A file: what is durable, and what waits."""

    durable: bytearray = field(default_factory=bytearray)
    waiting: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        for op in self.waiting:
            _apply(self.durable, op, len(op.payload))
        self.waiting.clear()

    def whole(self) -> bytes:
        """What a reader sees while the power is there."""
        seen = bytearray(self.durable)
        for op in self.waiting:
            _apply(seen, op, len(op.payload))
        return bytes(seen)

    def after_power_loss(self, chance: random.Random) -> bytes:
        left = bytearray(self.durable)
        for op in self.waiting:
            if chance.random() < KEPT:
                sectors = len(op.payload) // SECTOR
                torn = sectors > 0 and chance.random() < TORN
                _apply(left, op, SECTOR * chance.randint(0, sectors) if torn else len(op.payload))
        return bytes(left)


def _apply(content: bytearray, op: Op, length: int) -> None:
    if op.kind == "truncate":
        del content[op.at :]
    content.extend(bytes(max(0, op.at - len(content))))
    content[op.at : op.at + length] = op.payload[:length]


@dataclass(frozen=True, eq=False)
class _Change:
    """A change of a folder: a name goes, a name comes; both at once in a rename."""

    gone: str = ""
    come: str = ""
    file: int = -1
    made: bool = False
    number: int = field(default_factory=count().__next__)
    """The order in which they were made."""

    @property
    def folders(self) -> set[str]:
        return {folder_of(name) for name in (self.gone, self.come) if name}

    def apply(self, entries: Entries) -> None:
        entries.pop(self.gone, None)
        if self.come:
            entries[self.come] = self.file


class Disk:
    """Takes the calls one after the other."""

    def __init__(self) -> None:
        self.files: dict[int, Stored] = {}
        self.durable: Entries = {}
        self.now: Entries = {}
        self.waiting: dict[str, list[_Change]] = {}

    def take(self, op: Op) -> None:
        """Let a call of the recording happen."""
        match op.kind:
            case "create":
                self.files[op.file] = Stored()
                self._change(_Change(come=op.name, file=op.file, made=True))
            case "mkdir":
                self._change(_Change(come=op.name, made=True))
            case "write" | "truncate":
                self.files[op.file].waiting.append(op)
            case "sync":
                self.files[op.file].sync()
                self._keep_creation(op.file)
            case "sync_folder":
                self._keep(op.name, len(self.waiting.get(op.name, ())))
                self._keep_way(op.name)
            case "unlink":
                self._change(_Change(gone=op.name))
            case "link":
                self._change(_Change(come=op.other, file=self.now[op.name]))
            case "rename":
                self._change(_Change(op.name, op.other, self.now[op.name]))
            case "said":
                pass
            case _:
                raise ValueError(op.kind)

    def _change(self, change: _Change) -> None:
        change.apply(self.now)
        for folder in change.folders:
            self.waiting.setdefault(folder, []).append(change)

    def _keep(self, folder: str, number: int) -> None:
        kept = self._with_shared({folder: number})
        _apply_all(self.waiting, kept, self.durable)
        for name, length in kept.items():
            del self.waiting[name][:length]

    def _with_shared(self, kept: dict[str, int]) -> dict[str, int]:
        """How many changes of each folder are kept, when those of two folders are kept in both or in none."""
        kept = {folder: kept.get(folder, 0) for folder in self.waiting}
        pending = list(kept)
        while pending:
            folder = pending.pop()
            for change in self.waiting[folder][: kept[folder]]:
                for other in change.folders - {folder}:
                    number = self.waiting[other].index(change) + 1
                    if number > kept[other]:
                        kept[other] = number
                        pending.append(other)
        return kept

    def _keep_creation(self, file: int) -> None:
        for folder, waiting in self.waiting.items():
            for number, change in enumerate(waiting, 1):
                if change.made and change.file == file:
                    self._keep(folder, number)
                    self._keep_way(folder)
                    return

    def _keep_way(self, folder: str) -> None:
        """The folders that lead to one are made durable with it."""
        while folder != TOP:
            above = folder_of(folder)
            made = [change.come for change in self.waiting.get(above, [])]
            if folder in made:
                self._keep(above, made.index(folder) + 1)
            folder = above

    def standing(self) -> dict[str, bytes]:
        """The files as a reader sees them while the power is there."""
        return {name: self.files[file].whole() for name, file in self.now.items() if file >= 0}

    def after_power_loss(self, chance: random.Random) -> dict[str, bytes]:
        """The files that one power loss can leave."""
        entries = dict(self.durable)
        kept = {folder: chance.randint(0, len(waiting)) for folder, waiting in self.waiting.items()}
        _apply_all(self.waiting, self._with_shared(kept), entries)
        found = {name: self.files[file] for name, file in entries.items() if file >= 0}
        # One file under two names has one content.
        contents = {id(file): file.after_power_loss(chance) for file in found.values()}
        return {name: contents[id(file)] for name, file in found.items() if folder_of(name) in (TOP, *entries)}


def _apply_all(waiting: dict[str, list[_Change]], kept: dict[str, int], entries: Entries) -> None:
    """The kept changes in the order in which they were made."""
    chosen = {change for folder, changes in waiting.items() for change in changes[: kept[folder]]}
    for change in sorted(chosen, key=lambda change: change.number):
        change.apply(entries)


def folder_of(name: str) -> str:
    """The folder of a relative name, TOP for the outermost."""
    return str(PurePosixPath(name).parent)


def lay_out(files: dict[str, bytes], folder: Path) -> None:
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o600)
