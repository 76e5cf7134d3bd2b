"""SQLModel tables, one family a file. Importing one imports all: foreign keys name tables of the other families."""

import db.models.counting
import db.models.evidence
import db.models.intake
import db.models.ledger
import db.models.notice
import db.models.office  # noqa: F401
