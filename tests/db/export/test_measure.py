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


CODE = "91440700MA4W00001X"


@pytest.mark.parametrize(
    ("text", "width", "wrapped"),
    [
        (CODE, 20, 1),
        (CODE, 19, 2),  # longer than a line: it is parted
        (f"{CODE}、{CODE}", 38, 2),
        (f"{CODE}、{CODE}", 39, 2),
        (f"{CODE}、{CODE}", 40, 1),
        ("、".join([CODE] * 34), 34, 34),  # one a line, though 20 cells each would be 22 lines
        ("见https://a.example/b", 24, 1),
        ("请见https://a.example/b", 24, 2),
        ("abcdefgh " * 3 + "ab", 14, 3),
        ("字" + "x" * 30, 12, 4),
        ("x" * 30 + "字", 12, 4),
        ("x" * 29 + "字", 12, 4),
        ("x" * 28 + "字", 12, 3),
        ("x" * 20, 12, 2),
    ],
)
def test_words_codes_and_addresses_are_parted_only_where_they_are_longer_than_a_line(
    text: str, width: int, wrapped: int
) -> None:
    assert lines(text, width) == wrapped
    assert "".join(pieces(text, width, 1)) == text
    assert len(pieces(text, width, 1)) == wrapped


def test_no_piece_begins_inside_a_code_that_fits_a_line() -> None:
    text = "、".join(f"91440700MA4W{at:05d}X" for at in range(60))
    made = pieces(text, 38, most_lines=7)
    assert "".join(made) == text
    assert sum(piece.count(f"91440700MA4W{at:05d}X") for at in range(60) for piece in made) == 60


@given(st.text(st.sampled_from("公开a1-/ 、é👨"), max_size=200), st.integers(2, 30))
def test_the_lines_counted_are_the_lines_cut(text: str, width: int) -> None:
    assert lines(text, width) == max(1, len(pieces(text, width, 1)))


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
