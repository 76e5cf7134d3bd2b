"""Time limits that an event starts: notice-patterns.md, section 5."""

import pytest

from db.intake.phrases.clocks import clocks
from db.rules.notice import ClockRule


def spoken(rule: ClockRule) -> str:
    """after 20 workday max: 信息形成 → 公开."""
    return f"{rule.direction} {rule.days} {rule.day_kind} {rule.bound}: {rule.trigger} → {rule.action}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一般政府信息20个工作日内公开", "after 20 workday max: 一般政府信息 → 公开"),
        ("主动公开文件 5 个工作日内报送", "after 5 workday max: 主动公开文件 → 报送"),
        ("信息形成或者变更之日起20个工作日内予以公开。", "after 20 workday max: 信息形成或者变更 → 予以公开"),
        ("收到申请之日起20个工作日内答复", "after 20 workday max: 收到申请 → 答复"),
        ("许可决定应当自作出决定之日起７个工作日内公示", "after 7 workday max: 作出决定 → 公示"),
        ("各类申请自收到之日起二十个工作日内答复", "after 20 workday max: 各类申请自收到 → 答复"),
        ("批复后20日内公示", "after 20 calendar max: 批复 → 公示"),
        ("自然灾害发生后3天内回应", "after 3 calendar max: 自然灾害发生 → 回应"),
        ("在文件出台后的10个工作日内向社会公开情况", "after 10 workday max: 文件出台 → 向社会公开情况"),
        ("文件出台后不超过15个工作日公开", "after 15 workday max: 文件出台 → 公开"),
        ("开展活动前提前3个工作日向办公室备案", "before 3 workday max: 开展活动 → 向办公室备案"),
        ("会议召开前3个工作日内报送材料", "before 3 workday max: 会议召开 → 报送材料"),
        ("会议5个工作日前报送材料", "before 5 workday max: 会议 → 报送材料"),
        ("活动开展前，要提前3天向社会公告", "before 3 calendar max: 活动开展 → 向社会公告"),
        ("草案公开征求意见一般不少于30天", "after 30 calendar min: 草案公开征求意见 → 征求意见截止"),
        ("结果公示不少于5个工作日", "after 5 workday min: 结果公示 → 公示截止"),
        ("结果公示7个工作日以上", "after 7 workday min: 结果公示 → 公示截止"),
        ("通过信箱收到的投诉、咨询，在5个工作日内作出回复", "after 5 workday max: 收到投诉、咨询 → 作出回复"),
        ("会议召开前5日通知", "before 5 calendar max: 会议召开 → 通知"),
        ("解读材料应于文件公开后3个工作日内发布", "after 3 workday max: 文件公开 → 发布"),
        ("会后3日内形成纪要", "after 3 calendar max: 会后 → 形成纪要"),
        ("文件出台后20个工作日内，向社会公开。", "after 20 workday max: 文件出台 → 向社会公开"),
    ],
)
def test_a_clock_is_read_with_its_event_and_what_is_to_be_done(text: str, expected: str) -> None:
    (rule,), doubts = clocks(text, "7")
    assert spoken(rule) == expected
    assert rule.task == "7"
    assert not doubts


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("公示，并在文件出台后的10个工作日内公开采纳情况。", "在文件出台后的10个工作日内公开采纳情况"),
        ("二是信息形成后 20 个工作日内公开；", "信息形成后 20 个工作日内公开"),
        ("收到的投诉，要在5个工作日内答复，做好登记。", "收到的投诉，要在5个工作日内答复"),
        ("（信息变更后３日内更新）", "信息变更后３日内更新"),
        ("落实文件5个工作日内报送等规定，做好公开。", "落实文件5个工作日内报送"),
    ],
)
def test_the_quote_goes_from_the_event_to_the_action_as_written(text: str, quote: str) -> None:
    (rule,), _ = clocks(text, None)
    assert rule.quote == quote


def test_several_clocks_of_a_clause_have_their_own_parts() -> None:
    text = "信息20个工作日内公开、草案征求意见一般不少于30天、文件5个工作日内报送等规定，切实落实。"
    rules, doubts = clocks(text, None)
    assert [one.quote for one in rules] == ["信息20个工作日内公开", "草案征求意见一般不少于30天", "文件5个工作日内报送"]
    assert not doubts


def test_a_part_of_an_event_names_both() -> None:
    rules, _ = clocks("收到的投诉，在5个工作日内回复，简单问题在1个工作日内答复。", "13")
    assert [spoken(one) for one in rules] == [
        "after 5 workday max: 收到投诉 → 回复",
        "after 1 workday max: 收到投诉（简单问题） → 答复",
    ]


def test_a_second_clock_without_an_event_of_its_own_starts_with_the_first() -> None:
    rules, doubts = clocks("收到转办件后，2个工作日内签收，10个工作日内办结。", None)
    assert [spoken(one) for one in rules] == [
        "after 2 workday max: 收到转办件 → 签收",
        "after 10 workday max: 收到转办件 → 办结",
    ]
    assert not doubts


def test_two_cases_beside_each_other_are_none_of_one_another() -> None:
    rules, _ = clocks("一般事项5个工作日内办结，复杂事项15个工作日内办结。", None)
    assert [one.trigger for one in rules] == ["一般事项", "复杂事项"]


def test_a_clock_that_begins_on_a_day_of_the_calendar_is_told() -> None:
    (rule,), (doubt,) = clocks("自2022年3月1日起10个工作日内报送。", None)
    assert (rule.trigger, doubt.kind) == ("2022年3月1日", "clock_unread")


def test_of_a_range_the_longer_stands_and_both_are_shown() -> None:
    (rule,), (doubt,) = clocks("信息形成后5—7个工作日内公开", None)
    assert rule.days == 7
    assert (doubt.kind, doubt.others, doubt.blocks) == ("clock_unread", ("5个工作日",), False)


@pytest.mark.parametrize(
    "text",
    [
        "收到后3个月内办结",
        "舆情发生后24小时内回应",
        "办理时限20个工作日",
        "印发后半个月内完成",
        "文件印发当日公开",
        "信息形成次日报送",
        "限期10日整改",
        "限10日内整改",
        "按照《条例》规定的20个工作日内答复",
        "10日内答复",
        "要提前3个工作日备案",
        "公开时限为信息形成之日起20个工作日内。",
        "信息形成后1 0个工作日内公开",
        "信息形成后0个工作日内公开",
        "信息形成后99999个工作日内公开",
    ],
)
def test_a_limit_that_is_no_clock_rule_is_told(text: str) -> None:
    rules, (doubt,) = clocks(text, None)
    assert rules == ()
    assert (doubt.kind, doubt.blocks) == ("clock_unread", False)
    assert doubt.text in text


@pytest.mark.parametrize(
    "text",
    [
        "11月20日前公开",
        "11月20日内",
        "30周年",
        "近30日内更新情况",
        "连续30日内未更新",
        "10月1日至7日内不安排",
        "当日记录",
        "7天长假",
        "每天更新",
        "3个月",
        "《5个工作日内公开》",
        "每年至少1次",
        "及时公开",
        "",
    ],
)
def test_a_date_or_a_length_of_time_is_no_clock(text: str) -> None:
    assert clocks(text, None) == ((), ())


def test_the_same_clock_twice_is_one() -> None:
    text = "信息形成后20个工作日内公开。"
    assert len(clocks(text * 2, None)[0]) == 1
