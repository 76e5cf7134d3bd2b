"""The normalised copy: what is folded, and the way back to the verbatim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.intake.phrases.signs import FOLDS, folded, normal


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("3 月底前", "3月底前"),
        ("３　月底前", "3月底前"),
        ("2021 年\n11 月", "2021年11月"),
        ("附件2 3月底前", "附件2 3月底前"),
        ("附件2\n3月底前", "附件2 3月底前"),
        ("1—2次", "1-2次"),
        ("3月～6月", "3月-6月"),
        ("（牵头：办公室，责任；）", "(牵头:办公室,责任;)"),
        ("36．", "36."),
        ("工 作 任 務", "工作任务"),
        ("責任單位、時限", "责任单位、时限"),
        ("⽉⽇", "月日"),
        ("①②", "①②"),
        ("m²", "m²"),
        ("〔2019〕60号", "〔2019〕60号"),
        ("﹝2019﹞60号", "〔2019〕60号"),
        ("「六穩」", "“六稳”"),
        ("﻿全\u200b年\u00ad", "全年"),
        ("", ""),
        ("   \n", ""),
    ],
)
def test_a_sign_is_folded_into_the_one_that_phrases_are_written_with(text: str, copy: str) -> None:
    assert normal(text).text == copy
    assert folded(text) == copy


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("办公室  法规科", "办公室 法规科"),
        ("办公室\n\n法规科", "办公室\n法规科"),
        (" 办公室 \r\n ", "办公室"),
        ("办公室\t\n 法规科", "办公室\n法规科"),
        ("办公室\u2028法规科", "办公室\n法规科"),
    ],
)
def test_white_space_can_be_kept_one_sign_for_a_run(text: str, copy: str) -> None:
    assert normal(text, spaces=True).text == copy


def test_a_slice_of_the_copy_leads_back_to_the_verbatim_with_its_inner_white_space() -> None:
    copy = normal("　至 ３ 月　底前，完成")
    start = copy.text.index("3")
    assert copy.at(start, start + 4) == "３ 月　底前"
    assert copy.span(start, start + 4) == (3, 9)
    assert copy.at(0, len(copy.text)) == "至 ３ 月　底前，完成"


def test_an_empty_slice_is_an_empty_text() -> None:
    copy = normal("全 年")
    assert copy.at(1, 1) == ""
    assert copy.at(2, 2) == ""
    assert normal("").at(0, 0) == ""


def test_no_simplified_sign_is_folded_again() -> None:
    assert all(FOLDS.get(simple, simple) == simple for simple in FOLDS.values())


@given(st.text())
def test_every_sign_of_the_copy_stands_for_one_of_the_source(text: str) -> None:
    for spaces in (False, True):
        copy = normal(text, spaces=spaces)
        assert len(copy.text) == len(copy.places)
        assert list(copy.places) == sorted(set(copy.places))
        assert normal(copy.text, spaces=spaces).text == copy.text
        for at in range(len(copy.text)):
            assert folded(copy.at(at, at + 1)) in (copy.text[at], "")
