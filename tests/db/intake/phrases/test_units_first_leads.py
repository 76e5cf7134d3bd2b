"""The note that the first of a list leads."""

import pytest

from db.intake.phrases.first_leads import first_leads, led_by_first
from db.rules.said import Responsibility


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("请认真落实。责任单位列第一位的为牵头单位。", "责任单位列第一位的为牵头单位"),
        ("备注：排在首位的单位为牵头单位，其余配合", "备注：排在首位的单位为牵头单位，其余配合"),
        ("第一个单位为牵头单位", "第一个单位为牵头单位"),
        ("办公室牵头，第一时间公开", None),
        ("各牵头单位要落实责任。第一责任人抓好", None),
        ("", None),
    ],
)
def test_the_sentence_that_says_so_is_found(text: str, said: str | None) -> None:
    assert first_leads(text) == said


def test_only_a_list_without_a_lead_is_led_by_its_first() -> None:
    one, two, lead = (
        Responsibility("responsible", "规划科", "name"),
        Responsibility("responsible", "财务科", "name"),
        Responsibility("lead", "法制科", "name"),
    )
    assert [each.role for each in led_by_first((one, two))] == ["lead", "responsible"]
    assert led_by_first((one,)) == (one,)
    assert led_by_first((one, lead)) == (one, lead)
    assert led_by_first(()) == ()
