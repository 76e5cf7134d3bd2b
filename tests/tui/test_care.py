"""What is found for a ledger file that cannot be read, where two files of one name share the second place."""

from pathlib import Path

from db.care.backups import back_up
from db.file import make_file, open_file
from db.seen import remember_head
from db.store.settings import set_second_place
from tests.world import NOW, later
from tui.care import CarePlaces, FileCare


def ledger(folder: Path, second: Path, heads: Path, minutes: int) -> Path:
    """A ledger file called 台账.db with a backup beside it and at the second place, seen on this machine."""
    folder.mkdir()
    path = folder / "台账.db"
    make_file(path)
    file = open_file(path, NOW, write=True)
    try:
        set_second_place(file, str(second), at=NOW)
        assert back_up(file, later(minutes), "自动").failures == ()
        remember_head(file, heads, NOW.isoformat())
    finally:
        file.close()
    return path


def test_a_damaged_file_is_offered_its_own_backups_and_none_of_another_of_its_name(tmp_path: Path) -> None:
    second, heads = tmp_path / "U盘", tmp_path / "heads.json"
    second.mkdir()
    own = ledger(tmp_path / "甲", second, heads, 1)
    ledger(tmp_path / "乙", second, heads, 2)
    own.write_bytes(bytes(4096))
    care = FileCare(own, CarePlaces(heads), lambda: later(3))
    found = care.newest_good()
    assert found is not None
    assert found[0].path.parent == own.with_name("台账.db.备份")
    assert len(care.backups()) == 2
    unknown = FileCare(own, CarePlaces(tmp_path / "none.json"), lambda: later(3))
    assert len(unknown.backups()) == 3, "better the other one's too than none"
