"""The signs of a page -> tags and text, in one pass that never looks back.

    page   ::= ( comment | declaration | end | start | text )*
    comment      ::= "<!--" … "-->"           unclosed: to the end of the page
    declaration  ::= ( "<!" | "<?" ) … ">"    of Word too: <![if !supportLists]>
    end          ::= "</" NAME … ">"
    start        ::= "<" NAME attribute* "/"? ">"
    attribute    ::= WORD ( "=" ( '"' … '"' | "'" … "'" | WORD ) )?
    text         ::= anything else, entities resolved; a "<" that opens nothing is text
    raw          ::= what stands between <script>, <style>, <textarea>, <title>, <xmp> and their end

The standard library's html.parser takes quadratic time on many unclosed tags and comments (measured: 40,000 times
"<!--" 10 s, and AssertionError on "<![<!["), so this is our own. What is not found once is not searched again.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

RAW: Final = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
MAX_ATTRIBUTES: Final = 200

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]{0,63}")
_BLANK: Final = re.compile(r"[\s/]*")
_WORD: Final = re.compile(r"[^\s=>/][^\s=>/]*")
_EQUALS: Final = re.compile(r"\s*=\s*")
_BARE: Final = re.compile(r"[^\s>]*")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")


@dataclass(frozen=True, slots=True)
class Start:
    """<name …>: names in lower case; of attributes given twice the first counts."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """</name>"""

    name: str


Token = Start | End | str


def tokens(page: str) -> Iterator[Token]:
    """Tags, and the text between them with its entities resolved. Never raises, whatever the page is."""
    return _Scan(page).tokens()


def unescaped(text: str) -> str:
    """&amp; &#160; &nbsp &#x4efb; resolved; what is no entity stays. Numbers without end are none."""
    return _ENTITY.sub(lambda found: html.unescape(found.group()), text) if "&" in text else text


class _Scan:
    def __init__(self, page: str) -> None:
        self.page = page
        self.missing: set[str] = set()

    def tokens(self) -> Iterator[Token]:
        page, at, shown = self.page, 0, 0
        while True:
            at = page.find("<", at)
            if at < 0:
                break
            step = self._at(at)
            if step is None:
                at += 1
                continue
            token, after = step
            if shown < at:
                yield unescaped(page[shown:at])
            if token is not None:
                yield token
            if isinstance(token, Start) and token.name in RAW:
                text, after = self._raw(token.name, after)
                if token.name in {"textarea", "xmp", "title"}:
                    yield unescaped(text)
                yield End(token.name)
            at = shown = after
        if shown < len(page):
            yield unescaped(page[shown:])

    def _at(self, at: int) -> tuple[Token | None, int] | None:
        """What begins at this '<' and where it ends; None: it is text."""
        page = self.page
        following = page[at + 1 : at + 2]
        if following in ("!", "?"):
            if page.startswith("<!--", at):
                end = self._find("-->", at + 2)
                return None, len(page) if end < 0 else end + 3
            end = self._find(">", at)
            return None if end < 0 else (None, end + 1)
        if following == "/":
            name = _NAME.match(page, at + 2)
            end = self._find(">", at)
            return None if name is None or end < 0 else (End(name.group().lower()), end + 1)
        name = _NAME.match(page, at + 1)
        return None if name is None else self._start(name.group().lower(), name.end())

    def _start(self, name: str, at: int) -> tuple[Token, int] | None:
        """A start tag with its attributes; a value in quotes may hold '>'. None: it is never closed, so it is text."""
        page = self.page
        if self._find(">", at) < 0:
            return None
        attributes: dict[str, str] = {}
        while True:
            at = _BLANK.match(page, at).end()  # type: ignore[union-attr]  # matches the empty string too
            if at >= len(page):
                return Start(name, attributes), at
            if page[at] == ">":
                return Start(name, attributes), at + 1
            word = _WORD.match(page, at)
            if word is None:
                at += 1
                continue
            at = word.end()
            value = ""
            equals = _EQUALS.match(page, at)
            if equals is not None:
                value, at = self._value(equals.end())
            if len(attributes) < MAX_ATTRIBUTES:
                attributes.setdefault(word.group()[:64].lower(), unescaped(value))

    def _value(self, at: int) -> tuple[str, int]:
        page = self.page
        quote = page[at : at + 1]
        if quote in ('"', "'"):
            end = self._find(quote, at + 1)
            if end >= 0:
                return page[at + 1 : end], end + 1
            at += 1
        bare = _BARE.match(page, at)
        return (bare.group(), bare.end()) if bare is not None else ("", at)

    def _raw(self, name: str, at: int) -> tuple[str, int]:
        """What stands up to </name, which ends it; unclosed: up to the end."""
        for found in self._ends(name, at):
            close = self._find(">", found)
            return self.page[at:found], len(self.page) if close < 0 else close + 1
        return self.page[at:], len(self.page)

    def _ends(self, name: str, at: int) -> Iterator[int]:
        if f"</{name}" not in self.missing:
            found = re.compile(f"</{name}(?=[\\s/>])", re.I).search(self.page, at)
            if found is not None:
                yield found.start()
            else:
                self.missing.add(f"</{name}")

    def _find(self, sign: str, at: int) -> int:
        if sign in self.missing:
            return -1
        found = self.page.find(sign, at)
        if found < 0:
            self.missing.add(sign)
        return found
