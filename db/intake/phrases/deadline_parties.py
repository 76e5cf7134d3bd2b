"""Two audiences with a date each: 甲级部门、各镇（街）需分别于9月10日前和10月10日前完成.

    parties := name {(、 | 和 | 及 | 与) name} [需 | 应 | 要] 分别 point {和 point}
             | name point {, name point}
Names are taken as written. Where there are not exactly as many as there are dates, nobody is named.
"""

import re
from collections.abc import Sequence
from typing import Final

from db.intake.phrases.deadline_points import Point
from db.intake.phrases.signs import Normal

LONGEST_NAME: Final = 40
_LEAD: Final = re.compile("^[,;、。:(]*(?:其中|由|请|对)?")
_TAIL: Final = re.compile("(?:要求|应当|必须|需要|须|需|应|要|请|将|均|也|于|在|[:,、(])*$")
_BODY: Final = re.compile(
    "(?:部门|单位|科室|处室|股室|科|处|股|室|所|队|局|办|委|院|厅|中心|党委|纪委|政府|级|街道?|镇|乡|区|县|市|社区|村|企业|机构|学校)"
    "(?:\\([^()]{1,20}\\))?$"
)


def parties(named: Sequence[str], wanted: int) -> tuple[str, ...] | None:
    """The names, if they are as many as the dates, each a body, none twice."""
    if len(named) != wanted or len(set(named)) != wanted:
        return None
    return tuple(named) if all(named) else None


def named_before(copy: Normal, points: Sequence[Point], start: int) -> tuple[str, ...]:
    """The body named in front of each point since the one before it, verbatim; () where one has none."""
    found = []
    at = start
    for point in points:
        name = _trimmed(copy, at, point.start)
        if name is None:
            return ()
        found.append(name)
        at = point.end
    return tuple(found)


def named_together(copy: Normal, start: int, end: int) -> tuple[str, ...]:
    """The bodies listed in front of 分别, verbatim: split at 、 and, where that gives one name only, at 和 及 与."""
    whole = _bounds(copy, start, end)
    for marks in ("、", "、和及与"):
        found = _split(copy, *whole, marks)
        if len(found) > 1:
            return tuple(copy.line(*one) for one in found) if all(_is_body(copy, one) for one in found) else ()
    return ()


def _split(copy: Normal, start: int, end: int, marks: str) -> list[tuple[int, int]]:
    parts = []
    depth, at = 0, start
    for place in range(start, end):
        sign = copy.text[place]
        depth += (sign == "(") - (sign == ")")
        if sign in marks and depth <= 0:
            parts.append((at, place))
            at = place + 1
    return [*parts, (at, end)]


def _bounds(copy: Normal, start: int, end: int) -> tuple[int, int]:
    start = max(start, end - LONGEST_NAME * 4, *(copy.text.rfind(mark, start, end - 1) + 1 for mark in ",;:。"))
    lead = _LEAD.match(copy.text[start:end])
    start += lead.end() if lead is not None else 0
    tail = _TAIL.search(copy.text[start:end])
    return start, start + tail.start() if tail is not None else end


def _trimmed(copy: Normal, start: int, end: int) -> str | None:
    bounds = _bounds(copy, start, end)
    return copy.line(*bounds) if _is_body(copy, bounds) else None


def _is_body(copy: Normal, bounds: tuple[int, int]) -> bool:
    start, end = bounds
    return 0 < end - start <= LONGEST_NAME and _BODY.search(copy.text[start:end]) is not None
