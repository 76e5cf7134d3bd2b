"""The cell of a time limit: every row of notice-patterns.md, section 3, and its edge rules."""

import pytest

from db.intake.phrases.deadlines import deadlines
from db.intake.reading import Doubt
from db.rules.said import Deadline

YEAR = 2022


def read(cell: str | None, year: int | None = YEAR) -> tuple[tuple[Deadline, ...], tuple[Doubt, ...]]:
    return deadlines(cell, "做好公开。", year=year, default=None, issued_on=None)


def only(cell: str, year: int | None = YEAR) -> tuple[Deadline, tuple[Doubt, ...]]:
    (found,), doubts = read(cell, year)
    assert (found.text, found.quote, found.source) == (cell, cell, "cell")
    return found, doubts


def shape(found: Deadline) -> str:
    """kind, start, end, recurrence: window 10-次年3, on_day 11-20."""
    words: list[str] = [found.kind]
    if found.start_month is not None:
        words.append(f"{found.start_month}{f'.{found.start_day}' if found.start_day else ''}→")
    if found.month is not None:
        words.append(f"{'+' * found.year_offset}{found.month}{f'.{found.day}' if found.day else ''}")
    if found.recurrence:
        words.append(found.recurrence)
    return " ".join(words)


RIGHT = [
    ("全年", "standing"),
    ("常态化落实", "standing"),
    ("常态化开展", "standing"),
    ("持续推进", "standing"),
    ("长期推进", "standing"),
    ("长期坚持", "standing"),
    ("1月—12月", "standing"),
    ("2022年1月1日至12月31日", "standing"),
    ("9月底前", "month_end 9"),
    ("3 月底前", "month_end 3"),
    ("3月底", "month_end 3"),
    ("3月底完成", "month_end 3"),
    ("11月底前动工", "month_end 11"),
    ("2月底前", "month_end 2"),
    ("2022年11月底前", "month_end 11"),
    ("2022年11月底", "month_end 11"),
    ("2022年底", "on_day 12.31"),
    ("2022年底前", "on_day 12.31"),
    ("2022年年底前", "on_day 12.31"),
    ("2022 年 底 前", "on_day 12.31"),
    ("年底前", "on_day 12.31"),
    ("今年年底前", "on_day 12.31"),
    ("2022年11月", "month_end 11"),
    ("2023年1月", "month_end +1"),
    ("8月份", "month_end 8"),
    ("6月投入使用", "month_end 6"),
    ("11月20日前", "on_day 11.20"),
    ("11月20日", "on_day 11.20"),
    ("11月20号之前", "on_day 11.20"),
    ("2022年11月20日前", "on_day 11.20"),
    ("于2022年11月20日", "on_day 11.20"),
    ("不晚于11月20日", "on_day 11.20"),
    ("4月20日（星期三）前", "on_day 4.20"),
    ("4月20日前（周三）", "on_day 4.20"),
    ("2022-11-20", "on_day 11.20"),
    ("2022.11.20", "on_day 11.20"),
    ("2022/3/5", "on_day 3.5"),
    ("2023.01", "month_end +1"),
    ("２０２２年１１月底", "month_end 11"),
    ("十一月底前", "month_end 11"),
    ("二〇二二年十二月三日前", "on_day 12.3"),
    ("次年1月底前", "month_end +1"),
    ("明年3月31日前", "on_day +3.31"),
    ("3月—6月", "window 3→ 6"),
    ("2022年3月—6月", "window 3→ 6"),
    ("3-4月", "window 3→ 4"),
    ("9月至11", "window 9→ 11"),
    ("2022年3月1日—2022年6月30日", "window 3.1→ 6.30"),
    ("6月1日至6月7日", "window 6.1→ 6.7"),
    ("6月1日至7日", "window 6.1→ 6.7"),
    ("3月1-5日", "window 3.1→ 3.5"),
    ("2022.03—2022.06", "window 3→ 6"),
    ("10月-次年3月", "window 10→ +3"),
    ("2022年9月—2023年3月", "window 9→ +3"),
    ("每年3月31日前", "recurring 3.31 FREQ=YEARLY"),
    ("每年年底前", "recurring 12.31 FREQ=YEARLY"),
    ("每年底前", "recurring 12.31 FREQ=YEARLY"),
    ("按年", "recurring FREQ=YEARLY"),
    ("年度", "recurring FREQ=YEARLY"),
    ("每年至少1次", "recurring FREQ=YEARLY"),
    ("1次/年", "recurring FREQ=YEARLY"),
    ("每半年一次", "recurring FREQ=MONTHLY;INTERVAL=6"),
    ("每半年至少1次", "recurring FREQ=MONTHLY;INTERVAL=6"),
    ("每两个月一次", "recurring FREQ=MONTHLY;INTERVAL=2"),
    ("一月一次", "recurring FREQ=MONTHLY"),
    ("每月月底前", "recurring FREQ=MONTHLY"),
    ("每季度季末", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("3月月底前", "month_end 3"),
    ("11月20日下班前", "on_day 11.20"),
    ("11月20日17:00前", "on_day 11.20"),
    ("11月20日17：30之前", "on_day 11.20"),
    ("11月20日24时前", "on_day 11.20"),
    ("11月20日下午5点半前", "on_day 11.20"),
    ("4月20日（星期三）12时前", "on_day 4.20"),
    ("即日起至11月20日", "on_day 11.20"),
    ("3月1日起至6月30日止", "window 3.1→ 6.30"),
    ("至12月31日", "on_day 12.31"),
    ("截止到12月31日", "on_day 12.31"),
    ("完成时限：11月底", "month_end 11"),
    ("年末（11月底）", "month_end 11"),
    ("按月", "recurring FREQ=MONTHLY"),
    ("每月", "recurring FREQ=MONTHLY"),
    ("每月底前", "recurring FREQ=MONTHLY"),
    ("每季度", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("每季度末", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("每半年", "recurring FREQ=MONTHLY;INTERVAL=6"),
    ("每两个月", "recurring FREQ=MONTHLY;INTERVAL=2"),
    ("每周", "recurring FREQ=WEEKLY;BYDAY=MO"),
    ("每季度末（分别在6月、9月和12月底）", "recurring FREQ=YEARLY;BYMONTH=1,7,10;BYMONTHDAY=1"),
    ("每季度，12月底前完成", "recurring 12 FREQ=MONTHLY;INTERVAL=3"),
    ("上半年", "month_end 6"),
    ("下半年", "month_end 12"),
    ("一季度", "month_end 3"),
    ("第三季度", "month_end 9"),
    ("2022年第三季度末前", "month_end 9"),
    ("3月上旬", "on_day 3.10"),
    ("3月中旬", "on_day 3.20"),
    ("3月下旬", "month_end 3"),
    ("2022年全年", "standing"),
    ("10月下旬至11月上旬", "window 10→ 11.10"),
    ("每天", "recurring FREQ=DAILY"),
    ("全年，12月底前完成", "month_end 12"),
    ("2027年底前", "on_day +++++12.31"),
]


@pytest.mark.parametrize(("cell", "expected"), RIGHT)
def test_a_cell_that_says_one_thing_is_read_without_a_doubt(cell: str, expected: str) -> None:
    found, doubts = only(cell)
    assert shape(found) == expected
    assert not doubts


@pytest.mark.parametrize("cell", ["", "  ", "—", "-", "/", "无", "暂无", "……"])
def test_a_cell_in_which_nothing_is_written_is_no_deadline(cell: str) -> None:
    assert read(cell) == ((), ())


def test_a_row_without_the_cell_is_no_deadline() -> None:
    assert read(None) == ((), ())


ASKED = [
    ("9月31日前", "none", "deadline_invalid", ("2022年9月底",)),
    ("2月29日前", "none", "deadline_invalid", ("2022年2月底",)),
    ("2月30日前", "none", "deadline_invalid", ("2022年2月底",)),
    ("2022年底11月前", "none", "deadline_invalid", ()),
    ("13月底前", "none", "deadline_invalid", ()),
    ("0月底前", "none", "deadline_invalid", ()),
    ("2022/13/01", "none", "deadline_invalid", ()),
    ("11月20前", "none", "deadline_invalid", ()),
    ("2029年底前", "none", "deadline_invalid", ()),
    ("5年底前", "none", "deadline_invalid", ()),
    ("第五季度", "none", "deadline_invalid", ()),
    ("10月-3月", "none", "deadline_invalid", ("10月至次年3月",)),
    ("4月20日（星期五）前", "none", "deadline_invalid", ("2022年4月20日",)),
    ("2011年底前", "none", "deadline_stale", ("2022年12月31日",)),
    ("2021年11月底前", "none", "deadline_stale", ("2022年11月底",)),
    ("上年底前", "none", "deadline_stale", ("2022年12月31日",)),
    ("11月前", "month_end 10", "deadline_two_valued", ("2022年10月底", "2022年11月底")),
    ("2023年1月前", "month_end 12", "deadline_two_valued", ("2022年12月底", "2023年1月底")),
    ("第三季度前", "month_end 6", "deadline_two_valued", ("2022年6月底", "2022年9月底")),
    ("3月初", "on_day 3.1", "deadline_two_valued", ("2022年3月1日", "2022年3月10日")),
    ("7月中旬前", "on_day 7.10", "deadline_two_valued", ("2022年7月10日", "2022年7月20日")),
    ("7月上旬前", "month_end 6", "deadline_two_valued", ("2022年6月底", "2022年7月10日")),
    ("11月中下旬", "month_end 11", "deadline_unread", ()),
    ("2022年10月-2023年", "month_end 10", "deadline_unread", ()),
    ("2021年全年", "standing", "deadline_unread", ()),
    ("1 2月底", "month_end 2", "deadline_two_valued", ("2022年12月底", "2022年2月底")),
    ("6月、12月", "month_end 12", "deadline_two_valued", ("6月", "12月")),
    ("分别于6月底前和12月底前", "month_end 12", "deadline_two_valued", ("6月底前", "12月底前")),
    ("6月底完成方案，11月底完成建设", "month_end 11", "deadline_two_valued", ("6月底", "11月底")),
    ("常态化开展，8月", "month_end 8", "deadline_two_valued", ("全年",)),
    ("每月、每季度", "recurring FREQ=MONTHLY", "deadline_two_valued", ("每月", "每季度")),
    ("每年6月30日前或变更后20日内", "none", "deadline_two_valued", ("每年6月30日前",)),
    ("年内", "none", "deadline_unread", ("2022年12月31日",)),
    ("2022年", "none", "deadline_unread", ("2022年12月31日",)),
    ("“十四五”期间", "none", "deadline_unread", ("2025年12月31日",)),
    ("自6月1日起", "none", "deadline_unread", ("6月1日前",)),
    ("同上", "none", "deadline_unread", ()),
    ("11.20", "none", "deadline_unread", ()),
    ("12月3日前，特殊情况除外", "on_day 12.3", "deadline_unread", ()),
    ("11月底前 15", "month_end 11", "deadline_unread", ()),
    ("11月底（12月底）", "month_end 12", "deadline_two_valued", ("11月底", "12月底")),
    ("11月20日0时前", "on_day 11.20", "deadline_unread", ()),
    ("二、四季度", "month_end 12", "deadline_unread", ()),
    ("3月廿日", "month_end 3", "deadline_unread", ()),
    ("2022年l1月底", "month_end 1", "deadline_unread", ()),
    ("3.31前", "none", "deadline_unread", ("2022年3月31日",)),
    ("2022年3/31前", "none", "deadline_unread", ("2022年3月31日",)),
    ("一季度1次、三季度1次", "month_end 9", "deadline_two_valued", ("一季度", "三季度")),
]


@pytest.mark.parametrize(("cell", "expected", "kind", "others"), ASKED)
def test_a_cell_that_says_no_one_date_is_asked_about(
    cell: str, expected: str, kind: str, others: tuple[str, ...]
) -> None:
    found, (doubt, *more) = only(cell)
    assert shape(found) == expected
    assert (doubt.kind, doubt.others, doubt.blocks) == (kind, others, True)
    assert doubt.text == cell
    assert not more


@pytest.mark.parametrize("phrase", [other for *_, others in ASKED for other in others])
def test_another_reading_is_itself_a_phrase_that_is_read_without_a_doubt(phrase: str) -> None:
    found, doubts = only(phrase)
    assert found.kind != "none"
    assert not doubts


TOLD = [
    ("附件2 3月底前", "month_end 3", "deadline_unread"),
    ("11月底前（办公室）", "month_end 11", "deadline_unread"),
    ("12月3日（含）前", "on_day 12.3", "deadline_unread"),
    ("每周五", "recurring FREQ=WEEKLY;BYDAY=MO", "deadline_unread"),
    ("春节前", "none", "deadline_event"),
    ("国庆前", "none", "deadline_event"),
    ("开学后", "none", "deadline_event"),
    ("半个月内", "none", "deadline_event"),
    ("2次/年", "recurring FREQ=YEARLY", "deadline_unread"),
    ("一年两次", "recurring FREQ=YEARLY", "deadline_unread"),
    ("每月不少于2条", "recurring FREQ=MONTHLY", "deadline_unread"),
    ("每半年两次", "recurring FREQ=MONTHLY;INTERVAL=6", "deadline_unread"),
    ("每周五前", "recurring FREQ=WEEKLY;BYDAY=MO", "deadline_unread"),
    ("信息形成或变更之日起20个工作日内", "none", "deadline_event"),
    ("制作或获取信息之日起 20 个工作日内", "none", "deadline_event"),
    ("批复后20日内", "none", "deadline_event"),
    ("收到申请后3个月内", "none", "deadline_event"),
    ("印发后20个工作日内", "none", "deadline_event"),
    ("活动前提前3个工作日", "none", "deadline_event"),
    ("春、秋季学期", "none", "deadline_event"),
    ("根据会议时间确定", "none", "deadline_event"),
    ("及时", "none", "deadline_event"),
    ("定期", "none", "deadline_event"),
    ("动态更新", "none", "deadline_event"),
    ("每月28日前", "recurring FREQ=MONTHLY", "deadline_unread"),
    ("每季度末月20日前", "recurring FREQ=MONTHLY;INTERVAL=3", "deadline_unread"),
    (
        "分别在年初（3—4月）、年中（6—7月）、年末（11—12月）",
        "recurring FREQ=YEARLY;BYMONTH=1,5,8;BYMONTHDAY=1",
        "deadline_unread",
    ),
    ("2021年10月—2022年3月", "month_end 3", "deadline_unread"),
    ("2023年1月—2月", "month_end +2", "deadline_unread"),
]


@pytest.mark.parametrize(("cell", "expected", "kind"), TOLD)
def test_what_no_date_can_carry_is_told_and_its_words_are_kept(cell: str, expected: str, kind: str) -> None:
    found, (doubt,) = only(cell)
    assert shape(found) == expected
    assert (doubt.kind, doubt.blocks) == (kind, False)
