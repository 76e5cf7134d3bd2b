"""佐证材料: what is attached, and the content of files by their SHA-256."""

import builtins
from datetime import date

from sqlalchemy import Integer, LargeBinary, Text
from sqlmodel import Field, SQLModel

from db.models.columns import NUMBERED, STRICT, UNNUMBERED, day_column, integer_column, key_column, text_column


class Content(SQLModel, table=True):
    """A file's content. size in bytes."""

    __table_args__ = UNNUMBERED
    sha256: str = Field(primary_key=True, sa_type=Text)
    size: int = integer_column()


class Piece(SQLModel, table=True):
    """The n-th MiB of a content, from 0; the last may be shorter."""

    __table_args__ = STRICT
    sha256: str = Field(primary_key=True, sa_type=Text, foreign_key="content.sha256")
    n: int = Field(primary_key=True, sa_type=Integer)
    bytes: builtins.bytes = Field(sa_type=LargeBinary)


class Evidence(SQLModel, table=True):
    """A file (sha256) or a web address, of an entry or of a publication."""

    __table_args__ = NUMBERED
    id: int | None = key_column()
    ledger_id: int = integer_column(foreign_key="ledger.id")
    entry_id: int | None = integer_column(default=None, foreign_key="entry.id")
    publication_id: int | None = integer_column(default=None, foreign_key="publication.id")
    name: str = text_column()
    sha256: str | None = text_column(default=None, foreign_key="content.sha256")
    address: str | None = text_column(default=None)
    caption: str | None = text_column(default=None)
    day: date | None = day_column(default=None)
    added_at: str = text_column()
    modified_at: str | None = text_column(default=None)
