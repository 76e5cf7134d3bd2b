"""报送包 out of a real ledger file: what was attached comes out, and a changed byte in the file stops it."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from db.errors import DamagedError
from db.export.form import export
from db.export.writing import Kept
from db.reads.evidence import contents
from db.reads.sheet import sheet
from db.rules.evidence import PIECE
from tests.db.store.samples import Paper, attached, linked, paper, publications
from tests.world import NOW, TODAY, World, planted, tamper, world

__all__ = ["planted", "world"]
SMALL, LARGE = paper("台账截图.png", 500), paper("会议录像.mp4", 2 * PIECE + 7)


def handed_in(world: World, target: Path) -> Kept:
    made = sheet(world.file, world.ledger, TODAY, history=True)
    return export(made, target, NOW, contents=contents(world.file))


def evidence_in(target: Path) -> dict[str, bytes]:
    with ZipFile(target) as archive:
        found = [name for name in archive.namelist() if "/佐证材料/" in name]
        return {name.split("/", 2)[2]: archive.read(name) for name in found}


def test_what_was_attached_lies_in_the_package_byte_by_byte(world: World, tmp_path: Path) -> None:
    first, second = world.ours(2)
    numbers = {entry.id: entry.number for entry in world.entries().values()}
    (published,) = publications(world, None, "年报")
    attached(world, SMALL, LARGE, entry=first)
    attached(world, Paper("同一份.png", SMALL.payload), entry=second)
    attached(world, LARGE, publication=published)
    linked(world, entry=first)
    target = handed_in(world, tmp_path / "报送.zip").path
    found = {(name.split(" ")[0], name.split("/")[1]): content for name, content in evidence_in(target).items()}
    of_first, of_second = (f"{int(numbers[entry]):02}" for entry in (first, second))
    assert found == {
        (of_first, "01 台账截图.png"): SMALL.payload,
        (of_first, "02 会议录像.mp4"): LARGE.payload,
        (of_second, "01 同一份.png"): SMALL.payload,
        ("本单位公开/01", "01 会议录像.mp4"): LARGE.payload,
    }


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE piece SET bytes = zeroblob(length(bytes)) WHERE n = 1",
        "DELETE FROM piece WHERE n = 2",
        "UPDATE piece SET bytes = zeroblob(length(bytes) - 1) WHERE n = 2",
    ],
)
def test_a_damaged_content_stops_the_package_and_is_named(world: World, tmp_path: Path, damage: str) -> None:
    (entry,) = world.ours(1)
    attached(world, SMALL, LARGE, entry=entry)
    tamper(world.path, damage)
    (tmp_path / "报送").mkdir()
    with pytest.raises(DamagedError, match=r"“会议录像\.mp4”（序号 .*）已损坏"):
        handed_in(world, tmp_path / "报送" / "报送.zip")
    assert os.listdir(tmp_path / "报送") == []


def test_the_clerk_may_work_on_while_a_package_is_made(world: World, tmp_path: Path) -> None:
    """Each piece is a short read of its own: a write between two of them is not kept waiting."""
    first, second = world.ours(2)
    attached(world, LARGE, entry=first)
    made = sheet(world.file, world.ledger, TODAY)
    wrote: list[int] = []

    def write_once(done: int, total: int) -> None:
        if done and not wrote:
            wrote.extend(attached(world, SMALL, entry=second))

    target = export(made, tmp_path / "报送.zip", NOW, contents=contents(world.file), progress=write_once).path
    assert wrote
    assert list(evidence_in(target).values()) == [LARGE.payload]
