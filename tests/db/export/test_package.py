"""报送包: what is in it, that it proves itself, that nothing half-made is left."""

import os
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from html.parser import HTMLParser
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import CancelledError, DamagedError, ExportError
from db.export import docx, work_summary, xlsx
from db.export.form import export
from db.export.package import Package
from db.export.safe_names import safe_name
from db.rules.evidence import PIECE
from db.rules.rows import EvidenceRow, LedgerSheet
from tests.db.export.conftest import AT, HOSTILE, SHEET
from tests.db.export.packed import EVIDENCE, FILE, PACKED, PHOTO, STORED, contents, of, with_names

TOP = "2026年执法监督科政务公开报送包"
DOCUMENTS = ("工作总结（草稿）.docx", "工作台账.xlsx", "工作台账.docx")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "报送" / "报送包.zip"


def packed(target: Path, sheet: LedgerSheet = PACKED) -> Path:
    target.parent.mkdir(exist_ok=True)
    return export(sheet, target, AT, contents=contents()).path


def members(path: Path) -> dict[str, bytes]:
    """Content by the path below the package's folder."""
    with ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def unpacked(path: Path) -> Path:
    """The folder that unzip makes of it; Python's own where a system has none."""
    out = path.parent / "解压"
    shutil.rmtree(out, ignore_errors=True)
    unzip = ["unzip", "-q", str(path), "-d", str(out)]
    own = [sys.executable, "-m", "zipfile", "-e", str(path), str(out)]
    subprocess.run(unzip if shutil.which("unzip") else own, check=True, capture_output=True)
    (folder,) = out.iterdir()
    return folder


def summed(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_it_holds_its_parts_and_every_file_under_its_task(target: Path) -> None:
    assert list(members(packed(target))) == [
        *DOCUMENTS,
        "目录.html",
        "佐证材料/01 主动公开规划纲要、专项规划、政策解读等相关信息/01 现场照片.png",
        "佐证材料/01 主动公开规划纲要、专项规划、政策解读等相关信息/02 a b%20c#d&e.txt",
        "佐证材料/03 主动公开规划纲要、专项规划、政策解读等相关信息/01 现场照片.png",
        "佐证材料/自1 补报第三季度执法公示数据/01 CON",
        "佐证材料/本单位公开/01 年报.pdf",
        "佐证材料/非本单位事项/01 别处.pdf",
        "SHA256SUMS",
    ]


def test_sha256sum_accepts_what_unzip_makes_of_it(target: Path) -> None:
    folder = unpacked(packed(target))
    said = summed(folder)
    assert (said.returncode, said.stderr) == (0, "")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert said.stdout.count(": OK\n") == len(files) - 1  # the sums name all but themselves
    photo = next(folder.glob("佐证材料/01*/01*"))
    photo.write_bytes(PHOTO[:-1] + b"x")
    assert summed(folder).returncode == 1


def test_the_parts_inside_are_the_ledgers(target: Path) -> None:
    inside = members(packed(target))
    for name, form in zip(DOCUMENTS, (work_summary, xlsx, docx), strict=True):
        made = form.document(PACKED, AT)
        assert inside[name] == made.payload
        assert made.differs(inside[name]) is None
    stored = sorted(of(content) for path, content in inside.items() if path.startswith("佐证材料/"))
    assert stored == sorted(row.sha256 for row in EVIDENCE if row.sha256)


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs)["href"] or "")


def local_links(inside: dict[str, bytes]) -> list[str]:
    found = Links(inside["目录.html"].decode("utf-8")).found
    return [unquote(href) for href in found if not href.startswith("https:")]


def test_every_link_of_the_index_leads_to_a_member_and_every_member_is_linked(target: Path) -> None:
    inside = members(packed(target))
    assert set(local_links(inside)) == set(inside)


def test_names_times_and_bytes_are_the_same_everywhere(target: Path) -> None:
    first = packed(target).read_bytes()
    again = packed(target.with_name("另一个.zip")).read_bytes()
    assert first == again
    for trace in (target.parent.parent, Path.cwd(), f"{Path.home()}/", tempfile.gettempdir() + "/"):
        assert os.fsencode(trace) not in first
    with ZipFile(target) as archive:
        for entry in archive.infolist():
            assert entry.flag_bits & 0x800, "the name is not said to be UTF-8"
            assert entry.date_time == (2026, 11, 22, 9, 5, 6)  # a .zip counts in steps of two seconds
            assert entry.compress_type == ZIP_STORED
            assert entry.external_attr >> 16 == 0o100644
            assert (entry.create_system, entry.extra, entry.comment) == (3, b"", b"")


def test_a_time_before_that_of_zip_is_its_first(target: Path) -> None:
    target.parent.mkdir()
    export(SHEET, target, datetime(1979, 1, 1), contents=contents())
    with ZipFile(target) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_a_ledger_without_evidence_makes_a_package_too(target: Path) -> None:
    target.parent.mkdir()
    inside = members(export(SHEET, target, AT).path)
    assert list(inside) == [*DOCUMENTS, "目录.html", "SHA256SUMS"]
    assert summed(unpacked(target)).returncode == 0


def test_evidence_without_its_contents_is_a_mistake_of_the_caller(target: Path) -> None:
    target.parent.mkdir()
    with pytest.raises(ValueError, match="contents"):
        export(PACKED, target, AT)
    assert os.listdir(target.parent) == []


def changed(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize("damage", [changed, lambda content: content[:-1], lambda content: content + b"x"])
@pytest.mark.parametrize("is_noticed", [True, False])
def test_damaged_evidence_stops_the_export_and_is_named(
    target: Path, damage: Callable[[bytes], bytes], is_noticed: bool
) -> None:
    """Whether the store notices it, or what comes out of it is otherwise than it was when it was attached."""
    target.parent.mkdir()
    target.write_bytes(b"old")
    stored = {**STORED, of(PHOTO): damage(PHOTO)}

    def silent(name: str) -> Iterator[bytes]:
        yield stored[name]

    with pytest.raises(DamagedError, match=r"“现场照片\.png”（序号 1）已损坏") as refused:
        export(PACKED, target, AT, contents=contents(stored) if is_noticed else silent)
    assert refused.value.hint
    assert refused.value.exit_code == 4
    assert (os.listdir(target.parent), target.read_bytes()) == ([target.name], b"old")


@pytest.mark.parametrize(
    ("row", "said"), [(EVIDENCE[4], "“CON”（序号 自1）"), (EVIDENCE[5], "“年报.pdf”（“本单位公开”）")]
)
def test_damaged_evidence_is_named_by_its_task_or_as_the_units(target: Path, row: EvidenceRow, said: str) -> None:
    target.parent.mkdir()
    sheet = replace(PACKED, evidence=(row,))
    stored = {name: changed(content) for name, content in STORED.items()}
    with pytest.raises(DamagedError) as refused:
        export(sheet, target, AT, contents=contents(stored))
    assert said in refused.value.message


FEW = replace(SHEET, entries=PACKED.entries[:1], evidence=EVIDENCE[:3])
"""A short ledger: its documents are made quickly."""


def progress_of(target: Path) -> list[tuple[int, int]]:
    target.parent.mkdir(exist_ok=True)
    told: list[tuple[int, int]] = []
    export(FEW, target, AT, contents=contents(), progress=lambda done, total: told.append((done, total)))
    return told


def test_progress_counts_every_byte_written_and_read_back(target: Path) -> None:
    told = progress_of(target)
    size = sum(map(len, members(target).values()))
    assert told[0][0] == 0
    assert told[-1] == (2 * size, 2 * size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(later - before <= PIECE for (before, _), (later, _) in pairwise(told))
    assert {total for done, total in told if done} == {2 * size}


@pytest.mark.parametrize("error", [CancelledError, KeyboardInterrupt])
def test_whenever_it_is_cancelled_nothing_is_left_and_the_old_one_stands(
    target: Path, error: type[BaseException]
) -> None:
    calls = len(progress_of(target))
    assert calls > 15
    old = target.read_bytes()
    steps = range(calls) if error is CancelledError else range(0, calls, 7)
    for stop in steps:
        asked = count()

        def tell(done: int, total: int, stop: int = stop, asked: Iterator[int] = asked) -> None:
            if next(asked) == stop:
                raise error("已取消")

        with pytest.raises(error):
            export(FEW, target, AT, contents=contents(), progress=tell)
        assert os.listdir(target.parent) == [target.name], f"call {stop}"
        assert target.read_bytes() == old, f"call {stop}"


def test_a_cancelled_first_export_leaves_an_empty_folder(target: Path) -> None:
    target.parent.mkdir()

    def tell(done: int, total: int) -> None:
        if done:
            raise CancelledError("已取消")

    with pytest.raises(CancelledError):
        export(PACKED, target, AT, contents=contents(), progress=tell)
    assert os.listdir(target.parent) == []


def spoiled(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        old = file.read(1)
        file.seek(at)
        file.write(bytes([old[0] ^ 1]))


def test_a_package_that_reads_back_otherwise_is_not_handed_over(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = packed(target).stat().st_size
    old = target.read_bytes()
    places = (0, 40, 3000, old.index(PHOTO) + 5, old.rindex(b"SHA256SUMS") + 2, size - 10)
    for at in places:
        whole = Package.write

        def write(self: Package, path: Path, at: int = at, whole: Callable[..., None] = whole) -> None:
            whole(self, path)
            spoiled(path, at)

        with monkeypatch.context() as patch:
            patch.setattr(Package, "write", write)
            with pytest.raises(ExportError, match="读回后与台账不符"):
                packed(target)
        assert os.listdir(target.parent) == [target.name]
        assert target.read_bytes() == old


def repacked(path: Path, changed: str, content: bytes) -> None:
    """The package with another content of one member; its CRC is that of the new content."""
    with ZipFile(path) as archive:
        whole = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with ZipFile(path, "w") as archive:
        for entry, old in whole:
            archive.writestr(entry.filename, content if entry.filename.endswith(changed) else old)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("01 现场照片.png", changed(PHOTO)),
        ("01 现场照片.png", b""),
        ("目录.html", b"<p>"),
        ("SHA256SUMS", b""),
    ],
)
def test_a_member_that_is_whole_by_its_crc_and_is_another_is_seen(
    target: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    whole = Package.write

    def write(self: Package, path: Path) -> None:
        whole(self, path)
        repacked(path, name, content)
        with ZipFile(path) as archive:
            assert archive.testzip() is None

    monkeypatch.setattr(Package, "write", write)
    with pytest.raises(ExportError, match=f"{name} 的内容不一致"):
        packed(target)
    assert os.listdir(target.parent) == []


def test_a_package_repacked_with_the_same_contents_is_the_same(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Package.write

    def write(self: Package, path: Path) -> None:
        whole(self, path)
        repacked(path, "01 年报.pdf", STORED[EVIDENCE[5].sha256 or ""])

    monkeypatch.setattr(Package, "write", write)
    assert members(packed(target))


def holds(target: Path, sheet: LedgerSheet) -> None:
    """The package is whole: every name safe, every link leads somewhere, sha256sum agrees."""
    target.parent.mkdir(exist_ok=True)
    export(sheet, target, AT, contents=contents())
    with ZipFile(target) as archive:
        names = archive.namelist()
    for name in names:
        assert len(name) <= 180
        assert [safe_name(part) for part in name.split("/")] == name.split("/")
    assert len({name.casefold() for name in names}) == len(names)
    inside = members(target)
    assert set(local_links(inside)) <= set(inside)
    assert {path for path in inside if path.startswith("佐证材料/")} <= set(local_links(inside))
    for line in inside["SHA256SUMS"].decode("utf-8").splitlines():
        digest, _, path = line.partition("  ")
        assert sha256(inside[path]).hexdigest() == digest


def test_hostile_names_make_a_whole_package(target: Path) -> None:
    sheet = with_names(tuple(text for text in HOSTILE if text.strip()))
    holds(target, replace(sheet, ledger=replace(sheet.ledger, unit="../\u202e|CON")))
    assert summed(unpacked(target)).returncode == 0


@settings(max_examples=12, deadline=None)
@given(names=st.lists(st.text(max_size=120), min_size=1, max_size=3), unit=st.text(max_size=30))
def test_whatever_files_are_called_the_package_is_whole(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], unit: str
) -> None:
    small = replace(with_names(tuple(names)), entries=PACKED.entries[:1])
    few = tuple(
        replace(row, sha256=row.sha256 and of(STORED_PAGE), size=row.size and len(STORED_PAGE))
        for row in small.evidence
    )
    holds(
        tmp_path_factory.mktemp("包") / "a" / "b.zip",
        replace(small, ledger=replace(small.ledger, unit=unit), evidence=few),
    )


STORED_PAGE = next(content for content in STORED.values() if content != PHOTO)


def test_memory_does_not_grow_with_the_evidence(target: Path) -> None:
    """Eighty pieces go through, a few are held."""
    target.parent.mkdir()
    piece = bytes(PIECE)
    whole = sha256()
    for _ in range(80):
        whole.update(piece)
    sheet = replace(PACKED, evidence=(replace(FILE, sha256=whole.hexdigest(), size=80 * PIECE),))

    def big(name: str) -> Iterator[bytes]:
        return (bytes(PIECE) for _ in range(80))

    export(SHEET, target, AT)  # what is loaded once does not count
    tracemalloc.start()
    export(sheet, target, AT, contents=big)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * PIECE
