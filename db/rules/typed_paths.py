"""What the clerk types, pastes or drags in order to attach something, as paths and web addresses.

A terminal hands a dragged file over as text, each in its own way: quoted, with backslashes, as a file:// address,
several in one line. What was meant can only be told by looking which files are there, so every way is named:

    text      = addresses | one path | lines | words
    addresses = http(s) addresses with white space between; nothing else is tried then
    one path  = the whole text, then the same without its quotes, as a file:// address, without backslashes
    lines     = one path in each line
    words     = as a shell splits them: '…', "…", \\x; “…” and ‘…’ where a word begins; then wherever / or ~/ begins
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from db.rules.value import value

TYPED_LIMIT: Final = 20_000
"""The most characters that a paste of paths may have: some hundred files. What is longer is another text."""


@value
class PathText:
    """A path. A leading ~ stands for the home folder: who opens files expands it. Bytes that are no UTF-8 are
    surrogates, as in os.fsdecode."""

    text: str


@value
class WebAddress:
    """An address that begins with http:// or https://."""

    text: str


Typed = tuple[PathText | WebAddress, ...]
"""One way to read the text: what is to be attached, in order."""

_QUOTES: Final = {"'": "'", '"': '"', "“": "”", "‘": "’", "＂": "＂", "＇": "＇"}
_SHELL_QUOTES: Final = "'\""
# Windows' own file dialogs put U+202A before a path that is copied from them.
_UNSEEN: Final = frozenset("\u200b\u202a\u202b\u202c\u202d\u202e\ufeff")
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_FILE: Final = re.compile(r"file:(?://(?:localhost)?(?=/)|(?=/(?!/)))", re.IGNORECASE)
_WINDOWS: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\[^\\\s]")
# From the first blank of a row to the last and never back: a row of blanks is looked at once.
_BEGINNING: Final = re.compile(r"(?<!\s)\s++(?=/|~/|file:/|[A-Za-z]:[\\/])", re.IGNORECASE)
_CLOSED: Final = re.compile(r'(?:[^"\\]|\\.)*+"', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_PERCENT: Final = re.compile(rb"%([0-9A-Fa-f]{2})")


def read_typed(text: str) -> tuple[Typed, ...]:
    """Every way to read the text, in the order to try; () for nothing but white space.

    The last is the likeliest where none is there, so that what is missing can be named (it may stand a second time):
    several paths where several begin, else the barest reading as one path.
    """
    whole = _bare(text)
    if not whole:
        return ()
    if addresses := _addresses(whole):
        return (addresses,)
    ways: list[Typed] = [(PathText(one),) for one in _readings(whole)]
    words, lines, beginnings = _taken(_words(whole)), _lines(whole), _by_beginnings(whole)
    if len(words) == 1:
        ways.append(words)
    likeliest = next((way for way in (*reversed(lines), beginnings) if len(way) > 1), ways[-1])
    ways += [way for way in (*lines, words, beginnings) if len(way) > 1]
    return (*dict.fromkeys(ways), likeliest)


def meant(text: str, is_there: Callable[[str], bool]) -> Typed:
    """The first way of read_typed whose every path is there, else the likeliest; () for nothing typed."""
    ways = read_typed(text)
    fitting = (way for way in ways if all(isinstance(item, WebAddress) or is_there(item.text) for item in way))
    return next(fitting, ways[-1] if ways else ())


def _addresses(whole: str) -> Typed:
    """The text as addresses; one that is followed by other words is left whole, to be refused as it stands."""
    words = [_unquoted(word) for word in whole.split()]
    if all(_WEB.match(word) for word in words):
        return tuple(WebAddress(word) for word in words)
    bare = _unquoted(whole)
    return (WebAddress(bare),) if _WEB.match(bare) and "\n" not in bare else ()


def _readings(one: str) -> Iterator[str]:
    """The ways to read a text as one path: as it stands, without quotes, as a file:// address, without backslashes."""
    yield one
    bare = _unquoted(one)
    yield bare
    if (path := _of_file_address(bare)) is not None:
        yield path
    elif bare == one and "\\" in one and not _WINDOWS.match(one):
        yield _ESCAPE.sub(r"\1", one)


def _lines(whole: str) -> tuple[Typed, ...]:
    """One path in each line, as the lines stand and as they are barest; () for a single line."""
    lines = [bare for line in whole.splitlines() if (bare := _bare(line))]
    return (_taken(lines), _taken(map(_barest, lines))) if len(lines) > 1 else ()


def _by_beginnings(whole: str) -> Typed:
    """Paths with blanks in them that were dropped one behind another without quotes."""
    return _taken(map(_barest, _BEGINNING.split(whole)))


def _barest(one: str) -> str:
    return list(_readings(one))[-1]


def _taken(words: Iterable[str]) -> Typed:
    return tuple(map(_one, words))


def _one(word: str) -> PathText | WebAddress:
    path = _of_file_address(word)
    return WebAddress(word) if _WEB.match(word) else PathText(word if path is None else path)


def _unquoted(text: str) -> str:
    """Without the pair of quotes around the whole, where the first and the last character are one pair."""
    opening, closing, inner = text[:1], _QUOTES.get(text[:1]), text[1:-1]
    if closing is None or len(text) < 3 or text[-1] != closing:
        return text
    if opening == closing:
        return text if closing in inner else inner
    depth = 0
    for sign in inner:
        depth += (sign == opening) - (sign == closing)
        if depth < 0:
            return text
    return text if depth else inner


def _of_file_address(text: str) -> str | None:
    """The path of a file:// address of this machine, None for anything else."""
    found = _FILE.match(text)
    if found is None:
        return None
    try:
        raw = text[found.end() :].encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return None
    path = _PERCENT.sub(lambda code: bytes([int(code[1], 16)]), raw).decode("utf-8", "surrogateescape")
    return path[1:] if _WINDOWS.match(path[1:]) else path


def _bare(text: str) -> str:
    """Without the white space and the unseen signs around. A blank behind a backslash belongs to it."""
    begins, ends = 0, len(text)
    while begins < ends and _is_blank(text[begins]):
        begins += 1
    while ends > begins and _is_blank(text[ends - 1]):
        ends -= 1
    is_escaped = begins < ends < len(text) and text[ends - 1] == "\\"
    return text[begins : ends + is_escaped]


def _is_blank(sign: str) -> bool:
    return sign.isspace() or sign in _UNSEEN


def _words(text: str) -> list[str]:
    """The words as a shell splits them; a quote without its partner is a character like any other."""
    words: list[str] = []
    closings = _Closings(text)
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        word, at = _word(text, at, closings)
        words.append(word)
    return words


def _word(text: str, at: int, closings: "_Closings") -> tuple[str, int]:
    """The word that begins at `at`, and where it ends."""
    parts: list[str] = []
    begins = at
    is_windows = _WINDOWS.match(text, at) is not None
    while at < len(text) and not text[at].isspace():
        sign = text[at]
        closed = closings.of(at) if sign in _SHELL_QUOTES or (sign in _QUOTES and at == begins) else None
        if closed is not None:
            inner = text[at + 1 : closed]
            parts.append(re.sub(r'\\(["\\$`])', r"\1", inner) if sign == '"' and not _WINDOWS.match(inner) else inner)
            at = closed + 1
        elif sign == "\\" and not is_windows and at + 1 < len(text):
            parts.append(text[at + 1])
            at += 2
        else:
            parts.append(sign)
            at += 1
    return "".join(parts), at


class _Closings:
    """Where quotes are closed, asked from left to right: what was found, or found missing, is not looked for again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[str, bool], int] = {}

    def of(self, at: int) -> int | None:
        """Where the quote that opens at `at` is closed; None where it is not. “…” counts around a whole word only."""
        text, quote = self._text, self._text[at]
        has_escapes = quote == '"' and not _WINDOWS.match(text, at + 1)
        key = _QUOTES[quote], has_escapes
        if self._found.get(key, -1) <= at:
            self._found[key] = self._next(*key, at + 1)
        end = self._found[key]
        if end == len(text):
            return None
        is_whole = quote in _SHELL_QUOTES or not text[end + 1 : end + 2].strip()
        return end if is_whole else None

    def _next(self, closing: str, has_escapes: bool, start: int) -> int:
        """The first closing from `start`, len(text) for none; one behind a backslash is none."""
        if has_escapes:
            found = _CLOSED.match(self._text, start)
            return found.end() - 1 if found else len(self._text)
        end = self._text.find(closing, start)
        return len(self._text) if end < 0 else end
