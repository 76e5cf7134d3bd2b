import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules import limits
from db.rules.limits import TextRefused, clean_text

BREAKS, CONTROLS, INVALID = "统一了换行符", "去掉了 {} 个控制字符", "去掉了 {} 个无效字符"
INVISIBLE, COMPOSED, ENDS = "去掉了 {} 个不可见字符", "统一了字符的编码写法", "去掉了首尾的空白"
ONE_LINE = "换行和制表符改成了空格"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "已上网公示",
        "全角ＡＢＣ（１２３），：％",  # NFC, not NFKC
        "第一行\n\n\t第二行",
        "=1+1 [/] [@click=app.quit]x[/] <b>&amp;",
        "'; DROP TABLE note; --",
        "𠮷野家 👍 \U0010fffd",  # outside the basic plane
        "\ue000私用区字",  # government fonts keep rare names there
        "　　首行空两格\n　　次行也是",
        "葛\U000e0100城",  # a variation selector chooses the form of a name
        "👍️",
    ],
)
def test_a_plain_text_is_left_as_it_is(text: str) -> None:
    assert clean_text(text, limit=100) == (text, ())


@pytest.mark.parametrize(
    ("text", "cleaned", "changes"),
    [
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁", (BREAKS,)),
        ("甲\x85乙\u2028丙\u2029丁", "甲\n乙\n丙\n丁", (BREAKS,)),
        ("甲\r\r\n\n乙", "甲\n\n\n乙", (BREAKS,)),
        ("甲\x00乙\x07\x08\x0b\x0c丙", "甲乙丙", (CONTROLS.format(5),)),
        ("\x1b]52;c;AAAA\x07甲\x1b[31m", "]52;c;AAAA甲[31m", (CONTROLS.format(3),)),
        ("甲\x7f\x80\x9b31m乙", "甲31m乙", (CONTROLS.format(3),)),
        ("甲\ud800乙\udfff", "甲乙", (INVALID.format(2),)),
        ("甲\ufdd0\ufdef\ufffe\uffff乙\U0001fffe\U0010ffff", "甲乙", (INVALID.format(6),)),
        ("甲\u202e乙\u2066丙\u2069\u200e\u061c", "甲乙丙", (INVISIBLE.format(5),)),
        ("甲\u200b\u200d\ufeff\u00ad\u2060乙", "甲乙", (INVISIBLE.format(5),)),
        ("甲\U000e0041\U000e007f", "甲", (INVISIBLE.format(2),)),
        ("e\u0301 \u212b \uf90a", "é Å 金", (COMPOSED,)),
        ("e\u200b\u0301", "é", (INVISIBLE.format(1), COMPOSED)),  # composed only once the space between is gone
        ("  甲 乙\n", "甲 乙", (ENDS,)),
        ("　　甲　", "　　甲", (ENDS,)),
        ("\n \n　　首行\n　　次行\n　　", "　　首行\n　　次行", (ENDS,)),
        ("　 　　甲", "　　甲", (ENDS,)),
        ("　 甲", "甲", (ENDS,)),
        ("　　", "", (ENDS,)),
        ("\u200b　　甲", "　　甲", (INVISIBLE.format(1),)),
        ("\ufeff甲\x00 ", "甲", (CONTROLS.format(1), INVISIBLE.format(1), ENDS)),
        (" \n\u200b\t", "", (INVISIBLE.format(1), ENDS)),
    ],
)
def test_what_does_not_belong_in_a_text_is_taken_out_and_said(
    text: str, cleaned: str, changes: tuple[str, ...]
) -> None:
    assert clean_text(text, limit=100) == (cleaned, changes)


@pytest.mark.parametrize(
    ("text", "cleaned", "changes"),
    [
        ("局办公室", "局办公室", ()),
        ("局\n办\t公室", "局 办 公室", (ONE_LINE,)),
        ("局\n\n\t办", "局 办", (ONE_LINE,)),
        ("局\r\n办\n", "局 办", (BREAKS, ENDS, ONE_LINE)),
        ("　　局办公室　", "局办公室", (ENDS,)),
    ],
)
def test_a_single_line_has_no_breaks(text: str, cleaned: str, changes: tuple[str, ...]) -> None:
    assert clean_text(text, limit=10, single_line=True) == (cleaned, changes)


@pytest.mark.parametrize("limit", [1, 60, 20_000])
def test_a_text_is_taken_up_to_its_limit_and_refused_whole_beyond(limit: int) -> None:
    assert clean_text("字" * (limit - 1), limit=limit) == ("字" * (limit - 1), ())
    assert clean_text("字" * limit, limit=limit) == ("字" * limit, ())
    with pytest.raises(TextRefused) as refused:
        clean_text("字" * (limit + 1), limit=limit)
    assert f"{limit + 1} 字" in refused.value.message
    assert f"{limit} 字" in refused.value.message
    assert refused.value.hint


def test_what_is_taken_out_does_not_count_against_the_limit() -> None:
    assert clean_text("  \x00甲\r\n乙\u200b  ", limit=3)[0] == "甲\n乙"
    assert clean_text("e\u0301" * 60, limit=60)[0] == "é" * 60


def test_a_sign_outside_the_basic_plane_counts_once() -> None:
    assert clean_text("𠮷" * 60, limit=60)[0] == "𠮷" * 60


def test_each_line_has_its_limit_and_the_refusal_names_the_line() -> None:
    lines = "\n".join(["字" * 4_000] * 3)
    assert clean_text(lines, limit=limits.NOTE_LIMIT, line_limit=limits.LINE_LIMIT)[0] == lines
    with pytest.raises(TextRefused, match="第 2 行太长：共 4001 字"):
        clean_text("甲\n" + "字" * 4_001, limit=limits.NOTE_LIMIT, line_limit=limits.LINE_LIMIT)


def test_the_limits_are_those_of_the_office() -> None:
    assert (limits.NOTE_LIMIT, limits.LINE_LIMIT, limits.NAME_LIMIT) == (20_000, 4_000, 60)
    assert (limits.REASON_LIMIT, limits.DONE_LIMIT, limits.REQUIREMENT_LIMIT) == (500, 2_000, 4_000)


HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp", "Mn")),
        st.sampled_from("\r\n\t \u3000\x85\x1b\u202e\u200b甲é"),
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(text=HOSTILE, single_line=st.booleans())
def test_a_cleaned_text_is_clean_for_good(text: str, single_line: bool) -> None:
    cleaned, _ = clean_text(text, limit=1_000, single_line=single_line)
    assert clean_text(cleaned, limit=1_000, single_line=single_line) == (cleaned, ())
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    allowed = set() if single_line else {"\n", "\t"}
    assert {sign for sign in cleaned if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")} <= allowed
    assert {unicodedata.bidirectional(sign) for sign in cleaned}.isdisjoint(
        {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    )


@settings(max_examples=200, deadline=None)
@given(text=HOSTILE)
def test_no_change_is_made_in_silence(text: str) -> None:
    cleaned, changes = clean_text(text, limit=1_000)
    assert (cleaned == text) is (changes == ())
