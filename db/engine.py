"""The only create_engine: SQLModel sessions over a LedgerFile, each one BEGIN IMMEDIATE transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, create_engine

from db.errors import InvalidInputError
from db.faults import damaged, translated
from db.file import LedgerFile


@lru_cache(maxsize=4)
def engine_of(file: LedgerFile) -> Engine:
    """The engine of a file: every connection comes from LedgerFile, with its pragmas, and is closed after use."""
    # The pool never keeps a connection: a dead disk or a swapped file is met at the next change, not after it.
    engine = create_engine("sqlite://", creator=file.connect_for_writing, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def transaction(file: LedgerFile) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on any error. Raises our own errors only."""
    with Session(engine_of(file), expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
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
