"""How much of one text stands in another: what a sentence of the body and a row of the table have in common.

By pairs of neighbouring signs, punctuation and white space aside; looked up in an index, so that a long body and a long
table cost no more than the pairs they share. A pair that stands nearly everywhere tells nothing and is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from db.intake.phrases.remembering import remembered
from db.intake.phrases.signs import folded

COMMONEST: Final = 60
"""In how many texts a pair may stand and still tell one from another."""
MOST_STEPS: Final = 3_000_000
"""Look-ups of one index; a body of 100 sentences beside 40 rows takes 40,000."""


@remembered
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text."""
    letters = [sign for sign in folded(text) if sign.isalnum()]
    return frozenset(one + other for one, other in pairwise(letters))


class Texts:
    """Texts that others are held against."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._pairs = [pairs(text) for text in texts]
        self._places: dict[str, list[int]] = defaultdict(list)
        self._steps = 0
        for at, found in enumerate(self._pairs):
            for pair in found:
                self._places[pair].append(at)

    def shares(self, text: str) -> list[tuple[int, float]]:
        """The texts that have something in common with this one, by their place: what part of it stands in them,
        the largest first. Nothing once MOST_STEPS are spent."""
        own = pairs(text)
        common: Counter[int] = Counter()
        for pair in own:
            places = self._places.get(pair, [])
            self._steps += len(places)
            if len(places) <= max(COMMONEST, len(self._pairs) // 4) and self._steps < MOST_STEPS:
                common.update(places)
        return [(at, count / len(own)) for at, count in common.most_common(5)]

    def best(self, text: str) -> tuple[int, float] | None:
        """The text that holds most of this one, and what part of it."""
        found = self.shares(text)
        return found[0] if found else None
