"""The door: safe characters, cells, cutting, wrapping, lines of exactly one width."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from tests.tui.desks import HOSTILE
from tui.text import MARKS_KEPT, cells, cut, joined, one_line, pad, pad_left, safe, shown, strip_line, wrap

# What a terminal obeys, hides or reorders by.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]")
TEXTS = st.one_of(
    st.text(),
    st.text("政务公开，。（）《》“”ab12 \n\t[]/\x1b\x9b\u202e\u200d\u0301\ufe0f①—…"),
    st.sampled_from(HOSTILE),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("公开[/]", "公开[/]"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
        ("\x00\x7f", "␀␡"),
        ("\x9b2J", "⟨U+009B⟩2J"),
        ("\u202e倒", "⟨U+202E⟩倒"),
        ("\u200b\ufeff", "⟨U+200B⟩⟨U+FEFF⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\ue000", "⟨U+E000⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("a\tb", "a    b"),
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("\u1160\u3164", "⟨U+1160⟩⟨U+3164⟩"),
        ("㐀𠮷\U0002ebf0\U000323af", "㐀𠮷\U0002ebf0\U000323af"),
        ("①—…“”√℃№", "①—…“”√℃№"),
        ("☎\ufe0f", "☎"),
        ("甲" + "\u0301" * 200 + "乙", "甲" + "\u0301" * MARKS_KEPT + "乙"),
    ],
)
def test_what_a_terminal_would_obey_becomes_a_visible_sign(text: str, words: str) -> None:
    assert safe(text) == words


@given(TEXTS)
def test_safe_text_holds_nothing_that_a_terminal_obeys_and_stays_as_it_is_the_second_time(text: str) -> None:
    once = safe(text)
    assert not FORBIDDEN.search(once)
    assert not any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") for character in once if character != "\n"
    )
    assert safe(once) == once


@given(TEXTS)
def test_our_cells_are_those_of_the_library_that_draws(text: str) -> None:
    line = safe(text).replace("\n", "")
    assert cells(line) == cell_len(line)


@given(TEXTS, st.integers(0, 30))
def test_a_cut_text_fits_and_only_what_was_cut_ends_in_an_ellipsis(text: str, width: int) -> None:
    fitted = cut(text, width)
    assert cells(fitted) <= width
    assert "\n" not in fitted
    whole = one_line(text)
    assert fitted == whole if cells(whole) <= width else (fitted.endswith("…") or width == 0)


@pytest.mark.parametrize(
    ("width", "words"),
    [(0, ""), (1, "…"), (2, "…"), (3, "政…"), (4, "政…"), (5, "政务…"), (8, "政务公开"), (9, "政务公开")],
)
def test_a_wide_character_is_never_cut_in_two(width: int, words: str) -> None:
    assert cut("政务公开", width) == words


@given(TEXTS, st.integers(0, 30))
def test_a_padded_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cells(pad(text, width)) == cells(pad_left(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("政务公开", 8, ["政务公开"]),
        ("政务公开", 4, ["政务", "公开"]),
        ("先公开，后说明", 6, ["先公", "开，后", "说明"]),
        ("（一）公开", 4, ["（一", "）公", "开"]),
        ("落实《条例》", 6, ["落实", "《条", "例》"]),
        ("一\n\n二", 10, ["一", "", "二"]),
        ("于2021年", 5, ["于", "2021", "年"]),
        ("a" * 7, 3, ["aaa", "aaa", "a"]),
        ("see the notice", 8, ["see the", "notice"]),
        ("政", 1, ["…"]),
        ("。" * 5, 4, ["。。", "。。", "。"]),
    ],
)
def test_lines_break_as_chinese_is_set(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(TEXTS, st.integers(2, 40))
def test_wrapping_loses_nothing_but_spaces_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(safe(text).split())


def test_a_shown_text_interprets_no_markup() -> None:
    text = shown("[red]甲[/red][/][@click=app.quit]乙[/]")
    assert isinstance(text, Content)
    assert text.plain == "[red]甲[/red][/][@click=app.quit]乙[/]"
    assert not text.spans


def test_joined_parts_keep_their_order_and_styles() -> None:
    text = joined(shown("逾期", "bold"), shown(" 3 天"))
    assert text.plain == "逾期 3 天"
    assert [(span.start, span.end) for span in text.spans] == [(0, 2)]


@given(st.lists(TEXTS, max_size=4), st.integers(0, 40))
def test_a_line_for_the_screen_is_exactly_as_wide_as_asked(texts: list[str], width: int) -> None:
    strip = strip_line([(text, "bold") for text in texts], width)
    assert strip.cell_length == width == cell_len(strip.text)
    assert not FORBIDDEN.search(strip.text)
