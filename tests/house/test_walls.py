"""Who may import whom, room by room: what import-linter cannot say by a list of what is forbidden.

A module that is new in db is nobody's until it stands in the table below.
"""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.house.tree import module_name, parsed, sources

FAMILY_OF_THE_FILE = {
    "db.backup_names", "db.chain", "db.connecting", "db.copying", "db.faults", "db.file", "db.folder", "db.journals",
    "db.lock", "db.opening", "db.seals", "db.steps", "db.swap", "db.temporaries",
}  # fmt: skip
"""db/file.py and the modules that it is made of."""

MAY_IMPORT: dict[str, set[str]] = {
    "tui.__main__": {
        "tui", "seeds",
        "db.care", "db.errors", "db.export", "db.file", "db.intake", "db.places", "db.reads", "db.rules", "db.seen",
        "db.store",
    },
    "tui.opening": {"tui", "seeds", "db.errors", "db.file", "db.places", "db.reads", "db.seen"},
    "tui": {
        "tui",
        "db.backup_names", "db.care", "db.errors", "db.export", "db.intake", "db.reads", "db.rules", "db.seen",
        "db.store",
    },
    "seeds": {"seeds", "db.errors", "db.intake", "db.rules", "db.store"},
    "db.store": {"db.store", "db.chain", "db.engine", "db.errors", "db.file", "db.models", "db.rules"},
    "db.care": {"db.care", "db.errors", "db.places", "db.reads", "db.rules", "db.seen", *FAMILY_OF_THE_FILE},
    "db.reads": {"db.reads", "db.chain", "db.errors", "db.file", "db.lock", "db.rules", "db.seals"},
    "db.engine": {"db.engine", "db.errors", "db.faults", "db.file", "db.models", "db.places", "db.seals"},
    "db.models": {"db.models", "db.rules"},
    "db.intake": {"db.intake", "db.errors", "db.rules"},
    "db.export": {"db.export", "db.errors", "db.rules"},
    "db.rules": {"db.rules"},
    "db.seen": {"db.chain", "db.errors", "db.file"},
    "db.file": {"db.errors", "db.places", *FAMILY_OF_THE_FILE},
    "db.swap": {"db.backup_names", "db.connecting", "db.errors", "db.faults", "db.folder", "db.lock", "db.temporaries"},
    "db.copying": {
        "db.chain", "db.connecting", "db.errors", "db.faults", "db.folder", "db.opening", "db.steps", "db.temporaries",
    },
    "db.opening": {"db.connecting", "db.errors", "db.faults", "db.steps"},
    "db.temporaries": {"db.connecting", "db.lock"},
    "db.backup_names": {"db.chain"},
    "db.faults": {"db.errors"},
    "db.folder": {"db.errors"},
    "db.journals": {"db.errors"},
    "db.lock": {"db.errors"},
    "db.steps": {"db.chain", "db.errors", "db.seals"},
    "db.chain": set(),
    "db.connecting": set(),
    "db.seals": set(),
    "db.places": {"db.errors", "db.places"},
    "db.errors": set(),
    "db": set(),
}  # fmt: skip
"""The longest name that fits a module is its room; `db` itself is the bare package."""

HINTS = {"db.file"}
"""What tui and seeds may name under TYPE_CHECKING besides: the LedgerFile that they are handed and hand on."""

OURS = ("db", "seeds", "tui")


def room_of(module: str) -> str:
    fitting = [room for room in MAY_IMPORT if module == room or module.startswith(room + ".")]
    room = max(fitting, key=len, default="")
    return module if room == "db" and module != "db" else room


def hint_lines(tree: ast.Module) -> set[int]:
    """The lines that stand under `if TYPE_CHECKING:`."""
    blocks = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
    ]
    return {line for block in blocks for node in block.body for line in range(node.lineno, (node.end_lineno or 0) + 1)}


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Each imported module with its line, inside functions too; `from db import file` counts as db.file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: a relative import hides whose room it enters"
            module = node.module or ""
            bare = module in ("db", "seeds", "tui")
            yield from ((f"{module}.{alias.name}" if bare else module, node.lineno) for alias in node.names)


def breaches(module: str, tree: ast.Module) -> list[str]:
    """The imports of ours that the table does not allow to this module."""
    room = room_of(module)
    allowed = MAY_IMPORT.get(room, set())
    under_hints = hint_lines(tree)
    found = []
    for name, line in imports(tree):
        if name.partition(".")[0] not in OURS:
            continue
        entered = "tui" if room_of(name).startswith("tui") else room_of(name)
        hinted = line in under_hints and room.partition(".")[0] in ("tui", "seeds") and entered in HINTS
        if entered not in allowed and not hinted:
            found.append(f"{module}:{line} imports {name}")
    return found


def third_parties(tree: ast.Module) -> set[str]:
    tops = {name.partition(".")[0] for name, _ in imports(tree)}
    return tops - set(sys.stdlib_module_names) - set(OURS)


def test_every_module_imports_only_what_its_room_may() -> None:
    found = [breach for path in sources() for breach in breaches(module_name(path), parsed(path))]
    assert found == []


def test_every_module_stands_in_a_known_room() -> None:
    assert [module_name(path) for path in sources() if room_of(module_name(path)) not in MAY_IMPORT] == []


def test_rules_know_the_standard_library_and_dateutil_only() -> None:
    rules = [path for path in sources("db") if module_name(path).startswith("db.rules.")]
    assert rules
    assert {third for path in rules for third in third_parties(parsed(path))} <= {"dateutil"}


def test_rules_open_no_files() -> None:
    rules = [path for path in sources("db") if module_name(path).startswith("db.rules.")]
    names = {name.partition(".")[0] for path in rules for name, _ in imports(parsed(path))}
    assert not names & {"io", "os", "pathlib", "shutil", "socket", "sqlite3", "subprocess", "tempfile", "urllib"}


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("tui.app", "from db.file import LedgerFile"),
        ("tui.app", "from db import models"),
        ("tui.screens.walk", "def f():\n    import seeds.plant"),
        ("tui.app", "from db.newcomer import x"),
        ("tui.app", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from db.models.ledger import Ledger"),
        ("seeds.plant", "from db.file import LedgerFile"),
        ("seeds.plant", "from db.reads import entries"),
        ("seeds.plant", "from db.care.backups import back_up"),
        ("db.care.backups", "from db.store.settings import set_second_place"),
        ("db.care.backups", "from db.engine import transaction"),
        ("db.reads.office", "from db.care.finding import backups_of"),
        ("db.file", "from db.care.backups import back_up"),
        ("tui.app", "from db.copying import copy_without_pieces"),
        ("db.reads.entries", "from db.store import verbs"),
        ("db.rules.order", "from db.errors import TaizhangError"),
        ("db.export.csv", "import db.file"),
        ("db.newcomer", "from db.rules import words"),
        ("db.store.change", "from tui import text"),
    ],
)
def test_a_planted_breach_is_found(module: str, code: str) -> None:
    assert breaches(module, ast.parse(code))


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("tui.__main__", "from db.file import LedgerFile\nfrom seeds.plant import plant\nfrom tui.app import App"),
        ("tui.app", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from db.file import LedgerFile"),
        ("tui.app", "from tui import text\nfrom db.rules.rows import EntryRow"),
        ("db.store.change", "from db.file import LedgerFile\nfrom db.models.ledger import Entry"),
        ("db.reads.entries", "import sqlite3\nfrom db.rules.rows import EntryRow"),
        ("db.care.backups", "import sqlite3\nfrom db.copying import write_copy\nfrom db.reads.check import check"),
    ],
)
def test_an_allowed_import_is_left_alone(module: str, code: str) -> None:
    assert breaches(module, ast.parse(code)) == []
