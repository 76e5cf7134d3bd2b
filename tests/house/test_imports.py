"""What a fresh process loads and touches: the quick ways stay quick, and importing does nothing."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, module_name, sources

TOO_MUCH = {"chinese_calendar", "openpyxl", "pydantic", "python_calamine", "rich", "sqlalchemy", "sqlmodel", "textual"}
"""Loaded by neither a list nor an export, whatever its form."""

WRITERS = {"dateutil.parser", "xlsxwriter"}
"""Loaded by no list and no plain-text export."""

OTHER_COMMANDS = {
    *("db.care", "db.export.document", "db.export.text", "db.reads.check", "db.reads.history"),
    *("tui.care", "tui.caring", "tui.showing"),
}
"""Of ours, what a list has no use for: each would be a hundredth of it."""

LEDGER = ("--plan", "jiangmen-2021", "--unit", "执法监督科", "--year", "2026", "--today", "2026-03-02")

WATCH = """
import importlib, json, os, sys
sys.dont_write_bytecode = True
seen = []
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
def hook(event, args):
    if event == "open":
        path, mode, flags = args
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & WRITES):
            seen.append(f"open {path} {mode} {flags}")
    elif event.split(".")[0] in ("shutil", "sqlite3", "socket", "subprocess", "tempfile") or event in (
        "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate",
        "os.utime", "os.system", "os.fork", "os.posix_spawn", "os.exec",
    ):
        seen.append(f"{event} {args!r}")
sys.addaudithook(hook)
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps(seen))
"""
"""Imports the given modules under an audit hook that keeps whatever writes, connects or starts something."""


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, with only the work tree on its path."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )


def loaded(arguments: list[str], folder: Path) -> set[str]:
    """The modules that this command line imports, from the interpreter's own report."""
    result = run(["-X", "importtime", "-m", "tui", *arguments], folder)
    assert result.returncode == 0, result.stderr[-2000:]
    return set(re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)$", result.stderr, re.MULTILINE))


def too_much(modules: set[str], forbidden: set[str]) -> set[str]:
    return {name for name in modules if any(name == bad or name.startswith(bad + ".") for bad in forbidden)}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one ledger in it, made by the program itself, once. Copy it."""
    file = tmp_path_factory.mktemp("begun") / "office.db"
    made = run(["-m", "tui", "--db", str(file), "--new", *LEDGER, "--list"], file.parent)
    assert made.returncode == 0, made.stderr
    return file


@pytest.fixture
def ledger(begun: Path, tmp_path: Path) -> Path:
    return shutil.copy(begun, tmp_path / "office.db")


def test_listing_a_ledger_that_exists_loads_neither_textual_nor_sqlmodel(ledger: Path, tmp_path: Path) -> None:
    modules = loaded(["--db", str(ledger), *LEDGER, "--list", "--json"], tmp_path)
    assert "sqlite3" in modules
    assert too_much(modules, TOO_MUCH | WRITERS | OTHER_COMMANDS) == set()


@pytest.mark.parametrize("form", [("--board",), ("--board", "--json")])
def test_a_board_loads_neither_textual_nor_sqlmodel_nor_rich(
    form: tuple[str, ...], ledger: Path, tmp_path: Path
) -> None:
    modules = loaded(["--db", str(ledger), *LEDGER, *form], tmp_path)
    assert "db.rules.board" in modules
    assert too_much(modules, TOO_MUCH | WRITERS) == set()


@pytest.mark.parametrize("form", [("--check",), ("--check", "--json")])
def test_a_check_loads_neither_textual_nor_sqlmodel(form: tuple[str, ...], ledger: Path, tmp_path: Path) -> None:
    modules = loaded(["--db", str(ledger), *form], tmp_path)
    assert "db.reads.check" in modules
    assert too_much(modules, TOO_MUCH | WRITERS) == set()


@pytest.mark.parametrize("suffix", ["csv", "md", "json"])
def test_a_plain_text_export_loads_no_more_than_it_needs(suffix: str, ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / f"year.{suffix}"
    modules = loaded(["--db", str(ledger), *LEDGER, "--export", str(target)], tmp_path)
    assert target.stat().st_size > 0
    assert too_much(modules, TOO_MUCH | WRITERS) == set()


def test_a_workbook_export_loads_neither_textual_nor_sqlmodel(ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "year.xlsx"
    modules = loaded(["--db", str(ledger), *LEDGER, "--export", str(target)], tmp_path)
    assert target.stat().st_size > 0
    assert too_much(modules, {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "dateutil.parser"}) == set()


def test_what_is_loaded_is_told_by_whole_names() -> None:
    assert too_much({"textual.app", "rich", "richer", "dateutil.rrule"}, TOO_MUCH | WRITERS) == {"textual.app", "rich"}


def watched(modules: list[str], folder: Path) -> list[str]:
    result = run(["-c", WATCH, json.dumps(modules)], folder)
    assert result.returncode == 0, result.stderr
    events: list[str] = json.loads(result.stdout.splitlines()[-1])
    return events


def test_importing_every_module_does_nothing_to_the_file_system(own_home: Path, tmp_path: Path) -> None:
    modules = [module_name(path) for path in sources()]
    assert "tui.__main__" in modules
    assert watched(modules, tmp_path) == []
    assert list(own_home.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "body",
    [
        "open('left.txt', 'w').close()",
        "import os; os.mkdir('left')",
        "import sqlite3; sqlite3.connect(':memory:')",
        "import subprocess; subprocess.run(['true'])",
        "import pathlib; pathlib.Path('left').touch()",
    ],
)
def test_a_module_that_does_something_when_imported_is_caught(body: str, tmp_path: Path) -> None:
    (tmp_path / "guilty.py").write_text(body, encoding="utf-8")
    assert watched(["guilty"], tmp_path)
