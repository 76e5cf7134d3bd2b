"""Text reaches a table only through the door of the store: what is typed is cleaned, a notice is quoted."""

import ast

import pytest

from tests.house.store_door import inputs, raw_into_tables, text_columns
from tests.house.tree import module_name, parsed, sources

HEAD = """
from db.models.ledger import Entry, Note
from db.models.office import Setting
from db.store.change import Change
from db.store.inputs import Noting, validated
from db.store.quoted import quoted
"""

_RULE = "copied from a rule of the file; check_rule refuses one that is no clean text"
_OWN = "the program's own word"
_SHIPPED = "shipped with the program, held to the same by tests/seeds"
_IMAGE = "made of a row that came through the door"
_PLACE = "where the clerk was, and what stands in an editor unsaved: kept as it stands"
_READ = "a document as read and the clerk's steps, as JSON: what does not belong in it is shown when it is checked"
ALLOWED = {
    **{f"db.store.change History.{column}": _IMAGE for column in ("after", "before", "subject")},
    "db.store.change row.hash": "a hex digest",
    "db.store.change row.verb": _OWN,
    **{
        f"db.store.clocks Clock.{column}": _RULE
        for column in ("action", "article", "bound", "day_kind", "direction", "quote", "source", "stages", "trigger")
    },
    "db.store.evidence Evidence.sha256": "a hex digest",
    "db.store.evidence Setting.value": "a path: another spelling would be another folder",
    "db.store.evidence row.modified_at": "a file's time, as ISO",
    **{f"db.store.intake IntakeDraft.{column}": _READ for column in ("edits", "sha256", "source")},
    **{f"db.store.intake row.{column}": _READ for column in ("edits", "source")},
    "db.store.notices Notice.origin": _OWN,
    "db.store.notices Quota.**": "the words of a quoted draft; only which task it is of was looked up by the matches",
    "db.store.notices row.number": "of a task that stands in the file, with 原 before it",
    **{f"db.store.places {column}": _PLACE for column in ("Draft.field", "Draft.text", "Place.filter", "Place.search")},
    **{f"db.store.planting {column}": _SHIPPED for column in ("DayOffRow.kind", "DayOffRow.notice", "Setting.value")},
    "db.store.planting StatuteRule.**": _SHIPPED,
    "db.store.reports ReportState.what": "equals a report of the ledger's notice, else it is refused",
}
"""What reaches a column another way, with the reason."""


def complaints(code: str) -> list[str]:
    return raw_into_tables(ast.parse(HEAD + code))


def found_in_the_store() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sources("db"):
        if module_name(path).startswith("db.store."):
            for complaint in raw_into_tables(parsed(path)):
                line, _, where = complaint.partition(": ")
                found.setdefault(f"{module_name(path)} {where}", []).append(line)
    return found


def test_no_raw_text_reaches_a_table() -> None:
    assert {where: lines for where, lines in found_in_the_store().items() if where not in ALLOWED} == {}


def test_every_exception_is_still_one() -> None:
    assert set(ALLOWED) <= set(found_in_the_store())


def test_the_tables_and_the_inputs_are_known() -> None:
    assert text_columns()["Note"] >= {"text", "officer"}
    assert {"Noting", "AttachedName", "Beginning"} <= inputs()


@pytest.mark.parametrize(
    "code",
    [
        "def f(text: str): Note(entry_id=1, text=text)",
        "def f(text: str | None): Note(entry_id=1, text=text or '无')",
        "def f(text: str): Note(entry_id=1, text=text.strip())",
        "def f(text: str): Note(entry_id=1, text=f'{text}。')",
        "def f(text: str, note: Note): note.text = text",
        "def f(text: str, note: Note): note.at, note.text = '2021', text",
        "def f(text: str, note: Note):\n    given = validated(Noting, text=text)\n    note.text = text",
        "def f(text: str, note: Note):\n    text = text[:10]\n    note.text = text",
        "def f(texts: list[str], session):\n    for one in texts:\n        session.add(Note(text=one))",
        "def f(texts: list[str], session):\n    session.add_all(Note(text=one) for one in texts)",
        "def f(new: NewPublication, note: Note): note.text = new.title",
        "def f(values: dict[str, str]): Note(**values)",
        "def f(entry: Entry, reason: str):\n    words = reason\n    other = words\n    entry.reason = other",
        "def f(text): Note(text=text)",
        "def f(session, text: str): session.merge(Setting(key='x', value=text))",
        "def _g(words: str): Note(text=words)\ndef f(text: str): _g(text)",
        "def _g(words: str): Note(text=words)\ndef _h(other: str): _g(words=other)\ndef f(text: str): _h(text)",
        "def f(text: str):\n    Note(text=text)\n    text = validated(Noting, text=text).text",
        "def f(texts: list[str], names: list[str]):\n"
        "    for one, name in zip([validated(Noting, text=text) for text in texts], names):\n        Note(text=name)",
    ],
)
def test_a_planted_raw_text_is_found(code: str) -> None:
    assert complaints(code)


@pytest.mark.parametrize(
    "code",
    [
        "def f(text: str):\n    given = validated(Noting, text=text)\n    Note(entry_id=1, text=given.text)",
        "def f(given: Noting, note: Note): note.text = given.text",
        "def f(text: str):\n    Note(text=validated(Noting, text=text).text)",
        "def g(text: str) -> Noting:\n    return validated(Noting, text=text)\n"
        "def f(text: str):\n    given = g(text)\n    Note(text=given.text)",
        "def g(texts: list[str]) -> list[Noting]:\n    return [validated(Noting, text=one) for one in texts]\n"
        "def f(texts: list[str]):\n    for one in g(texts):\n        Note(text=one.text)",
        "def f(number: int, entry: Entry): entry.own_number = number",
        "def f(name: str, session):\n    row = session.exec(name).first()\n    Note(text=row.text)",
        "def f(entry: Entry): entry.status = 'done'",
        "def f(draft: NoticeDraft, note: Note):\n    kept = quoted(draft)\n    note.text = kept.text",
        "def f(what: Literal['a', 'b'], note: Note): note.text = what",
        "def _g(words: str): Note(text=words)\ndef f(text: str): _g(validated(Noting, text=text).text)",
        "def f(text: str):\n    text = validated(Noting, text=text).text\n    Note(text=text)",
        "def f(texts: list[str], names: list[str]):\n"
        "    for one, name in zip([validated(Noting, text=text) for text in texts], names):\n"
        "        Note(text=one.text)",
    ],
)
def test_text_that_came_through_the_door_is_left_alone(code: str) -> None:
    assert complaints(code) == []


def changing_methods() -> set[str]:
    """The desk's methods that change the ledger: what these store otherwise than it was typed, is to be said."""
    found = set()
    for path in sources("tui"):
        if path.name.startswith("desk"):
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.FunctionDef) and "self.changing()" in ast.unparse(node):
                    found.add(node.name)
    return found - {"changing"}


def silent_savers(tree: ast.Module, changing: set[str]) -> list[str]:
    """The classes that call one of these on a desk and neither answer by WorkScreen.changed nor ask what was tidied."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            calls = [ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)]
            saves = [name for name in calls if "desk." in name and name.rpartition(".")[2] in changing]
            says = {"self.changed", "self.change", "self.say_saved", "self._desk.tidied", "self.desk.tidied"}
            if saves and not says & set(calls):
                found.append(node.name)
    return found


SAYING_FOR = {
    "NoteScreen": "the screen below says it, with 已记事",
    "ChoiceScreen": "a unit and an officer are typed into lines that tell what they tidy",
}


def test_every_screen_that_saves_says_what_was_stored_otherwise() -> None:
    changing = changing_methods()
    assert {"add_note", "settle", "publish", "attach", "take_days", "accept_notice", "undo"} <= changing
    found = {name for path in sources("tui") for name in silent_savers(parsed(path), changing)}
    assert found == set(SAYING_FOR)


def test_a_screen_that_saves_in_silence_is_found() -> None:
    silent = "class S:\n    def f(self):\n        self.desk.add_note(1, 'x')\n        self.say('已记事')"
    assert silent_savers(ast.parse(silent), {"add_note"}) == ["S"]
    assert silent_savers(ast.parse(silent.replace("self.say(", "self.say_saved(")), {"add_note"}) == []
