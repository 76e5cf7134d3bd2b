"""From lines of text to tables: notice-patterns.md section 1. `structured` is the one way in."""

from db.intake.layouts.blocks import structured

__all__ = ["structured"]
