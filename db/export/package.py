"""报送包: the .zip that is handed in, with all parts below one folder, written and read back piece by piece.

    工作总结（草稿）.docx  工作台账.xlsx  工作台账.docx  目录.html  佐证材料/…  SHA256SUMS

However much evidence there is, no more than one piece of it is in memory. The evidence is stored as it is: photographs
and documents are compressed already. Nothing in it depends on this machine or on the time but for `at`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from db.errors import DamagedError
from db.export import docx, index_page, package_names, work_summary, xlsx
from db.export.columns import number
from db.export.document import Document
from db.export.package_names import Group
from db.export.text import file_text
from db.rules.evidence import PIECE, Contents, Progress
from db.rules.rows import LedgerSheet

SUMMARY: Final = "工作总结（草稿）.docx"
LEDGER_XLSX: Final = "工作台账.xlsx"
LEDGER_DOCX: Final = "工作台账.docx"
INDEX: Final = "目录.html"
SUMS: Final = "SHA256SUMS"
PARTS: Final[tuple[tuple[str, str], ...]] = (
    (SUMMARY, "本年度政务公开工作总结的草稿，由台账自动汇编，须核实修改后报送"),
    (LEDGER_XLSX, "工作台账（电子表格），含公开记录、数量指标、佐证材料清单、计时和办理流水"),
    (LEDGER_DOCX, "工作台账（公文格式）"),
    (INDEX, "本目录"),
    (SUMS, "各文件的 SHA-256 校验值，在本文件夹内用 sha256sum -c SHA256SUMS 核对"),
)
"""What lies in the package beside the evidence, in the order in which it is told to the clerk."""
_DOCUMENTS: Final[tuple[tuple[str, Callable[[LedgerSheet, datetime], Document]], ...]] = (
    (SUMMARY, work_summary.document),
    (LEDGER_XLSX, xlsx.document),
    (LEDGER_DOCX, docx.document),
)
_UNIX: Final = 3
_PLAIN_FILE: Final = 0o100644 << 16
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""Before this a .zip can name no time."""


@dataclass(frozen=True, slots=True)
class _Member:
    """What stands in the package: its path below the folder, bytes, SHA-256."""

    path: str
    size: int
    sha256: str


class Package:
    """One package of one ledger: write fills a file, differs reads that file back.

    progress: the bytes written and read back, of all that will be.
    """

    def __init__(self, sheet: LedgerSheet, at: datetime, contents: Contents | None, progress: Progress) -> None:
        self._sheet = sheet
        self._at = at
        self._contents = contents or _no_contents
        self._progress = progress
        self._top = package_names.top(sheet)
        self._groups = package_names.groups(sheet)
        self._evidence = tuple(_attached(self._groups))
        self._documents: dict[str, Document] = {}
        self._members: list[_Member] = []
        self._total = 2 * sum(attached.size for attached, _ in self._evidence)
        self._done = 0

    def write(self, path: Path) -> None:
        """Fill the file at `path`. Raises DamagedError, naming the evidence, when its content is not what it was."""
        self._made()
        with ZipFile(path, "w", ZIP_STORED, strict_timestamps=False) as archive:
            for name, document in self._documents.items():
                self._put(archive, name, len(document.payload), _pieces(document.payload))
            index = self._index()
            self._put(archive, INDEX, len(index), _pieces(index))
            for attached, of in self._evidence:
                self._put_evidence(archive, attached, of)
            sums = self._sums()
            self._put(archive, SUMS, len(sums), _pieces(sums))

    def differs(self, path: Path) -> str | None:
        """In Chinese what in the file is not as it was written, and what in its documents is not the ledger's."""
        try:
            with ZipFile(path) as archive:
                return self._difference(archive)
        except BadZipFile as error:
            return f"压缩包损坏：{error}"

    def _made(self) -> None:
        """Make the documents, which takes a while for a long ledger; the clerk may cancel between them."""
        for name, document in _DOCUMENTS:
            self._progress(0, max(1, self._total))
            self._documents[name] = document(self._sheet, self._at)
        small = [len(document.payload) for document in self._documents.values()]
        self._total += 2 * (sum(small) + len(self._index()) + self._size_of_sums())

    def _index(self) -> bytes:
        title = f"{self._sheet.ledger.year}年{self._sheet.ledger.unit}政务公开报送包目录"
        return index_page.page(self._sheet, title, PARTS, self._groups).encode("utf-8")

    def _put_evidence(self, archive: ZipFile, attached: _Member, of: str) -> None:
        """of: which piece of evidence of which task it is, in the clerk's words."""
        try:
            self._put(archive, attached.path, attached.size, self._contents(attached.sha256))
        except DamagedError as error:
            raise _damaged(of, error.message, error.hint) from error
        if self._members[-1] != attached:
            raise _damaged(of, "内容与附上时的校验值不符。")

    def _put(self, archive: ZipFile, path: str, size: int, pieces: Iterable[bytes]) -> None:
        """size says only whether the member needs the long form of a .zip; what was written is what is noted."""
        seen, count = sha256(), 0
        with archive.open(self._entry(path, size), "w") as member:
            for piece in pieces:
                member.write(piece)
                seen.update(piece)
                count += len(piece)
                self._tell(len(piece))
        self._members.append(_Member(path, count, seen.hexdigest()))

    def _entry(self, path: str, size: int) -> ZipInfo:
        at = self._at
        stamp = (at.year, at.month, at.day, at.hour, at.minute, at.second)
        entry = ZipInfo(f"{self._top}/{path}", max(stamp, _OLDEST))
        entry.create_system = _UNIX
        entry.external_attr = _PLAIN_FILE
        entry.file_size = size
        return entry

    def _sums(self) -> bytes:
        return "".join(f"{member.sha256}  {member.path}\n" for member in self._members).encode("utf-8")

    def _size_of_sums(self) -> int:
        paths = [*self._documents, INDEX, *(attached.path for attached, _ in self._evidence)]
        return sum(len(f"{'0' * 64}  {path}\n".encode()) for path in paths)

    def _difference(self, archive: ZipFile) -> str | None:
        if [entry.filename for entry in archive.infolist()] != [
            f"{self._top}/{member.path}" for member in self._members
        ]:
            return "压缩包的文件清单不一致"
        for member in self._members:
            seen = sha256()
            with archive.open(f"{self._top}/{member.path}") as written:
                while piece := written.read(PIECE):
                    seen.update(piece)
                    self._tell(len(piece))
            if seen.hexdigest() != member.sha256:
                return f"{member.path} 的内容不一致"
        return self._unlike_the_ledger(archive)

    def _unlike_the_ledger(self, archive: ZipFile) -> str | None:
        for name, document in self._documents.items():
            wrong = document.differs(archive.read(f"{self._top}/{name}"))
            if wrong:
                return f"{name}：{wrong}"
        return None

    def _tell(self, more: int) -> None:
        self._done += more
        self._progress(self._done, self._total)


def _pieces(payload: bytes) -> Iterator[bytes]:
    return (payload[at : at + PIECE] for at in range(0, len(payload), PIECE))


def _no_contents(sha256: str) -> Iterator[bytes]:
    raise ValueError("a package with evidence is written only with its contents")


def _attached(groups: Iterable[Group]) -> Iterator[tuple[_Member, str]]:
    """Every file as it was attached and as it is to stand in the package, and what it is called in an error."""
    for group in groups:
        of = f"“{group.about}”" if isinstance(group.about, str) else f"序号 {number(group.about)}"
        for placed in group.items:
            row = placed.row
            if placed.path is not None and row.sha256 is not None:
                yield _Member(placed.path, row.size or 0, row.sha256), file_text(f"“{row.name}”（{of}）")


def _damaged(of: str, why: str, hint: str = "") -> DamagedError:
    return DamagedError(
        f"佐证材料{of}已损坏，没有导出：{why}",
        hint or "请用 --check 检查台账文件；原文件还在的，移除这份佐证后重新附上。",
    )
