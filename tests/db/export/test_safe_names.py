"""Names for files and folders that every system takes."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.export.safe_names import LIMIT, safe_name, unique
from tests.db.export.conftest import HOSTILE

FORBIDDEN = set('/\\:*?"<>|;')


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("现场照片.jpg", "现场照片.jpg"),
        ("“十四五”规划（第1稿）.pdf", "“十四五”规划（第1稿）.pdf"),
        ("001234.xlsx", "001234.xlsx"),
        ('a/b\\c:d*e?f"g<h>i|j.txt', "a_b_c_d_e_f_g_h_i_j.txt"),
        ("报告.txt;1", "报告.txt_1"),
        ("a；b", "a；b"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("/etc/passwd", "_etc_passwd"),
        ("C:\\Windows\\x.exe", "C__Windows_x.exe"),
        ("~/x", "~_x"),
        # Windows device names
        ("CON", "_CON"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("AUX .txt", "_AUX .txt"),
        ("COM1", "_COM1"),
        ("LPT9.pdf", "_LPT9.pdf"),
        ("COM¹.txt", "_COM¹.txt"),
        ("CONIN$", "_CONIN$"),
        ("COM10", "COM10"),
        ("CONTENTS.txt", "CONTENTS.txt"),
        # dots and spaces
        ("名称.", "名称"),
        ("名称...", "名称"),
        ("名称 ", "名称"),
        ("名称 . .", "名称"),
        (" 前后空格 ", "前后空格"),
        ("　全角空格　", "全角空格"),
        ("..名称", "名称"),
        (".hidden", "hidden"),
        ("a  b\t c", "a b c"),
        # leading strokes read as options
        ("-rf", "_rf"),
        ("--help.txt", "_help.txt"),
        ("- a", "_ a"),
        # what a terminal or a reader must not meet
        ("第一行\n第二行.txt", "第一行 第二行.txt"),
        ("a\r\nb\u2028c\u2029d\x85e", "a b c d e"),
        ("\x1b[31m红\x1b[0m.txt", "[31m红 [0m.txt"),
        ("a\x00b", "a b"),
        ("\u202egpj.exe", "gpj.exe"),
        ("\u2066a\u2069\u200b\ufeffb", "ab"),
        ("\ud800x\udfff", "x"),
        ("\ufffe\uffffx\U0001fffe", "x"),
        # spellings
        ("e\u0301.txt", "\u00e9.txt"),
        ("\u00e9.txt", "\u00e9.txt"),
        ("＝Ａ", "＝Ａ"),
        ("𠮷野.png", "𠮷野.png"),
        # nothing is left
        ("", "未命名"),
        (" ", "未命名"),
        (".", "未命名"),
        ("..", "未命名"),
        ("。", "。"),
        ("\n\t", "未命名"),
        ("\u200b\u3164", "未命名"),
        ("\ud800", "未命名"),
        ("/", "_"),
    ],
)
def test_a_text_becomes_a_name_that_every_system_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公" * 60, "公" * 60),
        ("公" * 61, "公" * 60),
        ("公" * 86, "公" * 60),
        ("公" * 86 + ".jpg", "公" * 56 + ".jpg"),
        ("公" * 56 + ".jpg", "公" * 56 + ".jpg"),
        ("公" * 86 + ".abcdefghij", "公" * 49 + ".abcdefghij"),
        ("公" * 86 + ".abcdefghijk", "公" * 60),
        ("1.关于" + "公" * 86, "1.关于" + "公" * 56),
        ("公" * 55 + ". " + "开" * 60 + ".jpg", "公" * 55 + ".jpg"),
    ],
)
def test_a_long_name_is_cut_and_keeps_its_suffix(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("limit", [16, 20, 60, 100])
def test_the_limit_holds_whatever_it_is(limit: int) -> None:
    for text in ("公" * 200, "公" * 200 + ".docx", "CON." + "x" * 200, "-" * 200, "CON" + "." * 30 + "xlsx"):
        assert 1 <= len(safe_name(text, limit=limit)) <= limit


@pytest.mark.parametrize(
    ("names", "made"),
    [
        ([], []),
        (["a.txt", "b.txt"], ["a.txt", "b.txt"]),
        (["a.txt", "a.txt", "a.txt"], ["a.txt", "a (2).txt", "a (3).txt"]),
        (["a.txt", "A.TXT"], ["a.txt", "A (2).TXT"]),
        (["é", "e\u0301"], ["é", "e\u0301 (2)"]),
        (["É.txt", "e\u0301.txt"], ["É.txt", "e\u0301 (2).txt"]),
        (["straße", "STRASSE"], ["straße", "STRASSE (2)"]),
        (["a", "a", "a (2)"], ["a", "a (2)", "a (2) (2)"]),
        (["a (2)", "a", "a"], ["a (2)", "a", "a (3)"]),
        (["公" * 60, "公" * 60], ["公" * 60, "公" * 56 + " (2)"]),
        (["公" * 56 + ".jpg"] * 2, ["公" * 56 + ".jpg", "公" * 52 + " (2).jpg"]),
        (["Ａ", "A"], ["Ａ", "A"]),
    ],
)
def test_no_two_names_are_one_on_any_system(names: list[str], made: list[str]) -> None:
    assert unique(names) == made


def test_a_thousand_equal_names_are_told_apart() -> None:
    made = unique(["照片.jpg"] * 1000)
    assert len(set(made)) == 1000
    assert made[-1] == "照片 (1000).jpg"


TEXTS = st.one_of(
    st.text(max_size=80),
    st.sampled_from(HOSTILE),
    st.text(alphabet=' ./\\-:CONULcom1\u202e\n\x1b"*', max_size=20),
)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_whatever_is_typed_is_made_safe_and_stays_as_it_is(text: str) -> None:
    name = safe_name(text)
    assert 1 <= len(name) <= LIMIT
    assert len(name.encode()) <= 255
    assert not FORBIDDEN & set(name)
    assert name.strip() == name
    assert not name.startswith((".", "-"))
    assert not name.endswith(".")
    assert not [char for char in name if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name) == name


@settings(max_examples=60, deadline=None)
@given(names=st.lists(TEXTS.map(safe_name), max_size=12))
def test_unique_names_stay_safe(names: list[str]) -> None:
    made = unique(names)
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in made}) == len(names)
    assert [safe_name(name) for name in made] == made


def test_the_file_system_takes_every_hostile_name(tmp_path: Path) -> None:
    made = unique([safe_name(f"{text}.txt") for text in HOSTILE])
    for name in made:
        (tmp_path / name).write_bytes(b"x")
    assert sorted(os.listdir(tmp_path)) == sorted(made)
