"""A .docx or .xlsx that is meant to do harm, or is broken: refused before a parser sees it."""

import struct
import zipfile
from io import BytesIO

import pytest

from db.errors import ReadingError
from db.intake.readers import docx, xlsx, zip_checks
from tests.db.intake.readers.docx_papers import lines, members, p, part, zipped


def refused(stream: BytesIO) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        docx.read(stream, "通知.docx", lambda part, word: None)
    assert "通知.docx" in caught.value.message
    assert caught.value.hint
    return caught.value


def with_document(text: str | bytes) -> BytesIO:
    found: dict[str, bytes] = {name: one.encode() for name, one in members(p("甲")).items()}
    found["word/document.xml"] = text.encode() if isinstance(text, str) else text
    return zipped(found)


def test_a_fit_archive_passes() -> None:
    with zip_checks.checked(zipped(members(p("甲"))), "a.docx") as archive:
        assert "word/document.xml" in archive.namelist()


def test_what_inflates_beyond_a_member_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_checks, "MEMBER_BYTES", 1_000_000)
    assert "展开后超过" in refused(with_document(b" " * 1_000_001)).message


def test_what_inflates_beyond_all_members_together_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_checks, "ALL_BYTES", 3_000_000)
    found = {name: one.encode() for name, one in members(p("甲")).items()}
    small = {f"media/{at}.png": b"\0" * 900_000 for at in range(4)}
    assert "展开后超过" in refused(zipped({**found, **small})).message
    lines(docx.read(zipped({**found, "media/0.png": b"\0" * 900_000}), "a.docx", lambda part, word: None))


def test_the_real_limits_stop_a_bomb_in_the_moment_it_is_counted() -> None:
    assert "64 MB" in refused(with_document(b" " * (zip_checks.MEMBER_BYTES + 1))).message


def test_a_directory_that_lies_about_the_size_is_refused() -> None:
    stream = with_document(part("document", "<w:body>" + p("甲" * 5000) + "</w:body>"))
    raw = bytearray(stream.getvalue())
    directory = raw.index(b"PK\x01\x02")
    at = raw.index(b"word/document.xml", directory) - 46
    struct.pack_into("<I", raw, at + 24, 10)
    assert "损坏" in refused(BytesIO(bytes(raw))).message


def test_too_many_members_are_refused() -> None:
    found = {**members(p("甲")), **{f"x/{at}": "" for at in range(zip_checks.MEMBERS)}}
    assert "个部件" in refused(zipped(found)).message


ENTITY = '<!DOCTYPE x [<!ENTITY a "{}">]>'


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?>' + ENTITY.format("甲") + "<x>&a;</x>",
        "<!-- " + "-" * 300_000 + " -->" + '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        ('<?xml version="1.0" encoding="UTF-16"?>' + ENTITY.format("甲") + "<x>&a;</x>").encode("utf-16"),
        ('<?xml version="1.0" encoding="UTF-16BE"?>' + ENTITY.format("甲") + "<x>&a;</x>").encode("utf-16-be"),
    ],
)
def test_a_document_type_is_refused_in_any_encoding(text: str | bytes) -> None:
    assert "DOCTYPE" in refused(with_document(text)).message


@pytest.mark.parametrize("cut", range(1, len("<!DOCTYPE")))
def test_a_document_type_across_two_pieces_is_seen(cut: int) -> None:
    before = "<x>" + " " * (256 * 1024 - 3 - cut)
    assert "DOCTYPE" in refused(with_document(before + "<!DOCTYPE a></x>")).message


def test_a_document_type_in_any_other_part_is_refused_too() -> None:
    laughs = ENTITY.format("哈" * 10) + "<w/>"
    for name in ("docProps/app.xml", "word/_rels/x.rels", "word/odd.bin"):
        assert "DOCTYPE" in refused(zipped({**members(p("甲")), name: laughs})).message


def test_a_page_embedded_as_such_may_have_a_document_type() -> None:
    found = {
        **members(p("甲")),
        "word/afchunk.htm": "<!DOCTYPE html><html/>",
        "word/media/a.svg": "<!DOCTYPE svg><svg/>",
    }
    assert lines(docx.read(zipped(found), "a.docx", lambda part, word: None)) == ["甲"]


def test_the_words_of_a_document_type_in_the_text_are_text() -> None:
    assert lines(docx.read(zipped(members(p("&lt;!DOCTYPE html>"))), "a.docx", lambda part, word: None)) == [
        "<!DOCTYPE html>"
    ]


@pytest.mark.parametrize("encoding", ["UTF-7", "EBCDIC-CP-US", "utf-32", "big5"])
def test_an_encoding_that_could_hide_a_document_type_is_refused(encoding: str) -> None:
    assert "编码" in refused(with_document(f'<?xml version="1.0" encoding="{encoding}"?><x/>')).message


def test_macros_are_refused() -> None:
    error = refused(zipped({**members(p("甲")), "word/vbaProject.bin": "x"}))
    assert "宏" in error.message
    assert "另存" in error.hint


def test_an_encrypted_member_is_refused() -> None:
    raw = bytearray(zipped(members(p("甲"))).getvalue())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refused(BytesIO(bytes(raw))).message


def test_two_parts_of_one_name_are_refused() -> None:
    stream = zipped(members(p("甲")))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("WORD/document.xml", members(p("乙"))["word/document.xml"])
    stream.seek(0)
    assert "两份" in refused(stream).message


def test_a_compression_that_office_does_not_use_is_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        for name, text in members(p("甲")).items():
            archive.writestr(name, text)
    stream.seek(0)
    assert "压缩方法" in refused(stream).message


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_file_is_refused(keep: float) -> None:
    raw = zipped(members(p("甲" * 2000))).getvalue()
    assert "损坏" in refused(BytesIO(raw[: int(len(raw) * keep)])).message


@pytest.mark.parametrize("at", range(30, 500, 37))
def test_a_bit_turned_over_is_a_clear_answer_or_no_harm(at: int) -> None:
    raw = bytearray(zipped(members(p("甲"))).getvalue())
    raw[at] ^= 0xFF
    answers: list[str] = []
    try:
        answers = lines(docx.read(BytesIO(bytes(raw)), "a.docx", lambda part, word: None))
    except ReadingError as error:
        answers = ["甲"] if error.hint else []
    assert answers == ["甲"]


def test_a_workbook_is_checked_the_same_way() -> None:
    with pytest.raises(ReadingError, match="DOCTYPE"):
        xlsx.read(zipped({"xl/workbook.xml": ENTITY.format("x")}), "表.xlsx", lambda part, word: None)
    with pytest.raises(ReadingError, match="Word 文档"):
        xlsx.read(zipped(members(p("甲"))), "表.xlsx", lambda part, word: None)
