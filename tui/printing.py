"""What the commands without a screen print or write: --plans, --list, --board, --export."""

import gc
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.reads.office import calendar
from db.rules.rows import LedgerRow, LedgerSheet, NoticeRow
from tui.arguments import Arguments
from tui.output import print_json, print_text

_PACKAGE = ".zip"

if TYPE_CHECKING:
    from db.file import LedgerFile


def print_plans(known: Sequence[NoticeRow], *, as_json: bool) -> None:
    """--plans."""
    from tui.listing import plans_json, plans_text

    if as_json:
        print_json(plans_json(known))
    else:
        print_text(plans_text(known))


def print_or_export(file: "LedgerFile", given: Arguments, chosen: LedgerRow, today: date, at: datetime) -> None:
    """--list, --board or --export of one ledger."""
    from db.reads.sheet import sheet

    # The single publications stand in the exports alone.
    whole = given.export is not None or (given.list and given.json)
    rows = sheet(file, chosen.id, today, publications=whole, history=_carries_history(given.export))
    if given.board:
        _board(file, rows, as_json=given.json)
    elif given.export is not None:
        from db.export.form import export
        from db.reads.evidence import contents
        from tui.progress_line import progress_line

        gc.enable()
        if given.export.suffix.lower() == _PACKAGE:
            from tui.caring import back_up_before

            # It closes the year: a backup that is kept for good.
            back_up_before(file, at, "年终")
        with progress_line() as progress:
            kept = export(
                rows,
                given.export.expanduser(),
                at,
                contents=contents(file),
                progress=progress,
                own=file.is_own,
                owns_path=file.owns_path,
            )
        print_text(f"已导出 {len(rows.entries)} 项：{kept.path}")
        if kept.kept_as:
            print_text(f"原有文件保留为：{kept.kept_as}")
    elif given.json:
        from db.export.json_form import as_dict, json_page

        print_json(json_page(as_dict(rows)))
    else:
        from tui.listing import list_text

        print_text(list_text(rows, calendar(file)))


def _carries_history(target: Path | None) -> bool:
    if target is None:
        return False
    from db.export.form import WITH_HISTORY

    return target.suffix.lower() in WITH_HISTORY


def _board(file: "LedgerFile", rows: LedgerSheet, *, as_json: bool) -> None:
    from db.rules.board import board

    days = calendar(file)
    made = board(rows, days)
    if as_json:
        from db.export.board_json import as_dict
        from db.export.json_form import json_text

        print_json(json_text(as_dict(made, rows), indent=2))
    else:
        from tui.board_listing import board_text

        print_text(board_text(made, rows, days))
