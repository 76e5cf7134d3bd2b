"""Whom a sentence asks: every responsible unit of the bureau (各责任科室需…), or the task's own.

    subject := [本局 局机关 全局 …] 各 [责任 牵头 承办 …] kind {、 kind}      each unit, not those of other levels
    kind    := 科室 处室 股室 科 处 股 室 所 队 中心 单位 部门 窗口 …
各相关科室 and 各涉及科室 are some of them only; 市直各部门 and 各镇(街) are others.
"""

import re
from typing import Final

from db.intake.phrases.sentences import Sentences

_KIND: Final = "科室|处室|股室|科|处|股|室|所|支队|大队|队|中心|单位|部门|窗口|办公室"
_SUBJECT: Final = re.compile(
    "(?:[一二三四五六七八九]是)?(?:请|要求|同时|并)?(?:本局|我局|全局|市局|省局|区局|县局|局属?|机关|局机关|内设|直属|所属){0,2}"
    f"[各每]个?(?:责任|牵头|承办|主办|主责|内设|直属|所属|业务){{0,2}}(?:{_KIND})(?:\\((?:{_KIND}|、){{1,6}}\\))?"
    f"(?:(?:[、和及与]|以及)各?(?:直属|所属|属下|下属|责任)?(?:事业)?(?:{_KIND}))*"
)
MOST_CLAUSES: Final = 6
"""How many clauses back the subject of a sentence may stand."""


def speaks_of_every_unit(text: str, cuts: Sentences, at: int) -> bool:
    """Whether the subject of what stands here is every unit: of its clause, else of the clauses before it that lead
    up to it without naming anybody else (由…)."""
    clause: tuple[int, int] | None = cuts.clause(at)
    for _ in range(MOST_CLAUSES):
        if clause is None:
            return False
        start = clause[0]
        if _SUBJECT.match(text, start, min(clause[1], start + 60)):
            return True
        if start < at and "由" in text[start : min(clause[1], at)]:
            return False
        if clause[0] <= at < clause[1] and at - start > 1:
            return False
        clause = cuts.before(start) if start < len(text) else None
    return False
