"""The gate for what the clerk types: one normalisation before anything is stored. Nothing is ever cut.

NFC, not NFKC: full-width signs (全角) are part of official text.
"""

import re
import unicodedata
from typing import Final

NOTE_LIMIT: Final = 20_000
LINE_LIMIT: Final = 4_000
NAME_LIMIT: Final = 60
REASON_LIMIT: Final = 500
DONE_LIMIT: Final = 2_000
REQUIREMENT_LIMIT: Final = 4_000
TITLE_LIMIT: Final = 300
ADDRESS_LIMIT: Final = 500
SUBJECT_LIMIT: Final = 200
"""What a clock is about; also the name of an item, of a report and of a notice by which the office adds days off."""
SOURCE_LIMIT: Final = 100_000
"""The text of a notice by which the office adds days off."""
FILE_NAME_LIMIT: Final = 255
CAPTION_LIMIT: Final = 200
NUMBER_LIMIT: Final = 99_999
DAYS_LIMIT: Final = 999

_LINE_ENDS: Final = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
# Surrogates come from undecodable bytes and cannot be stored; noncharacters are no text by definition.
_INVALID: Final = re.compile(
    r"[\ud800-\udfff\ufdd0-\ufdef" + "".join(rf"\U{plane:04x}fffe-\U{plane:04x}ffff" for plane in range(17)) + "]+"
)
# Bidi controls, zero-width characters, soft hyphen, BOM, tags, fillers that count as letters and show nothing.
# Variation selectors stay: rare names need them.
_INVISIBLE: Final = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\uffa0\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_BREAKS: Final = re.compile(r"[\n\t]+")
_PAGE_ENDS: Final = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INDENT: Final = re.compile("\u3000+\\Z")


class TextRefused(ValueError):
    """The text cannot be taken as it stands: `message` says why in Chinese, `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def clean_text(
    text: str, *, limit: int, line_limit: int | None = None, single_line: bool = False
) -> tuple[str, tuple[str, ...]]:
    """The text as it is stored, and in Chinese what was changed in it (empty when nothing was).

    limit and line_limit count characters (code points) of the cleaned text. single_line turns line breaks
    and tabs into a space. The ends are stripped, but for the full-width indent of a first paragraph (首行空两格) where
    several lines are allowed. Cleaning a cleaned text changes nothing. Raises TextRefused over a limit.
    """
    changes: list[str] = []
    cleaned, count = _LINE_ENDS.subn("\n", text)
    if count:
        changes.append("统一了换行符")
    cleaned = _dropped(cleaned, _CONTROLS, "控制字符", changes)
    cleaned = _dropped(cleaned, _INVALID, "无效字符", changes)
    cleaned = _dropped(cleaned, _INVISIBLE, "不可见字符", changes)
    composed = unicodedata.normalize("NFC", cleaned)
    if composed != cleaned:
        changes.append("统一了字符的编码写法")
    stripped = composed.strip()
    if stripped and not single_line:
        stripped = _indent_of(composed) + stripped
    if stripped != composed:
        changes.append("去掉了首尾的空白")
    if single_line:
        stripped, count = _BREAKS.subn(" ", stripped)
        if count:
            changes.append("换行和制表符改成了空格")
    _refuse_too_long(stripped, limit, line_limit)
    return stripped, tuple(changes)


def quoted_text(text: str) -> tuple[str, tuple[str, ...]]:
    """A notice's own words as they are stored, and what was changed: verbatim but for what is no text.

    Nothing is normalised, and bidi and zero-width characters stay: the notice is quoted, and every door to the screen
    and into a file marks them. A page break ends a line.
    """
    changes: list[str] = []
    kept, count = _PAGE_ENDS.subn("\n", text)
    if count:
        changes.append("统一了换行符")
    kept = _dropped(kept, _CONTROLS, "控制字符", changes)
    return _dropped(kept, _INVALID, "无效字符", changes), tuple(changes)


def without_invisible(text: str) -> str:
    """The text without bidi and zero-width characters, which must not keep two equal words apart in a search."""
    return _INVISIBLE.sub("", text)


def _indent_of(text: str) -> str:
    """The full-width spaces right before the first character that shows."""
    found = _INDENT.search(text[: len(text) - len(text.lstrip())])
    return found[0] if found else ""


def _dropped(text: str, pattern: re.Pattern[str], what: str, changes: list[str]) -> str:
    kept = pattern.sub("", text)
    if kept != text:
        changes.append(f"去掉了 {len(text) - len(kept)} 个{what}")
    return kept


def _refuse_too_long(text: str, limit: int, line_limit: int | None) -> None:
    if len(text) > limit:
        raise TextRefused(
            f"文字太长：共 {len(text)} 字，上限是 {limit} 字，没有保存。",
            "请删减或分成几次填写；原文没有被截断。",
        )
    if line_limit is None:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > line_limit:
            raise TextRefused(
                f"第 {number} 行太长：共 {len(line)} 字，一行的上限是 {line_limit} 字，没有保存。",
                "请在这一行中间换行；原文没有被截断。",
            )
