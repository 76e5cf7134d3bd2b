"""A document understood: head, default, roster, columns, and every value right or asked about."""

import pytest

from db.intake.edits import SetColumn
from db.intake.reading import ColumnRole, Table
from db.intake.replay import replayed
from db.intake.settings import Settings
from db.intake.source import Loss, Place, Source
from db.intake.task_reading import numbered, spoken_assignment
from db.intake.understanding import headings, understood
from tests.db.intake.small import BLANKS, HEADER, NATIVE, grid, paragraphs, source
from tests.db.intake.test_replay import open_keys


def test_the_same_source_is_understood_alike_and_settings_apart() -> None:
    assert understood(NATIVE) == understood(NATIVE, Settings())
    assert understood(NATIVE, Settings(year=2027)).head.year == 2027
    assert understood(NATIVE).head.year == 2026, "the cached one is as it was"


@pytest.mark.parametrize(
    "document", [source(), source(*paragraphs("", " ", "\x00")), source(grid([[""]], native=True))]
)
def test_a_document_without_anything_has_no_task_and_says_so(document: Source) -> None:
    reading = understood(document)
    assert reading.tasks == ()
    assert "no_tasks" in {one.kind for one in reading.blocking}


def test_a_table_that_holds_only_its_header_has_no_task_and_says_so() -> None:
    reading = understood(source(grid([HEADER], native=True)))
    assert reading.tasks == ()
    assert "no_tasks" in {one.kind for one in reading.blocking}


def test_a_merged_cell_is_the_one_above_and_an_empty_one_of_a_native_table_is_empty() -> None:
    rows = [("序号", "具体要求", "责任单位"), ("1", "甲。", "甲科"), ("2", "乙。", ""), ("3", "丙。", "")]
    reading = understood(source(*paragraphs("2026年分解表"), grid(rows, native=True, merged=((1, 2),))))
    assert [one.state for one in reading.tasks] == ["written", "merged", "blank"]
    assert [len(one.task.responsibilities) for one in reading.tasks] == [1, 1, 0]
    assert {"units_missing"} == {one.kind for one in reading.problems if one.field == "assignment"}


def test_every_row_of_the_table_is_a_task_with_its_place() -> None:
    reading = understood(NATIVE)
    assert [one.places[0].row for one in reading.tasks] == list(range(2, 10))
    assert reading.said == "8 行，读出 8 项"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        (["1", "2"], ["1", "2"]),
        ([None, None], ["1", "2"]),
        (["1", "1", "1"], ["1", "1-2", "1-3"]),
        (["1", "1-2", "1"], ["1", "1-2", "1-3"]),
        (["2", None, None], ["2", "2-2", "3"]),
        (["一(一)", "一(一)"], ["一(一)", "一(一)-2"]),
    ],
)
def test_every_task_has_a_number_of_its_own(numbers: list[str | None], expected: list[str]) -> None:
    from dataclasses import replace

    from db.intake.reading import RawTask

    raw = RawTask("", None, None, None, "要求", (), "missing", None, None, None, ())
    rows = [replace(raw, key=f"b{n}", number=number) for n, number in enumerate(numbers)]
    assert list(numbered(rows).values()) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((), None),
        (((None, ""),), None),
        (((None, "甲科"),), "甲科"),
        ((("responsible", "甲科"),), "甲科"),
        ((("lead", "甲科"),), "牵头：甲科"),
        ((("lead", "甲科"), ("responsible", ""), ("support", "乙科")), "牵头：甲科；配合：乙科"),
    ],
)
def test_several_unit_cells_are_one_text_with_their_roles(cells: object, expected: str | None) -> None:
    assert spoken_assignment(cells) == expected  # type: ignore[arg-type]


def test_the_header_words_are_named_by_our_columns() -> None:
    reading = understood(NATIVE)
    assert dict(reading.headings)["requirement"] == "具体要求"
    assert [name for name, _ in reading.headings] == [
        *("number", "section", "requirement", "assignment", "deadline", "remark"),
    ]


def test_a_table_without_requirements_gives_no_headings() -> None:
    from db.intake.reading import RawNotice

    roles: tuple[ColumnRole, ...] = ("number", "assignment")
    assert headings(RawNotice((), (Table(0, ("序号", "单位"), roles, 1),), (), ())) == ()


def test_a_column_can_be_given_another_role_and_a_column_that_is_none_changes_nothing() -> None:
    reading = replayed(NATIVE, (SetColumn(9, 6, "other"),))
    assert [one.task.remark for one in reading.tasks] == [None] * 8
    for block, column in ((9, 99), (9, -1), (0, 0), (99, 1)):
        other = replayed(NATIVE, (SetColumn(block, column, "other"),))
        assert other.tasks == understood(NATIVE).tasks


def test_what_a_reader_has_lost_is_asked() -> None:
    from dataclasses import replace

    lossy = replace(NATIVE, losses=(Loss("picture", Place("正文")), Loss("menu", Place("正文"))))
    assert "doc.reader.picture" in open_keys(replayed(lossy, ()))
    assert understood(lossy).said.startswith("8 行，读出 8 项；另有网页的菜单和栏目")


def test_a_document_without_a_year_is_asked_for_one_and_dates_wait_for_it() -> None:
    assert "doc.year_unknown" in {one.key for one in understood(BLANKS).blocking}
    assert understood(BLANKS).plan == "notice-year"
    assert understood(NATIVE).plan == "notice-7-2026"
