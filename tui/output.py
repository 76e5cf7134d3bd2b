"""Standard output and standard error of the commands without a screen: nothing else in tui writes to them."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from db.errors import MendableError, TaizhangError


def print_text(text: str) -> None:
    """To standard output, whole, with nothing in it that a terminal would obey. MendableError if that cannot be;
    BrokenPipeError goes through."""
    from tui.cells import safe

    # Line by line: nearly all of them are known to be plain at a glance.
    _write("\n".join(map(safe, text.split("\n"))))


def print_json(dumped: str) -> None:
    """The same for what db.export.json_form made: its escapes are exact, and must not be marked as text is."""
    _write(dumped)


def _write(text: str) -> None:
    if sys.stdout is None:
        raise MendableError("标准输出是关闭的，没有地方写出结果。", "请不要用 >&- 关闭它；输出到文件用 > 文件名。")
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except UnicodeEncodeError as error:
        raise MendableError(
            f"终端编码是 {sys.stdout.encoding}，写不出中文。", "请把终端编码设为 UTF-8（如 export LANG=zh_CN.UTF-8）。"
        ) from error
    except OSError as error:
        forget_output()
        raise MendableError(f"结果没有写完：{error.strerror}。", "请检查磁盘空间或输出的去处，再运行一次。") from error


def forget_output() -> None:
    """What is still in the buffer must not fail a second time when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def forget_closed_streams() -> None:
    """A terminal that was closed takes nothing any more: what is left for it must not turn the exit status to 120."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
        except ValueError:
            # Closed by hand.
            continue


def complain(error: TaizhangError) -> None:
    """To standard error: what happened, and below it what to do."""
    from tui.cells import safe

    lines = [f"taizhang：{safe(error.message)}"]
    if error.hint:
        lines.append(f"  {safe(error.hint)}")
    print("\n".join(lines), file=sys.stderr)


def remark(words: str) -> None:
    """To standard error, where there is one: what the clerk should know of a program that goes on."""
    with suppress(OSError, ValueError):
        print(f"taizhang：{words}", file=sys.stderr, flush=True)


def remark_tidied(told: Sequence[str]) -> None:
    """To standard error: what was stored otherwise than it was given; nothing where nothing was."""
    if told:
        from tui.cells import safe

        print(f"taizhang：文字已整理：{safe('；'.join(told))}", file=sys.stderr)
