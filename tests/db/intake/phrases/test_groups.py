"""Group phrases: kinds, and whether all or some are meant."""

import pytest

from db.intake.phrases.groups import group_of, headless, names_one_body
from db.rules.words import UNIT_KINDS

ALL = UNIT_KINDS


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("各科室", ("科室",)),
        ("各处", ("科室",)),
        ("各股室", ("科室",)),
        ("各部门", ("科室",)),
        ("各单位", ALL),
        ("各科室(单位)", ALL),
        ("所有科室", ("科室",)),
        ("局机关科室", ("科室",)),
        ("市局机关各科室", ("科室",)),
        ("河东市市场监管局机关各科室", ("科室",)),
        ("省局各处室", ("科室",)),
        ("各内设机构", ("科室",)),
        ("各派出机构", ("所队",)),
        ("各市场监管所", ("所队",)),
        ("各分局", ("所队",)),
        ("属下单位", ("属下单位",)),
        ("直属各单位", ("属下单位",)),
        ("各直属事业单位", ("中心", "属下单位")),
        ("所属事业单位", ("中心", "属下单位")),
    ],
)
def test_every_unit_of_the_kinds_is_surely_meant(phrase: str, kinds: tuple[str, ...]) -> None:
    group = group_of(phrase)
    assert group is not None
    assert (group.kinds, group.sure, group.except_named, group.level) == (kinds, True, False, False)
    assert not names_one_body(phrase)


@pytest.mark.parametrize("phrase", ["其他股室", "其它股室", "其余股室"])
def test_the_others_are_all_but_the_named_ones(phrase: str) -> None:
    group = group_of(phrase)
    assert group is not None
    assert (group.kinds, group.sure, group.except_named) == (("科室",), True, True)


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("相关科室", ("科室",)),
        ("各有关处室", ("科室",)),
        ("各相关业务科室", ("科室",)),
        ("业务科室", ("科室",)),
        ("各责任科室", ("科室",)),
        ("文件起草部门", ("科室",)),
        ("各专项规划涉及科室", ("科室",)),
        ("药品相关处", ("科室",)),
        ("相关单位", ALL),
        ("有关部门", ALL),
        ("文件制定机关", ALL),
        ("各执法大队", ("所队",)),
        ("其他相关科室", ("科室",)),
        ("防汛各工作组", ("其他",)),
    ],
)
def test_a_part_that_is_not_named_is_only_possible(phrase: str, kinds: tuple[str, ...]) -> None:
    group = group_of(phrase)
    assert group is not None
    assert (group.kinds, group.sure, group.level) == (kinds, False, False)


@pytest.mark.parametrize(
    "phrase", ["各县(市、区)政府", "各乡镇", "各镇(街)", "市直有关部门", "各县区局", "基层政府", "各市(州)局", "街道"]
)
def test_bodies_of_another_level_are_told_as_such(phrase: str) -> None:
    group = group_of(phrase)
    assert group is not None
    assert group.level
    assert not group.sure


@pytest.mark.parametrize("name", ["办公室", "值守科室", "监管科", "数据中心", "综合执法支队", "机关党委", "县人民政府"])
def test_the_name_of_one_body_is_no_group(name: str) -> None:
    assert group_of(name) is None
    assert names_one_body(name)


@pytest.mark.parametrize("text", ["", "张三", "加强指导", "单位", "本单位"])
def test_what_names_nobody_is_neither(text: str) -> None:
    assert group_of(text) is None
    assert not names_one_body(text)


def test_a_class_word_alone_shares_the_head_of_the_group_before_it() -> None:
    assert [headless(word) is not None for word in ("单位", "中心", "支队", "所", "办公室")] == [True] * 4 + [False]
