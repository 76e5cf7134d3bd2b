"""What an entry is called in the draft 工作总结: as much of its requirement as stands for itself, cut at a clause."""

import re
from collections.abc import Iterator
from typing import Final

from db.export.package_names import short

_BRACKETS: Final = dict(zip('（(《〈“‘【[「『"', '）)》〉”’】]」』"', strict=True))
_LEAST: Final = 10
"""Characters that say which task it is: 设立专栏 does not."""
_ENDS: Final = "。；;！!？?\n"
_COMMAS: Final = "，,"
# What such a clause says is finished by the next one: 根据有关要求，…
_LEAD_IN: Final = re.compile(
    "(?:重点|主要|着力|继续)?"
    "(?:根据|按照?|依照|依据|依托|对照|对于?|针对|通过|围绕|以|为|在|将|把|结合|利用|聚焦|综合|运用|如|凡|涉及|需|除)"
)
# What stands before such a clause is its subject: 决策草案，要通过…
_GOES_ON: Final = re.compile("[要应须均都将也由需]|不得|不断|统一由")


def title(requirement: str, most: int) -> str:
    """The first sentence; where it has more than `most` characters its first clauses that stand for themselves.

    Never ends within brackets or quotes. Longer than `most` where no clause ends before.
    """
    # Without the number that the notice prints before it.
    said = requirement[requirement.find(short(requirement, len(requirement) + 1)) :].strip()
    sentence = said[: next((at for at, mark in _outside(said) if at and mark in _ENDS), len(said))].strip()
    if len(sentence) <= most:
        return sentence
    cuts = [at for at, mark in _outside(sentence) if at >= _LEAST and mark in _COMMAS and _stands(sentence, at)]
    fitting = [at for at in cuts if at <= most]
    at = fitting[-1] if fitting else min(cuts, default=len(sentence))
    return sentence[:at].strip()


def _stands(sentence: str, cut: int) -> bool:
    """Whether what is before the cut says something by itself."""
    begin = max((at for at, mark in _outside(sentence[:cut]) if mark in _COMMAS), default=-1) + 1
    clause, after = sentence[begin:cut].strip(), sentence[cut + 1 :].strip()
    # 1,000 is no clause's end.
    is_number = sentence[cut - 1 : cut].isdigit() and after[:1].isdigit()
    return bool(clause) and not is_number and not _LEAD_IN.match(clause) and not _GOES_ON.match(after)


def _outside(text: str) -> Iterator[tuple[int, str]]:
    """The characters that are in no brackets or quotes, with their places; what is not closed is open to the end."""
    awaited: list[str] = []
    for at, mark in enumerate(text):
        if awaited and mark == awaited[-1]:
            awaited.pop()
        elif mark in _BRACKETS:
            awaited.append(_BRACKETS[mark])
        elif not awaited:
            yield at, mark
