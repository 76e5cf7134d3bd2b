"""第二备份位置: a whole path, kept as it was typed, in the history."""

from pathlib import Path

import pytest

from db.errors import InvalidInputError
from db.reads.office import second_place
from db.rules.words import STEP_NAMES
from db.store.settings import set_second_place
from tests.world import NOW, World, later


def test_the_second_place_is_set_changed_and_taken_away(world: World) -> None:
    assert second_place(world.file) is None
    for turn, folder in enumerate(("/media/单位 U盘/备份", "/media/其他", None, "C:\\备份")):
        set_second_place(world.file, folder, at=later(turn))
        assert second_place(world.file) == folder
    world.reopen()
    assert second_place(world.file) == "C:\\备份"
    lines = [line for line in world.history() if line["verb"] == "set_second_place"]
    assert [(line["before"] or {}).get("value") for line in lines] == [
        None,
        "/media/单位 U盘/备份",
        "/media/其他",
        None,
    ]
    assert {(line["subject"], line["ledger_id"]) for line in lines} == {("setting:second_place", None)}
    assert STEP_NAMES["set_second_place"] == "设定第二备份位置"


def test_setting_what_stands_already_writes_nothing(world: World) -> None:
    set_second_place(world.file, None, at=NOW)
    set_second_place(world.file, "/media/x", at=NOW)
    before = world.dump()
    set_second_place(world.file, "/media/x", at=later(1))
    assert world.dump() == before


def test_a_path_is_never_changed(world: World) -> None:
    """Another way of writing it would be another folder: decomposed letters, blanks at the ends, bidi characters."""
    for folder in ("/e\u0301", "/ x ", "/\u202ex", "/" + "长" * 3_999):
        set_second_place(world.file, folder, at=NOW)
        assert second_place(world.file) == folder


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("", "完整的路径"),
        ("备份", "完整的路径"),
        ("./备份", "完整的路径"),
        ("/a\nb", "不能保存的字符"),
        ("/a\x1b[2J", "不能保存的字符"),
        ("/a\0b", "不能保存的字符"),
        ("/\udcff", "不能保存的字符"),
        ("/" + "长" * 4_000, "路径太长"),
    ],
)
def test_what_is_no_whole_path_is_refused(folder: str, words: str, world: World) -> None:
    before = world.dump()
    with pytest.raises(InvalidInputError, match=words):
        set_second_place(world.file, folder, at=NOW)
    assert world.dump() == before
    assert not Path("备份").exists()
