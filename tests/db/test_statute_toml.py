"""The strict reader of the statute's clocks."""

import pytest

from db.errors import ReadingError
from db.intake.statute_toml import LARGEST_FILE, read_statute
from db.rules.notice import StatuteRule

NAME = "statute.toml"
RULE = """
[[rule]]
key = "third_party"
article = "第三十二条"
days = 15
day_kind = "workday"
direction = "after"
bound = "max"
trigger = "收到征求意见书"
action = "提出意见"
text = "第三十二条：15个工作日内提出意见。"
"""
FILE = f"format = 1\n{RULE}"


def refusal(toml: str) -> ReadingError:
    with pytest.raises(ReadingError) as refused:
        read_statute(NAME, toml)
    assert refused.value.hint
    return refused.value


def test_a_rule_is_read_as_written_and_neither_extends_nor_registers_unless_it_says_so() -> None:
    expected = StatuteRule(
        "third_party",
        "第三十二条",
        15,
        "workday",
        "after",
        "max",
        "收到征求意见书",
        "提出意见",
        "第三十二条：15个工作日内提出意见。",
    )
    assert read_statute(NAME, FILE) == (expected,)
    assert (expected.may_extend, expected.registers) == (None, False)


def test_rules_keep_the_order_of_the_file_and_may_extend_and_register() -> None:
    second = RULE.replace("third_party", "answer") + "may_extend = 20\nregisters = true\n"
    rules = read_statute(NAME, FILE + second)
    assert [(rule.key, rule.may_extend, rule.registers) for rule in rules] == [
        ("third_party", None, False),
        ("answer", 20, True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("format = 1", "format = 2", "format：应是 1，写的是 2"),
        ("format = 1", "", "format：缺少这个键"),
        ("format = 1", "format = 1\nx = 1", "x：没有这个键"),
        ("days = 15", "days = 15\nstages = 1", "rule[1].stages：没有这个键"),
        ("days = 15", "", "rule[1].days：缺少这个键"),
        ("days = 15", "days = 0", "rule[1].days：应在 1 到 3660 之间，写的是 0"),
        ("days = 15", "days = 3661", "rule[1].days：应在 1 到 3660 之间，写的是 3661"),
        ("days = 15", "days = true", "rule[1].days：应是整数，写的是真假值"),
        ("days = 15", 'days = "15"', "rule[1].days：应是整数，写的是字符串"),
        ("days = 15", "days = 15\nmay_extend = 0", "rule[1].may_extend：应在 1 到 3660 之间，写的是 0"),
        ("days = 15", "days = 15\nregisters = 1", "rule[1].registers：应是 true 或 false，写的是整数"),
        ('"workday"', '"天"', "rule[1].day_kind：不认识“天”"),
        ('"after"', '"since"', "rule[1].direction：不认识“since”"),
        ('"max"', '"most"', "rule[1].bound：不认识“most”"),
        ('"after"', '"before"\nmay_extend = 5', "rule[1].may_extend：往前倒数的时限不能延长"),
        ('"third_party"', '"Third Party"', "rule[1].key：不合写法"),
        ('"third_party"', '"third_"', "rule[1].key：不合写法"),
        ('"提出意见"', '" "', "rule[1].action：不能是空的"),
        ('"第三十二条：', '"', "rule[1].text：没有写明是第三十二条"),
        ("[[rule]]", "[rule]", "rule：应是数组，写的是表"),
        ("[[rule]]", "rule = [1]\n[x]", "x：没有这个键"),
        (RULE, "rule = [1]", "rule[1]：应是表，写的是整数"),
        (RULE, "rule = []", "rule：没有一条时限"),
        (RULE, "", "rule：没有一条时限"),
        (RULE, RULE + RULE, "rule[2].key：“third_party”写了两次"),
        ("days = 15", "days = ", "第 6 行第 8 列：不是合法的 TOML"),
        ("days = 15", "days = 15\ndays = 15", "第 7 行第 10 列：不是合法的 TOML"),
    ],
)
def test_a_wrong_file_is_refused_by_file_key_and_reason(old: str, new: str, message: str) -> None:
    assert old in FILE
    assert refusal(FILE.replace(old, new, 1)).message.startswith(f"{NAME}：{message}")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("", "format：缺少这个键"),
        ("\x00", "第 1 行第 1 列：不是合法的 TOML"),
        ("# " + "字" * (LARGEST_FILE // 3), "超过 100 KB，不像是条例的时限"),
        ("x = " + "[" * 5000, "括号套得太深"),
    ],
)
def test_what_is_no_such_file_is_refused(toml: str, message: str) -> None:
    assert refusal(toml).message.startswith(f"{NAME}：{message}")
