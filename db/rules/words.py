"""The enumerated words of the ledger, and the Chinese name that the clerk reads for each.

One word, one thing: these are the values in the file, in the JSON and in the code.
"""

from typing import Final, Literal

Role = Literal["lead", "responsible", "support"]
Through = Literal["name", "group", "related", "inherited"]
Applicability = Literal["ours", "possible", "not_ours"]
DeadlineKind = Literal["on_day", "month_end", "window", "standing", "recurring", "none"]
DeadlineSource = Literal["cell", "requirement", "notice", "none"]
Status = Literal["not_started", "in_progress", "done", "not_applicable"]
Period = Literal["month", "quarter", "year", "item"]
DayKind = Literal["workday", "calendar"]
Direction = Literal["after", "before"]
Bound = Literal["max", "min"]
UnitKind = Literal["科室", "所队", "中心", "属下单位", "其他"]
RuleKind = Literal[
    "duty",
    "ledger",
    "evidence",
    "look_back",
    "assessment",
    "training",
    "review",
    "interpretation",
    "time_limit",
    "quota",
]

WHOLE_BUREAU: Final = "全局"
"""The unit name that takes every task of the notice, without a role."""

UNIT_KINDS: Final[tuple[UnitKind, ...]] = ("科室", "所队", "中心", "属下单位", "其他")

ROLE_NAMES: Final[dict[str, str]] = {"lead": "牵头", "responsible": "责任", "support": "配合"}
THROUGH_NAMES: Final[dict[str, str]] = {
    "name": "点名",
    "group": "统称",
    "related": "相关单位",
    "inherited": "空白沿用上栏",
}
APPLICABILITY_NAMES: Final[dict[str, str]] = {"ours": "本单位", "possible": "待确认", "not_ours": "非本单位"}
STATUS_NAMES: Final[dict[str, str]] = {
    "not_started": "未开始",
    "in_progress": "推进中",
    "done": "已办结",
    "not_applicable": "不适用",
}
DEADLINE_KIND_NAMES: Final[dict[str, str]] = {
    "on_day": "限期",
    "month_end": "月底",
    "window": "时段",
    "standing": "全年",
    "recurring": "周期",
    "none": "无时限",
}
DEADLINE_SOURCE_NAMES: Final[dict[str, str]] = {
    "cell": "时限栏",
    "requirement": "具体要求",
    "notice": "通知统一时限",
    "none": "未写明",
}
PERIOD_NAMES: Final[dict[str, str]] = {"month": "每月", "quarter": "每季度", "year": "每年", "item": "每项"}
DAY_KIND_NAMES: Final[dict[str, str]] = {"workday": "个工作日", "calendar": "天"}
RULE_KIND_NAMES: Final[dict[str, str]] = {
    "duty": "责任",
    "ledger": "台账",
    "evidence": "资料收集",
    "look_back": "回头看",
    "assessment": "考核",
    "training": "培训",
    "review": "公开审查",
    "interpretation": "政策解读",
    "time_limit": "时限",
    "quota": "数量",
}
STEP_NAMES: Final[dict[str, str]] = {
    "settle": "销账",
    "reopen": "恢复",
    "start": "标为推进中",
    "not_applicable": "标为不适用",
    "ours": "确认为本单位",
    "not_ours": "标为非本单位",
    "adjust_due": "调整时限",
    "add_own": "自增事项",
    "edit_own": "修改自增事项",
    "remove_own": "删除自增事项",
    "note": "记事",
    "edit_note": "修改记事",
    "remove_note": "删除记事",
    "hand_over": "交接",
    "undo": "撤销",
    "redo": "重做",
}
"""What a step of the history (办理流水) is called; the same words name what undo takes back."""
