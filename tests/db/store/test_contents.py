"""The content of a file on its way in: whole or not at all, once however often, and what progress is told of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import db.store.contents
from db.errors import CancelledError, DamagedError, FileLockedError, InvalidInputError
from db.reads.evidence import contents, evidence, stored
from db.rules.evidence import PIECE, Source
from db.store.evidence import Attached, attach, detach
from tests.db.store.samples import Paper, attached, paper
from tests.world import TODAY, World, later, rows, tamper

LONG = 3 * PIECE


@dataclass
class Told:
    """What progress was told; after `last` times it stops the work."""

    last: int | None = None
    calls: list[tuple[int, int]] = field(default_factory=list)

    def __call__(self, done: int, total: int) -> None:
        self.calls.append((done, total))
        if len(self.calls) == self.last:
            raise CancelledError("已取消。")


@dataclass
class Changing:
    """A file whose second reading is another than its first."""

    first: list[bytes]
    second: list[bytes]
    size: int
    name: str = "正在保存.docx"
    modified_at: str = "2021-11-20T08:15:00+08:00"
    read: int = 0

    def pieces(self) -> Iterator[bytes]:
        self.read += 1
        yield from self.first if self.read == 1 else self.second


def put(world: World, *sources: Source, entry: int | None = None, progress: Told | None = None) -> tuple[int, ...]:
    return given_to(world, *sources, entry=entry, progress=progress).ids


def given_to(world: World, *sources: Source, entry: int | None = None, progress: Told | None = None) -> Attached:
    return attach(
        world.file,
        world.ledger,
        sources,
        entry=entry or world.ours(1)[0],
        publication=None,
        caption=None,
        day=None,
        today=TODAY,
        at=later(1),
        progress=progress,
    )


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_a_content_stands_in_pieces_of_a_mib_and_comes_back_as_it_was(size: int, world: World) -> None:
    one = paper(size=size)
    put(world, one)
    digest = sha256(one.payload).hexdigest()
    (row,) = evidence(world.file, world.ledger)
    assert (row.sha256, row.size) == (digest, size)
    lengths = [len(piece["bytes"]) for piece in rows(world.path, "piece", "sha256 = ? ORDER BY n", digest)]
    assert lengths == [PIECE] * (size // PIECE) + ([size % PIECE] if size % PIECE else [])
    read = list(contents(world.file)(digest))
    assert [len(piece) for piece in read] == lengths
    assert b"".join(read) == one.payload


def test_one_content_under_two_names_is_stored_once(world: World) -> None:
    one, two = world.ours(2)
    payload = paper(size=LONG).payload
    put(world, Paper("甲.pdf", payload), Paper("乙.pdf", payload), entry=one)
    put(world, Paper("丙.pdf", payload), entry=two)
    assert (stored(world.file).files, stored(world.file).bytes) == (1, LONG)
    assert len(rows(world.path, "piece")) == 3
    assert len({row.sha256 for row in evidence(world.file, world.ledger)}) == 1


def test_what_the_file_holds_is_told_also_when_nothing_is_attached_any_more(world: World) -> None:
    assert (stored(world.file).files, stored(world.file).bytes) == (0, 0)
    ids = put(world, paper("一", 10), paper("二", 20))
    detach(world.file, world.ledger, ids, at=later(2))
    assert (stored(world.file).files, stored(world.file).bytes) == (2, 30)


A, B = b"a" * PIECE, b"b" * PIECE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param([A, A, b"x"], [A, B, b"x"], id="other bytes"),
        pytest.param([A, A, b"x"], [A, A, b"y"], id="another last byte"),
        pytest.param([A, A, b"x"], [A, A], id="fewer pieces"),
        pytest.param([A, A, b"x"], [], id="nothing"),
        pytest.param([A, A, b"x"], [A, A, b"xy"], id="longer"),
        pytest.param([A, A, b"x"], [A, A, b"x", b"y"], id="one piece more"),
        pytest.param([A, A, b"x"], [A, A[:-1], b"ax"], id="cut otherwise"),
        pytest.param([A, A, b"x"], [A, A, b""], id="an empty piece"),
        pytest.param([A, A], [A, A, b"x"], id="shorter at first"),
        pytest.param([A, A, b"xy"], [A, A, b"x"], id="longer at first"),
        pytest.param([A, b"", A, b"x"], [A, A, b"x"], id="an empty piece at first"),
        pytest.param([A + A, b"x"], [A + A, b"x"], id="a piece of two MiB"),
    ],
)
def test_a_file_that_changes_while_it_is_read_leaves_nothing(
    first: list[bytes], second: list[bytes], world: World
) -> None:
    before = world.dump()
    source = Changing(first, second, size=2 * PIECE + 1)
    with pytest.raises(InvalidInputError, match=r"读取过程中有变化：正在保存\.docx") as caught:
        put(world, paper("好的.pdf"), source)
    assert caught.value.hint
    assert world.dump() == before


@pytest.mark.parametrize("known", [False, True])
def test_progress_grows_to_the_whole_of_both_readings(known: bool, world: World) -> None:
    one, two = world.ours(2)
    papers = paper("一", LONG), paper("二", PIECE + 1), paper("三", 5)
    if known:
        put(world, *papers, entry=two)
    told = Told()
    put(world, *papers, entry=one, progress=told)
    done = [each for each, _ in told.calls]
    total = 2 * (LONG + PIECE + 1 + 5)
    assert {each for _, each in told.calls} == {total}
    assert done == sorted(done)
    assert done[-1] == total
    assert len(done) == 2 * (3 + 2 + 1)
    assert max(later - former for former, later in zip([0, *done], done, strict=False)) <= PIECE


@pytest.mark.parametrize("last", range(1, 11))
def test_stopped_after_any_piece_nothing_is_left(last: int, world: World) -> None:
    (entry,) = world.ours(1)
    before, size = world.dump(), world.path.stat().st_size
    papers = paper("一", LONG), paper("二", PIECE + 1)
    with pytest.raises(CancelledError):
        put(world, *papers, entry=entry, progress=Told(last))
    assert world.dump() == before
    assert world.path.stat().st_size == size
    put(world, *papers, entry=entry)
    assert len(rows(world.path, "piece")) == 5


def test_a_ctrl_c_leaves_nothing_either(world: World) -> None:
    before = world.dump()

    def broken(done: int, total: int) -> None:
        if done > LONG:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(world, paper(size=LONG), progress=broken)  # type: ignore[arg-type]
    assert world.dump() == before


DAMAGE = [
    pytest.param("UPDATE piece SET bytes = zeroblob(1048576) WHERE n = 1", id="other bytes"),
    pytest.param("UPDATE piece SET bytes = CAST(X'00' || substr(bytes, 2) AS BLOB) WHERE n = 2", id="one byte"),
    pytest.param("UPDATE piece SET bytes = substr(bytes, 2) WHERE n = 0", id="a piece too short"),
    pytest.param("DELETE FROM piece WHERE n = 1", id="a piece is gone"),
    pytest.param("DELETE FROM piece", id="all pieces are gone"),
    pytest.param("UPDATE piece SET n = 3 WHERE n = 2", id="a gap in the numbers"),
    pytest.param("INSERT INTO piece SELECT sha256, 3, X'00' FROM piece LIMIT 1", id="a piece too many"),
    pytest.param("UPDATE content SET size = size + 1", id="another size"),
    pytest.param("UPDATE content SET size = 1", id="a smaller size"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_content_that_is_not_what_it_was_is_not_read_as_if_it_were(damage: str, world: World) -> None:
    put(world, paper(size=LONG))
    (row,) = evidence(world.file, world.ledger)
    assert row.sha256
    tamper(world.path, damage)
    with pytest.raises(DamagedError, match=row.sha256):
        list(contents(world.file)(row.sha256))


def test_a_content_that_is_not_there_is_told(world: World) -> None:
    with pytest.raises(DamagedError, match="0" * 64):
        list(contents(world.file)("0" * 64))


@pytest.mark.parametrize("damage", DAMAGE)
def test_attaching_the_file_again_mends_its_content(damage: str, world: World) -> None:
    one, two = world.ours(2)
    put(world, paper(size=LONG), entry=one)
    kept = world.dump("content", "piece")
    tamper(world.path, damage)
    told = Told()
    put(world, paper(size=LONG), entry=two, progress=told)
    assert world.dump("content", "piece") == kept
    assert told.calls == sorted(told.calls)
    assert told.calls[-1] == (2 * LONG, 2 * LONG)


@pytest.mark.parametrize("damage", [*DAMAGE, pytest.param("UPDATE content SET size = 1 << 62", id="an absurd size")])
def test_attaching_the_file_again_at_the_same_place_mends_its_content_and_adds_nothing(
    damage: str, world: World
) -> None:
    (entry,) = world.ours(1)
    first = given_to(world, paper(size=LONG), entry=entry)
    before = world.dump()
    tamper(world.path, damage)
    again = given_to(world, paper(size=LONG), entry=entry)
    assert (first.mended, again) == ((), Attached(first.ids, ("截图.png",)))
    assert world.dump() == before
    with pytest.raises(InvalidInputError, match="已附过"):
        given_to(world, paper(size=LONG), entry=entry)


def test_of_several_files_the_damaged_is_mended_and_the_new_attached(world: World) -> None:
    (entry,) = world.ours(1)
    (first,) = put(world, paper("一", LONG), entry=entry)
    tamper(world.path, "DELETE FROM piece")
    both = given_to(world, paper("二"), paper("一", LONG), entry=entry)
    assert (both.ids[1], both.mended) == (first, ("一",))
    assert [row.name for row in evidence(world.file, world.ledger)] == ["一", "二"]


def test_what_is_refused_beside_a_mended_content_leaves_the_damage_as_it_was(world: World) -> None:
    (entry,) = world.ours(1)
    put(world, paper("一", LONG), paper("二"), entry=entry)
    tamper(world.path, "DELETE FROM piece WHERE n = 2")
    before = world.dump()
    with pytest.raises(InvalidInputError, match="二 在这里已附过"):
        put(world, paper("一", LONG), paper("二"), entry=entry)
    assert world.dump() == before


@dataclass
class Slow:
    """A file of many pieces; between two of them the clerk does something else."""

    meanwhile: Callable[[], object]
    name: str = "录像.mp4"
    size: int = 8 * PIECE
    modified_at: str = "2021-11-20T08:15:00+08:00"

    def pieces(self) -> Iterator[bytes]:
        for n in range(self.size // PIECE):
            yield bytes([n]) * PIECE
            self.meanwhile()


def test_a_slow_file_keeps_nobody_from_reading_until_it_is_stored(world: World) -> None:
    (entry,) = world.ours(1)
    seen: list[int] = []
    with world.file.reading() as connection:
        connection.execute("PRAGMA busy_timeout=0")
    put(world, Slow(lambda: seen.append(len(evidence(world.file, world.ledger)))), entry=entry)
    assert seen == [0] * 16
    assert len(evidence(world.file, world.ledger)) == 1


def test_who_cannot_read_while_a_huge_file_is_written_is_told_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.store.contents, "HELD_IN_MEMORY", 8 * PIECE - 1)
    with world.file.reading() as connection:
        connection.execute("PRAGMA busy_timeout=0")
    with pytest.raises(FileLockedError, match="现在读不出来：台账正在写入") as caught:
        put(world, Slow(lambda: evidence(world.file, world.ledger)))
    assert "稍候" in caught.value.hint
    assert "没有保存" not in str(caught.value)


def test_a_registered_size_that_is_absurd_is_added_up_all_the_same(world: World) -> None:
    put(world, paper("一", 10), paper("二", 20))
    tamper(world.path, "UPDATE content SET size = 9223372036854775807")
    assert (stored(world.file).files, stored(world.file).bytes) == (2, 2 * (2**63 - 1))


def test_a_content_is_read_while_others_change_the_file(world: World) -> None:
    one, two = world.ours(2)
    put(world, paper(size=LONG), entry=one)
    (row,) = evidence(world.file, world.ledger)
    reading = contents(world.file)(row.sha256 or "")
    read = next(reading)
    attached(world, paper("另一份", LONG), entry=two)
    assert read + b"".join(reading) == paper(size=LONG).payload


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    payloads=st.lists(
        st.tuples(st.binary(min_size=1, max_size=9), st.integers(1, 2 * PIECE + 2)), min_size=1, max_size=4
    )
)
def test_whatever_is_attached_comes_back_byte_for_byte(payloads: list[tuple[bytes, int]], world: World) -> None:
    papers = [
        Paper(f"{number}.bin", (seed * (size // len(seed) + 1))[:size]) for number, (seed, size) in enumerate(payloads)
    ]
    ids = put(world, *papers)
    by_id = {row.id: row for row in evidence(world.file, world.ledger)}
    for number, one in zip(ids, papers, strict=True):
        row = by_id[number]
        assert (row.name, row.size) == (one.name, len(one.payload))
        assert b"".join(contents(world.file)(row.sha256 or "")) == one.payload
    detach(world.file, world.ledger, ids, at=later(2))
