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
Channel = Literal["网站", "公众号", "报纸", "电视", "新闻发布会", "其他"]
Form = Literal["文字", "图解", "视频", "访谈", "发布会", "动漫", "场景演示", "问答", "其他"]
RuleSource = Literal["notice", "statute", "office"]
ClockState = Literal["running", "paused", "closed"]
Stage = Literal["registered", "reviewed", "handling", "answered", "archived"]
OccurrenceState = Literal["done", "met", "missed", "current", "coming"]
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

UnitsFrom = Literal["cell", "above", "requirement", "clerk", "possible"]
"""Whose words the units of a task are (db.rules.assigned)."""

UNIT_KINDS: Final[tuple[UnitKind, ...]] = ("科室", "所队", "中心", "属下单位", "其他")

CHANNELS: Final[tuple[Channel, ...]] = ("网站", "公众号", "报纸", "电视", "新闻发布会", "其他")
FORMS: Final[tuple[Form, ...]] = ("文字", "图解", "视频", "访谈", "发布会", "动漫", "场景演示", "问答", "其他")
PLAIN_FORM: Final[Form] = "文字"
"""The form that a rate (多元化解读率) does not count."""
RATE: Final = "%"
"""The counter of a rate."""
TIMES: Final = "次"
"""The counter that is counted plainly (db.models Count), not by publications."""
STAGES: Final[tuple[Stage, ...]] = ("registered", "reviewed", "handling", "answered", "archived")

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
RULE_SOURCE_NAMES: Final[dict[str, str]] = {"notice": "通知", "statute": "政府信息公开条例", "office": "办理人自定"}
CLOCK_STATE_NAMES: Final[dict[str, str]] = {"running": "计时中", "paused": "已暂停", "closed": "已了结"}
STAGE_NAMES: Final[dict[str, str]] = {
    "registered": "申请登记",
    "reviewed": "审核",
    "handling": "办理",
    "answered": "答复",
    "archived": "归档",
}
OCCURRENCE_STATE_NAMES: Final[dict[str, str]] = {
    "done": "已办",
    "met": "已达到",
    "missed": "未办",
    "current": "本期",
    "coming": "未到",
}
PERIOD_NOW_NAMES: Final[dict[str, str]] = {"month": "本月", "quarter": "本季度", "year": "本年", "item": "逐项"}
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
    "confirm_shift": "确认换算日期",
    "publish": "记公开",
    "edit_publication": "修改公开记录",
    "remove_publication": "删除公开记录",
    "count": "记次数",
    "edit_count": "修改次数",
    "remove_count": "删除次数",
    "add_item": "增加事项",
    "edit_item": "修改事项",
    "remove_item": "删除事项",
    "settle_occurrence": "本期销账",
    "reopen_occurrence": "恢复本期",
    "start_clock": "起计时",
    "edit_clock": "修改计时",
    "pause_clock": "暂停计时",
    "resume_clock": "继续计时",
    "extend_clock": "延长计时",
    "close_clock": "了结计时",
    "reopen_clock": "恢复计时",
    "move_stage": "登记进度",
    "remove_clock": "删除计时",
    "hand_in": "报送",
    "take_back_report": "撤回报送",
    "add_report": "增加报送",
    "edit_report": "修改报送",
    "remove_report": "删除报送",
    "attach": "附佐证",
    "edit_evidence": "修改佐证说明",
    "detach": "移除佐证",
    "mend": "修复",
    "restore": "从备份恢复",
    "salvage": "抢救损坏的文件",
    "set_second_place": "设定第二备份位置",
    "undo": "撤销",
    "redo": "重做",
}
"""What a step of the history (办理流水) is called; the same words name what undo takes back."""
