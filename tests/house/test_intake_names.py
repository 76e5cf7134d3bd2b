"""What reads a notice knows words of any notice, and nothing of the five that ship: no unit, no agency, no sentence."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from db.rules.notice import NoticeDraft
from seeds.plant import readings
from tests.house.tree import named, sources

OF_ANY_BUREAU: Final = frozenset({"办公室"})
"""Names of the five rosters that every bureau has: the design's own words for kinds of units stand on them."""

SENTENCE: Final = 12
"""From so many signs on, a piece of a text between two stops is no phrase that any notice may use."""

FRAGMENT: Final = 8
"""So many signs of a requirement in a row, signs of punctuation aside, are its own words."""

PUBLIC_WORDS: Final = ("中华人民共和国政府信息公开条例", "国务院办公厅关于")
"""Names of public documents, which are nobody's own words."""


def signs(text: str) -> str:
    return "".join(sign for sign in text if "\u4e00" <= sign <= "\u9fff")


def pieces(text: str) -> set[str]:
    """The runs of Chinese signs of a text between any others, from SENTENCE on."""
    return {run for run in re.findall(r"[\u4e00-\u9fff]+", text) if len(run) >= SENTENCE}


@cache
def own_names() -> frozenset[str]:
    """Rosters, agencies and titles of the five."""
    drafts = readings()
    names = {unit.name for draft in drafts for unit in draft.units}
    names |= {words for draft in drafts for words in (draft.agency, draft.title, draft.document_number) if words}
    return frozenset(names - OF_ANY_BUREAU)


@cache
def own_sentences() -> frozenset[str]:
    """Sections, matters, requirements and every longer piece of the texts."""
    found: set[str] = set()
    for draft in readings():
        found |= pieces(draft.text)
        for task in draft.tasks:
            found |= {signs(words) for words in (task.section, task.matter) if words and len(signs(words)) >= FRAGMENT}
            found |= pieces(task.requirement)
    return frozenset(found)


@cache
def fragments() -> frozenset[str]:
    """Every FRAGMENT signs in a row of a requirement, between two stops."""
    runs = (run for draft in readings() for task in draft.tasks for run in _runs(draft, task.requirement))
    return frozenset(run[at : at + FRAGMENT] for run in runs for at in range(len(run) - FRAGMENT + 1))


@cache
def windows() -> frozenset[str]:
    """Every SENTENCE signs in a row of the five texts, whatever stands between them."""
    said = (signs(line) for draft in readings() for line in draft.text.splitlines())
    return frozenset(line[at : at + SENTENCE] for line in said for at in range(len(line) - SENTENCE + 1))


def _runs(draft: NoticeDraft, requirement: str) -> Iterable[str]:
    assert requirement, draft.plan
    for words in PUBLIC_WORDS:
        requirement = requirement.replace(words, "。")
    return re.findall(r"[\u4e00-\u9fff]+", requirement)


def complaints(text: str) -> list[str]:
    """What of the five notices stands in a text."""
    found = [name for name in own_names() if name in text]
    runs = re.findall(r"[\u4e00-\u9fff]+", text)
    for run in runs:
        found.extend(piece for at in range(len(run)) if (piece := run[at : at + FRAGMENT]) in fragments())
        if len(run) >= FRAGMENT:
            found.extend(words for words in own_sentences() if words in run)
    for line in text.splitlines():
        said = signs(line)
        if len(said) >= SENTENCE:
            found.extend(piece for at in range(len(said)) if (piece := said[at : at + SENTENCE]) in windows())
    return sorted(set(found))


def intake_files() -> list[Path]:
    return [path for path in sources("db") if named(path).startswith("db/intake/")]


def test_no_name_and_no_sentence_of_the_five_notices_stands_in_intake() -> None:
    assert len(intake_files()) > 50
    found = [f"{named(path)}: {words}" for path in intake_files() for words in complaints(path.read_text("utf-8"))]
    assert found == []


def test_the_lists_that_are_held_against_intake_are_those_of_the_five() -> None:
    drafts = readings()
    assert len(drafts) == 5
    assert len(own_names()) > 50
    assert len(fragments()) > 1000
    assert {"执法监督科", "网络值班科室"} <= own_names()
    assert not OF_ANY_BUREAU - {unit.name for draft in drafts for unit in draft.units}, "no needless exception"


@pytest.mark.parametrize("draft", readings(), ids=lambda draft: draft.plan)
def test_a_planted_name_sentence_or_fragment_is_found(draft: NoticeDraft) -> None:
    unit = next(unit.name for unit in draft.units if unit.name not in OF_ANY_BUREAU)
    assert unit in complaints(f'"""{unit}牵头"""')
    longest = max((run for task in draft.tasks for run in _runs(draft, task.requirement)), key=len)
    assert complaints(f"# {longest[2 : 2 + FRAGMENT]}")
    assert complaints(max(pieces(draft.text), key=len))


@pytest.mark.parametrize("text", ["办公室", "科室、处室、股室", "甲科牵头，乙科配合", "每季度不少于2条", ""])
def test_words_of_any_notice_are_left_alone(text: str) -> None:
    assert complaints(text) == []
