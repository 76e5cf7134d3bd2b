"""--check --mend: what can be mended is, after a whole copy; nothing that a clerk wrote goes; the rest is told."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from db.backup_names import CONTENTS, REPLACED, folder_of
from db.care.backups import back_up
from db.care.mending import Mended, mend
from db.errors import BackupError, ReadOnlyError
from db.seen import remember_head
from db.store.entries import settle
from db.store.notes import add_note, edit_note
from db.store.settings import set_second_place
from tests.db.care.small import lose_lines
from tests.db.reads.test_check import without_index
from tests.db.store.samples import Paper, attached
from tests.world import NOW, TABLES, TODAY, World, dump, later, rows, tamper

PHOTO: Final = Paper("照片.jpg", os.urandom(3000))
OWN: Final = {"history", "sqlite_sequence"}
"""What a mending writes besides: its own row."""


@pytest.fixture
def kept(world: World) -> World:
    """A settled entry with a note and a photograph, backed up; then one more note."""
    one, two = world.ours(2)
    add_note(world.file, world.ledger, one, text="与办公室电话联系", at=NOW)
    settle(world.file, world.ledger, [one], done_on=TODAY, today=TODAY, what_was_done="已公布", at=later(1))
    attached(world, PHOTO, entry=one)
    assert back_up(world.file, later(2), "自动").failures == ()
    add_note(world.file, world.ledger, two, text="备份之后的一条", at=later(3))
    world.file.close()
    return world


def mended(world: World) -> Mended:
    return mend(world.path, later(10), here=world.path.parent / "here")


def without_own(path: Path) -> dict[str, object]:
    return {table: found for table, found in dump(path, *TABLES).items() if table not in OWN}


def by(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        for sql in statements:
            tamper(path, sql)

    return change


def lose_pages(path: Path) -> None:
    by("CREATE TABLE filling (a)", "INSERT INTO filling VALUES (zeroblob(20000))", "DROP TABLE filling")(path)
    with path.open("r+b") as stream:
        stream.seek(32)
        stream.write((0).to_bytes(8, "big"))


DAMAGES: Final[dict[str, list[tuple[Callable[[Path], None], str]]]] = {
    "much at once": [
        (by("UPDATE entry SET done_on = '2021-11-26' WHERE done_on IS NOT NULL"), "事项（entry:"),
        (by("DELETE FROM note WHERE text = '备份之后的一条'"), "补回"),
        (by("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'evidence'"), "编号已按办理流水改回"),
        (by("UPDATE piece SET bytes = zeroblob(3000)"), "找回 1 份佐证"),
        (by("UPDATE deadline SET month = 1 WHERE month = 12"), "通知的完成时限已按备份"),
        (by("DELETE FROM unit WHERE id = 3"), "通知的单位名册已按备份"),
        (by("INSERT INTO rule VALUES (999, 1, 99, 'duty', 'x')"), "通用要求已按备份"),
        (by("UPDATE seal SET sha256 = replace(sha256, '0', '1') WHERE name = 'task'"), "已改正它的校验值"),
        (without_index("note_entry", "UPDATE note SET entry_id = entry_id + 1"), "重建全部索引"),
    ],
    "an entry with its notes, and a content": [
        (by("DELETE FROM note", "DELETE FROM entry WHERE id = 9"), "补回"),
        (by("DELETE FROM piece", "DELETE FROM content"), "找回 1 份佐证"),
    ],
    "a text and a registered size": [
        (by("UPDATE note SET text = '改过'"), "改回"),
        (by("UPDATE content SET size = 7"), "找回 1 份佐证"),
    ],
    "pages of no table": [(lose_pages, "收回不属于任何表的页")],
}


@pytest.mark.parametrize("damages", DAMAGES)
def test_what_is_mendable_is_as_it_was_and_the_damaged_file_is_kept_whole(damages: str, kept: World) -> None:
    before, steps = without_own(kept.path), len(kept.history())
    for damage, _ in DAMAGES[damages]:
        damage(kept.path)
    done = mended(kept)
    assert done.before.verdict == "damage"
    assert [words for _, words in DAMAGES[damages] if words not in "\n".join(done.done)] == []
    assert done.after.verdict == "ok"
    assert without_own(kept.path) == before
    assert done.copy is not None
    assert done.copy.parent == folder_of(kept.path) / REPLACED
    assert "修复前" in done.copy.name
    assert len(rows(done.copy, "history")) == steps


def test_what_was_overwritten_stands_in_the_history(kept: World) -> None:
    tamper(kept.path, "UPDATE note SET text = '另一个工具写的' WHERE id = 1")
    mended(kept)
    last = kept.history()[-1]
    assert (last["step"], last["subject"]) == ("mend", "file:mend")
    assert "另一个工具写的" in json.dumps(last["before"], ensure_ascii=False)
    kept.reopen()
    assert add_note(kept.file, kept.ledger, kept.ours(1)[0], text="接着办", at=later(20))


def test_a_row_that_nothing_explains_stays_and_is_told(kept: World) -> None:
    tamper(kept.path, "INSERT INTO note (entry_id, at, text) SELECT entry_id, at, '直接写入的' FROM note WHERE id = 1")
    tamper(kept.path, "UPDATE entry SET done_on = '2021-11-26' WHERE done_on IS NOT NULL")
    tamper(kept.path, "INSERT INTO draft VALUES (1, 'note', 1, '没有写完', '2021-11-22T09:30:00+08:00')")
    done = mended(kept)
    assert [row["text"] for row in rows(kept.path, "note")].count("直接写入的") == 1
    assert [row["text"] for row in rows(kept.path, "draft")] == ["没有写完"]
    assert rows(kept.path, "entry", "done_on IS NOT NULL")[0]["done_on"] == "2021-11-22"
    left = [finding for finding in done.after.findings if finding.level == "damage"]
    assert {finding.area for finding in left} == {"work", "contents", "history"}
    assert [finding for finding in left if "没有它的来历" in finding.words]


def test_rows_are_not_taken_from_a_history_that_is_broken_itself(kept: World) -> None:
    tamper(kept.path, "DROP TRIGGER history_is_not_changed")
    tamper(kept.path, "UPDATE history SET after = replace(after, '与办公室', '与财政局') WHERE subject = 'note:1'")
    (sql,) = [
        "CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history WHEN OLD.hash IS NOT NULL OR NEW.seq IS NOT"
        " OLD.seq\nBEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    ]
    tamper(kept.path, sql)
    done = mended(kept)
    assert rows(kept.path, "note", "id = 1")[0]["text"] == "与办公室电话联系"
    assert done.after.verdict == "damage"


def test_evidence_that_lies_in_no_backup_is_told(kept: World) -> None:
    tamper(kept.path, "DELETE FROM piece")
    for content in (folder_of(kept.path) / CONTENTS).iterdir():
        content.unlink()
    done = mended(kept)
    assert [line for line in done.done if "在备份里也没有找到" in line]
    assert done.after.verdict == "damage"


def test_a_content_beside_that_is_damaged_is_put_aside_and_copied_anew(kept: World) -> None:
    (content,) = (folder_of(kept.path) / CONTENTS).iterdir()
    content.chmod(0o600)
    content.write_bytes(b"y" * 3000)
    done = mended(kept)
    assert done.before.verdict == "warnings"
    assert done.after.verdict == "ok"
    assert done.copy is None
    assert content.read_bytes() == PHOTO.payload
    (aside,) = (folder_of(kept.path) / REPLACED).iterdir()
    assert aside.read_bytes() == b"y" * 3000


def test_modes_and_leftovers_are_mended_without_touching_the_file(kept: World) -> None:
    kept.path.chmod(0o644)
    leftover = kept.path.with_name(f".{kept.path.name}.new-7")
    leftover.touch()
    os.utime(leftover, (NOW.timestamp() - 90_000,) * 2)
    before = kept.path.read_bytes()
    done = mended(kept)
    assert len(done.done) == 2
    assert done.after.verdict == "ok"
    assert (kept.path.stat().st_mode & 0o777, leftover.exists()) == (0o600, False)
    assert kept.path.read_bytes() == before


def test_a_whole_file_is_left_as_it_is(kept: World) -> None:
    before, names = kept.path.read_bytes(), sorted(folder_of(kept.path).iterdir())
    done = mended(kept)
    assert (done.done, done.copy, done.after.verdict) == ((), None, "ok")
    assert kept.path.read_bytes() == before
    assert sorted(folder_of(kept.path).iterdir()) == names


def test_another_window_keeps_it_from_mending(kept: World) -> None:
    tamper(kept.path, "UPDATE note SET text = '改过'")
    kept.reopen()
    with pytest.raises(ReadOnlyError, match="另一个窗口"):
        mended(kept)
    assert "改过" in {row["text"] for row in rows(kept.path, "note")}


def test_without_a_copy_nothing_is_mended(kept: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise BackupError("磁盘已满。")

    monkeypatch.setattr("db.care.mending.whole_copy", full)
    tamper(kept.path, "UPDATE note SET text = '改过'")
    before = kept.path.read_bytes()
    with pytest.raises(BackupError):
        mended(kept)
    assert kept.path.read_bytes() == before


def test_a_history_whose_end_is_gone_takes_nothing_back_and_its_loss_stays_told(kept: World) -> None:
    kept.reopen()
    edit_note(kept.file, kept.ledger, 1, text="最新的字", at=later(5))
    kept.file.close()
    lose_lines(kept.path, "seq = (SELECT max(seq) FROM history)")
    before = kept.path.read_bytes()
    done = mended(kept)
    assert kept.path.read_bytes() == before
    assert [line for line in done.done if "末尾少了几条" in line]
    assert [finding for finding in done.after.findings if "末尾可能少了几条" in finding.words]


def test_a_file_older_than_what_was_seen_here_keeps_the_rows_that_may_be_newer(kept: World, tmp_path: Path) -> None:
    heads = tmp_path / "heads.json"
    kept.reopen()
    edit_note(kept.file, kept.ledger, 1, text="最新的字", at=later(5))
    remember_head(kept.file, heads, NOW.isoformat())
    kept.file.close()
    lose_lines(kept.path, "seq = (SELECT max(seq) FROM history)")
    tamper(kept.path, "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'history'")
    done = mend(kept.path, later(10), heads=heads)
    assert rows(kept.path, "note", "id = 1")[0]["text"] == "最新的字"
    assert [line for line in done.done if "见过更新的办理流水" in line]


def test_a_table_that_lost_its_last_change_is_not_sealed_as_a_backup_has_it(kept: World) -> None:
    """A disk that wrote the seal and not the table: the backup holds the same, and a change is gone."""
    kept.reopen()
    set_second_place(kept.file, str(kept.path.parent), at=later(5))
    kept.file.close()
    tamper(kept.path, "DELETE FROM setting WHERE key = 'second_place'")
    done = mended(kept)
    assert [finding for finding in done.after.findings if "文件的设置" in finding.words]


def test_a_seal_that_is_gone_comes_back_where_a_backup_of_this_state_holds_the_same(kept: World) -> None:
    kept.reopen()
    back_up(kept.file, later(5), "自动")
    kept.file.close()
    tamper(kept.path, "DELETE FROM seal WHERE name = 'task'")
    done = mended(kept)
    assert [line for line in done.done if "已补上它的校验值" in line]
    assert done.after.verdict == "ok"
