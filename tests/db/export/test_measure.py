"""Widths in cells, wrapped lines, and pieces that fit a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.export.measure import cells, lines, natural_width, pieces
from db.export.text import file_text


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("公开", 4), ("，。“”—", 10), ("12月3日前", 9), ("a　b", 4)]
)
def test_a_chinese_character_takes_two_cells(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("", 1),
        ("公" * 5, 1),
        ("公" * 6, 2),
        ("公" * 10, 2),
        ("公" * 11, 3),
        ("a\nb", 2),
        ("\n", 2),
        ("公" * 6 + "\na\n", 4),
    ],
)
def test_text_wraps_to_the_lines_that_ten_usable_cells_give(text: str, wrapped: int) -> None:
    assert lines(text, 12) == wrapped


def test_the_natural_width_is_that_of_the_widest_line() -> None:
    assert natural_width("a\n公开公开\nbc") == 8


@pytest.mark.parametrize("text", ["", "公开", "公" * 130])
def test_a_text_that_fits_stays_in_one_piece(text: str) -> None:
    assert pieces(text, 12, most_lines=26) == (text,)


def test_one_character_too_many_makes_a_second_piece() -> None:
    assert pieces("公" * 131, 12, most_lines=26) == ("公" * 130, "公")


@given(st.text(st.sampled_from("公a\n 👨\u0301"), max_size=400), st.integers(6, 20), st.integers(1, 6))
def test_pieces_are_the_text_again_and_each_fits(text: str, width: int, most: int) -> None:
    made = pieces(text, width, most)
    assert "".join(made) == text
    # A line end that closes a piece opens no line in it.
    assert all(lines(piece.removesuffix("\n"), width) <= most for piece in made)


@given(st.text(max_size=50))
def test_whatever_came_through_the_door_can_be_measured(text: str) -> None:
    assert cells(file_text(text)) >= len(file_text(text)) - file_text(text).count("\n")
