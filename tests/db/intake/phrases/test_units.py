"""Names of bodies by word classes."""

import pytest

from db.intake.phrases.units import is_name, is_near, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("办公室", "科室"),
        ("规划财务科", "科室"),
        ("信访处", "科室"),
        ("督查股", "科室"),
        ("值守科室", "科室"),
        ("外事办", "科室"),
        ("广电服务股（行政审批股）", "科室"),
        ("综合执法大队", "所队"),
        ("城东分局", "所队"),
        ("河东市场监管所", "所队"),
        ("河东所", "所队"),
        ("市计量所", "属下单位"),
        ("产品检验研究所", "属下单位"),
        ("省药检院", "属下单位"),
        ("粮食稽查局", "属下单位"),
        ("数据中心", "中心"),
        ("12349服务中心", "中心"),
        ("机关纪委", "其他"),
        ("个体私营协会", "其他"),
        ("局安全生产领导小组办公室", "其他"),
        ("疫情专班", "其他"),
    ],
)
def test_a_kind_is_what_the_words_of_the_name_say(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    "text", ["", "科", "处", "单位", "科室", "市局", "全部", "全局", "张三", "加强指导", "某" * 60 + "科"]
)
def test_what_only_ends_like_a_name_is_none(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("价监科", "价监竞争科"),
        ("法规科", "政策法规科"),
        ("局办公室", "办公室"),
        ("登记注册科", "登记住册科"),
        ("执法大队", "综合执法大队"),
    ],
)
def test_names_that_may_mean_one_body_are_near(one: str, other: str) -> None:
    assert is_near(one, other)
    assert is_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("信息中心", "认证信息科"),
        ("稽查处", "食品稽查局"),
        ("监管一科", "监管二科"),
        ("办公室", "局安委会办公室"),
        ("登记注册科", "信用监管科"),
        ("人事处", "法规处"),
        ("规划科", "规划科"),
        ("", "科"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not is_near(one, other)
