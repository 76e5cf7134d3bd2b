"""Widths that tui.cells knows by itself agree with Rich, which measures all the others."""

import sys

from rich.cells import cell_len

from tui.cells import _PLAIN, cells


def test_every_plain_character_is_as_wide_as_rich_says() -> None:
    plain = [chr(code) for code in range(sys.maxunicode + 1) if _PLAIN.fullmatch(chr(code)) and chr(code) != "\n"]
    assert len(plain) > 20_000
    assert [sign for sign in plain if cells(sign) != cell_len(sign)] == []


def test_a_line_end_takes_no_cell_and_what_is_not_plain_is_measured() -> None:
    assert cells("公\n开") == 4
    assert cells("𠮷👩é") == cell_len("𠮷👩é")
