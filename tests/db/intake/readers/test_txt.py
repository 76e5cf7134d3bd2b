"""Text files: encodings by a ladder without silent guesses, lines with their numbers."""

import hashlib
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import ReadingError
from db.intake.readers import encodings, txt
from db.intake.readers.encodings import cleaned, decoded
from db.intake.source import Paragraph, Place, Source

NOTICE = "关于印发2021年政务公开工作要点的通知\r\n\r\n序号\t工作任务\t责任科室\r\n1\t主动公开规划。\t办公室\r\n"


def read(raw: bytes, name: str = "通知.txt") -> Source:
    return txt.read(io.BytesIO(raw), name, lambda part, words: None)


def lines(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def answered(raw: bytes) -> Source | str:
    """The source, or the advice of the refusal."""
    try:
        return read(raw)
    except ReadingError as error:
        return error.hint


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [
        ("utf-8", False),
        ("utf-8-sig", False),
        ("gb18030", True),
        ("gbk", True),
        ("gb2312", True),
        ("utf-16", False),
        ("utf-32", False),
        ("utf-16-le", True),
        ("utf-16-be", True),
    ],
)
def test_a_notice_reads_the_same_in_every_encoding_and_a_guess_is_named(encoding: str, guessed: bool) -> None:
    raw = NOTICE.encode(encoding)
    source = read(raw)
    assert lines(source) == NOTICE.replace("\r\n", "\n").removesuffix("\n").split("\n")
    assert [loss.kind for loss in source.losses] == (["encoding"] if guessed else [])
    assert all("关于印发2021年" in loss.text for loss in source.losses)
    assert source.sha256 == hashlib.sha256(raw).hexdigest()


def test_a_sign_that_gb2312_has_not_is_read() -> None:
    assert lines(read("镕基路办公室牵头，各科室配合。𠮷".encode("gb18030"))) == ["镕基路办公室牵头，各科室配合。𠮷"]


@pytest.mark.parametrize(
    ("raw", "why", "advice"),
    [
        (b"", "空的", "重新下载"),
        (b"  \r\n\t ", "空的", "重新下载"),
        ("\ufeff\n \u3000".encode(), "没有文字", "选对了文件"),
        ("任務一：政務公開工作要點，責任單位辦理完成".encode("big5"), "编码认不出", "另存为 UTF-8"),
        ("務必公開".encode("big5"), "Big5", "另存为 UTF-8"),
        ("政務公開".encode("shift-jis"), "编码认不出", "另存为 UTF-8"),
        ("任务".encode("gb18030")[:-1], "截断", "重新下载"),
        ("任务".encode() + "任务".encode("gb18030") + "任务".encode(), "编码认不出", "另存为 UTF-8"),
        (b"\xef\xbb\xbf" + "任务".encode("gb18030"), "编码坏了", "另存为 UTF-8"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "编码坏了", "另存为 UTF-8"),
        (bytes(range(256)) * 4, "编码认不出", "另存为 UTF-8"),
        (b"\0" * 1000, "编码认不出", "另存为 UTF-8"),
        (b"MZ\x90\0\x03\0\0\0\x04" * 20, "编码认不出", "另存为 UTF-8"),
        (b"\x01\x02\x03abc" * 9, "不是文字", "docx"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\0\0", "编码认不出", "UTF-8"),
    ],
)
def test_what_is_no_readable_text_is_refused_with_advice(raw: bytes, why: str, advice: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(raw)
    assert why in caught.value.message
    assert "通知.txt" in caught.value.message
    assert advice in caught.value.hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一\n二", ["一", "二"]),
        ("一\r二\r\n三\n", ["一", "二", "三"]),
        ("一\u2028二\u2029三\x85四\x0b五", ["一", "二", "三", "四", "五"]),
        ("整\n\n\f理\n", ["整", "", "理"]),
        ("整\n\f\n理", ["整", "", "理"]),
        ("整\f理", ["整", "理"]),
        ("\t甲\t\n\t\n| a | b |\n|---|---|", ["\t甲\t", "\t", "| a | b |", "|---|---|"]),
        ("\n一\n\n", ["", "一", ""]),
        ("　　全角 空格\u200b", ["　　全角 空格\u200b"]),
    ],
)
def test_lines_are_kept_as_written_with_the_numbers_of_the_file(text: str, expected: list[str]) -> None:
    source = read(text.encode())
    assert lines(source) == expected
    assert [block.place for block in source.blocks] == [Place("正文", line=at + 1) for at in range(len(expected))]


def test_stray_control_characters_are_left_out_and_counted() -> None:
    source = read(("任务" * 200 + "\x08\x1a").encode())
    assert lines(source) == ["任务" * 200]
    assert [(loss.kind, loss.count) for loss in source.losses] == [("unread_text", 2)]


@pytest.mark.parametrize(("name", "form"), [("a.md", "md"), ("A.MARKDOWN", "md"), ("a.txt", "txt"), ("a", "txt")])
def test_the_form_follows_the_suffix(name: str, form: str) -> None:
    assert read(b"abc", name).form == form


def test_the_last_allowed_sign_and_line_are_read_and_one_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(txt, "MAX_CHARACTERS", 6)
    monkeypatch.setattr(txt, "MAX_LINES", 2)
    monkeypatch.setattr(encodings, "MAX_BYTES", 14)
    assert lines(read("一二三\n四五".encode("gb18030"))) == ["一二三", "四五"]
    for text, why in (("一二三四五六\n", "文字太多"), ("一\n二\n三", "3 行"), ("a" * 15, "文件太大")):
        with pytest.raises(ReadingError, match=why):
            read(text.encode("gb18030"))


def test_a_megabyte_of_anything_is_answered_in_a_few_seconds() -> None:
    began = time.process_time()
    for raw in (b"\n" * 100_000, b"\x81\x30\x81\x30" * 250_000, "公".encode("utf-16-be") * 500_000, b"\f\n" * 400_000):
        assert answered(raw)
    assert time.process_time() - began < 10


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Cs", "Co")), min_size=1))
def test_every_text_in_utf_8_comes_through_unchanged(text: str) -> None:
    found = decoded(b"\xef\xbb\xbf" + text.encode())
    assert found.text == cleaned(text)[0]
    assert not found.guessed


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_never_hold_a_control_character(raw: bytes) -> None:
    answer = answered(raw)
    if isinstance(answer, Source):
        assert all(sign == "\t" or sign >= " " for line in lines(answer) for sign in line)
