"""What a salvage tells the clerk: which part of the ledger was damaged, what of it came back and from where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from db.rules.history_words import field_name, named_value, row_noun

TABLE_NAMES: Final[Mapping[str, str]] = {
    "notice": "通知",
    "unit": "单位名册",
    "task": "任务",
    "responsibility": "责任分工",
    "deadline": "完成时限",
    "quota": "量化指标",
    "clock_rule": "时限规则",
    "report": "报送要求",
    "rule": "通用要求",
    "ledger": "台账",
    "entry": "事项",
    "note": "记事",
    "publication": "公开记录",
    "item": "逐项计数的事项",
    "count": "次数",
    "occurrence": "各期销账",
    "clock": "计时",
    "report_state": "报送登记",
    "evidence": "佐证材料",
    "content": "佐证目录",
    "piece": "佐证内容",
    "history": "办理流水",
    "draft": "草稿",
    "place": "上次看到的位置",
    "setting": "设置",
    "day_off": "放假调休",
    "day_off_source": "放假通知",
    "statute_rule": "法定时限",
    "intake_draft": "待确认稿",
}
"""What the clerk calls what stands in a table."""
_OF_NOTICES: Final = frozenset(
    ("notice", "unit", "task", "responsibility", "deadline", "quota", "clock_rule", "report", "rule", "day_off")
)
"""Whose rows stand word for word in a notice that the clerk can lay beside them."""
_MOST: Final = 40
"""How many rows are named one by one; the others are counted."""
_SHOWN: Final = 40
"""How many characters of a value are told."""
_NUMBERS: Final = 8


@dataclass
class Told:
    """What happened to one table. All but the last are numbers of rows (pages: of pages)."""

    pages: int = 0
    unread: int = 0
    blurred: int = 0
    loose: int = 0
    from_backup: int = 0
    from_history: int = 0
    refused: int = 0
    seal_broken: bool = False

    @property
    def is_damaged(self) -> bool:
        """Whether the rows may not be all, or not what they were."""
        return bool(self.pages or self.unread or self.blurred or self.loose or self.refused or self.seal_broken)

    def words(self, table: str) -> str:
        """One line; '' where all of the table was there."""
        name, is_of_notices = TABLE_NAMES.get(table, table), table in _OF_NOTICES
        parts = [
            f"有 {self.pages} 页坏了" if self.pages else "",
            f"有 {self.unread} 行读不出来" if self.unread else "",
            f"{self.blurred} 行有个别字坏了，请核对" if self.blurred else "",
            f"从散落的页里找回 {self.loose} 行，请核对" if self.loose else "",
            f"从备份补回 {self.from_backup} 行" if self.from_backup else "",
            f"按办理流水补回 {self.from_history} 行" if self.from_history else "",
            f"{self.refused} 行不合规则，没有放进去，原文记在办理流水里" if self.refused else "",
            f"与最后一次保存时不一致，坏在哪里认不出来，请{'对照通知' if is_of_notices else ''}核对"
            if self.seal_broken
            else "",
        ]
        told = "，".join(part for part in parts if part)
        return f"{name}：{told}" if told else ""


@dataclass
class Report:
    """All that a salvage has to tell. rows: what could not be put into the new file, kept in words."""

    tables: dict[str, Told] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    general: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def of(self, table: str) -> Told:
        """What is told of a table so far."""
        return self.tables.setdefault(table, Told())

    def refuse(self, table: str, values: Any) -> None:
        """A row that the new file does not take."""
        self.of(table).refused += 1
        self.rows.append({"table": table, "values": values})

    def differs(
        self, table: str, row: Mapping[str, Any], name: str, read: object, kept: object, *, by_history: bool
    ) -> None:
        """A value that is not what the history last said, and which of the two was kept."""
        noun, called = (
            row_noun(table),
            next((row[each] for each in ("title", "name", "subject", "what", "text") if row.get(each)), ""),
        )
        where = f"第 {row.get('id')} 号{noun}" + (f"「{str(called)[:_SHOWN]}」" if called else "")
        what = field_name(table, name) or f"字段 {name}"
        how = "读到的是" if by_history else "保留读到的"
        then = "，按办理流水改回" if by_history else "，办理流水最后记的是"
        self.differences.append(
            f"{where}，{what}：{how}{_quoted(name, read)}{then}{_quoted(name, kept)}"
            + ("" if by_history else "，请核对")
        )

    def lines(self) -> tuple[str, ...]:
        """Everything, in the order in which it is read."""
        more = len(self.differences) - _MOST
        return (
            *self.general,
            *(words for name, told in self.tables.items() if (words := told.words(name))),
            *self.differences[:_MOST],
            *([f"另有 {more} 处与办理流水不一致"] if more > 0 else []),
        )


def numbered(numbers: Sequence[int]) -> str:
    """第 5、6、9 条等 12 条."""
    named = f"第 {'、'.join(map(str, numbers[:_NUMBERS]))} 条"
    return f"{named}等 {len(numbers)} 条" if len(numbers) > _NUMBERS else named


def named_files(names: Iterable[str]) -> str:
    """The names of evidence, the first of them by name."""
    found = list(names)
    more = f" 等 {len(found)} 份" if len(found) > _NUMBERS else ""
    return "、".join(f"“{name}”" for name in found[:_NUMBERS]) + more


def _quoted(name: str, value: object) -> str:
    if value is None:
        return "空的"
    words = named_value(name, value)
    return f"「{words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}」"
