"""--check: the tables, the clerk's work and every byte of the evidence, read again and compared. Changes nothing."""

import sqlite3
from collections.abc import Sequence

from db.errors import DamagedError
from db.file import LedgerFile
from db.lock import is_held
from db.reads.apart import tables_of
from db.reads.check_contents import CONTENT_TABLES, contents_as_found
from db.reads.check_history import chain, numbering
from db.reads.check_pages import lost_pages, pages, references
from db.reads.check_rules import rules
from db.reads.check_seals import seals
from db.reads.check_shapes import shapes
from db.reads.check_work import WORK_TABLES, work_as_told
from db.rules.evidence import Progress
from db.rules.findings import Finding, damage, remark, way_out
from db.rules.value import value

_NEWEST_TABLE = "seal"
"""A file that has it is of the newest step: only such a one has a chain and seals."""


@value
class Checked:
    """files: contents whose bytes were read and compared, each once however often it is attached; bytes: theirs.
    unread: contents that could not be (not there, not whole); None: it is not even known how many there are.

    findings: what is damaged, and what is worth knowing and no damage; no damage is a whole file. digests: the
    SHA-256 of the contents that would have to come back.
    """

    files: int
    bytes: int
    findings: tuple[Finding, ...]
    unread: int | None = 0
    digests: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is damaged, in Chinese; () is a whole file."""
        return tuple(finding.words for finding in self.findings if finding.level == "damage")

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is worth knowing and no damage."""
        return tuple(finding.words for finding in self.findings if finding.level == "remark")

    @property
    def hint(self) -> str:
        """What to do about the problems."""
        return way_out(self.findings)


def check(file: LedgerFile, progress: Progress | None = None) -> Checked:
    """Check the file: SQLite's integrity check of every table but the evidence's pieces, whose numbering, sizes and
    SHA-256 are compared instead, and of the pages that belong to none; every reference; the 办理流水's chain and
    numbering; every row of the clerk's work against its newest image there, every other table against its seal; what
    must hold between rows. progress is told bytes of evidence, done and of how many; what it raises ends the check.

    What is damaged is no error here: it stands in `findings`, each with what it concerns. Table by table and piece by
    piece over a connection of its own, so that a screen that has the file open may read and write meanwhile.
    """
    with file.reading_apart() as connection:
        try:
            tables = tables_of(connection)
        except DamagedError as error:
            return Checked(0, 0, (damage("pages", f"数据库：{error.message}"),), unread=None)
        found = _of_tables(connection, tables)
        if not CONTENT_TABLES.issubset(tables):
            # A file of an older program knows no evidence, and is not brought up to be checked.
            return Checked(0, 0, tuple(dict.fromkeys(found)))
        contents = contents_as_found(connection, progress)
        found += lost_pages(connection, found, undisturbed=not is_held(file.path))
    found += [damage("evidence", words) for words in contents.broken]
    found += [damage("evidence", words, mendable=True) for words in contents.mendable]
    if contents.loose:
        found.append(remark("evidence", f"其中 {contents.loose} 份现在没有用到（移除过的），留着供撤销"))
    findings = tuple(dict.fromkeys(found))
    return Checked(contents.files, contents.bytes, findings, contents.unread, tuple(contents.digests))


def _of_tables(connection: sqlite3.Connection, tables: Sequence[str]) -> list[Finding]:
    found = [*pages(connection, tables), *references(connection, tables)]
    if _NEWEST_TABLE in tables:
        found += [*chain(connection), *numbering(connection, WORK_TABLES), *seals(connection)]
    found += [*work_as_told(connection, tables), *shapes(connection, tables)]
    if _NEWEST_TABLE in tables:
        found += rules(connection)
    return found
