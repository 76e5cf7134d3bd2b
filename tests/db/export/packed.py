"""A worked ledger with evidence of every kind, and where its content comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Final

from db.errors import DamagedError
from db.rules.evidence import PIECE, Contents
from db.rules.rows import EvidenceRow, LedgerSheet
from tests.db.export.worked import WORKED

PHOTO: Final = b"\x89PNG" + bytes(range(256)) * 9000
"""Two pieces and a bit."""
PAGE: Final = "网页截图".encode()
SCAN: Final = b"%PDF-1.7 " * 40


def of(content: bytes) -> str:
    """Its SHA-256."""
    return sha256(content).hexdigest()


STORED: Final = {of(content): content for content in (PHOTO, PAGE, SCAN)}
FILE: Final = EvidenceRow(
    id=1,
    entry=1,
    publication=None,
    of_entry=1,
    name="现场照片.png",
    sha256=of(PHOTO),
    size=len(PHOTO),
    address=None,
    caption="公开栏",
    day=date(2026, 3, 9),
    added_at="2026-03-10T09:00:00+08:00",
    modified_at="2026-03-09T16:00:00+08:00",
)
LINK: Final = replace(
    FILE,
    id=2,
    name="网站原文",
    sha256=None,
    size=None,
    address="https://a.example/zwgk/1?x=1&y=2#z",
    caption="原文",
    modified_at=None,
)
OF_PUBLICATION: Final = replace(
    FILE,
    id=3,
    entry=None,
    publication=1,
    name="a b%20c#d&e.txt",
    sha256=of(PAGE),
    size=len(PAGE),
    caption=None,
    day=None,
)
AGAIN: Final = replace(FILE, id=4, entry=3, of_entry=3, caption=None)
OWN: Final = replace(FILE, id=5, entry=5, of_entry=5, name="CON", sha256=of(SCAN), size=len(SCAN), caption="<b>粗</b>")
OF_UNIT: Final = replace(
    FILE, id=6, entry=None, publication=2, of_entry=None, name="年报.pdf", sha256=of(SCAN), size=len(SCAN)
)
NOT_OURS: Final = replace(OF_UNIT, id=7, publication=4, of_entry=99, name="别处.pdf")
EVIDENCE: Final = (FILE, LINK, OF_PUBLICATION, AGAIN, OWN, OF_UNIT, NOT_OURS)
PACKED: Final = replace(
    WORKED,
    entries=tuple(
        replace(entry, evidence=sum(row.of_entry == entry.id for row in EVIDENCE)) for entry in WORKED.entries
    ),
    evidence=EVIDENCE,
)
"""A file attached twice (1 and 3), a link, one of a publication, of an own task, of the unit, of what is not ours."""


def contents(stored: Mapping[str, bytes] = STORED) -> Contents:
    """Content out of memory, piece by piece; damaged where it is not what its name says, as db.reads.evidence does."""

    def read(name: str) -> Iterator[bytes]:
        content = stored[name]
        for at in range(0, len(content), PIECE):
            yield content[at : at + PIECE]
        if of(content) != name:
            raise DamagedError(f"佐证内容 {name[:12]} 已损坏。", "请从备份恢复。")

    return read


def with_names(names: tuple[str, ...]) -> LedgerSheet:
    """The sheet with a file of each name and caption attached to the first entry, and a link of each."""
    files = tuple(replace(FILE, id=at, name=name or "x", caption=name or None) for at, name in enumerate(names, 1))
    links = tuple(replace(LINK, id=1000 + row.id, name=row.name, address=row.name, caption=row.name) for row in files)
    return replace(PACKED, evidence=files + links)
