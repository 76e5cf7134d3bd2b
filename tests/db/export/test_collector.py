"""The pause of the garbage collector ends with what it was for."""

import gc

import pytest

from db.export.collector import collector_paused
from db.export.xlsx import document
from tests.db.export.conftest import AT, SHEET


def test_it_is_off_inside_and_on_again_after() -> None:
    assert gc.isenabled()
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_inside_puts_it_on_again() -> None:
    with pytest.raises(ValueError, match="inside"), collector_paused():
        raise ValueError("inside")
    assert gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_workbook_made_and_read_back_leaves_it_on() -> None:
    written = document(SHEET, AT)
    assert gc.isenabled()
    assert written.differs(written.payload) is None
    assert gc.isenabled()
