"""记事: what is kept, cleaned, changed and taken out."""

import pytest

from db.errors import InvalidInputError, UnknownNameError
from db.reads.entries import entries
from db.store.entries import settle
from db.store.ledgers import begin_ledger, hand_over
from db.store.notes import add_note, edit_note, remove_note
from tests.world import NOW, OFFICER, TODAY, World, later, rows

AT = "2021-11-22T09:30:00+08:00"


def test_a_note_keeps_its_moment_its_officer_and_every_line(world: World) -> None:
    (entry,) = world.ours(1)
    text = "与办公室联系。\n\n\t下周一前报送（初稿）。"
    note = add_note(world.file, world.ledger, entry, text=text, at=NOW)
    assert rows(world.path, "note") == [{"id": note, "entry_id": entry, "at": AT, "officer": OFFICER, "text": text}]
    (row,) = (row for row in entries(world.file, world.ledger, TODAY) if row.id == entry)
    assert [(each.id, each.at, each.officer, each.text) for each in row.notes] == [(note, AT, OFFICER, text)]


def test_the_first_note_makes_an_entry_in_progress_in_the_same_step(world: World) -> None:
    (entry,) = world.ours(1)
    add_note(world.file, world.ledger, entry, text="一", at=NOW)
    assert world.stored(entry)["status"] == "in_progress"
    lines = world.history()[-2:]
    assert [line["subject"].split(":")[0] for line in lines] == ["note", "entry"]
    assert lines[0]["group_id"] == lines[1]["group_id"]


def test_a_further_note_changes_no_status(world: World) -> None:
    first, second = world.ours(2)
    add_note(world.file, world.ledger, first, text="一", at=NOW)
    settle(world.file, world.ledger, [second], done_on=TODAY, today=TODAY, what_was_done=None, at=NOW)
    length = len(world.history())
    add_note(world.file, world.ledger, first, text="二", at=NOW)
    add_note(world.file, world.ledger, second, text="补记", at=NOW)
    assert [line["subject"].split(":")[0] for line in world.history()[length:]] == ["note", "note"]
    assert world.stored(second)["status"] == "done"


def test_a_note_is_cleaned_as_the_gate_says_and_nothing_is_cut(world: World) -> None:
    (entry,) = world.ours(1)
    add_note(world.file, world.ledger, entry, text=" \r\n甲\x07\u200b，ｅ\u0301\r\n", at=NOW)
    assert rows(world.path, "note")[0]["text"] == "甲，ｅ\u0301"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "记事是空的"),
        (" \n\u3000", "记事是空的"),
        ("\u200b", "记事是空的"),
        ("字" * 4001, "第 1 行太长"),
        (("字" * 3999 + "\n") * 6, "文字太长"),
    ],
)
def test_an_empty_or_too_long_note_is_refused_whole(text: str, words: str, world: World) -> None:
    before = world.dump()
    with pytest.raises(InvalidInputError, match=words):
        add_note(world.file, world.ledger, world.ours(1)[0], text=text, at=NOW)
    assert world.dump() == before


def test_the_longest_note_is_kept(world: World) -> None:
    text = "\n".join(["字" * 3999] * 5)
    add_note(world.file, world.ledger, world.ours(1)[0], text=text, at=NOW)
    assert rows(world.path, "note")[0]["text"] == text


def test_editing_keeps_moment_and_officer_and_the_former_text_in_the_history(world: World) -> None:
    note = add_note(world.file, world.ledger, world.ours(1)[0], text="初稿", at=NOW)
    hand_over(world.file, world.ledger, officer="乙", at=later(1))
    edit_note(world.file, world.ledger, note, text="定稿", at=later(2))
    (row,) = rows(world.path, "note")
    assert (row["text"], row["at"], row["officer"]) == ("定稿", AT, OFFICER)
    line = world.history()[-1]
    assert (line["before"]["text"], line["after"]["text"], line["officer"]) == ("初稿", "定稿", "乙")


def test_editing_to_the_same_text_writes_no_history(world: World) -> None:
    note = add_note(world.file, world.ledger, world.ours(1)[0], text="定稿", at=NOW)
    before = world.dump()
    edit_note(world.file, world.ledger, note, text="定稿\n", at=later(2))
    assert world.dump() == before


def test_a_removed_note_is_gone_from_the_entry_and_whole_in_the_history(world: World) -> None:
    (entry,) = world.ours(1)
    note = add_note(world.file, world.ledger, entry, text="写错了", at=NOW)
    remove_note(world.file, world.ledger, note, at=later(1))
    assert rows(world.path, "note") == []
    line = world.history()[-1]
    assert (line["subject"], line["before"]["text"], line["after"]) == (f"note:{note}", "写错了", None)


def test_a_note_that_is_not_of_this_ledger_is_neither_edited_nor_removed(world: World) -> None:
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    theirs = next(row["id"] for row in world.dump("entry")["entry"] if row["ledger_id"] == other)
    note = add_note(world.file, other, theirs, text="别科的", at=NOW)
    before = world.dump()
    for number in (note, 0, 10**6):
        with pytest.raises(UnknownNameError, match="记事"):
            edit_note(world.file, world.ledger, number, text="改", at=NOW)
        with pytest.raises(UnknownNameError, match="记事"):
            remove_note(world.file, world.ledger, number, at=NOW)
    with pytest.raises(UnknownNameError):
        add_note(world.file, world.ledger, theirs, text="写到别处", at=NOW)
    assert world.dump() == before
