"""What the clerk of a unit sees: ours and possible, counted from the notices by hand."""

import pytest

from db.rules.notice import NoticeDraft
from db.rules.reach import reach
from tests.seeds.shelf import NUMBERS, draft, task


def tasks_of(notice: NoticeDraft, unit: str, applicability: str) -> list[str]:
    roster = {one.name: one.kind for one in notice.units}
    return [
        row.number for row in notice.tasks if reach(row.responsibilities, unit, roster).applicability == applicability
    ]


LIUPANSHUI_OURS = {
    "登记注册科": 15,
    "应急宣传科": 15,
    "网络值班科室": 15,
    "办公室": 15,
    "执法支队": 13,
    "局政务公开领导小组办公室": 2,
}


@pytest.mark.parametrize(("unit", "count"), LIUPANSHUI_OURS.items())
def test_each_unit_of_liupanshui_sees_what_the_notice_gives_it(unit: str, count: int) -> None:
    notice = draft("liupanshui-2020")
    assert len(tasks_of(notice, unit, "ours")) == count
    assert tasks_of(notice, unit, "possible") == []


def test_the_brigade_of_liupanshui_is_left_out_where_only_offices_and_centres_are_named() -> None:
    assert set(NUMBERS["liupanshui-2020"]) - set(tasks_of(draft("liupanshui-2020"), "执法支队", "ours")) == {
        "一(四)5",
        "四(一)",
        "四(二)",
    }


EVERYBODY_S = {"9", "11", "16", "17", "23", "26", "27", "28", "29", "30", "31", "33", "35", "37"}
INHERITED = {"24", "25", "36", "38", "39"}


@pytest.mark.parametrize(
    ("unit", "ours", "possible"),
    [
        ("消委会", EVERYBODY_S | {"21"}, INHERITED | {"12", "14", "15"}),
        ("市质计所", EVERYBODY_S, INHERITED | {"12", "14", "15"}),
        (
            "财审科",
            EVERYBODY_S | {"7", "21", "32"},
            INHERITED | {"1", "2", "3", "4", "5", "8", "12", "14", "15", "19", "20"},
        ),
        (
            "执法监督科",
            EVERYBODY_S | {"5", "6", "10", "21"},
            INHERITED | {"1", "2", "3", "4", "12", "14", "15", "19", "20"},
        ),
    ],
)
def test_a_unit_of_jiangmen_sees_what_the_notice_gives_it(unit: str, ours: set[str], possible: set[str]) -> None:
    notice = draft("jiangmen-2021")
    assert set(tasks_of(notice, unit, "ours")) == ours
    assert set(tasks_of(notice, unit, "possible")) == possible


@pytest.mark.parametrize(
    ("unit", "ours", "possible"),
    [
        ("信息中心", {"2", "8", "12", "15", "18"}, {"1", "3", "5", "19"}),
        ("12315指挥中心", {"2", "8", "12", "26"}, {"1", "3", "5", "19"}),
        ("食品稽查局", {"2", "4", "8", "12"}, {"1", "3", "5", "19"}),
        ("机关党委", {"2", "6", "12"}, {"1", "3", "5", "19"}),
        ("稽查处", {"2", "4", "12", "21", "22"}, {"1", "3", "5", "7", "19", "24"}),
        ("宣传处", {"2", "12", "16", "22", "24", "27"}, {"1", "3", "5", "7", "19"}),
    ],
)
def test_a_unit_of_hubei_sees_what_the_notice_gives_it(unit: str, ours: set[str], possible: set[str]) -> None:
    notice = draft("hubei-2022")
    assert set(tasks_of(notice, unit, "ours")) == ours
    assert set(tasks_of(notice, unit, "possible")) == possible


def test_in_jiading_the_office_only_possibly_has_the_row_that_the_body_alone_gives_it() -> None:
    assert tasks_of(draft("jiading-2021"), "办公室", "possible") == ["15", "23"]
    assert tasks_of(draft("jiading-2021"), "法规科", "possible") == ["23"]


def test_in_jiangmen_culture_the_lead_of_a_row_is_not_its_other_office() -> None:
    roles = {
        unit: reach(task("jiangmen-culture-2021", "26").responsibilities, unit, {u.name: u.kind for u in units}).role
        for units in [draft("jiangmen-culture-2021").units]
        for unit in ("办公室", "计划财务股", "市场执法股")
    }
    assert roles == {"办公室": "lead", "计划财务股": "lead", "市场执法股": "support"}
