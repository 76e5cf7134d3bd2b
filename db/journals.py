"""What SQLite would believe of a journal that lies beside a ledger file, and whether it can be this file's at all.

A rollback journal is rolled back into whatever file bears the name before its own: a journal of another file would put
that file's pages into this one, before any check of ours could look at it.
"""

import os
from pathlib import Path
from typing import Final

from db.errors import FileRefusedError

MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
"""How a journal begins that would be rolled back (SQLite's file format, section 3)."""
_COUNTER: Final = slice(24, 28)
"""Where page 1 counts the changes of the file; each transaction adds one."""
_HEAD: Final = 28
_UNCOUNTED: Final = 0xFFFFFFFF


def refuse_another_s_journal(path: Path) -> None:
    """Before the first connection. Raises FileRefusedError, and nothing was touched, where the journal beside the file
    is of another one: its page 1 is neither this file's, nor this file's of one transaction ago.

    A journal without page 1 says nothing of whose it is, and is let be.
    """
    journal = path.with_name(path.name + "-journal")
    try:
        if not os.path.lexists(journal):
            return
        head = _start(journal)
        before = _first_page(journal)
        if before is None:
            return
        with path.open("rb") as stream:
            now = stream.read(len(before))
        if _start(journal) != head:
            # Another window is writing: a journal that comes and goes is its own.
            return
    except OSError:
        # What cannot be read cannot be rolled back either: SQLite will say so in its own words.
        return
    if now != before and _counter(now) != (_counter(before) + 1) & _UNCOUNTED:
        raise FileRefusedError(
            f"{path} 旁边的 {journal.name} 是另一个文件没写完的日志，打开会把它的内容写进台账。没有打开，没有改动。",
            f"请把 {journal.name} 移到别的文件夹（不要删），再打开台账；那个文件还要的，把两个放回一起再打开它。",
        )


def _start(journal: Path) -> bytes:
    """The head of the journal, with the number that is drawn for each."""
    with journal.open("rb") as stream:
        return stream.read(_HEAD)


def _counter(page: bytes) -> int:
    return int.from_bytes(page[_COUNTER], "big")


def _first_page(journal: Path) -> bytes | None:
    """Page 1 as the journal would put it back; None: it would put nothing back, or not that page."""
    with journal.open("rb") as stream:
        head = stream.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(MAGIC):
            return None
        records, _, _, sector, size = (int.from_bytes(head[at : at + 4], "big") for at in range(8, _HEAD, 4))
        if not (512 <= size <= 65_536 and 32 <= sector <= 65_536):
            return None
        length = os.fstat(stream.fileno()).st_size
        there = max(0, length - sector) // (size + 8)
        stream.seek(sector)
        for _ in range(there if records == _UNCOUNTED else min(records, there)):
            number = int.from_bytes(stream.read(4), "big")
            page = stream.read(size)
            stream.read(4)
            if number == 1:
                return page
    return None
