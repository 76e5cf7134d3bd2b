"""The listing is what filter, search and order say of each entry by itself, however often it is asked."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.rules.order import FILTERS, found, list_order, matches
from db.rules.rows import EntryRow
from tests.db.rules.entries import TODAY, entry, note
from tui.checklist_view import listing, ready_for_search

WORDS = ("公开", "ＰＤＦ版", "（三）热线", "月\n底前", "Annual", "解读", "公\u200b示")
QUERIES = ("", " ", "公", "公开", "pdf", "(三)", "月底", "ANNUAL", "解读 公示", "公 月", "没有", "\u200b", "年")


def mixed(seed: int, many: int = 60) -> tuple[EntryRow, ...]:
    """Entries of every status and applicability, with a few words here and there."""
    chance = random.Random(seed)
    made = []
    for position in range(1, many + 1):
        due = TODAY + timedelta(days=chance.randint(-20, 20)) if chance.random() < 0.7 else None
        row = entry(
            position,
            due,
            chance.choice(["standing", "on_day", None]) if due is None else None,
            applicability=chance.choice(["ours", "possible", "not_ours"]),
            status=chance.choice(["not_started", "in_progress", "done", "not_applicable"]),
            requirement="".join(chance.sample(WORDS, 2)),
            notes=(note(chance.choice(WORDS)),) if chance.random() < 0.3 else (),
        )
        made.append(row)
    return tuple(made)


def expect(entries: tuple[EntryRow, ...], key: str, search: str, today: date) -> tuple[list[int], list[int]]:
    """The ids shown, in order, and the figures of the filters."""
    hits = [one for one in entries if found(one, search)]
    shown = sorted((one for one in hits if matches(one, key, today)), key=list_order)
    return [one.id for one in shown], [sum(matches(one, name, today) for one in hits) for name, _ in FILTERS]


def ids_and_figures(
    entries: tuple[EntryRow, ...] | list[EntryRow], key: str, search: str, today: date
) -> tuple[list[int], list[int]]:
    given = listing(entries, key, search, today)
    return [one.id for one in given.shown], [number for _, _, number in given.counts]


@pytest.mark.parametrize("key", [key for key, _ in FILTERS])
def test_each_filter_and_search_lists_what_each_entry_says_by_itself(key: str) -> None:
    entries = mixed(1)
    for search in QUERIES:
        assert ids_and_figures(entries, key, search, TODAY) == expect(entries, key, search, TODAY), search


def test_a_new_reading_a_change_and_another_day_are_seen() -> None:
    entries = mixed(2)
    ready_for_search(entries, TODAY)
    chance = random.Random(3)
    for turn in range(40):
        at = chance.randrange(len(entries))
        changed = replace(
            entries[at], what_was_done=chance.choice(WORDS), status=chance.choice(["done", "in_progress"])
        )
        entries = (*entries[:at], changed, *entries[at + 1 :])
        today = TODAY + timedelta(days=turn % 4)
        search = chance.choice(QUERIES)
        assert ids_and_figures(entries, "all", search, today) == expect(entries, "all", search, today)


def test_an_entry_that_went_is_not_found_and_one_that_came_is() -> None:
    entries = (entry(1, requirement="公开"), entry(2, requirement="解读"))
    assert ids_and_figures(entries, "all", "公", TODAY)[0] == [1]
    assert ids_and_figures(entries[1:], "all", "公", TODAY)[0] == []
    assert ids_and_figures((*entries, entry(3, requirement="公示")), "all", "公", TODAY)[0] == [1, 3]


def test_a_list_that_grows_between_two_keys_is_read_anew() -> None:
    entries = [entry(1, requirement="公开")]
    assert ids_and_figures(entries, "all", "公", TODAY)[0] == [1]
    entries.append(entry(2, requirement="公示"))
    assert ids_and_figures(entries, "all", "公", TODAY)[0] == [1, 2]


def test_no_entries_are_listed_as_none() -> None:
    given = listing((), "open", "公", TODAY)
    assert (given.shown, {number for _, _, number in given.counts}) == ((), {0})
