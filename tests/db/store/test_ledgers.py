"""Beginning a ledger, joining the roster, handing over."""

import pytest

from db.errors import InvalidInputError, TaizhangError, UnknownNameError
from db.reads.entries import entries
from db.reads.ledgers import find_ledger, ledger, notices
from db.store.ledgers import begin_ledger, hand_over
from db.store.undo import undo
from tests.world import LEDGER, NOW, PLAN, TODAY, UNIT, World, later, rows


def begin(
    world: World,
    plan: str = PLAN,
    year: int = 2021,
    unit: str = UNIT,
    kind: str | None = None,
    officer: str | None = None,
) -> int:
    return begin_ledger(world.file, plan=plan, year=year, unit=unit, kind=kind, officer=officer, at=later(1))


@pytest.mark.parametrize(
    ("plan", "tasks"),
    [
        ("jiangmen-2021", 39),
        ("liupanshui-2020", 16),
        ("jiangmen-culture-2021", 33),
        ("hubei-2022", 28),
        ("jiading-2021", 32),
    ],
)
def test_a_ledger_has_an_entry_for_every_task_of_its_notice(plan: str, tasks: int, world: World) -> None:
    number = begin(world, plan, 2022, "全局")
    found = entries(world.file, number, TODAY)
    assert len(found) == tasks
    assert [row.position for row in found] == list(range(1, tasks + 1))
    assert {row.status for row in found} == {"not_started"}
    assert {row.applicability for row in found} == {"ours"}


def test_the_same_unit_year_and_notice_is_the_same_ledger(world: World) -> None:
    before = world.dump()
    assert begin(world) == LEDGER
    for written in (f" {UNIT}\n", "执法 监督科", "执法\u3000监督科"):
        assert begin(world, unit=written) == begin(world, unit=written, kind="科室") == LEDGER
    assert world.dump() == before
    assert begin(world, year=2022) == LEDGER + 1
    assert begin(world, unit="全局") == LEDGER + 2


def test_opening_with_another_officer_hands_the_ledger_over(world: World) -> None:
    assert begin(world, officer="乙") == LEDGER
    assert ledger(world.file, LEDGER).officer == "乙"
    (line,) = [line for line in world.history() if line["verb"] == "hand_over"]
    assert (line["officer"], line["ledger_id"], line["step"]) == ("甲", LEDGER, "hand_over")
    undo(world.file, LEDGER, later(2))
    assert ledger(world.file, LEDGER).officer == "甲"


@pytest.mark.parametrize("officer", [None, "", "甲", " 甲 "])
def test_opening_without_another_name_keeps_the_officer(officer: str | None, world: World) -> None:
    before = world.dump()
    begin(world, officer=officer)
    assert world.dump() == before


def test_a_unit_that_the_notice_does_not_name_joins_the_roster_with_its_kind(world: World) -> None:
    number = begin(world, unit="新闻 宣传科", kind="科室")
    (unit,) = rows(world.path, "unit", "name = '新闻 宣传科'")
    assert (unit["kind"], unit["origin"], unit["quote"]) == ("科室", "office", None)
    roster = [row["name"] for row in rows(world.path, "unit", "notice_id = ? ORDER BY position", unit["notice_id"])]
    assert roster[-1] == "新闻 宣传科"
    reached = [row for row in entries(world.file, number, TODAY) if row.applicability == "ours"]
    assert reached
    assert {row.through for row in reached} == {"group"}
    (plan,) = (row for row in notices(world.file) if row.plan == PLAN)
    (added,) = (row for row in plan.units if row.name == "新闻 宣传科")
    assert (added.added, added.tasks) == (True, len(reached))


def test_two_units_join_one_after_the_other(world: World) -> None:
    begin(world, unit="新设科", kind="科室")
    begin(world, unit="新设所", kind="所队")
    begin(world, year=2022, unit="新设科", kind="科室")
    added = rows(world.path, "unit", "origin = 'office' ORDER BY position")
    assert [row["name"] for row in added] == ["新设科", "新设所"]
    assert added[0]["position"] + 1 == added[1]["position"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"plan": "jiangmen-2022"}, "jiangmen-2021"),
        ({"plan": ""}, "hubei-2022"),
        ({"unit": "执法监督"}, "执法监督科"),
        ({"unit": "完全不同"}, "相近的有"),
        ({"unit": ""}, "单位名称"),
        ({"unit": "\u3000"}, "单位名称"),
        ({"unit": "长" * 61, "kind": "科室"}, "61"),
        ({"unit": "新设科", "kind": "处室"}, "单位类别"),
        ({"kind": "中心"}, "类别是“科室”"),
        ({"unit": UNIT, "kind": "中心"}, "类别是“科室”"),  # its ledger is there already
        ({"year": 2020}, "2020"),
        ({"year": 2042}, "2042"),
        ({"year": 21}, "年度"),
        ({"officer": "名" * 61}, "61"),
    ],
)
def test_what_cannot_be_a_ledger_is_refused(changed: dict[str, object], words: str, world: World) -> None:
    before = world.dump()
    given: dict[str, object] = {"plan": PLAN, "year": 2021, "unit": "综合规划科", "kind": None, "officer": None}
    with pytest.raises((InvalidInputError, UnknownNameError)) as caught:
        begin_ledger(world.file, **(given | changed), at=NOW)  # type: ignore[arg-type]
    assert words in str(caught.value)
    assert world.dump() == before


@pytest.mark.parametrize("year", [2021, 2041])
def test_an_old_notice_can_be_the_plan_for_twenty_more_years(year: int, world: World) -> None:
    number = begin(world, year=year, unit="综合规划科")
    assert ledger(world.file, number).year == year
    assert find_ledger(world.file, PLAN, year, "综合规划科") == ledger(world.file, number)


def test_a_ledger_is_handed_over_and_its_notes_keep_their_officer(world: World) -> None:
    hand_over(world.file, world.ledger, officer=" 乙 ", at=later(1))
    assert ledger(world.file, world.ledger).officer == "乙"
    hand_over(world.file, world.ledger, officer="", at=later(2))
    assert ledger(world.file, world.ledger).officer is None
    assert [line["officer"] for line in world.history() if line["verb"] == "hand_over"] == ["甲", "乙"]


def test_handing_over_to_the_same_officer_changes_nothing(world: World) -> None:
    before = world.dump()
    hand_over(world.file, world.ledger, officer="甲", at=later(1))
    assert world.dump() == before
    with pytest.raises(TaizhangError):
        hand_over(world.file, world.ledger, officer="名" * 61, at=later(1))
    assert world.dump() == before
