"""Text into the file: every verb that takes one cleans it, and says what it dropped. A new verb is found by itself."""

import inspect
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import db.store.inputs_evidence  # noqa: F401 - its models are asked for below
from db.errors import InvalidInputError
from db.rules.limits import quoted_text
from db.rules.notice import NoticeDraft
from db.store.fields import hear, noting
from db.store.inputs import Input, Noting, validated
from db.store.notes import add_note
from tests.db.store import cases
from tests.db.store.cases import CASES
from tests.world import World, later

CONTROLS: Final = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))).translate(
    {9: None, 10: None, 13: None, 0x85: None}
)
INVALID: Final = "\ud800\udbff\udfff\ufdd0\ufffe\uffff\U0001fffe\U0010ffff"
UNSEEN: Final = "\xad\u061c\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\U000e0041"
HOSTILE: Final = f"[/]{CONTROLS}=1+1{INVALID}{UNSEEN}\r\n\x85尾"
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0010ffff]")
DROPPED: Final = re.compile(r"\S+去掉了 \d+ 个控制字符、去掉了 \d+ 个无效字符.*")

NOT_SPOILT: Final = {
    ("begin_ledger", "plan"): "looked up among the notices of the file",
    ("begin_ledger", "kind"): "one of UNIT_KINDS, else refused",
    ("hand_in", "what"): "looked up among the reports of the ledger",
    ("take_back_report", "what"): "looked up among the reports of the ledger",
    ("remove_days", "notice"): "looked up among the notices that the office has taken in",
    ("correct_rule", "key"): "looked up among the rules of the statute",
    ("start_clock", "rule"): "copied from a rule of the file; one that is no clean text is refused (below)",
    ("save_draft", "field"): "the program's own name of a field",
    ("save_draft", "text"): "what stands in an editor now, kept as it stands; the door is passed when it is saved",
    ("drop_draft", "field"): "the program's own name of a field",
    ("remember", "place"): "where the clerk was: what was searched for, as it was typed",
    ("remember_folder", "folder"): "a path: another spelling would be another folder",
    ("remember_folder", "use"): "one of the program's own words",
    ("set_second_place", "folder"): "a path: another spelling would be another folder",
    ("keep_intake", "sha256"): "of the program's own making",
    ("keep_intake", "source"): "the document as read, as JSON: what does not belong in it is shown when it is checked",
    ("keep_intake", "edits"): "the clerk's steps, as JSON, checked when the notice is taken in",
    ("accept_notice", "matches"): "numbers of tasks, looked up",
    ("plant", "drafts"): "shipped with the program, held to the same by tests/seeds",
    ("plant", "days_off"): "shipped with the program",
    ("plant", "statute"): "shipped with the program",
    ("plant", "digest"): "of the program's own making",
}
"""Parameters with text in them that do not pass the door, each with the reason."""

OF_A_DRAFT: Final = {"agency", "title", "text", "requirement", "section", "quote", "what", "to"}
"""The fields of a NoticeDraft and its parts that are spoilt."""


def holds_text(hint: Any) -> bool:
    """Whether a parameter of that type carries free text: str, also inside a union, a sequence, one of our values."""
    if get_origin(hint) is Literal:
        return False
    if hint is str:
        return True
    if is_dataclass(hint) and isinstance(hint, type):
        return any(holds_text(part) for part in get_type_hints(hint).values())
    if getattr(hint, "_is_protocol", False):
        return "name" in get_type_hints(hint) or hasattr(hint, "name")
    return get_origin(hint) is not Callable and any(holds_text(part) for part in get_args(hint) if part is not hint)


def text_parameters(verb: Callable[..., object]) -> list[str]:
    hints = get_type_hints(verb)
    skipped = ("file", "at", "progress", "return")
    return [name for name, hint in hints.items() if name not in skipped and holds_text(hint)]


VERBS: Final = {name: vars(cases)[name] for name in CASES}
TAKING_TEXT: Final = [
    name for name, verb in VERBS.items() if any((name, text) not in NOT_SPOILT for text in text_parameters(verb))
]


@dataclass
class Spoiling:
    """Stands for one verb: calls it with HOSTILE behind every text that it is given."""

    verb: Callable[..., object]
    name: str
    spoilt: set[str] = field(default_factory=set)

    def __call__(self, *arguments: Any, **named: Any) -> object:
        bound = inspect.signature(self.verb).bind(*arguments, **named)
        hints = get_type_hints(self.verb)
        for name in text_parameters(self.verb):
            if (self.name, name) not in NOT_SPOILT:
                bound.arguments[name] = spoil(bound.arguments[name], hints[name])
                self.spoilt.add(name)
        return self.verb(*bound.args, **bound.kwargs)


def spoil(value: Any, hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return value
    if value is None:
        return "原来空着" + HOSTILE
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, NoticeDraft):
        return _spoilt_draft(value)
    if isinstance(value, list | tuple):
        return type(value)(spoil(one, type(one)) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        texts = {part.name for part in fields(value) if holds_text(hints[part.name])}
        # The time of a file is no text, and its type is a str.
        return replace(value, **{name: spoil(getattr(value, name), hints[name]) for name in texts - {"modified_at"}})
    return value


def _spoilt_draft(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(map(_spoilt_draft, part))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed = {}
    for one in fields(part):
        value = getattr(part, one.name)
        spoilt = value + HOSTILE if one.name in OF_A_DRAFT and isinstance(value, str) else _spoilt_draft(value)
        if one.init and spoilt != value:
            changed[one.name] = spoilt
    return replace(part, **changed)


def texts(found: Any) -> Iterator[str]:
    """Every text in rows, also inside JSON."""
    if isinstance(found, str):
        yield found
        if found[:1] in "{[" and found[:1]:
            try:
                yield from texts(json.loads(found))
            except ValueError:
                return
    elif isinstance(found, dict):
        yield from (text for value in found.values() for text in texts(value))
    elif isinstance(found, list | tuple):
        yield from (text for value in found for text in texts(value))


def test_every_exception_is_of_a_verb_and_a_parameter_that_are_there() -> None:
    there = {(name, text) for name, verb in VERBS.items() for text in get_type_hints(verb)}
    there.add(("set_second_place", "folder"))
    assert set(NOT_SPOILT) <= there
    assert {"add_note", "attach", "add_publications", "accept_notice", "keep_intake", "take_days"} <= set(TAKING_TEXT)


@pytest.mark.parametrize("name", TAKING_TEXT)
def test_what_a_verb_stores_is_clean_and_what_it_dropped_is_said(
    name: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = CASES[name](world)
    spoiling = Spoiling(VERBS[name], name)
    monkeypatch.setattr(cases, name, spoiling)
    told: list[str] = []
    before = world.dump()
    hear(told)
    try:
        call(world.file, world.ledger)
    except InvalidInputError:
        # A web address is refused, not mended: it would be another one.
        assert name == "attach_address"
        assert world.dump() == before
        return
    expected = {text for text in text_parameters(VERBS[name]) if (name, text) not in NOT_SPOILT}
    assert spoiling.spoilt == expected, "a case of tests/db/store/cases.py that gives no text to a parameter for one"
    after = world.dump()
    assert after != before
    assert [text for text in texts(after) if FORBIDDEN.search(text)] == []
    assert any("[/]" in text and "尾" in text for text in texts(after))
    assert any(DROPPED.fullmatch(words) for words in told), told
    assert len(told) == len(set(told)), "said twice"


def test_text_that_is_clean_is_stored_in_silence(world: World) -> None:
    told: list[str] = []
    hear(told)
    for text in ("　　首行空两格", "[/] =1+1 <b>", "第一行\n\n\t第二行"):
        add_note(world.file, world.ledger, world.ours(1)[0], text=text, at=later(1))
    assert told == []
    assert [row["text"] for row in world.dump("note")["note"]] == [
        "　　首行空两格",
        "[/] =1+1 <b>",
        "第一行\n\n\t第二行",
    ]


def test_what_was_refused_is_not_said_to_have_been_mended() -> None:
    told: list[str] = []
    hear(told)
    with pytest.raises(InvalidInputError):
        validated(Noting, text="\x00")
    assert told == []


MODELS: Final = sorted(
    Input.__subclasses__() + [sub for one in Input.__subclasses__() for sub in one.__subclasses__()], key=str
)
TEXT_FIELDS: Final = [
    (model, name) for model in MODELS for name, one in model.model_fields.items() if holds_text(one.annotation)
]
ANY_TEXT: Final = st.text(
    st.characters() | st.characters(categories=("Cc", "Cf", "Cs", "Cn", "Zs", "Mn")) | st.sampled_from(HOSTILE),
    max_size=40,
)


def of_field(model: type[Input], name: str) -> TypeAdapter[Any]:
    one = model.model_fields[name]
    return TypeAdapter(Annotated[one.annotation, *one.metadata])


@pytest.mark.parametrize(("model", "name"), TEXT_FIELDS, ids=lambda part: getattr(part, "__name__", part))
@settings(max_examples=25)
@given(text=ANY_TEXT)
def test_every_text_field_of_every_input_is_clean_for_good_or_refused(model: type[Input], name: str, text: str) -> None:
    adapter = of_field(model, name)
    told: list[str] = []
    hear(told)
    try:
        with noting({}):
            kept = adapter.validate_python(text, strict=True)
        said, again = list(told), adapter.validate_python(kept, strict=True)
    except ValidationError:
        return
    assert again == kept
    assert (kept or "") == text or said
    assert {sign for sign in kept or "" if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")} <= {"\n", "\t"}
    assert not FORBIDDEN.search(kept or "")
    assert unicodedata.is_normalized("NFC", kept or "")


def test_the_words_of_a_rule_that_are_no_clean_text_start_no_clock(world: World) -> None:
    call: Sequence[str] = ("trigger", "action", "quote", "article")
    for part in call:
        spoilt = replace(cases.ANSWER, **{part: "收到\x1b[2J申请"})
        with pytest.raises(InvalidInputError, match="不完整"):
            cases.start_clock(
                world.file, world.ledger, rule=spoilt, subject="某", start=cases.YESTERDAY, entry=None,
                today=cases.TODAY, at=later(1),
            )  # fmt: skip
    assert world.dump("clock")["clock"] == []


def test_a_notice_is_quoted_as_it_stands_but_for_what_is_no_text() -> None:
    assert quoted_text("全角ＡＢ\u200b\u202e 　e\u0301") == ("全角ＡＢ\u200b\u202e 　e\u0301", ())
    assert quoted_text("一页\x0c二页\r\n三\x00\x1b[2J\ud800") == (
        "一页\n二页\n三[2J",
        ("统一了换行符", "去掉了 2 个控制字符", "去掉了 1 个无效字符"),
    )
