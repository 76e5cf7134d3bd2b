"""What the columns of a table hold, by the words of its header row taken as a whole (notice-patterns.md section 2).

    header word := level* topic* kind (joint kind)*        抽查任务名称, 区责任单位, 责任科室、单位, (拟)决策时间
    level       := 区 | 市 | 省 | 县 | 上级 | …  (outer)    | 局 | 本 | 我 | 内设 | …  (inner)
    topic       := 工作 | 重点 | 抽查 | 公开 | 决策 | 责任 | 牵头 | …
    kind        := what decides: 序号, 单位, 时限, 比例, 备注, 领导, 事项, 内容, 要求, 措施, …

A word is matched without white space, brackets, letter width and traditional forms. It is `sure` when it consists of
nothing else than these words. The same word changes its role with its neighbours: of the columns of text the most
concrete one is the requirement, the others are its headings; of unit columns at two levels the inner one counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from db.intake.phrases.remembering import remembered
from db.intake.phrases.signs import folded
from db.intake.reading import ColumnRole
from db.rules.words import Role

HeaderKind = Literal["number", "unit", "deadline", "quota", "remark", "text", "person", "detail", "unknown"]
"""person: people, telephones, progress, the checking office: no part of a task, left out without a question. detail:
something of the task that we have no field for (检查对象, 公开渠道): left out, but said."""

LONGEST: Final = 16
"""Characters of a header word, brackets aside; anything longer is a sentence."""
LONGEST_RAW: Final = 120

_BRACKETS: Final = {"(": ")", "[": "]", "〔": "〕", "【": "】", "《": "》", "<": ">"}

METADATA: Final = (
    *("索引号", "发布机构", "发文机关", "发文字号", "文号", "主题词", "主题分类", "信息分类", "有效性", "体裁"),
    *("发布日期", "成文日期", "生成日期", "公开日期"),
)
_NUMBER: Final = ("序号", "编号", "项次", "序次")
_PERSON: Final = (
    *("领导", "负责人", "责任人", "联系人", "联络员", "经办人", "承办人", "电话", "联系方式", "手机", "签名", "签字"),
    *("检查主体", "抽查主体", "进展", "完成情况", "落实情况", "办理情况", "工作情况", "状态", "得分", "分值"),
)
_PERSON_ENDS: Final = (
    *("领导", "负责人", "责任人", "联系人", "联络员", "经办人", "承办人", "电话", "联系方式", "签名", "签字"),
    *("意见", "反馈", "情况"),
)
"""科室负责人 and 责任科室意见 are no columns of units; 责任单位及责任人 is one."""
_WATCHING: Final = (
    *("督办", "督查", "督导", "监督", "监管", "验收", "审核", "审批", "审查", "考核", "评价", "报送", "交办", "下达"),
    *("来文", "提出", "抽查", "检查"),
)
"""Units that look at the work and do not do it, beside a column of those who do."""
_DETAIL: Final = ("对象", "方式", "渠道", "载体", "依据", "层级", "范围", "目的", "条件", "成果", "佐证", "口径")
_REMARK: Final = ("备注", "备考", "说明")
_DEADLINE: Final = ("时限", "时间", "节点", "期限", "日期", "时段")
_QUOTA: Final = ("比例", "频次", "频率", "数量")
_BODY: Final = ("科室", "处室", "股室", "单位", "部门", "主体", "机构")
_LEAD: Final = ("牵头", "发起")
_SUPPORT: Final = ("配合", "参与", "协办", "参加", "联查", "协同", "协助", "会办")
_RESPONSIBLE: Final = (
    *("责任", "承办", "负责", "主责", "执行", "落实", "实施", "申报", "组织", "主办", "办理", "公开", "主管"),
    *("起草", "制作", "分工", "任务", "工作"),
)
_ALONE: Final[dict[str, Role | None]] = {
    **dict.fromkeys(("牵头", "发起"), "lead"),
    **dict.fromkeys(("配合", "协办", "参与", "参加"), "support"),
    **dict.fromkeys(("责任", "承办", "主办", "主责", "负责"), "responsible"),
    **dict.fromkeys(("责任分工", "职责分工", "任务分工", "分工"), None),
}
"""Words of units that need no kind behind them."""
_OUTER: Final = ("上级", "区级", "市级", "省级", "县级", "区", "市", "省", "县", "镇", "街道")
_INNER: Final = ("本局", "我局", "本单位", "局内", "内设", "局机关", "局", "本级", "本", "我")
_INNER_BODY: Final = ("科室", "处室", "股室")
_RANKS: Final[tuple[tuple[int, tuple[str, ...]], ...]] = (
    (7, ("措施", "举措", "做法")),
    (6, ("具体要求", "具体任务", "具体工作", "具体事项", "任务要求", "内容标准", "内容及要求", "内容和要求")),
    (5, ("内容",)),
    (4, ("要求", "目标")),
    (3, ("事项", "实事")),
    (2, ("任务", "项目", "名称", "要点", "工作", "指标")),
    (1, ("类别", "类型", "分类", "领域", "板块", "方面", "一级", "大项")),
)
"""How concrete a column of text is: the highest of a row is the requirement. Looked up from the top, save that 目标任务
and 任务名称 go by their last word."""
_TOPIC: Final = (
    *("工作", "重点", "主要", "目标", "任务", "年度", "计划", "考评", "考核", "抽查", "检查", "决策", "重大", "行政"),
    *("公开", "民生", "实事", "完成", "要求", "起止", "初步", "开展", "实施", "抽取", "安排", "拟", "具体", "落实"),
    *("事项", "项目", "名称", "内容", "标准", "措施", "二级", "三级", "政务", "信息", "分解", "改革", "推进", "办结"),
    *("活动", "机关", "科", "股", "处", "室", "段", "级", "各", "的", "年", "量", "表", "服务", "创新", "整改", "问题"),
)
_JOINTS: Final = ("、", "/", "和", "及", "与", "或", ",", "·", "-", "—", ":", ".", "&", "+", "|")

_VOCABULARY: Final = frozenset(
    word
    for group in (
        *(_NUMBER, _PERSON, _DETAIL, _REMARK, _DEADLINE, _QUOTA, _BODY, _LEAD, _SUPPORT, _RESPONSIBLE, _OUTER, _INNER),
        *(_TOPIC, _JOINTS, *(words for _, words in _RANKS)),
    )
    for word in group
)
_LONGEST_WORD: Final = max(map(len, _VOCABULARY))


@dataclass(frozen=True, slots=True)
class HeaderWord:
    """One header word understood by itself. base: the role of a unit column by its own words, None where they name
    no single one; outer, inner: signs of the level; rank: of a column of text, 0 otherwise; sure: known words only."""

    core: str
    kind: HeaderKind
    base: Role | None = None
    outer: bool = False
    inner: bool = False
    rank: int = 0
    sure: bool = False


@remembered
def core(word: str) -> str:
    """A header word as it is matched: simplified, without white space and what stands in brackets."""
    plain = folded(word[:LONGEST_RAW])
    out: list[str] = []
    closing = ""
    for sign in plain:
        if closing:
            closing = "" if sign == closing else closing
        elif sign in _BRACKETS:
            closing = _BRACKETS[sign]
        elif sign not in "*:":
            out.append(sign)
    return "".join(out)


@remembered
def header_word(word: str) -> HeaderWord:
    """One word of a header by itself, of whatever length: 'unknown' where it says nothing that we know."""
    text = core(word)
    if len(word) > LONGEST_RAW or not 0 < len(text) <= LONGEST or any(sign in "。;!?“”" for sign in text):
        return HeaderWord(text, "unknown")
    sure = _made_of_known_words(text)
    if any(one in text for one in _NUMBER) or text.upper() in ("序", "号", "NO", "NO."):
        return HeaderWord(text, "number", sure=True)
    joint = any(sign in text for sign in ("、", "/", "及", "和", "与"))
    if text.endswith(_PERSON_ENDS) and not joint and any(one in text for one in _BODY):
        return HeaderWord(text, "person", sure=sure)
    if any(one in text for one in _PERSON) and not any(one in text for one in ("单位", "科室", "处室", "股室", "部门")):
        return HeaderWord(text, "person", sure=sure)
    if text in ("其他", "其它", "注") or any(text.endswith(one) for one in _REMARK):
        return HeaderWord(text, "remark", sure=True)
    if text in _ALONE:
        return HeaderWord(text, "unit", _ALONE[text], sure=True)
    if any(one in text for one in _DEADLINE) and not any(one in text for one in _BODY):
        return HeaderWord(text, "deadline", sure=sure)
    if any(one in text for one in _QUOTA):
        return HeaderWord(text, "quota", sure=sure)
    if any(one in text for one in _BODY):
        return _unit_word(text, sure)
    if any(text.endswith(one) for one in _DETAIL):
        return HeaderWord(text, "detail", sure=sure)
    rank = _rank(text)
    return HeaderWord(text, "text", rank=rank, sure=sure) if rank else HeaderWord(text, "unknown")


def roles_of(words: Sequence[str]) -> tuple[ColumnRole, ...] | None:
    """The roles of all columns by the words of the header row; None if this is no header of a task table.

    It is one when it has a word for the task and one for units or a deadline, two words at least being wholly known,
    and none of a document's own metadata.
    """
    found = [header_word(word) for word in words]
    kinds = {one.kind for one in found}
    if "text" not in kinds or not kinds & {"unit", "deadline"}:
        return None
    known = sum(one.sure for one in found)
    filled = sum(1 for word in words if core(word))
    if known < 2 or 2 * sum(one.kind != "unknown" for one in found) < filled or is_metadata(words):
        return None
    roles: list[ColumnRole] = ["other"] * len(found)
    for column, one in enumerate(found):
        if one.kind in ("number", "deadline", "quota", "remark"):
            roles[column] = one.kind
    _assign_units(found, roles)
    _assign_texts(found, roles)
    return tuple(roles)


def is_metadata(words: Sequence[str]) -> bool:
    """Whether this is a row of the table about the document itself (索引号 | 发布机构 | …)."""
    cores = [core(word) for word in words]
    return any(text.startswith(METADATA) for text in cores if len(text) <= LONGEST)


def left_out(words: Sequence[str], roles: Sequence[ColumnRole]) -> tuple[int, ...]:
    """The columns that hold something which is read into no field and of which the clerk is told: not those of
    people and progress, nor those without a word."""
    return tuple(
        column
        for column, (word, role) in enumerate(zip(words, roles, strict=True))
        if role == "other" and core(word) and header_word(word).kind != "person"
    )


def is_catalogue(words: Sequence[str]) -> bool:
    """Whether this is the header of a standing catalogue (公开标准目录): what is published, on what ground, where."""
    cores = [core(word) for word in words]
    return sum(any(sign in text for text in cores) for sign in ("公开依据", "公开渠道", "公开方式", "公开层级")) >= 2


def _made_of_known_words(text: str) -> bool:
    """Whether the text can be cut into known words; by a table of reachable ends, linear in the length."""
    reached = [True] + [False] * len(text)
    for start in range(len(text)):
        if reached[start]:
            for end in range(start + 1, min(len(text), start + _LONGEST_WORD) + 1):
                reached[end] = reached[end] or text[start:end] in _VOCABULARY
    return reached[-1]


def _unit_word(text: str, sure: bool) -> HeaderWord:
    bases: set[Role] = set()
    if any(one in text for one in _LEAD):
        bases.add("lead")
    if any(one in text for one in _SUPPORT):
        bases.add("support")
    rest = text
    for one in (*_LEAD, *_SUPPORT):
        rest = rest.replace(one, "")
    if any(one in rest for one in _RESPONSIBLE):
        bases.add("responsible")
    base = next(iter(bases)) if len(bases) == 1 else None
    inner = text.startswith(_INNER)
    return HeaderWord(text, "unit", base, text.startswith(_OUTER) and not inner, inner, sure=sure)


def _rank(text: str) -> int:
    """By the word that the text ends with, the longest first; else by any in it."""
    for rank, words in _RANKS:
        if text.endswith(words):
            return rank
    return next((rank for rank, words in reversed(_RANKS) if any(one in text for one in words)), 0)


def _assign_units(found: Sequence[HeaderWord], roles: list[ColumnRole]) -> None:
    columns = [column for column, one in enumerate(found) if one.kind == "unit"]
    doing = [column for column in columns if not found[column].core.startswith(_WATCHING)]
    columns = doing or columns
    inner = [column for column in columns if found[column].inner]
    if not inner:
        inner = [c for c in columns if not found[c].outer and any(body in found[c].core for body in _INNER_BODY)]
    if inner:
        bases = {found[column].base for column in inner}
        for column in [one for one in columns if one not in inner]:
            if found[column].outer or found[column].base in bases:
                roles[column] = "outer"
    ours = [column for column in columns if roles[column] != "outer"]
    for column in ours:
        base = found[column].base
        roles[column] = base if base and (len(ours) > 1 or base != "responsible") else "assignment"


def _assign_texts(found: Sequence[HeaderWord], roles: list[ColumnRole]) -> None:
    """The most concrete column of text is the requirement, the last one of equals; the outermost of the others is the
    section, the innermost the matter, and what lies between has no field."""
    columns = [column for column, one in enumerate(found) if one.kind == "text"]
    requirement = max(columns, key=lambda column: (found[column].rank, column))
    roles[requirement] = "requirement"
    headings = sorted((c for c in columns if c != requirement), key=lambda column: (found[column].rank, column))
    if len(headings) == 1:
        named = found[headings[0]].core.endswith(("名称", "事项", "项目"))
        roles[headings[0]] = "matter" if named else "section"
    elif headings:
        roles[headings[0]], roles[headings[-1]] = "section", "matter"
