from collections.abc import Mapping

import pytest

from db.rules.notice import Responsibility, Scope
from db.rules.reach import Reach, is_responsible, members, reach, with_decision
from db.rules.words import WHOLE_BUREAU, Applicability, Role, Through, UnitKind

ROSTER: Mapping[str, UnitKind] = {
    "办公室": "科室",
    "执法监督科": "科室",
    "认证信息科": "科室",
    "信息中心": "中心",
    "执法支队": "所队",
    "计量检定所": "属下单位",
    "局政务公开领导小组办公室": "其他",
}
EVERY_OFFICE = Scope(kinds=("科室",))
NOT_REACHED = Reach(None, None, None, "not_ours")


def named(role: Role, name: str, through: Through = "name", listed: bool = True) -> Responsibility:
    return Responsibility(role, name, through, listed=listed)


def group(role: Role, phrase: str, scope: Scope, through: Through = "group") -> Responsibility:
    return Responsibility(role, phrase, through, scope)


@pytest.mark.parametrize(
    ("scope", "row", "taken"),
    [
        (EVERY_OFFICE, (), {"办公室", "执法监督科", "认证信息科"}),
        (Scope(kinds=("科室", "中心")), (), {"办公室", "执法监督科", "认证信息科", "信息中心"}),
        (Scope(kinds=("科室",), units=("执法支队",)), (), {"办公室", "执法监督科", "认证信息科", "执法支队"}),
        (Scope(units=("信息中心",)), (), {"信息中心"}),
        (Scope(kinds=("科室",), except_named=True), ("办公室",), {"执法监督科", "认证信息科"}),
        (Scope(kinds=("科室",)), ("办公室",), {"办公室", "执法监督科", "认证信息科"}),  # 各X leaves nobody out
        (Scope(kinds=("科室",), except_named=True), ("信息中心",), {"办公室", "执法监督科", "认证信息科"}),
        (Scope(units=("办公室", "信息中心"), except_named=True), ("办公室",), {"信息中心"}),
        (Scope(units=("新闻科",)), (), set()),  # not of the roster
        (Scope(), (), set()),
    ],
)
def test_a_group_phrase_takes_in_the_roster_units_of_its_kinds(
    scope: Scope, row: tuple[str, ...], taken: set[str]
) -> None:
    assert members(scope, ROSTER, row) == taken


def test_an_empty_roster_has_no_members() -> None:
    assert members(Scope(kinds=("科室",), units=("办公室",)), {}, ()) == frozenset()


@pytest.mark.parametrize(
    ("kind", "reached"),
    [("科室", True), ("中心", False), ("所队", False), ("属下单位", False), ("其他", False)],
)
def test_a_new_unit_joins_the_group_of_its_kind_and_no_other(kind: UnitKind, reached: bool) -> None:
    roster = dict(ROSTER) | {"新设机构": kind}
    offices = [group("responsible", "各科室", EVERY_OFFICE)]
    expected = Reach("responsible", "group", "各科室", "ours") if reached else NOT_REACHED
    assert reach(offices, "新设机构", roster) == expected
    everybody = [group("responsible", "各科室、中心、支队及属下单位、其他", Scope(kinds=(kind,)))]
    assert reach(everybody, "新设机构", roster).applicability == "ours"


@pytest.mark.parametrize(
    ("unit", "reached"),
    [("认证信息科", True), ("信息中心", False), ("信息", False), ("局政务公开领导小组办公室", False), ("办公室", True)],
)
def test_a_unit_is_not_mistaken_for_one_with_a_similar_name(unit: str, reached: bool) -> None:
    row = [named("lead", "认证信息科"), named("support", "办公室")]
    assert (reach(row, unit, ROSTER) != NOT_REACHED) is reached


SURE_AND_POSSIBLE = [
    # a name or a group phrase is ours
    ([named("lead", "执法监督科")], Reach("lead", "name", "执法监督科", "ours")),
    ([group("responsible", "各科室", EVERY_OFFICE)], Reach("responsible", "group", "各科室", "ours")),
    # 相关X and a blank cell are only possible, whatever they name
    (
        [group("lead", "各相关业务科室", EVERY_OFFICE, "related")],
        Reach("lead", "related", "各相关业务科室", "possible"),
    ),
    ([named("lead", "执法监督科", "inherited")], Reach("lead", "inherited", "执法监督科", "possible")),
    (
        [group("responsible", "各科室", EVERY_OFFICE, "inherited")],
        Reach("responsible", "inherited", "各科室", "possible"),
    ),
    ([named("support", "执法监督科", "related", False)], Reach("support", "related", "执法监督科", "possible")),
    # a sure way beats a stronger role that is only possible
    (
        [group("lead", "相关科室", EVERY_OFFICE, "related"), named("support", "执法监督科")],
        Reach("support", "name", "执法监督科", "ours"),
    ),
    # among the sure the strongest role wins, even through a group
    (
        [named("support", "执法监督科"), group("responsible", "各科室", EVERY_OFFICE)],
        Reach("responsible", "group", "各科室", "ours"),
    ),
    (
        [named("responsible", "执法监督科"), named("support", "执法监督科"), named("lead", "执法监督科")],
        Reach("lead", "name", "执法监督科", "ours"),
    ),
    # with equal roles the name comes before the group
    (
        [group("lead", "各科室", EVERY_OFFICE), named("lead", "执法监督科")],
        Reach("lead", "name", "执法监督科", "ours"),
    ),
    # and the first group phrase before the second
    (
        [group("lead", "局机关科室", EVERY_OFFICE), group("lead", "各科室", EVERY_OFFICE)],
        Reach("lead", "group", "局机关科室", "ours"),
    ),
    # among the possible the strongest role, then the phrase before the blank cell
    (
        [named("support", "执法监督科", "related"), group("lead", "各科室", EVERY_OFFICE, "inherited")],
        Reach("lead", "inherited", "各科室", "possible"),
    ),
    (
        [named("lead", "执法监督科", "inherited"), group("lead", "有关科室", EVERY_OFFICE, "related")],
        Reach("lead", "related", "有关科室", "possible"),
    ),
    # other units, other kinds, no unit at all
    ([named("lead", "办公室"), group("support", "各中心", Scope(kinds=("中心",)))], NOT_REACHED),
    ([group("responsible", "《公开目录》所列单位", Scope(), "related")], NOT_REACHED),
    ([], NOT_REACHED),
]


@pytest.mark.parametrize(("row", "expected"), SURE_AND_POSSIBLE)
def test_the_surest_then_the_strongest_way_to_a_unit_counts(row: list[Responsibility], expected: Reach) -> None:
    assert reach(row, "执法监督科", ROSTER) == expected


OTHERS = Scope(kinds=("科室",), except_named=True)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("办公室", Reach("lead", "name", "办公室", "ours")),  # named, so it is not one of the others
        ("执法监督科", Reach("support", "group", "其他科室", "ours")),
        ("信息中心", NOT_REACHED),
        ("认证信息科", Reach("support", "group", "其他科室", "ours")),  # only the body names it, the row does not
    ],
)
def test_the_other_units_are_those_that_the_row_does_not_name(unit: str, expected: Reach) -> None:
    row = [
        named("lead", "办公室"),
        group("support", "其他科室", OTHERS),
        named("lead", "认证信息科", "related", listed=False),
    ]
    assert reach(row, unit, ROSTER) == expected


def test_a_phrase_beside_it_does_not_empty_the_others() -> None:
    row = [group("lead", "各中心", Scope(kinds=("中心",))), group("support", "其他科室", OTHERS)]
    assert reach(row, "办公室", ROSTER) == Reach("support", "group", "其他科室", "ours")


@pytest.mark.parametrize("row", [[], [named("lead", "办公室")], [group("lead", "相关科室", EVERY_OFFICE, "related")]])
def test_the_whole_bureau_takes_every_task_without_a_role(row: list[Responsibility]) -> None:
    assert reach(row, WHOLE_BUREAU, ROSTER) == Reach(None, None, None, "ours")


def test_an_empty_roster_leaves_only_the_names() -> None:
    row = [named("lead", "办公室"), group("support", "各科室", EVERY_OFFICE)]
    assert reach(row, "办公室", {}) == Reach("lead", "name", "办公室", "ours")
    assert reach(row, "执法监督科", {}) == NOT_REACHED


@pytest.mark.parametrize(
    ("notice", "decision", "expected"),
    [
        ("possible", None, "possible"),
        ("possible", "ours", "ours"),
        ("possible", "not_ours", "not_ours"),
        ("ours", None, "ours"),
        ("not_ours", None, "not_ours"),
        ("not_ours", "ours", "ours"),  # a changed roster does not take away what the clerk has claimed
    ],
)
def test_the_clerks_word_stands_over_the_notice(
    notice: Applicability, decision: Applicability | None, expected: Applicability
) -> None:
    assert with_decision(Reach("lead", "related", "相关科室", notice), decision) == expected


@pytest.mark.parametrize(
    ("unit", "is_bound"),
    [
        ("登记注册科", True),
        ("应急科", True),
        ("执法支队", True),
        ("领导小组办公室", False),
        ("信息中心", False),
        ("全局", True),
    ],
)
def test_only_a_surely_responsible_unit_is_one_of_the_responsible_ones(unit: str, is_bound: bool) -> None:
    roster: dict[str, UnitKind] = {
        "登记注册科": "科室",
        "应急科": "科室",
        "执法支队": "所队",
        "领导小组办公室": "其他",
        "信息中心": "中心",
    }
    said = [
        Responsibility("lead", "领导小组办公室", "name"),
        Responsibility("lead", "登记注册科", "name"),
        Responsibility("responsible", "各科室、执法支队", "group", Scope(("科室",), ("执法支队",))),
        Responsibility("responsible", "相关中心", "related", Scope(("中心",))),
    ]
    assert is_responsible(said, unit, roster) is is_bound
