"""The words of a time limit, cut out of a normalised text (notice-patterns.md, section 3).

A lexeme is one of the kinds below; what lies between two of them is no lexeme and left as it stands. A blank can only
stand between digits (signs.py). Every pattern begins with a sign of its own and looks ahead by a few signs only, so
the time is linear in the length of the text.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from db.intake.phrases.numbers import CHINESE, DIGITS, values

Kind = Literal[
    "date",  # 2025-11-20  2025.11.20  2025/11/20
    "year_month",  # 2025.12  2025-12
    "short",  # 3.31前  3/31前: not sure to be a date
    "plan_years",  # “十四五”期间
    "span",  # 20个工作日内  3个月内  5日内: counted from an event
    "event",  # 之日起  批复后  …前提前
    "rate",  # 次/年  一年一次
    "every",  # 每 每个 逐 按, before a period
    "listed",  # 分别
    "next",  # 次年 明年 下一年
    "last",  # 去年 上年度
    "this",  # 今年 本年度 当年
    "half",  # 上半年 下半年
    "half_year",  # 半年 (每半年)
    "quarter_end",  # 季度末 季末 季度末月
    "quarter",  # 季度 季
    "last_month",  # 季度末月 季度首月: a day of it follows
    "year_end",  # 年底 年末 年终 年年底
    "year_start",  # 年初
    "year_middle",  # 年中
    "year_in",  # 年内
    "year",  # 年 年度
    "months",  # 个月 个季度, counted
    "decade",  # 月上旬 月中旬 月下旬
    "month_end",  # 月底 月末
    "month_start",  # 月初
    "month",  # 月 月份
    "week",  # 周 星期
    "weekday",  # (星期五)
    "hour",  # 17:00  24时  下班: behind a day
    "day",  # 日 号
    "end",  # 底 末
    "before",  # 前 之前 以前, and nothing counted behind it
    "past",  # 以来 起: from a day on
    "from_now",  # 即日起至
    "times",  # 一次  至少2次, behind a period
    "standing",  # 全年 常态化落实 持续推进 长期推进
    "done",  # 完成 动工 投入使用 …
    "dash",  # - 至 到
    "and",  # 、 和 及 , ;
    "at",  # 于 在
    "open",  # (
    "close",  # )
    "number",
]

_COUNTED: Final = "个?(?:工作日|自然日|日历日|交易日|日|天|个月|月|周|星期|小时|季度|年)"
_NUMBER: Final = f"第?(?:{DIGITS}|(?:{CHINESE})(?=年|个?月|日|号|季度|[上中下]旬))"
_NOT_BEFORE: Final = (
    "[期提置往述来后景沿台端半]|(?:[0-9]{1,3}|[一二三四五六七八九十两几]{1,3})个?(?:工作|天|日|周|星期|月|季|年|小时)"
)
_WORK: Final = "落实|开展|推进|实施|执行|进行|坚持|管理|运行|更新|公开|做好|推动|工作|深化|维护"
_DONE: Final = (
    "完成|建成|动工|开工|竣工|投入使用|投用|启动|上线|落实到位|落实|办结|公开|发布|开展|实施|印发|出台|基本|全部|全面|"
    "力争|原则上|确保|截[止至]到?|为?止(?![血损步境])|须|应|要|需|请|时间|期限|时限|不迟于|不晚于|最迟"
)
_HOUR: Final = (
    "(?<=[日号)])(?:当[天日])?(?:(?:上午|中午|下午|傍晚|晚上?|早上?)?(?:[1-9]|1[0-9]|2[0-4])(?::[0-5][0-9]|[时点](?:[0-5]?[0-9]分|半|整|钟)?)"
    "|(?:上午|中午|下午)?下班|上午|中午|下午)(?!后)"
)
"""A time of the day; 0时 is none, since the day before is meant."""
_PATTERNS: Final[tuple[tuple[Kind, str], ...]] = (
    ("date", r"(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\2[0-9]{1,2}(?![0-9])日?"),
    ("year_month", r"(?:19|20)[0-9]{2}[-./][0-9]{1,2}(?![0-9])(?!年)月?"),
    ("short", r"(?<![0-9./])(?:1[0-2]|0?[1-9])[./](?:3[01]|[12][0-9]|0?[1-9])(?![0-9./%])日?(?=(?:之|以)?前|(?<=日))"),
    ("plan_years", '[“"]?十[一二三四五六]五[”"]?(?:规划)?(?:时期|期间)'),
    ("span", "半(?:个月|年)(?:之内|以内|内|之?后)"),
    ("span", rf"(?<!月)(?:{DIGITS}|{CHINESE})(?:[-至到](?:{DIGITS}|{CHINESE}))?{_COUNTED}(?:之内|以内|内|之?后)"),
    ("span", rf"(?:{DIGITS}|{CHINESE})(?:[-至到](?:{DIGITS}|{CHINESE}))?个?(?:工作日|自然日)"),
    ("event", "之日起?|前提前|批复后|变更后|形成后|印发后|发布后|生效后|收到后|启动后|通过后|结束后|完成后|变动后"),
    (
        "rate",
        "次/(?:年|半年|季度?|月|周)|(?:(?:一|1)(?:年|周|个(?:季度|月|周))|一月|(?<![上下每])半年)(?=(?:至少)?(?:[一二两三四五六]|[0-9]{1,2})次)",
    ),
    ("every", "每个?(?=年|季|月|半年|周|星期|礼拜|日|天|旬|两|二|三|四|六|[0-9])|[按逐](?=年|月|季|周)"),
    ("listed", "分别"),
    ("next", "次年度?|翌年度?|明年|来年|下一?年度?(?!半)|第二年"),
    ("last", "去年|上一?年度?(?!半)"),
    ("this", "今年|本年度|本年|当年"),
    ("half", "[上下]半年"),
    ("half_year", "半年"),
    ("last_month", "季度?[首末]月|季度?的?(?:第一|第1|首)个月|季度?末(?:最后)?1?个?月|季度?最后1?一?个月"),
    ("quarter_end", "季度?季?[末底]"),
    ("quarter", "季度|季"),
    ("year_end", "年{1,2}[底末终]|岁末"),
    ("year_start", "年初"),
    ("year_middle", "年中"),
    ("year_in", "年度?内"),
    (
        "standing",
        f"(?:贯穿)?全年度?(?:{_WORK})?|常态化?(?:{_WORK})?|持续性?(?:{_WORK})|持续|"
        f"长期性?(?:{_WORK}|有效)?|日常(?:{_WORK})?|经常性?(?:{_WORK})?",
    ),
    ("year", "年度?"),
    ("months", "个月|个季度?"),
    ("decade", "月份?[上中下]旬"),
    ("month_end", "月{1,2}份?[底末]"),
    ("month_start", "月{1,2}份?初"),
    ("month", "月份?"),
    ("weekday", r"\((?:星期|周|礼拜)[一二三四五六日天]\)"),
    ("week", "(?:周|星期|礼拜)(?:[一二三四五六日天](?![次篇条期个场份件轮年月]))?"),
    (
        "times",
        f"(?:至少|不少于|最少|各|各?开展|各?召开|各?组织|各?报送|各?更新)?(?:{DIGITS}|{CHINESE})次(?![性/])(?:以上)?",
    ),
    ("hour", _HOUR),
    ("day", "[日号](?!常)|(?<=每)天"),
    ("end", "[底末](?!册)"),
    ("before", f"(?:之|以)?前(?!{_NOT_BEFORE})"),
    ("from_now", "(?:自|从)?即日起(?:至|到|-)"),
    ("past", "以来|起"),
    ("done", _DONE),
    ("dash", "-{1,3}|至|到"),
    ("and", "[、,;和及与或]"),
    ("at", "[于在]"),
    ("open", r"\("),
    ("close", r"\)"),
    ("number", _NUMBER),
)
_LEXEMES: Final = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_PATTERNS)))
_KINDS: Final[dict[str, Kind]] = {f"k{n}": kind for n, (kind, _) in enumerate(_PATTERNS)}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word of a time limit: text[start:end]. values: of a number, its readings; of a date, its parts."""

    kind: Kind
    text: str
    start: int
    end: int
    values: tuple[int, ...] = ()


def lexemes(text: str) -> tuple[Lexeme, ...]:
    """The words of time limits in a normalised text, in order, none overlapping another."""
    found = []
    for match in _LEXEMES.finditer(text):
        kind = _KINDS[match.lastgroup or ""]
        written = match.group()
        found.append(Lexeme(kind, written, match.start(), match.end(), _values(kind, written)))
    return tuple(found)


def _values(kind: Kind, written: str) -> tuple[int, ...]:
    if kind == "number":
        return values(written.removeprefix("第"))
    if kind in ("date", "year_month", "short"):
        return tuple(int(part) for part in re.findall("[0-9]+", written))
    if kind == "plan_years":
        number = "一二三四五六".index(written.lstrip('“"')[1]) + 11
        return (2005 + 5 * (number - 10),)
    return ()
