"""What the commands without a screen print or write: --plans, --list, --board, --export, --check."""

import gc
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.reads.office import calendar
from db.rules.rows import LedgerRow, LedgerSheet, NoticeRow
from tui.arguments import Arguments
from tui.output import forget_output, print_text

if TYPE_CHECKING:
    from db.file import LedgerFile
    from db.reads.check import Checked


def print_plans(known: Sequence[NoticeRow], *, as_json: bool) -> None:
    """--plans."""
    from tui.listing import plans_json, plans_text

    print_text(plans_json(known) if as_json else plans_text(known))


def print_check(checked: "Checked", path: Path, *, as_json: bool) -> None:
    """--check. A reader that has seen enough must not make a damaged file a whole one, hence no BrokenPipeError."""
    if as_json:
        from db.export.json_form import json_text

        shape = {
            "file": str(path),
            "intact": not checked.problems,
            "files": checked.files,
            "bytes": checked.bytes,
            "unread": checked.unread,
            "problems": list(checked.problems),
            "remarks": list(checked.remarks),
        }
        text = json_text(shape, indent=2)
    else:
        from tui.check_listing import check_text

        text = check_text(checked, str(path))
    try:
        print_text(text)
    except BrokenPipeError:
        forget_output()


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

        print_text(json_page(as_dict(rows)))
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

        print_text(json_text(as_dict(made, rows), indent=2))
    else:
        from tui.board_listing import board_text

        print_text(board_text(made, rows, days))
