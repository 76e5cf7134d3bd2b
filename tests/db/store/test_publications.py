"""公开记录: what is stored, what it does to its entry, and what is refused with nothing changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from db.errors import InvalidInputError, TaizhangError, UnknownNameError
from db.rules.publications import NewPublication
from db.store.entries import decide, mark_not_applicable, reopen, settle
from db.store.publications import add_publications, edit_publication, remove_publications
from db.store.undo import undo
from tests.db.store.samples import other_entry, publication, publications
from tests.world import NOW, TODAY, YESTERDAY, World, later, rows


def refused(world: World, kind: type[TaizhangError], call: Callable[[], object]) -> TaizhangError:
    before = world.dump()
    with pytest.raises(kind) as caught:
        call()
    assert world.dump() == before
    assert caught.value.hint
    return caught.value


def publish(world: World, *new: NewPublication) -> tuple[int, ...]:
    return add_publications(world.file, world.ledger, new, today=TODAY, at=later(1))


def test_several_are_stored_in_their_order_of_an_entry_and_of_the_unit(world: World) -> None:
    (entry,) = world.ours(1)
    bare = NewPublication(None, TODAY, "全局简报", "公众号", None, "图解")
    ids = publish(world, publication(entry, "甲"), bare)
    first, second = rows(world.path, "publication")
    assert (first["id"], second["id"]) == ids
    assert first == {
        "id": ids[0],
        "ledger_id": world.ledger,
        "entry_id": entry,
        "day": YESTERDAY.isoformat(),
        "title": "甲",
        "channel": "网站",
        "address": "https://example.invalid/1",
        "form": "文字",
    }
    assert (second["entry_id"], second["day"], second["address"]) == (None, TODAY.isoformat(), None)
    assert (second["channel"], second["form"]) == ("公众号", "图解")


def test_the_first_one_of_an_entry_makes_it_in_progress_and_undo_takes_both_back(world: World) -> None:
    one, two, three = world.ours(3)
    settle(world.file, world.ledger, [two], done_on=TODAY, today=TODAY, what_was_done=None, at=NOW)
    before = world.dump("entry", "publication")
    publish(world, publication(one, "甲"), publication(one, "乙"), publication(two, "丙"))
    assert [world.stored(entry)["status"] for entry in (one, two, three)] == ["in_progress", "done", "not_started"]
    undo(world.file, world.ledger, later(2))
    assert world.dump("entry", "publication") == before


def test_an_entry_that_is_reopened_with_a_publication_is_in_progress(world: World) -> None:
    (entry,) = world.ours(1)
    (number,) = publications(world, entry, "甲")
    settle(world.file, world.ledger, [entry], done_on=TODAY, today=TODAY, what_was_done=None, at=NOW)
    reopen(world.file, world.ledger, [entry], at=later(1))
    assert world.stored(entry)["status"] == "in_progress"
    remove_publications(world.file, world.ledger, [number], at=later(1))
    settle(world.file, world.ledger, [entry], done_on=TODAY, today=TODAY, what_was_done=None, at=later(2))
    reopen(world.file, world.ledger, [entry], at=later(3))
    assert world.stored(entry)["status"] == "not_started"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": ""}, "标题"),
        ({"title": "\u200b \n"}, "标题"),
        ({"title": "字" * 301}, "301"),
        ({"address": "h" * 501}, "501"),
        ({"day": TODAY + timedelta(days=1)}, "晚于今天"),
        ({"day": date(1999, 12, 31)}, "1999"),
        ({"channel": "微博"}, "公开渠道"),
        ({"form": ""}, "形式"),
    ],
)
def test_a_wrong_one_is_refused_and_named_among_several(values: dict[str, Any], why: str, world: World) -> None:
    (entry,) = world.ours(1)
    good = publication(entry)
    wrong = replace(good, **values)
    assert why in refused(world, InvalidInputError, lambda: publish(world, wrong)).message
    among = refused(world, InvalidInputError, lambda: publish(world, good, wrong, good)).message
    assert among.startswith("第 2 条：")
    assert why in among
    (number,) = publications(world, entry, "甲")
    refused(
        world,
        InvalidInputError,
        lambda: edit_publication(world.file, world.ledger, number, wrong, today=TODAY, at=later(1)),
    )


def test_a_text_at_its_limit_is_taken_whole_and_in_one_line(world: World) -> None:
    publish(world, replace(publication(None, " 标题\n两行 "), address="h" * 500))
    publish(world, replace(publication(None, "字" * 300), address=" \t"))
    first, second = rows(world.path, "publication")
    assert (first["title"], first["address"]) == ("标题 两行", "h" * 500)
    assert (second["title"], second["address"]) == ("字" * 300, None)


def test_nothing_and_what_is_not_here_is_refused(world: World) -> None:
    theirs = other_entry(world)
    (number,) = publications(world, None, "甲")
    assert "没有要保存" in refused(world, InvalidInputError, lambda: publish(world)).message
    for entry in (0, 10**6, theirs):
        refused(world, UnknownNameError, lambda entry=entry: publish(world, publication(entry)))  # type: ignore[misc]
    for ids in ([0], [number, 10**6]):
        refused(
            world,
            UnknownNameError,
            lambda ids=ids: remove_publications(world.file, world.ledger, ids, at=NOW),  # type: ignore[misc]
        )
    refused(world, InvalidInputError, lambda: remove_publications(world.file, world.ledger, [], at=NOW))
    refused(
        world,
        UnknownNameError,
        lambda: edit_publication(world.file, world.ledger, 10**6, publication(None), today=TODAY, at=NOW),
    )


def test_a_publication_of_another_ledger_is_neither_changed_nor_removed(world: World) -> None:
    theirs = other_entry(world)
    other = world.stored(theirs)["ledger_id"]
    (number,) = add_publications(world.file, other, [publication(theirs)], today=TODAY, at=NOW)
    refused(world, UnknownNameError, lambda: remove_publications(world.file, world.ledger, [number], at=NOW))
    refused(
        world,
        UnknownNameError,
        lambda: edit_publication(world.file, world.ledger, number, publication(None), today=TODAY, at=NOW),
    )


def test_what_is_not_ours_takes_no_publication(world: World) -> None:
    message = refused(world, InvalidInputError, lambda: publish(world, publication(world.first("not_ours")))).message
    assert "非本单位" in message
    (number,) = publications(world, None, "甲")
    moved = publication(world.first("not_ours"))
    refused(
        world,
        InvalidInputError,
        lambda: edit_publication(world.file, world.ledger, number, moved, today=TODAY, at=NOW),
    )


def test_the_words_of_one_whose_entry_was_decided_not_ours_can_still_be_mended(world: World) -> None:
    entry = world.first("possible")
    (number,) = publications(world, entry, "错字")
    decide(world.file, world.ledger, [entry], applicability="not_ours", at=NOW)
    edit_publication(world.file, world.ledger, number, publication(entry, "正字"), today=TODAY, at=later(1))
    assert rows(world.path, "publication")[0]["title"] == "正字"


def test_one_that_does_not_apply_may_have_publications_and_stays_so(world: World) -> None:
    (entry,) = world.ours(1)
    mark_not_applicable(world.file, world.ledger, [entry], reason="本年没有", at=NOW)
    publish(world, publication(entry))
    assert world.stored(entry)["status"] == "not_applicable"


def test_a_publication_moves_to_another_entry_and_to_the_unit(world: World) -> None:
    one, two = world.ours(2)
    (number,) = publications(world, one, "甲")
    edit_publication(world.file, world.ledger, number, publication(two, "甲"), today=TODAY, at=later(1))
    assert rows(world.path, "publication")[0]["entry_id"] == two
    assert world.stored(two)["status"] == "in_progress"
    edit_publication(world.file, world.ledger, number, publication(None, "甲"), today=TODAY, at=later(2))
    assert rows(world.path, "publication")[0]["entry_id"] is None
    # The history of the entry that it left tells that it left.
    assert world.history()[-1]["entry_id"] == two


def test_removing_the_same_twice_in_one_step_removes_it_once(world: World) -> None:
    one, two = publications(world, None, "甲", "乙")
    length = len(world.history())
    remove_publications(world.file, world.ledger, [one, two, one], at=later(1))
    assert rows(world.path, "publication") == []
    assert [line["verb"] for line in world.history()[length:]] == ["remove_publication"] * 2
