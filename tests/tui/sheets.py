"""Style sheets parsed once for all apps of a run, as Textual itself does it for all screens of one app.

What comes out of parsing is the same for the same text, place and variables, and nobody writes in it: Textual hands the
same rule sets to every copy of a sheet. A sheet that cannot be parsed is kept by nobody and fails every time.
"""

from typing import Any

import pytest
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

ROOM = 2048
"""Sheets kept for one set of variables: more than all widgets of the program have."""


def share_parsed_sheets(patch: pytest.MonkeyPatch) -> None:
    """Sheets with the same variables look into the same parsed rules."""
    parsed: dict[frozenset[tuple[str, str]], LRUCache[Any, Any]] = {}
    begin, set_variables = Stylesheet.__init__, Stylesheet.set_variables

    def joined(sheet: Stylesheet) -> None:
        key = frozenset(sheet._variables.items())
        sheet._parse_cache = parsed.setdefault(key, LRUCache(ROOM))

    def begun(sheet: Stylesheet, *, variables: dict[str, str] | None = None) -> None:
        begin(sheet, variables=variables)
        joined(sheet)

    def changed(sheet: Stylesheet, variables: dict[str, str]) -> None:
        sheet._parse_cache = LRUCache(1)  # It is emptied here, and what is shared must not be.
        set_variables(sheet, variables)
        joined(sheet)

    patch.setattr(Stylesheet, "__init__", begun)
    patch.setattr(Stylesheet, "set_variables", changed)
