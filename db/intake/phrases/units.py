"""What the name of a body looks like, by word classes: where a name may end, what kind of unit it is, which are near.

Source: notice-patterns.md, section 4 (suffixes of units, brackets inside names, contracted names);
reading-the-notices.md (a kind is what the words say).

    name    ::= stem SUFFIX bracket?        not one of NO_NAMES, at least two signs, no 除… or 不含…
    bracket ::= '(' … SUFFIX ')'            广电服务股(行政审批股) is one unit; (组长单位), (设在某办) are remarks
    SUFFIX  ::= 科 室 股 处 办 队 所 中心 局 委 院 学会 党委 纪委 窗口 …
"""

from functools import lru_cache
from typing import Final

from db.intake.phrases.signs import folded
from db.rules.words import UnitKind

LONGEST_NAME: Final = 60
"""Signs of a name or group phrase; what is longer is a clause."""

SUFFIXES: Final = (
    *("办公室", "管委会", "委员会", "工作组", "街道办", "科室", "处室", "股室", "支队", "大队", "中队", "总队", "中心"),
    *("分局", "学会", "协会", "党委", "纪委", "党组", "窗口", "单位", "部门", "机构", "机关", "公司", "集团", "专班"),
    *("政府", "街道", "乡镇", "镇街", "支部", "科", "室", "股", "处", "办", "队", "所", "局", "委", "院", "会", "站"),
    *("馆", "厅", "部", "组", "校", "社", "台", "镇", "乡"),
    *("幼儿园", "中学", "小学", "企业", "残联", "妇联", "文联", "侨联", "社联", "工商联"),
)
"""What a body's name or a group phrase may end in."""

_ENDS: Final = {length: frozenset(one for one in SUFFIXES if len(one) == length) for length in (1, 2, 3)}

NO_NAMES: Final = frozenset(
    [
        "全部",
        "全局",
        "大局",
        "社会",
        "机会",
        "到处",
        "各处",
        "处处",
        "之处",
        "好处",
        "市局",
        "省局",
        "区局",
        "县局",
        "州局",
        "我局",
        "本局",
        "总局",
        "局",
        "上级",
        "单位",
        "部门",
        "科室",
        "处室",
        "股室",
        "机关",
        "机构",
        "局机关",
        "本单位",
        "本部门",
        "本科室",
        "市委",
        "省委",
        "区委",
        "县委",
        "年会",
        "会",
        "科",
        "室",
        "股",
        "处",
        "办",
        "队",
        "所",
        "委",
        "院",
        "站",
        "部",
        "组",
        "台",
        "镇",
        "乡",
        "社",
    ]
)
"""What ends like a name and is none."""

MARKS: Final = "*★☆※△▲▽▼○●◎◇◆□■√#"
"""Signs in front of or behind a unit that a legend explains (带★的为牵头单位)."""
_NO_SIGNS: Final = "-.,;:!?|+/=_<>《》①②③④⑤⑥⑦⑧⑨⑩→·&" + MARKS
"""What stands in no name: such a text is two names, or a number in front of one."""

LEFT_OUT: Final = ("除", "不含", "不包括", "不包含")
"""What begins words about who is left out: never a name."""
REMARKS: Final = (*LEFT_OUT, "含", "包括", "包含", "设在", "设于", "挂靠", "挂", "原", "兼")
"""What begins a remark on a unit, not a second name of it nor another unit."""
_JOINED: Final = ("会同", "会商", "联合", "由")
CLASSES: Final = ("单位", "部门", "科室", "处室", "股室", "机构", "网站", "平台", "社会", "会议", "大会")

OPEN: Final = "(〔[【"
CLOSE: Final = ")〕]】"

_COMMITTEE: Final = ("领导小组", "委员会", "工作组", "专班", "联席会议", "指挥部")
_LEVELS: Final = "省市县区州盟旗"
_STATIONS: Final = ("监管", "市监", "监督管理", "派出", "工商", "食药", "执法", "派出所")
_TECHNICAL: Final = ("检验", "检测", "计量", "质计", "标准", "编码", "研究", "技术", "质检", "特检", "纤检", "测试")
_OFFICES: Final = ("科", "室", "股", "处", "办", "窗口")
_ATTACHED: Final = ("局", "院", "馆", "站", "公司", "集团", "校", "社", "台")

_NUMERALS: Final = "一二三四五六七八九十0123456789东西南北上下"

_OWN: Final = ("市局", "省局", "区局", "县局", "州局", "本局", "我局", "局")
"""Words in front of a name that only say 'of this bureau'."""


def ends_a_name(text: str, end: int) -> bool:
    """Whether text[:end], on the normalised copy, ends in the suffix of a body."""
    return any(end >= length and text[end - length : end] in _ENDS[length] for length in (3, 2, 1))


def without_bracket(name: str) -> str:
    """The name without a bracket at its end: 司法局(复议局) is a 局."""
    if name and name[-1] in CLOSE:
        opened = max(name.rfind(sign) for sign in OPEN)
        if opened > 0:
            return name[:opened]
    return name


def is_alias(inside: str) -> bool:
    """Whether what stands in a bracket behind a name is a second name of it, no remark (组长单位, 设在某办, 网站)."""
    return (
        ends_a_name(inside, len(inside))
        and not any(sign in inside for sign in "、,;")
        and not inside.startswith((*REMARKS, *_JOINED))
        and not inside.endswith(CLASSES)
    )


def is_name(text: str) -> bool:
    """Whether a normalised text can be the name of one body."""
    stem = without_bracket(text)
    if text.startswith(LEFT_OUT) or (len(stem) < len(text) and not is_alias(text[len(stem) + 1 : -1])):
        return False
    if not len(stem) >= 2 or len(text) > LONGEST_NAME or stem in NO_NAMES or any(sign in text for sign in _NO_SIGNS):
        return False
    return ends_a_name(stem, len(stem)) and not any(sign in stem for sign in OPEN + CLOSE)


def kind_of(name: str) -> UnitKind:
    """科室, 所队, 中心, 属下单位 or 其他, by what the name's words say."""
    stem = without_bracket(folded(name))
    if any(word in stem for word in _COMMITTEE):
        return "其他"
    if stem.endswith(("队", "分局")):
        return "所队"
    if stem.endswith("中心"):
        return "中心"
    if stem.endswith("所"):
        return _kind_of_station(stem)
    if stem.endswith(_OFFICES):
        return "科室"
    if stem.endswith(_ATTACHED):
        return "属下单位"
    return "其他"


def _kind_of_station(stem: str) -> UnitKind:
    """A 所 is an outpost of the bureau, or an institute: technical, or of a named level (市…所)."""
    if any(word in stem for word in _STATIONS):
        return "所队"
    if stem[0] in _LEVELS or any(word in stem for word in _TECHNICAL):
        return "属下单位"
    return "所队"


def key(name: str) -> str:
    """The name for comparing: folded, without what only says 'of this bureau' (局办公室 is 办公室)."""
    plain = folded(name)
    for word in _OWN:
        rest = plain[len(word) :]
        if plain.startswith(word) and is_name(rest):
            return rest
    return plain


def is_near(one: str, other: str) -> bool:
    """Whether two names that differ may mean one body: 规财科 and 规划财务科, 人事科 and 组织人事科, one sign wrong.

    数据中心 and 统计数据科 are not, they end differently; nor 监管一科 and 监管二科.
    """
    first, first_suffix, first_stem = _shape(one)
    second, second_suffix, second_stem = _shape(other)
    if first == second:
        return folded(one) != folded(other)
    if first_suffix != second_suffix:
        return False
    short, long = sorted((first_stem, second_stem), key=len)
    if len(short) < 2:
        return False
    if len(short) == len(long):
        return len(long) > 2 and short[0] == long[0] and _one_sign_apart(short, long)
    return long.endswith(short) or (short[0] == long[0] and _is_within(short, long))


@lru_cache(maxsize=1024)
def _shape(name: str) -> tuple[str, str, str]:
    """A name's key, suffix and stem."""
    plain = key(name)
    last = suffix(plain)
    return plain, last, without_bracket(plain)[: -len(last) or None]


def _one_sign_apart(one: str, other: str) -> bool:
    """Numbers are no slip of the pen."""
    apart = [a + b for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and not any(sign in _NUMERALS for sign in apart[0])


def suffix(name: str) -> str:
    """The word of SUFFIXES that a name ends in, its bracket aside."""
    return next((one for one in SUFFIXES if without_bracket(name).endswith(one)), "")


def _is_within(short: str, long: str) -> bool:
    """Whether the signs of the one stand in the other in this order (规财 in 规划财务)."""
    rest = iter(long)
    return all(sign in rest for sign in short)
