"""What a cell is by its content, where its column is not known (notice-patterns.md section 6: 一、/(一) = heading,
N. = requirement, unit word = unit, date word = deadline).

    number   := digits alone                                1, 002, 12.
    heading  := 一、… | （一）… | 第一部分 …, at most 60 characters
    numbered := N. | N、 | (N) | ① at the front of a text    1．要主动公开…
    quota    := words of amount alone, with a digit and a measure       不低于5%, 2次/年
    deadline := words of time alone | … 日内 with 之日起, 后            9月底前, 常态化落实, 批复后20日内
    unit     := label ':' … | unit (sign unit)* role? | unit … role     办公室、各股室; X牵头,Y配合; 牵头科室:X
    unit ends in a word of its class (科 室 股 处 办 队 所 中心 局 委 院 …) and does not open with a verb of a task.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

CellClass = Literal["empty", "number", "heading", "numbered", "quota", "deadline", "unit", "text"]

LONGEST_HEADING: Final = 60
LONGEST_PHRASE: Final = 60
LONGEST_UNITS: Final = 160
LONGEST_NAME: Final = 26


def listed(words: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(words.split())


_NUMBER: Final = re.compile(r"[0-9]{1,4}[.、)]?")
_HEADING: Final = re.compile(
    r"[一二三四五六七八九十百]{1,4}[、.,]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}(?:部分|章|节)"
)
_NO_DECIMAL: Final = r"(?![0-9]{1,2}(?:$|[^0-9年月日个项条大类家]))"
"""1.1 and 3.15 are no item number, 24．2021年底前 and 3.26个领域 begin with one."""
_NUMBERED: Final = re.compile(r"[0-9]{1,3}[.、)]" + _NO_DECIMAL + r"|\([0-9]{1,3}\)")
_CIRCLED: Final = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_OPENING_NUMBER: Final = re.compile(r"\(?([0-9]{1,4})(?:$|[.、)]" + _NO_DECIMAL + ")")

_DIGITS: Final = tuple("0123456789〇零○一二三四五六七八九十")
_TIME_STRONG: Final = listed(
    "年 月 日 季 旬 全年 常态化 持续 长期 及时 适时 定期 实时 随时 即时 立即 动态更新 半年 十四五 十五五 "
    "星期 周 长年 每天"
)
_TIME: Final = frozenset(
    (
        *_DIGITS,
        *_TIME_STRONG,
        *listed(
            "号 底 末 初 前 内 中 上 下 至 到 - — – ~ . / , 、 ; 。 ( ) “ ” ' 份 每 各 按 在 以前 之前 次年 明 当 今 本"
        ),
        *listed(
            "春 夏 秋 冬 推进 落实 开展 坚持 实施 进行 完成 动工 投入使用 启动 办结 建成 期间 于 分别 和 及 并 度 "
            "个 工作"
        ),
        *listed("贯穿 始终 全程 工作任务"),
    )
)
_DOTTED: Final = re.compile(r"(?:[—~至到-]{0,2}[0-9]{4}[.-][0-9]{1,2}(?:[.-][0-9]{1,2})?){1,2}前?")
_CLOCK_END: Final = re.compile(
    r"[0-9一二三四五六七八九十]{1,3}(?:个?工作日|日|天|个月)(?:以内|之内|内)(?:公开|完成|报送|办结)?[.。]?$"
)
_MEASURES: Final = tuple("%次户条件家批篇期场份个")
_AMOUNT: Final = frozenset(
    (
        *_DIGITS,
        *_MEASURES,
        *listed(
            "不低于 不少于 不得低于 不得少于 不超过 至少 约 以上 ≥ > = ≤ < / 每 年 半年 季度 季 月 全 - — ~ . 比例 抽取"
        ),
        *listed("按 , ; 、"),
    )
)

TASK_VERBS: Final = listed(
    "加强 做好 推进 推动 完善 规范 强化 落实 建立 健全 开展 优化 提升 深化 扩大 制定 制订 加快 持续 严格 实行 "
    "办好 提高 抓好 细化 及时 定期 组织 积极 认真 全面 依法 重点 进一步 主动 公开 编制 梳理 "
    "创新 拓展 构建 打造 充分 切实 动态"
)
"""What a task opens with and the name of a unit does not."""
_UNIT_ENDS: Final = listed(
    "科 室 股 处 办 队 所 中心 局 委 院 学会 协会 委员会 商会 窗口 政府 部门 单位 机构 厅 署 站 小组 工作组 专班 街道 "
    "镇 乡 县 馆 公司 集团 党组 工会 妇联 团委 委会 办事处 园区 开发区 学校 医院 支部"
)
_SURE_ENDS: Final = listed("科 室 股 处 办 队 所 中心 局 委 院 单位 部门 专班 小组 政府")
ROLE_WORDS: Final = listed(
    "牵头 办理 负责 落实 配合 协办 承办 统筹 主办 协助 参与 会同 指导 监管 实施 分工 按职责 组织 协同 公开 参加"
)
_ROLE_ENDS: Final = tuple(word for word in ROLE_WORDS if word not in ("公开", "组织", "会同", "按职责"))
_LABEL: Final = re.compile(r"[^:,。;]{0,8}(?:单位|科室|处室|股室|部门|主体)(?:\([^)]{0,10}\))?:")
_LIST_SIGNS: Final = re.compile(r"[、,;/]")
_SENTENCE_SIGNS: Final = ("要", "需", "应当", "须", "对于")
"""Words of a sentence that has a unit as its subject: a requirement, no unit cell."""
_BRACKETED: Final = re.compile(r"\([^()]{0,40}\)")


def folded(text: str) -> str:
    """The text without white space, full-width signs made half-width; for looking at, never for keeping."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def cell_class(text: str) -> CellClass:
    """The class of a cell's text; what fits none is text."""
    if not text or text.isspace():
        return "empty"
    if len(text) > 4 * LONGEST_UNITS:
        return "numbered" if _NUMBERED.match(folded(text[:40])) else "text"
    return _class_of(text)


@lru_cache(maxsize=4096)
def _class_of(text: str) -> CellClass:
    plain = folded(text)
    if not plain:
        return "empty"
    if _NUMBER.fullmatch(plain):
        return "number"
    if _HEADING.match(plain) and len(plain) <= LONGEST_HEADING:
        return "heading"
    if _is_time(plain):
        return "deadline"
    if _NUMBERED.match(plain) or text.lstrip()[0] in _CIRCLED:
        return "numbered"
    if _is_amount(plain):
        return "quota"
    return "unit" if _is_units(plain) else "text"


def is_number(text: str) -> bool:
    return cell_class(text) == "number"


def is_heading(text: str) -> bool:
    """一、… or （一）… as a heading, whatever it says."""
    return cell_class(text) == "heading"


def is_deadline(text: str) -> bool:
    """Whether the whole text is a phrase of time."""
    return cell_class(text) == "deadline"


def is_unit(text: str) -> bool:
    """Whether the whole text names units, with or without their roles."""
    return cell_class(text) == "unit"


def is_sentence(text: str) -> bool:
    """A text of some length, or one that closes like a sentence: a requirement rather than its name."""
    plain = text.strip()
    return len(plain) >= 25 or plain.endswith(("。", "；", ";", "！"))


def opening_number(text: str) -> int | None:
    """The number that a row is counted by: of a cell that is one (002), or at the front of a text (3．做好…)."""
    found = _OPENING_NUMBER.match(folded(text[:40]))
    return int(found.group(1)) if found else None


def made_of(text: str, words: frozenset[str], longest: int = 5) -> bool:
    """Whether the text can be cut into these words, of at most `longest` characters: by reachable ends, linear."""
    reached = [True] + [False] * len(text)
    for start in range(len(text)):
        if reached[start]:
            for end in range(start + 1, min(len(text), start + longest) + 1):
                reached[end] = reached[end] or text[start:end] in words
    return reached[-1]


def _is_time(plain: str) -> bool:
    if len(plain) > LONGEST_PHRASE:
        return False
    if _CLOCK_END.search(plain) and any(sign in plain for sign in ("起", "后", "前", "收到")):
        return len(plain) <= 40 and not any(sign in plain for sign in (",", "。"))
    if plain.startswith(("根据", "视")) and plain.endswith(("时间确定", "而定")) and len(plain) <= 20:
        return True
    if _DOTTED.fullmatch(plain):
        return True
    if not any(word in plain for word in _TIME_STRONG) or not made_of(plain, _TIME):
        return False
    return any(sign in plain for sign in _DIGITS) or len(plain) <= 16


def _is_amount(plain: str) -> bool:
    return (
        len(plain) <= LONGEST_PHRASE
        and any(sign in plain for sign in _DIGITS)
        and any(sign in plain for sign in _MEASURES)
        and made_of(plain, _AMOUNT)
    )


def _is_units(plain: str) -> bool:
    if len(plain) > LONGEST_UNITS:
        return False
    if _LABEL.match(plain):
        return True
    if plain.startswith((*TASK_VERBS, "此", "该")) or any(word in plain for word in ("我局为", "本局为")):
        return False
    bare = _BRACKETED.sub("", plain).rstrip("。.;,").removesuffix("等") or plain
    parts = [part for part in _LIST_SIGNS.split(bare) if part]
    if parts and all(_is_name(part) for part in parts):
        return True
    if bare.endswith("分工负责") and plain.startswith(("按", "根据", "依据")):
        return True
    if len(bare) > 2 * LONGEST_PHRASE or not any(word in bare for word in ROLE_WORDS):
        return False
    if len(bare) > 20 and any(word in bare.replace("要求", "").replace("主要", "") for word in _SENTENCE_SIGNS):
        return False
    return _opens_with_unit(bare) and (bare.endswith(_ROLE_ENDS) or _names_in_every_clause(bare))


def _is_name(part: str) -> bool:
    """A unit's name or group, a role word before or behind it allowed (由办公室, 科技处牵头)."""
    name = part.removeprefix("由")
    for _ in range(2):
        for word in (*ROLE_WORDS, "按", "等"):
            name = name.removesuffix(word)
    return 1 < len(name) <= LONGEST_NAME and name.endswith(_UNIT_ENDS) and not name.startswith(TASK_VERBS)


def _opens_with_unit(bare: str) -> bool:
    """Whether a unit word stands within the first characters, and not at the very front (处理…, 所有…)."""
    front = re.split(r"[、,;]", bare, maxsplit=1)[0][:LONGEST_NAME]
    return any(front.find(end, 1) > 0 for end in _SURE_ENDS)


def _names_in_every_clause(bare: str) -> bool:
    clauses = [clause for clause in re.split(r"[,;]", bare) if clause]
    return all(_opens_with_unit(clause) for clause in clauses)
