"""A file is read in one sitting, a function on one screen."""

import ast

from tests.house.tree import named, parsed, sources

FILE_LINES = 300
FUNCTION_LINES = 60


def long_files(lengths: dict[str, int]) -> list[str]:
    return [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > FILE_LINES]


def long_functions(tree: ast.Module) -> list[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {node: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    return [f"{node.name}: {lines} lines" for node, lines in lengths.items() if lines > FUNCTION_LINES]


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert lengths
    assert long_files(lengths) == []


def test_no_function_is_longer_than_sixty_lines() -> None:
    found = [f"{named(path)} {complaint}" for path in sources() for complaint in long_functions(parsed(path))]
    assert found == []


def test_the_size_checks_see_one_line_too_many_and_pass_the_last_allowed_one() -> None:
    assert long_files({"a": FILE_LINES, "b": FILE_LINES + 1}) == [f"b: {FILE_LINES + 1} lines"]
    allowed = "def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)
    assert long_functions(ast.parse(allowed)) == []
    assert long_functions(ast.parse(allowed + "    y = 2\n")) == [f"f: {FUNCTION_LINES + 1} lines"]
    assert long_functions(ast.parse("async " + allowed + "    y = 2\n")) == [f"f: {FUNCTION_LINES + 1} lines"]
