"""Finds text on its way into a table that did not pass the door of the store: `validated` for what is typed, `quoted`
for a notice.

Raw is every parameter that may carry text (a str, one of the rules' values), and whatever is made of one outside the
door. What a query gives back stands in the file already; what an input model holds came through the door, which
tests/db/store/test_text_door.py proves of every field.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from tests.house.tree import ROOT, imported_names, parsed

DOORS = {"db.store.inputs.validated", "db.store.quoted.quoted"}
ASKED_OF_THE_FILE = {"all", "first", "get", "get_one", "one", "one_or_none", "scalar_one"}
"""Methods that give back what the file holds, whatever was asked with."""

PLAIN = {
    *("LedgerFile", "Change", "Session", "Engine", "Connection", "Telling", "None", "bool", "date", "datetime", "int"),
    *("Literal", "Collection", "Iterable", "Iterator", "Mapping", "Sequence", "dict", "list", "set", "tuple", "Final"),
    *("Progress", "DayOffKind", "DayKind", "RuleSource", "Stage", "Use", "SQLModel"),
}
"""What a parameter may be and carry no free text: no text at all, a container, or one of the program's own words."""


def classes(folder: str, base: str | None = None) -> dict[str, ast.ClassDef]:
    """The classes of the modules of a folder; with `base` those that stand on it, at first or second hand."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    found = {node.name: node for path in paths for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)}
    if base is None:
        return found

    def stands(name: str) -> bool:
        bases = {ast.unparse(one) for one in found[name].bases} if name in found else set()
        return base in bases or any(stands(one) for one in bases)

    return {name: node for name, node in found.items() if stands(name)}


@cache
def inputs() -> frozenset[str]:
    return frozenset(classes("db/store", "Input"))


@cache
def text_columns() -> dict[str, frozenset[str]]:
    """For each table its columns that hold text."""
    return {
        name: frozenset(
            ast.unparse(line.target)
            for line in node.body
            if isinstance(line, ast.AnnAssign) and "str" in ast.unparse(line.annotation)
        )
        for name, node in classes("db/models").items()
    }


def raw_into_tables(tree: ast.Module) -> list[str]:
    """Every place where raw text is put into a column, as `line: Table.column` (a row's own: `row.column`)."""
    names = imported_names(tree)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    clean = {node.name for node in functions if _gives_inputs(node)}
    flows = {node.name: _Flow(node, names, clean) for node in functions}
    for name, flow in flows.items():
        if not name.startswith("_") or not _is_called(name, functions):
            flow.raw |= {one.arg for one in _arguments(flow.function) if _is_raw_hint(one.annotation)}
    # What a function of the module is given by the others, until nothing more is learnt.
    while any(flow.learn() or flow.hand_on(flows) for flow in flows.values()):
        pass
    return [found for flow in flows.values() for found in flow.complaints()]


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    given = function.args
    return [one for one in (*given.posonlyargs, *given.args, *given.kwonlyargs) if one.arg != "self"]


def _is_called(name: str, functions: list[ast.FunctionDef]) -> bool:
    inside = (node for function in functions for node in ast.walk(function))
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) == name for node in inside)


def _gives_inputs(function: ast.FunctionDef) -> bool:
    """Whether it returns input models: what it was given has passed the door inside it."""
    return function.returns is not None and bool(_named(function.returns) & inputs())


def _named(hint: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(hint) if isinstance(node, ast.Name)}


def _is_raw_hint(hint: ast.expr | None) -> bool:
    if hint is None:
        return True
    if isinstance(hint, ast.Subscript) and ast.unparse(hint.value) == "Literal":
        return False
    if isinstance(hint, ast.Subscript):
        return _is_raw_hint(hint.slice) or _is_raw_hint(hint.value)
    if isinstance(hint, ast.BinOp):
        return _is_raw_hint(hint.left) or _is_raw_hint(hint.right)
    if isinstance(hint, ast.Tuple):
        return any(_is_raw_hint(part) for part in hint.elts)
    if isinstance(hint, ast.Constant):
        return hint.value not in (None, ...)
    return ast.unparse(hint) not in PLAIN | inputs() | text_columns().keys()


@dataclass
class _Flow:
    function: ast.FunctionDef
    names: dict[str, str]
    clean: set[str]
    raw: set[str] = field(default_factory=set)
    cleaned: dict[str, int] = field(default_factory=dict)
    """Names that are bound anew by a door, with the line of that."""

    def complaints(self) -> Iterator[str]:
        for node in ast.walk(self.function):
            for where in self._into_columns(node):
                yield f"{getattr(node, 'lineno', 0)}: {where}"

    def learn(self) -> bool:
        """Take note of what is made of raw text; whether that was more than was known."""
        before = len(self.raw)
        for node in ast.walk(self.function):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    self._bind(target, node.value)
            elif isinstance(node, ast.For | ast.comprehension):
                self._bind_each(node.target, node.iter)
        return len(self.raw) > before

    def hand_on(self, flows: dict[str, "_Flow"]) -> bool:
        """Give raw text to the module's own functions that this one calls; whether any had not known of it."""
        news = False
        for node in ast.walk(self.function):
            called = flows.get(ast.unparse(node.func)) if isinstance(node, ast.Call) else None
            if called is None or not isinstance(node, ast.Call):
                continue
            names = [one.arg for one in _arguments(called.function)]
            given = [*zip(names, node.args, strict=False), *((key.arg or "", key.value) for key in node.keywords)]
            raw = {name for name, value in given if self.is_raw(value)} & {
                one.arg for one in _arguments(called.function) if _is_raw_hint(one.annotation)
            }
            news = news or not raw <= called.raw
            called.raw |= raw
        return news

    def _bind_each(self, target: ast.expr, value: ast.expr) -> None:
        """A loop; over zip each name is bound by what stands in its place."""
        if isinstance(value, ast.Call) and ast.unparse(value.func) == "zip" and isinstance(target, ast.Tuple):
            for one, part in zip(target.elts, value.args, strict=False):
                self._bind(one, part)
        else:
            self._bind(target, value)

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if self.is_raw(value):
            self.raw |= self._bound(target)
        elif isinstance(target, ast.Name) and self._is_door(value):
            self.cleaned.setdefault(target.id, value.lineno)

    def _bound(self, target: ast.expr) -> set[str]:
        if isinstance(target, ast.Name):
            return {target.id}
        if isinstance(target, ast.Tuple | ast.List):
            return {name for part in target.elts for name in self._bound(part)}
        return set()

    def is_raw(self, node: ast.AST) -> bool:
        match node:
            case ast.Name(id=name):
                return name in self.raw and node.lineno <= self.cleaned.get(name, node.lineno)
            case ast.Call(func=function):
                if self._is_door(node):
                    return False
                if isinstance(function, ast.Attribute) and function.attr in ASKED_OF_THE_FILE:
                    return False
            case ast.Compare():
                return False
            case ast.ListComp(elt=part) | ast.SetComp(elt=part) | ast.GeneratorExp(elt=part):
                return self.is_raw(part)
        return any(self.is_raw(child) for child in ast.iter_child_nodes(node))

    def _is_door(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Attribute):
            return self._is_door(node.value)
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        return self.names.get(called, called) in DOORS or called in self.clean

    def _into_columns(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            table = self.names.get(node.func.id, "").removeprefix("db.models.").rpartition(".")[2]
            columns = text_columns().get(table, frozenset())
            for key in node.keywords:
                if columns and (key.arg is None or key.arg in columns) and self.is_raw(key.value):
                    yield f"{table}.{key.arg or '**'}"
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from self._assigned(target, node.value)

    def _assigned(self, target: ast.expr, value: ast.expr) -> Iterator[str]:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            for one, part in zip(target.elts, value.elts, strict=True):
                yield from self._assigned(one, part)
        elif isinstance(target, ast.Tuple):
            for one in target.elts:
                yield from self._assigned(one, value)
        elif isinstance(target, ast.Attribute) and ast.unparse(target.value) != "self":
            is_column = any(target.attr in columns for columns in text_columns().values())
            if is_column and self.is_raw(value):
                yield f"row.{target.attr}"
