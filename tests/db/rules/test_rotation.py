"""Which backups go: never the newest verified one, never what is recent, and a wrong clock costs nothing."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.rotation import Copy, to_drop

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=BEIJING)


def copy(ago: timedelta, seq: int, why: str = "自动", *, version: int = 5, verified: bool = False) -> Copy:
    at = NOW - ago
    return Copy(f"{at.isoformat()} {seq} {why} {version}", at, seq, why, version, verified)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def dropped(copies: Iterable[Copy], now: datetime = NOW) -> set[Copy]:
    return set(to_drop(list(copies), now))


NEWEST = copy(days(0), 1_000, verified=True)


def test_nothing_goes_without_a_verified_copy() -> None:
    copies = [copy(days(age), 500 - age) for age in range(400)]
    assert to_drop(copies, NOW) == ()
    assert to_drop((), NOW) == ()
    assert dropped([*copies, NEWEST])


def test_all_of_two_days_stay() -> None:
    copies = [copy(timedelta(minutes=30 * turn), 900 - turn) for turn in range(96)]
    assert max(NOW - each.at for each in copies) < days(2)
    assert dropped([NEWEST, *copies]) == set()


def test_at_two_days_only_the_newest_of_a_day_stays() -> None:
    just, before = copy(days(2), 800), copy(days(2) + timedelta(hours=1), 700)
    assert dropped([NEWEST, just, before]) == {before}
    assert dropped([NEWEST, copy(days(2) - timedelta(seconds=1), 800), before]) == {before}
    assert dropped([NEWEST, before]) == set()


def test_a_year_of_backups_leaves_twelve_days_ten_weeks_and_nine_months() -> None:
    """Every six hours a backup and a thinning out, as it happens; a scheme of Anki's, with figures of its own."""
    held: list[Copy] = []
    start = NOW - days(700)
    for turn in range(700 * 4 + 1):
        now = start + timedelta(hours=6 * turn)
        made = Copy(str(turn), now, turn, "自动", 5, verified=True)
        going = to_drop([*held, made], now)
        assert list(going) == sorted(going, key=lambda each: each.at)
        held = [
            Copy(each.name, each.at, each.seq, each.why, each.version)
            for each in (*held, made)
            if each not in set(going)
        ]
    recent = [each for each in held if NOW - each.at < days(2)]
    older = sorted((each.at for each in held if NOW - each.at >= days(2)), reverse=True)
    assert len(recent) == 8
    assert len(older) == 12 + 10 + 9
    assert max(Counter(at.date() for at in older).values()) == 1
    assert {(NOW - at).days for at in older[:12]} == set(range(2, 14))
    assert {(NOW - days(7) * weeks).isocalendar()[:2] for weeks in range(11)} <= {at.isocalendar()[:2] for at in older}
    months = {divmod(12 * 2026 + 10 - back, 12) for back in range(9)}
    assert months <= {(at.year, at.month - 1) for at in older}
    assert NOW - older[-1] > days(240)


@pytest.mark.parametrize(
    ("versions", "going"),
    [
        ((2, 3, 4), set()),
        ((2, 3, 4, 5), {2}),
        ((2, 2, 3, 4, 5), {2}),
        ((5, 5, 5, 5), set()),
        ((1, 2, 3, 4, 5), {1, 2}),
        ((), set()),
    ],
)
def test_copies_before_a_schema_step_stay_for_three_versions(versions: tuple[int, ...], going: set[int]) -> None:
    # So long ago that no day, week or month keeps them: nearer ones take all the places.
    full = [copy(days(age), 900 - age) for age in range(1, 400)]
    steps = [copy(days(500 + turn), turn, "升级前", version=version) for turn, version in enumerate(versions)]
    assert {each.version for each in dropped([NEWEST, *full, *steps]) if each.why == "升级前"} == going


def test_year_end_copies_stay_for_ever() -> None:
    full = [copy(days(age), 900 - age) for age in range(1, 400)]
    old = [copy(days(365 * years), years, "年终") for years in range(2, 12)]
    assert not dropped([NEWEST, *full, *old]) & set(old)
    assert dropped([NEWEST, *full, *(copy(days(365 * years), years, "导入前") for years in range(2, 12))])


def test_the_newest_verified_one_stays_wherever_it_lies() -> None:
    damaged = [copy(timedelta(hours=hours), 950 - hours) for hours in range(40)]
    old = copy(days(900), 3, verified=True)
    full = [copy(days(age), 900 - age) for age in range(1, 400)]
    assert old not in dropped([*damaged, *full, old])
    older = copy(days(901), 2, verified=True)
    assert older in dropped([*damaged, *full, old, older])


def test_after_the_clock_was_set_back_nothing_of_the_future_goes() -> None:
    ahead = [copy(-days(365) + days(age) / 8, 900 - age) for age in range(60)]
    assert all(each.at > NOW for each in ahead)
    assert dropped([NEWEST, *ahead]) == set()


def test_what_was_made_while_the_clock_was_wrong_is_kept_by_its_number() -> None:
    """The office PC said 2010 for a week: by the moment these are the oldest, by the number they are the newest."""
    wrong = [copy(days(5_800) + days(age), 990 - age) for age in range(7)]
    right = [copy(days(age) + days(8), 900 - age) for age in range(1, 400)]
    gone = dropped([NEWEST, *right, *wrong])
    assert not gone & set(wrong)
    # Once enough has been done since, the newest of them is nothing special any more.
    since = [copy(days(age) / 4, 3_000 - age) for age in range(600)]
    later = Copy("made", NOW, 3_001, "自动", 5, verified=True)
    assert dropped([later, *since, *right, *wrong]) & set(wrong)


def test_the_copy_with_the_greatest_number_stays_after_a_restore() -> None:
    """Restored to step 310 at noon: the step 500 of the morning is in no later copy."""
    abandoned = copy(days(30) + timedelta(hours=3), 2_000)
    restored = copy(days(30), 310)
    assert dropped([NEWEST, abandoned, restored]) == set()


COPIES = st.lists(
    st.builds(
        copy,
        st.timedeltas(min_value=-days(30), max_value=days(800)),
        st.integers(0, 50),
        st.sampled_from(["自动", "升级前", "导入前", "年终", "恢复前", "修复前"]),
        version=st.integers(1, 6),
        verified=st.booleans(),
    ),
    max_size=120,
    unique_by=lambda each: each.name,
)


@given(COPIES)
def test_whatever_there_is_what_must_stay_stays(copies: list[Copy]) -> None:
    gone = dropped(copies)
    kept = [each for each in copies if each not in gone]
    verified = [each for each in copies if each.verified]
    assert bool(verified) or not gone
    if verified:
        assert max(verified, key=lambda each: (each.at, each.seq)) in kept
        assert max(copies, key=lambda each: (each.seq, each.at)) in kept
    assert all(NOW - each.at >= days(2) and each.why != "年终" for each in gone)
    # What stays stays at the next look too.
    assert dropped(kept) == set()
