"""A spreadsheet's number as its cell shows it: dates, percentages, padded numbers, units behind a number.

Grammar of a format code (ECMA-376 part 1, 18.8.30, as far as it is met here):
    code     = section { ';' section }          positive, negative, zero, text
    section  = { literal | bracket | date | digits | '@' | 'General' }
    literal  = '"' … '"' | '\\' char | '_' char | '*' char | any other char
    bracket  = '[' colour | '$' sign '-' locale | 'DBNum1' | condition | elapsed time ']'
    date     = y… | m… | d… | h… | s… | a… | AM/PM
    digits   = { 0 | # | ? | ',' | '.' | '%' }
What goes beyond it (fractions, exponents, conditions, elapsed time) is given as a plain number, and not as sure.
Text is scanned once; a code longer than 255 characters is none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from db.intake.readers.chinese_dates import in_chinese

_YEAR_MONTH, _MONTH_DAY, _FULL = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_NOON: Final = '上午/下午h"时"mm"分"'
BUILT_IN: Final[dict[int, str]] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy",
    31: _FULL, 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _NOON, 35: _NOON + 'ss"秒"', 36: _YEAR_MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@", 50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH,
    53: _MONTH_DAY, 54: _MONTH_DAY, 55: _NOON, 56: _NOON + 'ss"秒"', 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
"""Formats that a file names by number alone; 27 to 36 and 50 to 58 are a Chinese Excel's, 14 is its short date."""

_SYSTEM: Final = (("[$-F800]", _FULL), ("[$-F400]", "h:mm:ss"))
"""The system's long date and its time, whatever the code goes on to say: those of a Chinese system."""
_LONGEST: Final = 255
_LAST_SERIAL: Final = 2_958_465
_GENERAL: Final = ("general", "g/通用格式")
_DIGITS: Final = "0#?.,%"
_NOONS: Final = {"am/pm": ("AM", "PM"), "a/p": ("A", "P"), "上午/下午": ("上午", "下午")}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEK: Final = "一二三四五六日"

Kind = Literal["literal", "date", "digits", "text", "general", "noon", "unknown", "chinese"]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as its cell shows it; sure: False where the format was not understood and the plain number stands."""

    text: str
    sure: bool = True


def shown(value: float, code: str, *, from_1904: bool = False) -> Shown:
    """A number by its format code. from_1904: the workbook counts days from 1904, not from 1900."""
    tokens, is_own_sign = _section(value, code)
    kinds = {token.kind for token in tokens}
    if "unknown" in kinds or not tokens:
        return Shown(plain(value), not code)
    if "chinese" in kinds:
        small = value == int(value) and 0 < value < 10 and kinds <= {"chinese", "general", "digits"}
        return Shown("一二三四五六七八九"[int(value) - 1]) if small else Shown(plain(value), False)
    if "date" in kinds:
        moment = None if "digits" in kinds else _moment(value, from_1904)
        return Shown(plain(value), False) if moment is None else Shown(_dated(tokens, moment))
    return _numbered(value, tokens, is_own_sign)


def worded(text: str, code: str) -> str:
    """A text by its format code, which may put words around it ('"第"@"条"')."""
    if "@" not in code:
        return text
    tokens = next((found for found in map(_tokens, reversed(_sections(code))) if _Token("text", "@") in found), [])
    return "".join(
        text if token.kind == "text" else token.text for token in tokens if token.kind in ("text", "literal")
    )


def plain(value: float) -> str:
    """A number without any format: 3 for 3.0, never an exponent."""
    if value == int(value):
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def _section(value: float, code: str) -> tuple[list[_Token], bool]:
    """The tokens for this value, and whether they write the sign of a negative one themselves."""
    code = next((chinese for mark, chinese in _SYSTEM if code.startswith(mark)), code)
    sections = _sections(code)
    if value < 0 and len(sections) > 1:
        return _tokens(sections[1]), True
    if value == 0 and len(sections) > 2:
        return _tokens(sections[2]), False
    return _tokens(sections[0]), False


def _sections(code: str) -> list[str]:
    if len(code) > _LONGEST:
        return ["[unknown]"]
    found, start, at = [], 0, 0
    while at < len(code):
        if code[at] == ";":
            found.append(code[start:at])
            start = at + 1
        at = _end(code, at)
    return [*found, code[start:]]


def _end(code: str, at: int) -> int:
    """Where the literal, bracket or single character that begins here ends."""
    closing = {'"': '"', "[": "]"}.get(code[at])
    if closing:
        end = code.find(closing, at + 1)
        return len(code) if end < 0 else end + 1
    return at + (2 if code[at] in "\\_*" else 1)


def _tokens(section: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(section):
        end = _end(section, at)
        lower = section[at:].lower()
        noon = next((word for word in _NOONS if lower.startswith(word)), None)
        if noon is not None:
            end = at + len(noon)
            found.append(_Token("noon", noon))
        elif lower.startswith(_GENERAL):
            end = at + next(len(word) for word in _GENERAL if lower.startswith(word))
            found.append(_Token("general", ""))
        elif section[at] in _DIGITS:
            while end < len(section) and section[end] in _DIGITS:
                end += 1
            found.append(_Token("digits", section[at:end]))
        elif lower[0] in "ymdhsa":
            while end < len(section) and section[end].lower() == lower[0]:
                end += 1
            found.append(_Token("date", lower[: end - at]))
        else:
            found.extend(_single(section[at:end]))
        at = end
    return _in_dates(found)


def _single(text: str) -> list[_Token]:
    """A literal, bracket or other character as a token; colours, locales and fillings are none."""
    if text[0] == '"':
        return [_Token("literal", text.strip('"'))]
    if text[0] == "\\":
        return [_Token("literal", text[1:])]
    if text[0] in "_*":
        return []
    if text == "@":
        return [_Token("text", "@")]
    if text[0] == "[":
        return _bracket(text[1:].rstrip("]"))
    if text.lower() in ("e", "g", "b", "/", "n") or text.isdecimal():
        # A slash parts a date ('yyyy/m/d') and makes a fraction of digits; the latter is told by its neighbours.
        return [_Token("literal" if text == "/" else "unknown", text)]
    return [_Token("literal", text)]


def _bracket(inside: str) -> list[_Token]:
    lower = inside.lower()
    if lower.startswith("$"):
        sign = inside[1:].partition("-")[0]
        return [_Token("literal", sign)] if sign else []
    if lower == "dbnum1":
        return [_Token("chinese", inside)]
    colours = ("black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黑色", "蓝色", "红色", "绿色")
    if lower in colours or lower.startswith(("color", "颜色")):
        return []
    return [_Token("unknown", inside)]


def _in_dates(tokens: list[_Token]) -> list[_Token]:
    """In a date, an m behind hours or before seconds is minutes, written n from here on; a point is a point."""
    dates = [at for at, token in enumerate(tokens) if token.kind == "date"]
    found = list(tokens)
    for at, token in enumerate(tokens if dates else ()):
        if token.kind == "digits" and not token.text.strip(".,"):
            found[at] = _Token("literal", token.text)
    for order, at in enumerate(dates):
        before = tokens[dates[order - 1]].text[0] if order else ""
        behind = tokens[dates[order + 1]].text[0] if order + 1 < len(dates) else ""
        text = tokens[at].text
        if text[0] == "m" and len(text) <= 2 and (before == "h" or behind == "s"):
            found[at] = _Token("date", "n" * len(text))
    return found


def _moment(value: float, from_1904: bool) -> datetime | None:
    if not 0 <= value < _LAST_SERIAL:
        return None
    if from_1904:
        first = datetime(1904, 1, 1)
    elif value < 60:
        first = datetime(1899, 12, 31)
    elif value < 61:
        return None  # 29 February 1900, a day that Excel alone knows.
    else:
        first = datetime(1899, 12, 30)
    # A day's fraction is rounded to the second: 0.5 of 86,400 is exact, 0.7 is not.
    return first + timedelta(days=int(value), seconds=round((value - int(value)) * 86_400))


def _dated(tokens: list[_Token], moment: datetime) -> str:
    parts = [token.text for token in tokens if token.kind == "date"]
    plain_date = in_chinese(parts, "".join(token.text for token in tokens if token.kind == "literal"), moment)
    if plain_date is not None:
        return plain_date
    has_noon = any(token.kind == "noon" for token in tokens)
    written = ""
    for token in tokens:
        if token.kind == "date":
            written += _date_part(token.text, moment, has_noon)
        elif token.kind == "noon":
            written += _NOONS[token.text][moment.hour >= 12]
        elif token.kind == "literal":
            written += token.text
    return written.strip()


def _date_part(text: str, moment: datetime, has_noon: bool) -> str:
    letter, length = text[0], len(text)
    if letter == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if letter == "m" and length > 2:
        return _MONTHS[moment.month - 1][: 3 if length == 3 else None]
    if letter == "a" or (letter == "d" and length > 2):
        day = _WEEK[moment.weekday()]
        return f"星期{day}" if length > 3 else f"周{day}"
    hour = (moment.hour - 1) % 12 + 1 if has_noon else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[letter]
    return f"{number:02d}" if length > 1 else str(number)


def _numbered(value: float, tokens: list[_Token], is_own_sign: bool) -> Shown:
    places = [token for token in tokens if token.kind in ("digits", "general", "text")]
    if not places:
        # Words alone, instead of the number ('"无"').
        return Shown("".join(token.text for token in tokens).strip())
    if len(places) > 1 or any(token.text == "/" for token in tokens):
        return Shown(plain(value), False)
    written = ""
    for token in tokens:
        if token.kind == "digits":
            number = _digits(abs(value), token.text)
            if number is None:
                return Shown(plain(value), False)
            written += number
        elif token.kind in ("general", "text"):
            written += plain(abs(value))
        else:
            written += token.text
    sign = "-" if value < 0 and not is_own_sign and any(one in written for one in "123456789") else ""
    return Shown(sign + written.strip())


def _digits(value: float, pattern: str) -> str | None:
    """A number not below 0 by 0, # , . and %; None where the pattern says more."""
    bare = pattern.rstrip("%")
    percents = len(pattern) - len(bare)
    whole, _, part = bare.partition(".")
    if not bare or "%" in bare or "." in part or "," in part or whole.endswith(",") or "?" in bare or percents > 1:
        return None
    if value >= 1e15 or len(part) > 15:
        return None
    exact = Decimal(repr(value)) * (100 if percents else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    units, _, decimals = format(rounded, "f").partition(".")
    least = part.rfind("0") + 1
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    needed = whole.count("0")
    units = units.lstrip("0").zfill(needed) if units.strip("0") == "" else units.zfill(needed)
    if "," in whole:
        units = f"{int(units or 0):,}" if needed <= 1 else units
    return units + ("." + decimals if decimals else "") + "%" * percents
