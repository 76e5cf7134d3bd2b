"""--import-template: an empty table for offices that would rather fill in the tasks than have their notice read."""

import io
from datetime import UTC, datetime
from typing import Final

from db.rules.template_words import COLUMNS, COVER, COVER_LINES, GUIDANCE, GUIDE, TASKS

ROWS: Final = 300
"""Rows that are ruled and wrapped beforehand."""

MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The file's own date: the same template is the same bytes."""


def template() -> bytes:
    """The template as .xlsx: the tasks, the cover of the notice, how to fill them in."""
    from xlsxwriter import Workbook

    held = io.BytesIO()
    book = Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "政务公开任务导入模板", "created": MADE})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center", "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    tasks = book.add_worksheet(TASKS)
    for column, (words, width, hint) in enumerate(COLUMNS):
        tasks.set_column(column, column, width)
        tasks.write_string(0, column, words, head)
        if hint:
            tasks.data_validation(
                1, column, ROWS, column, {"validate": "any", "input_title": words, "input_message": hint}
            )
    for row in range(1, ROWS + 1):
        for column in range(len(COLUMNS)):
            tasks.write_blank(row, column, None, cell)
    tasks.freeze_panes(1, 0)
    tasks.repeat_rows(0)
    tasks.set_landscape()
    tasks.set_paper(9)
    tasks.fit_to_pages(1, 0)
    cover = book.add_worksheet(COVER)
    cover.set_column(0, 0, 14)
    cover.set_column(1, 1, 60)
    cover.set_column(2, 2, 50)
    for row, (_, label, hint) in enumerate(COVER_LINES):
        cover.write_string(row, 0, label, head)
        cover.write_blank(row, 1, None, cell)
        cover.write_string(row, 2, hint, plain)
    guide = book.add_worksheet(GUIDE)
    guide.set_column(0, 0, 90)
    for row, line in enumerate(GUIDANCE):
        guide.write_string(row, 0, line, plain)
    tasks.activate()
    book.close()
    return held.getvalue()
