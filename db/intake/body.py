"""The body of a notice beside its table: what sentence a row restates, under which heading, what it says otherwise.

Source: reading-the-notices.md (role, unit and deadline follow the table; what the body says differently is kept with
its sentence, and a party named only in the body sees the row as possible); notice-patterns.md, section 3, edge rules.

    body     ::= (heading 一、… | paragraph)*                      in front of the table
    sentence ::= [一是 | 二是 | …] … (。 | ； before the next 二是)     a row is held against each
    differs  ::= a day or month that the row does not have | a party that neither its units nor its requirement name
    party    ::= units that begin a clause (文件起草部门要…), or stand behind 由 (由某科会同各科室…)
A body is taken as one only if most rows of the table are found in it: a covering letter is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from db.intake.phrases.assignments import names
from db.intake.phrases.parties import parties_of
from db.intake.phrases.signs import folded, normal
from db.intake.reading import Doubt, RawTask
from db.intake.restating import Texts
from db.rules.said import Responsibility

ENOUGH: Final = 0.5
"""What part of a row must stand in its sentence; what part of the rows must be found."""

LONGEST: Final = 400_000
"""Signs of a body that are looked through."""

_HEADING: Final = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SENTENCE: Final = re.compile(r"[^。]+。?")
_POINT: Final = re.compile(r"[;,。:]\s?(?=[一二三四五六七八九十]是)")
_DATE: Final = re.compile(r"([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_TITLE: Final = re.compile(r"《[^《》]{0,200}》")


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """What the body says of a row. task: its key; sentence: '' where only the heading is known (that of the rows
    before it); differs: body_differs, once; parties: who is named in the body only, all related and not listed."""

    task: str
    section: str | None
    sentence: str
    differs: tuple[Doubt, ...] = ()
    parties: tuple[Responsibility, ...] = ()


@dataclass(frozen=True, slots=True)
class BodySentence:
    """A sentence of the body, verbatim, with the heading it stands under."""

    section: str | None
    text: str


def body_of(before: tuple[tuple[int, str], ...], tasks: tuple[RawTask, ...]) -> tuple[BodyMatch, ...]:
    """For each row of the table what the body says of it; () where what stands in front of the table is no body."""
    found = tuple(one for one in body_sentences(before) if one.section is not None)
    if not tasks or not found:
        return ()
    texts = Texts([one.text for one in found])
    placed = [_sentence_of(task, texts) for task in tasks]
    if sum(at is not None for at in placed) < ENOUGH * len(tasks):
        return ()
    return tuple(_matches(tasks, placed, found, texts))


def body_sentences(paragraphs: Sequence[tuple[int, str]]) -> Iterator[BodySentence]:
    """The sentences of the paragraphs, each with the last heading (一、…) before it."""
    section: str | None = None
    left = LONGEST
    for _, text in paragraphs:
        left -= len(text)
        if left < 0:
            return
        copy = normal(text)
        if _HEADING.match(copy.text) and "。" not in copy.text and len(copy.text) < 60:
            section = text.strip()
            continue
        if _HEADING.match(copy.text) and (stop := copy.text.find("。", 0, 60)) > 0:
            section = _verbatim(copy.at(0, stop))
        for sentence in _SENTENCE.finditer(copy.text):
            start = sentence.start()
            for point in _POINT.finditer(copy.text, start, sentence.end()):
                yield BodySentence(section, _verbatim(copy.at(start, point.start() + 1)))
                start = point.end()
            if start < sentence.end():
                yield BodySentence(section, _verbatim(copy.at(start, sentence.end())))


def _verbatim(text: str) -> str:
    return "".join(text.splitlines()).strip()


def _sentence_of(task: RawTask, texts: Texts) -> int | None:
    best = texts.best(f"{task.matter or ''}。{task.requirement}")
    return best[0] if best is not None and best[1] >= ENOUGH else None


def _matches(
    tasks: Sequence[RawTask], placed: Sequence[int | None], found: Sequence[BodySentence], texts: Texts
) -> Iterator[BodyMatch]:
    known = {name for task in tasks for name in _names(task)}
    section: str | None = None
    for task, at in zip(tasks, placed, strict=True):
        if at is None:
            by_matter = texts.best(task.matter) if task.matter else None
            if by_matter is not None and by_matter[1] >= ENOUGH:
                section = found[by_matter[0]].section
            yield BodyMatch(task.key, section, "")
            continue
        section = found[at].section
        sentence = found[at].text
        parties = _parties(sentence, task, known)
        differs = bool(parties) or bool(_dates(sentence) - _dates(f"{task.deadline or ''}。{task.requirement}"))
        doubt = Doubt("body_differs", sentence, "按表格读，正文的说法记入备注")
        yield BodyMatch(task.key, section, sentence, (doubt,) if differs else (), parties)


def _names(task: RawTask) -> tuple[str, ...]:
    return tuple(folded(name) for role, text in task.assignments for name in names(text, role))


def _parties(sentence: str, task: RawTask, known: set[str]) -> tuple[Responsibility, ...]:
    said = folded(task.requirement) + "。" + "。".join(folded(text) for _, text in task.assignments)
    return tuple(one for one in parties_of(sentence, known) if folded(one.name) not in said)


def _dates(text: str) -> set[tuple[int, int]]:
    """Month and day (0: none) of each date of a text, titles aside."""
    plain = _TITLE.sub("", folded(text))
    return {(int(one.group(1)), int(one.group(2) or 0)) for one in _DATE.finditer(plain)}
