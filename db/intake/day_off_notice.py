"""The State Council's notice on the days off of a year, pasted as text -> DayOffDraft.

Grammar of what is taken, in the words of day_off_words.VOCABULARY (the wording of the notices since 2019; { } any
number of times, [ ] once or not at all):
    sentence = lead clause { [","] clause }      or several such, each on lines of its own
    lead     = [ numeral | number ("." | "、") ] { festival | announcing | off | moved | year | list | comma | colon }
    clause   = days | total number "天" | remark
    days     = span { list span } said
    said     = {moved} ("放假" | "补休") {moved} [number "天"]  |  {usual | moved} ("上班" | "补班")
             | nothing, where the lead announces days off (放假调休日期调整为, 放假时间:)
    span     = date [ range date ]
    date     = [ [number "年"] number "月" ] number "日" [ "(" weekday, lunar day ")" ] [ weekday ]
A date without month or year has those of the date before it in its list; else its year is the notice's. A sentence
that is not of this form and bears on days off is a problem, and so is one whose count, weekdays or dates are
wrong, whose feast cannot be in that month, or whose make-up days are far from the days off before them: nothing of it
is taken.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from db.intake.day_off_dates import UnreadError, read_sentence
from db.intake.day_off_draft import (
    FARTHEST,
    FIRST_POSSIBLE_YEAR,
    LARGEST_TEXT,
    LAST_YEAR,
    DayOffDraft,
    Said,
    day_name,
    drafted,
    quoted,
    refused,
    shortened,
    too_long,
)
from db.intake.day_off_words import Sentence, Token, plain, sentences_of

TITLE: Final = re.compile(r"国务院办公厅关于[^。;:]{0,40}?通知")
UNTITLED: Final = "{year}年放假安排（无标题）"
NOTHING_READ: Final = "没有读到放假和上班的日子：请粘贴国务院办公厅通知的正文"
SAYING: Final = frozenset({"off", "rest", "work"})
ARRANGED: Final = frozenset({"festival", "off", "moved"})
ARRANGED_WORDS: Final = frozenset({"部分", "节假日", "假期"})


def read_day_off_notice(text: str) -> DayOffDraft:
    """What the notice says, with a problem for all that is not sure. Never raises.

    Reads at most 100,000 characters of a paper or of a web page around one.
    """
    if too_long(text):
        return refused(f"文字超过 {LARGEST_TEXT} 个字，不像是一份通知：请只粘贴通知的正文")
    clean = plain(text)
    sentences = tuple(sentences_of(clean))
    years = _years(sentences)
    if len(years) > 1:
        named = "、".join(str(year) for year in years)
        return refused(f"文字里有几个年份的放假安排（{named}），不知道读哪一年：请只粘贴一份通知的正文")
    if not years:
        return refused(_why_no_year(sentences))
    year = years[0]
    said, problems = _read(sentences, year)
    if not said and not problems:
        return DayOffDraft(year, "", (), (NOTHING_READ,))
    draft = drafted(year, _title(clean, year), said, problems)
    return draft if said else DayOffDraft(year, draft.notice, (), shortened(problems))


def _why_no_year(sentences: Sequence[Sentence]) -> str:
    if any(_is_relevant(sentence) for sentence in sentences):
        return "没有写明是哪一年的放假安排：请连同通知的标题一起粘贴"
    return NOTHING_READ


def _read(sentences: Iterable[Sentence], year: int) -> tuple[list[Said], list[str]]:
    said: list[Said] = []
    problems: list[str] = []
    feast: list[date] = []
    for sentence in sentences:
        if not _is_relevant(sentence):
            continue
        where = quoted(sentence.text)
        try:
            found = read_sentence(sentence.tokens, year)
            feast = [day for day, kind in found if kind == "off"] or feast
            _belongs(feast, [day for day, kind in found if kind == "work"])
        except UnreadError as error:
            problems.append(f"{error.reason}，这句话里的日子没有取：“{where}”")
        else:
            said.extend(Said(day, kind, where) for day, kind in found)
    return said, problems


def _belongs(feast: Sequence[date], work: Iterable[date]) -> None:
    """A make-up day stands behind the days off that it makes up for, and near them."""
    for day in work:
        if feast and min(abs((off - day).days) for off in feast) > FARTHEST:
            raise UnreadError(f"{day_name(day)}上班，离它前面写的放假超过 {FARTHEST} 天")


def _title(clean: str, year: int) -> str:
    for title in TITLE.findall("".join(clean.split())):
        if f"{year}年" in title:
            return str(title)
    return UNTITLED.format(year=year)


def _years(sentences: Sequence[Sentence]) -> list[int]:
    """The years whose days off are arranged: by 现将2027年, else by 2027年部分节假日 or the like, else by dates."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    named = [(index, int(token.text)) for index, token in enumerate(tokens) if _names_year(tokens, index)]
    firm = {year for index, year in named if index and tokens[index - 1].text == "现将"}
    found = firm or {year for _, year in named} or _printed_years(sentences)
    return sorted(year for year in found if FIRST_POSSIBLE_YEAR <= year <= LAST_YEAR)


def _names_year(tokens: Sequence[Token], index: int) -> bool:
    if len(tokens) < index + 3 or not _is_year(tokens, index):
        return False
    after = tokens[index + 2]
    return after.kind in ARRANGED or after.text in ARRANGED_WORDS


def _is_year(tokens: Sequence[Token], index: int) -> bool:
    """Four digits and 年."""
    pair = tokens[index : index + 2]
    return len(pair) == 2 and pair[0].kind == "number" and len(pair[0].text) == 4 and pair[1].kind == "year"


def _printed_years(sentences: Iterable[Sentence]) -> set[int]:
    """The year of the dates that are said to be off or worked; December may be of the year before."""
    found: set[tuple[int, bool]] = set()
    for tokens, _ in sentences:
        if any(token.kind in SAYING for token in tokens):
            for index in range(len(tokens) - 3):
                if _is_year(tokens, index) and tokens[index + 3].kind == "month":
                    found.add((int(tokens[index].text), tokens[index + 2].text == "12"))
    years = {year for year, _ in found}
    first = min(years, default=0)
    if years == {first, first + 1} and (first, False) not in found:
        return {first + 1}
    return years


def _is_relevant(sentence: Sentence) -> bool:
    """Whether the sentence may say that a day is off or worked.

    Not so: advice to rest (鼓励…在除夕休息), the law that the notice goes back to, a signature or a dateline.
    """
    tokens = sentence.tokens
    kinds = {token.kind for token in tokens}
    if "work" not in kinds and (tokens[0].kind == "advice" or "principle" in kinds):
        return False
    if not kinds & {"number", "spelled"}:
        return False
    if kinds & SAYING:
        return _has_date(tokens) or "total" in kinds or _has_bracketed_weekday(tokens) or _has_bare_pair(tokens)
    return _has_date(tokens) and (
        "total" in kinds
        or any(token.text == "假期" for token in tokens)
        or _names_feast_first(tokens)
        or _has_range(tokens)
        or _has_bracketed_weekday(tokens)
    )


def _has_date(tokens: Sequence[Token]) -> bool:
    """Whether a month, a day or a whole date stands here; 〔2025〕7号 is no day."""
    if any(token.kind == "spelled" for token in tokens):
        return True
    triples = zip((tokens[0], *tokens), tokens, tokens[1:], strict=False)
    return any(
        number.kind == "number"
        and (
            after.kind == "month" or after.text == "日" or (after.text == "号" and before.text not in ("〕", "]", "第"))
        )
        for before, number, after in triples
    )


def _names_feast_first(tokens: Sequence[Token]) -> bool:
    """元旦 or 2027年元旦 at the beginning, a heading's numeral aside."""
    rest = tokens[1:] if tokens[0].kind == "numeral" else tokens
    return any(len(rest) > at and rest[at].kind == "festival" for at in ((0, 2) if _is_year(rest, 0) else (0,)))


def _has_bare_pair(tokens: Sequence[Token]) -> bool:
    """5.1 or 5/1: perhaps a date."""
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return any(a.kind == c.kind == "number" and b.text in (".", "/", "-") for a, b, c in triples)


def _has_range(tokens: Sequence[Token]) -> bool:
    return any(
        a.kind in ("day", "close", "number", "weekday") and b.kind == "range" and c.kind == "number"
        for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _has_bracketed_weekday(tokens: Sequence[Token]) -> bool:
    return any(a.kind == "open" and b.kind == "weekday" for a, b in pairwise(tokens))
