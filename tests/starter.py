"""Python processes of their own that need not load what is not ours: each is a child of one that has loaded it.

A child begins where a fresh interpreter stands once its libraries are there: of this program nothing is loaded, and
arguments, surroundings, folder and outputs are its own. What depends on the start of the interpreter itself (locale,
encodings, PYTHON* variables) needs `subprocess`.
"""

import atexit
import json
import os
import select
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.no_network import child_environment

ROOT = Path(__file__).parents[1]
LIBRARIES = ("chinese_calendar", "dateutil.parser", "docx", "lxml.etree", "python_calamine", "sqlmodel", "xlsxwriter")
PATIENCE = 60
"""Seconds."""

FORKING = """
import importlib, io, json, os, runpy, sys

def become(asked):
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    for number, name in ((0, os.devnull), (1, asked["out"]), (2, asked["err"])):
        opened = os.open(name, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), encoding="utf-8")
    said = open(2, "wb", closefd=False)
    sys.stderr = io.TextIOWrapper(said, encoding="utf-8", errors="backslashreplace", line_buffering=True)
    how, what, *words = asked["words"]
    sys.argv = [how, *words]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})

for name in sys.argv[1:]:
    importlib.import_module(name)
ours = {name.split(".")[0] for name in sys.modules} & {"db", "seeds", "tui", "tests"}
assert not ours, ours
while line := sys.stdin.buffer.readline():
    child = os.fork()
    if child == 0:
        become(json.loads(line))
        break
    _, status = os.waitpid(child, 0)
    sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\\n")
    sys.stdout.flush()
"""


def _environment() -> dict[str, str]:
    return child_environment({**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"})


@cache
def _forking() -> "subprocess.Popen[bytes]":
    """The process that has the children, started with the first of them and gone with this one."""
    process = subprocess.Popen(
        [sys.executable, "-c", FORKING, *LIBRARIES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=_environment(),
    )
    atexit.register(_end, process)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    process.wait(PATIENCE)


def started(*words: str) -> "subprocess.CompletedProcess[bytes]":
    """What `python *words` does and says, '-m' or '-c' first, in the root of the work tree. Its input is empty."""
    process = _forking()
    assert process.stdin is not None
    assert process.stdout is not None
    with TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        out.touch()
        err.touch()
        asked = {"words": words, "folder": str(ROOT), "environment": _environment(), "out": str(out), "err": str(err)}
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
        assert ready, f"after {PATIENCE} seconds still there: {words}"
        code = int(process.stdout.readline())
        return subprocess.CompletedProcess(words, code, out.read_bytes(), err.read_bytes())
