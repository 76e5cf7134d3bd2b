"""Planting: idempotent, all or nothing, and the clerk's work stays on its task."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.errors import ReadingError, TaizhangError
from db.file import make_file, open_file
from db.reads.entries import entries
from db.reads.ledgers import notices
from db.reads.office import calendar, readings_digest
from db.reads.reports import reports
from db.rules.calendar import DayOff
from db.rules.notice import NoticeDraft, NoticeUnit, StatuteRule, Task
from db.rules.said import Quota
from db.store.counts import remove_count, remove_item
from db.store.days import correct_rule, take_days
from db.store.entries import adjust_due, settle
from db.store.ledgers import begin_ledger
from db.store.notes import add_note
from db.store.occurrences import settle_occurrence
from db.store.places import save_draft
from db.store.planting import plant
from db.store.reports import hand_in, take_back_report
from db.store.undo import undo
from seeds.plant import days_off, digest, readings, statute
from seeds.plant import plant as plant_shipped
from tests.db.store.samples import MONTHLY, clock, count, item, publications
from tests.world import LEDGER, NOW, PLAN, TODAY, World, dump, later, replayed, rows, standing, tamper

NEW_TASK = Task(number="40", section=None, matter=None, requirement="新增一项。", assignment=None)


@pytest.fixture(scope="module")
def drafts() -> tuple[NoticeDraft, ...]:
    return readings()


def changed(drafts: tuple[NoticeDraft, ...], **values: object) -> tuple[NoticeDraft, ...]:
    """The readings with another one of PLAN."""
    return tuple(replace(draft, **values) if draft.plan == PLAN else draft for draft in drafts)  # type: ignore[arg-type]


def tasks_of(drafts: tuple[NoticeDraft, ...]) -> tuple[Task, ...]:
    return next(draft.tasks for draft in drafts if draft.plan == PLAN)


def replant(world: World, drafts: tuple[NoticeDraft, ...], key: str = "next") -> bool:
    return plant(world.file, drafts, days_off(), statute(), key, later(5))


def test_the_file_holds_what_was_planted_and_its_digest(world: World, drafts: tuple[NoticeDraft, ...]) -> None:
    assert readings_digest(world.file) == digest()
    assert {row.plan: row.tasks for row in notices(world.file)} == {draft.plan: len(draft.tasks) for draft in drafts}
    assert sum(row.tasks for row in notices(world.file)) == 148
    assert [row["text"] for row in rows(world.path, "notice", "1 ORDER BY plan")] == [draft.text for draft in drafts]
    assert len(rows(world.path, "day_off")) == len(days_off())
    assert calendar(world.file).is_known(2021)


def test_planting_again_writes_nothing(world: World) -> None:
    before, content = world.dump(), world.path.read_bytes()
    plant_shipped(world.file, later(5))
    assert world.dump() == before
    assert world.path.read_bytes() == content


def test_the_same_readings_under_another_digest_keep_every_id_of_the_clerks_side(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    note = add_note(world.file, world.ledger, world.ours(1)[0], text="已联系", at=NOW)
    tables = ("notice", "unit", "task", "ledger", "entry", "note", "day_off", "statute_rule")
    before = world.dump(*tables)
    seen = entries(world.file, world.ledger, TODAY)
    assert replant(world, drafts)
    assert world.dump(*tables) == before
    assert entries(world.file, world.ledger, TODAY) == seen
    assert note in {each.id for row in seen for each in row.notes}
    assert rows(world.path, "setting") == [{"key": "readings_digest", "value": "next"}]


def test_a_changed_reading_is_taken_over_in_place_and_the_work_stays(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    done, adjusted, noted = world.ours(3)
    settle(world.file, world.ledger, [done], done_on=TODAY, today=TODAY, what_was_done="已报", at=NOW)
    adjust_due(world.file, world.ledger, adjusted, due=TODAY, reason="提前", at=NOW)
    add_note(world.file, world.ledger, noted, text="已联系", at=NOW)
    before = world.dump("ledger", "entry", "note")
    tasks = tuple(replace(task, requirement=f"【改】{task.requirement}") for task in tasks_of(drafts))
    assert replant(world, changed(drafts, tasks=tuple(reversed(tasks)), title="新标题"))
    assert world.dump("ledger", "entry", "note") == before
    found = entries(world.file, world.ledger, TODAY)
    assert [row.number for row in found] == [task.number for task in reversed(tasks)]
    assert all(row.requirement.startswith("【改】") for row in found)
    assert {row.id: row.status for row in found}[done] == "done"
    assert next(row for row in notices(world.file) if row.plan == PLAN).title == "新标题"


def test_a_new_task_gets_an_entry_in_every_ledger_of_its_notice(world: World, drafts: tuple[NoticeDraft, ...]) -> None:
    whole = begin_ledger(world.file, plan=PLAN, year=2022, unit="全局", kind=None, officer=None, at=NOW)
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    replant(world, changed(drafts, tasks=(NEW_TASK, *tasks_of(drafts))))
    assert [len(entries(world.file, number, TODAY)) for number in (world.ledger, whole, other)] == [40, 40, 32]
    first = entries(world.file, whole, TODAY)[0]
    assert (first.number, first.status, first.applicability) == ("40", "not_started", "ours")
    assert replayed(world.path) == standing(world.path)


def test_a_vanished_task_that_nobody_worked_on_goes_with_its_entries(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    replant(world, changed(drafts, tasks=tasks_of(drafts)[:-1], clock_rules=()))
    assert [row.number for row in entries(world.file, world.ledger, TODAY)][-1] == "38"
    assert len(rows(world.path, "task")) == 147
    assert replayed(world.path) == standing(world.path)


def _settled(world: World, entry: int) -> None:
    settle(world.file, world.ledger, [entry], done_on=TODAY, today=TODAY, what_was_done=None, at=NOW)


def _noted(world: World, entry: int) -> None:
    add_note(world.file, world.ledger, entry, text="已联系", at=NOW)


def _undone(world: World, entry: int) -> None:
    _noted(world, entry)
    undo(world.file, world.ledger, NOW)


def _typed(world: World, entry: int) -> None:
    save_draft(world.file, world.ledger, "note", entry, "写到一半", at=NOW)


def _published(world: World, entry: int) -> None:
    publications(world, entry, "某某公告")


def _counted_and_taken_back(world: World, entry: int) -> None:
    remove_count(world.file, world.ledger, count(world, entry), at=NOW)
    tamper(world.path, "UPDATE entry SET status = 'not_started' WHERE id = ?", entry)


def _named(world: World, entry: int) -> None:
    item(world, entry)


def _timed(world: World, entry: int) -> None:
    clock(world, entry=entry)


@pytest.mark.parametrize(
    "work", [_settled, _noted, _undone, _typed, _published, _counted_and_taken_back, _named, _timed]
)
def test_a_vanished_task_with_the_clerks_work_is_refused_and_named(
    work: object, world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    kept = [world.ours(1)[0]]
    number = next(row.number for row in world.entries().values() if row.id == kept[0])
    work(world, kept[0])  # type: ignore[operator]
    before = world.dump()
    tasks = tuple(task for task in tasks_of(drafts) if task.number != number)
    with pytest.raises(ReadingError, match=rf"{PLAN}.*第 {number} 项"):
        replant(world, changed(drafts, tasks=tasks, clock_rules=()))
    assert world.dump() == before


def test_units_of_the_office_stay_and_stand_last(world: World, drafts: tuple[NoticeDraft, ...]) -> None:
    for unit in ("新设科", "新设二科"):
        begin_ledger(world.file, plan=PLAN, year=2021, unit=unit, kind="科室", officer=None, at=NOW)
    units = next(draft.units for draft in drafts if draft.plan == PLAN)
    more = (*units, *(NoticeUnit(f"增设{number}科", "科室", "增设") for number in range(4)))
    replant(world, changed(drafts, units=more))
    (plan,) = (row for row in notices(world.file) if row.plan == PLAN)
    assert [row.name for row in plan.units] == [unit.name for unit in more] + ["新设科", "新设二科"]
    assert [row.added for row in plan.units] == [False] * len(more) + [True, True]
    positions = [row["position"] for row in rows(world.path, "unit", "notice_id = (SELECT notice_id FROM ledger)")]
    assert len(set(positions)) == len(positions)


def test_a_unit_that_the_notice_names_no_more_stays_where_a_ledger_bears_it(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    replant(
        world, changed(drafts, units=(), tasks=tuple(replace(task, responsibilities=()) for task in tasks_of(drafts)))
    )
    (plan,) = (row for row in notices(world.file) if row.plan == PLAN)
    assert [(row.name, row.added) for row in plan.units] == [("执法监督科", True)]


def test_a_unit_of_the_office_that_the_notice_comes_to_name_is_the_notices(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    begin_ledger(world.file, plan=PLAN, year=2021, unit="新设科", kind="科室", officer=None, at=NOW)
    units = next(draft.units for draft in drafts if draft.plan == PLAN)
    replant(world, changed(drafts, units=(NoticeUnit("新设科", "中心", "新设科"), *units)))
    (unit,) = rows(world.path, "unit", "name = '新设科'")
    assert (unit["position"], unit["kind"], unit["origin"], unit["quote"]) == (1, "中心", "notice", "新设科")


def test_a_day_of_the_office_wins_over_the_shipped_one_and_stays(world: World, drafts: tuple[NoticeDraft, ...]) -> None:
    tamper(world.path, "UPDATE day_off SET origin = 'office', kind = 'work' WHERE day = '2021-10-01'")
    assert plant(world.file, drafts, [DayOff(date(2021, 10, 1), "off", "通知")], statute(), "next", NOW)
    assert rows(world.path, "day_off") == [
        {
            "day": "2021-10-01",
            "kind": "work",
            "notice": "国务院办公厅关于2021年部分节假日安排的通知",
            "origin": "office",
        }
    ]


def test_a_notice_of_days_off_that_the_office_has_taken_in_stays_whole(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    name = "国务院办公厅关于2021年部分节假日安排的通知"
    shipped = [day for day in days_off() if day.notice == name]
    kept = [day for day in shipped if day.day != date(2021, 2, 20)]
    assert len(kept) == len(shipped) - 1
    take_days(world.file, kept, notice=name, text="更正后的通知", at=NOW)
    assert replant(world, drafts)
    assert {row["day"] for row in rows(world.path, "day_off", "notice = ?", name)} == {
        day.day.isoformat() for day in kept
    }
    assert len(rows(world.path, "day_off")) == len(days_off()) - 1
    assert not calendar(world.file).is_workday(date(2021, 2, 20))


def test_a_reading_without_a_report_that_was_handed_in_is_refused_and_named(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    (report,) = next(draft.reports for draft in drafts if draft.plan == PLAN)
    other = changed(drafts, reports=(replace(report, what="另一个名称"),))
    hand_in(world.file, world.ledger, what=report.what, on=TODAY, remark="专人送达", today=TODAY, at=NOW)
    before = world.dump()
    with pytest.raises(ReadingError, match=report.what):
        replant(world, other)
    assert world.dump() == before
    take_back_report(world.file, world.ledger, what=report.what, at=NOW)
    assert replant(world, other)
    (row,) = reports(world.file, world.ledger, TODAY)
    assert (row.what, row.handed_in_on) == ("另一个名称", None)


@pytest.mark.parametrize(
    ("recurrence", "refused"),
    [("FREQ=MONTHLY", False), ("FREQ=MONTHLY;INTERVAL=3", True), (None, True)],
)
def test_a_reading_without_a_period_that_was_settled_is_refused_and_named(
    recurrence: str | None, refused: bool, world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    entry, start = world.entry(MONTHLY), date(2021, 11, 1)
    settle_occurrence(
        world.file, world.ledger, entry, start=start, done_on=TODAY, what_was_done="已公开", today=TODAY, at=NOW
    )
    tasks = tuple(
        replace(task, deadlines=tuple(replace(rule, recurrence=recurrence) for rule in task.deadlines))
        if task.number == MONTHLY
        else task
        for task in tasks_of(drafts)
    )
    before = world.dump()
    if refused:
        with pytest.raises(ReadingError, match=f"第 {MONTHLY} 项没有 2021-11-01 起的一期"):
            replant(world, changed(drafts, tasks=tasks))
        assert world.dump() == before
        return
    assert replant(world, changed(drafts, tasks=tasks))
    assert [row.start for row in world.entries()[MONTHLY].occurrences if row.state == "done"] == [start]


def test_a_reading_that_no_more_counts_by_items_is_refused_where_there_are_some(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    by_item = Quota(1, "次", "item", "每项不少于1次")
    (number, *_) = (task.number for task in tasks_of(drafts))
    with_items, without = (
        tuple(replace(task, quotas=quotas) if task.number == number else task for task in tasks_of(drafts))
        for quotas in ((by_item,), ())
    )
    assert replant(world, changed(drafts, tasks=with_items))
    made = item(world, world.entry(number), "某项决策")
    assert replant(world, changed(drafts, tasks=with_items), "same")
    before = world.dump()
    with pytest.raises(ReadingError, match=f"第 {number} 项.*某项决策"):
        replant(world, changed(drafts, tasks=without), "third")
    assert world.dump() == before
    remove_item(world.file, world.ledger, made, at=NOW)
    assert replant(world, changed(drafts, tasks=without), "third")


BAD = [
    {"tasks": (NEW_TASK, NEW_TASK)},
    {"tasks": (replace(NEW_TASK, requirement=""),)},
    {"year": 21},
    {"text": ""},
    {"units": (NoticeUnit("全局", "科室", "全局"),)},
]


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_reading_keeps_all_others_from_the_file(
    bad: dict[str, object], world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    before = world.dump()
    renamed = [replace(draft, title="新标题") for draft in drafts[:-1]]
    wrong = (*renamed, replace(drafts[-1], **bad))  # type: ignore[arg-type]
    with pytest.raises(TaizhangError):
        replant(world, wrong)
    assert world.dump() == before


@pytest.mark.parametrize("bad", BAD)
def test_a_first_planting_that_fails_leaves_an_empty_ledger_file(
    bad: dict[str, object], tmp_path: Path, drafts: tuple[NoticeDraft, ...]
) -> None:
    path = tmp_path / "x.db"
    make_file(path)
    before = dump(path)
    file = open_file(path, NOW, write=True)
    try:
        wrong = (*drafts[:-1], replace(drafts[-1], **bad))  # type: ignore[arg-type]
        with pytest.raises(TaizhangError):
            plant(file, wrong, days_off(), statute(), "x", NOW)
        assert dump(path) == before
        assert readings_digest(file) is None
        plant_shipped(file, NOW)
        assert len(notices(file)) == 5
    finally:
        file.close()


def test_a_clock_rule_of_a_task_names_it_and_the_others_bind_everybody(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    numbers = {row["id"]: row["number"] for row in rows(world.path, "task")}
    plans = {row["id"]: row["plan"] for row in rows(world.path, "notice")}
    stored = [
        (plans[row["notice_id"]], row["position"], numbers.get(row["task_id"]), row["days"], row["action"])
        for row in rows(world.path, "clock_rule")
    ]
    assert sorted(stored, key=str) == sorted(
        (
            (draft.plan, position, rule.task, rule.days, rule.action)
            for draft in drafts
            for position, rule in enumerate(draft.clock_rules, 1)
        ),
        key=str,
    )


def test_a_ledger_that_was_begun_is_not_touched_by_another_notices_reading(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    before = entries(world.file, LEDGER, TODAY)
    replant(world, tuple(replace(draft, title="新标题") for draft in drafts if draft.plan != PLAN))
    assert entries(world.file, LEDGER, TODAY) == before
    assert len(notices(world.file)) == 5


RULE = StatuteRule(
    key="own",
    article="第一条",
    days=7,
    day_kind="calendar",
    direction="after",
    bound="max",
    trigger="收到",
    action="转",
    text="文",
)


def test_the_clocks_of_the_statute_stand_as_they_are_shipped(world: World) -> None:
    stored = rows(world.path, "statute_rule", "1 ORDER BY position")
    assert [row["key"] for row in stored] == [rule.key for rule in statute()]
    assert {row["origin"] for row in stored} == {"shipped"}
    answer = next(row for row in stored if row["key"] == "answer")
    assert (answer["days"], answer["day_kind"], answer["may_extend"], answer["registers"]) == (20, "workday", 20, 1)


def test_a_clock_of_the_statute_comes_goes_and_changes_with_what_is_shipped(
    world: World, drafts: tuple[NoticeDraft, ...]
) -> None:
    plant(world.file, drafts, days_off(), [RULE, *statute()[1:]], "next", NOW)
    stored = rows(world.path, "statute_rule", "1 ORDER BY position")
    assert [row["key"] for row in stored] == ["own", *(rule.key for rule in statute()[1:])]
    assert (stored[0]["days"], stored[0]["may_extend"], stored[0]["registers"]) == (7, None, 0)
    plant(world.file, drafts, days_off(), [replace(RULE, days=8)], "further", NOW)
    assert [(row["key"], row["days"]) for row in rows(world.path, "statute_rule")] == [("own", 8)]


def test_a_clock_that_the_office_has_corrected_stays_as_it_is(world: World, drafts: tuple[NoticeDraft, ...]) -> None:
    correct_rule(world.file, key="answer", days=15, day_kind="workday", may_extend=None, at=NOW)
    (before,) = rows(world.path, "statute_rule", "key = 'answer'")
    assert replant(world, drafts)
    assert rows(world.path, "statute_rule", "key = 'answer'") == [before]
    assert len(rows(world.path, "statute_rule")) == len(statute())
    plant(world.file, drafts, days_off(), [], "further", NOW)
    assert rows(world.path, "statute_rule") == [before]


def test_a_clock_that_is_wrong_keeps_everything_from_the_file(world: World, drafts: tuple[NoticeDraft, ...]) -> None:
    before = world.dump()
    with pytest.raises(TaizhangError):
        plant(world.file, drafts, days_off(), [replace(RULE, days=0)], "next", NOW)
    assert world.dump() == before
