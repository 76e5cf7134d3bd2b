"""The shipped readings in a ledger file: all of them, once, however often they are planted."""

from datetime import datetime
from pathlib import Path

from db.file import LedgerFile, make_file, open_file
from seeds import plant

AT = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
TABLES = (
    "notice",
    "task",
    "unit",
    "responsibility",
    "deadline",
    "quota",
    "clock_rule",
    "report",
    "rule",
    "day_off",
    "statute_rule",
)


def counts(file: LedgerFile) -> dict[str, int]:
    with file.reading() as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}


def everything(file: LedgerFile) -> list[str]:
    with file.reading() as connection:
        return list(connection.iterdump())


def test_planting_twice_leaves_what_planting_once_left(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    make_file(path)
    file = open_file(path, AT, write=True)
    try:
        plant.plant(file, AT)
        once = everything(file)
        found = counts(file)
        plant.plant(file, AT)
        assert everything(file) == once
    finally:
        file.close()
    drafts = plant.readings()
    expected = {
        "notice": 5,
        "task": 148,
        "unit": sum(len(draft.units) for draft in drafts),
        "responsibility": sum(len(task.responsibilities) for draft in drafts for task in draft.tasks),
        "deadline": sum(len(task.deadlines) for draft in drafts for task in draft.tasks),
        "quota": 10,
        "clock_rule": 8,
        "report": 2,
        "rule": sum(len(draft.rules) for draft in drafts),
        "day_off": len(plant.days_off()),
        "statute_rule": 4,
    }
    assert found == expected
