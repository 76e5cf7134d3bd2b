"""The work tree as the house tests see it: what would be committed, nothing that a tool left."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("db", "seeds", "tui")

_LEFT_BY_TOOLS = {"__pycache__", "wheelhouse", "dist", "build", "uv.lock"}
_KEPT_DOTTED = {".ci", ".gitignore"}


def committed_files() -> Iterator[Path]:
    """Every file of the tree outside environments, caches and builds (see .gitignore)."""

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            dotted = path.name.startswith(".") and path.name not in _KEPT_DOTTED
            if dotted or path.name in _LEFT_BY_TOOLS or path.name.endswith(".egg-info"):
                continue
            if path.is_dir():
                yield from walk(path)
            else:
                yield path

    return walk(ROOT)


def sources(*rooms: str) -> list[Path]:
    """The Python files of these rooms, all three without an argument."""
    return [path for room in rooms or ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def named(path: Path) -> str:
    """The path as a complaint shows it."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """db/rules/calendar.py -> db.rules.calendar; a package by its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for: {"dt": "datetime.datetime"}, wherever in the file it is imported."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    found[alias.asname] = alias.name
                else:
                    top = alias.name.partition(".")[0]
                    found[top] = top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """The full name that an expression such as dt.now reads, or None where it is no plain chain of names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([names.get(node.id, node.id), *reversed(parts)])
