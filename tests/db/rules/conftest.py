"""The published schedules of 2004 to 2026, as planting copies them, for the tests of the rules."""

import pytest
from chinese_calendar import constants

from db.rules.calendar import DayOff, WorkCalendar


@pytest.fixture(scope="session")
def published_rows() -> tuple[DayOff, ...]:
    off = [DayOff(day, "off", "国务院办公厅通知") for day in constants.holidays]
    work = [DayOff(day, "work", "国务院办公厅通知") for day in constants.workdays]
    return (*off, *work)


@pytest.fixture(scope="session")
def calendar(published_rows: tuple[DayOff, ...]) -> WorkCalendar:
    return WorkCalendar(published_rows)
