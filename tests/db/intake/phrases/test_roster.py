"""The roster from the unit cells and the address line."""

import time

import pytest

from db.intake.phrases.assignments import names
from db.intake.phrases.roster import roster


def units(*cells: str, address: str | None = None) -> list[tuple[str, str]]:
    found, _ = roster([(cell, names(cell, None)) for cell in cells], address)
    return [(unit.name, unit.kind) for unit in found]


def doubts(*cells: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in roster([(cell, names(cell, None)) for cell in cells], None)[1]]


def test_units_stand_in_order_of_first_appearance_with_the_cell_that_names_them() -> None:
    found, _ = roster([(cell, names(cell, None)) for cell in ("规划科牵头", "财务科、\n规划科", "各科室")], None)
    assert [(one.name, one.kind, one.quote) for one in found] == [
        ("规划科", "科室", "规划科牵头"),
        ("财务科", "科室", "财务科、规划科"),
    ]


def test_the_address_line_adds_who_it_names_and_no_groups() -> None:
    assert units(address="局机关各科室、直属各单位，市计量所、省药检院城北分院：") == [
        ("市计量所", "属下单位"),
        ("省药检院城北分院", "属下单位"),
    ]
    assert units(address="各科、所、队、学会及所属事业单位：") == []
    assert units(address="市局机关各科、室、中心、支队:") == []


def test_a_name_in_two_widths_is_one_unit_as_first_spelled() -> None:
    assert units("服务股（审批股）", "服务股(审批股)") == [("服务股（审批股）", "科室")]


def test_names_that_may_be_one_body_are_asked_once() -> None:
    assert doubts("价监科", "价监竞争科", "价监科", "财务科") == [("units_near", "价监科、价监竞争科")]


def test_two_units_that_ran_together_are_asked() -> None:
    assert doubts("规划科财务科") == [("units_near", "规划科财务科")]
    assert doubts("广电和旅游科", "局领导小组办公室", "科技科", "县财政局城北分局") == []


def test_no_cells_make_no_roster() -> None:
    assert roster([], None) == ((), ())
    assert roster([("", ())], "") == ((), ())


def test_three_thousand_names_are_compared_in_time() -> None:
    cells = [(f"规划{n}科", (f"规划{n}科",)) for n in range(3000)]
    begun = time.process_time()
    assert len(roster(cells, None)[0]) == 3000
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("县水利局县财政局", ("县水利局", "县财政局")),
        ("教育局体育局", ("教育局", "体育局")),
        ("县人民法院县检察院", ("县人民法院", "县检察院")),
        ("财务科人事科", ("财务科", "人事科")),
    ],
)
def test_two_bodies_that_have_lost_their_break_are_asked_about(name: str, parts: tuple[str, str]) -> None:
    _, unsure = roster([(name, (name,))], None)
    assert [(one.kind, one.text, one.others) for one in unsure] == [("units_near", name, ("、".join(parts),))]


@pytest.mark.parametrize("name", ["稽查局办公室", "市局办公室", "生态环境局分局", "省特检院某市检测院", "县委办公室"])
def test_one_body_with_two_such_words_is_one(name: str) -> None:
    assert roster([(name, (name,))], None)[1] == ()
