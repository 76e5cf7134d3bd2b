"""The clocks of 政府信息公开条例 in TOML -> StatuteRule, strictly, as a reading of a notice is read.

Grammar of the file:
    format = 1
    [[rule]] key article days day_kind direction bound trigger action text may_extend? registers?
`key` is small English words joined by _ and names the rule for good: the office's correction hangs on it.
"""

import re
from typing import Final, get_args

from db.errors import ReadingError
from db.intake.plan_table import Table
from db.intake.toml_text import parsed
from db.rules.notice import StatuteRule
from db.rules.words import Bound, DayKind, Direction

LARGEST_FILE: Final = 100_000
"""Bytes; the shipped file has 3,000."""

LONGEST_LIMIT: Final = 3660
KEY_SHAPE: Final = re.compile(r"[a-z]+(_[a-z]+)*")
RULE_KEYS: Final = (
    "key",
    "article",
    "days",
    "day_kind",
    "direction",
    "bound",
    "trigger",
    "action",
    "text",
    "may_extend",
    "registers",
)


def read_statute(name: str, toml: str) -> tuple[StatuteRule, ...]:
    """The rules in the order of the file. name: the file's name, for messages.

    Raises ReadingError: not TOML, over 100 kB, no rule, an unknown or missing key, a wrong type, a word outside its
    list, a key written twice, a text that does not name its article.
    """
    if len(toml.encode("utf-8", "surrogatepass")) > LARGEST_FILE:
        raise ReadingError(f"{name}：超过 100 KB，不像是条例的时限", "请检查是否选错了文件。")
    root = Table(name, "", parsed(name, toml), "")
    root.only("format", "rule")
    root.whole("format", 1, 1)
    rules: dict[str, StatuteRule] = {}
    for table in root.tables("rule"):
        rule = _rule(table)
        if rule.key in rules:
            table.refuse("key", f"“{rule.key}”写了两次", "每条时限的 key 各不相同。")
        rules[rule.key] = rule
    if not rules:
        root.refuse("rule", "没有一条时限", "每条时限写成一个 [[rule]]。")
    return tuple(rules.values())


def _rule(table: Table) -> StatuteRule:
    table.only(*RULE_KEYS)
    key = table.text("key")
    if not KEY_SHAPE.fullmatch(key):
        table.refuse("key", "不合写法", "只用小写英文字母和下划线，如 third_party。")
    article, text = table.text("article"), table.text("text")
    if article not in text:
        table.refuse("text", f"没有写明是{article}", "text 里要写出条号。")
    day_kind: DayKind = table.word("day_kind", get_args(DayKind))
    direction: Direction = table.word("direction", get_args(Direction))
    bound: Bound = table.word("bound", get_args(Bound))
    if table.has("may_extend") and direction == "before":
        table.refuse("may_extend", "往前倒数的时限不能延长", "请不要写这个键。")
    return StatuteRule(
        key=key,
        article=article,
        days=table.whole("days", 1, LONGEST_LIMIT),
        day_kind=day_kind,
        direction=direction,
        bound=bound,
        trigger=table.text("trigger"),
        action=table.text("action"),
        text=text,
        may_extend=table.whole("may_extend", 1, LONGEST_LIMIT) if table.has("may_extend") else None,
        registers=table.flag("registers", False),
    )
