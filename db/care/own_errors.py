"""What SQLite or the system says during a restore or a salvage, as one of our errors."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import NotSavedError
from db.faults import reason_of, translated


@contextmanager
def own_errors(path: Path, message: str, hint: str) -> Iterator[None]:
    """message, with {folder} and {reason} in it, and hint: what is told where the system refuses, in Chinese.

    Raises NotSavedError, and for SQLite's errors what db.faults makes of them.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except OSError as error:
        told = message.format(folder=os.fspath(path.parent), reason=reason_of(error))
        raise NotSavedError(told, hint) from error
