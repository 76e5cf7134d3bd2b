"""Rows of the clerk's work as the 办理流水 tells them last: what differs or is missing is written from there."""

import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from db.reads.check_work import WORK_TABLES, Differing, differing_work
from db.rules.history_words import row_noun

_SEQUENCE: Final = (
    "SELECT max(CAST(substr(subject, instr(subject, ':') + 1) AS INTEGER)) FROM history WHERE subject GLOB ? || ':*'"
)


def mend_work(connection: sqlite3.Connection, overwritten: list[dict[str, Any]]) -> list[str]:
    """Write what the history says, in the caller's transaction; rows that it knows nothing of, or says are gone, stay.

    What stood there before goes to `overwritten`. Returns what was done, in Chinese.
    """
    done = []
    for differing in differing_work(connection):
        if differing.must_be is None:
            continue
        connection.execute("SAVEPOINT row")
        try:
            _write(connection, differing, differing.must_be)
        except sqlite3.IntegrityError:
            # Another row has taken what may stand once, or the image is of before a condition.
            connection.execute("ROLLBACK TO row")
        else:
            overwritten.append({"table": differing.table, "id": differing.number, "row": differing.stands})
            how = "补回" if differing.stands is None else "改回"
            what = f"{row_noun(differing.table)}（{differing.table}:{differing.number}）"
            done.append(f"{what}已按办理流水第 {differing.seq} 条{how}")
        finally:
            connection.execute("RELEASE row")
    done += _mend_sequences(connection)
    return done


def _write(connection: sqlite3.Connection, differing: Differing, image: Mapping[str, Any]) -> None:
    known = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (differing.table,))}
    values = {name: image[name] for name in image if name in known and name != "id"}
    if differing.stands is None:
        names = ", ".join(f'"{name}"' for name in ("id", *values))
        marks = ", ".join("?" * (len(values) + 1))
        connection.execute(
            f'INSERT INTO "{differing.table}" ({names}) VALUES ({marks})', (differing.number, *values.values())
        )
        return
    sets = ", ".join(f'"{name}" = ?' for name in values)
    connection.execute(f'UPDATE "{differing.table}" SET {sets} WHERE id = ?', (*values.values(), differing.number))


def _mend_sequences(connection: sqlite3.Connection) -> list[str]:
    """The last number that each table has given: too small a one would be given a second time."""
    done = []
    for table in WORK_TABLES:
        (told,) = connection.execute(_SEQUENCE, (table,)).fetchone()
        (highest,) = connection.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()
        meant = max(told or 0, highest)
        found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        if meant == (found[0] if found else 0):
            continue
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        if meant:
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, meant))
        done.append(f"表 {table} 的编号已按办理流水改回 {meant}")
    return done
