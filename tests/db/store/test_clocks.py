"""计时 and the register of applications: what is stored, and what is refused with nothing changed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from db.errors import DamagedError, InvalidInputError, TaizhangError, UnknownNameError
from db.reads.clocks import clocks
from db.rules.rows import ClockRuleRow
from db.store.clocks import (
    close_clock,
    edit_clock,
    extend_clock,
    move_stage,
    pause_clock,
    remove_clock,
    reopen_clock,
    resume_clock,
    start_clock,
)
from db.store.days import correct_rule
from tests.db.store.samples import ANSWER, BEGUN, FILING, FIRST_REPLY, OPINIONS, clock, other_entry
from tests.world import NOW, TODAY, YESTERDAY, Row, World, later, rows, tamper

TOMORROW = TODAY + timedelta(days=1)
BEFORE_BEGUN = BEGUN - timedelta(days=1)


def refused(world: World, kind: type[TaizhangError], call: Callable[[], object]) -> TaizhangError:
    before = world.dump()
    with pytest.raises(kind) as caught:
        call()
    assert world.dump() == before
    assert caught.value.hint
    return caught.value


def stored(world: World, number: int) -> Row:
    """A clock's row, its lists as values."""
    (row,) = rows(world.path, "clock", "id = ?", number)
    return row | {name: json.loads(row[name] or "null") for name in ("pauses", "extensions", "stages")}


def pause(world: World, number: int, on: date, anew: bool = False, reason: str = "补正") -> None:
    pause_clock(world.file, world.ledger, number, on=on, anew=anew, reason=reason, today=TODAY, at=later(1))


def resume(world: World, number: int, on: date) -> None:
    resume_clock(world.file, world.ledger, number, on=on, today=TODAY, at=later(1))


def extend(world: World, number: int, days: int, on: date = TODAY, reason: str = "经批准") -> None:
    extend_clock(world.file, world.ledger, number, days=days, reason=reason, on=on, today=TODAY, at=later(1))


def close(world: World, number: int, on: date = TODAY, outcome: str | None = None) -> None:
    close_clock(world.file, world.ledger, number, on=on, outcome=outcome, today=TODAY, at=later(1))


def move(world: World, number: int, stage: Any, on: date = TODAY) -> None:
    move_stage(world.file, world.ledger, number, stage=stage, on=on, today=TODAY, at=later(1))


def edit(world: World, number: int, start: date = BEGUN, entry: int | None = None, subject: str = "改名") -> None:
    edit_clock(world.file, world.ledger, number, subject=subject, start=start, entry=entry, today=TODAY, at=later(1))


# Starting


def test_a_clock_keeps_a_copy_of_its_rule_whatever_becomes_of_it(world: World) -> None:
    (entry,) = world.ours(1)
    number = clock(world, entry=entry, subject=" 张某申请\n公开 ")
    correct_rule(world.file, key="answer", days=15, day_kind="calendar", may_extend=None, at=later(1))
    assert stored(world, number) == {
        "id": number,
        "ledger_id": world.ledger,
        "entry_id": entry,
        "subject": "张某申请 公开",
        "source": "statute",
        "article": "第三十三条",
        "days": 20,
        "day_kind": "workday",
        "direction": "after",
        "bound": "max",
        "trigger": "收到申请",
        "action": "答复",
        "quote": "自收到申请之日起20个工作日内予以答复",
        "may_extend": 20,
        "start_day": BEGUN.isoformat(),
        "pauses": [],
        "extensions": [],
        "stages": [{"stage": "registered", "on": BEGUN.isoformat()}],
        "closed_on": None,
        "outcome": None,
    }


@pytest.mark.parametrize("rule", [FIRST_REPLY, OPINIONS, FILING])
def test_a_clock_of_another_rule_is_no_line_of_the_register(rule: ClockRuleRow, world: World) -> None:
    assert stored(world, clock(world, rule))["stages"] is None


def test_an_event_of_the_future_starts_only_a_clock_that_runs_backwards(world: World) -> None:
    clock(world, FILING, start=date(2022, 3, 1))
    clock(world, FIRST_REPLY, start=TODAY)
    for rule in (ANSWER, FIRST_REPLY, OPINIONS):
        message = refused(world, InvalidInputError, partial(clock, world, rule, start=TOMORROW)).message
        assert "晚于今天" in message


@pytest.mark.parametrize(
    "values", [{"subject": ""}, {"subject": "\u200b"}, {"subject": "字" * 201}, {"start": date(1999, 12, 31)}]
)
def test_what_a_clock_is_about_is_some_words_and_not_too_many(values: dict[str, Any], world: World) -> None:
    number = clock(world)
    refused(world, InvalidInputError, partial(clock, world, **values))
    refused(world, InvalidInputError, partial(edit, world, number, **values))


@pytest.mark.parametrize(
    "values",
    [
        *({"days": 0}, {"days": 1000}, {"trigger": " "}, {"action": ""}, {"quote": ""}),
        *({"article": None}, {"article": ""}, {"source": "notice"}),
    ],
)
def test_no_clock_is_started_by_half_a_rule(values: dict[str, Any], world: World) -> None:
    refused(world, InvalidInputError, partial(clock, world, replace(ANSWER, **values)))


def test_a_clock_is_of_an_entry_that_is_ours_and_here(world: World) -> None:
    number = clock(world)
    for entry, kind in (
        (world.first("not_ours"), InvalidInputError),
        (other_entry(world), UnknownNameError),
        (10**6, UnknownNameError),
    ):
        refused(world, kind, partial(clock, world, entry=entry))
        refused(world, kind, partial(edit, world, number, entry=entry))


def test_starting_a_clock_leaves_its_entry_as_it_is(world: World) -> None:
    (entry,) = world.ours(1)
    before = world.stored(entry)
    clock(world, entry=entry)
    assert world.stored(entry) == before


# Editing


def test_the_start_of_a_clock_moves_with_its_first_stage(world: World) -> None:
    number = clock(world)
    move(world, number, "reviewed", date(2021, 11, 10))
    (entry,) = world.ours(1)
    edit(world, number, date(2021, 11, 10), entry)
    row = stored(world, number)
    assert (row["subject"], row["start_day"], row["entry_id"]) == ("改名", "2021-11-10", entry)
    assert row["stages"] == [{"stage": "registered", "on": "2021-11-10"}, {"stage": "reviewed", "on": "2021-11-10"}]


@pytest.mark.parametrize(
    "happens",
    [
        lambda world, number: move(world, number, "handling", date(2021, 11, 10)),
        lambda world, number: pause(world, number, date(2021, 11, 10)),
        lambda world, number: extend(world, number, 5, date(2021, 11, 10)),
        lambda world, number: close(world, number, date(2021, 11, 10)),
    ],
)
def test_a_clock_does_not_come_to_start_after_what_happened_to_it(
    happens: Callable[[World, int], None], world: World
) -> None:
    number = clock(world)
    happens(world, number)
    message = refused(world, InvalidInputError, lambda: edit(world, number, date(2021, 11, 11))).message
    assert "2021-11-10" in message
    edit(world, number, date(2021, 11, 10))
    edit(world, number, BEFORE_BEGUN)
    refused(world, InvalidInputError, lambda: edit(world, number, TOMORROW))


def test_the_event_of_a_backwards_clock_moves_freely(world: World) -> None:
    number = clock(world, FILING, start=date(2021, 12, 1))
    edit(world, number, date(2022, 1, 5))
    close(world, number)
    edit(world, number, date(2021, 11, 1))
    assert stored(world, number)["start_day"] == "2021-11-01"


# Pausing and resuming


def test_a_clock_is_paused_and_resumed_more_than_once(world: World) -> None:
    number = clock(world)
    pause(world, number, date(2021, 11, 9), anew=True)
    resume(world, number, date(2021, 11, 11))
    pause(world, number, date(2021, 11, 11), reason="征求第三方意见")
    assert stored(world, number)["pauses"] == [
        {"from": "2021-11-09", "to": "2021-11-11", "anew": True, "reason": "补正"},
        {"from": "2021-11-11", "to": None, "anew": False, "reason": "征求第三方意见"},
    ]
    resume(world, number, date(2021, 11, 11))
    assert stored(world, number)["pauses"][1]["to"] == "2021-11-11"


def test_a_pause_lies_between_the_start_and_today_and_after_the_pause_before(world: World) -> None:
    number = clock(world)
    refused(world, InvalidInputError, lambda: pause(world, number, BEFORE_BEGUN))
    refused(world, InvalidInputError, lambda: pause(world, number, TOMORROW))
    refused(world, InvalidInputError, lambda: pause(world, number, YESTERDAY, reason=" "))
    refused(world, InvalidInputError, lambda: pause(world, number, YESTERDAY, reason="字" * 501))
    assert "没有暂停" in refused(world, InvalidInputError, lambda: resume(world, number, TODAY)).message
    pause(world, number, date(2021, 11, 10))
    assert "已经暂停" in refused(world, InvalidInputError, lambda: pause(world, number, TODAY)).message
    refused(world, InvalidInputError, lambda: resume(world, number, date(2021, 11, 9)))
    refused(world, InvalidInputError, lambda: resume(world, number, TOMORROW))
    resume(world, number, date(2021, 11, 12))
    refused(world, InvalidInputError, lambda: pause(world, number, date(2021, 11, 11)))
    assert "没有暂停" in refused(world, InvalidInputError, lambda: resume(world, number, TODAY)).message


def test_a_backwards_clock_is_neither_paused_nor_extended(world: World) -> None:
    number = clock(world, FILING)
    assert "倒着数" in refused(world, InvalidInputError, lambda: pause(world, number, TODAY)).message
    assert "倒着数" in refused(world, InvalidInputError, lambda: extend(world, number, 1)).message


# Extending


def test_extensions_add_up_to_what_the_rule_lets_and_not_a_day_more(world: World) -> None:
    number = clock(world)
    extend(world, number, 15)
    for days in (6, 20):
        message = refused(world, InvalidInputError, partial(extend, world, number, days)).message
        assert "最多延长 20 个工作日，已延长 15" in message
    extend(world, number, 5, YESTERDAY)
    assert stored(world, number)["extensions"] == [
        {"on": TODAY.isoformat(), "days": 15, "reason": "经批准"},
        {"on": YESTERDAY.isoformat(), "days": 5, "reason": "经批准"},
    ]
    refused(world, InvalidInputError, lambda: extend(world, number, 1))


def test_a_limit_of_the_statute_that_says_nothing_of_it_is_not_extended(world: World) -> None:
    number = clock(world, replace(ANSWER, article="第三十条", may_extend=None, registers=False))
    error = refused(world, InvalidInputError, lambda: extend(world, number, 1))
    assert "第三十条" in error.message


def test_a_rule_of_the_notice_lets_any_extension(world: World) -> None:
    number = clock(world, FIRST_REPLY)
    extend(world, number, 999)
    extend(world, number, 999)
    assert len(stored(world, number)["extensions"]) == 2


@pytest.mark.parametrize(
    "values",
    [
        *({"days": 0}, {"days": -5}, {"days": 1000}, {"on": TOMORROW}, {"on": BEFORE_BEGUN}),
        *({"reason": ""}, {"reason": "字" * 501}),
    ],
)
def test_a_wrong_extension_is_refused(values: dict[str, Any], world: World) -> None:
    number = clock(world, FIRST_REPLY)
    refused(world, InvalidInputError, partial(extend, world, number, **({"days": 1} | values)))


# Closing and taking up again


def test_closing_ends_a_pause_on_that_day_and_keeps_the_outcome(world: World) -> None:
    number = clock(world)
    pause(world, number, date(2021, 11, 10))
    close(world, number, YESTERDAY, " 申请人撤回 ")
    row = stored(world, number)
    assert (row["closed_on"], row["outcome"]) == (YESTERDAY.isoformat(), "申请人撤回")
    assert row["pauses"][0]["to"] == YESTERDAY.isoformat()


@pytest.mark.parametrize("on", [TOMORROW, BEFORE_BEGUN, date(1999, 1, 1)])
def test_a_clock_is_not_closed_before_it_began_nor_in_the_future(on: date, world: World) -> None:
    refused(world, InvalidInputError, partial(close, world, clock(world), on))


def test_a_clock_is_not_closed_before_what_happened_to_it(world: World) -> None:
    number = clock(world)
    pause(world, number, date(2021, 11, 10))
    refused(world, InvalidInputError, lambda: close(world, number, date(2021, 11, 9)))
    resume(world, number, date(2021, 11, 12))
    refused(world, InvalidInputError, lambda: close(world, number, date(2021, 11, 11)))
    extend(world, number, 1, date(2021, 11, 15))
    refused(world, InvalidInputError, lambda: close(world, number, date(2021, 11, 14)))
    move(world, number, "reviewed", date(2021, 11, 16))
    refused(world, InvalidInputError, lambda: close(world, number, date(2021, 11, 15)))
    close(world, number, date(2021, 11, 16))


def test_a_backwards_clock_is_closed_on_any_day_that_has_come(world: World) -> None:
    number = clock(world, FILING, start=date(2021, 12, 20))
    close(world, number, date(2021, 11, 1))
    assert stored(world, number)["closed_on"] == "2021-11-01"


@pytest.mark.parametrize(
    ("start", "needs_words"),
    [(TODAY - timedelta(days=29), True), (TODAY - timedelta(days=30), False), (TODAY - timedelta(days=31), False)],
)
def test_a_minimum_that_is_cut_short_needs_words_that_say_why(start: date, needs_words: bool, world: World) -> None:
    number = clock(world, OPINIONS, start=start)
    if needs_words:
        for outcome in (None, " \n"):
            message = refused(world, InvalidInputError, partial(close, world, number, TODAY, outcome)).message
            assert "不足期限" in message
            assert TOMORROW.isoformat() in message
        close(world, number, TODAY, "情况紧急，经批准提前截止")
    else:
        close(world, number, TODAY)
    assert stored(world, number)["closed_on"] == TODAY.isoformat()


def test_the_days_of_a_pause_do_not_fill_a_minimum(world: World) -> None:
    number = clock(world, OPINIONS, start=TODAY - timedelta(days=40))
    pause(world, number, TODAY - timedelta(days=20))
    refused(world, InvalidInputError, lambda: close(world, number))
    resume(world, number, TODAY - timedelta(days=10))
    close(world, number)


def test_what_is_closed_is_left_alone_until_it_is_taken_up_again(world: World) -> None:
    number = clock(world)
    close(world, number, YESTERDAY)
    for call in (
        lambda: pause(world, number, TODAY),
        lambda: resume(world, number, TODAY),
        lambda: extend(world, number, 1),
        lambda: close(world, number),
        lambda: move(world, number, "reviewed"),
    ):
        assert "了结" in refused(world, InvalidInputError, call).message
    reopen_clock(world.file, world.ledger, number, at=later(2))
    pause(world, number, TODAY)


def test_taking_up_again_drops_day_and_outcome_and_only_for_what_is_closed(world: World) -> None:
    number = clock(world, FIRST_REPLY)
    before = stored(world, number)
    again = partial(reopen_clock, world.file, world.ledger, number, at=later(2))
    assert "无需恢复" in refused(world, InvalidInputError, again).message
    close(world, number, outcome="已回复")
    again()
    assert stored(world, number) == before


# The register of applications


def test_an_application_goes_through_its_stages_and_the_answer_closes_it(world: World) -> None:
    number = clock(world)
    move(world, number, "reviewed", date(2021, 11, 9))
    move(world, number, "handling", date(2021, 11, 9))
    assert stored(world, number)["closed_on"] is None
    pause(world, number, date(2021, 11, 12))
    move(world, number, "answered", date(2021, 11, 18))
    row = stored(world, number)
    assert (row["closed_on"], row["pauses"][0]["to"], row["outcome"]) == ("2021-11-18", "2021-11-18", None)
    move(world, number, "archived", YESTERDAY)
    row = stored(world, number)
    assert row["closed_on"] == "2021-11-18"
    assert [reached["stage"] for reached in row["stages"]] == [
        *("registered", "reviewed", "handling", "answered", "archived")
    ]


def test_stages_may_be_skipped_but_not_gone_back(world: World) -> None:
    number = clock(world)
    move(world, number, "handling")
    for stage in ("registered", "reviewed", "handling"):
        message = refused(world, InvalidInputError, partial(move, world, number, stage)).message
        assert "已经登记到“办理”" in message
    other = clock(world)
    move(world, other, "answered")
    refused(world, InvalidInputError, lambda: move(world, other, "answered"))
    refused(world, InvalidInputError, lambda: move(world, other, "nonsense"))


def test_nothing_is_archived_that_was_not_answered(world: World) -> None:
    number = clock(world)
    assert "还没有答复" in refused(world, InvalidInputError, lambda: move(world, number, "archived")).message
    move(world, number, "handling")
    close(world, number, outcome="申请人撤回")
    assert "还没有答复" in refused(world, InvalidInputError, lambda: move(world, number, "archived")).message


def test_a_stage_is_not_before_the_one_before_nor_in_the_future(world: World) -> None:
    number = clock(world)
    refused(world, InvalidInputError, lambda: move(world, number, "reviewed", BEFORE_BEGUN))
    refused(world, InvalidInputError, lambda: move(world, number, "reviewed", TOMORROW))
    move(world, number, "reviewed", date(2021, 11, 10))
    refused(world, InvalidInputError, lambda: move(world, number, "answered", date(2021, 11, 9)))
    pause(world, number, date(2021, 11, 15))
    refused(world, InvalidInputError, lambda: move(world, number, "answered", date(2021, 11, 14)))
    move(world, number, "answered", date(2021, 11, 15))
    refused(world, InvalidInputError, lambda: move(world, number, "archived", date(2021, 11, 14)))


def test_an_application_that_is_taken_up_again_is_not_answered_any_more(world: World) -> None:
    number = clock(world)
    move(world, number, "handling", date(2021, 11, 10))
    move(world, number, "answered", YESTERDAY)
    move(world, number, "archived")
    reopen_clock(world.file, world.ledger, number, at=later(2))
    row = stored(world, number)
    assert [reached["stage"] for reached in row["stages"]] == ["registered", "handling"]
    assert row["closed_on"] is None
    move(world, number, "answered")


def test_a_clock_that_is_no_application_has_no_stages(world: World) -> None:
    number = clock(world, FIRST_REPLY)
    assert "不是公开申请" in refused(world, InvalidInputError, lambda: move(world, number, "reviewed")).message


# Of this ledger


def test_a_clock_of_another_ledger_is_not_found(world: World) -> None:
    other = world.stored(other_entry(world))["ledger_id"]
    theirs = start_clock(world.file, other, rule=ANSWER, subject="别科的", start=BEGUN, entry=None, today=TODAY, at=NOW)
    for number in (theirs, 0):
        for call in (
            partial(edit, world, number),
            partial(pause, world, number, TODAY),
            partial(resume, world, number, TODAY),
            partial(extend, world, number, 1),
            partial(close, world, number),
            partial(reopen_clock, world.file, world.ledger, number, at=NOW),
            partial(move, world, number, "reviewed"),
            partial(remove_clock, world.file, world.ledger, number, at=NOW),
        ):
            refused(world, UnknownNameError, call)


@pytest.mark.parametrize("column", ["pauses", "extensions"])
def test_a_clock_whose_lists_are_damaged_is_not_changed_and_the_file_is_called_damaged(
    column: str, world: World
) -> None:
    number = clock(world, OPINIONS)
    tamper(world.path, f"UPDATE clock SET {column} = '[{{]' WHERE id = ?", number)
    refused(world, DamagedError, lambda: close(world, number))


def test_a_limit_that_leads_out_of_the_calendar_is_a_damaged_file(world: World) -> None:
    number = clock(world, OPINIONS)
    extension = '[{"on":"2021-11-09","days":9999999999,"reason":"x"}]'
    tamper(world.path, "UPDATE clock SET extensions = ? WHERE id = ?", extension, number)
    refused(world, DamagedError, lambda: close(world, number))
    with pytest.raises(DamagedError):
        clocks(world.file, world.ledger, TODAY)
