"""The board as JSON: the shape of `--board --json`, documented in the README and kept stable."""

from db.export.json_form import ledger_shape
from db.export.json_shapes import Json, countdown_shape, day_shape, quota_shape
from db.rules.board import GROUPS, Board, BoardLine
from db.rules.rows import LedgerSheet


def as_dict(board: Board, sheet: LedgerSheet) -> Json:
    """Every group in its order, also one without lines."""
    return {
        "ledger": ledger_shape(sheet.ledger, sheet.today),
        "today": board.today.isoformat(),
        "groups": [
            {"key": key, "name": name, "lines": [_line(line) for line in board.of(key)]} for key, name in GROUPS
        ],
    }


def _line(line: BoardLine) -> Json:
    quota = line.quota
    return {
        "kind": line.kind,
        "number": line.number,
        "text": line.text,
        "due": day_shape(line.due),
        "countdown": countdown_shape(line.countdown),
        "quota": {**quota_shape(quota), "missing": quota.missing} if quota else None,
        "missed": [{"start": day_shape(row.start), "end": day_shape(row.end)} for row in line.missed],
    }
