"""Unit names as people type them."""

import pytest

from db.rules.names import matching

ROSTER = ("广电旅游和公共服务股(行政审批服务股)", "办公室", "12315指挥中心", "信息中心", "认证信息科")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("办公室", "办公室"),
        (" 办 公 室 ", "办公室"),
        ("广电旅游和公共服务股（行政审批服务股）", "广电旅游和公共服务股(行政审批服务股)"),
        ("１２３１５指挥中心", "12315指挥中心"),
        ("局办公室", None),
        ("信息", None),
        ("信息科", None),
        ("", None),
    ],
)
def test_a_name_means_a_unit_only_if_width_spaces_and_case_are_all_that_differs(typed: str, meant: str | None) -> None:
    assert matching(typed, ROSTER) == meant


def test_the_very_name_comes_before_one_that_only_folds_to_it() -> None:
    assert matching("甲(1)", ("甲（1）", "甲(1)")) == "甲(1)"


def test_no_unit_is_meant_where_none_is_known() -> None:
    assert matching("办公室", ()) is None
