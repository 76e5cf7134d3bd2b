"""A backup put in the place of the ledger: all of its work and evidence, and what was there is kept."""

import json
import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from db.backup_names import CONTENTS, folder_of
from db.care.backups import back_up
from db.care.backups_check import backups
from db.care.comparing import changes
from db.care.finding import Backup, backups_of, given, verified
from db.care.mending import mend
from db.care.restoring import restore
from db.care.salvaging import salvage
from db.care.whole import whole_copy
from db.errors import CancelledError, DamagedError, FileLockedError, FileRefusedError, NotSavedError
from db.file import LedgerFile, open_file
from db.lock import take_lock
from db.reads.check import check
from db.seen import all_seen, older_than_seen, remember_head
from db.store.notes import add_note
from db.store.places import save_draft
from db.store.settings import set_second_place
from tests.db.care.small import PAPERS, rows_of
from tests.db.older import at_step
from tests.db.store.samples import Paper, attached
from tests.world import NOW, World, copied, later, replayed, rows, standing, tamper


@pytest.fixture
def path(small: Path, tmp_path: Path) -> Path:
    return copied(small, tmp_path / "台账.db")


def opened(path: Path) -> LedgerFile:
    return open_file(path, NOW, write=True)


def backed_up(path: Path, minutes: int = 30) -> Backup:
    file = opened(path)
    made = back_up(file, later(minutes), "自动")
    file.close()
    assert made.failures == ()
    return verified(backups_of(path, None, None)[0])


def worked(path: Path, text: str = "备份以后", minutes: int = 40) -> None:
    file = opened(path)
    add_note(file, 1, 1, text=text, at=later(minutes))
    file.close()


def assert_whole(path: Path) -> None:
    file = opened(path)
    try:
        assert check(file).problems == ()
    finally:
        file.close()
    assert replayed(path) == standing(path)


def contents(path: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for row in sorted(rows(path, "piece"), key=lambda row: (row["sha256"], row["n"])):
        found[row["sha256"]] = found.get(row["sha256"], b"") + row["bytes"]
    return found


def test_everything_is_as_it_was_at_the_backup_with_the_evidence_and_an_event_that_says_so(path: Path) -> None:
    before, backup = rows_of(path), backed_up(path)
    worked(path)
    newest = rows(path, "history", "1 ORDER BY seq DESC LIMIT 1")[0]
    old = path.read_bytes()
    restored = restore(path, backup, later(60))
    assert restored.missing == ()
    assert rows_of(path) == before
    event = rows(path, "history", "1 ORDER BY seq DESC LIMIT 1")[0]
    assert (event["seq"], event["step"], event["hash"]) == (backup.seq + 1, "restore", restored.head.hash)
    assert json.loads(event["after"]) == {
        "backup": backup.path.name,
        "missing": [],
        "replaced": f"{newest['seq']:06d}-{newest['hash'][:16]}",
        "stamp": backup.stamp,
    }
    assert (restored.replaced / path.name).read_bytes() == old
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert_whole(path)


def test_the_evidence_comes_from_the_replaced_file_where_no_folder_has_it(path: Path) -> None:
    whole, backup = contents(path), backed_up(path)
    for name in os.listdir(folder_of(path) / CONTENTS):
        (folder_of(path) / CONTENTS / name).unlink()
    with path.open("r+b") as stream:
        # What replaces it cannot be opened any more, but for the pages of the evidence.
        stream.write(bytes(100))
    assert restore(path, backup, later(60)).missing == ()
    assert contents(path) == whole
    # And once more, from the one that was replaced before.
    path.unlink()
    assert restore(path, backup, later(70)).missing == ()
    assert contents(path) == whole
    assert_whole(path)


def test_a_content_that_is_nowhere_is_named_and_can_be_attached_again(path: Path) -> None:
    backup = backed_up(path)
    beside = folder_of(path) / CONTENTS
    lost = sha256(PAPERS[0].payload).hexdigest()
    (beside / lost).chmod(0o600)
    # The right size, the wrong bytes: believed by nobody.
    (beside / lost).write_bytes(os.urandom(PAPERS[0].size))
    path.unlink()
    restored = restore(path, backup, later(60))
    assert restored.missing == (PAPERS[0].name,)
    assert lost not in contents(path)
    file = opened(path)
    (problem,) = check(file).problems
    assert PAPERS[0].name in problem
    (entry,) = {row["entry_id"] for row in rows(path, "evidence", "sha256 = ?", lost)}
    attached(World(path, file, 1), Paper("又附.pdf", PAPERS[0].payload), entry=entry + 1)
    assert check(file).problems == ()
    file.close()


def test_the_second_place_and_the_folder_beside_the_backup_are_looked_through(path: Path, tmp_path: Path) -> None:
    second = tmp_path / "U盘"
    second.mkdir()
    file = opened(path)
    set_second_place(file, str(second), at=NOW)
    file.close()
    whole = contents(path)
    backed_up(path)
    beside, there = (
        next(b for b in backups_of(path, second, None) if b.place == place) for place in ("beside", "second")
    )
    path.unlink()
    for name in os.listdir(beside.path.parent / CONTENTS):
        (beside.path.parent / CONTENTS / name).unlink()
    # The one beside names the second place in its settings, the one at the second place lies there.
    for backup in (beside, there):
        assert restore(path, backup, later(60)).missing == ()
        assert contents(path) == whole
        path.unlink()
        for kept in (folder_of(path) / "换下").glob("*/*"):
            kept.unlink()


def test_a_whole_copy_is_restored_from_anywhere_with_nothing_beside_it(path: Path, tmp_path: Path) -> None:
    whole = contents(path)
    file = opened(path)
    whole_copy(file, tmp_path / "整份.db", NOW)
    file.close()
    (tmp_path / "stick").mkdir()
    elsewhere = copied(tmp_path / "整份.db", tmp_path / "stick" / "台账.db")
    other = tmp_path / "new" / "台账.db"
    other.parent.mkdir()
    restored = restore(other, given(elsewhere), later(60))
    assert (restored.missing, contents(other)) == ((), whole)
    assert_whole(other)


@pytest.mark.parametrize("step", [1, 4])
def test_a_backup_of_an_older_program_is_brought_up_and_the_file_keeps_its_identity(
    path: Path, tmp_path: Path, step: int
) -> None:
    old = at_step(step, path, tmp_path / "old.db")
    restored = restore(path, given(old), later(60))
    assert [row["text"] for row in rows(path, "note")] == [row["text"] for row in rows(old, "note")]
    (now,), (kept,) = rows(path, "identity"), rows(restored.replaced / path.name, "identity")
    assert (now == kept) is (step > 1)
    if step > 1:
        assert_whole(path)


def test_a_foreign_backup_of_an_older_program_gets_an_identity_of_its_own(
    path: Path, planted: Path, tmp_path: Path
) -> None:
    (before,) = rows(path, "identity")
    restore(path, given(at_step(4, planted, tmp_path / "old.db")), later(60))
    assert rows(path, "identity") != [before]


def test_this_machine_knows_the_restored_file_as_it_is_now(path: Path, tmp_path: Path) -> None:
    heads = tmp_path / "state" / "heads.json"
    backup = backed_up(path)
    worked(path)
    file = opened(path)
    remember_head(file, heads, later(50).isoformat())
    file.close()
    restore(path, backup, later(60), heads=heads)
    file = opened(path)
    assert older_than_seen(file, heads) is None
    file.close()


def test_what_cannot_be_restored_is_refused_and_nothing_changes(path: Path, tmp_path: Path) -> None:
    backup = backed_up(path)
    before = path.read_bytes()

    def refused(backup: Path, error: type[Exception]) -> None:
        with pytest.raises(error):
            restore(path, Backup(backup, NOW, 1, "", "自动", False, "given"), later(60))
        assert path.read_bytes() == before
        assert {name for name in os.listdir(tmp_path) if name.startswith(".")} == set()

    refused(path, FileRefusedError)
    refused(tmp_path / "nothing.db", FileRefusedError)
    (tmp_path / "text.db").write_text("no ledger" * 100, encoding="utf-8")
    refused(tmp_path / "text.db", FileRefusedError)
    (tmp_path / "half.db").write_bytes(backup.path.read_bytes()[: 40 * 4096])
    refused(tmp_path / "half.db", DamagedError)
    used = copied(path, tmp_path / "used.db")
    used.with_name("used.db-journal").write_bytes(b"hot")
    refused(used, FileRefusedError)
    lock = take_lock(path, "2021-11-22T09:00:00")
    assert lock is not None
    refused(backup.path, FileLockedError)
    lock.release()


def test_a_full_disk_and_a_clerk_who_stops_it_leave_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup, before = backed_up(path), path.read_bytes()

    def stop(done: int, total: int) -> None:
        raise CancelledError("已停止。")

    with pytest.raises(CancelledError):
        restore(path, backup, later(60), progress=stop)

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.care.restoring.sync_file", full)
    with pytest.raises(NotSavedError, match="磁盘已满"):
        restore(path, backup, later(60))
    assert path.read_bytes() == before
    assert {name for name in os.listdir(path.parent) if name.startswith(".")} == set()


# What is told before


def test_what_will_change_is_told_step_by_step_with_the_counts_and_the_drafts(path: Path) -> None:
    backup = backed_up(path)
    assert changes(path, backup).lines[:2] == ("备份之后没有办理过任何事项。", "各类记录的数量不变。")
    for minute in range(12):
        worked(path, minutes=40 + minute)
    file = opened(path)
    save_draft(file, 1, "note", 4, "又一份", at=later(60))
    told = changes(path, backup)
    file.close()
    assert (told.is_readable, told.steps, told.drafts, told.missing) == (True, 12, 1, ())
    first, newest, *_ = told.lines
    assert first == f"备份之后办理的 12 步会不在（办理流水由第 {backup.seq + 12} 条回到第 {backup.seq} 条）："
    assert newest == "  2021-11-22 10:21  记事（2024 年办公室）"
    assert "  更早的还有 4 步" in told.lines
    assert any(line.startswith("数量变化：记事 ") and line.endswith("。") for line in told.lines)
    assert "没有保存的草稿 1 份会不在（留在换下的文件里）。" in told.lines


def test_a_newer_backup_says_what_comes_back_and_of_two_ways_each_is_named(path: Path) -> None:
    older = backed_up(path)
    worked(path, minutes=40)
    worked(path, minutes=41)
    newer = backed_up(path, minutes=45)
    path.write_bytes(older.path.read_bytes())
    told = changes(path, newer)
    assert (told.lines[0], told.steps) == ("这份备份比现在的文件新，现在办理的都在里面。", 0)
    assert told.lines[1] == f"备份里多出的 2 步会补回来（办理流水由第 {older.seq} 条到第 {newer.seq} 条）："
    assert told.lines[2] == "  2021-11-22 10:11  记事（2024 年办公室）"
    worked(path, minutes=50)
    told = changes(path, newer)
    assert told.lines[0] == (
        f"第 {older.seq} 条以后，备份与现在的文件各不相同。现在的 1 步会不在（到第 {older.seq + 1} 条）："
    )
    assert told.lines[1] == "  2021-11-22 10:20  记事（2024 年办公室）"
    assert told.lines[2].startswith("备份里多出的 2 步会补回来")
    assert told.steps == 1


def test_another_history_and_a_file_that_cannot_be_read_are_said_to_be_so(
    path: Path, planted: Path, tmp_path: Path
) -> None:
    backup = backed_up(path)
    told = changes(copied(planted, tmp_path / "other.db"), backup)
    assert "不是同一条办理流水" in told.lines[0]
    for content in (b"", b"no ledger" * 900, None):
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        told = changes(path, backup)
        assert (told.is_readable, told.now) == (False, None)
        assert told.lines[0].startswith(f"现在的台账文件{'不在了' if content is None else '读不出来'}")
        assert told.lines[1].startswith("备份里有：通知 1，台账 1，事项 ")


def test_evidence_whose_content_is_nowhere_is_told_before(path: Path) -> None:
    backup = backed_up(path)
    digest = sha256(PAPERS[1].payload).hexdigest()
    (folder_of(path) / CONTENTS / digest).unlink()
    assert changes(path, backup).missing == ()
    path.unlink()
    told = changes(path, backup)
    assert told.missing == (PAPERS[1].name,)
    assert f"佐证“{PAPERS[1].name}”的内容哪里都没有找到" in told.lines[-1]


def test_looking_at_what_would_change_touches_neither_file_nor_a_hot_journal(path: Path) -> None:
    backup = backed_up(path)
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(1000))
    before = path.read_bytes(), journal.read_bytes()
    changes(path, backup)
    assert (path.read_bytes(), journal.read_bytes()) == before


def test_a_file_whose_name_is_no_utf_8_is_backed_up_restored_mended_and_salvaged(path: Path) -> None:
    """A stick that was written in GBK."""
    gbk = path.with_name(os.fsdecode("台账".encode("gbk") + b".db"))
    os.rename(path, gbk)
    backup = backed_up(gbk)
    worked(gbk)
    heads = path.with_name("heads.json")
    restored = restore(gbk, backup, later(50), heads=heads)
    assert json.loads(rows(gbk, "history", "seq = ?", restored.head.seq)[0]["after"])["stamp"] == backup.stamp
    assert [seen.path for seen in all_seen(heads)] == [str(gbk)]
    tamper(gbk, "UPDATE notice SET title = '改'")
    assert mend(gbk, later(60)).done
    assert_whole(gbk)
    assert salvage(gbk, later(70)).lines == ()


def test_a_restore_after_which_a_wrong_clock_was_put_right_is_no_exchanged_file(path: Path) -> None:
    older = backed_up(path)
    worked(path)
    backed_up(path, 5_000)
    restore(path, older, later(60))
    file = opened(path)
    try:
        assert backups(file, later(61), None).findings == ()
    finally:
        file.close()
