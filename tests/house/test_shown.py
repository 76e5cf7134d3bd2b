"""Widgets take only Shown: nothing of a notice, a note or a file name reaches the terminal as it is."""

import ast

import pytest

from tests.house.printed_text import ASKING_STREAMS, PRINTERS, raw_prints
from tests.house.shown_text import functions_of_the_door, raw_text
from tests.house.tree import module_name, named, parsed, sources

DOOR = {"tui.text.shown", "tui.text.joined"}

HEAD = """
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, Input, Label, OptionList, Static, TextArea
from textual.widgets.option_list import Option
from tui.dialogs.typed_text import loaded, pasted
from tui.text import Shown, joined, shown, strip_line
"""


def complaints(code: str) -> list[str]:
    return raw_text(ast.parse(HEAD + code), DOOR)


def test_no_widget_is_given_text_that_did_not_come_through_the_door() -> None:
    files = [path for path in sources("tui") if named(path) != "tui/text.py"]
    assert files
    assert [f"{named(path)} {complaint}" for path in files for complaint in raw_text(parsed(path))] == []


def test_the_door_is_there_and_makes_shown_text() -> None:
    assert functions_of_the_door() >= DOOR


@pytest.mark.parametrize(
    "code",
    [
        # Every kind of raw text to one widget
        "Static('政务公开')",
        "Static(f'{title}')",
        "Static(title)",
        "Static(row.title)",
        "Static('a' + title)",
        "Static('%s' % title)",
        "Static('{}'.format(title))",
        "Static(str(number))",
        "Static(title[:5])",
        "Static(shown(title).plain)",
        "Static(content=title)",
        "Static(shown(title) if title else '无')",
        "Static(shown(title) or title)",
        "Static(*parts)",
        "Static(**options)",
        # Every widget and every way in
        "Label(title)",
        "Button('确定', id='ok')",
        "Button(label=title)",
        "Option(title)",
        "OptionList(title, shown(title))",
        "OptionList(*[Option(title)])",
        "Input(placeholder=title)",
        "Input(title)",
        "Input(value=note)",
        "TextArea(note)",
        "TextArea(text=note)",
        "line.value = note",
        "area.text = note",
        "one.value, other.value = day.isoformat(), note",
        "one.value, other.value = texts",
        "pane.border_title, rest = titles",
        "area.text += note",
        "area.load_text(note)",
        "label.update(title)",
        "options.add_option(title)",
        "options.add_options([shown(title), title])",
        "table.add_row(title, shown(title))",
        "table.add_column(title)",
        "pane.border_title = title",
        "pane.border_title: str = title",
        "pane.border_subtitle = f'{done}/{total}'",
        "class Pane(Widget):\n    BORDER_TITLE = '明细'",
        "class Pane(Static):\n    def __init__(self, title: str) -> None:\n        super().__init__(title)",
        "class Line(Input):\n    def take(self, text: str) -> None:\n        self.replace(text, 0, 1)",
        "class Line(Input):\n    def __init__(self, value: str) -> None:\n        super().__init__(value)",
        "class Pane(Widget):\n    def render(self) -> str:\n        return self.title",
        "class Pane(Widget):\n    def render(self):\n        return shown(self.title)",
        "app.exit(message=title)",
        # What is named Shown without being it
        "def f(title: str) -> None:\n    Static(title)",
        "def f(title: str) -> None:\n    line = shown(title)\n    line = title\n    Static(line)",
        "def f(titles: list[str]) -> None:\n    for line in titles:\n        Static(line)",
        "def f(shown_title: Shown) -> None:\n    def g(shown_title: str) -> None:\n        Static(shown_title)",
        "TITLE = '台账'\nStatic(TITLE)",
        "from tui.wording import TITLE\nStatic(TITLE)",
        "from tui.wording import shown as other\nStatic(other(title))",
        "Static(Shown(title))",
        "from typing import cast\nStatic(cast(Shown, title))",
        "class Pane(Widget):\n    def __init__(self, title: str) -> None:\n        self._title = title\n"
        "    def f(self) -> None:\n        Static(self._title)",
        "class Pane(Widget):\n    def __init__(self, title: Shown) -> None:\n        self._title = title\n"
        "    def f(self, title: str) -> None:\n        self._title = title\n        Static(self._title)",
        # What may not be used at all
        "self.notify(shown(title))",
        "self.app.notify('已保存')",
        "widget.tooltip = shown(title)",
        "Button(shown(title), tooltip=shown(title))",
        "widget.with_tooltip(shown(title))",
        "Strip([])",
        "from textual.widgets import Select",
        "from textual.widgets import Footer",
        "from textual.widgets import Markdown",
        "from textual.widgets import DataTable",
        "from textual.widgets import Header",
        "from textual.widgets import RichLog",
        "import textual.widgets\ntextual.widgets.Select([])",
        "from textual import widgets\nwidgets.Select([])",
        "from textual.content import Content",
        "from textual import content",
        "import rich.text",
        "from rich.segment import Segment",
        "from rich.text import Text",
        "from textual.command import Provider",
        # Every other sink that obeys markup or shows what it is given
        "from textual.widgets import Checkbox\nCheckbox(title)",
        "from textual.widgets import RadioButton\nRadioButton(label=title)",
        "from textual.widgets import ListItem",
        "from textual.widgets import SelectionList",
        "from textual.widgets import Collapsible",
        "from textual.widgets import Tab",
        "from textual.widgets import TabPane",
        "from textual.widgets import TabbedContent",
        "from textual.widgets import Tree",
        "from textual.widgets import Placeholder",
        "from textual.widgets import Log",
        "from textual.widgets import Link",
        "from textual.widgets import Pretty",
        "from textual.widgets import Toast",
        "from textual.command import Hit",
        "from textual import command\ncommand.Hit(1, title, act)",
        "from textual.markup import to_content",
        "from textual.visual import visualize",
        "from textual.suggester import SuggestFromList",
        "from textual.logging import TextualHandler",
        "import rich\nrich.print(title)",
        "from rich import print",
        "from rich.console import Console",
        "from rich.markup import escape",
        "from rich.style import StyleStack",
        "button.label = title",
        "label.content = title",
        "label.renderable = title",
        "option.prompt = title",
        "class Pane(Static):\n    def f(self, title: str) -> None:\n        self.content = title",
        "self.render_str(title)",
        "app.exit(1, 2, title)",
        "app.exit(None, 0, message=title)",
        "app.push_screen(Dialog(shown(title)), notify=self.notify(title))",
    ],
)
def test_a_planted_raw_text_or_overlay_is_found(code: str) -> None:
    assert complaints(code)


@pytest.mark.parametrize(
    "code",
    [
        "Static(shown(title))",
        "Static()",
        "Static(id='head', classes='quiet')",
        "Static(joined(shown(a), shown(b)))",
        "Static(shown(a) if a else shown(b))",
        "Static(content=shown(f'{done}/{total}'))",
        "from tui import text\nStatic(text.shown(title))",
        "from tui.text import shown as s\nStatic(s(title))",
        "def f(line: Shown) -> None:\n    Static(line)",
        "def f(line: Shown | None) -> None:\n    Static(line or shown(''))",
        "def f(title: str) -> None:\n    line = shown(title)\n    Static(line)",
        "def f(title: str) -> None:\n    line: Shown = door(title)\n    Static(line)",
        "HEADING = shown('台账')\ndef f() -> None:\n    Static(HEADING)",
        "def line_of(row: Row) -> Shown:\n    return shown(row.title)\nStatic(line_of(row))",
        "class Pane(Static):\n    def line(self) -> Shown:\n        return shown('')\n"
        "    def f(self) -> None:\n        self.update(self.line(), layout=False)",
        "class Pane(Widget):\n    _line: Shown\n    def f(self) -> None:\n        self.border_title = self._line",
        "class Pane(Widget):\n    def render(self) -> Shown:\n        return shown(self.title)",
        "class Pane(Static):\n    def __init__(self, line: Shown) -> None:\n        super().__init__(line)",
        "class Pane(Widget):\n    def __init__(self, title: Shown) -> None:\n        self._title = title\n"
        "    def f(self) -> None:\n        Static(self._title)",
        "line.value = day.isoformat()",
        "Button(shown('确定'), id='ok')",
        "OptionList(Option(shown(title), id='a'), Option(shown(title)))",
        "options.add_options([Option(shown(row.title)) for row in rows])",
        "Input(placeholder=shown('查找'))",
        "Input('', id='search')",
        "Input(loaded(note)[0])",
        "line.value = ''",
        "one.value, other.value = day.isoformat(), loaded(note)[0]",
        "def f(note: str) -> None:\n    text, changes = loaded(note)\n    area.load_text(text)",
        "class Line(Input):\n    def take(self, text: str) -> None:\n"
        "        cleaned, said = pasted(text, single_line=True)\n        self.replace(cleaned, *self.selection)",
        "name = title.replace('a', 'b')",
        "Strip.blank(width)",
        "strip_line([(title, '')], width)",
        "app.exit(3)",
        "app.exit(None, 3, shown(title))",
        "from rich.style import Style",
        "button.label = shown(title)",
        "pane.border_title = None",
    ],
)
def test_text_that_came_through_the_door_is_left_alone(code: str) -> None:
    assert complaints(code) == []


def test_a_complaint_names_the_line_and_what_stands_there() -> None:
    [complaint] = raw_text(ast.parse("from textual.widgets import Static\n\nStatic(title)\n"), DOOR)
    assert complaint == "line 3: raw text shown: Static(title)"


def test_nothing_is_printed_past_the_door() -> None:
    found = {named(path): raw_prints(module_name(path), parsed(path)) for path in sources()}
    assert {path: prints for path, prints in found.items() if prints} == {}


def test_every_module_that_may_print_does() -> None:
    written = {module_name(path): path.read_text(encoding="utf-8") for path in sources("tui")}
    assert [name for name in PRINTERS if "print(" not in written[name] and ".write(" not in written[name]] == []
    assert [name for name in ASKING_STREAMS if "sys.std" not in written[name]] == []
    assert [name for name in ASKING_STREAMS if "print(" in written[name]] == []


@pytest.mark.parametrize(
    "code",
    [
        "print(title)",
        "import sys\nsys.stdout.write(title)",
        "import sys\nsys.stderr.write(title)",
        "import sys as system\nsystem.stdout.write(title)",
        "from sys import stdout\nstdout.write(title)",
        "import sys\nout = sys.stdout\nout.write(title)",
        "import sys\nsys.__stdout__.write(title)",
        "from tui.output import print_json\nprint_json(title)",
        "from tui.output import print_json\nfrom json import dumps\nprint_json(dumps(title))",
        "from tui.output import print_json\ntext = title\nprint_json(text)",
    ],
)
def test_a_planted_print_is_found(code: str) -> None:
    assert raw_prints("tui.listing", ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "from tui.output import print_text\nprint_text(title)",
        "from db.export.json_form import json_text\nfrom tui.output import print_json\nprint_json(json_text(shape))",
        "from db.export.json_form import json_text\nfrom tui.output import print_json\n"
        "text = json_text(shape)\nprint_json(text)",
    ],
)
def test_what_is_printed_through_the_door_is_left_alone(code: str) -> None:
    assert raw_prints("tui.listing", ast.parse(code)) == []
