"""Record what the program does to its folder, call by call: python -m tests.release.record

Writes tests/faults/recorded anew, from which every run of the tests makes its power losses. Needs strace.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from db.steps import FINGERPRINTS
from tests.faults.disk import TOP
from tests.faults.recording import PLANTED, WORK, Op, Recording, save
from tests.release.recorded_work import PRAGMAS

WATCHED: Final = (
    "open,openat,creat,close,dup,dup2,dup3,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,"
    "fdatasync,fsync,sync,syncfs,sync_file_range,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,"
    "mkdir,mkdirat,rmdir,sendfile,copy_file_range"
)
_CALL: Final = re.compile(r"(?P<name>\w+)\((?P<values>.*)\)\s+= (?P<answer>-?\d+)")
_STRING: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR: Final = re.compile(r"(AT_FDCWD|\d+)<[^>]*>")
PROGRAM_ROOT: Final = Path(__file__).parents[2]


def made_with(what: str) -> dict[str, Any]:
    """What a recording made now is made with."""
    return {
        "pragmas": list(PRAGMAS[what]),
        "schema": FINGERPRINTS[-1],
        "sqlite": sqlite3.sqlite_version,
        "program": version("taizhang"),
    }


def recorded(what: str) -> Recording:
    """Run tests.release.recorded_work under strace. Raises RuntimeError where that cannot be followed."""
    if shutil.which("strace") is None:
        raise RuntimeError("strace is not installed")
    with tempfile.TemporaryDirectory() as made:
        folder, log = Path(made) / "folder", Path(made) / "log"
        folder.mkdir()
        command = ["strace", "-f", "-qq", "-y", "-xx", "-s", "4000000", "-o", str(log), "-e", f"trace={WATCHED}"]
        work = [sys.executable, "-m", "tests.release.recorded_work", str(folder), what]
        state = {"XDG_STATE_HOME": str(Path(made) / "state"), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(
            [*command, *work], check=True, env=os.environ | state, cwd=PROGRAM_ROOT, stdout=subprocess.DEVNULL
        )
        return Recording(made_with(what), tuple(Follower(folder).ops(log)))


@dataclass
class Follower:
    """Follows the calls of one process, and tells those that change its folder."""

    folder: Path
    opened: dict[int, tuple[str, int]] = field(default_factory=dict)
    """The name and the number of the file (-1: a folder) behind each descriptor."""
    position: dict[int, int] = field(default_factory=dict)
    standing: dict[str, int] = field(default_factory=dict)
    made: int = 0

    def ops(self, log: Path) -> Iterator[Op]:
        """The calls of a log that strace wrote."""
        for line in log.read_text(encoding="ascii").splitlines():
            found = _CALL.match(line.split(maxsplit=1)[1] if line[0].isdigit() else line)
            if found is None:
                if "+++" in line or "---" in line:
                    continue
                raise RuntimeError(f"not understood: {line[:200]}")
            if int(found["answer"]) >= 0:
                yield from self._ops(found["name"], found["values"], int(found["answer"]))

    def _ops(self, name: str, values: str, answer: int) -> Iterator[Op]:
        strings = [bytes.fromhex(text.replace("\\x", "")) for text in _STRING.findall(values)]
        numbers = _DESCRIPTOR.findall(values)
        descriptor = int(numbers[0]) if numbers and numbers[0] != "AT_FDCWD" else -1
        match name:
            case "openat":
                yield from self._open(self._relative(strings[0]), values, answer)
            case "close":
                self.opened.pop(descriptor, None)
            case "write" if descriptor == 1 and strings == [b"said\n"]:
                yield Op("said")
            case "rename" | "link":
                yield from self._renamed(name, *map(self._relative, strings))
            case "unlink" | "mkdir":
                yield from self._named(name, self._relative(strings[0]))
            case _ if descriptor in self.opened:
                yield from self._written(name, descriptor, strings, values, answer)
            case _ if name.startswith(("write", "lseek", "fsync", "pwrite")):
                pass
            case _ if str(self.folder).encode().hex() in "".join(part.hex() for part in strings):
                raise RuntimeError(f"a call that is not followed: {name}({values[:200]})")

    def _relative(self, path: bytes) -> str | None:
        text = os.fsdecode(path)
        if text == str(self.folder):
            return TOP
        return text.removeprefix(f"{self.folder}/") if text.startswith(f"{self.folder}/") else None

    def _open(self, name: str | None, values: str, descriptor: int) -> Iterator[Op]:
        if name is None:
            return
        if "O_CREAT" in values and name not in self.standing:
            self.standing[name] = self.made
            yield Op("create", self.made, name)
            self.made += 1
        elif "O_TRUNC" in values:
            yield Op("truncate", self.standing[name])
        self.opened[descriptor] = name, self.standing.get(name, -1)
        self.position[descriptor] = 0

    def _renamed(self, kind: str, old: str | None, new: str | None) -> Iterator[Op]:
        if old is None and new is None:
            return
        if old is None or new is None:
            raise RuntimeError(f"{kind} across the folder's border")
        self.standing[new] = self.standing[old]
        if kind == "rename":
            del self.standing[old]
        yield Op(kind, name=old, other=new)

    def _named(self, kind: str, name: str | None) -> Iterator[Op]:
        if name is not None:
            self.standing.pop(name, None)
            yield Op(kind, name=name)

    def _written(self, name: str, descriptor: int, strings: list[bytes], values: str, answer: int) -> Iterator[Op]:
        where, file = self.opened[descriptor]
        match name:
            case "write":
                at = self.position[descriptor]
                self.position[descriptor] = at + answer
                yield Op("write", file, at=at, payload=strings[0][:answer])
            case "pwrite64":
                yield Op("write", file, at=int(values.rsplit(", ", 1)[1]), payload=strings[0][:answer])
            case "lseek":
                self.position[descriptor] = answer
            case "ftruncate":
                yield Op("truncate", file, at=int(values.rsplit(", ", 1)[1]))
            case "fsync" | "fdatasync":
                yield Op("sync", file) if file >= 0 else Op("sync_folder", name=where)
            case _:
                raise RuntimeError(f"a call that is not followed: {name}({values[:200]})")


if __name__ == "__main__":
    for what, path in (("work", WORK), ("planted", PLANTED)):
        save(recorded(what), path)
        print(f"{path.name}: {path.stat().st_size} bytes")
