"""The shipped clocks of 政府信息公开条例, against a table of its articles written here anew."""

import re
from pathlib import Path

import pytest

from db.errors import ReadingError
from db.rules.notice import StatuteRule
from seeds import plant

DAYS = {"第二十六条": 20, "第三十三条": 20, "第三十条": 7, "第三十二条": 15}
RULES = {rule.article: rule for rule in plant.statute()}


def test_the_four_articles_are_there_each_once() -> None:
    assert [rule.article for rule in plant.statute()] == list(DAYS)
    assert [rule.key for rule in plant.statute()] == ["publish", "answer", "correction", "third_party"]


@pytest.mark.parametrize("article", DAYS)
def test_every_limit_is_so_many_workdays_after_and_at_most(article: str) -> None:
    rule = RULES[article]
    assert (rule.days, rule.day_kind, rule.direction, rule.bound) == (DAYS[article], "workday", "after", "max")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.key)
def test_the_text_names_its_article_its_days_and_its_extension(rule: StatuteRule) -> None:
    assert rule.text.startswith(f"{rule.article}：")
    assert set(re.findall(r"(\d+)个工作日", rule.text)) == {str(rule.days)} | (
        {str(rule.may_extend)} if rule.may_extend else set()
    )


def test_only_the_answer_to_an_application_may_be_extended_and_opens_the_register() -> None:
    answer = RULES["第三十三条"]
    assert (answer.trigger, answer.action) == ("收到政府信息公开申请", "答复")
    assert (answer.may_extend, answer.registers) == (20, True)
    others = [rule for rule in RULES.values() if rule is not answer]
    assert {(rule.may_extend, rule.registers) for rule in others} == {(None, False)}


@pytest.mark.parametrize("article", ["第三十三条", "第三十条"])
def test_where_the_day_of_receipt_starts_the_clock_the_text_names_the_article_on_it(article: str) -> None:
    assert "第三十一条" in RULES[article].text


def test_an_unclear_application_is_to_be_corrected_at_one_notice_and_then_counts_anew() -> None:
    rule = RULES["第三十条"]
    assert (rule.trigger, rule.action) == ("收到内容不明确的申请", "一次告知申请人补正")
    assert "重新计算" in rule.text


def test_a_missing_or_spoilt_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"^statute\.toml：读不出来"):
        plant.statute(tmp_path)
    (tmp_path / "statute.toml").write_text("format = 1", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"^statute\.toml：rule：没有一条时限"):
        plant.statute(tmp_path)
