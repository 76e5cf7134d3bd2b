"""Deadlines of a reading: every kind with the keys that it must and may have, dates that exist, recurrences."""

import pytest

from db.errors import ReadingError
from db.intake.plan_toml import read_plan
from db.rules.notice import Deadline
from tests.db.plan_sample import NOTICE, READING, changed

NAME = "sample-2024.toml"
OLD = (
    'deadline = { text = "6月底前", kind = "month_end", source = "cell", month = 6, quote = "6月底前", '
    'also = ["6月底前"] }'
)


def with_deadline(keys: str) -> str:
    """The sample with another deadline for its first task; text, source and quote as they were."""
    return changed(OLD, f'deadline = {{ text = "6月底前", source = "cell", quote = "6月底前", {keys} }}')


def deadline(keys: str) -> Deadline:
    (found,) = read_plan(NAME, with_deadline(keys), NOTICE).tasks[0].deadlines
    return found


def refusal(toml_text: str) -> str:
    with pytest.raises(ReadingError) as refused:
        read_plan(NAME, toml_text, NOTICE)
    assert refused.value.hint
    return refused.value.message


RIGHT = [
    ('kind = "on_day", month = 6, day = 30', Deadline("", "on_day", "cell", "", month=6, day=30)),
    ('kind = "on_day", month = 2, day = 29', Deadline("", "on_day", "cell", "", month=2, day=29)),
    ('kind = "month_end", month = 1, year_offset = 1', Deadline("", "month_end", "cell", "", month=1, year_offset=1)),
    (
        'kind = "window", start_month = 10, month = 3, year_offset = 1',
        Deadline("", "window", "cell", "", start_month=10, month=3, year_offset=1),
    ),
    (
        'kind = "window", start_month = 6, start_day = 1, month = 6, day = 7',
        Deadline("", "window", "cell", "", start_month=6, start_day=1, month=6, day=7),
    ),
    (
        'kind = "window", start_month = 6, start_day = 30, month = 6',
        Deadline("", "window", "cell", "", start_month=6, start_day=30, month=6),
    ),
    ('kind = "standing"', Deadline("", "standing", "cell", "")),
    ('kind = "none"', Deadline("", "none", "cell", "")),
    (
        'kind = "recurring", recurrence = "FREQ=MONTHLY;INTERVAL=3", month = 12, day = 31',
        Deadline("", "recurring", "cell", "", month=12, day=31, recurrence="FREQ=MONTHLY;INTERVAL=3"),
    ),
    (
        'kind = "recurring", recurrence = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"',
        Deadline("", "recurring", "cell", "", recurrence="FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
    ),
]


@pytest.mark.parametrize(("keys", "expected"), RIGHT)
def test_a_deadline_is_read(keys: str, expected: Deadline) -> None:
    found = deadline(keys)
    assert (found.text, found.quote) == ("6月底前", "6月底前")
    assert found == Deadline(
        "6月底前",
        expected.kind,
        "cell",
        "6月底前",
        month=expected.month,
        day=expected.day,
        year_offset=expected.year_offset,
        start_month=expected.start_month,
        start_day=expected.start_day,
        recurrence=expected.recurrence,
    )


WRONG = [
    ('kind = "day"', "kind：不认识“day”"),
    ('kind = "on_day", day = 1', "month：缺少这个键，kind 为 on_day 时要写"),
    ('kind = "on_day", month = 6', "day：缺少这个键，kind 为 on_day 时要写"),
    ('kind = "on_day", month = 13, day = 1', "month：应在 1 到 12 之间，写的是 13"),
    ('kind = "on_day", month = 0, day = 1', "month：应在 1 到 12 之间，写的是 0"),
    ('kind = "on_day", month = 2, day = 30', "day：没有 2 月 30 日这一天"),
    ('kind = "on_day", month = 4, day = 31', "day：没有 4 月 31 日这一天"),
    ('kind = "on_day", month = 1, day = 32', "day：应在 1 到 31 之间，写的是 32"),
    ('kind = "on_day", month = 1, day = 0', "day：应在 1 到 31 之间，写的是 0"),
    ('kind = "on_day", month = "6", day = 1', "month：应是整数，写的是字符串"),
    ('kind = "on_day", month = 6, day = 1, year_offset = 6', "year_offset：应在 0 到 5 之间，写的是 6"),
    ('kind = "on_day", month = 6, day = 1, year_offset = -1', "year_offset：应在 0 到 5 之间，写的是 -1"),
    ('kind = "on_day", month = 6, day = 1, start_month = 5', "start_month：kind 为 on_day 时不写这个键"),
    ('kind = "month_end"', "month：缺少这个键，kind 为 month_end 时要写"),
    ('kind = "month_end", month = 6, day = 30', "day：kind 为 month_end 时不写这个键"),
    ('kind = "window", month = 6', "start_month：缺少这个键，kind 为 window 时要写"),
    ('kind = "window", start_month = 6', "month：缺少这个键，kind 为 window 时要写"),
    ('kind = "window", start_month = 10, month = 3', "start_month：开始晚于结束"),
    ('kind = "window", start_month = 6, start_day = 8, month = 6, day = 7', "start_month：开始晚于结束"),
    ('kind = "window", start_month = 2, start_day = 30, month = 6', "start_day：没有 2 月 30 日这一天"),
    ('kind = "standing", month = 12', "month：kind 为 standing 时不写这个键"),
    ('kind = "standing", year_offset = 1', "year_offset：kind 为 standing 时不写这个键"),
    ('kind = "none", day = 1', "day：kind 为 none 时不写这个键"),
    ('kind = "recurring"', "recurrence：kind 为 recurring 时要写周期，其他 kind 不写"),
    ('kind = "standing", recurrence = "FREQ=YEARLY"', "recurrence：kind 为 recurring 时要写周期，其他 kind 不写"),
    ('kind = "recurring", recurrence = "FREQ=YEARLY", day = 3', "month：缺少这个键，写了 day 就要写"),
    ('kind = "recurring", recurrence = "FREQ=YEARLY", year_offset = 1', "month：缺少这个键，写了 year_offset 就要写"),
    ('kind = "standing", dates = []', "kind：有 dates 时不能是 standing"),
    ('kind = "on_day", dates = []', "dates：不能是空的"),
    ('kind = "on_day", month = 1, dates = [{}]', "month：有 dates 时不写这个键"),
    ('kind = "on_day", dates = [{ month = 1, day = 1 }]', "dates[1].party：缺少这个键"),
    ('kind = "on_day", dates = [{ party = "县直", month = 1, day = 1 }]', "dates[1].party：通知原文里没有“县直”"),
    ('kind = "on_day", dates = [{ party = "镇街", month = 1 }]', "dates[1].day：缺少这个键，kind 为 on_day 时要写"),
    (
        'kind = "month_end", dates = [{ party = "镇街", month = 1, day = 2 }]',
        "dates[1].day：kind 为 month_end 时不写这个键",
    ),
    (
        'kind = "on_day", dates = [{ party = "镇街", month = 1, day = 2, ours = false }]',
        "dates：本单位的日期应有且只有一个",
    ),
    (
        'kind = "on_day", dates = [{ party = "镇街", month = 1, day = 2 }, { party = "市直部门", month = 1, day = 2 }]',
        "dates：本单位的日期应有且只有一个",
    ),
    (
        'kind = "on_day", dates = [{ party = "镇街", month = 1, day = 2 }, '
        '{ party = "镇街", month = 1, day = 3, ours = false }]',
        "dates：同一方写了两次",
    ),
    ('kind = "standing", when = 1', "when：没有这个键"),
]


@pytest.mark.parametrize(("keys", "said"), WRONG)
def test_a_deadline_that_cannot_be_is_refused_with_its_key(keys: str, said: str) -> None:
    assert refusal(with_deadline(keys)) == f"{NAME}：task[1].deadline.{said}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "cell"', 'source = "none"', "task[1].deadline.source：写了时限就要写明出处"),
        ('source = "cell"', 'source = "table"', "task[1].deadline.source：不认识“table”"),
        ('source = "cell", ', "", "task[1].deadline.source：缺少这个键"),
        ('text = "6月底前"', 'text = "7月底前"', "task[1].deadline.text：通知原文里没有“7月底前”"),
        ('text = "6月底前"', 'text = "全年"', "task[1].deadline.quote：出处里没有 text 的话"),
        ('also = ["6月底前"]', 'also = ["7月底前"]', "task[1].deadline.also[1]：通知原文里没有“7月底前”"),
        ("month = 11\nday = 30", "month = 11\nday = 31", "default_deadline.day：没有 11 月 31 日这一天"),
        ("month = 11\nday = 30", "month = 11", "default_deadline.day：缺少这个键"),
        ("month = 11\nday = 30", "month = 2\nday = 30", "default_deadline.day：没有 2 月 30 日这一天"),
        ("[default_deadline]", "[[default_deadline]]", "default_deadline：应是表，写的是数组"),
        (
            "[default_deadline]",
            '[default_deadline]\nkind = "on_day"',
            "default_deadline.kind：没有这个键",
        ),
    ],
)
def test_a_deadline_without_its_source_or_sentence_is_refused(old: str, new: str, said: str) -> None:
    assert refusal(changed(old, new)) == f"{NAME}：{said}"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("每月", "不是合法的周期规则（RRULE）"),
        ("FREQ=HOURLY", "不是合法的周期规则（RRULE）"),
        ("freq=monthly", "不是合法的周期规则（RRULE）"),
        ("FREQ=MONTHLY;", "不是合法的周期规则（RRULE）"),
        ("INTERVAL=2;FREQ=MONTHLY", "不是合法的周期规则（RRULE）"),
        ("RRULE:FREQ=MONTHLY", "不是合法的周期规则（RRULE）"),
        ("FREQ=MONTHLY;BYDAY=XX", "不是合法的周期规则（RRULE）"),
        ("FREQ=MONTHLY;FREQ=YEARLY", "周期规则的同一部分写了两次"),
        ("FREQ=MONTHLY;INTERVAL=0", "周期规则里的 INTERVAL=0 不能用"),
        ("FREQ=MONTHLY;INTERVAL=00", "周期规则里的 INTERVAL=00 不能用"),
        ("FREQ=MONTHLY;INTERVAL=-1", "周期规则里的 INTERVAL=-1 不能用"),
        ("FREQ=YEARLY;BYMONTH=13", "周期规则里的 BYMONTH=13 不能用"),
        ("FREQ=YEARLY;BYMONTHDAY=32", "周期规则里的 BYMONTHDAY=32 不能用"),
        ("FREQ=YEARLY;DTSTART=20200101", "周期规则里的 DTSTART=20200101 不能用"),
        ("FREQ=YEARLY;UNTIL=20301231", "周期规则里的 UNTIL=20301231 不能用"),
        ("FREQ=YEARLY;COUNT=3", "周期规则里的 COUNT=3 不能用"),
    ],
)
def test_a_recurrence_that_a_plan_cannot_have_is_refused(rule: str, said: str) -> None:
    message = refusal(changed('recurrence = "FREQ=MONTHLY"', f'recurrence = "{rule}"'))
    assert message == f"{NAME}：task[2].recurrence：{said}"
    assert refusal(with_deadline(f'kind = "recurring", recurrence = "{rule}"')) == (
        f"{NAME}：task[1].deadline.recurrence：{said}"
    )


def test_a_recurrence_stands_in_the_deadline_where_there_is_one() -> None:
    both = changed('inherits = "2"', 'inherits = "2"\nrecurrence = "FREQ=YEARLY"\n' + OLD)
    assert refusal(both) == f"{NAME}：task[3].recurrence：有 deadline 的任务不在这里写周期"


def test_a_recurrence_without_any_date_to_stand_on_is_refused() -> None:
    without = READING[: READING.index("[default_deadline]")] + READING[READING.index("[[unit]]") :]
    assert refusal(without) == f"{NAME}：task[2].recurrence：通知没有统一时限，周期没有着落"


def test_without_a_default_a_task_without_deadline_has_none() -> None:
    text = changed('recurrence = "FREQ=MONTHLY"\n', "")
    without = text[: text.index("[default_deadline]")] + text[text.index("[[unit]]") :]
    draft = read_plan(NAME, without, NOTICE)
    assert [len(task.deadlines) for task in draft.tasks] == [1, 0, 0, 2]
