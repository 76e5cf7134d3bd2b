"""The chain of the 办理流水: what it is made of, what breaks it, and what a file of step 4 becomes."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from db.chain import COLUMNS, Head, append, broken_links, head_of, identity_of, link
from db.file import open_file
from db.store.ledgers import hand_over
from db.store.undo import undo
from tests.db.older import at_step, unchained
from tests.world import NOW, World, dump, rows

WITHOUT_TRIGGERS = "DROP TRIGGER history_is_not_changed; DROP TRIGGER history_is_not_deleted;"


def hashes_by_hand(path: Path) -> list[str]:
    """The chain once more, from the words of db/chain.py and not by its code."""
    (identity,) = rows(path, "identity")
    previous, found = identity["id"], []
    for line in rows(path, "history", "1 ORDER BY seq"):
        words = [1, *(line[name] for name in COLUMNS), previous]
        text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        previous = sha256(text.encode("utf-8")).hexdigest()
        found.append(previous)
    return found


def test_every_row_is_linked_to_the_one_before_it_and_the_first_to_the_file(world: World) -> None:
    hand_over(world.file, world.ledger, officer="乙", at=NOW)
    undo(world.file, world.ledger, NOW)
    lines = rows(world.path, "history", "1 ORDER BY seq")
    assert [line["hash"] for line in lines] == hashes_by_hand(world.path)
    assert world.file.head() == Head(len(lines), lines[-1]["hash"])
    assert world.file.head().stamp == f"{len(lines):06d}-{lines[-1]['hash'][:16]}"
    assert world.file.identity == rows(world.path, "identity")[0]["id"]


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE history SET after = replace(after, '办', '辨') WHERE seq = 7", []),
        ("UPDATE history SET after = replace(after, 'status', 'Status') WHERE seq = 20", [20]),
        ("UPDATE history SET at = at || ' ' WHERE seq = 1", [1]),
        ("UPDATE history SET officer = '丙' WHERE seq = 9", [9]),
        ("UPDATE history SET hash = lower(hex(zeroblob(32))) WHERE seq = 11", [11, 12]),
        ("DELETE FROM history WHERE seq = 13", [14]),
        ("DELETE FROM history WHERE seq = 1", [2]),
    ],
)
def test_what_was_changed_afterwards_does_not_follow(sql: str, broken: list[int], world: World) -> None:
    world.file.close()
    with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
        connection.executescript(WITHOUT_TRIGGERS)
        assert broken_links(connection) == []
        connection.execute(sql)
        assert broken_links(connection) == broken


def test_an_empty_history_has_the_identity_as_its_head() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE identity (only INTEGER, id TEXT)")
        connection.execute(f"CREATE TABLE history ({', '.join(COLUMNS)}, hash)")
        assert (identity_of(connection), head_of(connection)) == ("", Head(0, ""))
        connection.execute("INSERT INTO identity VALUES (1, ?)", ("ab" * 16,))
        assert head_of(connection).stamp == "000000-abababababababab"
        assert broken_links(connection) == []


def test_a_row_of_the_file_s_own_goes_on_with_the_chain(world: World) -> None:
    former = world.file.head()
    world.file.close()
    with closing(sqlite3.connect(world.path, isolation_level=None)) as connection:
        head = append(connection, at="2021-11-22T10:00:00+08:00", step="restore", subject="file:1", after='{"a":1}')
        assert head.seq == former.seq + 1
        assert (head_of(connection), broken_links(connection)) == (head, [])
    assert rows(world.path, "history", "seq = ?", head.seq)[0]["hash"] == hashes_by_hand(world.path)[-1]


def test_a_link_depends_on_each_of_its_words() -> None:
    values: list[object] = list(range(len(COLUMNS)))
    links = {link("0" * 64, values), link("1" * 64, values)}
    for place in range(len(COLUMNS)):
        links.add(link("0" * 64, [*values[:place], None, *values[place + 1 :]]))
    assert len(links) == len(COLUMNS) + 2


def test_a_file_of_step_4_gets_an_identity_and_its_history_a_chain(world: World, tmp_path: Path) -> None:
    hand_over(world.file, world.ledger, officer="乙", at=NOW)
    world.file.close()
    older = at_step(4, world.path, tmp_path / "older.db")
    before = dump(older, "history")["history"]
    file = open_file(older, NOW, write=True)
    try:
        lines = dump(older, "history")["history"]
        assert unchained(lines) == before
        assert [line["hash"] for line in lines] == hashes_by_hand(older)
        assert file.identity != rows(world.path, "identity")[0]["id"], "an upgraded copy is a file of its own"
        hand_over(file, world.ledger, officer="丙", at=NOW)
        with file.reading() as connection:
            assert broken_links(connection) == []
    finally:
        file.close()
