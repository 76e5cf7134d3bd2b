"""A task without any responsible unit is in every unit's ledger as 待确认, and reads well wherever it is shown."""

import json
from pathlib import Path

import pytest

from db.export.columns import table
from db.export.docx_words import NOBODY_MARK, marks
from db.export.form import export
from db.intake.accepting import notice_draft, unchecked_draft
from db.intake.draft_file import read_draft
from db.intake.toml_writing import to_toml
from db.reads.entries import entries
from db.reads.sheet import sheet
from db.rules.assigned import NOBODY_NAMED, for_everybody
from db.rules.rows import EntryRow
from db.store.entries import decide
from db.store.ledgers import begin_ledger
from tests.db.intake.test_accepting import one_task, taken_in
from tests.world import NOW, TODAY, World, rows

BLANK = one_task(number="10", assignment=None, responsibilities=())


def ledger(world: World, unit: str, kind: str | None = None) -> int:
    plan = unchecked_draft(BLANK).plan
    return begin_ledger(world.file, plan=plan, year=2026, unit=unit, kind=kind, officer=None, at=NOW)  # type: ignore[arg-type]


def only(world: World, ledger_id: int) -> EntryRow:
    (entry,) = entries(world.file, ledger_id, TODAY)
    return entry


@pytest.mark.parametrize(("unit", "kind"), [("甲科", None), ("新设中心", "中心"), ("某公司", "其他")])
def test_it_waits_in_the_ledger_of_every_unit_until_the_clerk_has_decided(
    unit: str, kind: str | None, world: World
) -> None:
    draft = taken_in(world, BLANK)
    assert draft.tasks[0].responsibilities == (for_everybody("10"),)
    assert draft.text.endswith("\n第 10 项没有写责任单位\n")
    ledger_id = ledger(world, unit, kind)
    entry = only(world, ledger_id)
    assert (entry.applicability, entry.counted, entry.leads, entry.responsible) == ("possible", True, (), ())
    decide(world.file, ledger_id, [entry.id], applicability="not_ours", at=NOW)
    assert only(world, ledger_id).applicability == "not_ours"


def test_the_whole_bureau_has_it_like_any_other(world: World) -> None:
    taken_in(world, BLANK)
    entry = only(world, ledger(world, "全局"))
    assert (entry.applicability, entry.role, entry.reached_by, entry.responsible) == ("ours", None, None, ())
    assert (entry.assignment, entry.units_from) == (None, "cell")


def test_a_draft_in_which_the_clerk_took_the_line_out_gets_it_again() -> None:
    draft = notice_draft(BLANK)
    lines = to_toml(draft).split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("responsibilities"))
    assert NOBODY_NAMED in lines[at + 1]
    assert read_draft("x.toml", "\n".join(lines[:at] + lines[at + 3 :])) == draft


def test_a_cell_that_names_nobody_keeps_its_words(world: World) -> None:
    (task,) = taken_in(world, one_task(assignment="全体同志", responsibilities=())).tasks
    assert (task.assignment, task.remark, task.responsibilities) == ("全体同志", None, (for_everybody("1"),))


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".md", ".json"])
def test_every_form_of_the_ledger_carries_it_and_says_nothing_of_the_row_above(
    suffix: str, world: World, tmp_path: Path
) -> None:
    taken_in(world, BLANK)
    made = sheet(world.file, ledger(world, "甲科"), TODAY)
    row = dict(zip(table(made).header, table(made).rows[0], strict=True))
    assert row["责任分工"] == "（原表空白）"
    assert row["本单位角色"] == "责任（待确认：没有写责任单位）"
    assert list(marks(made)) == [NOBODY_MARK]
    export(made, tmp_path / f"台账{suffix}", NOW)
    written = (tmp_path / f"台账{suffix}").read_bytes()
    if suffix in (".csv", ".md"):
        assert "责任（待确认：没有写责任单位）" in written.decode("utf-8-sig")
    if suffix == ".json":
        (entry,) = json.loads(written)["entries"]
        assert (entry["assignment"], entry["applicability"], entry["responsible"]) == (None, "possible", [])
    if suffix == ".md":
        assert "通知没有写明该项由谁负责" in written.decode()


def test_the_scope_is_stored_and_the_quote_is_a_sentence(world: World) -> None:
    taken_in(world, BLANK)
    (stored,) = rows(world.path, "responsibility", "name = ?", NOBODY_NAMED)
    assert json.loads(stored["scope"])["kinds"] == ["科室", "所队", "中心", "属下单位", "其他"]
    assert (stored["through"], stored["listed"], stored["quote"]) == ("related", 0, "第 10 项没有写责任单位")
