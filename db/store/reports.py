"""报送: what is handed in, as the notice asks for it or as the clerk has added it."""

from datetime import date, datetime

from sqlmodel import col, select

from db.errors import InvalidInputError, UnknownNameError
from db.file import LedgerFile
from db.models.counting import ReportState
from db.models.notice import Report
from db.rules.names import folded
from db.rules.words import RuleSource
from db.store.change import Change, change
from db.store.inputs import HandingIn, NewReporting, Reporting, refuse_future, validated
from db.store.timing import ledger_of


def hand_in(
    file: LedgerFile, ledger_id: int, *, what: str, on: date, remark: str | None, today: date, at: datetime
) -> None:
    """报送: the report of these words was handed in; one that was handed in takes the new day and remark."""
    given = validated(HandingIn, on=on, remark=remark)
    refuse_future("报送日期", given.on, today)
    with change(file, ledger_id, "hand_in", at) as open_change:
        row = _state(open_change, what)
        if row is None:
            if what not in _of_notice(open_change):
                raise UnknownNameError(f"台账里没有名为“{what}”的报送。", "请回到报送列表看最新内容。")
            open_change.add(
                ReportState(ledger_id=ledger_id, what=what, source="notice", handed_in_on=given.on, remark=given.remark)
            )
            return
        with open_change.edit(row):
            row.handed_in_on, row.remark = given.on, given.remark


def take_back_report(file: LedgerFile, ledger_id: int, *, what: str, at: datetime) -> None:
    """撤回报送: it was not handed in after all."""
    with change(file, ledger_id, "take_back_report", at) as open_change:
        row = _state(open_change, what)
        if row is None or row.handed_in_on is None:
            raise InvalidInputError(f"“{what}”还没有报送，无需撤回。", "没有改变任何内容。")
        if row.source == "notice":
            open_change.remove(row)
            return
        with open_change.edit(row):
            row.handed_in_on = row.remark = None


def add_report(
    file: LedgerFile,
    ledger_id: int,
    *,
    what: str,
    to: str,
    due: date,
    reason: str,
    source: RuleSource,
    at: datetime,
) -> int:
    """Add a report that the notice does not ask for, of the statute or of the office itself. Returns its id."""
    given = validated(NewReporting, what=what, to=to, due=due, reason=reason, source=source)
    if given.source == "notice":
        raise InvalidInputError("通知要求的报送已在列表里，不能自己增加。", "请在列表里选中它。")
    with change(file, ledger_id, "add_report", at) as open_change:
        _refuse_double(open_change, given.what, None)
        row = open_change.add(
            ReportState(
                ledger_id=ledger_id,
                what=given.what,
                source=given.source,
                recipient=given.to,
                due=given.due,
                reason=given.reason,
            )
        )
        if row.id is None:
            raise InvalidInputError("报送没有保存。")
        return row.id


def edit_report(
    file: LedgerFile, ledger_id: int, report_id: int, *, what: str, to: str, due: date, reason: str, at: datetime
) -> None:
    """Change a report that was added; whether it was handed in stays."""
    given = validated(Reporting, what=what, to=to, due=due, reason=reason)
    with change(file, ledger_id, "edit_report", at) as open_change:
        row = _added(open_change, report_id)
        _refuse_double(open_change, given.what, report_id)
        with open_change.edit(row):
            row.what, row.recipient, row.due, row.reason = given.what, given.to, given.due, given.reason


def remove_report(file: LedgerFile, ledger_id: int, report_id: int, *, at: datetime) -> None:
    """Take a report out that was added; undo brings it back."""
    with change(file, ledger_id, "remove_report", at) as open_change:
        open_change.remove(_added(open_change, report_id))


def _of_notice(open_change: Change) -> list[str]:
    """What the ledger's notice asks to be handed in."""
    ledger = ledger_of(open_change.session, open_change.ledger_id)
    return list(open_change.session.exec(select(Report.what).where(col(Report.notice_id) == ledger.notice_id)).all())


def _state(open_change: Change, what: str) -> ReportState | None:
    return open_change.session.exec(
        select(ReportState).where(col(ReportState.ledger_id) == open_change.ledger_id, col(ReportState.what) == what)
    ).first()


def _refuse_double(open_change: Change, what: str, itself: int | None) -> None:
    states = open_change.session.exec(
        select(ReportState.id, ReportState.what).where(col(ReportState.ledger_id) == open_change.ledger_id)
    ).all()
    known = [*_of_notice(open_change), *(name for number, name in states if number != itself)]
    double = next((name for name in known if folded(name) == folded(what)), None)
    if double is not None:
        raise InvalidInputError(f"已有名为“{double}”的报送，没有保存。", "请换一个能区分的名称。")


def _added(open_change: Change, report_id: int) -> ReportState:
    row = open_change.session.exec(
        select(ReportState).where(col(ReportState.id) == report_id, col(ReportState.ledger_id) == open_change.ledger_id)
    ).first()
    if row is None:
        raise UnknownNameError("这项报送已不在台账里。", "请回到报送列表看最新内容。")
    if row.source == "notice":
        raise InvalidInputError("通知要求的报送不能改写或删除，只有自己增加的可以。", "报错了的请撤回报送。")
    return row
