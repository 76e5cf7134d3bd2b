"""Evidence on its way out: the same bytes, nothing lost at the target, and nobody else reads or changes a copy."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from db.errors import DamagedError, ExportError
from db.export.evidence_copy import digest_of, private_copy, save_as
from db.rules.evidence import PIECE, Contents
from db.rules.rows_evidence import EvidenceRow
from tests.world import World

AT = datetime(2021, 11, 22, 9, 30)
PAYLOAD = bytes(range(256)) * 5000
DIGEST = sha256(PAYLOAD).hexdigest()


def contents(digest: str) -> Iterator[bytes]:
    assert digest == DIGEST
    return (PAYLOAD[start : start + PIECE] for start in range(0, len(PAYLOAD), PIECE))


def damaged(_: str) -> Iterator[bytes]:
    yield PAYLOAD[:PIECE]
    raise DamagedError("佐证内容与附上时不一致", "请从备份恢复。")


def other(_: str) -> Iterator[bytes]:
    yield b"other"


def row(name: str = "照片.jpg", digest: str | None = DIGEST) -> EvidenceRow:
    address = None if digest else "https://example.invalid/1"
    return EvidenceRow(1, 1, None, 1, name, digest, len(PAYLOAD), address, None, None, "2021-11-22T09:30:00+08:00")


def test_saved_it_is_byte_for_byte_the_same(tmp_path: Path) -> None:
    kept = save_as(contents, DIGEST, tmp_path / "照片.jpg", AT)
    assert (kept.path, kept.kept_as) == (tmp_path / "照片.jpg", None)
    assert kept.path.read_bytes() == PAYLOAD
    assert os.listdir(tmp_path) == ["照片.jpg"]


def test_what_stood_there_is_kept_under_another_name(tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(b"old")
    kept = save_as(contents, DIGEST, tmp_path / "x.jpg", AT)
    assert kept.kept_as == tmp_path / "x.旧-20211122-093000.jpg"
    assert kept.kept_as.read_bytes() == b"old"


@pytest.mark.parametrize(("reading", "kind"), [(damaged, DamagedError), (other, ExportError)])
def test_a_content_that_is_not_what_it_was_is_not_saved_and_the_old_file_stays(
    reading: Contents, kind: type[Exception], tmp_path: Path
) -> None:
    (tmp_path / "x.jpg").write_bytes(b"old")
    with pytest.raises(kind):
        save_as(reading, DIGEST, tmp_path / "x.jpg", AT)
    assert {item.name: item.read_bytes() for item in tmp_path.iterdir()} == {"x.jpg": b"old"}


def test_a_disk_that_keeps_other_bytes_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def spoiling(descriptor: int) -> None:
        real(descriptor)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.pwrite(descriptor, b"\xff", 100)

    monkeypatch.setattr(os, "fsync", spoiling)
    with pytest.raises(ExportError, match="读回与原件不一致"):
        save_as(contents, DIGEST, tmp_path / "x.jpg", AT)
    assert os.listdir(tmp_path) == []


def test_the_ledger_is_never_saved_over_by_whatever_name(tmp_path: Path) -> None:
    ledger, link, hard = tmp_path / "台账.db", tmp_path / "link.jpg", tmp_path / "hard.jpg"
    ledger.write_bytes(b"ledger")
    link.symlink_to(ledger)
    os.link(ledger, hard)
    inode = ledger.stat().st_ino

    def own(status: os.stat_result) -> bool:
        return status.st_ino == inode

    for target in (ledger, link, hard):
        with pytest.raises(ExportError, match="台账"):
            save_as(contents, DIGEST, target, AT, own=own)
    assert ledger.read_bytes() == b"ledger"
    assert save_as(contents, DIGEST, tmp_path / "new.jpg", AT, own=own).path.read_bytes() == PAYLOAD


@pytest.mark.parametrize("target", ["folder", "missing/x.jpg", "a\0b", "x" * 300])
def test_a_target_that_cannot_be_is_refused(target: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError):
        save_as(contents, DIGEST, tmp_path / target, AT, own=lambda _: False)
    assert os.listdir(tmp_path) == ["folder"]


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm", ".lock"])
def test_nothing_is_saved_under_a_name_that_the_ledger_needs(suffix: str, world: World, tmp_path: Path) -> None:
    for item in world.path.parent.iterdir():
        if item.name.endswith(suffix):
            item.unlink()
    target = world.path.with_name(world.path.name + suffix)
    with pytest.raises(ExportError, match="台账文件自己要用"):
        save_as(contents, DIGEST, target, AT, own=world.file.is_own, owns_path=world.file.owns_path)
    assert not target.exists()


def test_what_is_refused_is_said_of_saving_and_of_a_photo(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="无法另存到") as caught:
        save_as(contents, DIGEST, tmp_path, AT)
    assert "照片.jpg" in caught.value.hint
    assert "导出" not in str(caught.value)
    assert "xlsx" not in str(caught.value)


def test_a_full_disk_is_said_of_saving_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="磁盘已满") as caught:
        save_as(contents, DIGEST, tmp_path / "x.jpg", AT)
    assert "再另存" in caught.value.hint
    assert "{" not in str(caught.value)


# The private copy


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_private_copy_is_for_reading_by_its_owner_alone(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        copy = private_copy(contents, row(), tmp_path / "看")
    finally:
        os.umask(former)
    assert copy.read_bytes() == PAYLOAD
    assert copy.name == "照片.jpg"
    assert [mode(path) for path in (copy, copy.parent, tmp_path / "看")] == [0o400, 0o700, 0o700]
    assert os.listdir(copy.parent) == ["照片.jpg"]


def test_opened_again_it_is_written_anew(tmp_path: Path) -> None:
    copy = private_copy(contents, row(), tmp_path / "看")
    copy.chmod(0o600)
    copy.write_bytes(b"changed by a viewer")
    assert private_copy(contents, row(), tmp_path / "看") == copy
    assert copy.read_bytes() == PAYLOAD
    assert os.listdir(copy.parent) == [copy.name]
    assert mode(copy) == 0o400


def test_two_contents_of_one_name_lie_apart(tmp_path: Path) -> None:
    digest = sha256(b"other").hexdigest()
    one, two = private_copy(contents, row(), tmp_path), private_copy(other, row(digest=digest), tmp_path)
    assert one != two
    assert (one.name, one.read_bytes(), two.name, two.read_bytes()) == ("照片.jpg", PAYLOAD, "照片.jpg", b"other")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("../../etc/passwd", ""),
        ("/etc/passwd", ""),
        ("..", ""),
        ("CON.pdf", ".pdf"),
        ("a\nb\x1b.jpg", ".jpg"),
        ("C:\\x.doc", ".doc"),
        ("政" * 200 + ".pdf", ".pdf"),
    ],
)
def test_a_hostile_name_stays_in_its_folder_and_keeps_its_suffix(name: str, suffix: str, tmp_path: Path) -> None:
    copy = private_copy(contents, row(name), tmp_path / "看")
    assert copy.resolve().parent.parent == tmp_path / "看"
    assert copy.name.endswith(suffix)
    assert copy.name.isprintable()


def test_a_web_address_has_no_copy(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="网页"):
        private_copy(contents, row(digest=None), tmp_path / "看")
    assert os.listdir(tmp_path) == []


def test_a_damaged_content_leaves_no_copy(tmp_path: Path) -> None:
    with pytest.raises(DamagedError):
        private_copy(damaged, row(), tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("there", ["file", "link"])
def test_what_was_put_in_the_way_of_the_folder_is_not_used(there: str, tmp_path: Path) -> None:
    folder = tmp_path / "看"
    (tmp_path / "elsewhere").mkdir()
    if there == "file":
        folder.write_bytes(b"")
    else:
        folder.symlink_to("elsewhere")
    with pytest.raises(ExportError):
        private_copy(contents, row(), folder)
    assert os.listdir(tmp_path / "elsewhere") == []


@pytest.mark.parametrize("before", [0o750, 0o755, 0o777])
def test_a_folder_that_others_may_enter_is_closed_to_them(before: int, tmp_path: Path) -> None:
    folder = tmp_path / "看"
    place = folder / DIGEST[:16]
    place.mkdir(parents=True)
    for each in (folder, place):
        each.chmod(before)
    private_copy(contents, row(), folder)
    assert [mode(each) for each in (folder, place)] == [0o700, 0o700]


def test_a_link_in_the_way_of_the_copy_is_removed_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    copy = private_copy(contents, row(), tmp_path / "看")
    copy.unlink()
    copy.symlink_to(victim)
    private_copy(contents, row(), tmp_path / "看")
    assert victim.read_bytes() == b"mine"
    assert copy.read_bytes() == PAYLOAD


def test_a_digest_is_that_of_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(PAYLOAD)
    assert digest_of(path) == DIGEST
