"""Notices made wrong by chance, the same for the same seed: in their text, and in the XML, tags and bytes around it.

text   signs dropped, doubled, swapped; lines joined, cut, moved, dropped, doubled; digits changed; widths of
       punctuation; brackets without their other half; tabs, bars and invisible signs put in
marks  attributes and merges (vMerge, gridSpan, rowspan, mergeCell) with other values, whole elements dropped or
       doubled, single tags dropped, parts cut off, emptied or left out
"""

import random
import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final

Random = random.Random

WIDTHS: Final = {
    "，": ",",
    "。": ".",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "、": "，",
    "．": ".",
    "〔": "[",
    "〕": "]",
}
OTHER_WIDTHS: Final = {**WIDTHS, **{narrow: wide for wide, narrow in WIDTHS.items()}}
BRACKETS: Final = "()（）〔〕[]【】《》“”"
STRANGE: Final = (
    "\t",
    " ",
    "\u3000",
    "|",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x0b",
    "😀",
    "é",
    "〇",
    "每",
    "月",
    "0",
    "。",
    "\n",
)
VALUES: Final = ("", "0", "-1", "2", "99999", "4294967296", "1e9", "restart", "continue", "x", "A1:A1", "Z9:A1", "：")
TAG: Final = re.compile(r"<[^<>]*>")
ATTRIBUTE: Final = re.compile(r'(\s[\w:]+)="([^"<>]*)"')
MERGE: Final = re.compile(r'(vMerge w:val|gridSpan w:val|mergeCell ref|rowspan|colspan|row r|c r| s| t)="([^"<>]*)"')
ELEMENT: Final = re.compile(r"<(w:tc|w:tr|w:p|w:r|c|row|si|td|th|tr|p|div)\b[^<>]*>.{0,3000}?</\1>", re.S)
TEXT: Final = re.compile(r">([^<>]+)<")


def text(words: str, luck: Random) -> str:
    """One change of the text."""
    at = luck.randrange(len(words)) if words else 0
    kind = luck.randrange(8)
    if kind == 0:
        return words[:at] + words[at + 1 :]
    if kind == 1:
        return words[:at] + words[at : at + 1] + words[at:]
    if kind == 2:
        return words[:at] + words[at : at + 2][::-1] + words[at + 2 :]
    if kind == 3:
        return words[:at] + luck.choice(STRANGE) + words[at:]
    if kind == 4:
        return _changed(words, luck, str.isdigit, lambda sign: luck.choice("0123456789一三"))
    if kind == 5:
        return _changed(words, luck, OTHER_WIDTHS.__contains__, OTHER_WIDTHS.__getitem__)
    if kind == 6:
        return _changed(words, luck, BRACKETS.__contains__, lambda sign: luck.choice(("", sign + sign)))
    return lines(words, luck)


def lines(words: str, luck: Random) -> str:
    """One change of the lines."""
    found = words.split("\n")
    at, to = luck.randrange(len(found)), luck.randrange(len(found))
    kind = luck.randrange(5)
    if kind == 0 and at + 1 < len(found):
        found[at : at + 2] = [found[at] + found[at + 1]]
    elif kind == 1 and found[at]:
        cut = luck.randrange(len(found[at]))
        found[at : at + 1] = [found[at][:cut], found[at][cut:]]
    elif kind == 2:
        found.insert(to, found.pop(at))
    elif kind == 3:
        found.insert(at, found[at])
    elif len(found) > 1:
        del found[at]
    return "\n".join(found)


def _changed(words: str, luck: Random, which: Callable[[str], bool], how: Callable[[str], str]) -> str:
    places = [at for at, sign in enumerate(words) if which(sign)]
    if not places:
        return words
    at = luck.choice(places)
    return words[:at] + how(words[at]) + words[at + 1 :]


def marked(page: str, luck: Random) -> str:
    """One change of a page or part of marked text: mostly of the words, less often of attributes, merges, elements and
    single tags."""
    kind = luck.randrange(20)
    if kind < 10:
        return _one(page, luck, TEXT, lambda one: f">{_escaped(text(one[1], luck))}<")
    if kind < 13:
        return _one(page, luck, ATTRIBUTE, lambda one: f'{one[1]}="{luck.choice(VALUES)}"')
    if kind < 16:
        return _one(page, luck, MERGE, lambda one: f'{one[1]}="{luck.choice(VALUES)}"')
    if kind < 19:
        return _one(page, luck, ELEMENT, lambda one: luck.choice(("", one[0] + one[0])))
    return _one(page, luck, TAG, lambda one: luck.choice(("", one[0] + one[0], "<")))


def _one(page: str, luck: Random, which: re.Pattern[str], how: Callable[[re.Match[str]], str]) -> str:
    """One place that fits, changed; looked for behind a place by chance, else from the start."""
    found = which.search(page, luck.randrange(len(page) + 1)) or which.search(page)
    return page if found is None else page[: found.start()] + how(found) + page[found.end() :]


def _escaped(words: str) -> str:
    """What XML cannot hold taken out; a sign that opens a tag is a fault of its own (see `marked`)."""
    return "".join(sign for sign in words if sign not in "<>\x0b")


def package(members: Mapping[str, bytes], parts: tuple[str, ...], luck: Random) -> bytes:
    """A zip with changes in its parts; now and then a part cut off, emptied, left out, or the zip itself cut."""
    changed = dict(members)
    name = luck.choice([part for part in parts if part in members])
    whole = changed[name].decode()
    kind = luck.randrange(30)
    if kind == 0:
        changed[name] = whole[: luck.randrange(len(whole))].encode()
    elif kind == 1:
        changed[luck.choice(sorted(changed))] = b""
    elif kind == 2:
        del changed[luck.choice(sorted(changed))]
    else:
        for _ in range(luck.randint(1, 4)):
            whole = marked(whole, luck)
        changed[name] = whole.encode("utf-8", "surrogatepass")
    raw = zipped(changed)
    return raw[: luck.randrange(len(raw))] if kind == 3 else raw


def octets(raw: bytes, luck: Random) -> bytes:
    """A few bytes turned over, or the end cut off."""
    if luck.randrange(12) == 0:
        return raw[: luck.randrange(len(raw))]
    found = bytearray(raw)
    for _ in range(luck.randint(1, 3)):
        found[luck.randrange(len(found))] = luck.randrange(256)
    return bytes(found)


def unzipped(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return stream.getvalue()
