"""A small notice and its reading, right in every key, for tests that make one thing wrong."""

from typing import Final

NOTICE: Final = """
某局文件  某局办〔2024〕1号
关于印发2024年要点的通知
办公室、法规科、各科室及 服务中心：
任务 | 具体要求 | 责任
科室 | 时限 | 备注
一、公开规划
1. 公开规划信息，每季度不少于2条。  办公室牵头，法规科配合   6月底前  备注甲
2. 公开预算，每月更新。  各科室
3. 公开决算。
4. 市直部门、镇街分别于5月1日前和6月1日前公开目录。  服务中心  全年
收到申请后5个工作日内答复。各单位于12月6日前将总结报办公室。
未写时限的均在11月30日前完成。要建立台账。另有26个领域。
2024年1月5日
"""

READING: Final = """
format = 1
plan = "sample-2024"
agency = "某局"
title = "关于印发2024年要点的通知"
document_number = "某局办〔2024〕1号"
year = 2024
issued_on = 2024-01-05

[headings]
section = "任务"
requirement = "具体要求"
assignment = "责任科室"
deadline = "时限"
remark = "备注"

[default_deadline]
text = "11月30日前"
month = 11
day = 30
quote = "未写时限的均在11月30日前完成。"

[[unit]]
name = "办公室"
kind = "科室"
quote = "办公室牵头"

[[unit]]
name = "法规科"
kind = "科室"
quote = "法规科配合"

[[unit]]
name = "服务中心"
kind = "中心"
quote = "服务中心"

[[task]]
number = "1"
section = "一、公开规划"
requirement = "公开规划信息，每季度不少于2条。"
assignment = "办公室牵头，法规科配合"
remark = "备注甲"
responsibilities = [
  { role = "lead", name = "办公室" },
  { role = "support", name = "法规科" },
]
deadline = { text = "6月底前", kind = "month_end", source = "cell", month = 6, quote = "6月底前", also = ["6月底前"] }
quotas = [{ target = 2, counter = "条", period = "quarter", quote = "每季度不少于2条" }]

[[task]]
number = "2"
section = "一、公开规划"
requirement = "公开预算，每月更新。"
assignment = "各科室"
recurrence = "FREQ=MONTHLY"
responsibilities = [{ role = "responsible", name = "各科室", through = "group", kinds = ["科室"] }]

[[task]]
number = "3"
section = "一、公开规划"
requirement = "公开决算。"
inherits = "2"

[[task]]
number = "4"
section = "一、公开规划"
requirement = "市直部门、镇街分别于5月1日前和6月1日前公开目录。"
assignment = "服务中心"
responsibilities = [
  { role = "responsible", name = "服务中心" },
  { role = "support", name = "办公室", through = "related", units = ["办公室"], listed = false, quote = "报办公室" },
]

[task.deadline]
text = "分别于5月1日前和6月1日前"
kind = "on_day"
source = "requirement"
quote = "市直部门、镇街分别于5月1日前和6月1日前公开目录。"
dates = [
  { party = "市直部门", month = 5, day = 1 },
  { party = "镇街", month = 6, day = 1, ours = false },
]

[[unit_quota]]
target = 2
counter = "条"
period = "quarter"
quote = "每季度不少于2条"

[[clock_rule]]
days = 5
day_kind = "workday"
direction = "after"
bound = "max"
trigger = "收到申请"
action = "答复"
quote = "收到申请后5个工作日内答复"
task = "1"

[[report]]
what = "总结"
to = "办公室"
month = 12
day = 6
attachments = ["台账"]
quote = "各单位于12月6日前将总结报办公室。"

[[rule]]
kind = "ledger"
text = "要建立台账。"

[[other_number]]
text = "26个领域"
reason = "count_of_things"
"""


def changed(old: str, new: str) -> str:
    """The reading with one piece replaced where it first stands."""
    assert old in READING, old
    return READING.replace(old, new, 1)
