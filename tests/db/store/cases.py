"""A call of each verb of the store on a world made ready for it. A new verb needs one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from db.file import LedgerFile
from db.rules.calendar import DayOff
from db.rules.rows import Place
from db.store.clocks import (
    close_clock,
    edit_clock,
    extend_clock,
    move_stage,
    pause_clock,
    remove_clock,
    reopen_clock,
    resume_clock,
    start_clock,
)
from db.store.counts import add_count, add_item, edit_count, edit_item, remove_count, remove_item
from db.store.days import correct_rule, remove_days, restore_day, set_day, take_days
from db.store.entries import adjust_due, confirm_shift, decide, mark_not_applicable, reopen, settle, start
from db.store.evidence import attach, attach_address, detach, edit_evidence, remember_folder, set_evidence_limit
from db.store.intake import accept_notice, drop_intake, keep_intake
from db.store.ledgers import begin_ledger, hand_over
from db.store.notes import add_note, edit_note, remove_note
from db.store.occurrences import reopen_occurrence, settle_occurrence
from db.store.own import add_own, edit_own, remove_own
from db.store.places import drop_draft, remember, save_draft
from db.store.planting import plant
from db.store.publications import add_publications, edit_publication, remove_publications
from db.store.reports import add_report, edit_report, hand_in, remove_report, take_back_report
from db.store.settings import set_second_place
from db.store.undo import redo, undo
from seeds.plant import days_off, readings, statute
from tests.db.store.samples import (
    ANSWER,
    MONTHLY,
    REPORT,
    attached,
    clock,
    count,
    item,
    linked,
    own_report,
    paper,
    printed_year,
    publication,
    publications,
)
from tests.world import NOW, PLAN, TODAY, YESTERDAY, World, later

Call = Callable[[LedgerFile, int], object]


def _settle(world: World) -> Call:
    chosen = world.ours(3)
    return lambda file, ledger: settle(
        file, ledger, chosen, done_on=YESTERDAY, today=TODAY, what_was_done="已公开", at=later(1)
    )


def _reopen(world: World) -> Call:
    _settle(world)(world.file, world.ledger)
    chosen = world.ours(3)
    return lambda file, ledger: reopen(file, ledger, chosen, at=later(1))


def _start(world: World) -> Call:
    chosen = world.ours(2)
    return lambda file, ledger: start(file, ledger, chosen, at=later(1))


def _not_applicable(world: World) -> Call:
    chosen = world.ours(2)
    return lambda file, ledger: mark_not_applicable(file, ledger, chosen, reason="本年无此事项", at=later(1))


def _decide(world: World) -> Call:
    chosen = world.first("possible")
    return lambda file, ledger: decide(file, ledger, [chosen], applicability="not_ours", at=later(1))


def _adjust_due(world: World) -> Call:
    chosen = world.first("ours")
    return lambda file, ledger: adjust_due(file, ledger, chosen, due=TODAY, reason="领导要求提前", at=later(1))


def _begin_ledger(world: World) -> Call:
    return lambda file, ledger: begin_ledger(
        file, plan="jiading-2021", year=2022, unit="新设科", kind="科室", officer="乙", at=later(1)
    )


def _hand_over(world: World) -> Call:
    return lambda file, ledger: hand_over(file, ledger, officer="乙", at=later(1))


def _add_note(world: World) -> Call:
    chosen = world.first("ours")
    return lambda file, ledger: add_note(file, ledger, chosen, text="已与办公室联系", at=later(1))


def _edit_note(world: World) -> Call:
    note = add_note(world.file, world.ledger, world.first("ours"), text="初稿", at=NOW)
    return lambda file, ledger: edit_note(file, ledger, note, text="定稿", at=later(1))


def _remove_note(world: World) -> Call:
    note = add_note(world.file, world.ledger, world.first("ours"), text="写错了", at=NOW)
    return lambda file, ledger: remove_note(file, ledger, note, at=later(1))


def _add_own(world: World) -> Call:
    return lambda file, ledger: add_own(file, ledger, requirement="补报材料", due=TODAY, reason="电话通知", at=later(1))


def _edit_own(world: World) -> Call:
    own = add_own(world.file, world.ledger, requirement="补报材料", due=TODAY, reason="电话通知", at=NOW)
    return lambda file, ledger: edit_own(
        file, ledger, own, requirement="补报全部材料", due=None, reason="又来电话", at=later(1)
    )


def _remove_own(world: World) -> Call:
    own = add_own(world.file, world.ledger, requirement="补报材料", due=TODAY, reason="电话通知", at=NOW)
    for text in ("一", "二"):
        add_note(world.file, world.ledger, own, text=text, at=NOW)
    published, _ = publications(world, own, "甲", "乙")
    attached(world, entry=own)
    attached(world, publication=published)
    count(world, own, item=item(world, own))
    count(world, own)
    clock(world, entry=own)
    return lambda file, ledger: remove_own(file, ledger, own, at=later(1))


def _confirm_shift(world: World) -> Call:
    chosen = printed_year(world)
    return lambda file, ledger: confirm_shift(file, ledger, [chosen], at=later(1))


def _add_publications(world: World) -> Call:
    one, two = world.ours(2)
    new = [publication(one, "甲"), publication(one, "乙"), publication(two, "丙"), publication(None, "丁")]
    return lambda file, ledger: add_publications(file, ledger, new, today=TODAY, at=later(1))


def _edit_publication(world: World) -> Call:
    one, two = world.ours(2)
    (number,) = publications(world, one, "甲")
    new = publication(two, "乙")
    return lambda file, ledger: edit_publication(file, ledger, number, new, today=TODAY, at=later(1))


def _remove_publications(world: World) -> Call:
    numbers = [*publications(world, world.ours(1)[0], "甲"), *publications(world, None, "乙")]
    for number in numbers:
        attached(world, publication=number)
        linked(world, publication=number)
    return lambda file, ledger: remove_publications(file, ledger, numbers, at=later(1))


def _add_count(world: World) -> Call:
    (entry,) = world.ours(1)
    return lambda file, ledger: add_count(
        file, ledger, entry, day=YESTERDAY, number=2, item=None, what="座谈会", today=TODAY, at=later(1)
    )


def _edit_count(world: World) -> Call:
    (entry,) = world.ours(1)
    number, of = count(world, entry), item(world, entry)
    return lambda file, ledger: edit_count(
        file, ledger, number, day=TODAY, number=3, item=of, what=None, today=TODAY, at=later(1)
    )


def _remove_count(world: World) -> Call:
    number = count(world, world.ours(1)[0])
    return lambda file, ledger: remove_count(file, ledger, number, at=later(1))


def _add_item(world: World) -> Call:
    (entry,) = world.ours(1)
    return lambda file, ledger: add_item(file, ledger, entry, name="某项决策", day=TODAY, at=later(1))


def _edit_item(world: World) -> Call:
    number = item(world, world.ours(1)[0])
    return lambda file, ledger: edit_item(file, ledger, number, name="另一项决策", day=None, at=later(1))


def _remove_item(world: World) -> Call:
    (entry,) = world.ours(1)
    number = item(world, entry)
    for _ in range(2):
        count(world, entry, item=number)
    return lambda file, ledger: remove_item(file, ledger, number, at=later(1))


def _settle_occurrence(world: World) -> Call:
    entry = world.entry(MONTHLY)
    return lambda file, ledger: settle_occurrence(
        file, ledger, entry, start=date(2021, 10, 1), done_on=YESTERDAY, what_was_done="已报", today=TODAY, at=later(1)
    )


def _reopen_occurrence(world: World) -> Call:
    _settle_occurrence(world)(world.file, world.ledger)
    entry = world.entry(MONTHLY)
    return lambda file, ledger: reopen_occurrence(file, ledger, entry, start=date(2021, 10, 1), at=later(1))


def _start_clock(world: World) -> Call:
    (entry,) = world.ours(1)
    return lambda file, ledger: start_clock(
        file, ledger, rule=ANSWER, subject="某某申请", start=YESTERDAY, entry=entry, today=TODAY, at=later(1)
    )


def _edit_clock(world: World) -> Call:
    number = clock(world)
    (entry,) = world.ours(1)
    return lambda file, ledger: edit_clock(
        file, ledger, number, subject="另一件", start=date(2021, 11, 1), entry=entry, today=TODAY, at=later(1)
    )


def _pause_clock(world: World) -> Call:
    number = clock(world)
    return lambda file, ledger: pause_clock(
        file, ledger, number, on=YESTERDAY, anew=True, reason="补正", today=TODAY, at=later(1)
    )


def _resume_clock(world: World) -> Call:
    number = clock(world)
    pause_clock(
        world.file, world.ledger, number, on=YESTERDAY, anew=False, reason="征求第三方意见", today=TODAY, at=NOW
    )
    return lambda file, ledger: resume_clock(file, ledger, number, on=TODAY, today=TODAY, at=later(1))


def _extend_clock(world: World) -> Call:
    number = clock(world)
    return lambda file, ledger: extend_clock(
        file, ledger, number, days=20, reason="经批准", on=TODAY, today=TODAY, at=later(1)
    )


def _close_clock(world: World) -> Call:
    number = clock(world)
    return lambda file, ledger: close_clock(file, ledger, number, on=TODAY, outcome="已答复", today=TODAY, at=later(1))


def _reopen_clock(world: World) -> Call:
    number = clock(world)
    close_clock(world.file, world.ledger, number, on=TODAY, outcome="已答复", today=TODAY, at=NOW)
    return lambda file, ledger: reopen_clock(file, ledger, number, at=later(1))


def _move_stage(world: World) -> Call:
    number = clock(world)
    return lambda file, ledger: move_stage(file, ledger, number, stage="answered", on=TODAY, today=TODAY, at=later(1))


def _remove_clock(world: World) -> Call:
    number = clock(world, entry=world.ours(1)[0])
    return lambda file, ledger: remove_clock(file, ledger, number, at=later(1))


def _hand_in(world: World) -> Call:
    return lambda file, ledger: hand_in(file, ledger, what=REPORT, on=TODAY, remark="已签收", today=TODAY, at=later(1))


def _take_back_report(world: World) -> Call:
    _hand_in(world)(world.file, world.ledger)
    return lambda file, ledger: take_back_report(file, ledger, what=REPORT, at=later(1))


def _add_report(world: World) -> Call:
    return lambda file, ledger: add_report(
        file, ledger, what="年度报告", to="市政府", due=TODAY, reason="条例", source="statute", at=later(1)
    )


def _edit_report(world: World) -> Call:
    number = own_report(world)
    return lambda file, ledger: edit_report(
        file, ledger, number, what="半年报告", to="县政府", due=YESTERDAY, reason="改期", at=later(1)
    )


def _remove_report(world: World) -> Call:
    number = own_report(world)
    return lambda file, ledger: remove_report(file, ledger, number, at=later(1))


def _attach(world: World) -> Call:
    (published,) = publications(world, world.ours(1)[0], "甲")
    papers = [paper("一.pdf", 2_100_000), paper("二.pdf")]
    return lambda file, ledger: attach(
        file,
        ledger,
        papers,
        entry=None,
        publication=published,
        caption="现场照片",
        day=YESTERDAY,
        today=TODAY,
        at=later(1),
    )


def _attach_address(world: World) -> Call:
    (entry,) = world.ours(1)
    return lambda file, ledger: attach_address(
        file,
        ledger,
        "https://example.invalid/文件?id=1",
        entry=entry,
        publication=None,
        caption=None,
        day=None,
        today=TODAY,
        at=later(1),
    )


def _edit_evidence(world: World) -> Call:
    (published,) = publications(world, world.ours(1)[0], "甲")
    (number,) = attached(world, publication=published)
    return lambda file, ledger: edit_evidence(
        file, ledger, number, caption="新的说明", day=TODAY, today=TODAY, at=later(1)
    )


def _detach(world: World) -> Call:
    one, two = world.ours(2)
    (published,) = publications(world, two, "甲")
    numbers = [*attached(world, paper(size=1_100_000), entry=one), linked(world, publication=published)]
    return lambda file, ledger: detach(file, ledger, numbers, at=later(1))


def _set_evidence_limit(world: World) -> Call:
    return lambda file, ledger: set_evidence_limit(file, 80, at=later(1))


def _set_second_place(world: World) -> Call:
    return lambda file, ledger: set_second_place(file, "/某处/备份", at=later(1))


def _remember_folder(world: World) -> Call:
    return lambda file, ledger: remember_folder(file, "evidence", "/某处/佐证")


def _take_days(world: World) -> Call:
    days = [DayOff(date(2031, 1, 1), "off", "x"), DayOff(date(2031, 1, 4), "work", "x")]
    return lambda file, ledger: take_days(file, days, notice="2031年的通知", text="全文", at=later(1))


def _set_day(world: World) -> Call:
    return lambda file, ledger: set_day(file, day=date(2021, 10, 1), kind="work", notice="加班通知", at=later(1))


def _restore_day(world: World) -> Call:
    _set_day(world)(world.file, world.ledger)
    return lambda file, ledger: restore_day(file, day=date(2021, 10, 1), at=later(1))


def _remove_days(world: World) -> Call:
    _take_days(world)(world.file, world.ledger)
    return lambda file, ledger: remove_days(file, notice="2031年的通知", at=later(1))


def _correct_rule(world: World) -> Call:
    return lambda file, ledger: correct_rule(
        file, key="answer", days=15, day_kind="workday", may_extend=15, at=later(1)
    )


def _keep_intake(world: World) -> Call:
    return lambda file, ledger: keep_intake(
        file, sha256="a" * 64, name="通知.docx", source="{}", edits="[]", at=later(1)
    )


def _drop_intake(world: World) -> Call:
    _keep_intake(world)(world.file, world.ledger)
    return lambda file, ledger: drop_intake(file, 1)


def _accept_notice(world: World) -> Call:
    _keep_intake(world)(world.file, world.ledger)
    (draft,) = (one for one in readings() if one.plan == PLAN)
    draft = replace(draft, plan="notice-2026", other_numbers=())
    return lambda file, ledger: accept_notice(file, draft, drop=1, at=later(1))


def _remember(world: World) -> Call:
    return lambda file, ledger: remember(file, ledger, Place("open", "公开", 3, 4), at=later(1))


def _save_draft(world: World) -> Call:
    return lambda file, ledger: save_draft(file, ledger, "note", 3, "写到一半", at=later(1))


def _drop_draft(world: World) -> Call:
    save_draft(world.file, world.ledger, "note", 3, "写到一半", at=NOW)
    return lambda file, ledger: drop_draft(file, ledger, "note", 3)


def _plant(world: World) -> Call:
    return lambda file, ledger: plant(file, readings()[:1], days_off(), statute(), "another digest", later(1))


def _undo(world: World) -> Call:
    _settle(world)(world.file, world.ledger)
    return lambda file, ledger: undo(file, ledger, later(1))


def _redo(world: World) -> Call:
    _undo(world)(world.file, world.ledger)
    return lambda file, ledger: redo(file, ledger, later(1))


CASES: dict[str, Callable[[World], Call]] = {
    "settle": _settle,
    "reopen": _reopen,
    "start": _start,
    "mark_not_applicable": _not_applicable,
    "decide": _decide,
    "adjust_due": _adjust_due,
    "begin_ledger": _begin_ledger,
    "hand_over": _hand_over,
    "add_note": _add_note,
    "edit_note": _edit_note,
    "remove_note": _remove_note,
    "add_own": _add_own,
    "edit_own": _edit_own,
    "remove_own": _remove_own,
    "confirm_shift": _confirm_shift,
    "add_publications": _add_publications,
    "edit_publication": _edit_publication,
    "remove_publications": _remove_publications,
    "add_count": _add_count,
    "edit_count": _edit_count,
    "remove_count": _remove_count,
    "add_item": _add_item,
    "edit_item": _edit_item,
    "remove_item": _remove_item,
    "settle_occurrence": _settle_occurrence,
    "reopen_occurrence": _reopen_occurrence,
    "start_clock": _start_clock,
    "edit_clock": _edit_clock,
    "pause_clock": _pause_clock,
    "resume_clock": _resume_clock,
    "extend_clock": _extend_clock,
    "close_clock": _close_clock,
    "reopen_clock": _reopen_clock,
    "move_stage": _move_stage,
    "remove_clock": _remove_clock,
    "hand_in": _hand_in,
    "take_back_report": _take_back_report,
    "add_report": _add_report,
    "edit_report": _edit_report,
    "remove_report": _remove_report,
    "attach": _attach,
    "attach_address": _attach_address,
    "edit_evidence": _edit_evidence,
    "detach": _detach,
    "set_evidence_limit": _set_evidence_limit,
    "set_second_place": _set_second_place,
    "remember_folder": _remember_folder,
    "take_days": _take_days,
    "set_day": _set_day,
    "restore_day": _restore_day,
    "remove_days": _remove_days,
    "correct_rule": _correct_rule,
    "keep_intake": _keep_intake,
    "drop_intake": _drop_intake,
    "accept_notice": _accept_notice,
    "remember": _remember,
    "save_draft": _save_draft,
    "drop_draft": _drop_draft,
    "plant": _plant,
    "undo": _undo,
    "redo": _redo,
}
UNRECORDED = {"remember", "save_draft", "drop_draft", "remember_folder", "keep_intake", "drop_intake"}
"""Drafts, places and folders are outside the history."""
OF_THE_FILE = {
    *("begin_ledger", "plant", "take_days", "set_day", "restore_day", "remove_days", "correct_rule"),
    "set_evidence_limit",
    "set_second_place",
    "accept_notice",
}
"""Their History bears no ledger: undo never takes them back."""
