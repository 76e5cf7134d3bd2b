"""Numbers as Word writes automatic ones: ST_NumberFormat of ECMA-376 part 1, 17.18.59, those met in Chinese notices.

What is not certain is None, never a guess: chineseCounting from 100 on, a circle above 20.
"""

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def numeral(value: int, kind: str) -> str | None:
    """The number in that format: numeral(21, 'chineseCounting') is 二十一. '' for none and bullet, None: not known."""
    if kind in ("none", "bullet"):
        return ""
    write = _FORMATS.get(kind)
    return None if write is None else write(value)


def is_known(kind: str) -> bool:
    """Whether numbers of this format are written at all."""
    return kind in ("none", "bullet") or kind in _FORMATS


def _chinese(value: int) -> str | None:
    """Below 100: 十, 十一, 二十, 二十一."""
    if not 0 < value < 100:
        return "〇" if value == 0 else None
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _chinese_thousand(value: int) -> str | None:
    """一百, 一百零一, 一百一十, 一千零一; below 100 as `_chinese`."""
    if value < 100:
        return _chinese(value)
    if value > 9999:
        return None
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            written += ("零" if gap else "") + _DIGITS[digit] + _UNITS[place]
            gap = False
        elif written:
            gap = True
    return written


def _japanese(value: int) -> str | None:
    """百, 百一, 二百十: 一 is not written before a unit, nothing stands for a gap."""
    if not 0 < value < 10_000:
        return "〇" if value == 0 else None
    written = ""
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            written += ("" if digit == 1 and place else _DIGITS[digit]) + _UNITS[place]
    return written


def _digital(value: int) -> str | None:
    """Digit by digit: 一〇, 二一."""
    return str(value).translate(_FROM_ASCII) if value >= 0 else None


_FROM_ASCII: Final = {ord("0") + digit: ("〇" if digit == 0 else _DIGITS[digit]) for digit in range(10)}


def _roman(value: int) -> str | None:
    if not 0 < value < 4000:
        return None
    written = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written += letters * count
    return written


def _letter(value: int) -> str | None:
    """A … Z, AA, BB …: after Z the letter is doubled, not counted on."""
    if not 0 < value <= 26 * 30:
        return None
    times, which = divmod(value - 1, 26)
    return chr(ord("A") + which) * (times + 1)


def _small(write: Callable[[int], str | None]) -> Callable[[int], str | None]:
    def written(value: int) -> str | None:
        found = write(value)
        return None if found is None else found.lower()

    return written


def _from(first: str, last: int) -> Callable[[int], str | None]:
    """A row of characters that stand side by side in Unicode, from 1 to `last`."""
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= last else None


def _of(characters: str) -> Callable[[int], str | None]:
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else None


def _full_width(value: int) -> str | None:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value)) if value >= 0 else None


_FORMATS: Final[dict[str, Callable[[int], str | None]]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperRoman": _roman,
    "lowerRoman": _small(_roman),
    "upperLetter": _letter,
    "lowerLetter": _small(_letter),
    "chineseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "chineseCountingThousand": _chinese_thousand,
    "taiwaneseCountingThousand": _chinese_thousand,
    "japaneseCounting": _japanese,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "chineseLegalSimplified": _of("壹贰叁肆伍陆柒捌玖"),
    "ideographLegalTraditional": _of("壹貳參肆伍陸柒捌玖"),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 10),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
}
