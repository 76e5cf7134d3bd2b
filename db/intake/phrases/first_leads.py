"""A note that the first unit of each list leads (列第一位的为牵头单位): it binds lists that name no lead themselves.

Source: notice-patterns.md, section 4 (list where the document says the first one leads; search the whole document).
"""

import re
from dataclasses import replace
from typing import Final

from db.intake.phrases.signs import normal
from db.rules.said import Responsibility

_FIRST: Final = re.compile(
    "(?:列|排)(?:名|序)?(?:在)?(?:第一|首位|首个|最前|在前)|(?:第一个?|首个)(?:责任)?(?:单位|科室|部门)"
)
_SENTENCE: Final = re.compile(r"[^。;!?\n]+")


def first_leads(text: str) -> str | None:
    """The sentence that says so, as written; None where none does."""
    copy = normal(text, spaces=True)
    for sentence in _SENTENCE.finditer(copy.text):
        words = sentence.group()
        if "牵头" in words and _FIRST.search(words):
            return copy.at(*sentence.span()).strip()
    return None


def led_by_first(responsibilities: tuple[Responsibility, ...]) -> tuple[Responsibility, ...]:
    """The list with its first as lead; as it is where it is no list, or names a lead."""
    if len(responsibilities) < 2 or any(one.role != "responsible" for one in responsibilities):
        return responsibilities
    return replace(responsibilities[0], role="lead"), *responsibilities[1:]
