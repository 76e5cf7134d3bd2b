"""The one door for text that goes into a file: nothing invisible, nothing that makes a writer raise.

Line ends of every kind become LF. Marked as ⟨U+202E⟩ are: control characters other than LF and TAB, lone
surrogates, noncharacters, bidi and other invisible format characters (zero-width joiners and variation
selectors stay: scripts, emoji and rare Chinese characters need them). Nothing is normalised:
全角 and combining sequences stay as they were typed.
"""

import re
from typing import Final

_LINE_END: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)


def file_text(text: str) -> str:
    """The text as it may stand in any file; idempotent."""
    if text.isprintable():  # quick, and stricter than what is marked here
        return text
    return _UNSEEN.sub(_marked, _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line."""
    return file_text(text).replace("\n", " ")


def json_safe(dumped: str) -> str:
    """JSON text whose unseen characters are \\uXXXX escapes: the values stay exact, a terminal sees nothing raw.

    A lone surrogate has no exact form in UTF-8 and is marked. The line ends between the values are left alone.
    """
    return _UNSEEN.sub(_escaped, _SURROGATE.sub(_marked, dumped))


def has_surrogate(text: str) -> bool:
    """Whether json_safe has to change a value."""
    return _SURROGATE.search(text) is not None


def _marked(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
