"""A draft (待确认稿) as a TOML file: what --import FILE --draft OUT.toml writes and --import OUT.toml takes in."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from db.errors import ReadingError
from db.intake.accepting import open_problems, supplemented, unchecked_draft, with_everybody
from db.intake.plan_toml import read_plan
from db.intake.problems import SHARED, listed
from db.intake.reading import Problem, Reading
from db.intake.toml_writing import BLOCKING, HEADER, to_toml
from db.rules.differences import SUPPLEMENT
from db.rules.notice import NoticeDraft

TEXT: Final = re.compile(r'\s*"?text"?\s*=\s*"{3}')
QUOTES: Final = '"' * 3
SHOWN: Final = 8
"""How many open lines a refusal names."""


def draft_toml(reading: Reading, own_name: str) -> str:
    """The reading as TOML with its open problems as comments. own_name: the file's own, for its first lines.

    Raises ReadingError where the reading holds no task or no year.
    """
    header = HEADER.format(name=_one_line(reading.source.name), own=_one_line(own_name), supplement=SUPPLEMENT)
    if reading.said:
        header += f"# {_one_line(reading.said)}\n"
    numbers = {one.key: one.task.number for one in reading.tasks}
    return to_toml(unchecked_draft(reading), [_placed(*one, numbers) for one in open_problems(reading)], header)


def _placed(number: str | None, problem: Problem, numbers: Mapping[str, str]) -> tuple[str | None, Problem]:
    """A question asked in the same words of several rows stands before the first of them, with the numbers of all."""
    found = [numbers[key] for key in problem.covers if key in numbers]
    if number is not None or problem.kind not in SHARED or not found:
        return number, problem
    return found[0], replace(problem, text=f"{problem.text}（{listed(found)}）")


def read_draft(name: str, toml_text: str) -> NoticeDraft:
    """A draft that was mended in an editor. Raises ReadingError while lines of blocking problems stand in it, or as
    read_plan does."""
    found = open_lines(toml_text)
    if found:
        listed = "\n".join(f"  第 {line} 行：{words}" for line, words in found[:SHOWN])
        rest = f"\n  ……共 {len(found)} 处" if len(found) > SHOWN else ""
        raise ReadingError(
            f"{name}：还有 {len(found)} 个必须核对的问题，没有入库：\n{listed}{rest}",
            f"改好每一处下面的内容后，删去以“{BLOCKING.strip()}”开头的那一行，再导入一次。",
        )
    return supplemented(with_everybody(read_plan(name, toml_text, None)))


def open_lines(toml_text: str) -> tuple[tuple[int, str], ...]:
    """Number and words of every line of a blocking problem, wherever its table stands; the notice's text has none."""
    found = []
    in_text = False
    for number, line in enumerate(toml_text.split("\n"), 1):
        if in_text:
            in_text = QUOTES not in line.replace("\\" + '"', "")
        elif TEXT.match(line):
            in_text = QUOTES not in line[line.index(QUOTES) + len(QUOTES) :]
        elif line.lstrip().startswith(BLOCKING.strip()):
            found.append((number, line.lstrip()[len(BLOCKING.strip()) :].strip()))
    return tuple(found)


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
