"""Things are called what they are, stand in their room, and carry nothing of the machine that they were made on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT, committed_files, dotted, imported_names, named, parsed, sources

EMPTY_WORDS = {"manager", "managers", "helper", "helpers", "util", "utils", "data"}
EMPTY_STARTS = ("handle_", "process_")
SQLALCHEMYS_OWN = {"process_bind_param", "process_result_value"}
"""Hooks of TypeDecorator: the name is not ours to choose."""

ROOM_OF_SUFFIX = {".sql": "db/schema/", ".toml": "seeds/", ".txt": "seeds/", ".tcss": "tui/"}
"""Where a file that is no Python belongs, inside the three rooms."""

OF_THE_MACHINE = re.compile(
    r"""
      pypi\.org | pythonhosted\.org | registry\.npmjs | debian\.org | \bindex-url\b | \bfind-links\s*=
    | (?<![\w.~-])/(?:work|root)/ | /opt/(?:wheels|pypi)
    """,
    re.VERBOSE,
)
TELEPHONE = re.compile(r"(?<![\w.:-])(?:1[3-9]\d{9}|0\d{2,3}[-－—]\d{7,8})(?![\w.])")


def words(name: str) -> list[str]:
    """The words of snake_case or CamelCase, in small letters."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def is_empty_name(name: str) -> bool:
    if name in SQLALCHEMYS_OWN:
        return False
    return bool(EMPTY_WORDS & set(words(name))) or name.lstrip("_").startswith(EMPTY_STARTS)


def defined_names(tree: ast.Module) -> Iterator[str]:
    """Every name that the file gives to something: functions, classes, parameters, variables, fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def tables_of(tree: ast.Module) -> list[str]:
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(key.arg == "table" and getattr(key.value, "value", False) is True for key in node.keywords)
    ]


def textual_bases(tree: ast.Module) -> list[str]:
    names = imported_names(tree)
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return [node.name for node in classes for base in node.bases if (dotted(base, names) or "").startswith("textual.")]


def text_of(path: Path) -> str | None:
    """The text of a file, None where it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def test_no_name_is_an_empty_word() -> None:
    found = [
        f"{named(path)}: {name}" for path in sources() for name in defined_names(parsed(path)) if is_empty_name(name)
    ]
    found += [named(path) for path in sources() if is_empty_name(path.stem) or is_empty_name(path.parent.name)]
    assert found == []


@pytest.mark.parametrize(
    "name", ["LedgerManager", "helper", "_date_helpers", "DateUtils", "row_data", "data", "handle_key", "_process_row"]
)
def test_an_empty_word_is_found(name: str) -> None:
    assert is_empty_name(name)


@pytest.mark.parametrize("name", ["metadata", "database", "handled", "processed", "management", "utility_bill"])
def test_a_full_word_is_left_alone(name: str) -> None:
    assert not is_empty_name(name)


def test_names_given_anywhere_in_a_file_are_seen() -> None:
    code = "class A:\n    b: int\n    def c(self, d):\n        self.e = f = 1\n        for g in h: pass\n"
    assert set(defined_names(ast.parse(code))) == {"A", "b", "c", "self", "d", "e", "f", "g"}


def test_tables_stand_in_db_models_only() -> None:
    tables = {named(path): tables_of(parsed(path)) for path in sources() if tables_of(parsed(path))}
    assert tables
    assert [path for path in tables if not path.startswith("db/models/")] == []


def test_a_table_and_a_widget_are_recognised() -> None:
    assert tables_of(ast.parse("class A(SQLModel, table=True): ...\nclass B(SQLModel): ...")) == ["A"]
    code = "from textual.widget import Widget\nclass A(Widget): ...\nclass B(Exception): ..."
    assert textual_bases(ast.parse(code)) == ["A"]


def test_widgets_and_screens_stand_in_tui_only() -> None:
    assert [named(path) for path in sources("db", "seeds") if textual_bases(parsed(path))] == []
    assert any(textual_bases(parsed(path)) for path in sources("tui"))


def test_every_file_that_is_no_python_stands_in_its_room() -> None:
    others = [
        named(path)
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path.name != "py.typed"
    ]
    assert others
    assert [name for name in others if not name.startswith(ROOM_OF_SUFFIX.get(Path(name).suffix, "nowhere"))] == []


def test_no_committed_text_names_a_registry_or_a_path_of_the_machine() -> None:
    found = [
        f"{named(path)}: {match.group()}"
        for path in committed_files()
        for match in OF_THE_MACHINE.finditer(text_of(path) or "")
    ]
    assert found == []


def test_no_committed_text_carries_a_telephone_number() -> None:
    locks = ("requirements.txt", "requirements-dev.txt")
    texts = {named(path): text_of(path) or "" for path in committed_files() if path.name not in locks}
    assert [f"{name}: {number}" for name, text in texts.items() for number in TELEPHONE.findall(text)] == []


@pytest.mark.parametrize("path", ["pypi" + ".org/simple", "/wor" + "k/main", "--index" + "-url x", "/roo" + "t/.cache"])
def test_a_planted_machine_name_is_found(path: str) -> None:
    assert OF_THE_MACHINE.search(f"see {path}")


@pytest.mark.parametrize("text", ["see /home/clerk/work/notes", "office work/life", "~/root/x", "framework/"])
def test_an_ordinary_path_is_left_alone(text: str) -> None:
    assert not OF_THE_MACHINE.search(text)


def test_a_planted_telephone_number_is_found_and_a_document_number_is_not() -> None:
    assert TELEPHONE.search("电话：" + "13" + "800000000")
    assert TELEPHONE.search("（" + "0752" + "-1234567）")
    assert not TELEPHONE.search("〔2021〕233号 2021-10-28 12315")
