"""Files that are no readable form: what each is called and how it becomes one."""

import io
import zipfile
from itertools import count

import pytest

from db.intake.readers import other
from db.intake.readers.other import OLE


def archive(*names: str, content: bytes = b"") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        for name in names:
            file.writestr(name, content)
    return kept.getvalue()


def compound(*streams: str) -> bytes:
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return OLE + b"\0" * 504 + names


@pytest.mark.parametrize(
    ("raw", "name", "what", "advice"),
    [
        (compound("Root Entry", "WordDocument"), "通知.doc", ".doc", "另存为 .docx"),
        (compound("Root Entry", "WordDocument"), "通知.docx", ".doc", "另存为 .docx"),
        (compound("Root Entry", "WordDocument"), "通知.wps", ".wps", "另存为 .docx"),
        (compound("Root Entry", "Workbook"), "分工.et", ".et", "另存为 .xlsx"),
        (compound("Root Entry", "PowerPoint Document"), "a", "演示文稿", ".docx"),
        (compound("Root Entry", "EncryptedPackage"), "通知.docx", "密码", "取消密码"),
        (compound("Root Entry"), "通知.doc", ".doc", "另存为 .docx"),
        (b"", "通知.wps", ".wps", "另存为 .docx"),
        ("文字".encode(), "通知.DOC", ".doc", "另存为 .docx"),
        (b"", ".et", ".et", "另存为 .xlsx"),
        (archive("OFD.xml", "Doc_0/Document.xml"), "通知.ofd", "OFD", ".docx"),
        (archive("OFD.xml"), "通知.docx", "OFD", ".docx"),
        (archive("mimetype", content=b"application/vnd.oasis.opendocument.text"), "a.odt", ".odt", ".docx"),
        (archive("mimetype", content=b"application/vnd.oasis.opendocument.spreadsheet"), "a.ods", ".ods", ".xlsx"),
        (archive("[Content_Types].xml", "xl/workbook.bin"), "a.xlsb", ".xlsb", ".xlsx"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", "演示文稿", ".docx"),
        (archive("[Content_Types].xml", "word/document.xml"), "通知.doc", ".doc", ".docx"),
        (archive("通知.docx"), "附件.zip", "压缩包", "先解压"),
        (archive("readme"), "附件", "压缩包", "先解压"),
        (b"Rar!\x1a\x07\x01\0", "附件.rar", "压缩包", "先解压"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "附件.7z", "压缩包", "先解压"),
        (b"{\\rtf1\\ansi}", "通知.doc", "RTF", "另存为 .docx"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "扫描.jpg", "图片", "转文字"),
        (b"\x89PNG\r\n\x1a\n\0\0", "扫描.pdf", "图片", "转文字"),
        (b"II*\0\x08\0", "a.tif", "图片", "转文字"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a", "图片", "转文字"),
        (b"\0\0\0\x18ftypheic", "a", "图片", "转文字"),
        (b"\0\0\0\x18ftypmp42", "a", "视频", "选对"),
        (b"MZ\x90\0\x03\0\0\0", "通知.docx", "程序", "选对"),
        (b"\x7fELF\x02\x01", "a", "程序", "选对"),
        (b"Founder CEB 3", "a.ceb", "CEB", "PDF"),
        (b"SQLite format 3\0", "a.txt", "数据库", "--db"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x", "a.mht", "网页", ".html"),
    ],
)
def test_each_is_named_with_the_way_to_make_it_readable(raw: bytes, name: str, what: str, advice: str) -> None:
    refusal = other.refusal(raw, name)
    assert refusal is not None
    assert what in refusal.message
    assert advice in refusal.hint
    assert other.unknown(raw, name).message == refusal.message


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "通知.docx"),
        (archive("[Content_Types].xml", "word/document.xml")[:60], ".docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "分工"),
        (archive("broken"), "通知.docx"),
        (compound("Root Entry", "Workbook"), "分工.xls"),
        (b"%PDF-1.7", "通知.pdf"),
        (b"BM\xe5\x85\xac", "a.txt"),
        ("MZ 是两个字母".encode(), "a.txt"),
        (b"<html>", "a.html"),
        ("任务".encode(), "a.txt"),
        (b"", "a.md"),
        (b"abc", "没有后缀"),
    ],
    ids=count(),
)
def test_what_a_reader_may_take_is_not_refused_here(raw: bytes, name: str) -> None:
    assert other.refusal(raw, name) is None


def test_what_nobody_knows_is_said_to_be_unknown_with_the_forms_that_are_read() -> None:
    assert "认不出" in other.unknown(b"abc", "a.xyz").message
    assert ".docx" in other.unknown(b"abc", "a").hint
    assert "空的" in other.unknown(b"", "a").message
