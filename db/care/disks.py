"""What kind of disk a file lies on: shares and sticks may lose what was saved, and want a further backup elsewhere."""

import os
import re
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "afs", "ceph"})
_STICK: Final = frozenset({"vfat", "msdos", "exfat", "ntfs", "ntfs3"})
_ESCAPED: Final = re.compile(rb"\\([0-7]{3})")


def risky_disk(path: Path, mounts: Path = MOUNTS) -> str | None:
    """The kind of file system that a path lies on, where it is a share, FUSE or a stick's (cifs, vfat …); else None.

    None also where the system does not tell. Never fails.
    """
    kind = _kind_of(os.fsencode(os.path.realpath(path)), mounts)
    is_risky = kind in _NETWORK or kind in _STICK or kind.startswith("fuse")
    return kind if is_risky else None


def _kind_of(path: bytes, mounts: Path) -> str:
    """The type of the last mount whose point is the longest that leads to the path (proc(5), mountinfo)."""
    found, longest = "", -1
    try:
        lines = mounts.read_bytes().splitlines()
    except OSError:
        return ""
    for line in lines:
        before, _, behind = line.partition(b" - ")
        fields, kinds = before.split(b" "), behind.split(b" ")
        if len(fields) < 5 or not kinds[0]:
            continue
        point = _ESCAPED.sub(lambda code: bytes([int(code[1], 8)]), fields[4])
        leads_there = path == point or path.startswith(point.rstrip(b"/") + b"/")
        if leads_there and len(point) >= longest:
            found, longest = os.fsdecode(kinds[0]), len(point)
    return found
