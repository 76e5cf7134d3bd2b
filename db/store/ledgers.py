"""Beginning a ledger, letting a unit join the roster, handing a ledger over."""

import difflib
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from db.errors import InvalidInputError, UnknownNameError
from db.file import LedgerFile
from db.models.ledger import Entry, Ledger
from db.models.notice import Notice, Task, Unit
from db.rules.names import matching
from db.rules.words import UNIT_KINDS, WHOLE_BUREAU
from db.store.change import Change, change
from db.store.inputs import Beginning, HandingOver, validated


def begin_ledger(
    file: LedgerFile, *, plan: str, year: int, unit: str, kind: str | None, officer: str | None, at: datetime
) -> int:
    """Open the unit's ledger of that year over a notice, made with an entry for every task if it is new.

    A unit that the roster does not name needs a kind and joins the roster. Returns the ledger's id.
    """
    given = validated(Beginning, year=year, unit=unit, kind=kind, officer=officer)
    with change(file, None, "begin_ledger", at) as open_change:
        notice = _notice(open_change, plan)
        _check_year(notice, given.year)
        open_change.officer = given.officer
        known = open_change.session.exec(select(Unit.name).where(col(Unit.notice_id) == notice.id)).all()
        given = given.model_copy(update={"unit": matching(given.unit, known) or given.unit})
        if given.unit != WHOLE_BUREAU:
            _on_roster(open_change, notice, given.unit, given.kind)
        ledger = open_change.session.exec(
            select(Ledger).where(
                col(Ledger.notice_id) == notice.id, col(Ledger.year) == given.year, col(Ledger.unit) == given.unit
            )
        ).first()
        if ledger is not None and ledger.id is not None:
            return _reopened(open_change, ledger, given.officer)
        return _made(open_change, notice, given)


def hand_over(file: LedgerFile, ledger_id: int, *, officer: str | None, at: datetime) -> None:
    """交接: another officer keeps the ledger from now on; what was written keeps its own officer."""
    given = validated(HandingOver, officer=officer)
    with change(file, ledger_id, "hand_over", at) as open_change:
        ledger = open_change.session.get_one(Ledger, ledger_id)
        with open_change.edit(ledger):
            ledger.officer = given.officer


def _made(open_change: Change, notice: Notice, given: Beginning) -> int:
    ledger = open_change.add(Ledger(notice_id=_id(notice), year=given.year, unit=given.unit, officer=given.officer))
    if ledger.id is None:
        raise InvalidInputError("台账没有建立。")
    tasks = open_change.session.exec(
        select(Task.id).where(col(Task.notice_id) == notice.id).order_by(col(Task.position))
    ).all()
    for task_id in tasks:
        open_change.add(Entry(ledger_id=ledger.id, task_id=task_id))
    return ledger.id


def _reopened(open_change: Change, ledger: Ledger, officer: str | None) -> int:
    if ledger.id is None:
        raise InvalidInputError("台账没有打开。")
    if officer is not None and officer != ledger.officer:
        # A handing over belongs to the ledger: its history shows it and its undo takes it back.
        open_change.ledger_id, open_change.officer = ledger.id, ledger.officer
        open_change.verb = open_change.step = "hand_over"
        with open_change.edit(ledger):
            ledger.officer = officer
    return ledger.id


def _on_roster(open_change: Change, notice: Notice, unit: str, kind: str | None) -> None:
    rows = open_change.session.exec(select(Unit).where(col(Unit.notice_id) == notice.id)).all()
    known = {row.name: row for row in rows}
    if unit in known:
        if kind is not None and kind != known[unit].kind:
            raise InvalidInputError(
                f"“{unit}”已在名册里，类别是“{known[unit].kind}”，不是“{kind}”。",
                "单位已在名册里时不用再写类别；确是另一个单位请换一个名称。",
            )
        return
    if kind is None:
        near = difflib.get_close_matches(unit, known, n=3, cutoff=0.3) or sorted(known)[:5]
        raise UnknownNameError(
            f"通知里没有“{unit}”。相近的有：{'、'.join(near)}。",
            f"名称无误时请写明类别（--kind {'、'.join(UNIT_KINDS)} 之一），它会加入单位名册。",
        )
    last = open_change.session.exec(select(func.max(Unit.position)).where(col(Unit.notice_id) == notice.id)).one()
    open_change.add(
        Unit(notice_id=_id(notice), position=(last or 0) + 1, name=unit, kind=kind, origin="office", quote=None)
    )


def _notice(open_change: Change, plan: str) -> Notice:
    notice = open_change.session.exec(select(Notice).where(col(Notice.plan) == plan)).first()
    if notice is None:
        plans = open_change.session.exec(select(Notice.plan).order_by(col(Notice.plan))).all()
        near = difflib.get_close_matches(plan, plans, n=3, cutoff=0.3) or list(plans)
        raise UnknownNameError(f"没有名为“{plan}”的通知。相近的有：{'、'.join(near)}。", "用 --plans 查看全部通知。")
    return notice


def _check_year(notice: Notice, year: int) -> None:
    if not notice.year <= year <= notice.year + 20:
        raise InvalidInputError(
            f"{year} 年不在这份通知可用的范围内（{notice.year} 年到 {notice.year + 20} 年）。", "请核对年度。"
        )


def _id(notice: Notice) -> int:
    if notice.id is None:
        raise UnknownNameError("通知没有入库。")
    return notice.id
