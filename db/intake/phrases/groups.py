"""Group phrases (统称): which kinds of unit they take in, surely or only possibly.

Source: notice-patterns.md, section 4 (group words, rows for other levels); reading-the-notices.md (各X takes in every
roster unit of that kind; 其他X the same without the units named in the row; 相关, 有关, 涉及, 业务, 起草 X are only
possible).

    group    ::= of* every? which* KIND bracket?
    of       ::= 局 机关 市局 … 局机关 (this bureau's own)          every ::= 各 所有 全体 全部 | OTHERS
    OTHERS   ::= 其他 其它 其余                                     without the units that the row names
    which    ::= ATTACHED (属下 直属 … 事业) | RELATED (相关 有关 涉及 业务 起草 …) | any other word: an unknown part
    KIND     ::= 科室 处 股室 单位 部门 中心 支队 所 学会 …
    headless ::= KIND alone, behind a group whose head word it shares (各科室、单位)
    level    ::= 各 县 市 区 乡镇 街道 … | 市直 省直 … : bodies of another level, as a copied text names them
"""

from dataclasses import dataclass
from typing import Final

from db.intake.phrases.remembering import remembered
from db.intake.phrases.units import is_name, without_bracket
from db.rules.words import UNIT_KINDS, UnitKind

_ATTACHED_KINDS: Final[tuple[UnitKind, ...]] = ("属下单位",)
_INSTITUTIONS: Final[tuple[UnitKind, ...]] = ("中心", "属下单位")

KINDS: Final[dict[str, tuple[UnitKind, ...]]] = {
    **dict.fromkeys(("科室", "处室", "股室", "科", "处", "股", "室", "机关", "部门"), ("科室",)),
    **dict.fromkeys(("支队", "大队", "中队", "总队", "队", "所队", "队所", "所", "分局"), ("所队",)),
    "中心": ("中心",),
    "单位": UNIT_KINDS,
    "机构": UNIT_KINDS,
    **dict.fromkeys(("学校", "中学", "小学", "幼儿园", "企业", "医院", "卫生院"), _ATTACHED_KINDS),
    "院": _ATTACHED_KINDS,
    "站": _ATTACHED_KINDS,
    "局": _ATTACHED_KINDS,
    **dict.fromkeys(
        ("学会", "协会", "党委", "纪委", "党支部", "支部", "工作组", "专班", "组", "窗口", "委", "办"), ("其他",)
    ),
}
"""The last word of a group phrase -> what it takes in."""

_WORDS: Final = tuple(sorted(KINDS, key=len, reverse=True))
_PLURAL: Final = ("科室", "处室", "股室", "单位", "部门", "机构", "机关")
"""What names a class even without 各."""

EVERY: Final = ("各", "所有", "全体", "全部")
OTHERS: Final = ("其他", "其它", "其余")
ATTACHED: Final = ("属下", "下属", "所属", "直属", "局属", "二级", "下设")
_OUTPOSTS: Final = ("派出", "基层")
_OF: Final = (
    *("局机关", "机关", "市局", "省局", "区局", "县局", "州局", "本局", "我局", "全局", "内设", "本级"),
    *("市场监督管理", "市场监管"),
)
_UNSURE: Final = (
    *(
        "相关",
        "有关",
        "涉及",
        "业务",
        "起草",
        "职能",
        "对口",
        "责任",
        "牵头",
        "承办",
        "主办",
        "主管",
        "协办",
        "配合",
        "制定",
    ),
    *(
        "制作",
        "编制",
        "产生",
        "生成",
        "公开",
        "发布",
        "审批",
        "监管",
        "执法",
        "执行",
        "实施",
        "使用",
        "申报",
        "办理",
        "具体",
    ),
    *("需要", "专业", "保管", "获取", "拟稿", "发文", "检查", "监督", "行业", "窗口", "综合"),
)
_WHOLE: Final = ("相关", "有关", "涉及")
_LEVELS: Final = (
    *(
        "市直",
        "省直",
        "区直",
        "县直",
        "州直",
        "镇(街",
        "乡镇",
        "镇街",
        "街道",
        "县区",
        "市区",
        "县市",
        "各市",
        "各县",
        "各区",
    ),
    *(
        "各镇",
        "各乡",
        "各州",
        "各地",
        "各级",
        "市(区",
        "县(市",
        "区(县",
        "市(州",
        "基层政府",
        "人民政府",
        "管委会",
        "社区",
        "乡(镇",
        "第三方",
        "各村",
        "园区",
        "开发区",
    ),
)
_LEVELS_ALONE: Final = frozenset(
    (
        "乡镇",
        "街道",
        "镇街",
        "街道办",
        "街道办事处",
        "乡镇政府",
        "镇政府",
        "乡镇人民政府",
        "镇人民政府",
        "社区",
        "园区",
        "开发区",
    )
)
_MANY: Final = (*EVERY, *OTHERS, *_WHOLE, "第三方", "市直", "省直", "区直", "县直", "州直", "基层", "级")


@dataclass(frozen=True, slots=True)
class Group:
    """kinds, units, except_named as in Scope; sure: all of them, not some; open: whether it takes in more is unclear
    (直属单位 and a 中心); level: bodies of another level; own: its head word is the bureau's own (局机关)."""

    kinds: tuple[UnitKind, ...]
    sure: bool
    except_named: bool = False
    open: bool = False
    level: bool = False
    own: bool = False
    units: tuple[str, ...] = ()

    def flags(self) -> tuple[bool, bool, bool]:
        """What two groups must have in common to be one phrase."""
        return self.sure, self.except_named, self.level

    def with_group(self, other: "Group") -> "Group":
        """Both as one phrase."""
        kinds = tuple(kind for kind in UNIT_KINDS if kind in self.kinds or kind in other.kinds)
        units = self.units + tuple(one for one in other.units if one not in self.units)
        return Group(kinds, self.sure, self.except_named, self.open or other.open, self.level, self.own, units)


def headless(text: str) -> Group | None:
    """单位, 中心, 支队 standing alone: what it takes in behind the group whose head word it shares."""
    kinds = KINDS.get(text)
    return None if kinds is None else Group(kinds, sure=True)


@remembered
def group_of(text: str) -> Group | None:
    """The group that a normalised phrase names; None where it names one body or is no phrase of units."""
    level = _is_level(text)
    stem = without_bracket(text)
    word = next((one for one in _WORDS if stem.endswith(one)), None)
    if word is None:
        return Group(UNIT_KINDS if "直" in text else ("其他",), sure=False, level=True) if level else None
    head = stem[: -len(word)]
    if not (level or _names_a_class(head, word)) or _has_a_unit(head):
        return None
    kinds = _kinds(head, word, stem, text)
    own = not any(one in head for one in EVERY) and head.endswith(("机关", "市局", "省局", "本局", "我局"))
    if level:
        return Group(UNIT_KINDS if "直" in head else ("其他",), sure=False, level=True)
    return Group(
        kinds,
        sure=_is_all(head, word),
        except_named=any(one in head for one in OTHERS),
        open=any(one in head for one in ATTACHED) and "事业" not in head and kinds == _ATTACHED_KINDS,
        own=own or stem in ("局机关", "市局机关"),
    )


def _is_level(text: str) -> bool:
    plain = text.replace("市场", "")
    if not any(word in plain for word in _LEVELS):
        return False
    return text in _LEVELS_ALONE or any(word in text for word in _MANY)


def _names_a_class(head: str, word: str) -> bool:
    """各科室, 其他股室, 属下单位, 局机关科室, 业务科室, 相关处; not 值班科室 or 监管科, which are one body each."""
    if any(one in head for one in (*EVERY, *OTHERS, *_WHOLE)):
        return True
    if word not in _PLURAL:
        return head in _OUTPOSTS
    if word in ("单位", "部门", "机构", "机关"):
        return head not in ("", "本")
    return bool(head) and (head.endswith(_UNSURE) or _left_over(head) == "")


def _has_a_unit(head: str) -> bool:
    """某科指导各科室 is a sentence, no group: a section stands in front of the word that says 'every'."""
    before = min((at for word in (*EVERY, *OTHERS) if (at := head.find(word)) > 0), default=0)
    return any(sign in head[1:before] for sign in "科股处室")


def _says_something(text: str) -> bool:
    """Whether what would be a name has a group in it: 某科指导各科室 is none either."""
    return any(word in text for word in (*EVERY, *OTHERS))


def _is_all(head: str, word: str) -> bool:
    """Whether nothing narrows the group. 各监管所 are all of them; a 工作组 or 专班 is no kind of the roster."""
    if word in ("工作组", "专班", "组", "窗口", "学校", "中学", "小学", "幼儿园", "企业", "医院", "卫生院"):
        return False
    return not _left_over(head) or (word in ("所", "分局") and not _left_over(head.replace("监管", "")))


def _left_over(head: str) -> str:
    """What a head says beyond 'every one of this bureau's': '' where the group is all of its kind."""
    rest = head
    for word in ("局机关", "机关", "局"):
        # A bureau's name in front of 各 (某某局机关各科室) narrows nothing.
        _, found, behind = rest.rpartition(f"{word}各")
        rest = f"各{behind}" if found else rest
    for word in (*_OF, *EVERY, *OTHERS, *ATTACHED, *_OUTPOSTS, "事业"):
        rest = rest.replace(word, "")
    return "" if rest in ("局", "市", "省", "区", "县", "等") else rest


def _kinds(head: str, word: str, stem: str, text: str) -> tuple[UnitKind, ...]:
    kinds = KINDS[word]
    if (word == "部门" and any(one in head for one in _WHOLE)) or (word == "机关" and _left_over(head)):
        kinds = UNIT_KINDS
    if word in ("单位", "机构"):
        if "事业" in head:
            kinds = _INSTITUTIONS
        elif any(one in head for one in ATTACHED):
            kinds = _ATTACHED_KINDS
        elif "派出" in head:
            kinds = ("所队",)
        elif "内设" in head:
            kinds = ("科室",)
    inside = text[len(stem) + 1 : -1] if len(text) > len(stem) else ""
    more = KINDS.get(inside, ())
    return tuple(kind for kind in UNIT_KINDS if kind in kinds or kind in more)


def is_said_group(text: str) -> bool:
    """Whether a group phrase in prose is one by a word of its own (各, 其他, 相关, 直属, 起草 …): 完善部门 is none."""
    stem = without_bracket(text)
    word = next((one for one in _WORDS if stem.endswith(one)), "")
    head = stem[: -len(word) or None]
    return any(one in head for one in (*EVERY, *OTHERS, *_WHOLE, *ATTACHED)) or head.endswith(_UNSURE)


def names_one_body(text: str) -> bool:
    """Whether a normalised phrase is the name of one body, no group."""
    return is_name(text) and group_of(text) is None and not _says_something(text)
