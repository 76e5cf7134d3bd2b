"""Makes the golden files: the five half-worked ledgers, exported in every form, in a folder for each notice.

    .venv/bin/python -m tests.golden.make            makes those that are not there yet
    .venv/bin/python -m tests.golden.make --again    makes all of them again, over those that are there

A change of them is looked at before it is committed: open them, and read `git diff` of the .md and .json.
"""

import argparse
import shutil
import sys
import tempfile
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final
from unittest.mock import patch

from db.export.form import PACKAGE, WITH_HISTORY, export, forms
from db.file import LedgerFile, make_file, open_file
from db.reads.evidence import contents
from db.reads.sheet import sheet
from db.store.ledgers import begin_ledger
from seeds.plant import plant
from tests.golden.clerk import MORNING, Clerk
from tests.golden.stories import OFFICER, STORIES, Story
from tests.world import copied

FOLDER: Final = Path(__file__).parent
FORMS: Final = (*forms, PACKAGE)
EVENING: Final = time(17, 30, tzinfo=MORNING.tzinfo)
IDENTITY: Final = "0123456789abcdef" * 2
COMMAND: Final = "python -m tests.golden.make --again"


def planted_file(folder: Path) -> Path:
    """A file with the five notices, to be copied for each story."""
    path = folder / "planted.db"
    # The 流水校验码 on each paper hangs on the file's identity, which else is another in each run.
    with patch("db.steps.new_identity", return_value=IDENTITY):
        make_file(path)
    begun = datetime.combine(STORIES[0].begun, MORNING)
    file = open_file(path, begun, write=True)
    try:
        plant(file, begun)
    finally:
        file.close()
    return path


def worked(story: Story, planted: Path, path: Path) -> tuple[LedgerFile, int]:
    """A new file at `path` with the story's ledger in it, worked through. Close it."""
    begun = datetime.combine(story.begun, MORNING) - timedelta(minutes=30)
    file = open_file(copied(planted, path), begun, write=True)
    try:
        ledger = begin_ledger(
            file, plan=story.plan, year=story.year, unit=story.unit, kind=None, officer=OFFICER, at=begun
        )
        clerk = Clerk(file, ledger, story.year)
        story.tell(clerk)
        clerk.work()
    except BaseException:
        file.close()
        raise
    return file, ledger


def make(story: Story, planted: Path, folder: Path, work: Path) -> None:
    """Write the story's ledger in every form into `folder`; `work` takes the ledger file itself."""
    at = datetime.combine(story.today, EVENING)
    file, ledger = worked(story, planted, work / f"{story.plan}.db")
    try:
        for form in FORMS:
            rows = sheet(file, ledger, story.today, history=form in WITH_HISTORY)
            export(rows, folder / f"ledger{form}", at, contents=contents(file))
    finally:
        file.close()


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden.make", description="Make the golden files.")
    parser.add_argument("--again", action="store_true", help="make them again over those that are there")
    again = parser.parse_args(arguments).again
    there = [story.plan for story in STORIES if (FOLDER / story.plan).exists()]
    if there and not again:
        print(f"Already there: {', '.join(there)}. To make them again: {COMMAND}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        planted = planted_file(work)
        for story in STORIES:
            made = work / story.plan
            made.mkdir()
            make(story, planted, made, work)
        # Only when all of them are made do the old ones go.
        for story in STORIES:
            shutil.rmtree(FOLDER / story.plan, ignore_errors=True)
            shutil.copytree(work / story.plan, FOLDER / story.plan)
    size = sum(path.stat().st_size for story in STORIES for path in (FOLDER / story.plan).iterdir())
    print(f"{len(STORIES) * len(FORMS)} files, {size / 1_000_000:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
