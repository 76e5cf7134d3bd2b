"""Numbers in digits and in Chinese signs, and the cuts between sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.intake.phrases.numbers import value, values
from db.intake.phrases.sentences import sentences


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("12", (12,)),
        ("012", (12,)),
        ("1 2", (12, 2)),
        ("一", (1,)),
        ("两", (2,)),
        ("十", (10,)),
        ("十二", (12,)),
        ("二十", (20,)),
        ("三十一", (31,)),
        ("二〇二一", (2021,)),
        ("二零二二", (2022,)),
        ("一百二十", (120,)),
        ("一百零五", (105,)),
        ("十十", ()),
        ("百", ()),
        ("一二十", ()),
        ("十二三", ()),
    ],
)
def test_a_number_has_the_values_that_it_may_mean(written: str, found: tuple[int, ...]) -> None:
    assert values(written) == found
    assert value(written) == (found[0] if len(found) == 1 else None)


@given(st.text(alphabet="〇○零一二两三四五六七八九十百", min_size=1, max_size=8))
def test_no_row_of_chinese_signs_is_more_than_it_can_say(written: str) -> None:
    assert all(0 <= one < 10**8 for one in values(written))


def clause(text: str, word: str) -> str:
    start, end = sentences(text).clause(text.index(word))
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("甲,乙丙丁。戊", "丙", "乙丙丁"),
        ("甲。乙", "乙", "乙"),
        ("设专栏(专栏每月更新2条)。", "每月", "专栏每月更新2条"),
        ("各镇(街)需于11月前完成,公开。", "11", "各镇(街)需于11月前完成"),
        ("需完成目录(草案)的编制。", "需", "需完成目录(草案)的编制"),
        ("按《甲,乙。丙》办理,丁", "办", "按《甲,乙。丙》办理"),
        ("甲乙", "乙", "甲乙"),
        ("(((((甲", "甲", "甲"),
    ],
)
def test_a_clause_goes_from_mark_to_mark_and_keeps_what_its_brackets_hold(text: str, word: str, found: str) -> None:
    assert clause(text, word) == found


def test_the_clause_before_is_of_the_same_sentence() -> None:
    text = "甲。乙,丙,丁"
    cuts = sentences(text)
    assert cuts.before(text.index("丁")) == (4, 5)
    assert cuts.before(text.index("乙")) is None
    assert cuts.before(0) is None


def test_a_long_sentence_is_quoted_by_its_clause() -> None:
    text = "甲" * 60 + ",乙乙,丙" + "丁" * 60 + "。"
    cuts = sentences(text)
    at = text.index("乙")
    assert text[slice(*cuts.quoted(at, at + 2))] == "乙乙"
    assert sentences("甲,乙。").quoted(2, 3) == (0, 4)


@given(st.text(alphabet="甲乙,。;()《》〔〕0123号", max_size=60))
def test_a_clause_stands_within_its_sentence(text: str) -> None:
    cuts = sentences(text)
    for at in range(len(text)):
        sentence, found = cuts.sentence(at), cuts.clause(at)
        assert sentence[0] <= at < sentence[1]
        assert sentence[0] <= found[0] <= found[1] <= sentence[1]
