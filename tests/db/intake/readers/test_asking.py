"""Asking another process: what it answers, what it must not do, and that the program lives on whatever happens."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook
from reportlab.pdfgen import canvas

from db.errors import CancelledError, ReadingError
from db.intake.readers import asking, limits
from db.intake.source import Grid, Paragraph, Place, Source
from tests.db.intake.readers.docx_papers import lines, members, p, part, zipped


def never() -> bool:
    return False


def nobodys(status: os.stat_result) -> bool:
    return False


def read(path: Path, own: Callable[[os.stat_result], bool] = nobodys) -> Source:
    return asking.read_document(path, progress=lambda part, word: None, cancelled=never, own=own)


def refusal(path: Path) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read(path)
    assert path.name in caught.value.message
    return caught.value


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知 2026.docx"
    path.write_bytes(zipped(members(p("关于印发要点的通知") + p("各科室："))).getvalue())
    return path


def test_a_document_is_read_in_another_process_with_progress(notice: Path) -> None:
    told: list[tuple[float, str]] = []
    source = asking.read_document(
        notice, progress=lambda part, word: told.append((part, word)), cancelled=never, own=nobodys
    )
    assert lines(source) == ["关于印发要点的通知", "各科室："]
    assert (source.form, source.name) == ("docx", "通知 2026.docx")
    assert told[0] == (0.0, "正在打开…")
    assert (0.1, "正在读正文…") in told
    assert told[-1][0] == 1.0
    assert [part for part, _ in told] == sorted(part for part, _ in told)


def test_the_process_that_asks_never_loads_a_parser(notice: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from db.intake.readers.asking import read_document\n"
        f"read_document(Path({str(notice)!r}), progress=lambda *told: None, cancelled=bool, own=lambda s: False)\n"
        "print([n for n in ('lxml', 'zipfile', 'python_calamine', 'pdfplumber', 'html.parser') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_workbooks_new_and_old_are_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["甲"])
    book.save(tmp_path / "新.XLSX")
    old = xlwt.Workbook()
    old.add_sheet("一").write(0, 0, "乙")
    old.save(str(tmp_path / "旧.xls"))
    assert read(tmp_path / "新.XLSX").form == "xlsx"
    assert read(tmp_path / "旧.xls").form == "xls"


def test_every_other_form_goes_the_same_way(tmp_path: Path) -> None:
    page = canvas.Canvas(str(tmp_path / "文.pdf"))
    page.drawString(72, 700, "Notice 2026")
    page.save()
    for name in ("文.txt", "文.md"):
        (tmp_path / name).write_text("关于印发要点的通知\n各科室：\n", encoding="utf-8")
    (tmp_path / "文.htm").write_text("<html><body><p>关于印发要点的通知</p></body></html>", encoding="utf-8")
    found = {name: read(tmp_path / name) for name in ("文.pdf", "文.txt", "文.md", "文.htm")}
    assert [source.form for source in found.values()] == ["pdf", "txt", "md", "html"]
    assert [lines(source)[0] for source in found.values()] == ["Notice 2026", *["关于印发要点的通知"] * 3]


def docx_bytes() -> bytes:
    return zipped(members(p("甲"))).getvalue()


def xlsx_bytes() -> bytes:
    stream = BytesIO()
    book = Workbook()
    book.active.append(["甲"])
    book.save(stream)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("空.docx", b"", "空的"),
        ("旧.docx", OLE + "WordDocument".encode("utf-16-le") + b"\0\0", "旧格式的 Word"),
        ("锁.docx", OLE + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "密码"),
        ("旧.docx", OLE, "旧式的 Office"),
        ("表.xls", b"<html><table><tr><td>x</td></tr></table></html>", "网页"),
        ("表.xls", b"\xef\xbb\xbf <!DOCTYPE html><html/>", "网页"),
        ("表.xls", docx_bytes(), "不是旧式 Excel"),
        ("表.xlsx", OLE + "Workbook".encode("utf-16-le"), "不是 Excel"),
        ("表.xls", OLE + "Workbook".encode("utf-16-le"), "Excel 97"),
        ("文.docx", xlsx_bytes(), "Excel 工作簿"),
        ("表.xlsx", docx_bytes(), "Word 文档"),
        ("文.docx", b"%PDF-1.7\n", "PDF"),
        ("文.pdf", docx_bytes(), "不是 PDF"),
        ("文.docx", "只是文字".encode(), "不是 Word"),
        ("文.docx", b"\x01\x02\xfe\xff\x00" * 2000, "不是 Word"),
        ("文.docx", docx_bytes()[:-60], "损坏"),
        ("文.docx", b"PK\x03\x04" + bytes(3000), "损坏"),
        ("文.docx", zipped({"a.txt": "甲"}).getvalue(), "压缩包"),
        ("文.doc", OLE, ".doc"),
        ("文.xyz", b"abc", ".xyz"),
        ("无后缀", b"abc", "没有后缀"),
    ],
)
def test_what_cannot_be_read_gets_a_clear_answer(name: str, raw: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    error = refusal(path)
    assert words in error.message
    assert error.hint


def test_two_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(200 * 1024 * 1024)
    began = time.monotonic()
    assert "200 MB" in refusal(path).message
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize(("rows", "rest"), [(asking.MOST_ROWS, 0), (0, asking.MOST_LINES)])
def test_what_is_too_long_for_a_notice_is_refused_and_the_longest_is_not(rows: int, rest: int) -> None:
    def long(more: int) -> Source:
        table = Grid(Place("表 1"), rows + more, 1, ()) if rows else Paragraph("", Place("正文"))
        return Source("xlsx", "分工.xlsx", "0" * 64, (table, *(Paragraph("", Place("正文")),) * (rest - 1 + more)))

    asking.refuse_too_long(long(0), "分工.xlsx")
    with pytest.raises(ReadingError, match="不像是一份通知") as caught:
        asking.refuse_too_long(long(1), "分工.xlsx")
    assert "另存一份" in caught.value.hint


def test_nothing_but_a_regular_file_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.docx")
    (tmp_path / "夹.docx").mkdir()
    (tmp_path / "环.docx").symlink_to(tmp_path / "环.docx")
    assert "管道" in refusal(tmp_path / "管道.docx").message
    assert "文件夹" in refusal(tmp_path / "夹.docx").message
    assert "链接" in refusal(tmp_path / "环.docx").message
    assert "找不到" in refusal(tmp_path / "没有.docx").message
    with pytest.raises(ReadingError, match="字符"):
        read(tmp_path / "a\0b.docx")


def test_a_link_to_a_document_is_followed(notice: Path, tmp_path: Path) -> None:
    link = tmp_path / "链接.docx"
    link.symlink_to(notice)
    assert lines(read(link)) == ["关于印发要点的通知", "各科室："]


def test_the_ledger_itself_is_not_opened(notice: Path) -> None:
    with pytest.raises(ReadingError, match="台账文件"):
        read(notice, own=lambda status: status.st_ino == notice.stat().st_ino)


def test_a_bomb_is_a_clear_answer(tmp_path: Path) -> None:
    path = tmp_path / "炸弹.docx"
    found = {**members(p("甲")), "word/document.xml": part("document", " " * 70_000_000)}
    path.write_bytes(zipped(found).getvalue())
    assert path.stat().st_size < 200_000
    assert "64 MB" in refusal(path).message


def test_deep_tables_are_a_clear_answer(tmp_path: Path) -> None:
    path = tmp_path / "深.docx"
    deep = "<w:tbl><w:tr><w:tc>" * 60 + p("甲") + "</w:tc></w:tr></w:tbl>" * 60
    path.write_bytes(zipped(members(deep)).getvalue())
    assert len(read(path).blocks) == 60
    deep = "<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000
    path.write_bytes(zipped(members(deep)).getvalue())
    assert "太深" in refusal(path).message


# What a reader may get wrong, planted as a child of our own.

PLANTED = """
import sys
from db.errors import ReadingError
from db.intake.readers import child, limits
from db.intake.source import Paragraph, Place, Source
def read(stream, name, progress):
    progress(0.5, "正在读…")
{body}
    return Source("txt", name, "0" * 64, (Paragraph("甲", Place("正文", line=1)),))
child.serve(lambda: read, "通知.txt", limits.Limits(memory={memory}, seconds={seconds}))
"""


def planted(
    body: str,
    tmp_path: Path,
    *,
    memory: int = 1 << 30,
    cpu: float = 30.0,
    seconds: float = 20.0,
    cancelled: Callable[[], bool] = never,
    text: str | None = None,
) -> Source:
    """What comes of a reader with this body; or of any program at all, with `text`."""
    path = tmp_path / "通知.txt"
    path.write_text("甲", encoding="utf-8")
    inside = "\n".join(f"    {line}" for line in body.splitlines())
    code = PLANTED.format(body=inside, memory=memory, seconds=cpu) if text is None else text
    with path.open("rb") as stream:
        return asking.answer(
            [sys.executable, "-I", "-c", code], stream.fileno(), "通知.txt",
            progress=lambda part, word: None, cancelled=cancelled, seconds=seconds,
        )  # fmt: skip


def test_a_planted_reader_that_is_good_answers(tmp_path: Path) -> None:
    assert lines(planted("pass", tmp_path)) == ["甲"]


def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="所需内存超过上限"):
        planted("hoard = [bytearray(10_000_000) for _ in range(500)]", tmp_path, memory=400_000_000)


def test_a_reader_whose_allocation_kills_it_is_a_clear_answer(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="中止了"):
        planted("import os, signal\nos.kill(os.getpid(), signal.SIGABRT)", tmp_path)
    with pytest.raises(ReadingError, match="所需内存"):
        planted("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", tmp_path)


def test_a_reader_that_never_ends_is_stopped_by_the_clock(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(ReadingError, match="到时间还没有读完"):
        planted("import time\ntime.sleep(60)", tmp_path, seconds=0.5)
    assert time.monotonic() - began < 3


def test_a_reader_that_never_ends_is_stopped_by_its_own_limit_too(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="到时间还没有读完"):
        planted("while True: pass", tmp_path, cpu=1.0)


def test_cancelling_ends_the_process(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    body = f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    with pytest.raises(CancelledError, match="已停止"):
        planted(body, tmp_path, cancelled=lambda: mark.exists() and bool(mark.read_text()))
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_what_the_clerk_cancels_before_it_began_is_not_begun(notice: Path) -> None:
    with pytest.raises(CancelledError):
        asking.read_document(notice, progress=lambda part, word: None, cancelled=lambda: True, own=nobodys)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise ReadingError('坏了', '修一修')", "坏了"),
        ("raise TypeError('内部')", "TypeError"),
        ("def deep(): deep()\ndeep()", "太深"),
        ("raise MemoryError", "内存"),
        ("class PanicException(BaseException): pass\nraise PanicException('of Rust')", "文件损坏"),
        ("import os\nos._exit(3)", "退出码 3"),
        ("return 5", "AttributeError"),
        ("return Source('txt', name, 'x', ())", "sha256"),
    ],
)
def test_a_reader_that_fails_is_a_clear_answer(body: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=words):
        planted(body, tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        "import socket\nsocket.socket().connect(('127.0.0.1', 9))",
        "import subprocess\nsubprocess.run(['true'])",
        "import os\nos.system('true')",
        "import os\nos.fork()",
        "import os\nos.remove('/nowhere')",
    ],
)
def test_a_reader_opens_no_socket_and_starts_nothing(body: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="a reader does not do this"):
        planted(body, tmp_path)


def test_what_a_library_prints_does_not_mix_with_the_answer(tmp_path: Path) -> None:
    assert lines(planted("import os\nprint('noise')\nos.write(1, b'more noise')", tmp_path)) == ["甲"]


def test_the_child_gets_nothing_of_the_clerks_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_CLERK", "1")
    body = "import os\nassert 'SECRET_OF_THE_CLERK' not in os.environ and 'HOME' not in os.environ, 'leaked'"
    assert lines(planted(body, tmp_path)) == ["甲"]


@pytest.mark.parametrize(
    "text",
    [
        "print('什么都不是')",
        "print('{}')",
        "print('[1]')",
        "print('{\"progress\": [1]}')",
        "print('{\"progress\": [true, 1]}')",
        'print(\'{"progress": ["x", "y"]}\')',
        "print('{\"other\": 1}')",
        "print('{\"source\": 100}'); print('{}')",
        "print('{\"source\": 3}', flush=True); print('{}')",
        "print('{\"source\": 3}', flush=True); import sys; sys.stdout.buffer.write(b'\\xff\\xff\\n')",
        "print('[' * 9000)",
        "print('x' * 100000)",
        "",
    ],
)
def test_an_answer_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as caught:
        planted("", tmp_path, text=text)
    assert caught.value.hint


def test_an_answer_without_end_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANSWER_BYTES", 1_000_000)
    endless = "print('{\"source\": 1000000}', flush=True)\nwhile True: print('x' * 10000)"
    with pytest.raises(ReadingError, match="不完整"):
        planted("", tmp_path, text=endless)


def test_a_program_that_cannot_be_started_is_a_clear_answer(notice: Path) -> None:
    with notice.open("rb") as stream, pytest.raises(ReadingError, match="启动不了"):
        asking.answer(["/nowhere/python"], stream.fileno(), "a", progress=lambda a, b: None, cancelled=never)


def test_the_answer_is_one_line_of_json_before_the_source(notice: Path) -> None:
    with notice.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", "-m", asking.CHILD, "docx", "通知.docx"],
            stdin=stream, capture_output=True, check=True,
        )  # fmt: skip
    *told, announced, source = done.stdout.splitlines()
    assert all("progress" in json.loads(line) for line in told)
    assert json.loads(announced) == {"source": len(source)}
