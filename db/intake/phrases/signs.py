"""The normalised copy of a text that phrases are matched on, with the way back to the verbatim.

What is folded, sign by sign (notice-patterns.md, section 3, edge rules; section 6, noise):
    width           full-width letters, digits and punctuation, the radicals of a PDF font (⽉ ⽇): as NFKC, where that
                    is one sign for one; circled and raised numbers (① ²) stay, since they are no digits of a date
    dashes, waves   — – ― － ─ ～ 〜 and their kin: '-'
    brackets        ﹝﹞ to 〔〕, 「」『』 to “”; 《》 〔〕 【】 stay
    traditional     the signs of headings, units and time limits (務 時 責 單 …): simplified
    nothing         white space, and signs without a width of their own (soft hyphen, byte order mark, controls)
White space between two digits stays, as one blank: '附件2 3月底前' is not the month 23. With spaces=True every run of
white space stays, as one '\\n' where it has a line break, else as one blank; at both ends it goes all the same.
"""

import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from db.intake.phrases.remembering import SignTable, remembered

DASHES: Final = "—–―‒‐‑−─━﹣－~～〜﹏∼"
TRADITIONAL: Final = (
    "務务時时責责單单辦办關关於于計计劃划執执實实處处個个開开內内條条項项範范學学會会機机構构業业門门發发佈布報报題题"
    "類类標标準准備备註注號号層层級级區区縣县鎮镇鄉乡黨党紀纪質质監监檢检測测隊队間间書书長长後后週周兩两財财廳厅產产"
    "體体動动態态續续進进歷历曆历舊旧屆届員员導导領领協协調调統统牽牵頭头負负階阶據据總总結结網网絡络應应對对與与從从"
    "來来過过還还達达運运輸输農农環环護护衛卫醫医藥药議议論论評评審审認认證证許许訂订記记設设訴诉詢询語语課课談谈請请"
    "諾诺講讲譯译讀读變变貫贯貳贰賬账額额願愿預预風风養养駐驻驗验權权價价傳传優优僅仅億亿劑剂劇剧勞劳勢势勵励匯汇參参"
    "雙双壓压園园圖图團团圍围場场墊垫獎奖婦妇嚴严寫写將将專专尋寻屬属幹干廣广廠厂彙汇徵征復复數数斷断晉晋暫暂術术樓楼"
    "樣样檔档歸归決决沒没滿满潔洁濟济現现當当畢毕療疗確确種种積积穩稳競竞節节簡简糧粮紅红約约納纳純纯組组終终經经維维"
    "緊紧線线編编練练縮缩織织績绩繼继聯联職职聽听脫脱臨临舉举葉叶補补製制規规視视覽览觀观觸触錄录鐵铁鋼钢鍵键際际隨随"
    "險险難难電电靜静響响順顺須须頻频顯显飲饮館馆點点齊齐龍龙資资訊讯佔占車车輛辆鄰邻郵邮釋释"
)
"""Each traditional sign with its simplified one, pair by pair."""


def _folds() -> dict[str, str]:
    pairs = iter(TRADITIONAL)
    table = dict(zip(pairs, pairs, strict=True))
    table.update(dict.fromkeys(DASHES, "-"))
    table.update(dict(zip("﹝﹞「」『』﹁﹂﹃﹄", "〔〕“”“”“”“”", strict=True)))
    return table


FOLDS: Final = _folds()


@dataclass(frozen=True, slots=True)
class Normal:
    """text: the normalised copy; verbatim: what it was made of; places: the index in it of each sign of text."""

    text: str
    verbatim: str
    places: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the verbatim, its inner white space included, none at its ends."""
        if start >= end:
            place = self.places[start] if start < len(self.places) else len(self.verbatim)
            return place, place
        return self.places[start], self.places[end - 1] + 1

    def at(self, start: int, end: int) -> str:
        """text[start:end] as it stands in the source."""
        first, last = self.span(start, end)
        return self.verbatim[first:last]

    def line(self, start: int, end: int) -> str:
        """The same on one line: without line breaks and signs that are not seen, as a task's fields are kept."""
        return one_line(self.at(start, end))


def normal(text: str, *, spaces: bool = False) -> Normal:
    """The normalised copy of a text. One sign of the copy is one sign of the source."""
    copy = text.translate(_FOLDED)
    if len(copy) == len(text) and " " not in copy and "\n" not in copy:
        # Nearly all: no white space in it, nothing that is not seen.
        return Normal(copy, text, array("L", range(len(text))))
    signs: list[str] = []
    places = array("L")
    for place, sign in _kept(text, spaces):
        signs.append(sign)
        places.append(place)
    return Normal("".join(signs), text, places)


def _kept(text: str, spaces: bool) -> Iterator[tuple[int, str]]:
    gap = ""
    gap_at = 0
    last = ""
    for place, sign in enumerate(text):
        folded = _FOLDED[ord(sign)]
        if folded == " " or folded == "\n":
            if not gap:
                gap_at = place
            gap = "\n" if "\n" in (gap, folded) else " "
            continue
        if not folded:
            continue
        if gap and last and (spaces or (_is_digit(last) and _is_digit(folded))):
            yield gap_at, gap if spaces else " "
        gap = ""
        last = folded
        yield place, folded


def _is_digit(sign: str) -> bool:
    return "0" <= sign <= "9"


def folded_sign(sign: str) -> str:
    """One sign as it is matched: itself, another one, ' ' or '\\n' for white space, '' for what is not seen."""
    if sign in FOLDS:
        return FOLDS[sign]
    if sign in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        return "\n"
    if sign.isspace():
        return " "
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Cf"):
        return ""
    if kind == "No":
        return sign
    one = unicodedata.normalize("NFKC", sign)
    if len(one) != 1 or one.isspace():
        return sign
    return FOLDS.get(one, one)


_FOLDED: Final = SignTable(folded_sign)


@remembered
def folded(text: str) -> str:
    """The normalised copy alone, for what is only compared."""
    return normal(text).text


def one_line(text: str) -> str:
    """A text without line breaks, tabs and control signs."""
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign.isprintable() or unicodedata.category(sign) == "Zs")
