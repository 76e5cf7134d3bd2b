"""Statements compiled once for all ledger files of a run: the program has one file, a run of the tests has thousands.

SQLAlchemy keeps what it has compiled with the engine, for its dialect. All engines here have the same dialect, so each
later one is given that of the first and what was compiled for it. What reaches the file is the same.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

import db.engine


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    known: list[Engine] = []
    make = db.engine.create_engine

    def made(*given: Any, **named: Any) -> Engine:
        engine = make(*given, **named)
        # A dialect is complete once it has been connected.
        if known and getattr(known[0].dialect, "server_version_info", None):
            engine.dialect = engine.pool._dialect = known[0].dialect
            engine._compiled_cache = known[0]._compiled_cache
        else:
            known[:] = [engine]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.engine, "create_engine", made)
        yield
