"""A number as its cell shows it, or plain and not sure."""

import pytest

from db.intake.readers.number_formats import BUILT_IN, plain, shown, worded

MARCH = 46112.0
"""31 March 2026."""


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (MARCH, 'yyyy"年"m"月"d"日"', "2026年3月31日"),
        (MARCH, "yyyy年m月d日", "2026年3月31日"),
        (MARCH, '[$-804]yyyy"年"m"月";@', "2026年3月"),
        (MARCH, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年3月31日"),
        (MARCH, BUILT_IN[31], "2026年3月31日"),
        (MARCH, BUILT_IN[57], "2026年3月"),
        (MARCH, BUILT_IN[58], "3月31日"),
        (MARCH, BUILT_IN[14], "2026/3/31"),
        (MARCH, "yyyy-mm-dd", "2026-03-31"),
        (MARCH, "yy.m.d", "26.3.31"),
        (MARCH, "m/d", "3月31日"),
        (MARCH, "m/d/yyyy", "2026年3月31日"),
        (MARCH, "dd/mm/yy;@", "2026年3月31日"),
        (MARCH, "d-mmm", "3月31日"),
        (MARCH, BUILT_IN[15], "2026年3月31日"),
        (MARCH, BUILT_IN[17], "2026年3月"),
        (MARCH, "yyyy-mm-dd hh:mm:ss", "2026年3月31日"),
        (MARCH, BUILT_IN[22], "2026年3月31日"),
        (MARCH, 'm"月"d"日" h:mm', "3月31日"),
        (MARCH, 'yyyy-m-d h:mm"前"', "2026-3-31 0:00前"),
        (MARCH + 0.5, "m/d/yyyy h:mm", "3/31/2026 12:00"),
        (MARCH, 'm/d"前"', "3/31前"),
        (MARCH + 0.5, "yyyy-m-d h:mm", "2026-3-31 12:00"),
        (MARCH + 0.75, "上午/下午h:mm", "下午6:00"),
        (MARCH + 0.999999, "h:mm:ss", "0:00:00"),
        (0.25, 'h"时"mm"分"', "6时00分"),
        (1.0, "yyyy-m-d", "1900-1-1"),
        (61.0, "yyyy-m-d", "1900-3-1"),
        (0.6, "0%", "60%"),
        (0.605, "0.0%", "60.5%"),
        (0.125, "0%", "13%"),
        (1.005, "0.00", "1.01"),
        (2.0, "000", "002"),
        (2.0, "0", "2"),
        (0.0, "0", "0"),
        (0.5, "#.##", ".5"),
        (0.5, "0.0#", "0.5"),
        (12345.678, "#,##0.00", "12,345.68"),
        (1234.0, "#,##0_ ", "1,234"),
        (-5.0, "0", "-5"),
        (-0.4, "0", "0"),
        (-5.0, "0;(0)", "(5)"),
        (-5.0, "0_);[Red]\\(0\\)", "(5)"),
        (0.0, '0;-0;"无"', "无"),
        (3.0, '0"条"', "3条"),
        (3.0, '"第"0"条"', "第3条"),
        (3.0, 'General"条"', "3条"),
        (3.0, "@", "3"),
        (3.5, "General", "3.5"),
        (3.0, "", "3"),
        (3.0, '"已完成"', "已完成"),
        (3.0, '"没有结束', "没有结束"),
        (MARCH, "d mmmm yyyy", "2026年3月31日"),
        (MARCH, "aaaa", "星期二"),
        (5.0, "[DBNum1][$-804]General", "五"),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it(value: float, code: str, text: str) -> None:
    found = shown(value, code)
    assert (found.text, found.sure) == (text, True)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.5, "# ?/?", "0.5"),
        (12000.0, "0.00E+00", "12000"),
        (12000.0, "0,", "12000"),
        (150.0, "[>=100]0;0.0", "150"),
        (1.5, "[h]:mm", "1.5"),
        (12.0, "[DBNum1]General", "12"),
        (3.0, "[DBNum2]0", "3"),
        (3.0, "000-0000", "3"),
        (3.0, ";;;", "3"),
        (60.0, "yyyy-m-d", "60"),
        (-1.0, "yyyy-m-d", "-1"),
        (3e6, "yyyy-m-d", "3000000"),
        (1e300, "0.00", "1" + "0" * 300),
        (3.0, "0" * 300, "3"),
        (3.0, "[没有结束", "3"),
    ],
)
def test_a_format_that_says_more_leaves_the_number_unsure(value: float, code: str, text: str) -> None:
    found = shown(value, code)
    assert not found.sure
    assert found.text.startswith(text[:10])


def test_a_workbook_that_counts_from_1904_is_four_years_later() -> None:
    assert shown(0.0, "yyyy-m-d", from_1904=True).text == "1904-1-1"
    assert shown(MARCH - 1462, "yyyy-m-d", from_1904=True).text == "2026-3-31"


@pytest.mark.parametrize(
    ("value", "text"), [(0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (-2.0, "-2"), (1e20, "1" + "0" * 20)]
)
def test_a_plain_number_has_no_exponent_and_no_noise(value: float, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [("General", "三"), ("@", "三"), ('"第"@"条"', "第三条"), ('0;-0;0;"附"@', "附三"), ("0", "三"), ("", "三")],
)
def test_a_text_may_have_words_around_it(code: str, text: str) -> None:
    assert worded("三", code) == text
