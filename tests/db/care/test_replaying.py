"""The work as the history tells it, also where lines of it are damaged or missing."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.care.chronicle import chronicle, in_place_of
from db.care.replaying import Line, linked, replay, replayed
from db.chain import COLUMNS, link
from db.connecting import open_reader
from tests.world import rows, standing

FIRST = "f" * 32


def values(seq: int, subject: str, before: object, after: object, group: int | None = None) -> tuple[Any, ...]:
    images = (
        None if image is None else image if isinstance(image, str) else json.dumps(image) for image in (before, after)
    )
    named = dict(zip(("before", "after"), images, strict=True))
    named |= {"seq": seq, "group_id": group or seq, "at": f"t{seq}", "step": "note", "verb": "note", "subject": subject}
    return tuple(named.get(column) for column in COLUMNS)


def chained(*told: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The rows with their hashes."""
    found, previous = [], FIRST
    for row in told:
        previous = link(previous, row)
        found.append((*row, previous))
    return found


def three() -> list[tuple[Any, ...]]:
    note = {"id": 1, "text": "甲"}
    return chained(
        values(1, "note:1", None, note),
        values(2, "note:1", note, {**note, "text": "乙"}),
        values(3, "setting:x", None, None),
    )


def sound(rows: list[tuple[Any, ...]]) -> list[bool]:
    return [line.sound for line in linked(FIRST, rows)]


def changed(row: tuple[Any, ...], **named: object) -> tuple[Any, ...]:
    found = dict(zip((*COLUMNS, "hash"), row, strict=True)) | named
    return tuple(found.values())


def test_a_real_history_gives_the_tables_as_they_stand(small: Path, planted: Path) -> None:
    for path in (small, planted):
        with closing(open_reader(path)) as connection:
            told = replayed(connection)
        assert told.tables == standing(path)
        assert (told.unread, told.unjoined, told.doubtful) == ((), (), frozenset())


def test_every_line_of_a_whole_chain_is_sound_and_one_whose_words_flipped_is_not() -> None:
    told = three()
    assert sound(told) == [True, True, True]
    assert sound([told[0], changed(told[1], at="t?"), told[2]]) == [True, False, True]
    assert sound([told[0], changed(told[1], officer=b"\xff"), told[2]]) == [True, False, True]


def test_a_line_whose_hash_flipped_is_sound_by_the_line_behind_it() -> None:
    told = three()
    assert sound([told[0], changed(told[1], hash="0" * 64), told[2]]) == [True, True, True]
    # The last one has none behind it.
    assert sound([*told[:2], changed(told[2], hash="0" * 64)]) == [True, True, False]


def test_a_line_behind_a_missing_one_cannot_be_measured() -> None:
    told = three()
    assert sound([told[0], told[2]]) == [True, False]
    assert [line.sound for line in linked(None, told)] == [False, True, True]


@pytest.mark.parametrize(
    ("line", "unread", "unjoined", "doubtful", "text"),
    [
        (values(2, "note:1", {"id": 1, "text": "甲"}, {"id": 1, "text": "乙"}), (), (), set(), "乙"),
        (values(2, "note:1", {"id": 1, "text": "丙"}, {"id": 1, "text": "乙"}), (), (2,), set(), "乙"),
        (values(2, "note:1", "{", {"id": 1, "text": "乙"}), (), (2,), set(), "乙"),
        (values(2, "note:1", None, "{"), (2,), (), {("note", 1)}, "甲"),
        (values(2, "note:1", None, "{}"), (2,), (), {("note", 1)}, "甲"),
        (values(2, "note:1", None, "[1]"), (2,), (), {("note", 1)}, "甲"),
        (values(2, "note:1", None, {"id": 2, "text": "乙"}), (2,), (), {("note", 1)}, "甲"),
        (values(2, "note:一", None, {"id": 1}), (2,), (), set(), "甲"),
        (values(2, "note:", None, None), (2,), (), set(), "甲"),
        (values(2, "other:1", "{", "{"), (), (), set(), "甲"),
    ],
)
def test_a_line_that_cannot_be_followed_is_named(
    line: tuple[Any, ...], unread: tuple[int, ...], unjoined: tuple[int, ...], doubtful: set[object], text: str
) -> None:
    first = values(1, "note:1", None, {"id": 1, "text": "甲"})
    found = replay([Line(1, first, None, True), Line(2, line, None, True)])
    assert (found.unread, found.unjoined, found.doubtful) == (unread, unjoined, doubtful)
    assert found.tables["note"][1]["text"] == text


def test_a_row_taken_out_is_gone_and_the_line_that_says_so_is_known() -> None:
    note = {"id": 1, "text": "甲"}
    told = [values(1, "note:1", None, note), values(2, "note:1", note, None)]
    found = replay(linked(FIRST, chained(*told)))
    assert found.tables["note"] == {}
    assert found.said_by["note", 1].seq == 2


def test_an_image_of_an_older_step_keeps_the_columns_that_it_does_not_know() -> None:
    told = [values(1, "entry:1", None, {"id": 1, "new": 0}), values(2, "entry:1", None, {"id": 1})]
    assert replay(linked(FIRST, chained(*told))).tables["entry"][1] == {"id": 1, "new": 0}


# Put together with a backup's


def by_seq(rows: list[tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    return {row[0]: row for row in rows}


def test_lines_that_are_gone_come_from_a_backup_of_the_same_history() -> None:
    told = by_seq(three())
    found = chronicle(FIRST, {1: told[1], 3: told[3]}, 3, FIRST, told)
    assert (found.rows, found.missing, found.from_backup) == (told, (), (2,))
    found = chronicle(None, {}, 0, FIRST, told)
    assert (found.identity, found.rows) == (FIRST, told)


def test_a_history_that_went_another_way_since_the_backup_takes_nothing_that_is_not_its_own() -> None:
    told = three()
    other = chained(*(row[:-1] for row in told[:1]), values(2, "note:1", None, {"id": 1, "text": "又"}), told[2][:-1])
    found = chronicle(FIRST, by_seq(other), 3, FIRST, by_seq(told))
    assert (found.rows, found.from_backup) == (by_seq(other), ())
    found = chronicle("0" * 32, by_seq(told), 3, FIRST, by_seq(other))
    assert found.rows == by_seq(told)


def test_an_end_that_is_cut_off_comes_from_the_backup_and_a_middle_without_one_is_missing() -> None:
    told = by_seq(three())
    assert chronicle(FIRST, {1: told[1]}, 3, FIRST, told).rows == told
    found = chronicle(FIRST, {1: told[1], 3: told[3]}, 3, None, {})
    assert (found.missing, found.newest) == ((2,), 3)
    stand_in = dict(zip(COLUMNS, in_place_of(found, 2, told[1][:-1]), strict=True))
    assert {name: stand_in[name] for name in ("seq", "group_id", "at", "step", "subject", "after")} == {
        "seq": 2, "group_id": 2, "at": "t1", "step": "lost", "subject": "lost:2", "after": None
    }  # fmt: skip


def test_the_small_file_has_lines_of_all_kinds(small: Path) -> None:
    subjects = {row["subject"].partition(":")[0] for row in rows(small, "history")}
    assert subjects >= {"ledger", "entry", "note", "publication", "evidence", "notice"}
