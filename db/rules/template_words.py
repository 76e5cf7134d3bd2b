"""The words of the import template (--import-template): its sheets, the lines of its cover, its columns."""

from typing import Final

TASKS: Final = "任务分工"
COVER: Final = "来文信息"
GUIDE: Final = "填写说明"

COVER_LINES: Final[tuple[tuple[str, str, str], ...]] = (
    ("agency", "发文机关", "来文的单位全称"),
    ("title", "标题", "通知的完整标题"),
    ("document_number", "文号", "如 某市监办〔2026〕1号；没有就空着"),
    ("year", "年份", "这些任务是哪一年的，四位数字"),
    ("issued_on", "印发日期", "如 2026年3月1日"),
    ("default", "统一时限", "没有写时限的任务都按这一天，如 12月3日前；没有就空着"),
    ("reports", "报送要求", "原文照抄，如 各单位于12月6日前将工作总结报办公室"),
)
"""The field, its label, what is written there."""

COLUMNS: Final[tuple[tuple[str, float, str], ...]] = (
    ("序号", 6, "1、2、3……"),
    ("工作任务", 22, "大项；与上一行相同可以合并单元格"),
    ("工作事项", 22, "没有就空着"),
    ("具体要求", 52, "必填，一行一项任务"),
    ("牵头单位", 18, "用顿号隔开"),
    ("责任单位", 24, "如 甲科、乙科；各科室"),
    ("配合单位", 24, "如 其他科室、属下单位"),
    ("完成时限", 18, "如 11月底前、2026年9月30日前、全年、每季度"),
    ("备注", 18, ""),
)
"""Header word, width in characters, what is written there."""

GUIDANCE: Final[tuple[str, ...]] = (
    "一、在“任务分工”里一行填一项任务；具体要求照来文原文填写，不要改写。",
    "二、单位名称写全称，各处写法一致；统称（各科室、其他科室、属下单位）照原文写。",
    "三、完成时限照原文写；年份不写的，按“来文信息”里的年份。",
    "四、单元格合并表示沿用；没有合并的空格就是没有内容。",
    "五、填好后保存为 .xlsx，运行 taizhang --import 文件名.xlsx，逐项核对后入库。",
)
