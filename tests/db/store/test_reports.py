"""报送: handed in, taken back, added by the clerk; what is refused changes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from db.errors import InvalidInputError, TaizhangError, UnknownNameError
from db.store.ledgers import begin_ledger
from db.store.reports import add_report, edit_report, hand_in, remove_report, take_back_report
from tests.db.store.samples import REPORT, own_report
from tests.world import NOW, TODAY, YESTERDAY, World, later, rows

GOOD: dict[str, Any] = {"what": "半年报告", "to": "市政府", "due": date(2022, 1, 31), "reason": "条例第四十九条"}


def handed(world: World, what: str = REPORT, on: date = TODAY, remark: str | None = None) -> None:
    hand_in(world.file, world.ledger, what=what, on=on, remark=remark, today=TODAY, at=later(1))


def refused(world: World, kind: type[TaizhangError], call: Callable[[], object]) -> TaizhangError:
    before = world.dump()
    with pytest.raises(kind) as caught:
        call()
    assert world.dump() == before
    assert caught.value.hint
    return caught.value


def test_a_report_of_the_notice_is_handed_in_and_known_by_its_words(world: World) -> None:
    handed(world, on=YESTERDAY, remark=" 已签收 ")
    assert rows(world.path, "report_state") == [
        {
            "id": 1,
            "ledger_id": world.ledger,
            "what": REPORT,
            "source": "notice",
            "recipient": None,
            "due": None,
            "reason": None,
            "handed_in_on": YESTERDAY.isoformat(),
            "remark": "已签收",
        }
    ]


def test_handing_in_again_takes_the_new_day_and_remark(world: World) -> None:
    handed(world, on=YESTERDAY, remark="初稿")
    handed(world, on=TODAY)
    (row,) = rows(world.path, "report_state")
    assert (row["handed_in_on"], row["remark"]) == (TODAY.isoformat(), None)


def test_taking_back_leaves_nothing_of_the_notices_and_the_duty_of_an_added_one(world: World) -> None:
    own_report(world)
    for what in (REPORT, "年度报告"):
        handed(world, what, remark="已签收")
        take_back_report(world.file, world.ledger, what=what, at=later(2))
    (row,) = rows(world.path, "report_state")
    assert (row["what"], row["handed_in_on"], row["remark"], row["reason"]) == ("年度报告", None, None, "条例")


@pytest.mark.parametrize("what", [REPORT, "年度报告", "没有这个"])
def test_what_was_not_handed_in_is_not_taken_back(what: str, world: World) -> None:
    own_report(world)
    message = refused(
        world, InvalidInputError, lambda: take_back_report(world.file, world.ledger, what=what, at=NOW)
    ).message
    assert "还没有报送" in message


@pytest.mark.parametrize(
    "what", ["", "没有这个", f"{REPORT} ", "《2022年省市场监管局政务公开工作重点任务分解表》落实情况"]
)
def test_a_report_that_this_ledger_does_not_know_is_not_handed_in(what: str, world: World) -> None:
    refused(world, UnknownNameError, lambda: handed(world, what))


def test_nothing_is_handed_in_in_the_future_or_with_too_long_a_remark(world: World) -> None:
    message = refused(world, InvalidInputError, lambda: handed(world, on=TODAY + timedelta(days=1))).message
    assert "晚于今天" in message
    refused(world, InvalidInputError, lambda: handed(world, on=date(1999, 1, 1)))
    refused(world, InvalidInputError, lambda: handed(world, remark="字" * 501))


@pytest.mark.parametrize("source", ["statute", "office"])
def test_a_report_that_the_clerk_adds_bears_recipient_day_and_reason(source: Any, world: World) -> None:
    number = add_report(world.file, world.ledger, **GOOD, source=source, at=later(1))
    (row,) = rows(world.path, "report_state")
    assert row == {
        "id": number,
        "ledger_id": world.ledger,
        "what": "半年报告",
        "source": source,
        "recipient": "市政府",
        "due": "2022-01-31",
        "reason": "条例第四十九条",
        "handed_in_on": None,
        "remark": None,
    }


def test_changing_an_added_report_keeps_that_it_was_handed_in(world: World) -> None:
    number = own_report(world)
    handed(world, "年度报告", remark="已签收")
    edit_report(world.file, world.ledger, number, **GOOD, at=later(2))
    (row,) = rows(world.path, "report_state")
    assert (row["what"], row["recipient"], row["due"], row["reason"]) == (
        "半年报告",
        "市政府",
        "2022-01-31",
        "条例第四十九条",
    )
    assert (row["source"], row["handed_in_on"], row["remark"]) == ("office", TODAY.isoformat(), "已签收")
    remove_report(world.file, world.ledger, number, at=later(3))
    assert rows(world.path, "report_state") == []


@pytest.mark.parametrize(
    "values",
    [
        {"what": ""},
        {"what": "字" * 201},
        {"to": " \n"},
        {"due": date(1999, 12, 31)},
        {"due": None},
        {"reason": "\u200b"},
        {"reason": "字" * 501},
    ],
)
def test_an_incomplete_report_is_refused(values: dict[str, Any], world: World) -> None:
    number = own_report(world)
    file, ledger = world.file, world.ledger
    refused(world, InvalidInputError, partial(add_report, file, ledger, **(GOOD | values), source="office", at=NOW))
    refused(world, InvalidInputError, partial(edit_report, file, ledger, number, **(GOOD | values), at=NOW))


@pytest.mark.parametrize("source", ["notice", "law"])
def test_what_the_notice_asks_is_not_added_by_hand(source: Any, world: World) -> None:
    refused(world, InvalidInputError, lambda: add_report(world.file, world.ledger, **GOOD, source=source, at=NOW))


@pytest.mark.parametrize("what", [REPORT, "年度报告", " 年度 报告"])
def test_the_words_of_a_report_stand_once(what: str, world: World) -> None:
    own_report(world)
    second = own_report(world, "另一份")
    values = GOOD | {"what": what}
    file, ledger = world.file, world.ledger
    message = refused(
        world, InvalidInputError, partial(add_report, file, ledger, **values, source="office", at=NOW)
    ).message
    assert "已有" in message
    refused(world, InvalidInputError, partial(edit_report, file, ledger, second, **values, at=NOW))
    edit_report(file, ledger, second, **(GOOD | {"what": "另一份"}), at=NOW)


def test_the_notices_own_and_those_of_other_ledgers_are_neither_changed_nor_removed(world: World) -> None:
    handed(world)
    (state,) = rows(world.path, "report_state")
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    theirs = add_report(world.file, other, **GOOD, source="office", at=NOW)
    file, ledger = world.file, world.ledger
    for number, kind in ((state["id"], InvalidInputError), (theirs, UnknownNameError), (0, UnknownNameError)):
        refused(world, kind, partial(edit_report, file, ledger, number, **GOOD, at=NOW))
        refused(world, kind, partial(remove_report, file, ledger, number, at=NOW))
    refused(world, UnknownNameError, lambda: handed(world, "半年报告"))
