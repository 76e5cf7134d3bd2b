"""Backups: everything but the evidence's bytes, these once beside; a failure is words and costs nothing older."""

import os
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from db.backup_names import CONTENTS, folder_of, parsed
from db.care.backups import Made, back_up, is_due
from db.care.finding import backups_of, verified
from db.errors import CancelledError, NotSavedError
from db.file import make_file, open_file
from db.places import local_backups
from db.rules.rows import Place
from db.store.notes import add_note
from db.store.places import remember, save_draft
from db.store.settings import set_second_place
from tests.db.store.samples import Paper, attached
from tests.world import NOW, World, copied, dump, later, rows, tamper


def made(world: World, minutes: int = 0, why: str = "自动") -> Made:
    return back_up(world.file, later(minutes), why)  # type: ignore[arg-type]


def worked(world: World, text: str = "已联系") -> None:
    add_note(world.file, world.ledger, world.ours(1)[0], text=text, at=NOW)


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def contents(world: World) -> dict[str, int]:
    return {row["sha256"]: row["size"] for row in rows(world.path, "content")}


@pytest.fixture
def evidence(world: World) -> World:
    attached(world, Paper("甲.pdf", b"a" * 1_200_000), Paper("乙.pdf", b"b"), entry=world.ours(1)[0])
    return world


@pytest.fixture
def second(world: World, tmp_path: Path) -> Path:
    """The second place, chosen by the clerk."""
    place = tmp_path / "U盘"
    place.mkdir()
    set_second_place(world.file, str(place), at=NOW)
    return place


def test_a_backup_holds_all_but_the_pieces_and_these_lie_once_beside(evidence: World) -> None:
    found = made(evidence)
    assert found.failures == ()
    (path,) = found.paths
    told = parsed(path.name)
    assert told is not None
    assert (told.stem, told.at, told.why, told.stamp) == ("台账", NOW, "自动", evidence.file.head().stamp)
    folder = evidence.path.with_name("台账.db.备份")
    assert path.parent == folder == folder_of(evidence.path)
    assert dump(path) == evidence.dump() | {"piece": []}
    assert found.contents_copied == 2
    assert {name: (folder / CONTENTS / name).stat().st_size for name in names(folder / CONTENTS)} == contents(evidence)
    for name in contents(evidence):
        assert sha256((folder / CONTENTS / name).read_bytes()).hexdigest() == name
    assert names(folder) == sorted([path.name, CONTENTS])


def test_folders_and_files_of_backups_are_their_owners_alone(evidence: World) -> None:
    former = os.umask(0o022)
    try:
        made(evidence)
    finally:
        os.umask(former)
    folder = folder_of(evidence.path)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o400}
    folder.chmod(0o755)
    worked(evidence)
    made(evidence, 1)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_automatic_backup_is_made_once_for_a_state(evidence: World) -> None:
    assert is_due(evidence.file)
    assert len(made(evidence).paths) == 1
    assert not is_due(evidence.file)
    assert made(evidence, 30) == Made((), (), 0)
    worked(evidence)
    assert is_due(evidence.file)
    assert len(made(evidence, 60).paths) == 1
    assert made(evidence, 61) == Made((), (), 0)


@pytest.mark.parametrize(
    ("whys", "count"),
    [
        (("年终", "年终"), 1),
        (("自动", "年终", "年终"), 2),
        (("年终", "自动"), 1),
        (("导入前", "导入前"), 2),
        (("自动", "恢复前", "修复前", "导入前"), 4),
    ],
)
def test_a_backup_for_a_reason_is_made_though_one_of_this_state_is_there(
    whys: tuple[str, ...], count: int, world: World
) -> None:
    paths = [path for turn, why in enumerate(whys) for path in made(world, turn, why).paths]
    assert len(set(paths)) == len(paths) == count
    assert len(backups_of(world.path, None, None)) == count


def test_a_content_that_is_there_is_not_copied_again(evidence: World) -> None:
    made(evidence)
    folder = folder_of(evidence.path) / CONTENTS
    before = {name: (folder / name).stat().st_ino for name in names(folder)}
    attached(evidence, Paper("丙.pdf", b"c"), entry=evidence.ours(1)[0])
    assert made(evidence, 1).contents_copied == 1
    after = {name: (folder / name).stat().st_ino for name in names(folder)}
    assert after.items() > before.items()
    assert set(after) == set(contents(evidence))


def test_a_content_that_is_missing_or_cut_beside_is_due_and_copied_anew(evidence: World) -> None:
    made(evidence)
    folder = folder_of(evidence.path) / CONTENTS
    cut, gone = names(folder)
    (folder / gone).unlink()
    (folder / cut).chmod(0o600)
    (folder / cut).write_bytes(b"")
    assert is_due(evidence.file)
    assert made(evidence, 1) == Made((), (), 2)
    assert {name: (folder / name).stat().st_size for name in names(folder)} == contents(evidence)
    assert not is_due(evidence.file)


def test_evidence_that_is_damaged_in_the_ledger_is_named_and_the_rest_is_backed_up(evidence: World) -> None:
    tamper(evidence.path, "UPDATE piece SET bytes = x'78' WHERE length(bytes) = 1")
    found = made(evidence)
    assert len(found.paths) == 1
    assert found.contents_copied == 1
    assert found.failures == (
        "佐证「乙.pdf」的内容在台账里已损坏，没有备份。手里还有原文件的，在原处再附一次即可补好。",
    )
    assert names(folder_of(evidence.path) / CONTENTS) == [max(contents(evidence), key=contents(evidence).__getitem__)]


# Other spots


def test_a_backup_goes_to_the_second_place_too_to_the_byte(evidence: World, second: Path) -> None:
    first, other = made(evidence).paths
    (folder,) = second.iterdir()
    assert folder.name == f"台账.{evidence.file.identity[:8]}.备份"
    assert other == folder / first.name
    assert other.read_bytes() == first.read_bytes()
    assert names(folder / CONTENTS) == sorted(contents(evidence))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    assert modes == {0o700, 0o400}


def test_two_ledgers_of_one_name_do_not_meet_at_the_second_place(world: World, second: Path, tmp_path: Path) -> None:
    (tmp_path / "乙科").mkdir()
    other = tmp_path / "乙科" / "台账.db"
    make_file(other)
    file = open_file(other, NOW, write=True)
    set_second_place(file, str(second), at=NOW)
    made(world)
    back_up(file, NOW, "自动")
    assert len(list(second.iterdir())) == 2
    assert [each.path.parent.parent for each in backups_of(other, second, None, file.identity)] == [
        other.parent,
        second,
    ]
    file.close()


def test_a_file_on_a_share_or_stick_is_backed_up_on_this_machine_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.care.spots.risky_disk", lambda path: "cifs")
    beside, here = made(world).paths
    assert here.parent == local_backups() / world.file.identity[:8]
    assert here.read_bytes() == beside.read_bytes()
    assert [each.place for each in backups_of(world.path, None, local_backups())] == ["beside", "here"]
    assert stat.S_IMODE(here.parent.stat().st_mode) == stat.S_IMODE(local_backups().stat().st_mode) == 0o700


def test_a_second_place_that_comes_back_gets_what_it_missed(world: World, second: Path, tmp_path: Path) -> None:
    second.rename(tmp_path / "away")
    found = made(world)
    assert len(found.paths) == 1
    (words,) = found.failures
    assert words.startswith(f"没有备份到第二备份位置（{second}")
    assert "这个位置现在打不开" in words
    assert "U 盘或网络盘是否已接上" in words
    assert not second.exists(), "nothing is made where a stick was"
    assert not is_due(world.file), "what cannot be reached is not due"
    (tmp_path / "away").rename(second)
    assert is_due(world.file)
    found = made(world, 1)
    assert found.failures == ()
    assert [path.parent.parent for path in found.paths] == [second]


IN_THE_WAY: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link to a folder": (lambda path: path.symlink_to(path.parent, target_is_directory=True), "现在却是链接"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "现在却是链接"),
    "a pipe": (os.mkfifo, "现在却是管道"),
    "a file": (lambda path: path.write_text("mine", encoding="utf-8"), "现在却是文件"),
}


@pytest.mark.parametrize(("put", "words"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_stands_in_the_place_of_the_folder_is_told_and_left_alone(
    put: Callable[[Path], object], words: str, evidence: World, second: Path
) -> None:
    folder, before = folder_of(evidence.path), evidence.dump()
    put(folder)
    was = folder.lstat()
    found = made(evidence)
    assert [path.parent.parent for path in found.paths] == [second], "the other spot is served all the same"
    assert found.contents_copied == 2
    assert [line for line in found.failures if line.startswith(f"没有备份到台账旁边（{folder}）") and words in line]
    assert (folder.lstat().st_ino, folder.lstat().st_mtime_ns) == (was.st_ino, was.st_mtime_ns)
    assert evidence.dump() == before


@pytest.mark.parametrize(("put", "words"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_stands_in_the_place_of_a_content_is_told_and_left_alone(
    put: Callable[[Path], object], words: str, evidence: World
) -> None:
    folder = folder_of(evidence.path)
    folder.mkdir()
    put(folder / CONTENTS)
    found = made(evidence)
    assert len(found.paths) == 1
    assert words in found.failures[0]
    folder.joinpath(CONTENTS).unlink()
    (folder / CONTENTS).mkdir()
    taken = folder / CONTENTS / min(contents(evidence))
    os.mkfifo(taken)
    assert f"{taken} 应当是佐证的副本，现在却不是普通文件。" in made(evidence, 1).failures[0]


def test_a_full_disk_is_told_and_nothing_is_left_half_done(
    evidence: World, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = os.fsync

    def full(descriptor: int) -> None:
        if "台账.db.备份" in os.readlink(f"/proc/self/fd/{descriptor}"):
            raise OSError(28, "No space left on device")
        honest(descriptor)

    monkeypatch.setattr("os.fsync", full)
    found = made(evidence)
    assert [path.parent.parent for path in found.paths] == [second]
    assert [line for line in found.failures if "磁盘已满" in line]
    folder = folder_of(evidence.path)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert is_due(evidence.file)


def test_a_file_that_was_moved_away_is_told(world: World) -> None:
    world.path.rename(world.path.with_name("别处.db"))
    (words,) = made(world).failures
    assert "已被移走或换成另一个文件" in words


def test_who_cancels_leaves_nothing_half_done(evidence: World) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done > 1 << 20:
            raise CancelledError("已停止备份。")

    with pytest.raises(CancelledError):
        back_up(evidence.file, NOW, "自动", stop)
    folder = folder_of(evidence.path)
    # What was whole by then stays: the tables.
    assert [parsed(name) is not None for name in names(folder) if name != CONTENTS] == [True]
    assert names(folder / CONTENTS) == []
    told.clear()
    back_up(evidence.file, later(1), "自动", lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)


# Thinning out


@pytest.fixture
def aged(world: World) -> list[Path]:
    """Two backups a day for a hundred days, all whole and of this ledger."""
    (path,) = made(world).paths
    told = parsed(path.name)
    assert told is not None
    old = []
    for turn in range(200):
        at = NOW - timedelta(days=3, hours=12 * turn)
        name = f"台账-{at:%Y%m%d-%H%M%S}-{turn:06d}-{told.stamp[7:]}-自动.db"
        old.append(path.with_name(name))
        os.link(path, old[-1])
    worked(world)
    return old


def left(world: World) -> int:
    return len(backups_of(world.path, None, None))


def test_a_backup_thins_its_folder_out_once_it_was_made(world: World, aged: list[Path]) -> None:
    assert left(world) == 201
    (path,) = made(world, 1).paths
    # The moments and the numbers run against each other here: each keeps its own.
    assert 2 + 12 + 10 < left(world) < 2 + 2 * 31
    assert verified(backups_of(world.path, None, None)[0]).problem is None
    assert path.exists()


def test_a_backup_that_fails_removes_none(world: World, aged: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, needed: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.copying.refuse_full", full)
    assert "磁盘已满" in made(world, 1).failures[0]
    assert left(world) == 201
    assert made(world, 2).paths == ()


def test_copies_of_another_ledger_and_what_cannot_be_read_are_not_removed(
    world: World, aged: list[Path], planted: Path
) -> None:
    foreign, broken, own = aged[150], aged[151], aged[152]
    assert not set(aged[150:153]) & {each for each in aged if each.stat().st_nlink == 0}
    for path in (foreign, broken):
        path.unlink()
    copied(planted, foreign)
    tamper(foreign, "DROP TRIGGER identity_is_not_changed")
    tamper(foreign, "UPDATE identity SET id = ?", "0" * 32)
    broken.write_bytes(b"no database")
    made(world, 1)
    assert foreign.exists()
    assert broken.exists()
    assert not own.exists()


def test_the_newest_whole_backup_outlives_damaged_ones_that_came_after(world: World, aged: list[Path]) -> None:
    (whole,) = made(world, 1).paths
    worked(world, "后来")
    (path,) = made(world, 2).paths
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[: 1 << 16])
    newest, before, *_ = backups_of(world.path, None, None)
    assert (newest.path, before.path) == (path, whole)
    assert verified(newest).problem is not None
    assert verified(before).problem is None


def test_a_ledger_that_cannot_be_read_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise NotSavedError("无法读写台账文件。", "请检查磁盘。")

    monkeypatch.setattr("db.care.backups.copy_without_pieces", gone)
    (words,) = made(world).failures
    assert words.endswith("：无法读写台账文件。请检查磁盘。")


def test_a_backup_is_told_by_the_moment_in_china(world: World) -> None:
    abroad = datetime.fromisoformat("2021-11-22T01:30:00+00:00")
    (path,) = back_up(world.file, abroad, "自动").paths
    assert "-20211122-093000-" in path.name


def test_a_damaged_backup_of_this_state_does_not_keep_a_good_one_from_being_made(world: World) -> None:
    (damaged,) = made(world).paths
    damaged.chmod(0o600)
    tamper(damaged, "UPDATE notice SET title = '改'")
    (good,) = made(world, 1).paths
    assert [verified(backup).problem is None for backup in backups_of(world.path, None, None)] == [True, False]
    assert good.name != damaged.name


def test_what_was_typed_and_not_entered_is_backed_up_and_where_the_clerk_looked_last_is_not(world: World) -> None:
    made(world)
    remember(world.file, world.ledger, Place("all", "", None, None), at=NOW)
    assert not is_due(world.file)
    save_draft(world.file, world.ledger, "note", world.ours(1)[0], "没写完的", at=NOW)
    assert is_due(world.file)
    assert len(made(world, 30).paths) == 1
    assert not is_due(world.file)
