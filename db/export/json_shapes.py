"""The JSON shapes that the ledger and the board share: countdown, quota, clock, report."""

from datetime import date

from db.rules.rows import ClockRow, ClockRuleRow, Countdown, ItemTally, QuotaRow, ReportRow

Json = dict[str, object]


def day_shape(day: date | None) -> str | None:
    return day.isoformat() if day else None


def countdown_shape(countdown: Countdown | None) -> Json | None:
    """{days, workdays, estimated, overdue}"""
    if countdown is None:
        return None
    return {
        "days": countdown.days,
        "workdays": countdown.workdays,
        "estimated": countdown.estimated,
        "overdue": countdown.overdue,
    }


def quota_shape(quota: QuotaRow) -> Json:
    """One period of a quota."""
    return {
        "target": quota.target,
        "counter": quota.counter,
        "period": quota.period,
        "tally": quota.tally,
        "period_start": day_shape(quota.period_start),
        "period_end": day_shape(quota.period_end),
        "met": quota.met,
        "items": [_item(item) for item in quota.items],
        "quote": quota.quote or None,
    }


def _item(item: ItemTally) -> Json:
    return {"name": item.name, "tally": item.tally, "met": item.met}


def rule_shape(rule: ClockRuleRow) -> Json:
    """A clock rule, alone or in a clock that was started by it."""
    return {
        "days": rule.days,
        "day_kind": rule.day_kind,
        "direction": rule.direction,
        "bound": rule.bound,
        "trigger": rule.trigger,
        "action": rule.action,
        "quote": rule.quote or None,
    }


def clock_shape(clock: ClockRow) -> Json:
    """A clock with the rule that it was started by, its pauses, extensions and stages."""
    rule = clock.rule
    return {
        "subject": clock.subject,
        "number": clock.number,
        "source": rule.source,
        "article": rule.article or None,
        **rule_shape(rule),
        "start": day_shape(clock.start),
        "due": day_shape(clock.due),
        "state": clock.state,
        "countdown": countdown_shape(clock.countdown),
        "left": clock.left,
        "pauses": [
            {
                "from": day_shape(pause.start),
                "to": day_shape(pause.end),
                "anew": pause.anew,
                "reason": pause.reason or None,
            }
            for pause in clock.pauses
        ],
        "extensions": [
            {"on": day_shape(extension.on), "days": extension.days, "reason": extension.reason or None}
            for extension in clock.extensions
        ],
        "stages": [{"stage": stage.stage, "on": day_shape(stage.on)} for stage in clock.stages],
        "closed_on": day_shape(clock.closed_on),
        "late": clock.late,
        "outcome": clock.outcome or None,
    }


def report_shape(report: ReportRow) -> Json:
    """What is handed in, to whom and by when, and whether it was."""
    return {
        "what": report.what,
        "to": report.to,
        "due": day_shape(report.due),
        "attachments": list(report.attachments),
        "quote": report.quote or None,
        "source": report.source,
        "handed_in_on": day_shape(report.handed_in_on),
        "remark": report.remark or None,
        "countdown": countdown_shape(report.countdown),
    }
