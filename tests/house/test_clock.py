"""Only the entry point asks what day it is: everywhere else today and now are parameters."""

import ast
import re

import pytest

from tests.house.tree import ROOMS, ROOT, dotted, imported_names, named, parsed, sources

ENTRY_POINT = "tui/__main__.py"

CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "sqlalchemy.func.current_date",
    "sqlalchemy.func.current_time",
    "sqlalchemy.func.current_timestamp",
    "sqlalchemy.func.now",
    "sqlmodel.func.now",
    "time.asctime",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.strftime",
    "time.time",
    "time.time_ns",
}
"""Read or handed on, a clock is a clock: default_factory=date.today counts as date.today() does."""

SQL_CLOCK = re.compile(
    r"""'now'|"now"|\bCURRENT_(?:TIMESTAMP|DATE|TIME)\b|\b(?:datetime|date|time|julianday|unixepoch)\(\s*\)"""
)
"""SQLite's own clock, also its date functions without an argument."""


def clocks_in_python(tree: ast.Module) -> list[str]:
    names = imported_names(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node, names) in CLOCKS:
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_CLOCK.search(node.value):
            found.append(f"line {node.lineno}: {SQL_CLOCK.findall(node.value)[0]}")
    return found


def clocks_in_sql(text: str) -> list[str]:
    return SQL_CLOCK.findall(re.sub(r"--[^\n]*", "", text))


def test_no_python_file_outside_the_entry_point_reads_a_clock() -> None:
    files = [path for path in sources() if named(path) != ENTRY_POINT]
    assert files
    assert [f"{named(path)} {clock}" for path in files for clock in clocks_in_python(parsed(path))] == []


def test_no_schema_step_reads_a_clock() -> None:
    steps = [path for room in ROOMS for path in (ROOT / room).rglob("*.sql")]
    assert steps
    assert [f"{named(path)} {clock}" for path in steps for clock in clocks_in_sql(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import date\ndate.today()",
        "from datetime import date as day\nday.today()",
        "import datetime\ndatetime.date.today()",
        "import datetime as d\nd.datetime.now(d.timezone.utc)",
        "from datetime import datetime\ndatetime.utcnow()",
        "from datetime import datetime\ndef f():\n    return datetime.today()",
        "from datetime import date\nfield(default_factory=date.today)",
        "def f():\n    import time\n    return time.time()",
        "from time import time\ntime()",
        "from time import localtime as here\nhere()",
        "from sqlmodel import func\nfunc.now()",
        "run(\"SELECT date('now')\")",
        "run('INSERT INTO t VALUES (CURRENT_TIMESTAMP)')",
        "run(f'SELECT julianday() - {x}')",
    ],
)
def test_a_planted_clock_is_found(code: str) -> None:
    assert clocks_in_python(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import date\ndate.fromisoformat(text)",
        "def f(today, now):\n    return now - today",
        "import time\ntime.monotonic()",
        "from db.rules.calendar import today\ntoday(calendar)",
        "run('SELECT date(due) FROM task')",
        "x = 'known'",
    ],
)
def test_what_reads_no_clock_is_left_alone(code: str) -> None:
    assert clocks_in_python(ast.parse(code)) == []


def test_a_clock_planted_in_sql_is_found_and_one_in_a_comment_is_not() -> None:
    assert clocks_in_sql("CREATE TABLE t (at TEXT DEFAULT CURRENT_TIMESTAMP) STRICT;")
    assert clocks_in_sql("-- never CURRENT_TIMESTAMP\nCREATE TABLE t (at TEXT) STRICT;") == []
