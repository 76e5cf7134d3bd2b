"""What waits for the clerk before it becomes a notice."""

from sqlmodel import SQLModel

from db.models.columns import NUMBERED, key_column, text_column


class IntakeDraft(SQLModel, table=True):
    """待确认稿: a document as it was read (JSON of db.intake.source_json) and the clerk's steps on it (edits_json)."""

    __tablename__ = "intake_draft"
    __table_args__ = NUMBERED
    id: int | None = key_column()
    name: str = text_column()
    sha256: str = text_column(unique=True)
    source: str = text_column()
    edits: str = text_column()
    begun_at: str = text_column()
    changed_at: str = text_column()
