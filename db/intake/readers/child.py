"""The process that reads one foreign document: `python -I -m db.intake.readers.child FORM NAME`, the file as stdin.

On standard output, lines of JSON:
    {"progress": [0.4, "正在读第 2 张表…"]}    any number of them
    then one of
    {"refusal": ["message", "hint"]}           the document cannot be read; in Chinese
    {"fault": "TypeError: …"}                  the reader itself failed
    {"source": N}                              followed by N bytes of db.intake.source_json
Nothing else is ever written there, whatever a library prints.
"""

import gc
import json
import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from types import TracebackType
from typing import BinaryIO, Final

from db.errors import ReadingError, TaizhangError
from db.intake.readers import limits
from db.intake.source import Source, SourceForm
from db.intake.source_json import to_json

READERS: Final[dict[SourceForm, str]] = {
    "docx": "db.intake.readers.docx",
    "xlsx": "db.intake.readers.xlsx",
    "xls": "db.intake.readers.xls",
    "html": "db.intake.readers.html",
    "pdf": "db.intake.readers.pdf",
    "txt": "db.intake.readers.txt",
    "md": "db.intake.readers.txt",
}
_PATH: Final = re.compile(r"[^\s'\"()]*[/\\][^\s'\"()]*")
Reader = Callable[[BinaryIO, str, limits.Progress], Source]


def main(arguments: list[str]) -> None:
    """Read standard input as the form named by the first argument, under the name that is the second."""
    form, name = arguments
    module = next(module for known, module in READERS.items() if known == form)
    serve(lambda: import_module(module).read, name, limits.Limits())


def serve(reader: Callable[[], Reader], name: str, bounds: limits.Limits) -> None:
    """Bind this process, read standard input with the reader that `reader` loads, and write the answer."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limits.confine(bounds)
    # A life of a second or two, bounded anyway: to look for circles among millions of elements only takes time.
    gc.disable()

    def told(**line: object) -> None:
        answer.write(json.dumps(line, ensure_ascii=True).encode() + b"\n")
        answer.flush()

    def fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if kind.__name__ == "PanicException":
            # What a library in Rust does instead of raising: its reader met what cannot be in a whole file.
            told(refusal=[f"无法读取“{name}”：文件损坏。", "请用 WPS 或 Excel 打开，另存为 .xlsx 再导入。"])
        else:
            # Without paths: they are this machine's, and say nothing about the document.
            told(fault=_PATH.sub("…", f"{kind.__name__}: {error}"[:300]))

    sys.excepthook = fault
    try:
        source = to_json(_read(reader, name, lambda part, word: told(progress=[part, word]))).encode()
        if len(source) > limits.ANSWER_BYTES:
            raise ReadingError(f"无法读取“{name}”：内容太多，不像一份通知。", "请另存一份，只留正文和任务分解表。")
    except TaizhangError as error:
        told(refusal=[error.message, error.hint])
    except MemoryError:
        told(refusal=list(too_large(name)))
    except RecursionError:
        told(refusal=[f"无法读取“{name}”：内容套得太深。", "请用 WPS 或 Word 打开，另存为一份新的再导入。"])
    else:
        told(source=len(source))
        answer.write(source)
        answer.flush()


def too_large(name: str) -> tuple[str, str]:
    """Message and hint for a document that needs more memory than a reader may take."""
    return (
        f"无法读取“{name}”：展开后太大，所需内存超过上限。",
        "请用 WPS 或 Word 打开，另存一份只有正文和任务分解表的再导入。",
    )


def _read(reader: Callable[[], Reader], name: str, progress: limits.Progress) -> Source:
    with os.fdopen(os.dup(0), "rb") as stream:
        content = stream.read(limits.FILE_BYTES + 1)
    if len(content) > limits.FILE_BYTES:
        raise ReadingError(f"无法读取“{name}”：文件在读取过程中变大了。", "请等它保存或下载完，再导入一次。")
    progress(0.02, "正在打开…")
    read = reader()
    limits.keep_inside()
    return read(BytesIO(content), name, progress)


if __name__ == "__main__":
    main(sys.argv[1:])
