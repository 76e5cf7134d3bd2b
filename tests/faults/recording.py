"""What a program did to a folder, call by call, as tests/release/record.py saw it by strace: kept small on disk."""

import json
import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "recorded"
WORK: Final = FOLDER / "work.xz"
"""The first run, verbs, attaching, backups, a restore and exports, as the program does them."""
PLANTED: Final = FOLDER / "planted.xz"
"""Verbs with synchronous=FULL and an export that syncs nothing: what the emulator must find."""


@dataclass(frozen=True)
class Op:
    """One call. kind: create, write, truncate, sync, sync_folder, unlink, rename, link, mkdir, said.

    file: the number of the file, in the order of their creation; names are relative to the folder. said: the program
    has told the clerk that everything so far is kept.
    """

    kind: str
    file: int = -1
    name: str = ""
    other: str = ""
    at: int = 0
    """write: the offset; truncate: the new size."""
    payload: bytes = b""


@dataclass(frozen=True)
class Recording:
    """made_with: pragmas (of a writing connection), schema (fingerprint), sqlite, program (versions)."""

    made_with: dict[str, Any]
    ops: tuple[Op, ...]


def save(recording: Recording, path: Path) -> None:
    """Write a recording: a line of JSON that tells the calls, then all written bytes, compressed together."""
    told = [[op.kind, op.file, op.name, op.other, op.at, len(op.payload)] for op in recording.ops]
    head = json.dumps({"made_with": recording.made_with, "ops": told}, ensure_ascii=False)
    written = b"".join(op.payload for op in recording.ops)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(lzma.compress(head.encode() + b"\n" + written, preset=9 | lzma.PRESET_EXTREME))


def load(path: Path) -> Recording:
    """Read a recording."""
    head, _, written = lzma.decompress(path.read_bytes()).partition(b"\n")
    told = json.loads(head)
    ops, start = [], 0
    for kind, file, name, other, at, length in told["ops"]:
        ops.append(Op(kind, file, name, other, at, written[start : start + length]))
        start += length
    return Recording(told["made_with"], tuple(ops))
