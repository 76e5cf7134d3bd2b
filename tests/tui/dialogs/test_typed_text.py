"""What comes into a field: filtered, and said."""

import pytest

from tests.tui.desks import HOSTILE
from tui.cells import safe
from tui.dialogs.typed_text import loaded, pasted


@pytest.mark.parametrize("text", [*HOSTILE, "".join(HOSTILE), "\r", "\n", "\ud800", "\x00" * 9])
@pytest.mark.parametrize("single_line", [True, False])
def test_nothing_comes_in_that_may_not_be_shown_as_it_is(text: str, single_line: bool) -> None:
    for taken in (loaded(text, single_line=single_line)[0], pasted(text, single_line=single_line)[0]):
        assert safe(taken) == taken


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", ""),
        ("甲", "甲"),
        ("\n第二段", "\n第二段"),
        ("第一段\n\n", "第一段\n\n"),
        (" \u3000甲", " \u3000甲"),
        ("\r\n甲\r\n", "\n甲\n"),
        ("\n", "\n"),
    ],
)
def test_the_blank_ends_of_a_paste_stay_where_lines_are_allowed(text: str, taken: str) -> None:
    assert pasted(text, single_line=False) == (taken, ())


def test_a_paste_into_one_line_becomes_one_line_and_says_so() -> None:
    assert pasted("甲\n乙\t丙", single_line=True) == ("甲 乙 丙", ("换行和制表符改成了空格",))


def test_what_was_dropped_is_counted() -> None:
    assert loaded("甲\x1b\x07乙\u200b") == ("甲乙", ("去掉了 2 个控制字符", "去掉了 1 个不可见字符"))
    assert loaded("甲" + "\u0301" * 9) == ("甲" + "\u0301" * 4, ("去掉了 5 个叠在一起的符号",))


def test_stored_text_that_is_clean_comes_back_as_it_was() -> None:
    text = "一、“双随机”公开：\n\t3 条；é 与 e\u0301\u0302"
    assert loaded(text)[0] == loaded(loaded(text)[0])[0]
    assert loaded("一、公开\n\t3 条") == ("一、公开\n\t3 条", ())
