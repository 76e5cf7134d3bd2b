"""Numbers at the head of a text, their value, their gaps, and numbers made single."""

import pytest

from db.intake.numbering import (
    ARABIC,
    CHAPTER,
    CHINESE,
    ITEM,
    LARGEST,
    MOST_MISSING,
    SUB,
    cell_number,
    chinese_numeral,
    gaps,
    leading,
    number_value,
    section_value,
    single,
)

HEADS = [
    ("一、做好规划公开。", CHINESE, 1, "一", "做好规划公开。"),
    ("十二、提高质量", CHINESE, 12, "十二", "提高质量"),
    ("一．做好", CHINESE, 1, "一", "做好"),
    ("（一）围绕发展", ITEM, 1, "(一)", "围绕发展"),
    ("(四)围绕监管", ITEM, 4, "(四)", "围绕监管"),
    ("（ 二 ） 抓好", ITEM, 2, "(二)", "抓好"),
    ("1．要主动公开", ARABIC, 1, "1", "要主动公开"),
    ("36． 依法规范", ARABIC, 36, "36", "依法规范"),
    ("３、做好", ARABIC, 3, "3", "做好"),
    ("20.2021年底前公开", ARABIC, 20, "20", "2021年底前公开"),
    ("（1）做好", SUB, 1, "(1)", "做好"),
    ("2)做好", SUB, 2, "(2)", "做好"),
    ("③做好", SUB, 3, "(3)", "做好"),
    ("第一部分 总则", CHAPTER, 1, "一", "总则"),
    ("　　一、缩进", CHINESE, 1, "一", "缩进"),
]


@pytest.mark.parametrize(("text", "level", "value", "printed", "rest"), HEADS)
def test_a_number_opens_a_text(text: str, level: int, value: int, printed: str, rest: str) -> None:
    head = leading(text)
    assert head is not None
    assert (head.level, head.value, head.printed, head.rest) == (level, value, printed, rest)
    assert not head.decimal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "做好",
        "12315平台",
        "2021年底前",
        "2021.5",
        "一是做好",
        "一、二季度做好",
        "二、三级单位",
        "（附件）",
        "、",
        "（）",
        "1",
    ],
)
def test_what_only_looks_like_a_number_opens_nothing(text: str) -> None:
    assert leading(text) is None


def test_a_point_between_digits_may_be_a_decimal_one() -> None:
    head = leading("1.5亿元资金")
    assert head is not None
    assert head.decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("００２", 2),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("一百零三", 103),
        ("一百一十", 110),
        ("〇", None),
        ("", None),
        ("甲", None),
        ("12345", None),
        ("一二三四五六七", None),
        ("-1", None),
        ("①", 1),
    ],
)
def test_a_number_has_a_value(text: str, value: int | None) -> None:
    assert number_value(text) == value


def test_every_chinese_numeral_up_to_the_largest_is_read_back() -> None:
    assert [number_value(chinese_numeral(value)) for value in range(1, LARGEST + 1)] == list(range(1, LARGEST + 1))


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.", "1"), (" 002 ", "002"), ("（一）", "(一)"), ("一、", "一"), ("１", "1"), ("", None), (" ", None)],
)
def test_the_number_of_a_number_cell_is_the_printed_one(text: str, number: str | None) -> None:
    assert cell_number(text) == number


def test_a_jump_is_a_gap_and_a_fall_is_none() -> None:
    assert gaps([11, 12, 15, 16]) == (13, 14)
    assert gaps([1, 2, 3, 1, 2]) == ()
    assert gaps([1, 1, 2]) == ()
    assert gaps([]) == gaps([7]) == ()


def test_a_jump_over_very_many_numbers_is_another_numbering() -> None:
    assert len(gaps([1, 2 + MOST_MISSING])) == MOST_MISSING
    assert gaps([1, 3 + MOST_MISSING]) == ()


def test_only_a_first_level_heading_counts_as_a_section() -> None:
    found = section_value("十五、加强指导。")
    assert found is not None
    assert found.value == 15
    assert section_value("（一）做好") is section_value("做好") is section_value(None) is None


def test_numbers_that_stand_once_stay_as_printed() -> None:
    assert single(["1", None, "2", None], [None] * 4, [0] * 4) == (("1", None, "2", None), "", ())


def test_numbers_that_begin_anew_take_their_sections_number() -> None:
    numbers, done, twice = single(["1", "2", "1"], ["一、甲", "一、甲", "二、乙"], [0, 0, 0])
    assert (numbers, done, twice) == (("一1", "一2", "二1"), "section", ())


def test_numbers_that_begin_anew_in_another_table_take_its_count() -> None:
    assert single(["1", "1"], [None, None], [0, 1]) == (("1-1", "2-1"), "table", ())


def test_numbers_that_begin_anew_in_sections_without_a_number_take_their_count() -> None:
    numbers, done, twice = single(["1", "2", "1"], ["甲", "甲", "乙"], [0, 0, 0])
    assert (numbers, done, twice) == (("1-1", "1-2", "2-1"), "count", ())


def test_a_number_that_is_simply_twice_gets_a_mark_and_is_named() -> None:
    assert single(["1", "1", "1(2)"], [None] * 3, [0] * 3) == (("1", "1(3)", "1(2)"), "", (1,))
