"""What is handed in, to whom, by when: the reporting dates of the covering letter.

    report  ::= [whom] 于? date 前? … 将 what [bracket] how? verb to       于12月6日前将总结（并附上台账）报办公室
              | 将 what [bracket] 于? date 前? how? verb to               将总结于12月6日前报送至规划处
              | 于? date 前? 向 to verb what                              于4月20日(星期五)前向办公室报送总结
    date    ::= [year 年] M月D日 [weekday] | M月底 | 年底 | 每季度末月D日 | 每月D日
    verb    ::= 报 报送 上报 报至 反馈 提交 送 …
    bracket ::= '(' … 附上? A 及 B … 等? ')'                              A and B are the attachments
A sentence with such a date and verb that is not of this shape is told of (report_unread): the clerk adds it.
Source: notice-patterns.md, section 3, edge rules (report-by dates live outside the table; check the weekday).
"""

import re
from calendar import monthrange
from typing import Final

from db.intake.phrases.cell_lists import unit_end
from db.intake.phrases.cell_text import cell_text
from db.intake.phrases.remembering import remembered
from db.intake.phrases.report_dates import BARE_MONTH, DATE, MIDNIGHT, Due, dues, is_listed, wrong
from db.intake.phrases.signs import Normal, normal
from db.intake.reading import Doubt
from db.rules.notice import Report
from db.rules.squeezed import squeezed

LONGEST: Final = 200_000
"""Signs of the letter that are looked through."""
LONGEST_SENTENCE: Final = 600

_VERB: Final = re.compile(
    "(?:书面|统一|汇总|及时|一并|按时){0,3}(?:上报|报送|报备|报告|反馈|提交|发送|发至|发到|报|送|交)(?:至|到|给|送)?"
)
_HOW_BEFORE: Final = re.compile("(?:前)?,?(?:以[^,。;]{2,12}?(?:形式|方式))?")
_WORDS: Final = ("报", "反馈", "提交", "送", "交", "发至", "发到")
_SENTENCE: Final = re.compile("[^。;!?\n]+[。;!?]?")
_TO: Final = re.compile("[^,;:。!?、()\n]{2,30}")
_HOW: Final = re.compile(
    "(?:以?书面形式|以[^,。;将把]{2,10}?(?:形式|方式)|书面材料|电子版|纸质版|盖章后|经[^,。]{2,16}?(?:后|审核|审签|同意))+$"
)
_ROUND: Final = re.compile(
    "每个?(?:月|季|半年|年|周|双|两)|[0-9一二三四五六七八九十]个?月|[0-9]{1,2}[./][0-9]{1,2}|[上中下]旬|季度?末|年底|月底|截止"
)
_TOWARDS: Final = re.compile("向[^,;:。]{2,20}?(?:报送|上报|提交|反馈)")
_WHEN_DUE: Final = re.compile("(?:报送|上报|提交|反馈)(?:截止)?(?:时间|时限|期限)(?:为|是|:)")
_ASKS: Final = re.compile(
    "报送|上报|反馈|提交|报至|报办|送至|报局|发送|发至|发到|^(?:书面|统一)?报(?![名道考告表])|报[^,;。]{2,20}(?:备案|汇总|审核|审定)"
)
_THEN: Final = re.compile("汇总|审核|审定|审批|审签|备案|备查|存档|统稿|并|后报|由|联系人")
_NO_VERB: Final = ("报表", "送达", "报名", "报批", "报道", "交流", "交办", "报销")
_LINKS: Final = re.compile("以及|及|和|、|与")


@remembered
def reports(text: str, year: int | None) -> tuple[tuple[Report, ...], tuple[Doubt, ...]]:
    """The reports that a letter asks for. year: the notice's; a date without one is of that year."""
    found: list[Report] = []
    doubts: list[Doubt] = []
    for line in text[:LONGEST].splitlines():
        if not any(word in line for word in _WORDS):
            continue
        copy = normal(line)
        for sentence in _SENTENCE.finditer(copy.text):
            if sentence.end() - sentence.start() <= LONGEST_SENTENCE:
                _sentence(copy, sentence.span(), year, found, doubts)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(doubts))


def _sentence(
    copy: Normal, sentence: tuple[int, int], year: int | None, found: list[Report], doubts: list[Doubt]
) -> None:
    """The reports of one sentence, and what is told of it."""
    if not any(word in copy.text[slice(*sentence)] for word in _WORDS):
        return
    reports_before, doubts_before = len(found), len(doubts)
    dates: dict[str, set[Due]] = {}
    for when, where in dues(copy.text, *sentence, year):
        before = len(found)
        _one(copy, when, where, sentence, year, found, doubts)
        for one in found[before:]:
            dates.setdefault(one.what, set()).add(when)
    quote = squeezed(copy.at(*sentence))
    if any(len(days) > 1 and _LINKS.search(what) for what, days in dates.items()):
        doubts.append(Doubt("report_unread", quote, "每个日期都按全部材料记"))
    if (len(found), len(doubts)) == (reports_before, doubts_before) and _is_due_somehow(copy.text, sentence):
        doubts.append(Doubt("report_unread", quote, "没有记为报送要求；如果是，入库后在“报送”里补记"))


def _is_due_somehow(text: str, sentence: tuple[int, int]) -> bool:
    """Whether a sentence has something handed in to somebody at a time that is none of the dates (每季度首月10日前)."""
    start, end = sentence
    waits = (one for one in _ROUND.finditer(text, start, end) if not _is_quoted(text, start, one.start()))
    when = next(waits, None)
    if when is None:
        return False
    return (
        _WHEN_DUE.search(text, *sentence) is not None
        or _verb_behind(text, when.end() - 1, sentence[1]) is not None
        or _TOWARDS.search(text, when.end(), sentence[1]) is not None
    )


def _is_quoted(text: str, start: int, at: int) -> bool:
    return text.count("《", start, at) > text.count("》", start, at)


def _one(
    copy: Normal,
    when: Due,
    where: tuple[int, int],
    sentence: tuple[int, int],
    year: int | None,
    found: list[Report],
    doubts: list[Doubt],
) -> None:
    """The report of one date, or what is told of it."""
    parts = _parts(copy.text, where, sentence)
    quote = squeezed(copy.at(*sentence))
    if parts is None:
        if _asks(copy.text, where, sentence):
            doubts.append(Doubt("report_unread", quote, "没有记为报送要求；如果是，入库后在“报送”里补记"))
        return
    what, to, bracket = parts
    reason = wrong(when, year)
    if BARE_MONTH.search(copy.text[sentence[0] : where[0]]):
        reason = "几个月份没有写日"
    elif MIDNIGHT.match(copy.text, where[1]):
        reason = "截止在零点，是前一天"
    if reason is not None:
        doubts.append(Doubt("report_unread", quote, f"{reason}，没有记为报送要求；如果是，入库后在“报送”里补记"))
        return
    attached = _attachments(copy, bracket)
    for month in when.months:
        day = when.day or monthrange((year or 2023) + when.offset, month)[1]
        found.append(Report(squeezed(copy.at(*what)), squeezed(copy.at(*to)), month, day, quote, when.offset, attached))


Spot = tuple[int, int]


def _parts(text: str, where: Spot, sentence: Spot) -> tuple[Spot, Spot, Spot | None] | None:
    """What, to whom and the bracket; None where the sentence has another shape."""
    start, end = sentence
    take = max(text.rfind("将", start, where[0]), text.rfind("把", start, where[0]))
    later = _first(text, ("将", "把"), where[1], min(end, where[1] + 30))
    if take >= 0 and later < 0 and not is_listed(text[take + 1 : where[0]]):
        return None
    if later >= 0 and not is_listed(text[where[1] : later], whole=True):
        return None
    if take >= 0 and (later < 0 or "," not in text[take : where[0]]) and later < 0:
        what_end = where[0] - 1 if text[where[0] - 1 : where[0]] == "于" else where[0]
        how = _HOW_BEFORE.match(text, where[1], end)
        verb = _VERB.match(text, how.end() if how else where[1], end)
        if verb is None:
            return None
        return _named(text, (take + 1, what_end), verb.end(), end)
    if later >= 0:
        verb = _verb_behind(text, later + 1, end)
        return None if verb is None else _named(text, (later + 1, verb.start()), verb.end(), end)
    return _towards(text, where[1], end)


def _first(text: str, words: tuple[str, ...], start: int, end: int) -> int:
    places = [at for word in words if (at := text.find(word, start, end)) >= 0]
    return min(places, default=-1)


def _verb_behind(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first verb of handing in behind a what, outside titles and brackets, with somebody behind it."""
    depth = 0
    for at in range(start, end):
        sign = text[at]
        depth += (sign in "《(") - (sign in "》)")
        if depth == 0 and sign in "。;":
            return None
        if depth == 0 and at > start + 1:
            verb = _VERB.match(text, at, end)
            if verb is not None and _is_verb(text, at, verb.end(), end):
                return verb
    return None


def _is_verb(text: str, start: int, at: int, end: int) -> bool:
    """Whether what may be a verb is one: not the 报 of 年报报送, nor 自查报告和…."""
    if text.startswith(_NO_VERB, start) or _VERB.match(text, at, end) is not None:
        return False
    to = _recipient(text, at, end)
    return to is not None and (not text.startswith("报告", start) or to[1] - to[0] <= 12)


def _recipient(text: str, start: int, end: int) -> Spot | None:
    """To whom: the name that stands here, or a mail box."""
    found = _TO.match(text, start, end)
    if found is None or text[start] in "和与及":
        return None
    then = _THEN.search(found.group(), 2)
    name = found.group() if then is None else found.group()[: then.start()]
    cell = cell_text(name)
    ended = unit_end(cell, 0, len(cell.text))
    if ended is not None:
        last = start + ended[0] if len(cell.text) == len(name) else start + len(name)
        return start, last
    return (start, start + len(name)) if "邮箱" in name else None


def _named(text: str, what: Spot, at: int, end: int) -> tuple[Spot, Spot, Spot | None] | None:
    """The what without its bracket and how, and the to whom behind the verb."""
    to = _recipient(text, at, end)
    if to is None:
        return None
    first, stop = what
    other = DATE.search(text, first, stop)
    if other is not None:  # 2月3日前将名单、2月7日前将总结报办公室
        stop = other.start()
        while stop > first and text[stop - 1] in "、,和及于并在":
            stop -= 1
    bracket: Spot | None = None
    opening = text.find("(", first, stop)
    if opening > first and text[stop - 1] == ")":
        bracket, stop = (opening + 1, stop - 1), opening
    how = _HOW.search(text, first, stop)
    stop = how.start() if how else stop
    stop -= text[stop - 1] == ","
    return ((first, stop), to, bracket) if stop - first >= 2 else None


def _towards(text: str, start: int, end: int) -> tuple[Spot, Spot, Spot | None] | None:
    """…前向办公室报送总结."""
    if not text.startswith("向", start, end):
        return None
    for at in range(start + 3, min(end, start + 33)):
        verb = _VERB.match(text, at, end)
        if verb is not None and not text.startswith(_NO_VERB, at):
            what, to = _TO.match(text, verb.end(), end), _recipient(text, start + 1, at)
            return None if what is None or to is None else (what.span(), to, None)
    return None


def _asks(text: str, where: Spot, sentence: Spot) -> bool:
    """Whether a sentence with a date asks for something to be handed in: the verb stands behind the date."""
    following = DATE.search(text, *(where[1], sentence[1]))
    listed = following is None or is_listed(text[where[1] : following.end()], whole=True)
    end = sentence[1] if following is None or listed else following.start()
    if _ASKS.search(text[where[1] : end]) is not None:
        return True
    verb = _VERB.match(text, where[1], end)
    return verb is not None and _recipient(text, verb.end(), end) is not None


def _attachments(copy: Normal, bracket: Spot | None) -> tuple[str, ...]:
    """What a bracket says to attach: behind 附上 or 附, up to 等."""
    if bracket is None:
        return ()
    words = copy.text[slice(*bracket)]
    cut = words.find("附")
    if cut < 0:
        return ()
    start = bracket[0] + cut + (2 if words[cut + 1 : cut + 2] in ("上", "带", "有") else 1)
    end = bracket[1] - (1 if words.endswith("等") else 0)
    found: list[str] = []
    for link in _LINKS.finditer(copy.text, start, end):
        if link.start() > start and "在" not in copy.text[start : link.start()]:
            found.append(squeezed(copy.at(start, link.start())))
            start = link.end()
    return (*found, squeezed(copy.at(start, end)))
