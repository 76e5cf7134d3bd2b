"""佐证: what is attached, to what, what it does to the entry, and what is refused with nothing changed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from db.engine import engine_of
from db.errors import InvalidInputError, NotSavedError, TaizhangError, UnknownNameError
from db.file import LedgerFile
from db.reads.evidence import contents, evidence, evidence_limit, folder, stored
from db.reads.history import history
from db.rules.evidence import MEGABYTE, MOST_MB
from db.rules.limits import ADDRESS_LIMIT, CAPTION_LIMIT
from db.store.change import group
from db.store.entries import decide, mark_not_applicable, settle
from db.store.evidence import attach, attach_address, detach, edit_evidence, remember_folder, set_evidence_limit
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.own import add_own, remove_own
from db.store.publications import edit_publication, remove_publications
from db.store.undo import redo, undo
from tests.db.store.samples import Paper, attached, linked, other_entry, paper, publication, publications
from tests.db.store.test_publications import refused
from tests.world import NOW, TODAY, YESTERDAY, World, later, replayed, rows, standing, tamper

TOMORROW = TODAY + timedelta(days=1)
KEPT = ("content", "piece")


def put(world: World, *papers: Paper, **more: Any) -> tuple[int, ...]:
    given: dict[str, Any] = {"entry": None, "publication": None, "caption": None, "day": None, **more}
    return attach(world.file, world.ledger, papers, **given, today=TODAY, at=later(1)).ids


def link(world: World, address: str, **more: Any) -> int:
    given: dict[str, Any] = {"entry": None, "publication": None, "caption": None, "day": None, **more}
    return attach_address(world.file, world.ledger, address, **given, today=TODAY, at=later(1))


def test_files_are_stored_in_their_order_with_all_that_was_said(world: World) -> None:
    (entry,) = world.ours(1)
    one, two = paper("一.pdf", 30), paper("二.pdf", 40)
    ids = put(world, one, two, entry=entry, caption="  会议\n照片 ", day=YESTERDAY)
    first, second = rows(world.path, "evidence")
    assert (first["id"], second["id"]) == ids
    (content,) = rows(world.path, "content", "sha256 = ?", first["sha256"])
    assert content["size"] == 30
    assert b"".join(contents(world.file)(first["sha256"])) == one.payload
    assert first == {
        "id": ids[0],
        "ledger_id": world.ledger,
        "entry_id": entry,
        "publication_id": None,
        "name": "一.pdf",
        "sha256": first["sha256"],
        "address": None,
        "caption": "会议 照片",
        "day": YESTERDAY.isoformat(),
        "added_at": later(1).isoformat(),
        "modified_at": one.modified_at,
    }
    assert (second["name"], second["caption"], second["day"]) == ("二.pdf", "会议 照片", YESTERDAY.isoformat())


def test_the_first_of_an_entry_makes_it_in_progress_and_undo_takes_both_back(world: World) -> None:
    one, two, three = world.ours(3)
    settle(world.file, world.ledger, [two], done_on=TODAY, today=TODAY, what_was_done=None, at=NOW)
    before = world.dump("entry", "evidence")
    put(world, paper(), entry=one)
    link(world, "https://example.invalid/", entry=two)
    assert [world.stored(entry)["status"] for entry in (one, two, three)] == ["in_progress", "done", "not_started"]
    undo(world.file, world.ledger, later(2))
    undo(world.file, world.ledger, later(2))
    assert world.dump("entry", "evidence") == before


@pytest.mark.parametrize("of_unit", [False, True])
def test_what_is_attached_to_a_publication_counts_for_its_entry(of_unit: bool, world: World) -> None:
    (entry,) = world.ours(1)
    (number,) = publications(world, None if of_unit else entry, "甲")
    tamper(world.path, "UPDATE entry SET status = 'not_started' WHERE id = ?", entry)
    put(world, paper(), publication=number)
    assert world.stored(entry)["status"] == ("not_started" if of_unit else "in_progress")
    (row,) = evidence(world.file, world.ledger)
    assert (row.entry, row.publication, row.of_entry) == (None, number, None if of_unit else entry)
    shown = [line.subject for line in history(world.file, world.ledger, entry)]
    assert (f"evidence:{row.id}" in shown) is not of_unit


def test_evidence_goes_with_its_publication_to_another_entry(world: World) -> None:
    one, two = world.ours(2)
    (number,) = publications(world, one, "甲")
    attached(world, publication=number)
    edit_publication(world.file, world.ledger, number, publication(two, "甲"), today=TODAY, at=later(1))
    assert [row.of_entry for row in evidence(world.file, world.ledger)] == [two]
    assert {row.id: row.evidence for row in world.entries().values() if row.evidence} == {two: 1}


def test_the_undo_of_attaching_leaves_the_content_and_redo_finds_it(world: World) -> None:
    (entry,) = world.ours(1)
    ids = put(world, paper(size=2_500_000), entry=entry)
    kept = world.dump(*KEPT)
    assert len(kept["piece"]) == 3
    undo(world.file, world.ledger, later(2))
    assert evidence(world.file, world.ledger) == ()
    assert world.dump(*KEPT) == kept
    world.reopen()
    redo(world.file, world.ledger, later(3))
    (row,) = evidence(world.file, world.ledger)
    assert (row.id, row.size) == (ids[0], 2_500_000)
    assert row.sha256
    assert b"".join(contents(world.file)(row.sha256)) == paper(size=2_500_000).payload


def test_what_is_detached_keeps_its_content_and_comes_back_with_undo(world: World) -> None:
    one, two = world.ours(2)
    numbers = [*attached(world, paper("一"), paper("二"), entry=one), linked(world, entry=two)]
    before, kept = world.dump("evidence"), world.dump(*KEPT)
    detach(world.file, world.ledger, [numbers[2], numbers[0], numbers[2]], at=later(1))
    assert [row.id for row in evidence(world.file, world.ledger)] == [numbers[1]]
    assert world.dump(*KEPT) == kept
    undo(world.file, world.ledger, later(2))
    assert world.dump("evidence") == before


def test_removed_publications_take_their_evidence_along_and_undo_brings_both_back(world: World) -> None:
    (entry,) = world.ours(1)
    one, two = publications(world, entry, "甲", "乙")
    attached(world, publication=one)
    linked(world, publication=one)
    (other,) = attached(world, publication=two)
    (own,) = attached(world, entry=entry)
    before = world.dump("publication", "evidence")
    remove_publications(world.file, world.ledger, [one], at=later(1))
    assert {row.id for row in evidence(world.file, world.ledger)} == {other, own}
    undo(world.file, world.ledger, later(2))
    assert world.dump("publication", "evidence") == before
    assert replayed(world.path) == standing(world.path)


def test_a_removed_own_task_loses_its_evidence_and_its_publications_keep_theirs(world: World) -> None:
    own = add_own(world.file, world.ledger, requirement="补报", due=None, reason="电话", at=NOW)
    (number,) = publications(world, own, "甲")
    (kept,) = attached(world, publication=number)
    attached(world, entry=own)
    before = world.dump("entry", "publication", "evidence")
    remove_own(world.file, world.ledger, own, at=later(1))
    assert [(row.id, row.of_entry) for row in evidence(world.file, world.ledger)] == [(kept, None)]
    undo(world.file, world.ledger, later(2))
    assert world.dump("entry", "publication", "evidence") == before


def test_a_note_and_its_evidence_can_be_one_step(world: World) -> None:
    (entry,) = world.ours(1)
    before = world.dump("entry", "note", "evidence")
    with group(world.file, world.ledger, "attach", later(1)):
        add_note(world.file, world.ledger, entry, text="已开会", at=later(1))
        put(world, paper(), entry=entry)
    assert len(rows(world.path, "evidence")) == len(rows(world.path, "note")) == 1
    undo(world.file, world.ledger, later(2))
    assert world.dump("entry", "note", "evidence") == before


@pytest.mark.parametrize(
    ("address", "caption", "stored_address", "name"),
    [
        ("https://example.invalid/1", None, "https://example.invalid/1", "https://example.invalid/1"),
        ("  HTTP://example.invalid\n", "公告页", "HTTP://example.invalid", "公告页"),
        ("https://example.invalid/公开?页=1#二", "", "https://example.invalid/公开?页=1#二", None),
        ("\u200bhttps://[::1]:8080/", None, "https://[::1]:8080/", None),
        ("https://h/" + "长" * (ADDRESS_LIMIT - 10), None, None, "https://h/" + "长" * 245),
    ],
)
def test_an_address_is_kept_and_called_by_its_caption_or_by_itself(
    address: str, caption: str | None, stored_address: str | None, name: str | None, world: World
) -> None:
    (entry,) = world.ours(1)
    number = link(world, address, entry=entry, caption=caption, day=TODAY)
    (row,) = rows(world.path, "evidence")
    stored_address = stored_address or address
    assert (row["id"], row["address"], row["name"]) == (number, stored_address, name or stored_address)
    assert (row["sha256"], row["modified_at"], row["day"]) == (None, None, TODAY.isoformat())
    (shown,) = evidence(world.file, world.ledger)
    assert shown.is_link
    assert shown.size is None


@pytest.mark.parametrize(
    "address",
    [
        *("", "   ", "example.invalid", "ftp://example.invalid/", "file:///etc/passwd", "javascript:alert(1)"),
        *("https://", "https:///x", "http:example.invalid", "https://[::1", "https：//example.invalid"),
        *("https://example.invalid/a b", "https://example.invalid/\n2", "https://a.invalid\thttps://b.invalid"),
        *("https://example.invalid/\x1b[31m", "https://example.invalid/\x00", "https://example.invalid/　x"),
        "https://h/" + "长" * (ADDRESS_LIMIT - 9),
    ],
)
def test_what_is_no_web_address_is_refused(address: str, world: World) -> None:
    (entry,) = world.ours(1)
    refused(world, InvalidInputError, lambda: link(world, address, entry=entry))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"day": TOMORROW}, "晚于今天"),
        ({"day": date(1999, 12, 31)}, "不像是办公用的日期"),
        ({"caption": "字" * (CAPTION_LIMIT + 1)}, "文字太长"),
        ({"entry": None}, "二者选一"),
        ({"publication": 1}, "二者选一"),
    ],
)
@pytest.mark.parametrize("of_file", [True, False])
def test_what_is_said_wrongly_is_refused(of_file: bool, more: dict[str, Any], said: str, world: World) -> None:
    (entry,) = world.ours(1)
    given = {"entry": entry, **more}

    def call() -> object:
        return put(world, paper(), **given) if of_file else link(world, "https://example.invalid/", **given)

    assert said in refused(world, InvalidInputError, call).message


def test_today_and_the_longest_caption_are_taken(world: World) -> None:
    (entry,) = world.ours(1)
    put(world, paper(), entry=entry, day=TODAY, caption="字" * CAPTION_LIMIT)
    (row,) = evidence(world.file, world.ledger)
    assert (row.day, row.caption) == (TODAY, "字" * CAPTION_LIMIT)


def elsewhere(world: World) -> tuple[int, int, int]:
    """An entry, a publication and a piece of evidence of another ledger of the file."""
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    entry = next(row["id"] for row in rows(world.path, "entry") if row["ledger_id"] == other)
    there = World(world.path, world.file, other)
    (number,) = publications(there, entry, "别科的")
    return entry, number, linked(there, publication=number)


@pytest.mark.parametrize("of_file", [True, False])
@pytest.mark.parametrize(
    "target", [{"entry": 0}, {"publication": 1}, {"entry": None, "publication": 999}, {"entry": 999_999}]
)
def test_things_of_another_ledger_or_of_none_are_refused(of_file: bool, target: dict[str, Any], world: World) -> None:
    entry, number, _ = elsewhere(world)
    given = dict(target)
    if target == {"entry": 0}:
        given["entry"] = entry
    if target == {"publication": 1}:
        given["publication"] = number

    def call() -> object:
        return put(world, paper(), **given) if of_file else link(world, "https://example.invalid/", **given)

    refused(world, UnknownNameError, call)


@pytest.mark.parametrize("number", ["other", 999])
def test_evidence_of_another_ledger_is_neither_changed_nor_detached(number: Any, world: World) -> None:
    *_, theirs = elsewhere(world)
    (mine,) = attached(world, entry=world.ours(1)[0])
    chosen = theirs if number == "other" else number
    refused(world, UnknownNameError, lambda: detach(world.file, world.ledger, [mine, chosen], at=later(1)))
    refused(
        world,
        UnknownNameError,
        lambda: edit_evidence(world.file, world.ledger, chosen, caption="x", day=None, today=TODAY, at=later(1)),
    )


@pytest.mark.parametrize("through_publication", [False, True])
def test_nothing_is_attached_to_what_is_not_ours(through_publication: bool, world: World) -> None:
    entry = world.first("possible")
    decide(world.file, world.ledger, [entry], applicability="ours", at=NOW)
    (number,) = publications(world, entry, "甲")
    decide(world.file, world.ledger, [entry], applicability="not_ours", at=NOW)
    target = {"publication": number} if through_publication else {"entry": entry}
    error = refused(world, InvalidInputError, lambda: put(world, paper(), **target))
    assert "非本单位的事项不能附佐证" in error.message
    refused(world, InvalidInputError, lambda: link(world, "https://example.invalid/", **target))


def test_evidence_may_be_attached_to_what_does_not_apply(world: World) -> None:
    (entry,) = world.ours(1)
    mark_not_applicable(world.file, world.ledger, [entry], reason="本年无此事项", at=NOW)
    put(world, paper("上级批复.pdf"), entry=entry)
    assert world.stored(entry)["status"] == "not_applicable"


@pytest.mark.parametrize(
    "call",
    [
        lambda world: put(world, entry=world.ours(1)[0]),
        lambda world: detach(world.file, world.ledger, [], at=later(1)),
    ],
)
def test_nothing_chosen_is_refused(call: Callable[[World], object], world: World) -> None:
    refused(world, InvalidInputError, lambda: call(world))


def test_the_same_file_twice_at_one_place_is_refused_and_the_others_with_it(world: World) -> None:
    one, two = world.ours(2)
    (number,) = publications(world, one, "甲")
    put(world, paper("一.pdf"), entry=one)
    error = refused(world, InvalidInputError, lambda: put(world, paper("二.pdf"), paper("一.pdf"), entry=one))
    assert "一.pdf" in error.message
    assert "已附过" in error.message
    error = refused(world, InvalidInputError, lambda: put(world, paper("三.pdf"), paper("三.pdf"), entry=one))
    assert "三.pdf 选了两次" in error.message
    assert "已附过" not in error.message
    link(world, "https://example.invalid/1", entry=one)
    error = refused(world, InvalidInputError, lambda: link(world, "https://example.invalid/1", entry=one))
    assert "已附过" in error.message
    # Another place, another content under the name, another name for the content: all of these are something else.
    put(world, paper("一.pdf"), entry=two)
    put(world, paper("一.pdf"), publication=number)
    put(world, paper("一.pdf", 21), Paper("改名.pdf", paper("一.pdf").payload), entry=one)
    link(world, "https://example.invalid/1", entry=two)
    assert len(rows(world.path, "evidence")) == 7


def test_what_was_detached_may_be_attached_again(world: World) -> None:
    (entry,) = world.ours(1)
    detach(world.file, world.ledger, put(world, paper(), entry=entry), at=later(1))
    put(world, paper(), entry=entry)
    assert stored(world.file).files == 1


@pytest.mark.parametrize("name", ["", " \n", "\u200b", "\x07"])
def test_a_file_without_a_name_that_can_be_shown_is_refused(name: str, world: World) -> None:
    (entry,) = world.ours(1)
    refused(world, InvalidInputError, lambda: put(world, Paper(name, b"x"), entry=entry))


def test_a_name_is_cleaned_as_every_text(world: World) -> None:
    (entry,) = world.ours(1)
    put(world, Paper("甲\u202efdp.exe\n", b"x"), entry=entry)
    assert [row.name for row in evidence(world.file, world.ledger)] == ["甲fdp.exe"]


def test_what_is_said_of_evidence_is_changed_and_undone(world: World) -> None:
    (entry,) = world.ours(1)
    (number,) = put(world, paper(), entry=entry, caption="旧", day=YESTERDAY)
    address = link(world, "https://example.invalid/1", entry=entry, caption="旧")
    before = world.dump("evidence")
    for one in (number, address):
        edit_evidence(world.file, world.ledger, one, caption="新", day=TODAY, today=TODAY, at=later(2))
    file_row, link_row = evidence(world.file, world.ledger)
    assert (file_row.name, file_row.caption, file_row.day) == ("截图.png", "新", TODAY)
    assert (link_row.name, link_row.caption) == ("新", "新")
    edit_evidence(world.file, world.ledger, address, caption=" ", day=None, today=TODAY, at=later(3))
    assert rows(world.path, "evidence")[1]["name"] == "https://example.invalid/1"
    for _ in range(3):
        undo(world.file, world.ledger, later(4))
    assert world.dump("evidence") == before


@pytest.mark.parametrize("more", [{"day": TOMORROW}, {"caption": "字" * (CAPTION_LIMIT + 1)}])
def test_a_wrong_change_of_what_is_said_is_refused(more: dict[str, Any], world: World) -> None:
    (number,) = attached(world, entry=world.ours(1)[0])
    given = {"caption": None, "day": None, **more}
    refused(
        world,
        InvalidInputError,
        lambda: edit_evidence(world.file, world.ledger, number, **given, today=TODAY, at=later(1)),
    )


def test_a_change_that_changes_nothing_writes_no_history(world: World) -> None:
    (number,) = put(world, paper(), entry=world.ours(1)[0], caption="旧")
    before = world.dump()
    edit_evidence(world.file, world.ledger, number, caption="旧 ", day=None, today=TODAY, at=later(2))
    set_evidence_limit(world.file, 50, at=later(2))
    former = world.dump()
    set_evidence_limit(world.file, 50, at=later(3))
    assert world.dump() == former
    assert former["evidence"] == before["evidence"]
    assert len(former["history"]) == len(before["history"]) + 1


@pytest.mark.parametrize("megabytes", [1, 2, MOST_MB])
def test_the_limit_is_the_offices(megabytes: int, world: World) -> None:
    assert evidence_limit(world.file) == 50 * MEGABYTE
    set_evidence_limit(world.file, megabytes, at=NOW)
    assert evidence_limit(world.file) == megabytes * MEGABYTE
    line = world.history()[-1]
    assert (line["subject"], line["ledger_id"]) == ("setting:evidence_limit_mb", None)


@pytest.mark.parametrize("megabytes", [0, -1, MOST_MB + 1, True, "50"])
def test_a_limit_out_of_bounds_is_refused(megabytes: Any, world: World) -> None:
    error = refused(world, InvalidInputError, lambda: set_evidence_limit(world.file, megabytes, at=NOW))
    assert "1 到 2000" in error.message


def test_a_file_over_the_limit_is_refused_before_it_is_read(world: World) -> None:
    (entry,) = world.ours(1)
    set_evidence_limit(world.file, 1, at=NOW)
    put(world, paper("正好.pdf", MEGABYTE), entry=entry)

    class Unread(Paper):
        def pieces(self) -> Any:
            raise AssertionError("it was read")

    error = refused(
        world, InvalidInputError, lambda: put(world, Unread("多一字节.pdf", bytes(MEGABYTE + 1)), entry=entry)
    )
    assert "1,048,577 字节" in error.message
    assert "1 MB" in error.message
    assert "空文件" in refused(world, InvalidInputError, lambda: put(world, Unread("空.txt", b""), entry=entry)).message
    theirs = other_entry(world)
    refused(world, UnknownNameError, lambda: put(world, Unread("甲.txt", b"x"), entry=theirs))


def test_a_disk_that_fills_up_in_the_middle_of_a_file_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (entry,) = world.ours(1)
    size = world.path.stat().st_size
    before = world.dump()
    real = LedgerFile.connect_for_writing

    def nearly_full(file: LedgerFile) -> Any:
        connection = real(file)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 500}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(LedgerFile, "connect_for_writing", nearly_full)
        engine_of.cache_clear()
        with pytest.raises(NotSavedError, match="磁盘已满"):
            put(world, paper(size=5_000_000), entry=entry)
    engine_of.cache_clear()
    assert world.dump() == before
    assert world.path.stat().st_size == size


def test_folders_are_remembered_by_their_use_and_leave_no_history(world: World) -> None:
    before = world.history()
    assert (folder(world.file, "evidence"), folder(world.file, "export")) == (None, None)
    remember_folder(world.file, "evidence", "/甲/照片")
    remember_folder(world.file, "export", "/乙")
    remember_folder(world.file, "export", "/丙")
    world.reopen()
    assert (folder(world.file, "evidence"), folder(world.file, "export")) == ("/甲/照片", "/丙")
    # A name of undecodable bytes is no text: the file that was attached from there must not end in an error.
    remember_folder(world.file, "evidence", "/甲/\udcff")
    assert folder(world.file, "evidence") == "/甲/照片"
    assert world.history() == before


def test_what_is_refused_is_one_of_our_errors_and_says_what_to_do(world: World) -> None:
    (entry,) = world.ours(1)
    error = refused(world, TaizhangError, lambda: put(world, paper(), entry=entry, publication=1))
    assert error.exit_code == 3
