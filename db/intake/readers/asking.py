"""Asking another process to read a document: the program that holds the ledger never parses a foreign file itself."""

import errno
import json
import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import IO, Any, Final

from db.errors import CancelledError, ReadingError
from db.intake.plain_files import on_one_line
from db.intake.readers import limits, opening
from db.intake.readers.child import too_large
from db.intake.source import Grid, Paragraph, Source
from db.intake.source_json import from_json

CHILD: Final = "db.intake.readers.child"
_LINE: Final = 10_000
"""Characters of the longest line that a child writes."""
_WORDS: Final = 500
"""Characters of one message."""
_LINES: Final = 100_000
"""Lines that a child may write; an ordinary one writes ten."""
MOST_ROWS: Final = 5_000
"""Rows of all tables; the longest notice seen has 39, and 3,000 take 5 to 8 s to understand."""
MOST_LINES: Final = 30_000
"""Paragraphs and lines outside the tables."""
_BREATH: Final = 0.05
"""Seconds between two looks whether the clerk has stopped it."""


def read_document(
    path: Path,
    *,
    progress: Callable[[float, str], None],
    cancelled: Callable[[], bool],
    own: Callable[[os.stat_result], bool],
) -> Source:
    """Read a .docx, .xlsx, .xls, .html, .pdf, .txt or .md in a process of its own.

    progress takes the part done, 0 to 1, and a Chinese word for it; cancelled is asked every 50 ms; both in this
    thread. own tells the ledger's own files. Raises ReadingError (what, why, what to do) and CancelledError; either
    way no process is left.
    """
    progress(0.0, "正在打开…")
    with opening.opened(path, own) as document:
        if not sys.executable:
            # Python does not know where it is: it was started by another program or without a path.
            raise _not_started(document.name, None)
        command = [sys.executable, "-I", "-X", "utf8", *(["-B"] if sys.dont_write_bytecode else []), "-m", CHILD]
        asked = [*command, document.form, document.name]
        source = answer(asked, document.descriptor, document.name, progress=progress, cancelled=cancelled)
    refuse_too_long(source, document.name)
    progress(1.0, "读完了")
    return replace(source, name=document.name)


def refuse_too_long(source: Source, name: str) -> None:
    """Raises ReadingError for what no notice is: its reading could not be stopped, and nobody would go through it."""
    rows = sum(block.height for block in source.blocks if isinstance(block, Grid))
    lines = sum(isinstance(block, Paragraph) for block in source.blocks)
    for count, most, what in ((rows, MOST_ROWS, "表格有"), (lines, MOST_LINES, "正文有")):
        if count > most:
            raise ReadingError(
                f"无法读取“{name}”：{what} {count:,} 行，不像是一份通知的任务分解表（最多 {most:,} 行）。",
                "请另存一份，只留通知的正文和任务分解表，再导入。",
            )


def answer(
    command: Sequence[str],
    descriptor: int,
    name: str,
    *,
    progress: Callable[[float, str], None],
    cancelled: Callable[[], bool],
    seconds: float = limits.Limits().seconds,
) -> Source:
    """What the child that `command` starts answers about the file open at `descriptor`, within so many seconds."""
    until = time.monotonic() + seconds
    try:
        process = limits.started(command, descriptor)
    except OSError as error:
        raise _not_started(name, error.errno) from error
    assert process.stdout is not None
    said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    carrier = Thread(target=_carry, args=(process.stdout, said), daemon=True)
    carrier.start()
    try:
        return _heard(process, said, name, until, progress, cancelled)
    finally:
        process.kill()
        process.wait()
        carrier.join()
        process.stdout.close()


def _carry(stream: IO[bytes], said: queue.SimpleQueue[bytes]) -> None:
    """Put each line on the queue, behind a line that announces a source that source, at the end an empty one."""
    line = b"-"
    for at in range(_LINES):
        line = stream.readline(_LINE) if at < _LINES - 1 else b""
        said.put(line)
        if line.startswith(b'{"source"'):
            # One byte more than is allowed is enough to know.
            said.put(stream.read(limits.ANSWER_BYTES + 1))
        if not line or line.startswith(b'{"source"'):
            return


def _heard(
    process: subprocess.Popen[bytes],
    said: queue.SimpleQueue[bytes],
    name: str,
    until: float,
    progress: Callable[[float, str], None],
    cancelled: Callable[[], bool],
) -> Source:
    def following() -> bytes:
        while True:
            if cancelled():
                raise CancelledError(f"已停止读取“{name}”。", "台账没有改变。")
            if time.monotonic() > until:
                raise _too_slow(name)
            try:
                return said.get(timeout=_BREATH)
            except queue.Empty:
                continue

    while line := following():
        kind, value = _parsed(line, name)
        if kind == "progress":
            progress(min(max(float(value[0]), 0.0), 1.0), _shown(value[1]))
        elif kind == "refusal":
            raise ReadingError(_shown(value[0]), _shown(value[1]))
        elif kind == "fault":
            raise _failed(name, _shown(value))
        else:
            return _source(following(), value, name)
    raise _silent(process, name)


def _parsed(line: bytes, name: str) -> tuple[str, Any]:
    try:
        found = json.loads(line)
        ((kind, value),) = found.items()
        fits = {
            "progress": lambda: [type(one) for one in value] in ([float, str], [int, str]),
            "refusal": lambda: [type(one) for one in value] == [str, str],
            "fault": lambda: type(value) is str,
            "source": lambda: type(value) is int,
        }[kind]()
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError) as error:
        raise _failed(name, "答复不合格式") from error
    if not fits:
        raise _failed(name, "答复不合格式")
    return kind, value


def _source(text: bytes, length: int, name: str) -> Source:
    if len(text) != length:
        raise _failed(name, "答复不完整")
    try:
        return from_json(text.decode())
    except UnicodeDecodeError as error:
        raise _failed(name, "答复不是 UTF-8") from error


def _shown(text: str) -> str:
    """What a child says, for the clerk: names of parts may hold signs that move the cursor, or that are endless."""
    return on_one_line(text[:_WORDS])


def _not_started(name: str, number: int | None) -> ReadingError:
    why = "内存或进程数不够" if number in (errno.EAGAIN, errno.ENOMEM, errno.EMFILE) else "找不到或不能运行 Python"
    hint = "请关掉一些程序再试。" if number in (errno.EAGAIN, errno.ENOMEM, errno.EMFILE) else "请重新安装本程序再试。"
    return ReadingError(f"无法读取“{name}”：读取程序启动不了（{why}）。", hint)


def _silent(process: subprocess.Popen[bytes], name: str) -> ReadingError:
    """A child that closed its mouth without an answer has died or is about to."""
    try:
        how = limits.how_it_ended(process.wait(1))
    except subprocess.TimeoutExpired:
        how = "failed"
    if how == "time":
        return _too_slow(name)
    if how == "memory":
        return ReadingError(*too_large(name))
    if how == "crash":
        return ReadingError(
            f"无法读取“{name}”：文件损坏，或者内容大得不合常理，读取程序中止了。",
            "请用 WPS 或 Word 打开，另存为一份新的再导入。",
        )
    return _failed(name, f"退出码 {process.returncode}")


def _too_slow(name: str) -> ReadingError:
    return ReadingError(
        f"无法读取“{name}”：内容太多或太复杂，到时间还没有读完。",
        "请用 WPS 或 Word 打开，另存一份只有正文和任务分解表的再导入。",
    )


def _failed(name: str, why: str) -> ReadingError:
    return ReadingError(
        f"无法读取“{name}”：读取程序出错（{why}）。",
        "请用 WPS 或 Word 打开，另存为一份新的再导入；仍不行请反馈这句话。",
    )
