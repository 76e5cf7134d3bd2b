"""The words that stand for a channel or a form in pasted lines, and those that make a header line."""

import re
from typing import Final

from db.rules.words import CHANNELS, FORMS, Channel, Form

CHANNEL_WORDS: Final[dict[str, Channel]] = {channel: channel for channel in CHANNELS} | {
    "门户网站": "网站",
    "政府网站": "网站",
    "政府门户网站": "网站",
    "官方网站": "网站",
    "官网": "网站",
    "微信公众号": "公众号",
    "微信": "公众号",
    "报刊": "报纸",
    "电视台": "电视",
}
"""A word of a line -> the channel; each channel by its own name and by the names that spreadsheets give it."""

FORM_WORDS: Final[dict[str, Form]] = {form: form for form in FORMS} | {
    "文字解读": "文字",
    "图文解读": "图解",
    "图片解读": "图解",
    "视频解读": "视频",
    "在线访谈": "访谈",
    "动漫解读": "动漫",
}
"""The same for forms. 新闻发布会 is a channel, 发布会 a form."""

EITHER: Final = "其他"
"""The one word that names a channel and a form."""

_HEADER_WORDS: Final = frozenset(
    (
        *(
            "序号",
            "编号",
            "日期",
            "时间",
            "标题",
            "题目",
            "名称",
            "渠道",
            "平台",
            "形式",
            "网址",
            "地址",
            "链接",
            "备注",
        ),
        *("公开日期", "公开时间", "发布日期", "发布时间", "公开标题", "文章标题", "信息标题", "信息名称", "文件名称"),
        *("公开渠道", "发布渠道", "公开平台", "发布平台", "公开形式", "发布形式", "解读形式", "公开网址", "网页地址"),
        *("公开地址", "发布地址", "链接地址", "网页链接", "公开链接"),
    )
)
_BREAKS: Final = re.compile(r'[\s|｜,，"]+')
_RULED: Final = re.compile(r"[-|｜:+=,，\s]+")


def is_header(line: str) -> bool:
    """Whether the line names columns (日期 标题 …: nothing but such words, two at least) or only rules a table off."""
    if _RULED.fullmatch(line):
        return True
    words = [word for word in _BREAKS.split(line) if word]
    return len(words) > 1 and _HEADER_WORDS.issuperset(words)
