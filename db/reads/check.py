"""--check: every page of the file and every byte of the evidence, read again and compared. Changes nothing."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256 as new_digest
from typing import Final

from db.errors import DamagedError
from db.file import LedgerFile
from db.rules.evidence import PIECE, Progress

_NAMED: Final = 3
"""How many of the things that are wrong in one way are named; the others are counted."""
_WITHOUT: Final = (
    "SELECT id, name, sha256 FROM evidence v WHERE sha256 IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM content c WHERE c.sha256 = v.sha256) ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """files: contents that were read, each once however often it is attached; bytes: theirs.

    problems, in Chinese: what is damaged; () is a whole file. remarks: what is worth knowing and no damage.
    """

    files: int
    bytes: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Content:
    """What is registered of a content, and the names under which it is attached (empty: detached)."""

    sha256: str
    size: int
    names: tuple[str, ...]

    @property
    def called(self) -> str:
        names = _some([f"“{name}”" for name in self.names]) if self.names else "（已移除）"
        return f"佐证{names}（SHA-256 {self.sha256[:12]}…）"


def check(file: LedgerFile, progress: Progress | None = None) -> Checked:
    """Check the whole file: SQLite's own integrity check, every reference, the numbering, size and SHA-256 of every
    content. progress is told bytes of evidence, done and of how many; what it raises ends the check.

    What is damaged is no error here: it stands in `problems`, each with what it concerns. Piece by piece, so that
    a screen that has the file open may write meanwhile.
    """
    problems = _pages(file) + _references(file)
    try:
        contents = _contents(file)
    except DamagedError as error:
        return Checked(0, 0, (*problems, f"佐证目录读不出来：{error.message}"))
    total, done = sum(content.size for content in contents), 0
    for content in contents:
        problems += _wrong_with(file, content, done, total, progress)
        done += content.size
    loose = [content for content in contents if not content.names]
    remarks = [f"其中 {len(loose)} 份现在没有用到（移除过的），留着供撤销"] if loose else []
    return Checked(len(contents), total, tuple(dict.fromkeys(problems)), tuple(remarks))


def _pages(file: LedgerFile) -> list[str]:
    """What SQLite itself finds: pages, indexes, types, the conditions of the tables; by table where it can be told."""
    whole = _findings(file)
    if not whole:
        return []
    try:
        with file.reading() as connection:
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    except DamagedError as error:
        return [error.message]
    of_table = {name: found for (name,) in tables if (found := _findings(file, name))}
    told = {line for lines in of_table.values() for line in lines}
    return [f"数据库：表 {name}：{line}" for name, lines in of_table.items() for line in lines] + [
        f"数据库：{line}" for line in whole if line not in told
    ]


def _findings(file: LedgerFile, table: str | None = None) -> list[str]:
    """The lines of SQLite's integrity check of the whole file or of one table; [] where it finds nothing."""
    try:
        with file.reading() as connection:
            asked = "PRAGMA integrity_check" if table is None else f'PRAGMA integrity_check("{table}")'
            rows = connection.execute(asked).fetchall()
    except DamagedError as error:
        return [error.message]
    # SQLite puts several findings on one page into one row, below a line that names the database.
    lines = [line for (text,) in rows for line in text.splitlines() if not line.startswith("*** in database")]
    return [] if lines == ["ok"] else lines


def _references(file: LedgerFile) -> list[str]:
    """The rows that refer to one that is not there; evidence without its content by name."""
    try:
        with file.reading() as connection:
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            without = connection.execute(_WITHOUT).fetchall() if _has_evidence(connection) else []
    except DamagedError as error:
        return [error.message]
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for table, row, parent, _ in broken:
        if (table, parent) != ("evidence", "content"):
            rows[table, parent].append("?" if row is None else str(row))
    return [f"佐证“{name}”没有内容（SHA-256 {digest[:12]}… 不在文件里）" for _, name, digest in without] + [
        f"数据库：表 {table} 有 {len(numbers)} 行指向 {parent} 里没有的行（第 {_some(numbers)} 行）"
        for (table, parent), numbers in rows.items()
    ]


def _has_evidence(connection: sqlite3.Connection) -> bool:
    """Whether the file knows evidence at all: one of an older program does not, and is not brought up to be checked."""
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'content'").fetchall())


def _contents(file: LedgerFile) -> list[_Content]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    with file.reading() as connection:
        if not _has_evidence(connection):
            return []
        for digest, name in connection.execute(
            "SELECT sha256, name FROM evidence WHERE sha256 IS NOT NULL ORDER BY id"
        ).fetchall():
            names[digest].append(name)
        rows = connection.execute("SELECT sha256, size FROM content ORDER BY sha256").fetchall()
    return [_Content(digest, size, tuple(dict.fromkeys(names[digest]))) for digest, size in rows]


def _wrong_with(file: LedgerFile, content: _Content, before: int, total: int, progress: Progress | None) -> list[str]:
    """What is wrong with one content: first its pieces, and where those are as they should be, its bytes."""
    try:
        wrong = _wrong_pieces(file, content)
        if not wrong:
            digest = new_digest()
            for n in range(-(-content.size // PIECE)):
                digest.update(_piece(file, content.sha256, n))
                if progress is not None:
                    progress(before + min((n + 1) * PIECE, content.size), total)
            if digest.hexdigest() != content.sha256:
                wrong = ["内容与附上时不一致（SHA-256 不符）"]
    except DamagedError as error:
        wrong = [error.message]
    return [f"{content.called}：{words}" for words in wrong]


def _wrong_pieces(file: LedgerFile, content: _Content) -> list[str]:
    with file.reading() as connection:
        # length() of a blob is read from the row's head: no byte of the content is.
        found = dict(
            connection.execute("SELECT n, length(bytes) FROM piece WHERE sha256 = ?", (content.sha256,)).fetchall()
        )
    meant = {n: min(PIECE, content.size - start) for n, start in enumerate(range(0, content.size, PIECE))}
    missing = [str(n + 1) for n in meant if n not in found]
    extra = [str(n + 1) for n in found if n not in meant]
    wrong = [str(n + 1) for n, size in meant.items() if n in found and found[n] != size]
    return [
        *([f"共 {len(meant)} 段，缺第 {_some(missing)} 段"] if missing else []),
        *([f"登记为 {content.size} 字节、{len(meant)} 段，却有第 {_some(extra)} 段"] if extra else []),
        *([f"登记为 {content.size} 字节，第 {_some(wrong)} 段长度不对"] if wrong else []),
    ]


def _piece(file: LedgerFile, digest: str, n: int) -> bytes:
    with file.reading() as connection:
        row = connection.execute("SELECT bytes FROM piece WHERE sha256 = ? AND n = ?", (digest, n)).fetchone()
    # Gone between two reads: another window may be mending it. The SHA-256 tells.
    return b"" if row is None else bytes(row[0])


def _some(words: list[str]) -> str:
    return "、".join(words[:_NAMED]) + (f" 等 {len(words)} 处" if len(words) > _NAMED else "")
