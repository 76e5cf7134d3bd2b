"""The lines of 今日 in words, for the screen and for --board."""

from db.rules.board import GROUPS, Board, BoardLine
from db.rules.rows import Countdown
from tui.wording import days_words
from tui.wording_counted import left_words_of, missed_words, missing_words, quota_rule_words

_KINDS = {"clock": "计时", "report": "报送"}
NOTHING = "没有逾期、到期的，本期数量没有不足，没有计时和待报送的。"


def group_words(board: Board) -> list[tuple[str, tuple[BoardLine, ...]]]:
    """逾期（3） with its lines, for each group that has some."""
    grouped = [(name, board.of(key)) for key, name in GROUPS]
    return [(f"{name}（{len(lines)}）", lines) for name, lines in grouped if lines]


def line_words(line: BoardLine) -> str:
    """第 3 项 公开……; 自1 ……; 计时 关于…的申请：答复; 报送 工作总结; 本单位 每季度不少于 2 条：…."""
    if line.kind in _KINDS:
        return f"{_KINDS[line.kind]}  {line.text}"
    # One task may have two quotas: the rule tells them apart.
    rule = f"{rule_words(line)}：" if line.quota else ""
    whose = "本单位" if line.number is None else number_of(line.number)
    return f"{whose}  {rule}{line.text}"


def number_of(number: str) -> str:
    """第 12 项; an own task's number says itself what it is."""
    return number if number.startswith("自") else f"第 {number} 项"


def state_words(line: BoardLine) -> str:
    """What stands at the right: 逾期 3 天; 缺 2 条，剩 6 个工作日; 1月—10月 10 期未办; 已暂停."""
    if line.missed:
        return missed_words(line.missed)
    if line.quota is not None and line.countdown is not None:
        return f"{missing_words(line.quota)}，{left_words_of(line.countdown)}"
    if line.countdown is None:
        return "已暂停" if line.kind == "clock" else "日期待核对"
    if line.kind == "clock" and not line.countdown.overdue and line.countdown.days <= 0:
        return _over(line.countdown)
    return days_words(line.countdown)


def _over(countdown: Countdown) -> str:
    """A clock on its last day, or a minimum that is over (never overdue)."""
    return "已满，可以截止" if countdown.days < 0 else days_words(countdown)


def rule_words(line: BoardLine) -> str:
    """The rule of a quota line; '' of others."""
    return quota_rule_words(line.quota) if line.quota else ""
