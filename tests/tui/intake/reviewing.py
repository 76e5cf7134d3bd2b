"""The program with a document to be imported, and what a test presses and looks at in the review."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from db.intake.edits import Edit
from db.intake.reading import Reading
from tests.tui.attaching import until
from tests.tui.desks import settled
from tests.tui.office import Office
from tests.tui.timed import type_at
from tui.app import TaizhangApp
from tui.desk import Desk
from tui.dialogs.progress import ProgressDialog
from tui.screens.review import ReviewScreen
from tui.widgets.source_pane import SourcePane

WIDE = (120, 36)


class ReviewOffice(Office):
    """The clerk at the review."""

    @property
    def review(self) -> ReviewScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReviewScreen))

    @property
    def reading(self) -> Reading:
        return self.review.reading

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.review.draft.edits

    @property
    def top(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    async def go_to(self, number: str) -> None:
        """The cursor on that task."""
        task = next(one for one in self.reading.tasks if one.task.number == number)
        self.review.put_cursor_on(("task", task.key))
        self.review.show_entries()
        await settled(self.pilot)

    async def go_to_problem(self, kind: str) -> None:
        """The cursor on a problem of the whole document."""
        found = next(one for one in self.reading.problems if one.kind == kind and one.task is None)
        self.review.put_cursor_on(("problem", found.key))
        self.review.show_entries()
        await settled(self.pilot)

    async def take_line(self, words: str) -> None:
        """Enter on the first line of the dialog on top that has these words."""
        from tui.dialogs.line_list import LineList

        lines = self.app.screen.query_one(LineList)
        at = next(index for index, choice in enumerate(lines._choices) if words in choice.left)
        lines.go(at)
        await self.press("enter")

    async def retype(self, text: str) -> None:
        """Another text in the line that has the cursor."""
        await self.press("end", "ctrl+u")
        await type_at(self, text)

    def row(self, number: str) -> str:
        """The line of that task in the list."""
        key = next(one.key for one in self.reading.tasks if one.task.number == number)
        return next(line.choice.left for line in self.review.lines if line.key == ("task", key))

    @property
    def current(self) -> str | None:  # type: ignore[override]
        """The number of the task under the cursor."""
        row = self.review.row
        return row.task.number if row else None

    def source_marks(self) -> list[str]:
        """The lines of the document that are marked."""
        lines = self.review.query_one(SourcePane).text_lines()
        return [line for line in lines if line.startswith((">", "|"))]


async def has_read(at: Office) -> None:
    """Until the document is read, or it is said why not."""
    await settled(at.pilot)
    await until(lambda: not isinstance(at.app.screen, ProgressDialog))
    await settled(at.pilot)


@asynccontextmanager
async def opened(desk: Desk, path: Path | None = None, size: tuple[int, int] = WIDE) -> AsyncIterator[ReviewOffice]:
    """The program, with --import where a path is given, once that is read."""
    app = TaizhangApp(desk, path)
    async with app.run_test(size=size) as pilot:
        at = ReviewOffice(app, pilot)
        await settled(pilot)
        if path is not None:
            await until(lambda: type(app.screen).__name__ not in ("ChecklistScreen", "ChoiceScreen", "Screen"))
            await has_read(at)
        yield at
