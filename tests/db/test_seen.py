"""What this machine remembers of each ledger file, and when it says that a file is older or another one."""

import json
from pathlib import Path

import pytest

from db.chain import Head
from db.seen import Seen, all_seen, older_than_seen, remember, remember_head, seen_at, seen_of
from db.store.ledgers import hand_over
from tests.world import NOW, World, copied

AT = "2021-11-22T09:30:00+08:00"


def test_a_file_that_went_on_is_well_and_one_that_went_back_is_not(world: World, tmp_path: Path) -> None:
    place = tmp_path / "state" / "heads.json"
    assert older_than_seen(world.file, place) is None
    former = copied(world.path, tmp_path / "former.db")
    remember_head(world.file, place, AT)
    assert older_than_seen(world.file, place) is None
    hand_over(world.file, world.ledger, officer="乙", at=NOW)
    assert older_than_seen(world.file, place) is None, "a power loss comes before it is remembered"
    remember_head(world.file, place, AT, checked=True)
    head = world.file.head()
    world.file.close()
    copied(former, world.path)
    world.reopen()
    found = older_than_seen(world.file, place)
    assert found == Seen(str(world.path), world.file.identity, head.seq, head.hash, AT, AT)
    assert found is not None
    assert found.stamp == head.stamp
    remember_head(world.file, place, AT)
    assert older_than_seen(world.file, place) is None, "the clerk has said that it is meant"


def test_another_history_of_the_same_length_is_noticed(world: World, tmp_path: Path) -> None:
    place = tmp_path / "heads.json"
    head = world.file.head()
    remember(place, Seen("elsewhere", world.file.identity, head.seq, "0" * 64, AT))
    assert older_than_seen(world.file, place) is not None


def test_another_file_in_the_same_place_is_noticed_and_the_same_one_elsewhere_is_not(
    world: World, tmp_path: Path
) -> None:
    place = tmp_path / "heads.json"
    head = world.file.head()
    remember(place, Seen(str(world.path), "f" * 32, 1, "0" * 64, AT))
    assert older_than_seen(world.file, place) is not None
    remember(place, Seen("/other/place.db", world.file.identity, head.seq, head.hash, AT))
    assert older_than_seen(world.file, place) is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{}",
        "null",
        "[1, null, {}]",
        "[" * 100_000,
        '[{"path": 1, "id": "", "seq": 0, "hash": "", "at": "", "checked_at": null}]',
        '[{"path": "", "id": "", "seq": "0", "hash": "", "at": "", "checked_at": null}]',
    ],
)
def test_what_is_no_list_of_heads_is_nothing_and_is_written_anew(written: str, tmp_path: Path) -> None:
    place = tmp_path / "heads.json"
    place.write_text(written, encoding="utf-8")
    assert all_seen(place) == ()
    remember(place, Seen("a", "b", 1, "c", AT))
    assert all_seen(place) == (Seen("a", "b", 1, "c", AT),)


def test_a_file_is_remembered_once_by_its_identity_and_once_by_its_place(tmp_path: Path) -> None:
    place = tmp_path / "state" / "heads.json"
    for seen in (Seen("a", "1", 1, "x", AT), Seen("b", "2", 1, "x", AT), Seen("b", "1", 2, "y", AT)):
        remember(place, seen)
    assert all_seen(place) == (Seen("b", "1", 2, "y", AT),)
    assert seen_of(place, Path("b"), "9") == seen_at(place, Path("b")) == Seen("b", "1", 2, "y", AT)
    assert seen_of(place, Path("z"), "9") is None
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [path.name for path in place.parent.iterdir()] == ["heads.json"]
    assert len(json.loads(place.read_text(encoding="utf-8"))) == 1


def test_the_second_place_is_remembered_and_a_list_of_before_that_is_read(world: World, tmp_path: Path) -> None:
    place = tmp_path / "heads.json"
    remember_head(world.file, place, AT, second="/媒体/U盘")
    (seen,) = all_seen(place)
    assert seen.second == "/媒体/U盘"
    place.write_text(
        json.dumps([{"path": "a", "id": "b", "seq": 1, "hash": "c", "at": AT, "checked_at": None}]), encoding="utf-8"
    )
    assert all_seen(place) == (Seen("a", "b", 1, "c", AT),)


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    remember(blocked / "heads.json", Seen("a", "b", 1, "c", AT))
    assert all_seen(blocked / "heads.json") == ()
    assert Head(3, "ab" * 32).stamp == "000003-abababababababab"
