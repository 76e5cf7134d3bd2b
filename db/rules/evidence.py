"""What store, intake and export say to each other about the content of a file."""

from collections.abc import Callable, Iterator
from typing import Final, Literal, Protocol

PIECE: Final = 1 << 20
"""Bytes of a piece (1 MiB): the unit in which content is read, stored and written."""
MEGABYTE: Final = 1 << 20
"""Bytes of a MB, as the clerk's file manager counts them."""
DEFAULT_LIMIT_MB: Final = 50
"""How many MB a file may have unless the office sets it otherwise."""
MOST_MB: Final = 2_000
"""The most that the office may set."""

Use = Literal["evidence", "export", "import"]
"""What a folder is remembered for."""
LIMIT_KEY: Final = "evidence_limit_mb"
FOLDER_KEYS: Final[dict[Use, str]] = {
    "evidence": "folder_evidence",
    "export": "folder_export",
    "import": "folder_import",
}
"""The keys under which the file's settings hold them."""

Progress = Callable[[int, int], None]
"""Told how many bytes are done and of how many. What it raises (db.errors.CancelledError) ends the work."""
Contents = Callable[[str], Iterator[bytes]]
"""The content of a SHA-256, piece by piece. Raises DamagedError where it is not what it was."""


class Source(Protocol):
    """A file to be attached, looked at and found fit (db.intake.evidence_source)."""

    @property
    def name(self) -> str:
        """Its name, without folders, as it is shown and kept."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def modified_at(self) -> str:
        """Its own time, ISO."""

    def pieces(self) -> Iterator[bytes]:
        """The content in pieces of PIECE bytes, the last shorter. Raises InvalidInputError when the file is not what
        was looked at any more: another size, time or file."""
