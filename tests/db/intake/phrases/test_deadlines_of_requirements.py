"""The date that a requirement sets, the notice's default, and amounts that come round: in that order."""

from dataclasses import replace

import pytest

from db.intake.phrases.deadlines import deadlines, default_deadline
from db.intake.reading import Doubt
from db.rules.said import Deadline

YEAR = 2022
DEFAULT = Deadline("12月3日前", "on_day", "notice", "上述任务均要求在12月3日前完成。", month=12, day=3)


def read(text: str, default: Deadline | None = None) -> tuple[tuple[Deadline, ...], tuple[Doubt, ...]]:
    return deadlines(None, text, year=YEAR, default=default, issued_on=None)


def day(found: Deadline) -> tuple[str, int | None, int | None]:
    return found.kind, found.month, found.day


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("2022年底前，集中公开规章。", "2022年底前", ("on_day", 12, 31)),
        ("年底前完成编制。", "年底前", ("on_day", 12, 31)),
        ("需于2022年11月20日前公开目录。", "2022年11月20日前", ("on_day", 11, 20)),
        ("2022 年5 月底前，调整栏目。", "2022 年5 月底前", ("month_end", 5, None)),
        ("于11月底完成目录编制。", "11月底", ("month_end", 11, None)),
        ("3月31日前一次性公开。", "3月31日前", ("on_day", 3, 31)),
        ("到2022年底，实现全覆盖。", "2022年底", ("on_day", 12, 31)),
        ("3月至6月底前完成。", "3月至6月底前", ("window", 6, None)),
        ("6月底前完成初稿（6月底前报送）。", "6月底前", ("month_end", 6, None)),
        ("各单位要于12月6日前将总结报办公室。", "12月6日前", ("on_day", 12, 6)),
        ("每年3月底前公布年度报告。", "每年3月底前", ("recurring", 3, None)),
        ("10月25日下班前报送材料。", "10月25日下班前", ("on_day", 10, 25)),
        ("10月25日17:00前报送材料。", "10月25日17:00前", ("on_day", 10, 25)),
        ("每月月底前更新栏目。", "每月月底前", ("recurring", None, None)),
        ("每季度末更新栏目。", "每季度末", ("recurring", None, None)),
    ],
)
def test_a_completion_phrase_sets_the_date(text: str, phrase: str, expected: tuple[str, int, int | None]) -> None:
    (found,), doubts = read(text, DEFAULT)
    assert (found.text, found.source, found.quote) == (phrase, "requirement", text)
    assert day(found) == expected
    assert not doubts


@pytest.mark.parametrize(
    "text",
    [
        "及时公开、定期公布，适时调整，年内完成。",
        "今年8月确定为全市政府开放月。",
        "对2016年以来的政策文件开展“回头看”。",
        "对2016年以前的文件开展清理。",
        "对2020年12月31日前印发的规范性文件进行清理。",
        "清理2021年底前制定并实施的文件。",
        "2021年6月底前已完成清理的，不再公开。",
        "落实《规划（2026年12月底前）》。",
        "按照（国办公开办函〔2019〕60号）文件要求，规范年度报告。",
        "12345平台、26个领域、三个重点栏目。",
        "2022年6月30日前的数据。",
        "对省厅2021年12月31日前反馈的问题进行整改。",
        "2021年底前未公开的文件要全部公开。",
        "2022年5月1日起执行新目录。",
        "在10月1日前后开展宣传。",
        "《2022年6月开展的检查》",
        "公开规划（2026年-2040年）和2024-2027年度方案，以及十五五规划。",
        "会议召开前、活动前通知。",
        "前三季度数据。",
        "投资增加到2025年底的水平。",
        "对上一年度要点开展“回头看”。",
        "",
    ],
)
def test_a_date_that_nothing_is_done_by_is_none(text: str) -> None:
    assert read(text) == ((), ())
    assert read(text, DEFAULT) == ((DEFAULT,), ())


def test_the_cell_goes_before_the_requirement_and_an_old_date_in_it_is_told() -> None:
    text = "2020年11月底前完成清理。"
    (found,), (doubt,) = deadlines("常态化开展", text, year=YEAR, default=DEFAULT, issued_on=None)
    assert (found.kind, found.source) == ("standing", "cell")
    assert (doubt.kind, doubt.text, doubt.blocks) == ("deadline_stale", "2020年11月底前", False)


@pytest.mark.parametrize("cell", ["批复后20日内", "9月31日前", "同上"])
def test_a_cell_without_a_date_is_not_filled_from_elsewhere(cell: str) -> None:
    (found,), _ = deadlines(cell, "6月底前完成。", year=YEAR, default=DEFAULT, issued_on=None)
    assert (found.kind, found.text, found.month) == ("none", cell, None)


@pytest.mark.parametrize("cell", [None, "", "—"])
def test_an_empty_cell_leaves_the_word_to_the_requirement(cell: str | None) -> None:
    (found,), _ = deadlines(cell, "6月底前完成。", year=YEAR, default=DEFAULT, issued_on=None)
    assert day(found) == ("month_end", 6, None)


def test_a_date_of_an_older_year_is_not_taken_and_blocks() -> None:
    (found,), (doubt,) = read("2019年11月底前完成。", DEFAULT)
    assert day(found) == ("none", None, None)
    assert (doubt.kind, doubt.others, doubt.blocks) == ("deadline_stale", ("2022年11月底",), True)


def test_an_older_date_beside_a_present_one_is_told() -> None:
    (found,), (doubt,) = read("2022年12月31日前全面完成，2019年5月底前一次性公开。")
    assert day(found) == ("on_day", 12, 31)
    assert (doubt.kind, doubt.blocks) == ("deadline_stale", False)


def test_several_stages_are_asked_about_and_the_last_stands() -> None:
    (found,), (doubt,) = read("6月底前完成初稿，11月底前完成建设。")
    assert (found.text, found.month) == ("11月底前", 11)
    assert (doubt.kind, doubt.others, doubt.blocks) == ("deadline_two_valued", ("6月底前", "11月底前"), True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲级部门、各镇（街）需分别于2022年11月20日前和2022年12月10日前完成编制。", ("甲级部门", "各镇（街）")),
        ("甲级部门和各乡镇分别于11月20日前和12月10日前完成。", ("甲级部门", "各乡镇")),
        ("做好编制，甲级部门于11月20日前、各镇街于12月10日前完成。", ("甲级部门", "各镇街")),
    ],
)
def test_two_parties_have_a_date_each(text: str, names: tuple[str, str]) -> None:
    found, (doubt,) = read(text)
    assert [(one.party, one.ours, one.month, one.day) for one in found] == [
        (names[0], True, 11, 20),
        (names[1], False, 12, 10),
    ]
    assert {one.quote for one in found} == {text}
    assert (doubt.kind, doubt.others, doubt.blocks) == ("deadline_parties", names, True)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("上半年完成改版，下半年开展评估。", ("上半年", "下半年")),
        ("一季度完成方案，四季度验收。", ("一季度", "四季度")),
        ("原则上6月底前完成，最迟不超过7月15日。", ("6月底前", "7月15日")),
        ("每季度末报送台账，12月底前报送总结。", ("每季度末", "12月底前")),
    ],
)
def test_a_later_stage_without_before_is_asked_about(text: str, others: tuple[str, ...]) -> None:
    _, (doubt,) = read(text)
    assert (doubt.kind, doubt.others, doubt.blocks) == ("deadline_two_valued", others, True)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("6月1日至6月7日开展宣传周活动。", ["6月1日至6月7日"]),
        ("6月底、12月底各报送一次进展。", ["12月底"]),
        ("拟于5月召开推进会。", ["5月"]),
        ("修订时间截至3月31日。", ["3月31日"]),
        ("到2025年，全面建成。", ["2025年"]),
        ("国庆节前做好抽查。", ["国庆节前"]),
        ("按月公开，次月10日前发布。", ["次月10日前"]),
    ],
)
def test_a_day_on_which_something_happens_is_told_where_no_date_is_set(text: str, phrases: list[str]) -> None:
    found, doubts = read(text)
    assert found == ()
    assert [doubt.text for doubt in doubts] == phrases
    assert {(doubt.kind, doubt.blocks) for doubt in doubts} == {("deadline_unread", False)}


def test_an_earlier_event_beside_the_date_asks_nothing() -> None:
    (found,), doubts = read("5月召开推进会，6月底前印发方案。")
    assert (day(found), doubts) == (("month_end", 6, None), ())


def test_two_dates_without_two_parties_are_asked_about_as_dates() -> None:
    found, (doubt,) = read("甲、乙、丙分别于11月20日前和12月10日前完成。")
    assert [one.party for one in found] == [None]
    assert (doubt.kind, doubt.blocks) == ("deadline_two_valued", True)


def test_an_amount_that_comes_round_adds_its_period_to_the_default() -> None:
    assert read("专栏每月至少更新2条。", DEFAULT)[0] == (replace(DEFAULT, kind="recurring", recurrence="FREQ=MONTHLY"),)


def test_an_amount_that_comes_round_stands_alone_where_there_is_no_default() -> None:
    (found,), doubts = read("做好维护。甲级各部门每季度至少更新一次数据集。")
    assert (found.text, found.kind, found.source) == ("每季度至少更新一次", "recurring", "requirement")
    assert (found.quote, found.recurrence) == ("甲级各部门每季度至少更新一次数据集。", "FREQ=MONTHLY;INTERVAL=3")
    assert not doubts


@pytest.mark.parametrize(
    "text", ["解读率不低于60%。", "每项决策不少于1次。", "不少于3家媒体。", "各责任科室每季度不少于2条。"]
)
def test_an_amount_of_no_period_of_the_row_changes_nothing(text: str) -> None:
    assert read(text)[0] == ()
    assert read(text, DEFAULT)[0] == (DEFAULT,)


def test_a_long_sentence_is_quoted_by_its_clause() -> None:
    text = "做好" + "各项" * 60 + "工作，每年至少组织1—2次专题培训，" + "提高" * 10 + "。"
    assert read(text)[0][0].quote == "每年至少组织1—2次专题培训"


@pytest.mark.parametrize(
    ("sentence", "phrase", "expected"),
    [
        ("上述任务除了有明确完成时限的以外，均要求在12月3日前完成。", "12月3日前", ("on_day", 12, 3)),
        ("以上任务须于2022年12月31日前完成。", "2022年12月31日前", ("on_day", 12, 31)),
        ("其余均要求在 12 月3日前完成", "12 月3日前", ("on_day", 12, 3)),
        ("请于11月底前完成上述各项任务。", "11月底前", ("month_end", 11, None)),
        ("以上工作要在年底前全部落实到位。", "年底前", ("on_day", 12, 31)),
        ("未注明时限的，均应于11月30日前完成。", "11月30日前", ("on_day", 11, 30)),
        ("以上任务除注明时限外，11月30日前完成。", "11月30日前", ("on_day", 11, 30)),
        ("表中任务未注明完成时限的，统一为11月30日。", "11月30日", ("on_day", 11, 30)),
        ("未明确时限的任务，完成时限为2022年11月30日。", "2022年11月30日", ("on_day", 11, 30)),
        ("没有明确时限的，按2022年底完成。", "2022年底", ("on_day", 12, 31)),
        ("本表所列任务完成时限均为11月底前。", "11月底前", ("month_end", 11, None)),
        ("各项任务于11月30日17:00前全部完成。", "11月30日17:00前", ("on_day", 11, 30)),
        ("其他任务年底前完成。", "年底前", ("on_day", 12, 31)),
        ("各科室务必于11月30日前完成所承担任务。", "11月30日前", ("on_day", 11, 30)),
    ],
)
def test_a_sentence_about_every_task_sets_the_default(
    sentence: str, phrase: str, expected: tuple[str, int, int | None]
) -> None:
    found, (doubt,) = default_deadline("附注。" + sentence, year=YEAR)
    assert found is not None
    assert (found.text, found.quote, found.source) == (phrase, sentence, "notice")
    assert day(found) == expected
    assert (doubt.kind, doubt.blocks) == ("deadline_default", False)


@pytest.mark.parametrize(
    "sentence",
    [
        "各单位要于12月6日前将本年度任务总结报办公室。",
        "上述任务完成情况于12月6日前报办公室。",
        "各项任务要按时完成。",
        "各项任务中，第3项6月底前完成。",
        "各项工作要求在6月底前完成的，要及时销号。",
        "全部工作在6月底前完成后，办公室组织验收。",
        "需于2022年11月20日前完成目录编制，并统一在平台上发布。",
        "",
    ],
)
def test_a_sentence_about_something_else_sets_no_default(sentence: str) -> None:
    assert default_deadline(sentence, year=YEAR) == (None, ())


def test_a_default_of_two_stages_is_asked_about() -> None:
    _, doubts = default_deadline("各项任务应于10月底前基本完成，11月底前全面完成。", year=YEAR)
    assert [(one.kind, one.blocks) for one in doubts] == [("deadline_default", False), ("deadline_two_valued", True)]


def test_a_default_within_the_year_is_asked_about() -> None:
    found, (doubt,) = default_deadline("其余任务年内完成。", year=YEAR)
    assert (found, doubt.kind, doubt.others) == (None, "deadline_unread", ("2022年12月31日",))


def test_a_default_that_is_no_date_is_asked_about() -> None:
    found, (doubt,) = default_deadline("上述任务均要求在2月30日前完成。", year=YEAR)
    assert found is None
    assert (doubt.kind, doubt.blocks) == ("deadline_invalid", True)
