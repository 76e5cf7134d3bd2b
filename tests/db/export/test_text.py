"""The one door for text that goes into a file."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.export.text import file_text, has_surrogate, json_safe

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("主动公开“十四五”规划。", "主动公开“十四五”规划。"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("\x00\x1b\x7f\x9b", "⟨U+0000⟩⟨U+001B⟩⟨U+007F⟩⟨U+009B⟩"),
        ("\u202e\u2066\u200b\ufeff\xad", "⟨U+202E⟩⟨U+2066⟩⟨U+200B⟩⟨U+FEFF⟩⟨U+00AD⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\ufffe\U0010ffff\U000e0041", "⟨U+FFFE⟩⟨U+10FFFF⟩⟨U+E0041⟩"),
        ("e\u0301\u00e9　＝", "e\u0301\u00e9　＝"),
        ("👨\u200d👩 葛\U000e0100 ☎\ufe0f", "👨\u200d👩 葛\U000e0100 ☎\ufe0f"),
    ],
)
def test_only_what_cannot_be_seen_is_marked(text: str, shown: str) -> None:
    assert file_text(text) == shown


@given(ANY_TEXT)
def test_what_comes_through_the_door_is_seen_encodable_and_comes_through_unchanged_again(text: str) -> None:
    shown = file_text(text)
    shown.encode("utf-8")
    assert file_text(shown) == shown
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char not in "\t\n" for char in shown)


@given(ANY_TEXT.filter(lambda text: not has_surrogate(text)))
def test_json_keeps_the_value_exact_and_shows_nothing_unseen(text: str) -> None:
    dumped = json_safe(json.dumps(text, ensure_ascii=False))
    assert json.loads(dumped) == text
    assert file_text(dumped) == dumped


def test_a_lone_surrogate_is_marked_in_json_because_utf8_has_none() -> None:
    dumped = json_safe(json.dumps("甲\ud83d", ensure_ascii=False))
    assert json.loads(dumped.encode("utf-8")) == "甲⟨U+D83D⟩"
