"""The words of a notice on days off: text as it comes out of a web page -> sentences of tokens."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

VOCABULARY: Final[dict[str, tuple[str, ...]]] = {
    "advice": ("鼓励",),
    "principle": ("放假办法", "优化完善"),
    "remark": ("与周末连休", "不调休"),
    "opening": ("国务院办公厅", "节假日期间", "各地区", "各省", "根据", "按照"),
    "festival": ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆"),
    "announcing": (
        *(
            "经党中央、国务院批准",
            "经国务院批准",
            "经国务院同意",
            "现将",
            "将",
            "节假日",
            "节日",
            "假期",
            "部分",
            "具体",
        ),
        *("安排", "日期", "时间", "调整", "为", "是", "的", "节"),
    ),
    "off": ("放假",),
    "rest": ("补休",),
    "work": ("上班", "补班"),
    "moved": ("调休", "公休"),
    "usual": ("正常", "照常"),
    "total": ("共计", "共"),
    "days": ("天",),
    "year": ("年",),
    "month": ("月",),
    "day": ("日", "号"),
    "range": ("至", "到", "-", "~"),
    "list": ("、", "和", "及"),
    "comma": (",",),
    "colon": (":",),
    "open": ("(",),
    "close": (")",),
    "stop": ("。", ";", "!", "?"),
}
"""Kind of token -> how it is written, in half-width signs; what is in no list is of the kind `other`."""

UNFINISHED: Final = frozenset({"number", "list", "comma", "range", "open", "month", "year"})
CONTINUING: Final = frozenset({"off", "rest", "work", "moved", "usual", "total", "range", "list", "comma", "remark"})
DATE_WORDS: Final = ["number", "year", "number", "month", "number", "day"]
DASHES: Final = "—–―－‐‑‒−─━"
WAVES: Final = "～〜∼"


class Token(NamedTuple):
    """kind: of VOCABULARY, or number, numeral, weekday, spelled, other. gap: a line ends before it (1), or more (2)."""

    kind: str
    text: str
    start: int
    end: int
    gap: int


class Sentence(NamedTuple):
    """What stands between two stops, headings or paragraphs; text is what it was read from."""

    tokens: tuple[Token, ...]
    text: str


def plain(text: str) -> str:
    """Half-width signs, one sort of dash, no invisible signs. ① stays what it is: as 1 it would run into a date."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    if " " < sign < "\x7f":
        return sign
    if sign in DASHES:
        return "-"
    if sign in WAVES:
        return "~"
    code = ord(sign)
    if 0xFF01 <= code <= 0xFF5E or 0x2F00 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", sign)  # full width; radicals and doubles that a PDF gives for 月 and 日
    return "" if unicodedata.category(sign) == "Cf" else sign


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a plain text, white space left out."""
    kinds = {word: kind for kind, words in VOCABULARY.items() for word in words}
    found: list[Token] = []
    gap = 2
    for match in _lexer(kinds).finditer(text):
        name, piece = match.lastgroup or "other", match.group()
        if name == "space":
            gap = max(gap, min(2, len(f"{piece}.".splitlines()) - 1))
            continue
        if name in ("word", "weekday"):
            piece = "".join(piece.split())
        found.append(Token(kinds[piece] if name == "word" else name, piece, match.start(), match.end(), gap))
        gap = 0
    return tuple(found)


def _lexer(words: Iterable[str]) -> re.Pattern[str]:
    """One alternative for each sort of token, longer words before shorter ones; a line may end inside a word.

    Not inside a number: 1, line end, 0 may be a page's number and a day.
    """
    written = (r"\s*".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))
    parts = (
        r"(?P<space>\s+)",
        r"(?P<spelled>[0-9]{4}(?P<mark>[-/.])[0-9]{1,2}(?P=mark)[0-9]{1,2}"
        r"|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿卅]{1,3}日)",
        r"(?P<numeral>[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))",
        r"(?P<number>[0-9]+)",
        r"(?P<weekday>(?:星\s*期|礼\s*拜|周)\s*[一二三四五六日天])",
        f"(?P<word>{'|'.join(written)})",
        r"(?P<other>.)",
    )
    return re.compile("|".join(parts), re.DOTALL)


def sentences_of(text: str) -> Iterator[Sentence]:
    """The sentences of a plain text: a line's end ends one only where a heading, a paragraph or a signature says so."""
    tokens = tokens_of(text)
    begin = 0
    for index, token in enumerate(tokens):
        if index > begin and _begins(tokens, index):
            yield _sentence(tokens[begin:index], text)
            begin = index
        if token.kind == "stop" or _is_full_stop(tokens, index):
            if index > begin:
                yield _sentence(tokens[begin:index], text)
            begin = index + 1
    if begin < len(tokens):
        yield _sentence(tokens[begin:], text)


def _sentence(tokens: tuple[Token, ...], text: str) -> Sentence:
    return Sentence(tokens, text[tokens[0].start : tokens[-1].end])


def _is_full_stop(tokens: tuple[Token, ...], index: int) -> bool:
    """An English full stop; not the one of 1.5 or of the heading 1."""
    return tokens[index].text == "." and index > 0 and tokens[index - 1].kind != "number"


def _begins(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a new sentence begins with this token, though the one before has no stop."""
    token, before = tokens[index], tokens[index - 1]
    if token.gap == 0:
        return False
    if token.kind in ("numeral", "opening") or token.text in ("现将", "经国务院批准", "经党中央、国务院批准"):
        return True
    if before.kind in UNFINISHED or (before.kind == "colon" and token.kind == "number"):
        return False
    if token.gap == 2 or before.kind == "colon" or _is_signature(tokens, index):
        return True
    return _is_label(tokens, index)


def _is_label(tokens: tuple[Token, ...], index: int) -> bool:
    """元旦: or 国庆节、中秋节: at the beginning of a line, or 1. or 1、 before it."""
    rest = tokens[index : index + 12]
    if rest[0].kind == "number" and len(rest) > 2 and rest[1].text in (".", "、"):
        rest = rest[2:]
    if rest[0].kind != "festival":
        return False
    for token in rest:
        if token.kind == "colon":
            return True
        if token.kind not in ("festival", "list") and token.text != "节":
            return False
    return False


def _is_signature(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a line that is nothing but a full date begins or ends here, and no sentence runs through it."""
    if [token.kind for token in tokens[index : index + 6]] == DATE_WORDS:
        return _ends_line(tokens, index + 6)
    begin = index - 6
    if begin < 0 or [token.kind for token in tokens[begin:index]] != DATE_WORDS or tokens[begin].gap == 0:
        return False
    return _ends_line(tokens, index)


def _ends_line(tokens: tuple[Token, ...], index: int) -> bool:
    if index >= len(tokens):
        return True
    after = tokens[index : index + 2]
    if after[0].gap == 0 or after[0].kind in CONTINUING:
        return False
    return not (after[0].kind == "open" and len(after) == 2 and (after[1].kind == "weekday" or after[1].text == "农"))
