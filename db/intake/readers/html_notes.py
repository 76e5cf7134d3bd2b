"""The numbers of footnotes in a page of Word, WPS or LibreOffice: links that stand in the text and are no part of it.

公众参与<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>       in the text
<a href="#_ftnref1" name="_ftn1">[1]</a>本表由起草单位整理。       before the note, which is a paragraph of the page
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from db.intake.readers.html_page import BLOCKS, Page
from db.intake.readers.html_tokens import Start, Token

SIGNS: Final = 6
"""Signs of the longest number: [12], ①, 注12. What is longer is text and stays."""

_NOTE: Final = re.compile(r"#_{0,3}(?:body_)?(?:sd)?(?:ftn|edn|footnote|endnote)", re.I)


def without_marks(tokens: Iterable[Token], page: Page) -> Iterator[Token]:
    """The tokens without those numbers, which `page` counts. A link ends at a block, if not before."""
    held: list[Token] = []
    for token in tokens:
        if not held:
            if isinstance(token, Start) and token.name == "a" and _NOTE.match(token.attributes.get("href", "")[:40]):
                held.append(token)
            else:
                yield token
            continue
        if isinstance(token, str) or (token.name != "a" and token.name not in BLOCKS and len(held) < 50):
            held.append(token)
            continue
        is_its_end = token.name == "a" and not isinstance(token, Start)
        signs = len("".join("".join(one for one in held if isinstance(one, str)).split()))
        if is_its_end and 0 < signs <= SIGNS:
            page.notes += 1
        else:
            yield from held
            yield token
        held = []
    yield from held
