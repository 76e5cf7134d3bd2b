"""What says in prose who is responsible: a bracket, a line with a label, the subject of a sentence.

    bracket := open (labelled (sep labelled)* | units (sep (units | deadline))*) close    （牵头科室:A;责任科室:B）
             | behind a sentence, without the signs: 。责任单位：A、B。完成时限：6月底前。
    open    := ( | （ | 〔 | [ | 【        at the end of a paragraph or behind a sentence
    label   := header word of a unit, deadline, text … ':' value                          责任单位：A、B
    subject := unit (要 | 需 | 应 | 须 | 负责 | 牵头)                                       综合科要牵头推动…
Source: notice-patterns.md sections 1 and 2 (labels in prose).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from db.intake.headers import LONGEST, HeaderKind, HeaderWord, header_word
from db.intake.layouts.signs_of_cells import ROLE_WORDS, is_deadline, is_unit
from db.intake.numbering import leading
from db.intake.phrases.signs import folded
from db.rules.words import Role

LONGEST_BRACKET: Final = 400
_PAIRS: Final = {"(": ")", "（": "）", "〔": "〕", "[": "]", "【": "】", "［": "］"}
_ALIKE: Final = {"(": "(", "（": "(", ")": ")", "）": ")", "［": "[", "］": "]"}
_LABEL_IN: Final = re.compile(r"(?:^|[;；,，。、\s])([^;；,，。、:：\s]{2,12}[:：])")
_LABEL_LINE: Final = re.compile(r"\s{0,20}[【\[]?([^:：。；;，,]{2,24}?)[】\]]?\s{0,4}[:：]")
_PARTS: Final = re.compile(r"[;；,，。]")
_DUTIES: Final = ("要", "需", "应", "须", "负责", "牵头")
_CHARGES: Final = ("牵头", "负责", "配合", "落实", "办理", "承办", "协办")
_LONGEST_SUBJECT: Final = 60
_NO_SUBJECT: Final = ("对", "由", "在", "按", "根据", "为", "将", "把", "以", "主", "重", "必")


@dataclass(frozen=True, slots=True)
class Bracket:
    """start, end: of the whole bracket in the text, its signs included; deadline: the phrase in it, if it has one."""

    start: int
    end: int
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A line that begins with a label. whole: more than one label stands in it, so that `value` is the whole line;
    deadline: of a bracket on a line of its own, if it has one."""

    kind: HeaderKind
    role: Role | None
    value: str
    whole: bool = False
    deadline: str | None = None


def unit_brackets(text: str, numbered: bool = False) -> tuple[Bracket, ...]:
    """The brackets that name who is responsible: at the end of the text, or between sentences. One unit alone in a
    bracket (公开甲（某科）) is so at the end of a numbered item, or where a paragraph has several such."""
    found: list[Bracket] = []
    weak: list[Bracket] = []
    for start, end in _outermost(text):
        if not 3 <= end - start <= LONGEST_BRACKET:
            continue
        before, behind = text[max(0, start - 8) : start].rstrip()[-1:], text[end : end + 8].strip()[:1]
        at_end = not text[end:].strip("。；;.!！ \t\u3000\xa0") if len(text) - end <= 8 else False
        alone = at_end and not text[:start].strip()
        sentence = alone or (before in "。；;！!" if before else False)
        if not at_end and not sentence and behind not in ("。", "；", ";"):
            continue
        bracket = _bracket(text, start, end, sentence)
        if bracket is not None:
            found.append(bracket)
        elif not _is_unit_alone(text[:start]) and (bare := _bracket(text, start, end, True)) is not None:
            weak.append(bare)
            if at_end and numbered:
                found.append(bare)
    if len(weak) > 1:
        found = sorted({*found, *weak}, key=lambda one: one.start)
    return tuple(found) or _open_end(text)


def _is_unit_alone(text: str) -> bool:
    """（一）办公室 in front of a bracket: a heading with a second name."""
    head = leading(text)
    body = (head.rest if head else text).strip()
    return len(body) <= _LONGEST_SUBJECT and is_unit(body)


def _open_end(text: str) -> tuple[Bracket, ...]:
    """Labels behind the last sentence without any bracket: 公开甲。责任单位：某科。完成时限：6月底前。"""
    labels = [(one, header_word(one.group(1)[:-1])) for one in _LABEL_IN.finditer(text)]
    known = [(one, word) for one, word in labels if word.kind in ("unit", "deadline") and word.sure]
    first = next((one for one, _ in known if text[: one.start(1)].rstrip()[-1:] in tuple("。；;")), None)
    behind = [] if first is None else [pair for pair in known if pair[0].start() >= first.start()]
    units = next((one for one, word in behind if word.kind == "unit"), None)
    if first is None or units is None or not is_unit(re.split("[;；。]", text[units.end() :], maxsplit=1)[0].strip()):
        return ()
    return (Bracket(first.start(1), len(text.rstrip()), _labelled_deadline(text, behind)),)


def inner_brackets(text: str, ends: Sequence[Bracket]) -> tuple[str, ...]:
    """Brackets in mid sentence that say with a role word or a label who does what: 公开甲（某科负责），公开乙."""
    taken = {one.start for one in ends}
    return tuple(
        text[start:end]
        for start, end in _outermost(text)
        if start not in taken and 4 <= end - start <= LONGEST_BRACKET and _charges(text, start, end)
    )


def _charges(text: str, start: int, end: int) -> bool:
    plain = folded(text[start + 1 : end - 1])
    return any(word in plain for word in _CHARGES) and _bracket(text, start, end, False) is not None


def label_of(text: str) -> Label | None:
    """The label that a line begins with (责任单位：, 活动时间：), None where it begins with none that we know."""
    found = _LABEL_LINE.match(text[:64])
    if found is None:
        return None
    word = header_word(found.group(1))
    if word.kind == "unknown" or not word.sure or len(word.core) < 2:
        return None
    value = text[found.end() :].strip()
    if not value:
        return None
    others = [header_word(one.group(1)[:-1]) for one in _LABEL_IN.finditer(value)]
    whole = any(one.sure and one.kind in ("unit", "deadline") for one in others)
    if not whole:
        return Label(word.kind, word.base, value)
    known = list(zip(_LABEL_IN.finditer(value), others, strict=True))
    deadline = _labelled_deadline(value, known)
    if word.kind == "deadline" and any(one.kind == "unit" for one in others):
        deadline = deadline or value[: known[0][0].start(1)].strip("；;，,。 \t\u3000")
        return Label("unit", None, text.strip(), True, deadline)
    return Label(word.kind, None, text.strip(), True, deadline)


def subject_of(text: str) -> str | None:
    """The unit or group that a requirement begins with as its subject (办公室要…, 各科室需…), verbatim; else None."""
    body = text.lstrip()[:_LONGEST_SUBJECT]
    end = next((at for at, sign in enumerate(body) if sign in ",，。；;：:"), len(body))
    ends = sorted({at for word in _DUTIES for at in range(2, end) if body.startswith(word, at)})
    for at in ends:
        name = body[:at]
        plain = folded(name)
        if is_unit(plain) and not plain.startswith(_NO_SUBJECT) and not plain.endswith(ROLE_WORDS):
            return name
    return None


def unit_first(text: str) -> tuple[str, str] | None:
    """'X科：做好…' as unit and requirement; None where the text before the colon is no unit or nothing follows."""
    cut = next((at for at, sign in enumerate(text[:64]) if sign in ":："), -1)
    if cut < 2:
        return None
    name, rest = text[:cut].strip(), text[cut + 1 :].strip()
    letters = sum(1 for sign in rest[:40] if "\u4e00" <= sign <= "\u9fff")
    if letters < 8 or len(name) > 2 * LONGEST or label_of(text) is not None or not is_unit(name):
        return None
    return name, rest


def _outermost(text: str) -> list[tuple[int, int]]:
    """The outermost brackets that close, as (start, end); signs of either width match."""
    found: list[tuple[int, int]] = []
    wanted: list[str] = []
    start = 0
    for at, sign in enumerate(text):
        if sign in _PAIRS:
            if not wanted:
                start = at
            wanted.append(_ALIKE.get(_PAIRS[sign], _PAIRS[sign]))
        elif wanted and _ALIKE.get(sign, sign) == wanted[-1]:
            wanted.pop()
            if not wanted:
                found.append((start, at + 1))
        if len(wanted) > 8 or (wanted and at - start > LONGEST_BRACKET):
            wanted = []
    return found


def _bracket(text: str, start: int, end: int, sentence: bool) -> Bracket | None:
    inner = text[start + 1 : end - 1]
    labels = [(one, header_word(one.group(1)[:-1])) for one in _LABEL_IN.finditer(inner)]
    known = [(one, word) for one, word in labels if word.kind in ("unit", "deadline") and word.sure]
    parts = [part.strip() for part in _PARTS.split(inner) if part.strip()]
    times = [part for part in parts if is_deadline(part)]
    if any(word.kind == "unit" for _, word in known):
        return Bracket(start, end, _labelled_deadline(inner, known) or (times[0] if times else None))
    units = [part for part in parts if part not in times]
    if not units or not is_unit("，".join(units)):
        return None
    plain = folded(inner)
    sure = sentence or text[start] not in "(（" or len(units) > 1 or "、" in inner
    if not sure and not any(word in plain for word in _CHARGES):
        return None
    return Bracket(start, end, times[0] if times else None)


def _labelled_deadline(inner: str, known: Sequence[tuple[re.Match[str], HeaderWord]]) -> str | None:
    for number, (one, word) in enumerate(known):
        if word.kind == "deadline":
            end = known[number + 1][0].start() if number + 1 < len(known) else len(inner)
            return inner[one.end() : end].strip("；;，,。 ") or None
    return None
