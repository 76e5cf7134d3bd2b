"""Finds text on its way to a widget that did not come through tui/text.py.

What mypy proves is taken from the annotations: Shown is a NewType made only in tui/text.py, so whatever is annotated
Shown is one, unless somebody calls Shown or cast himself, which is a complaint here. Textual's own signatures take a
plain str as well, which is why the places where text enters Textual are checked one by one below.
"""

import ast
from dataclasses import dataclass, field

from tests.house.tree import ROOT, dotted, imported_names, parsed

DOOR = "tui.text"

TEXT_OF_WIDGET: dict[str, tuple[int, tuple[str, ...]]] = {
    "textual.widgets.Static": (1, ("content",)),
    "textual.widgets.Label": (1, ("content",)),
    "textual.widgets.Button": (1, ("label",)),
    "textual.widgets.Checkbox": (1, ("label",)),
    "textual.widgets.RadioButton": (1, ("label",)),
    "textual.widgets.OptionList": (99, ()),
    "textual.widgets.option_list.Option": (1, ("prompt",)),
    "textual.widgets.Input": (0, ("placeholder",)),
    "textual.widgets.TextArea": (0, ("placeholder",)),
}
"""The widgets that tui uses or subclasses: how many of their first arguments, and which by name, are shown."""

TYPED_IN: dict[str, str] = {"textual.widgets.Input": "value", "textual.widgets.TextArea": "text"}
"""The widgets that hold plain text, and what it is called there: it comes from tui.dialogs.typed_text."""

TYPED_DOORS = {"tui.dialogs.typed_text.loaded", "tui.dialogs.typed_text.pasted"}

SHOWING_METHODS = {
    "add_column", "add_columns", "add_option", "add_options", "add_row", "add_rows", "replace_option_prompt",
    "replace_option_prompt_at_index", "update", "update_cell",
}  # fmt: skip
SHOWING_ATTRIBUTES = {"border_title", "border_subtitle", "content", "label", "placeholder", "prompt", "renderable"}
SHOWING_KEYWORDS = {"border_title", "border_subtitle", "placeholder"}
OVERLAYS = {"notify", "with_tooltip"}
OBEYING_METHODS = {"render_str", "from_markup", "render_markup", "set_window_title", "sub_title"}
"""What takes markup for more than text, or speaks to the terminal itself."""

MAKERS = (
    "textual.command", "textual.content", "textual.logging", "textual.markup", "textual.notifications",
    "textual.suggester", "textual.visual",
)  # fmt: skip
"""What makes something to show out of text: tui/text.py alone imports them."""
RICH_ALLOWED = ("rich.cells.get_character_cell_size", "rich.style.Style", "rich.traceback.Traceback")
"""All that anybody else takes of Rich: widths, colours, and where the program broke off (without what it held)."""


def functions_of_the_door() -> set[str]:
    """The functions of tui/text.py that return Shown."""
    path = ROOT / "tui" / "text.py"
    return {f"{DOOR}.{name}" for name in _returning_shown(parsed(path))} if path.exists() else set()


def raw_text(tree: ast.Module, door: set[str] | None = None) -> list[str]:
    """Every place of a tui module where something is shown that is not Shown, with its line."""
    check = _Check(imported_names(tree), functions_of_the_door() if door is None else door, _returning_shown(tree))
    check.visit(tree)
    return sorted(set(check.found), key=lambda complaint: int(complaint.split()[1].rstrip(":")))


def _returning_shown(tree: ast.AST) -> set[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {node.name for node in functions if _is_shown_hint(node.returns)}


def _is_shown_hint(hint: ast.expr | None) -> bool:
    """Shown, Shown | None, Final[Shown], also quoted."""
    if hint is None:
        return False
    written = ast.unparse(hint).strip("'\"")
    return written in ("Shown", "Shown | None", "Final[Shown]", "ClassVar[Shown]", "text.Shown")


@dataclass
class _Check(ast.NodeVisitor):
    names: dict[str, str]
    door: set[str]
    own_functions: set[str]
    found: list[str] = field(default_factory=list)
    scopes: list[dict[str, bool]] = field(default_factory=lambda: [{}])
    """For each scope whether a name in it is Shown."""
    fields: list[dict[str, bool]] = field(default_factory=list)
    bases: list[set[str]] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    """Names bound to what a door for typed text gave."""

    def complain(self, node: ast.AST, what: str) -> None:
        line = getattr(node, "lineno", 0)
        self.found.append(f"line {line}: {what}: {ast.unparse(node)[:80]}")

    # Scopes

    def visit_Module(self, node: ast.Module) -> None:
        self.scopes = [self._bound(node.body)]
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.bases.append({dotted(base, self.names) or "" for base in node.bases})
        self.fields.append(self._fields_of(node))
        self.generic_visit(node)
        self.bases.pop()
        self.fields.pop()

    def _fields_of(self, node: ast.ClassDef) -> dict[str, bool]:
        """For each field of the class whether it is Shown: by its annotation, or by all that its methods put there."""
        put: dict[str, bool] = {}
        for method in node.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                self.scopes.append(self._scope_of(method))
                for inner in _own_statements(method.body):
                    if isinstance(inner, ast.Assign):
                        for target in inner.targets:
                            name = ast.unparse(target)
                            if name.startswith("self."):
                                put[name[5:]] = put.get(name[5:], True) and self.is_shown(inner.value)
                self.scopes.pop()
        hints = [inner for inner in ast.walk(node) if isinstance(inner, ast.AnnAssign)]
        annotated = {ast.unparse(hint.target).removeprefix("self."): _is_shown_hint(hint.annotation) for hint in hints}
        return put | annotated

    def _scope_of(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, bool]:
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        scope = {argument.arg: _is_shown_hint(argument.annotation) for argument in arguments}
        self.scopes.append(scope)
        scope.update(self._bound(node.body))
        self.scopes.pop()
        return scope

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if node.name == "render" and self.bases and not _is_shown_hint(node.returns):
            self.found.append(f"line {node.lineno}: render returns something else than Shown: {node.name}")
        scope = self._scope_of(node)
        self.scopes.append(scope)
        typed_before = set(self.typed)
        self.typed -= scope.keys()
        self._learn_typed(node)
        self.generic_visit(node)
        self.typed = typed_before
        self.scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def _bound(self, body: list[ast.stmt]) -> dict[str, bool]:
        """The names that these statements bind: Shown when annotated so, or when everything assigned is."""
        bound: dict[str, bool] = {}
        annotated: set[str] = set()
        for node in _own_statements(body):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                bound[node.target.id] = _is_shown_hint(node.annotation)
                annotated.add(node.target.id)
            elif isinstance(node, ast.Assign | ast.NamedExpr):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name) and target.id not in annotated:
                        bound[target.id] = bound.get(target.id, True) and self.is_shown(node.value)
                    elif isinstance(target, ast.Tuple):
                        bound.update({item.id: False for item in target.elts if isinstance(item, ast.Name)})
            elif isinstance(node, ast.For | ast.AugAssign) and isinstance(node.target, ast.Name):
                bound[node.target.id] = False
        return bound

    def _learn_typed(self, function: ast.AST) -> None:
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and self._is_typed_door(node.value):
                for target in node.targets:
                    if isinstance(target, ast.Tuple) and target.elts and isinstance(target.elts[0], ast.Name):
                        self.typed.add(target.elts[0].id)

    # What an expression is

    def is_shown(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant(value=None):
                return True
            case ast.Call():
                return self._makes_shown(node.func)
            case ast.Name(id=name):
                return next((scope[name] for scope in reversed(self.scopes) if name in scope), False)
            case ast.Attribute(value=ast.Name(id="self"), attr=attribute):
                return bool(self.fields) and self.fields[-1].get(attribute, False)
            case ast.IfExp(body=one, orelse=other):
                return self.is_shown(one) and self.is_shown(other)
            case ast.BoolOp(values=values):
                return all(self.is_shown(value) for value in values)
            case ast.NamedExpr(value=value):
                return self.is_shown(value)
            case ast.Starred(value=value):
                return self.is_shown(value)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return all(self.is_shown(part) for part in parts)
            case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part):
                return self.is_shown(part)
        return False

    def _makes_shown(self, function: ast.expr) -> bool:
        full = dotted(function, self.names) or ""
        if full in self.door or full == "textual.widgets.option_list.Option":
            return True
        # A function of this module, or a method of this class: mypy holds it to its annotation.
        return full.removeprefix("self.") in self.own_functions and full not in self.names.values()

    def _is_typed_door(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and dotted(node.func, self.names) in TYPED_DOORS

    def is_typed(self, node: ast.expr) -> bool:
        """Nothing, a date, or what tui.dialogs.typed_text let through."""
        match node:
            case ast.Call(func=ast.Attribute(attr="isoformat")):
                return True
            case ast.Constant(value=""):
                return True
            case ast.Subscript(value=value, slice=ast.Constant(value=0)):
                return self._is_typed_door(value)
            case ast.Name(id=name):
                return name in self.typed
        return False

    # Where text is shown

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._check_import(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self._check_import(node, f"{node.module}.{alias.name}")

    def _check_import(self, node: ast.stmt, full: str) -> None:
        if _makes_something_to_show(full):
            self.complain(node, "only tui/text.py makes something to show")
        widget = full.split(".")[2] if full.startswith("textual.widgets.") else ""
        if widget[:1].isupper() and full not in TEXT_OF_WIDGET:
            self.complain(node, "a widget that is not allowed here")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        full = dotted(node, self.names) or ""
        widget = full.removeprefix("textual.widgets.")
        if full.startswith("textual.widgets.") and widget[:1].isupper() and "." not in widget:
            if full not in TEXT_OF_WIDGET:
                self.complain(node, "a widget that is not allowed here")
        elif _makes_something_to_show(full):
            self.complain(node, "only tui/text.py makes something to show")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            for one, value in _pairs(target, node.value):
                self._check_assigned(node, one, value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._check_assigned(node, node.target, node.value)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Attribute) and node.target.attr in SHOWING_ATTRIBUTES | set(TYPED_IN.values()):
            self.complain(node, "raw text shown")
        self.generic_visit(node)

    def _check_assigned(self, node: ast.stmt, target: ast.expr, value: ast.expr) -> None:
        name = target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else ""
        if isinstance(target, ast.Attribute) and name == "tooltip":
            self.complain(node, "a tooltip is an overlay")
        elif isinstance(target, ast.Attribute) and name in set(TYPED_IN.values()):
            if not self.is_typed(value):
                self.complain(node, "text put into a field without tui.dialogs.typed_text")
        elif self._is_showing(target, name) and not self.is_shown(value):
            self.complain(node, "raw text shown")

    def _is_showing(self, target: ast.expr, name: str) -> bool:
        """pane.border_title, or BORDER_TITLE in the body of a class."""
        in_class = isinstance(target, ast.Name) and bool(self.bases) and name.isupper()
        return name.lower() in SHOWING_ATTRIBUTES and (isinstance(target, ast.Attribute) or in_class)

    def visit_Call(self, node: ast.Call) -> None:
        full = dotted(node.func, self.names) or ""
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if full in (f"{DOOR}.Shown", "textual.strip.Strip"):
            self.complain(node, "made only in tui/text.py")
        if full in ("typing.cast", "cast") and node.args and "Shown" in ast.unparse(node.args[0]):
            self.complain(node, "made only in tui/text.py")
        if method in OVERLAYS:
            self.complain(node, "an overlay")
        if method in OBEYING_METHODS:
            self.complain(node, "text that is obeyed")
        if method in SHOWING_METHODS:
            self._check_shown(node, node.args, node.keywords)
        if method == "exit":
            self._check_shown(node, node.args[2:], [key for key in node.keywords if key.arg == "message"])
        self._check_shown(node, [], [key for key in node.keywords if key.arg in SHOWING_KEYWORDS])
        if any(key.arg == "tooltip" for key in node.keywords):
            self.complain(node, "a tooltip is an overlay")
        self._check_widget(node, full)
        self._check_typed(node, method)
        self.generic_visit(node)

    def _check_shown(self, node: ast.Call, values: list[ast.expr], keywords: list[ast.keyword]) -> None:
        flags = ("layout", "key", "height", "width", "row_key", "column_key", "update_width", "option_id")
        shown = [*values, *(key.value for key in keywords if key.arg not in flags)]
        if not all(self.is_shown(value) for value in shown):
            self.complain(node, "raw text shown")

    def _check_widget(self, node: ast.Call, full: str) -> None:
        widgets = {full} if full in TEXT_OF_WIDGET else set()
        if ast.unparse(node.func) == "super().__init__" and self.bases:
            widgets |= self.bases[-1] & TEXT_OF_WIDGET.keys()
        for widget in widgets:
            count, by_name = TEXT_OF_WIDGET[widget]
            self._check_shown(node, node.args[:count], [key for key in node.keywords if key.arg in by_name])
            plain = TYPED_IN.get(widget)
            if plain:
                given = [*node.args[:1], *(key.value for key in node.keywords if key.arg == plain)]
                if not all(self.is_typed(value) for value in given):
                    self.complain(node, "text put into a field without tui.dialogs.typed_text")
            if any(key.arg is None for key in node.keywords):
                self.complain(node, "** hides what is shown")

    def _check_typed(self, node: ast.Call, method: str) -> None:
        """What a field is filled with after it is made."""
        own_field = bool(self.bases) and bool(self.bases[-1] & TYPED_IN.keys())
        on_itself = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "self"
        fills = method == "load_text" or (
            method in ("insert", "insert_text_at_cursor", "replace") and own_field and on_itself
        )
        if fills and node.args and not self.is_typed(node.args[0]):
            self.complain(node, "text put into a field without tui.dialogs.typed_text")


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """What is assigned to what: a, b = c, d is two of them; a, b = c is c to both."""
    if not isinstance(target, ast.Tuple | ast.List):
        return [(target, value)]
    if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
        return [pair for one, part in zip(target.elts, value.elts, strict=True) for pair in _pairs(one, part)]
    return [pair for one in target.elts for pair in _pairs(one, value)]


def _makes_something_to_show(full: str) -> bool:
    if full == "rich" or full.startswith("rich."):
        return not any(f"{name}.".startswith(f"{full}.") or full.startswith(f"{name}.") for name in RICH_ALLOWED)
    return any(full == module or full.startswith(module + ".") for module in MAKERS)


def _own_statements(body: list[ast.stmt]) -> list[ast.AST]:
    """The nodes of a scope, without those of the functions and classes inside it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        found.append(node)
        waiting[:0] = list(ast.iter_child_nodes(node))
    return found
