"""The list reads figures: no publication by itself, and no question for each entry."""

from db.reads.entries import entries
from db.reads.evidence import _ATTACHED, _ROWS
from db.reads.sheet import sheet, unit_quotas
from tests.db.reads.counted import attach_many, begun, count_many, publish_many
from tests.world import TODAY, World, rows, tamper


def asked(world: World, ledger: int, *, whole: bool) -> list[str]:
    """The statements by which the entries, or the sheet without its publications, were read."""
    found: list[str] = []
    with world.file.reading() as connection:
        connection.set_trace_callback(found.append)
    try:
        if whole:
            sheet(world.file, ledger, TODAY, publications=False)
        else:
            entries(world.file, ledger, TODAY)
    finally:
        with world.file.reading() as connection:
            connection.set_trace_callback(None)
    return found


def fill(world: World, ledger: int) -> None:
    owners = [row["id"] for row in rows(world.path, "entry", "ledger_id = ?", ledger)]
    publish_many(world, ledger, [(owner, "2021-05-05", "文字") for owner in owners for _ in range(3)])
    count_many(world, [(owner, "2021-05-05", 1) for owner in owners])
    attach_many(world, ledger, owners)


def test_however_much_was_counted_the_questions_are_the_same(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    before = [len(asked(world, ledger, whole=whole)) for whole in (False, True)]
    fill(world, ledger)
    for number in range(1, 40):
        tamper(
            world.path,
            "INSERT INTO entry (ledger_id, own_number, own_requirement, own_reason, status)"
            " VALUES (?, ?, '补报', '电话', 'not_started')",
            *(ledger, number),
        )
    assert [len(asked(world, ledger, whole=whole)) for whole in (False, True)] == before


def test_evidence_is_one_question_that_only_counts(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    fill(world, ledger)
    for whole in (False, True):
        (about,) = (words for words in asked(world, ledger, whole=whole) if "FROM evidence" in words)
        assert "count(*)" in about
        assert "GROUP BY" in about
        assert "content" not in about


def test_a_list_of_many_entries_finds_its_evidence_by_indices(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    with world.file.reading() as connection:
        plans = [
            str(step)
            for words in (_ATTACHED, _ROWS)
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {words}", (ledger,)).fetchall()
        ]
    assert sum("evidence_ledger" in plan for plan in plans) == 2
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


def test_publications_are_only_added_up(world: World) -> None:
    ledger = begun(world, "jiangmen-2021")
    fill(world, ledger)
    for whole in (False, True):
        about = [words for words in asked(world, ledger, whole=whole) if "publication" in words]
        assert about
        assert all("count(*)" in words and "GROUP BY" in words and "title" not in words for words in about)


def test_the_units_quotas_are_read_without_an_entry(world: World) -> None:
    ledger = begun(world, "liupanshui-2020", "办公室")
    found: list[str] = []
    with world.file.reading() as connection:
        connection.set_trace_callback(found.append)
    try:
        assert unit_quotas(world.file, ledger)
    finally:
        with world.file.reading() as connection:
            connection.set_trace_callback(None)
    assert any("FROM publication" in words for words in found)
    assert [words for words in found if "FROM entry" in words or "title FROM" in words] == []


def test_the_sheet_without_publications_has_all_the_rest(world: World) -> None:
    ledger = begun(world, "liupanshui-2020", "办公室")
    fill(world, ledger)
    full, brief = (sheet(world.file, ledger, TODAY, publications=wanted) for wanted in (True, False))
    assert (brief.publications, brief.counts, brief.evidence) == ((), (), ())
    assert len(full.evidence) == 2 * len(full.counts)
    assert len(full.publications) == 3 * len(full.counts) > 0
    assert (full.entries, full.unit_quotas, full.clocks, full.reports, full.summary) == (
        *(brief.entries, brief.unit_quotas, brief.clocks, brief.reports, brief.summary),
    )
