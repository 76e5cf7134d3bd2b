"""另存文字: what is typed, as a .txt wherever the clerk says, while the ledger does not take it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.screen import Screen

from db.export.safe_names import safe_name
from tui.desk import Desk
from tui.dialogs.save_copy import SaveCopyDialog
from tui.screens.asking import attempting
from tui.screens.ledger_work import export_folder
from tui.text import shown

SUFFIX = ".txt"


def save_elsewhere(
    screen: Screen[Any], desk: Desk, name: str, text: str, words: str, say: Callable[[str], None]
) -> None:
    """Asks where and writes `text`; `say` is then called with `words`, which has a place for the path."""
    if not text.strip():
        say("还没有写文字。")
        return
    written: list[Path] = []

    def write(target: Path | None) -> None:
        if target is not None:
            named = target if target.suffix.lower() == SUFFIX else target.with_name(target.name + SUFFIX)
            written.append(desk.write_text(named, text).path)

    def closed(_: Path | None) -> None:
        if written:
            say(words.format(written[-1]))

    folder = export_folder(None, Path.home())
    suggested = folder / f"{safe_name(name)}-{desk.now():%Y%m%d-%H%M}{SUFFIX}"
    dialog = SaveCopyDialog(suggested, title=shown("另存文字"))
    screen.app.push_screen(attempting(dialog, write), closed)
