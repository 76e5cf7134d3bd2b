"""300 notices made wrong by chance: each is refused with a reason, or read to something whose every value stands up.

Sixty of each shipped notice, in its text and in the four other forms. No crash, no hang, no ledger touched; most of
them have to reach the parser, or the test would only show that broken files are refused.
"""

import random
import sqlite3
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from traceback import extract_tb

import pytest

from db.errors import ReadingError
from db.intake.accepting import notice_draft
from db.intake.draft_file import draft_toml, open_lines
from db.intake.edits import AcceptProblem, Mend
from db.intake.readers import docx, html, pdf, txt, xlsx
from db.intake.readers.asking import read_document
from db.intake.reading import Reading
from db.intake.replay import replayed
from db.intake.source import Source
from seeds.plant import readings
from tests.db.intake import mutants
from tests.db.intake.forms import MAKERS

GOLDS = {draft.plan: replace(draft, other_numbers=()) for draft in readings()}
PLANS = sorted(GOLDS)
CASES = {"txt": 24, "html": 12, "docx": 11, "xlsx": 11, "pdf": 2}
"""How many of each form: sixty of a notice."""
READERS = {"docx": docx.read, "html": html.read, "pdf": pdf.read, "txt": txt.read, "xlsx": xlsx.read}
PARTS = {"docx": ("word/document.xml",), "xlsx": ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")}
MOST_SECONDS = 2.0
"""Of the processor, for one case; the slowest form of the longest notice takes a quarter of it."""
REACHED = 0.7


@cache
def whole(plan: str, form: str) -> bytes:
    """The notice in this form, as it should be."""
    if form == "txt":
        return GOLDS[plan].text.encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{plan}.{form}"
        MAKERS[form](GOLDS[plan], path)
        return path.read_bytes()


def mutated(plan: str, form: str, number: int) -> bytes:
    """The same for the same number, in every run and on every machine."""
    luck = random.Random(f"{plan} {form} {number}")
    raw = whole(plan, form)
    if form in PARTS:
        return mutants.package(mutants.unzipped(raw), PARTS[form], luck)
    if form == "pdf":
        return mutants.octets(raw, luck)
    text = raw.decode()
    for _ in range(luck.randint(1, 12)):
        text = mutants.text(text, luck) if form == "txt" else mutants.marked(text, luck)
    return text.encode("utf-8", "surrogatepass")


@pytest.fixture(autouse=True)
def no_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a ledger while a file is read fails the test."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a ledger was opened while a file was read")

    monkeypatch.setattr(sqlite3, "connect", refused)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", refused)


def stands_up(reading: Reading) -> None:
    """Every value of a reading is one that could be: dates exist, numbers are single."""
    year = reading.head.year or 2024
    assert len({one.task.number for one in reading.tasks}) == len(reading.tasks)
    assert len({problem.key for problem in reading.problems}) == len(reading.problems)
    keys = {one.key for one in reading.tasks}
    assert len(keys) == len(reading.tasks)
    assert {problem.task for problem in reading.problems} <= keys | {None}
    for one in reading.tasks:
        assert one.task.requirement.strip()
        assert all(named.name.strip() for named in one.task.responsibilities)
        for deadline in one.task.deadlines:
            assert deadline.text.strip()
            if deadline.month is not None:
                date(year + deadline.year_offset, deadline.month, deadline.day or 1)
            if deadline.start_month is not None:
                date(year, deadline.start_month, deadline.start_day or 1)
    for report in reading.reports:
        date(year + report.year_offset, report.month, report.day)


def is_taken_back(source: Source, reading: Reading) -> None:
    """What the clerk has gone through is written as TOML and read again the same. A unit cell that names no unit is
    emptied first, as the clerk would; every other question is answered as the reading assumed."""
    nobody = [one.key for one in reading.tasks if one.task.assignment and not one.task.responsibilities]
    emptied = [Mend(key, "assignment", "") for key in nobody]
    questions = (replayed(source, emptied) if emptied else reading).problems
    answered = replayed(source, (*emptied, *(AcceptProblem(problem.key) for problem in questions)))
    assert [problem.key for problem in answered.problems if not problem.answered] == []
    draft = notice_draft(answered)  # which writes it, reads it again and compares
    assert open_lines(draft_toml(answered, "读稿.toml")) == ()
    assert [task.number for task in draft.tasks] == [one.task.number for one in reading.tasks]
    for task, one in zip(draft.tasks, reading.tasks, strict=True):
        dated = [when for when in one.task.deadlines if when.kind != "none" and "\t" not in when.text]
        assert [when for when in task.deadlines if "\t" not in when.text] == dated


def outcome(plan: str, form: str, number: int) -> str:
    """'read', 'refused', or what is wrong with this case."""
    raw = mutated(plan, form, number)
    began = process_time()
    try:
        source: Source = READERS[form](BytesIO(raw), f"{plan}.{form}", lambda part, words: None)
    except ReadingError as error:
        return "refused" if error.message and error.hint else f"{form} {number}: refused without a word of advice"
    except Exception as error:
        return f"{form} {number}: {type(error).__name__}: {error}"
    try:
        reading = replayed(source, ())
        stands_up(reading)
        if reading.tasks and reading.head.year is not None:
            is_taken_back(source, reading)
        answer = "read"
    except Exception as error:
        lines = [frame.lineno for frame in extract_tb(error.__traceback__)]
        answer = f"{form} {number}: {type(error).__name__}: {error} {lines}"
    spent = process_time() - began
    return answer if spent < MOST_SECONDS else f"{form} {number}: {spent:.1f} s"


@pytest.mark.parametrize("plan", PLANS)
def test_a_notice_made_wrong_by_chance_is_refused_or_read_to_what_stands_up(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in CASES:
        whole(plan, form)
    answers = [outcome(plan, form, number) for form, count in CASES.items() for number in range(count)]
    read = answers.count("read")
    with capsys.disabled():
        print(f"\n{plan}: {read} of {len(answers)} reach the parser ({read / len(answers):.0%})", end=" ")
    assert [answer for answer in answers if answer not in ("read", "refused")] == []
    assert len(answers) == 60
    assert read >= REACHED * len(answers)


@pytest.mark.parametrize("form", sorted(CASES))
def test_the_process_of_its_own_answers_a_wrong_file_as_the_reader_does(form: str, tmp_path: Path) -> None:
    for number, plan in enumerate(PLANS[:2]):
        raw = mutated(plan, form, number)
        path = tmp_path / f"{plan}.{form}"
        path.write_bytes(raw)
        try:
            here: object = READERS[form](BytesIO(raw), path.name, lambda part, words: None).blocks
        except ReadingError:
            here = None
        try:
            there: object = read_document(
                path, progress=lambda *told: None, cancelled=bool, own=lambda status: False
            ).blocks
        except ReadingError:
            there = None
        assert there == here
