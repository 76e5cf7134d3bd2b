"""The disk model: what a sync keeps, and what only may be kept."""

import random
from collections.abc import Sequence

import pytest

from tests.faults.disk import Disk
from tests.faults.recording import Op

MANY = 60
CREATE, SYNC = Op("create", 0, "a"), Op("sync", 0)
WRITE = Op("write", 0, payload=b"x" * 1024)
FOLDER = Op("sync_folder", name=".")


def left(ops: Sequence[Op]) -> list[dict[str, bytes]]:
    """What many power losses leave."""
    disk = Disk()
    for op in ops:
        disk.take(op)
    return [disk.after_power_loss(random.Random(turn)) for turn in range(MANY)]


@pytest.mark.parametrize(
    ("ops", "never", "sometimes"),
    [
        ([CREATE], [], [{}, {"a": b""}]),
        ([CREATE, FOLDER, WRITE], [{}], [{"a": b""}, {"a": b"x" * 512}, {"a": WRITE.payload}]),
        ([CREATE, WRITE, SYNC], [{}, {"a": b""}], [{"a": WRITE.payload}]),
        ([CREATE, WRITE, SYNC, Op("unlink", name="a")], [], [{}, {"a": WRITE.payload}]),
        ([CREATE, WRITE, SYNC, Op("unlink", name="a"), FOLDER], [{"a": WRITE.payload}], [{}]),
        ([CREATE, WRITE, SYNC, Op("rename", name="a", other="b")], [{}], [{"a": WRITE.payload}, {"b": WRITE.payload}]),
        (
            [CREATE, WRITE, SYNC, Op("mkdir", name="in"), FOLDER, Op("rename", name="a", other="in/a")],
            [{}, {"a": WRITE.payload, "in/a": WRITE.payload}],
            [{"a": WRITE.payload}, {"in/a": WRITE.payload}],
        ),
        (
            [CREATE, WRITE, SYNC, Op("link", name="a", other="b")],
            [{}, {"b": WRITE.payload}],
            [{"a": WRITE.payload}, {"a": WRITE.payload, "b": WRITE.payload}],
        ),
        ([CREATE, WRITE, SYNC, Op("truncate", 0)], [{}], [{"a": b""}, {"a": WRITE.payload}]),
    ],
)
def test_what_is_synced_stays_and_what_is_not_may_go(
    ops: list[Op], never: list[dict[str, bytes]], sometimes: list[dict[str, bytes]]
) -> None:
    found = left(ops)
    assert [one for one in never if one in found] == []
    assert [one for one in sometimes if one not in found] == []


def test_a_write_behind_a_lost_one_leaves_zeros_in_between() -> None:
    found = left([CREATE, FOLDER, Op("write", 0, payload=b"1"), Op("write", 0, at=2, payload=b"3")])
    assert {"a": b"\0\x003"} in found
    assert {"a": b"1\x003"} in found
