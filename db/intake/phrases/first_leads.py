"""A note that the first unit of each list leads (列第一位的为牵头单位): it binds lists that name no lead themselves.

Source: notice-patterns.md, section 4 (list where the document says the first one leads; search the whole document).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from db.intake.phrases.signs import normal
from db.rules.said import Responsibility

_FIRST: Final = re.compile(
    "(?:列|排)(?:名|序)?(?:在)?(?:第一|首位|首个|最前|在前)|(?:第一[个家]?|首[个家])(?:[为是]|(?:责任)?(?:单位|科室|部门|股室|处室))"
)
_SENTENCE: Final = re.compile(r"[^。;!?\n]+")


_DRAWN: Final = ("加粗", "黑体", "粗体", "下划线", "划线", "画线", "标红", "红色", "红字", "底色", "斜体")
"""How a paper can mark the lead so that a reader of its text does not see it."""


def marked_leads(text: str) -> str | None:
    """The sentence by which a mark of the print says who leads (加粗的为牵头单位); None where none does."""
    return _sentence(text, lambda words: any(word in words for word in _DRAWN))


def first_leads(text: str) -> str | None:
    """The sentence that says so, as written; None where none does."""
    return _sentence(text, lambda words: _FIRST.search(words) is not None)


def _sentence(text: str, tells: Callable[[str], bool]) -> str | None:
    copy = normal(text, spaces=True)
    for sentence in _SENTENCE.finditer(copy.text):
        words = sentence.group()
        if "牵头" in words and tells(words):
            return copy.at(*sentence.span()).strip()
    return None


def led_by_first(responsibilities: tuple[Responsibility, ...]) -> tuple[Responsibility, ...]:
    """The list with its first as lead; as it is where it is no list, or names a lead."""
    if len(responsibilities) < 2 or any(one.role != "responsible" for one in responsibilities):
        return responsibilities
    return replace(responsibilities[0], role="lead"), *responsibilities[1:]
