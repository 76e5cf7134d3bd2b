"""Finds text on its way to a standard stream that did not come through tui/output.py."""

import ast

from tests.house.tree import dotted, imported_names

OUTPUT = "tui.output"
PRINTING = {"print", "sys.stdout.write", "sys.stderr.write", "sys.stdout.writelines", "sys.stderr.writelines"}
STREAMS = {"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__"}
PRINTERS = {
    "tui.output": "the door itself",
    "tui.crash": "words of the program's own, made safe there: the door may be what broke",
    "tui.progress_line": "figures of the program's own, and what wipes them again",
    "tui.reading_line": "figures of the program's own, and what wipes them again",
    "tui.caring": "the program's own question, without a line break behind it",
    "tui.arguments": "the program's own name and version, before anything is loaded",
}
"""Modules that write to the standard streams themselves, with the reason."""
ASKING_STREAMS = {"tui.__main__"}
"""Modules that ask a stream what it is (isatty, encoding) and write nothing to it."""
JSON_MAKERS = {
    "db.export.json_form.json_page", "db.export.json_form.json_text", "tui.listing.plans_json",
}  # fmt: skip
"""What may go to print_json: they escape what cannot be seen."""


def raw_prints(module: str, tree: ast.Module) -> list[str]:
    """Every place where a module writes to a standard stream past tui/output.py, or gives print_json what is none."""
    names, found = imported_names(tree), []
    made = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _makes_json(node.value, names)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        full = (dotted(node.func, names) or "") if isinstance(node, ast.Call) else ""
        line = getattr(node, "lineno", 0)
        if full in PRINTING and module not in PRINTERS:
            found.append(f"line {line}: {full}")
        if isinstance(node, ast.Attribute) and module not in PRINTERS.keys() | ASKING_STREAMS:
            found += [f"line {line}: {stream}" for stream in STREAMS if dotted(node, names) == stream]
        if full == f"{OUTPUT}.print_json" and isinstance(node, ast.Call):
            (given,) = node.args
            if not _makes_json(given, names) and not (isinstance(given, ast.Name) and given.id in made):
                found.append(f"line {line}: print_json of {ast.unparse(given)[:60]}")
    return found


def _makes_json(node: ast.expr, names: dict[str, str]) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func, names) in JSON_MAKERS
