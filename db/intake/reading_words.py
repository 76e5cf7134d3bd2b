"""The closed lists of words of a reading: what columns hold, what fields a task has, what problems there are."""

from collections.abc import Mapping
from typing import Final, Literal

YEARS: Final = range(2000, 2101)
"""The years that a plan can be for."""

ColumnRole = Literal[
    "number",
    "section",
    "matter",
    "requirement",
    "assignment",
    "lead",
    "responsible",
    "support",
    "outer",
    "deadline",
    "quota",
    "remark",
    "other",
]
"""What a column holds. assignment: the one column of units, whose phrases say the roles; lead, responsible and support:
a column of one role; outer: units of another level (上级责任单位) beside our own, kept as a remark; other: persons,
progress, anything that is no part of a task."""

COLUMN_ROLE_NAMES: Final[dict[ColumnRole, str]] = {
    "number": "序号",
    "section": "工作任务（大项）",
    "matter": "工作事项",
    "requirement": "具体要求",
    "assignment": "责任单位",
    "lead": "牵头单位",
    "responsible": "责任单位（单列）",
    "support": "配合单位",
    "outer": "上级责任单位（只作备注）",
    "deadline": "完成时限",
    "quota": "数量要求",
    "remark": "备注",
    "other": "不读入",
}

CellState = Literal["written", "merged", "blank", "missing"]
"""written: the row's own cell has text; merged: the document's own merge brings it down from above; blank: an empty
cell; missing: the row has no such cell or column at all."""

Field = Literal[
    "number", "section", "matter", "requirement", "assignment", "deadline", "quotas", "clocks", "remark", "row"
]
"""The part of a task that a problem stands on; row is the task as a whole."""

FIELD_NAMES: Final[Mapping[str, str]] = {
    "number": "编号",
    "section": "工作任务",
    "matter": "工作事项",
    "requirement": "具体要求",
    "assignment": "责任单位",
    "deadline": "完成时限",
    "quotas": "量化指标",
    "clocks": "时限规则",
    "remark": "备注",
    "row": "整行",
}

ProblemKind = Literal[
    "year_unknown",
    "year_assumed",
    "head_missing",
    "head_unsure",
    "no_tasks",
    "columns_unsure",
    "table_left_out",
    "text_left_out",
    "blank_cells",
    "row_unsure",
    "row_cut",
    "number_gap",
    "number_twice",
    "count_differs",
    "deadline_unread",
    "deadline_invalid",
    "deadline_two_valued",
    "deadline_event",
    "deadline_parties",
    "deadline_stale",
    "deadline_default",
    "due_before_issue",
    "units_missing",
    "units_clause",
    "units_citation",
    "units_unread",
    "units_near",
    "units_open",
    "first_leads",
    "body_differs",
    "quota_unread",
    "quota_range",
    "clock_unread",
    "report_unread",
    "other_level",
    "disclaimed",
    "reader",
    "edit_lost",
]

PROBLEM_NAMES: Final[dict[ProblemKind, str]] = {
    "year_unknown": "年份没有写",
    "year_assumed": "年份是推定的",
    "head_missing": "来文信息不全",
    "head_unsure": "来文信息没有把握",
    "no_tasks": "没有读出任务",
    "columns_unsure": "表头没有全认出",
    "table_left_out": "有表没有读成任务",
    "text_left_out": "有文字没有读成任务",
    "blank_cells": "空白格是否沿用上栏",
    "row_unsure": "这一行没有把握",
    "row_cut": "这一行可能被截断",
    "number_gap": "编号不连续",
    "number_twice": "编号重复",
    "count_differs": "行数对不上",
    "deadline_unread": "时限没有认出",
    "deadline_invalid": "时限日期不存在或不合理",
    "deadline_two_valued": "时限有两种理解",
    "deadline_event": "时限取决于事件",
    "deadline_parties": "各方时限不同",
    "deadline_stale": "时限像是旧年份的",
    "deadline_default": "套用全文统一时限",
    "due_before_issue": "印发时已过时限",
    "units_missing": "没有责任单位",
    "units_clause": "责任栏是一段话",
    "units_citation": "责任栏引用文件",
    "units_unread": "责任单位没有认出",
    "units_near": "单位名称相近",
    "units_open": "单位没有列全",
    "first_leads": "列第一位的牵头",
    "body_differs": "正文与表格不一致",
    "quota_unread": "数量要求没有认出",
    "quota_range": "数量是一个范围",
    "clock_unread": "时限规则没有认出",
    "report_unread": "报送要求没有认出",
    "other_level": "写给其他层级",
    "disclaimed": "备注说明非本局牵头",
    "reader": "文件里还有",
    "edit_lost": "一处修改落空",
}
