"""Amounts in a normalised text: numbers with a measure, the bound before them, the nearest period.

One pass over the text for each of periods and amounts; every pattern is bounded in length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from db.intake.phrases.numbers import CHINESE, DIGITS, values

_MEASURES: Final = (
    "期次|人次|场次|条次|百分点|条|次|篇|期|场|件|个|项|份|户|批|部|幅|则|家|类|段|集|套|例|名|人|宗|轮|字|张|处|%"
)
_NO_MEASURE: Final = (
    "(?!个?(?:工作日|自然日|月|小时|星期|季度|百分点)|项目|次性|人民|份额|名录|名单|期间|条例|部门|类别|家庭|件事)"
)
_NUMBER: Final = rf"(?:{DIGITS}|{CHINESE})(?:\.[0-9]{{1,4}})?"
_RANGE: Final = rf"(?P<least>{_NUMBER})(?:(?:%)?(?:-{{1,3}}|至|到)(?P<most>{_NUMBER}))?"
_LOWER: Final = "不(?:得|应|能|可)?(?:少|低|小)于|至少|最少|起码|>=|≥|≧|大于等于|达到|达|="
_UPPER: Final = "不(?:得|应|能|可)?(?:超过|多于|高于|大于)|至多|最多|<=|≤|≦"
_FILL: Final = "[^,;:。!?()0-9〇○零一二两三四五六七八九十百每]{0,8}"

_AMOUNT: Final = re.compile(
    rf"(?:(?P<upper>{_UPPER})|(?P<lower>{_LOWER}))(?P<fill>{_FILL}?)(?P<bounded>{_RANGE})"
    rf"(?:{_NO_MEASURE}(?P<measure>{_MEASURES}))?(?:/(?P<per>年度?|季度?|月))?"
)
_PLAIN: Final = re.compile(
    rf"(?<![第0-9.一二三四五六七八九十百])(?P<bounded>{_RANGE})"
    rf"{_NO_MEASURE}(?P<measure>{_MEASURES})(?P<over>(?:及|或)?以上)?(?:/(?P<per>年度?|季度?|月))?"
)
_PERIOD: Final = re.compile(
    "(?P<year>每个?年度?|全年度?|年度?内|本年度|[今当]年|按年|一年(?!来|度|以))|(?P<quarter>每个?季度?|按季度?|逐季)"
    "|(?P<month>每个?月份?|按月|逐月)|(?P<half>(?<![上下])每?半年|每(?:[两二三四六]|[2346])个?(?:月|季度?|周|星期|年|天|日)|每双[月周]"
    "|(?<![十二三四五六七八九第])一个?(?:季度?|月|周)(?=(?:至少|不少于)?[一二两三四五六1-9]次))"
    "|(?P<week>每个?(?:周|星期))|(?P<day>每[日天]|每个?工作日)"
    "|(?P<item>每(?:一)?[项件次个类部份家场期篇条户批宗])"
)
PER_CENT: Final = re.compile(f"(?:达到?|[低少]于|至少|为|超过|率|实现)百分之{CHINESE}(?:点{CHINESE})?(?:以上)?")
"""百分之九十五 as something to be reached."""

_ONE: Final = (
    rf"{_NUMBER}(?:%?(?:-{{1,3}}|至|到){_NUMBER})?\ ?(?:{_MEASURES})(?:(?:及|或)?以上)?(?:/(?:年度?|季度?|月))?"
)
_ONLY: Final = re.compile(
    f"(?:(?:{_LOWER}|{_UPPER}|每个?(?:年度?|季度?|月)|全年|一年|比例|抽查|检查|为|:){{0,3}}(?:{_ONE})[。;,、]?){{1,6}}"
)
LONGEST_CELL: Final = 60


def is_of_forms(words: str) -> bool:
    """Whether a rate is that of the forms of publication, the only one that the publications of a ledger tell
    (db.rules.periods): 多元化解读率, 解读材料比例; not 解读覆盖率."""
    found = [one.end() for one in _OF_FORMS.finditer(words)]
    return bool(found) and not any(one.start() >= found[-1] - 1 for one in _OF_OTHERS.finditer(words))


def is_bare(text: str) -> bool:
    """Whether a text is amounts and nothing else, as in columns of amounts: 20户, 2次/年, 20户至少1次."""
    return len(text) <= LONGEST_CELL and _ONLY.fullmatch(text) is not None


_PERIODS: Final[dict[str, str]] = {"年": "year", "年度": "year", "季": "quarter", "季度": "quarter", "月": "month"}
_UNBOUNDED: Final = ("条", "次", "篇", "期", "场", "件", "份", "批", "期次", "场次", "轮", "条次")
"""Measures that are counted without a bound as well: 每季度召开1次. 每年评选10个 may be anything."""

MOST_FILL: Final = 10
"""Signs between a period and an amount without a bound."""

_HOURS: Final = re.compile("个?(?:学时|课时|小时)")
_EACH_TIME: Final = re.compile("(?:各|分别)(?:自|别)?(?:开展|组织|召开|举办|报送|更新|抽查|检查|发布|进行)?$")
_IS_RATE: Final = re.compile(
    "(?<!利)(?:率|满意度|知晓度|比例|占比)(?:必须|须|应|需|要|确保|实现|保持|维持|均|都|全部|力争|在|为){0,4}$"
)
_OF_FORMS: Final = re.compile(
    "解读(?:材料|稿件)?的?(?:率|比例|占比|比重)|(?:多元|多样|多形式|多种形式|非文字)[^,;:。]{0,12}?(?:率|比例|占比|比重|解读)"
)
_OF_OTHERS: Final = re.compile(
    "(?:满意|知晓|到达|覆盖|公开|准确|及时|办结|答复|回应|完成|合格|同步|关联)(?:率|度|比例|占比)"
)
_GROWS: Final = re.compile("(?:增长|增加|增幅|提高|提升|上升|下降|降低|减少|压缩|压减|缩减|缩短|降幅|涨)[^,;:。]{0,4}$")
_LARGE: Final = re.compile(f"[余多]?[万亿千][余多]?(?:{_MEASURES})|[,](?=[0-9]{{3}})[0-9]{{3}}")
_OF_EACH: Final = re.compile("(?:每(?:一)?(?:[名位人百千万]|个人)|人均)[^,;:。]{0,20}$")
_COUNTED: Final = re.compile(f"[0-9一二两三四五六七八九十百](?:{_MEASURES})")
_TIMES: Final = re.compile(
    "个?(?:工作日|自然日|日历日|日|天|月|小时|星期|周|年|季度|学时|课时|分钟|岁|元|万|亿|米|公里|平方)"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """target to most (None: no range) of what is counted."""

    target: int
    counter: str
    most: int | None


@dataclass(frozen=True, slots=True)
class Near:
    """A period word at its place: month, quarter, year, item; half, week and day are no period of a quota."""

    period: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Amount:
    """text[start:end] from its bound, the number at `number`. meaning: the amount, or why there is none.

    period: the one behind the amount (2次/年); nearest: the last period word before it; assumed: what is not said.
    """

    start: int
    number: int
    end: int
    meaning: Counted | str
    bounded: bool
    upper: bool
    period: str | None
    nearest: Near | None
    assumed: str | None = None


def amounts(text: str) -> Iterator[Amount]:
    """Everything in a normalised text that may be an amount, in order."""
    periods = [Near(match.lastgroup or "", match.start(), match.end()) for match in _PERIOD.finditer(text)]
    passed = 0
    for match, bounded in _matches(text):
        while passed < len(periods) and periods[passed].end <= match.start("bounded"):
            passed += 1
        near = periods[passed - 1] if passed else None
        one = _amount(text, match, bounded, near)
        if one is not None:
            yield one


def _matches(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Amounts with a bound, and between them those without."""
    at = 0
    plain = _PLAIN.finditer(text)
    waiting = next(plain, None)
    for match in _AMOUNT.finditer(text):
        while waiting is not None and waiting.start() < match.start():
            if waiting.start() >= at:
                yield waiting, False
            waiting = next(plain, None)
        yield match, True
        at = match.end()
    while waiting is not None:
        if waiting.start() >= at:
            yield waiting, False
        waiting = next(plain, None)


def _amount(text: str, match: re.Match[str], bounded: bool, near: Near | None) -> Amount | None:
    groups = match.groupdict()
    start, number, end = match.start(), match.start("bounded"), match.end()
    measure = groups["measure"]
    per = _PERIODS.get(groups["per"] or "")
    over = bool(groups.get("over"))
    behind = match.end("bounded")
    if near is not None and is_bare(text) and _COUNTED.search(text[near.end : start]) is not None:
        near = None  # 每季度1次 20户: of another column
    if measure is None and bounded and near is not None and _HOURS.match(text, behind):
        return Amount(start, number, end, "按课时计，没有记为数量要求", False, False, per, near)
    if measure is None and bounded and _LARGE.match(text, behind):
        return Amount(start, number, end, "数字没有认准，没有记为数量要求", True, False, per, near)
    if measure is None and _TIMES.match(text, behind):
        return None
    if measure in ("%", "百分点") and bounded and _GROWS.search(text[max(0, start - 10) : number]):
        return Amount(start, number, end, "这是增减的幅度，没有记为数量要求", True, False, per, near)
    is_rate = (
        not bounded and not over and measure == "%" and _IS_RATE.search(text[max(0, start - 12) : start]) is not None
    )
    shared = _EACH_TIME.search(text[max(0, start - 8) : start]) is not None and measure in _UNBOUNDED
    if shared and near is None:
        return Amount(start, number, end, "没有认准一共几次，没有记为数量要求", True, False, per, near)
    if not bounded and not over and per is None and not is_rate and not is_bare(text):
        if near is None or measure not in _UNBOUNDED or number - near.end > MOST_FILL or near.period == "item":
            return None
        if any(sign in text[near.end : number] for sign in ",;:。!?()第"):
            return None
    lower = groups.get("lower") or ""
    if lower in ("达到", "达") and measure != "%":
        return None
    if lower == "=" and measure is None:
        return Amount(start, number, end, "没有量词，没有记为数量要求", True, False, per, near)
    meaning = _meaning(groups["least"], groups["most"], measure)
    each = _OF_EACH.search(text[max(0, start - 30) : start])
    assumed = f"原文是“{each.group()[:2]}”各自的数量，只记了一份" if each is not None else None
    if shared:
        assumed = "原文是各次的数量，只记了一次的"
    if is_rate:
        assumed = "没有写下限，按至少计"
    return Amount(
        start, number, end, meaning, bounded or over or is_rate, bool(groups.get("upper")), per, near, assumed
    )


def _meaning(least: str, most: str | None, measure: str | None) -> Counted | str:
    if measure is None or measure == "百分点":
        return "没有认出量词，没有记为数量要求"
    if "." in least or "." in (most or ""):
        return "不是整数，没有记为数量要求"
    low, high = values(least), values(most) if most else ()
    if len(low) != 1 or (most and len(high) != 1):
        return "数字没有认准，没有记为数量要求"
    if most and high[0] <= low[0]:
        return "范围没有认准，没有记为数量要求"
    return Counted(low[0], measure, high[0] if most else None)
