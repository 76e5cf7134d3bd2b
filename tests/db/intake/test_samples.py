"""The samples beside the five shipped notices: each layout and each trap of the patterns page at least once.

Every row is read and no other; a wrong value carries a problem, and what is not certain is asked even where the value
happens to be right; nothing more is asked than the table in samples/README.md says.
"""

from functools import cache

import pytest

from db.intake.draft_file import draft_toml
from db.intake.reading import Reading
from db.intake.replay import replayed
from db.intake.source import plain_text
from tests.db.intake.gold import Figures, compared
from tests.db.intake.samples.files import FOLDER, Sample, expected, samples, source_of

TEXT = (
    "tab-led lone-bar trailing-bar blank-lines no-separators pipe tab-rows prose-round prose-tortoise prose-square "
    "next-line labelled unit-first unit-subject report-by flattened scrambled native-docx native-xlsx "
    "native-html"
)
LAYOUTS = frozenset(TEXT.split())
"""notice-patterns.md, section 1."""

HEADERS = (
    "header-spaced header-traditional header-bracketed header-wrapped header-two-rows metadata-table person-column "
    "checker-column two-unit-levels lead-support-columns three-role-columns joint-check-columns decision-columns "
    "quota-column number-in-requirement number-without-header no-number task-word-is-requirement "
    "demand-word-is-heading single-text-column standing-list no-date-column title-in-sheet"
)
DEADLINES = (
    "year-long standing-phrases month-end month-only later-year doubled-year year-end day-before yu-day two-audiences "
    "window-months window-days window-cut window-dotted window-next-year whole-year-window five-year-period clock-cell "
    "clock-calendar recurring-cell recurring-amount quarter-listed-dates season-event impossible-date "
    "contradictory-date past-year leap-day leap-day-missing month-before document-default no-due-words spaced-date "
    "chinese-numeral-date parts-of-year issue-clock year-in-title no-year never-forward cell-beats-requirement "
    "milestone-word date-in-requirement date-as-number report-date report-next-year weekday-wrong quarterly-report "
    "body-conflict undecided same-as-above"
)
UNITS = (
    "bare-list lead-only lead-support huitong maxim labels-comma three-roles by-duty responsible-support "
    "undertake-assist organised-taken-part handled-by free-clause clause-each citation open-list first-leads "
    "blank-inherits native-empty missing-cell merged-units no-unit-cell bracketed-name and-in-name elliptical-list "
    "mixed-commas units-in-lines group-every group-other group-attached group-related group-mixed-kinds other-level "
    "near-names disclaiming-remark heading-blank heading-merged heading-repeated header-repeated"
)
COUNTS = (
    "two-quotas per-item rate range quota-frequency quota-no-period quota-no-measure unit-quota merged-quota "
    "clock-after clock-before clock-range minimum-duration counts-of-things"
)
LEVELS = (
    "three-levels section-row section-row-bars number-restarts number-skips number-over-rows number-padded "
    "lists-in-cell bracket-in-requirement units-per-sentence tail-note page-number page-noise page-cut pinyin "
    "empty-table wrapped-cell vanished-cells merged-deadline"
)
TRAPS = frozenset(" ".join((HEADERS, DEADLINES, UNITS, COUNTS, LEVELS)).split())
"""notice-patterns.md, sections 2 to 6."""

SAMPLES = samples()
READABLE = [sample for sample in SAMPLES if not sample.refused]
REFUSED = [sample for sample in SAMPLES if sample.refused]
LEAST = 24


def named(sample: Sample) -> str:
    return sample.name


@cache
def reading_of(sample: Sample) -> Reading:
    return replayed(source_of(sample), ())


@cache
def figures_of(sample: Sample) -> Figures:
    return compared(reading_of(sample), expected(sample))


def test_every_layout_and_every_trap_has_its_sample() -> None:
    assert len(SAMPLES) >= LEAST
    covered = {name for sample in SAMPLES for name in sample.covers}
    assert covered == LAYOUTS | TRAPS


def test_every_file_stands_in_the_table() -> None:
    files = {path.name for path in FOLDER.iterdir() if path.suffix in (".txt", ".md", ".html")} - {"README.md"}
    assert files == {sample.name for sample in SAMPLES}
    readings = {path.name for path in FOLDER.glob("*.toml")}
    assert readings == {sample.reading.name for sample in READABLE}


@pytest.mark.parametrize("sample", READABLE, ids=named)
def test_the_reviewed_reading_is_of_the_file_beside_it(sample: Sample) -> None:
    assert expected(sample).text.startswith(plain_text(source_of(sample)).rstrip("\n"))


@pytest.mark.parametrize("sample", READABLE, ids=named)
def test_every_row_of_a_sample_is_read_and_no_other(sample: Sample) -> None:
    found = figures_of(sample)
    assert (found.rows_right, found.rows_read) == (found.rows, found.rows)


@pytest.mark.parametrize("sample", READABLE, ids=named)
def test_no_wrong_value_of_a_sample_is_without_a_problem(sample: Sample) -> None:
    assert figures_of(sample).silent == []


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_what_is_not_certain_is_asked(sample: Sample) -> None:
    assert set(sample.asks) <= {problem.kind for problem in reading_of(sample).problems}


@pytest.mark.parametrize("sample", READABLE, ids=named)
def test_nothing_more_is_asked_than_the_table_says(sample: Sample) -> None:
    problems = reading_of(sample).problems
    assert len(problems) <= sample.problems, [f"{one.kind}: {one.text}: {one.assumed}" for one in problems]


@pytest.mark.parametrize("sample", REFUSED, ids=named)
def test_what_cannot_be_told_apart_gives_no_task_and_says_so(sample: Sample) -> None:
    reading = reading_of(sample)
    assert reading.tasks == ()
    assert "no_tasks" in {problem.kind for problem in reading.blocking}


@pytest.mark.parametrize("sample", READABLE, ids=named)
def test_the_draft_of_a_sample_names_each_of_its_blocking_problems(sample: Sample) -> None:
    reading = reading_of(sample)
    if reading.head.year is None:
        assert "year_unknown" in {problem.kind for problem in reading.blocking}
    else:
        text = draft_toml(reading, "读稿.toml")
        assert text.count("\n#! ") == len(reading.blocking)
