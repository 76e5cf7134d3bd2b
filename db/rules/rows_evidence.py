"""The frozen rows of 佐证材料: what is attached to an entry or a publication."""

from datetime import date

from db.rules.value import value


@value
class EvidenceRow:
    """A file (sha256 and size in bytes) or a web address (address); the other is None.

    Attached to an entry (entry) or to a publication (publication): one of the two, the other is None. of_entry is the
    entry that it counts for: entry, or that of its publication, None for a publication of the unit. added_at: ISO
    time; modified_at: the file's own time when it was attached, None for a link. day: when it was published.
    """

    id: int
    entry: int | None
    publication: int | None
    of_entry: int | None
    name: str
    sha256: str | None
    size: int | None
    address: str | None
    caption: str | None
    day: date | None
    added_at: str
    modified_at: str | None = None

    @property
    def is_link(self) -> bool:
        """Whether it is a web address and no file."""
        return self.sha256 is None
