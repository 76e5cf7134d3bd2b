"""Numbers as notices write them: 12, 1 0 (a blank from the page), 十二, 二〇二一, 两.

    number  := digits (blank digits)*  |  signs of 〇一二两三四五六七八九十百
    digits  := [0-9]{1,9}
Two readings where a blank parts the digits: '1 2月' may be the month 12, or the end of something and the month 2.
"""

from typing import Final

DIGITS: Final = "[0-9]{1,9}(?: [0-9]{1,9}){0,8}"
CHINESE: Final = "[〇○零一二两三四五六七八九十百]{1,8}"
PLAIN: Final[dict[str, int]] = dict(
    zip("〇○零一二两三四五六七八九", (0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)


def values(written: str) -> tuple[int, ...]:
    """What a matched number may be: one value, two where a blank parts its digits, none where it is no number."""
    if written[:1].isascii():
        joined, last = int(written.replace(" ", "")), int(written.rsplit(" ", 1)[-1])
        return (joined,) if joined == last else (joined, last)
    value = chinese(written)
    return () if value is None else (value,)


def value(written: str) -> int | None:
    """The one value of a number; None where there are two or none."""
    found = values(written)
    return found[0] if len(found) == 1 else None


def chinese(written: str) -> int | None:
    """十二 -> 12, 二〇二一 -> 2021, 一百二十 -> 120; None for what is no number (十十)."""
    if not any(sign in written for sign in "十百"):
        return int("".join(str(PLAIN[sign]) for sign in written)) if written else None
    hundreds, found, rest = written.rpartition("百")
    if found and (len(hundreds) != 1 or hundreds not in PLAIN):
        return None
    total = 100 * PLAIN[hundreds] if found else 0
    rest = rest.lstrip("零〇○") if found else rest
    tens, found, ones = rest.rpartition("十")
    if found:
        if len(tens) > 1 or (tens and tens not in PLAIN):
            return None
        total += 10 * (PLAIN[tens] if tens else 1)
    if len(ones) > 1:
        return None
    return total + (PLAIN[ones] if ones else 0)
