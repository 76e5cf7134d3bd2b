"""The board as JSON: every group in its order, a line with its countdown, its quota and what was missed."""

import json
from dataclasses import replace
from typing import Any

from db.export.board_json import as_dict
from db.export.json_form import json_text
from db.rules.board import GROUPS, Board, board
from db.rules.calendar import WorkCalendar
from tests.db.export.conftest import SHEET, TODAY
from tests.db.export.worked import WORKED

CALENDAR = WorkCalendar()


def shape(made: Board) -> Any:
    return json.loads(json_text(as_dict(made, WORKED)))


def test_the_groups_stand_in_their_order_even_without_lines() -> None:
    found = shape(Board(TODAY, ()))
    assert list(found) == ["ledger", "today", "groups"]
    assert found["ledger"]["unit"] == "执法监督科"
    assert found["today"] == "2026-11-22"
    assert [(group["key"], group["name"], group["lines"]) for group in found["groups"]] == [
        (key, name, []) for key, name in GROUPS
    ]


def test_a_line_carries_its_countdown_and_only_its_own_kind_of_more() -> None:
    entries = tuple(replace(entry, status="in_progress", done_on=None) for entry in WORKED.entries)
    today = replace(WORKED, entries=entries)
    found = shape(board(today, CALENDAR))
    lines = [line for group in found["groups"] for line in group["lines"]]
    assert {tuple(line) for line in lines} == {
        ("kind", "number", "text", "due", "countdown", "quota", "missed"),
    }
    (missed,) = [line for line in lines if line["missed"]]
    assert (missed["kind"], missed["number"]) == ("occurrence", "1")
    assert missed["missed"] == [{"start": "2026-04-01", "end": "2026-06-30"}]
    short = [line for line in lines if line["quota"]]
    assert [(line["quota"]["period"], line["quota"]["missing"]) for line in short] == [("item", 1), ("year", 3)]
    assert all(list(line["quota"])[-2:] == ["quote", "missing"] for line in short)
    paused = next(line for line in lines if line["text"].startswith("某公司的申请"))
    assert (paused["kind"], paused["due"], paused["countdown"]) == ("clock", None, None)


def test_nothing_raw_reaches_the_terminal() -> None:
    bad = replace(SHEET.reports[0], what="a\x1b[31m\u202e")
    text = json_text(as_dict(board(replace(SHEET, reports=(bad,)), CALENDAR), SHEET))
    assert not {"\x1b", "\u202e"} & set(text)
    assert "a\\u001b[31m\\u202e" in text
