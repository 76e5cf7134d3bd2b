"""计时: a clock is started by a rule, of which it keeps a copy, and the 登记 of an application is one too."""

from datetime import date, datetime

from db.errors import InvalidInputError
from db.file import LedgerFile
from db.models.counting import Clock
from db.rules.clock_json import (
    extensions_json,
    pauses_json,
    stages_json,
    stored_extensions,
    stored_pauses,
    stored_stages,
)
from db.rules.rows import ClockRuleRow, Extension, Pause, StageDay
from db.rules.words import DAY_KIND_NAMES, STAGE_NAMES, STAGES, Stage
from db.store.change import change
from db.store.clock_checks import (
    check_entry,
    check_rule,
    check_start,
    clock_of,
    days_of,
    end_clock,
    open_clock_of,
    refuse_backwards,
    refuse_early,
    refuse_short,
)
from db.store.inputs import Closing, Extending, Moving, Pausing, Resuming, Timing, refuse_future, validated


def start_clock(
    file: LedgerFile,
    ledger_id: int,
    *,
    rule: ClockRuleRow,
    subject: str,
    start: date,
    entry: int | None,
    today: date,
    at: datetime,
) -> int:
    """起计时: by a rule, from the day of its event. One that registers begins at 申请登记. Returns the clock's id."""
    given = validated(Timing, subject=subject, start=start)
    check_rule(rule)
    check_start(rule.direction, given.start, today)
    with change(file, ledger_id, "start_clock", at) as open_change:
        check_entry(open_change, entry)
        row = open_change.add(
            Clock(
                ledger_id=ledger_id,
                entry_id=entry,
                subject=given.subject,
                source=rule.source,
                article=rule.article,
                days=rule.days,
                day_kind=rule.day_kind,
                direction=rule.direction,
                bound=rule.bound,
                trigger=rule.trigger,
                action=rule.action,
                quote=rule.quote,
                may_extend=rule.may_extend,
                start_day=given.start,
                stages=stages_json((StageDay("registered", given.start),)) if rule.registers else None,
            )
        )
        if row.id is None:
            raise InvalidInputError("计时没有保存。")
        return row.id


def edit_clock(
    file: LedgerFile,
    ledger_id: int,
    clock_id: int,
    *,
    subject: str,
    start: date,
    entry: int | None,
    today: date,
    at: datetime,
) -> None:
    """Change what a clock is about, its start day or its entry; its rule stays."""
    given = validated(Timing, subject=subject, start=start)
    with change(file, ledger_id, "edit_clock", at) as open_change:
        clock = clock_of(open_change, clock_id)
        check_start(clock.direction, given.start, today)
        first = min(days_of(clock), default=given.start)
        if clock.direction == "after" and given.start > first:
            raise InvalidInputError(
                f"起算日期 {given.start} 晚于这件计时已有的记录（{first}），没有保存。", "请填这一天或更早的日期。"
            )
        if entry != clock.entry_id:
            check_entry(open_change, entry)
        stages = stored_stages(clock.stages)
        with open_change.edit(clock):
            clock.subject, clock.start_day, clock.entry_id = given.subject, given.start, entry
            if stages:
                clock.stages = stages_json((StageDay("registered", given.start), *stages[1:]))


def pause_clock(
    file: LedgerFile,
    ledger_id: int,
    clock_id: int,
    *,
    on: date,
    anew: bool,
    reason: str,
    today: date,
    at: datetime,
) -> None:
    """暂停计时: the days after `on` do not count until it is resumed; anew: afterwards all days again (补正)."""
    given = validated(Pausing, on=on, anew=anew, reason=reason)
    refuse_future("暂停日期", given.on, today)
    with change(file, ledger_id, "pause_clock", at) as open_change:
        clock = open_clock_of(open_change, clock_id)
        refuse_backwards(clock, "暂停")
        pauses = stored_pauses(clock.pauses)
        if pauses and pauses[-1].end is None:
            raise InvalidInputError(f"这件计时从 {pauses[-1].start} 起已经暂停，没有改变任何内容。", "请先继续计时。")
        refuse_early("暂停日期", given.on, clock.start_day, *(pause.end for pause in pauses if pause.end is not None))
        with open_change.edit(clock):
            clock.pauses = pauses_json((*pauses, Pause(given.on, None, given.anew, given.reason)))


def resume_clock(file: LedgerFile, ledger_id: int, clock_id: int, *, on: date, today: date, at: datetime) -> None:
    """继续计时: `on` is the last day that does not count."""
    given = validated(Resuming, on=on)
    refuse_future("继续日期", given.on, today)
    with change(file, ledger_id, "resume_clock", at) as open_change:
        clock = open_clock_of(open_change, clock_id)
        pauses = stored_pauses(clock.pauses)
        if not pauses or pauses[-1].end is not None:
            raise InvalidInputError("这件计时没有暂停，无需继续。", "没有改变任何内容。")
        last = pauses[-1]
        refuse_early("继续日期", given.on, last.start)
        with open_change.edit(clock):
            clock.pauses = pauses_json((*pauses[:-1], Pause(last.start, given.on, last.anew, last.reason)))


def extend_clock(
    file: LedgerFile,
    ledger_id: int,
    clock_id: int,
    *,
    days: int,
    reason: str,
    on: date,
    today: date,
    at: datetime,
) -> None:
    """延长计时: so many days more of the rule's kind, all extensions together no more than the rule lets.

    A rule of the notice or of the office sets no limit to that; of the statute's only those that say so are extended.
    """
    given = validated(Extending, on=on, days=days, reason=reason)
    refuse_future("延长日期", given.on, today)
    with change(file, ledger_id, "extend_clock", at) as open_change:
        clock = open_clock_of(open_change, clock_id)
        refuse_backwards(clock, "延长")
        if clock.source == "statute" and clock.may_extend is None:
            raise InvalidInputError(
                f"条例{clock.article}没有说这一期限可以延长，没有保存。",
                "中间有不算在内的时间的，请用暂停；另有规定的，请先更正这条规则，再重新起计时。",
            )
        refuse_early("延长日期", given.on, clock.start_day)
        extensions = stored_extensions(clock.extensions)
        before = sum(extension.days for extension in extensions)
        if clock.may_extend is not None and before + given.days > clock.may_extend:
            unit = DAY_KIND_NAMES[clock.day_kind]
            raise InvalidInputError(
                f"最多延长 {clock.may_extend} {unit}，已延长 {before}，不能再延长 {given.days}，没有保存。",
                "请减少延长的天数。",
            )
        with open_change.edit(clock):
            clock.extensions = extensions_json((*extensions, Extension(given.on, given.days, given.reason)))


def close_clock(
    file: LedgerFile,
    ledger_id: int,
    clock_id: int,
    *,
    on: date,
    outcome: str | None,
    today: date,
    at: datetime,
) -> None:
    """了结计时: it ended on that day, with an outcome if there is one; a pause that lasts ends with it.

    A minimum (不少于30天) that ends before its day needs an outcome that says why.
    """
    given = validated(Closing, on=on, outcome=outcome)
    refuse_future("了结日期", given.on, today)
    with change(file, ledger_id, "close_clock", at) as open_change:
        clock = open_clock_of(open_change, clock_id)
        if given.outcome is None:
            refuse_short(open_change, clock, given.on)
        with open_change.edit(clock):
            end_clock(clock, given.on, "了结日期")
            clock.outcome = given.outcome


def reopen_clock(file: LedgerFile, ledger_id: int, clock_id: int, *, at: datetime) -> None:
    """恢复计时: a closed clock runs again; an application that was answered is back at the stage before."""
    with change(file, ledger_id, "reopen_clock", at) as open_change:
        clock = clock_of(open_change, clock_id)
        if clock.closed_on is None:
            raise InvalidInputError("这件计时还没有了结，无需恢复。", "没有改变任何内容。")
        left = [reached for reached in stored_stages(clock.stages) if reached.stage not in ("answered", "archived")]
        with open_change.edit(clock):
            clock.closed_on = clock.outcome = None
            clock.stages = stages_json(left)


def move_stage(
    file: LedgerFile, ledger_id: int, clock_id: int, *, stage: Stage, on: date, today: date, at: datetime
) -> None:
    """登记进度: an application reached a later stage, others may be skipped; 答复 closes its clock on that day."""
    given = validated(Moving, on=on, stage=stage)
    name = STAGE_NAMES[given.stage]
    refuse_future(f"{name}日期", given.on, today)
    with change(file, ledger_id, "move_stage", at) as open_change:
        clock = clock_of(open_change, clock_id)
        stages = stored_stages(clock.stages)
        _check_stage(stages, given.stage)
        if given.stage != "archived":
            open_clock_of(open_change, clock_id)
        refuse_early(f"{name}日期", given.on, stages[-1].on)
        with open_change.edit(clock):
            if given.stage == "answered":
                end_clock(clock, given.on, f"{name}日期")
            clock.stages = stages_json((*stages, StageDay(given.stage, given.on)))


def remove_clock(file: LedgerFile, ledger_id: int, clock_id: int, *, at: datetime) -> None:
    """Take a clock out; undo brings it back."""
    with change(file, ledger_id, "remove_clock", at) as open_change:
        open_change.remove(clock_of(open_change, clock_id))


def _check_stage(stages: tuple[StageDay, ...], stage: Stage) -> None:
    if not stages:
        raise InvalidInputError("这件计时不是公开申请的登记，没有进度。", "没有改变任何内容。")
    reached = stages[-1].stage
    if STAGES.index(stage) <= STAGES.index(reached):
        raise InvalidInputError(
            f"已经登记到“{STAGE_NAMES[reached]}”，不能再登记为“{STAGE_NAMES[stage]}”。", "登记错了的，请撤销上一步。"
        )
    if stage == "archived" and reached != "answered":
        raise InvalidInputError("还没有答复，不能归档。", "请先登记答复。没有改变任何内容。")
