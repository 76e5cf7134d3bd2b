"""Unit names as people type them: width of brackets and digits, spaces and case do not make another unit."""

import unicodedata
from collections.abc import Iterable


def folded(name: str) -> str:
    """The name for comparing only: NFKC, no white space, no case. What is kept stays verbatim."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def matching(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` means: itself, else the one that differs in width, spaces or case alone."""
    names = list(known)
    if name in names:
        return name
    return next((one for one in names if folded(one) == folded(name)), None)
