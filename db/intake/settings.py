"""What the clerk has settled for a whole document: the year, the columns, the roster, the question of blank cells."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from db.intake.edits import HeadField
from db.intake.reading import ColumnRole
from db.rules.words import UnitKind


@dataclass(frozen=True, slots=True)
class Settings:
    """Answers that the reading of the same source starts from; hashable, so that a reading is made once for each.

    head: the fields that the clerk has set, None for one taken out; issued: the date set, as a tuple of one, () where
    the clerk has set none; default: the same for the phrase of the default time limit; roles: (block, column, role);
    units: names with their kind put in or mended; dropped: names taken out of the roster.
    """

    head: tuple[tuple[HeadField, str | None], ...] = ()
    year: int | None = None
    issued: tuple[date | None, ...] = ()
    blank_inherits: bool | None = None
    roles: tuple[tuple[int, int, ColumnRole], ...] = ()
    units: tuple[tuple[str, UnitKind], ...] = ()
    dropped: tuple[str, ...] = ()
    default: tuple[str | None, ...] = ()


NOTHING_SETTLED: Final = Settings()
