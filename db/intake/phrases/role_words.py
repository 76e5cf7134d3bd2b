"""The words of a unit cell that say the role: verbs behind a unit, labels in front of units, what they rest on.

Source: notice-patterns.md, section 4 (table of roles); reading-the-notices.md (roles by word).

    tail   ::= etc? mark? (adverb | basis | verb)* rest      what may stand behind a unit or a list of units
    etc    ::= 等 (NUMBER 个)? KIND?                          the list is not closed; with its own number it is
    mark   ::= '(' verb+ ')'                                  办公室(牵头): the role of this one unit
    basis  ::= (按照 | 依据 | 根据 | …) … (职责 | 分工 | 原则 | …) | 按 … 《…》 | 谁…谁…      says nothing of the role
    verb   ::= LEAD | SUPPORT | RESPONSIBLE | 为 (牵头 | 责任 …) 单位 ; the strongest of several: 负责牵头 leads
    label  ::= (牵头 | 责任 | 配合 | …) (科室 | 单位 | …)? bracket? ':'
"""

import re
from dataclasses import dataclass
from typing import Final

from db.rules.words import Role

LEAD: Final = ("总牵头", "牵头", "统筹", "加强指导", "抓总", "负总责")
SUPPORT: Final = ("配合", "协办", "协助", "协同", "参与", "参加", "支持", "加强监管", "协作", "会办")
RESPONSIBLE: Final = (
    *(
        "分工负责",
        "组织实施",
        "负责",
        "承办",
        "主办",
        "主责",
        "办理",
        "落实",
        "实施",
        "执行",
        "承担",
        "完成",
        "主抓",
        "组织",
    ),
)
VERBS: Final[dict[str, Role]] = {
    **dict.fromkeys(LEAD, "lead"),
    **dict.fromkeys(SUPPORT, "support"),
    **dict.fromkeys(RESPONSIBLE, "responsible"),
}
VERB_WORDS: Final = tuple(sorted(VERBS, key=len, reverse=True))
JOINING: Final = ("会同", "会商", "联合")
"""A会同B: A leads, B supports."""

ADVERBS: Final = (
    *(
        "分别",
        "共同",
        "具体",
        "联合",
        "各自",
        "积极",
        "主动",
        "切实",
        "同时",
        "主要",
        "一并",
        "全面",
        "认真",
        "密切",
        "依法",
        "按要求",
    ),
    *("分头", "协调", "及时", "应", "要", "需", "须", "并", "来", "共", "予以", "给予", "进行", "做好", "抓好"),
)
_AFTER: Final = (
    *(
        "办理",
        "落实",
        "负责",
        "实施",
        "组织",
        "协调",
        "推进",
        "做好",
        "抓好",
        "开展",
        "完成",
        "工作",
        "相关",
        "有关",
        "此项",
        "该项",
    ),
    *("事项", "任务", "事宜", "的", "各项", "到位", "抓总"),
)
ACTIONS: Final = (
    *(
        "公开",
        "加强",
        "做好",
        "开展",
        "落实",
        "发布",
        "更新",
        "完善",
        "建立",
        "制定",
        "推进",
        "指导",
        "监督",
        "报送",
        "提供",
        "审核",
    ),
    *(
        "审查",
        "汇总",
        "收集",
        "整理",
        "要",
        "需",
        "应",
        "将",
        "对",
        "在",
        "于",
        "抓",
        "严格",
        "定期",
        "及时",
        "结合",
        "编制",
        "督促",
    ),
)
"""What may begin the clause of a unit that is its subject."""

FILLERS: Final = (
    *("具体由", "统一由", "主要由", "分别由", "均由", "应由", "须由", "可由", "负责由"),
    "并由",
    "再由",
    "其中由",
    "由",
    "以",
    "请",
    "其中",
    "同时",
    "并",
    "且",
    "再",
    "以及",
    "及",
    "和",
    "与",
)

_BASIS_HEAD: Final = (
    "按照",
    "按",
    "依照",
    "依据",
    "依",
    "根据",
    "结合",
    "遵照",
    "本着",
    "坚持",
    "遵循",
    "实行",
    "对照",
)
_BASIS_END: Final = (
    "职责范围",
    "职责权限",
    "职责分工",
    "任务分工",
    "职责",
    "职能",
    "分工",
    "原则",
    "权限",
    "要求",
    "实际",
    "规定",
    "范围",
)
_LONGEST_BASIS: Final = 120
_KINDS_AFTER_ETC: Final = "相关|有关|科室|处室|股室|单位|部门|科|处|股"
_ETC: Final = re.compile(rf"等(?:[0-9一二三四五六七八九十]{{1,3}}[个家])?(?:{_KINDS_AFTER_ETC}){{0,3}}")

_OFFICE: Final = "科室|处室|股室|单位|部门|机构|科|处|股|方"
_LABELS: Final[dict[str, Role]] = {
    **dict.fromkeys(("牵头", "总牵头", "统筹"), "lead"),
    **dict.fromkeys(
        ("责任", "承办", "主办", "主责", "负责", "组织", "实施", "落实", "执行", "执行责任"), "responsible"
    ),
    **dict.fromkeys(("配合", "协办", "协助", "协同", "参与", "参加", "支持", "联合"), "support"),
}
_PERSONS: Final = "责任人|责任领导|牵头领导|分管领导|联系人|完成时限|完成时间|时限"
_ANY_LABEL: Final = "|".join(sorted(_LABELS, key=len, reverse=True))
LABEL: Final = re.compile(rf"(?:(?P<none>{_PERSONS})|(?P<word>{_ANY_LABEL})(?:{_OFFICE})?)(?:\([^()]{{0,20}}\))?:")
LABEL_WORD: Final = re.compile(rf"(?:{_ANY_LABEL})(?:{_OFFICE})")
GLUED_LABEL: Final = re.compile(rf"(?P<word>{_ANY_LABEL})(?:科室|处室|股室|单位|部门)")


def label_role(found: re.Match[str]) -> Role | None:
    """The role that a label gives to what follows; None for a label of persons or dates."""
    word = found.groupdict()["word"]
    return None if word is None else _LABELS[word]


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a unit. end: where it ends; role: None without a verb; marks: the role is in a bracket and
    of this unit alone; cites: it rests on a named document; etc: where the words of an open list stand."""

    end: int
    role: Role | None = None
    shared: bool = False
    marks: bool = False
    cites: bool = False
    etc: tuple[int, int] | None = None


def tail(text: str, start: int, end: int) -> Tail:
    """The tail from here on; its end is `start` where nothing of the kind stands here."""
    at, role, shared, cites = start, None, False, False
    etc: tuple[int, int] | None = None
    if found := _ETC.match(text, at, end):
        etc, at = found.span(), found.end()
    if found := _MARK.match(text, at, end):
        return Tail(found.end(), _strongest(found.group()), marks=True, etc=etc)
    roles: list[str] = []
    while at < end:
        if found := _IS.match(text, at, end):
            roles.append(found.group())
            at = found.end()
            continue
        basis = basis_end(text, at, end)
        if basis > at:
            shared, cites, at = True, cites or "《" in text[at:basis], basis
            continue
        word = _first(text, at, end, VERB_WORDS)
        if word:
            roles.append(word)
        else:
            word = _first(text, at, end, _AFTER if roles or shared else ADVERBS)
        if not word:
            break
        at += len(word)
    if roles:
        role = _strongest("".join(roles))
    elif not shared and etc is None:
        at = start  # adverbs alone say nothing
    return Tail(at, role, shared=shared, cites=cites, etc=etc)


def basis_end(text: str, start: int, end: int) -> int:
    """Where 按照…原则, 按职责, 依据《…》 ends that begins here; `start` where none begins."""
    if text[start] in "谁“" and text[start : start + 2].lstrip("“").startswith("谁"):
        return _maxim_end(text, start, end)
    head = _first(text, start, end, _BASIS_HEAD)
    if not head:
        return start
    at = start + len(head)
    last = start
    limit = min(end, at + _LONGEST_BASIS)
    while at < limit:
        if text[at] in "“《":
            closing = text.find("”" if text[at] == "“" else "》", at, limit)
            if closing < 0:
                break
            at = last = closing + 1
            continue
        word = _first(text, at, end, _BASIS_END)
        if word:
            at = last = at + len(word)
            if text[at : at + 2] in ("负责",) or _first(text, at, end, VERB_WORDS):
                break
            continue
        if last > start and _first(text, at, end, (*VERB_WORDS, *ACTIONS, *ADVERBS)):
            break
        at += 1
    return last


def _maxim_end(text: str, start: int, end: int) -> int:
    """谁执法谁公示, with or without quotes, to the next 原则 or to the end of the segment."""
    word = text.find("原则", start, end)
    return end if word < 0 else word + 2


_ROLE_WORD: Final = "|".join(VERB_WORDS)
_IS: Final = re.compile(rf"(?:作为|为|是)(?:(?:{_ANY_LABEL})(?:{_OFFICE})|主(?![要动管]))")
_MARK: Final = re.compile(rf"[(\[〔【](?:具体|主要|共同|联合)?(?:{_ROLE_WORD}){{1,3}}(?:{_OFFICE})?[)\]〕】]")


def _strongest(words: str) -> Role:
    if any(word in words for word in LEAD):
        return "lead"
    return "support" if any(word in words for word in SUPPORT) else "responsible"


def _first(text: str, at: int, end: int, words: tuple[str, ...]) -> str:
    return next((word for word in words if text.startswith(word, at, end)), "")
