"""销账, 恢复, 推进中, 不适用, 本单位/非本单位, 调整时限: what is stored, and what is refused with nothing changed."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal

import pytest

from db.errors import InvalidInputError, TaizhangError, UnknownNameError
from db.store.entries import adjust_due, confirm_shift, decide, mark_not_applicable, reopen, settle, start
from db.store.ledgers import begin_ledger
from db.store.notes import add_note, remove_note
from db.store.own import add_own
from db.store.undo import undo
from tests.db.store.samples import attached, printed_year
from tests.world import NOW, TODAY, YESTERDAY, World, later, tamper

FRESH = {
    "status": "not_started",
    "done_on": None,
    "what_was_done": None,
    "reason": None,
    "decision": None,
    "adjusted_due": None,
    "adjusted_reason": None,
}


def work(world: World, entry: int) -> dict[str, Any]:
    """The clerk's columns of an entry."""
    return {name: world.stored(entry)[name] for name in FRESH}


def done(world: World, entries: Sequence[int], day: date = TODAY, text: str | None = None) -> None:
    settle(world.file, world.ledger, entries, done_on=day, today=TODAY, what_was_done=text, at=later(1))


def refused(world: World, kind: type[TaizhangError], call: Callable[[], object]) -> TaizhangError:
    """The refusal of a call that must leave every table as it was."""
    before = world.dump()
    with pytest.raises(kind) as caught:
        call()
    assert world.dump() == before
    assert caught.value.message
    assert caught.value.hint
    return caught.value


def test_a_new_ledger_has_nothing_of_the_clerks(world: World) -> None:
    assert all(work(world, entry.id) == FRESH for entry in world.entries().values())


# 销账


@pytest.mark.parametrize("day", [TODAY, YESTERDAY, date(2021, 1, 1), date(2000, 1, 1)])
def test_an_entry_is_settled_on_its_day(day: date, world: World) -> None:
    (entry,) = world.ours(1)
    done(world, [entry], day, "已在门户网站公开")
    assert work(world, entry) == FRESH | {
        "status": "done",
        "done_on": day.isoformat(),
        "what_was_done": "已在门户网站公开",
    }


@pytest.mark.parametrize("text", [None, "", "  ", "\n", "\u200b"])
def test_settling_needs_no_words(text: str | None, world: World) -> None:
    (entry,) = world.ours(1)
    done(world, [entry], text=text)
    assert work(world, entry) == FRESH | {"status": "done", "done_on": TODAY.isoformat()}


@pytest.mark.parametrize("days", [1, 30])
def test_nothing_is_settled_in_the_future(days: int, world: World) -> None:
    day = TODAY + timedelta(days=days)
    error = refused(world, InvalidInputError, lambda: done(world, world.ours(2), day))
    assert day.isoformat() in error.message
    assert TODAY.isoformat() in error.message


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(21, 11, 22), date(3000, 1, 1)])
def test_a_day_that_no_office_works_on_is_refused(day: date, world: World) -> None:
    (entry,) = world.ours(1)
    refused(
        world,
        InvalidInputError,
        lambda: settle(
            world.file, world.ledger, [entry], done_on=day, today=date(3000, 1, 2), what_was_done=None, at=NOW
        ),
    )


def test_settling_again_takes_the_new_day_and_text(world: World) -> None:
    (entry,) = world.ours(1)
    done(world, [entry], TODAY, "初稿")
    done(world, [entry], YESTERDAY, None)
    assert work(world, entry) == FRESH | {"status": "done", "done_on": YESTERDAY.isoformat()}


def test_settling_the_same_again_writes_no_history(world: World) -> None:
    (entry,) = world.ours(1)
    done(world, [entry], TODAY, "已报")
    before = world.dump()
    done(world, [entry], TODAY, " 已报 ")
    assert world.dump() == before


def test_several_are_settled_together_each_once(world: World) -> None:
    first, second, third = world.ours(3)
    length = len(world.history())
    done(world, [third, first, second, first])
    lines = world.history()[length:]
    assert [line["subject"] for line in lines] == [f"entry:{number}" for number in (third, first, second)]
    assert {line["after"]["status"] for line in lines} == {"done"}
    assert {line["before"]["status"] for line in lines} == {"not_started"}


def test_one_that_cannot_be_settled_keeps_the_others_from_it(world: World) -> None:
    first, second, third = world.ours(3)
    mark_not_applicable(world.file, world.ledger, [third], reason="本年没有", at=NOW)
    error = refused(world, InvalidInputError, lambda: done(world, [first, second, third]))
    assert "不适用" in error.message


def test_what_does_not_reach_the_unit_is_not_settled(world: World) -> None:
    error = refused(world, InvalidInputError, lambda: done(world, [world.first("not_ours")]))
    assert "非本单位" in error.message


def test_what_possibly_reaches_the_unit_can_be_settled(world: World) -> None:
    entry = world.first("possible")
    done(world, [entry])
    assert work(world, entry) == FRESH | {"status": "done", "done_on": TODAY.isoformat()}


def test_a_text_over_its_limit_is_refused_whole(world: World) -> None:
    (entry,) = world.ours(1)
    done(world, [entry], text="字" * 2000)
    assert work(world, entry)["what_was_done"] == "字" * 2000
    error = refused(world, InvalidInputError, lambda: done(world, [entry], text="字" * 2001))
    assert "2001" in error.message


@pytest.mark.parametrize(
    "call",
    [
        lambda world, entries: done(world, entries),
        lambda world, entries: reopen(world.file, world.ledger, entries, at=NOW),
        lambda world, entries: start(world.file, world.ledger, entries, at=NOW),
        lambda world, entries: mark_not_applicable(world.file, world.ledger, entries, reason="无", at=NOW),
        lambda world, entries: decide(world.file, world.ledger, entries, applicability="ours", at=NOW),
    ],
)
def test_no_entry_or_an_unknown_one_is_refused(call: Callable[[World, list[int]], None], world: World) -> None:
    elsewhere = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    other = next(row["id"] for row in world.dump("entry")["entry"] if row["ledger_id"] == elsewhere)
    assert "没有选中" in refused(world, InvalidInputError, lambda: call(world, [])).message
    for number in (0, -1, 10**6, other):
        wrong = [*world.ours(1), number]
        assert "不在这本台账" in refused(world, UnknownNameError, partial(call, world, wrong)).message


# 恢复


def test_reopening_what_was_done_makes_it_not_started(world: World) -> None:
    (entry,) = world.ours(1)
    done(world, [entry], text="已报")
    reopen(world.file, world.ledger, [entry], at=later(2))
    assert work(world, entry) == FRESH


def test_reopening_what_has_notes_makes_it_in_progress(world: World) -> None:
    (entry,) = world.ours(1)
    note = add_note(world.file, world.ledger, entry, text="联系过", at=NOW)
    done(world, [entry])
    reopen(world.file, world.ledger, [entry], at=later(2))
    assert work(world, entry) == FRESH | {"status": "in_progress"}
    remove_note(world.file, world.ledger, note, at=later(2))
    done(world, [entry])
    reopen(world.file, world.ledger, [entry], at=later(2))
    assert work(world, entry) == FRESH


def test_reopening_what_has_only_evidence_makes_it_in_progress(world: World) -> None:
    (entry,) = world.ours(1)
    attached(world, entry=entry)
    settle(world.file, world.ledger, [entry], done_on=TODAY, today=TODAY, what_was_done=None, at=NOW)
    reopen(world.file, world.ledger, [entry], at=later(1))
    assert world.stored(entry)["status"] == "in_progress"


def test_reopening_what_was_not_applicable_drops_its_reason(world: World) -> None:
    (entry,) = world.ours(1)
    mark_not_applicable(world.file, world.ledger, [entry], reason="本年没有", at=NOW)
    reopen(world.file, world.ledger, [entry], at=later(2))
    assert work(world, entry) == FRESH


@pytest.mark.parametrize("word", ["ours", "not_ours"])
def test_reopening_a_decided_entry_takes_the_word_back(word: Any, world: World) -> None:
    entry = world.first("possible")
    decide(world.file, world.ledger, [entry], applicability=word, at=NOW)
    reopen(world.file, world.ledger, [entry], at=later(2))
    assert work(world, entry) == FRESH


def test_reopening_takes_back_the_settling_before_the_decision(world: World) -> None:
    entry = world.first("possible")
    decide(world.file, world.ledger, [entry], applicability="ours", at=NOW)
    done(world, [entry])
    reopen(world.file, world.ledger, [entry], at=later(2))
    assert work(world, entry) == FRESH | {"decision": "ours"}
    reopen(world.file, world.ledger, [entry], at=later(3))
    assert work(world, entry) == FRESH


def test_reopening_keeps_an_adjusted_date(world: World) -> None:
    (entry,) = world.ours(1)
    adjust_due(world.file, world.ledger, entry, due=TODAY, reason="提前", at=NOW)
    done(world, [entry])
    reopen(world.file, world.ledger, [entry], at=later(2))
    assert work(world, entry) == FRESH | {"adjusted_due": TODAY.isoformat(), "adjusted_reason": "提前"}


def test_what_is_open_cannot_be_reopened_and_keeps_the_others_from_it(world: World) -> None:
    first, second, third = world.ours(3)
    done(world, [first])
    start(world.file, world.ledger, [third], at=NOW)
    for wrong in ([second], [third], [first, second]):
        error = refused(world, InvalidInputError, partial(reopen, world.file, world.ledger, wrong, at=NOW))
        assert "无需恢复" in error.message


# 推进中 and 不适用


def test_work_begins(world: World) -> None:
    first, second = world.ours(2)
    start(world.file, world.ledger, [first, second], at=NOW)
    assert work(world, first) == work(world, second) == FRESH | {"status": "in_progress"}
    before = world.dump()
    start(world.file, world.ledger, [first], at=NOW)
    assert world.dump() == before


def test_not_applicable_bears_its_reason(world: World) -> None:
    first, second = world.ours(2)
    start(world.file, world.ledger, [second], at=NOW)
    mark_not_applicable(world.file, world.ledger, [first, second], reason=" 本年没有重大决策 ", at=NOW)
    expected = FRESH | {"status": "not_applicable", "reason": "本年没有重大决策"}
    assert work(world, first) == work(world, second) == expected
    mark_not_applicable(world.file, world.ledger, [first], reason="另一个理由", at=NOW)
    assert work(world, first)["reason"] == "另一个理由"


@pytest.mark.parametrize("reason", ["", " ", "\u3000\n", "\u200b\ufeff", "字" * 501])
def test_a_reason_is_some_words_and_not_too_many(reason: str, world: World) -> None:
    (entry,) = world.ours(1)
    for call in (
        lambda: mark_not_applicable(world.file, world.ledger, [entry], reason=reason, at=NOW),
        lambda: adjust_due(world.file, world.ledger, entry, due=TODAY, reason=reason, at=NOW),
        lambda: add_own(world.file, world.ledger, requirement="补报", due=None, reason=reason, at=NOW),
    ):
        refused(world, InvalidInputError, call)


def test_what_is_settled_must_be_reopened_first(world: World) -> None:
    (entry,) = world.ours(1)
    done(world, [entry])
    for call in (
        lambda: start(world.file, world.ledger, [entry], at=NOW),
        lambda: mark_not_applicable(world.file, world.ledger, [entry], reason="不用办", at=NOW),
    ):
        assert "已办结" in refused(world, InvalidInputError, call).message


def test_what_does_not_apply_is_not_started(world: World) -> None:
    (entry,) = world.ours(1)
    mark_not_applicable(world.file, world.ledger, [entry], reason="无", at=NOW)
    refused(world, InvalidInputError, lambda: start(world.file, world.ledger, [entry], at=NOW))


def test_what_does_not_reach_the_unit_is_neither_started_nor_adjusted_nor_marked(world: World) -> None:
    entry = world.first("not_ours")
    for call in (
        lambda: start(world.file, world.ledger, [entry], at=NOW),
        lambda: mark_not_applicable(world.file, world.ledger, [entry], reason="无", at=NOW),
        lambda: adjust_due(world.file, world.ledger, entry, due=TODAY, reason="提前", at=NOW),
    ):
        assert "非本单位" in refused(world, InvalidInputError, call).message


# 本单位/非本单位


@pytest.mark.parametrize("word", ["ours", "not_ours"])
def test_the_clerk_decides_what_the_notice_leaves_open(word: Any, world: World) -> None:
    entry = world.first("possible")
    decide(world.file, world.ledger, [entry], applicability=word, at=NOW)
    assert work(world, entry) == FRESH | {"decision": word}
    row = next(row for row in world.entries().values() if row.id == entry)
    assert (row.applicability, row.decided) == (word, True)


def test_the_clerk_may_decide_again(world: World) -> None:
    entry = world.first("possible")
    decide(world.file, world.ledger, [entry], applicability="not_ours", at=NOW)
    decide(world.file, world.ledger, [entry], applicability="ours", at=NOW)
    assert work(world, entry) == FRESH | {"decision": "ours"}


@pytest.mark.parametrize("applicability", ["ours", "not_ours"])
def test_what_the_notice_says_is_not_for_the_clerk_to_decide(applicability: str, world: World) -> None:
    wrong = [world.first("possible"), world.first(applicability)]
    words: tuple[Literal["ours", "not_ours"], ...] = ("ours", "not_ours")
    for word in words:
        error = refused(
            world,
            InvalidInputError,
            partial(decide, world.file, world.ledger, wrong, applicability=word, at=NOW),
        )
        assert "待确认" in error.message


def test_an_own_task_is_always_ours(world: World) -> None:
    own = add_own(world.file, world.ledger, requirement="补报", due=None, reason="电话", at=NOW)
    refused(world, InvalidInputError, lambda: decide(world.file, world.ledger, [own], applicability="not_ours", at=NOW))


def test_what_is_settled_is_not_given_away(world: World) -> None:
    entry = world.first("possible")
    done(world, [entry])
    refused(
        world, InvalidInputError, lambda: decide(world.file, world.ledger, [entry], applicability="not_ours", at=NOW)
    )


def test_nothing_is_settled_that_was_decided_not_ours(world: World) -> None:
    entry = world.first("possible")
    decide(world.file, world.ledger, [entry], applicability="not_ours", at=NOW)
    refused(world, InvalidInputError, lambda: done(world, [entry]))


# 调整时限


def test_an_adjusted_date_stands_beside_the_notices(world: World) -> None:
    (entry,) = world.ours(1)
    before = next(row for row in world.entries().values() if row.id == entry)
    adjust_due(world.file, world.ledger, entry, due=date(2022, 3, 1), reason="局长同意", at=NOW)
    row = next(row for row in world.entries().values() if row.id == entry)
    assert row.deadline.due == before.deadline.due
    assert row.deadline.adjusted is not None
    assert (row.deadline.adjusted.due, row.deadline.adjusted.reason) == (date(2022, 3, 1), "局长同意")
    assert row.deadline.effective == date(2022, 3, 1)
    assert row.countdown is not None
    assert row.countdown.days == (date(2022, 3, 1) - TODAY).days


def test_an_adjustment_is_taken_back(world: World) -> None:
    (entry,) = world.ours(1)
    adjust_due(world.file, world.ledger, entry, due=TODAY, reason="提前", at=NOW)
    adjust_due(world.file, world.ledger, entry, due=None, reason="", at=NOW)
    assert work(world, entry) == FRESH


def test_an_adjustment_that_is_not_there_is_not_taken_back(world: World) -> None:
    (entry,) = world.ours(1)
    error = refused(
        world,
        InvalidInputError,
        lambda: adjust_due(world.file, world.ledger, entry, due=None, reason="", at=NOW),
    )
    assert "没有调整过" in error.message


@pytest.mark.parametrize("due", [date(1999, 12, 31), date(3000, 1, 1)])
def test_a_date_that_no_office_works_to_is_refused(due: date, world: World) -> None:
    (entry,) = world.ours(1)
    refused(
        world,
        InvalidInputError,
        lambda: adjust_due(world.file, world.ledger, entry, due=due, reason="提前", at=NOW),
    )


@pytest.mark.parametrize(("text", "stored"), [("a\ud800b", "ab"), ("\udcff", None)])
def test_what_cannot_be_stored_does_not_pass_the_gate(text: str, stored: str | None, world: World) -> None:
    (entry,) = world.ours(1)
    done(world, [entry], text=text)
    assert work(world, entry)["what_was_done"] == stored


# 确认换算日期


def test_a_date_that_prints_another_year_is_confirmed_once(world: World) -> None:
    entry = printed_year(world)
    assert world.stored(entry)["shift_confirmed"] == 0
    confirm_shift(world.file, world.ledger, [entry], at=later(1))
    assert world.stored(entry)["shift_confirmed"] == 1
    message = refused(
        world, InvalidInputError, lambda: confirm_shift(world.file, world.ledger, [entry], at=later(2))
    ).message
    assert "不需要确认" in message
    undo(world.file, world.ledger, later(3))
    assert world.stored(entry)["shift_confirmed"] == 0


def test_a_day_that_the_ledgers_year_has_not_is_confirmed(world: World) -> None:
    entry = printed_year(world)
    task = world.stored(entry)["task_id"]
    tamper(world.path, "UPDATE deadline SET text = '2月29日前', month = 2, day = 29 WHERE task_id = ?", task)
    confirm_shift(world.file, world.ledger, [entry], at=later(1))
    assert world.stored(entry)["shift_confirmed"] == 1


def test_one_that_needs_no_word_keeps_the_others_from_it(world: World) -> None:
    waiting = printed_year(world)
    plain = next(row.id for row in world.entries().values() if row.deadline.recurrence is not None)
    own = add_own(world.file, world.ledger, requirement="补报", due=TODAY, reason="电话", at=NOW)
    for other in (plain, own):
        refused(
            world, InvalidInputError, partial(confirm_shift, world.file, world.ledger, [waiting, other], at=later(1))
        )


def test_in_the_notices_own_year_nothing_waits(world: World) -> None:
    entry = printed_year(world)
    tamper(world.path, "UPDATE notice SET year = 2021 WHERE plan = 'jiangmen-2021'")
    refused(world, InvalidInputError, lambda: confirm_shift(world.file, world.ledger, [entry], at=later(1)))
    refused(world, InvalidInputError, lambda: confirm_shift(world.file, world.ledger, [], at=later(1)))
    refused(world, UnknownNameError, lambda: confirm_shift(world.file, world.ledger, [10**6], at=later(1)))
