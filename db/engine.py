"""The only create_engine: SQLModel sessions over a LedgerFile, each one BEGIN IMMEDIATE transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, create_engine

from db.errors import InvalidInputError
from db.faults import damaged, translated
from db.file import LedgerFile
from db.seals import broken_seals, changed_table, seal

_CHANGED: Final = "changed"
"""Where a connection keeps which sealed tables it has changed, and whether each was whole before."""


@lru_cache(maxsize=4)
def engine_of(file: LedgerFile) -> Engine:
    """The engine of a file: every connection comes from LedgerFile, with its pragmas, and is closed after use."""
    # The pool never keeps a connection: a dead disk or a swapped file is met at the next change, not after it.
    engine = create_engine("sqlite://", creator=file.connect_for_writing, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "before_cursor_execute")
    def _look_at_seal(connection: Connection, cursor: object, statement: str, *_: object) -> None:
        table = changed_table(statement)
        changed: dict[str, bool] = connection.info.setdefault(_CHANGED, {})
        if table is not None and table not in changed:
            changed[table] = not broken_seals(_plain(connection), [table])

    return engine


def _seal_again(connection: Connection) -> None:
    """Renew the seals of the tables that were changed, but of those that were broken before."""
    seal(_plain(connection), [table for table, was_whole in connection.info.get(_CHANGED, {}).items() if was_whole])


def _plain(connection: Connection) -> sqlite3.Connection:
    found = connection.connection.driver_connection
    if not isinstance(found, sqlite3.Connection):
        raise RuntimeError("the engine's connections are LedgerFile's")
    return found


@contextmanager
def transaction(file: LedgerFile) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on any error. Raises our own errors only."""
    with Session(engine_of(file), expire_on_commit=False) as session:
        try:
            # The write lock first: what is asked of the file from here on stays so.
            session.connection()
            foreign = file.was_changed_outside()
            yield session
            session.flush()
            _seal_again(session.connection())
            with file.committing():
                session.commit()
                if not foreign:
                    file.take_as_known()
        except DBAPIError as error:
            session.rollback()
            if isinstance(error.orig, sqlite3.Error):
                raise translated(error.orig, file.path) from error
            raise
        except sqlite3.Error as error:
            session.rollback()
            raise translated(error, file.path) from error
        except UnicodeEncodeError as error:
            session.rollback()
            raise InvalidInputError("文字里有无法保存的字符，没有保存。", "请删去显示异常的字符再试。") from error
        except (ValueError, OverflowError) as error:
            # As in LedgerFile.reading: what stands in the file is no JSON or day, or counts beyond the calendar.
            session.rollback()
            raise damaged(file.path, str(error)) from error
        except BaseException:
            session.rollback()
            raise
