"""Rows of intake: drafts that wait, and what tells one notice from another."""

from dataclasses import field

from db.rules.value import value


@value
class IntakeRow:
    """待确认稿: the file's name, its SHA-256, when it was begun and changed (ISO, UTC+8)."""

    id: int
    name: str
    sha256: str
    begun_at: str
    changed_at: str


@value
class KnownNotice:
    """A notice of the file. origin: shipped or office."""

    plan: str
    origin: str
    agency: str | None
    title: str | None
    document_number: str | None
    year: int
    text: str = field(repr=False)
