"""Where a file differs from its golden one; packed files are compared by what is in them.

The same content packed by another build of zlib has other bytes, and another SHA-256. So an .xlsx, .docx or .zip is
compared member by member, and in a SHA256SUMS the sums of such packed members must be right, not equal.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Final
from zipfile import BadZipFile, ZipFile

PACKED: Final = (".xlsx", ".docx", ".zip")
SUMS: Final = "SHA256SUMS"
AROUND: Final = 30
"""How many bytes around a difference are shown."""

_LINE: Final = re.compile(rb"([0-9a-f]{64})  (.+)")


def differences(name: str, golden: bytes, made: bytes) -> list[str]:
    """One line for each part that differs: ledger.zip > 台账/目录.html: what; [] where nothing does."""
    if not name.endswith(PACKED):
        return [] if golden == made else [f"{name}: {_place(golden, made)}"]
    try:
        of_golden, of_made = _members(golden), _members(made)
    except BadZipFile as error:
        return [f"{name}: {error}"]
    if list(of_golden) != list(of_made):
        return [f"{name}: golden has the members {list(of_golden)}, made has {list(of_made)}"]
    found = []
    for member in of_golden:
        one, other = of_golden[member], of_made[member]
        if PurePosixPath(member).name == SUMS:
            one, other = _without_packed(one, of_golden, member), _without_packed(other, of_made, member)
        found += [f"{name} > {difference}" for difference in differences(member, one, other)]
    return found


def wrong_sums(archive: bytes) -> list[str]:
    """The lines of a package's SHA256SUMS that are not the sums of its own members, and the members without a line."""
    members = _members(archive)
    (name,) = (member for member in members if PurePosixPath(member).name == SUMS)
    wrong, left = [], set(members) - {name}
    for line in members[name].splitlines():
        summed, path = _line(line, name)
        if sha256(members.get(path, b"")).hexdigest() != summed:
            wrong.append(path)
        left.discard(path)
    return wrong + sorted(left)


def _members(packed: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(packed)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _without_packed(sums: bytes, members: dict[str, bytes], name: str) -> bytes:
    """The lines, those of packed members without their sum."""
    lines = (_line(line, name) for line in sums.splitlines())
    return "\n".join(f"{'' if path.endswith(PACKED) else summed}  {path}" for summed, path in lines).encode()


def _line(line: bytes, name: str) -> tuple[str, str]:
    """The sum and the member that it is of: SHA256SUMS stands in the folder that its paths are relative to."""
    found = _LINE.fullmatch(line)
    assert found is not None, line
    return found[1].decode(), str(PurePosixPath(name).parent / found[2].decode())


def _place(golden: bytes, made: bytes) -> str:
    at = next(_unequal(golden, made), 0)
    shown = (part[max(0, at - AROUND) : at + AROUND].decode("utf-8", "replace") for part in (golden, made))
    return "byte {}: golden …{}…, made …{}…".format(at, *map(repr, shown))


def _unequal(golden: bytes, made: bytes) -> Iterator[int]:
    return (at for at, (one, other) in enumerate(zip_longest(golden, made)) if one != other)
