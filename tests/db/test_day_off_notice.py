"""The reader of the State Council's notice: the published years exactly, and no day of a sentence that is not sure."""

import re
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.intake.day_off_draft import LARGEST_TEXT, MOST_PROBLEMS, DayOffDraft
from db.intake.day_off_notice import NOTHING_READ, read_day_off_notice
from db.rules.calendar import DayOff, WorkCalendar
from seeds.plant import NOTICE_NAME, days_off
from tests.db.day_off_papers import LAW_OF_2025, SCHEDULES, paper, title

NOT_UNDERSTOOD = "没有读懂，这句话里的日子没有取"
WEEKDAYS = "一二三四五六日"
HEADINGS = "一二三四五六七八"
FEASTS = "一、元旦：2027年1月1日放假，共1天。\n七、国庆节：10月1日至3日放假，共3天。\n"
"""With these two of 2027 a paper arranges a whole year; the count of days off then still is too small."""


def published(year: int) -> tuple[DayOff, ...]:
    """The shipped days of that year's paper. Those of 2024 have the weekend that 元旦 is joined to (与周末连休), while
    the paper names it no day off: a Saturday and a Sunday that are off anyway."""
    named = (row for row in days_off() if row.notice == title(year))
    return tuple(row for row in named if row.day not in (date(2023, 12, 30), date(2023, 12, 31)))


def sentence_of_2027(sentence: str) -> tuple[set[str], tuple[str, ...]]:
    """The days of one sentence beside 元旦 and 国庆, as 05-01+ (off) and 05-08- (work), and its problems."""
    draft = read_day_off_notice(paper(2027, FEASTS + sentence))
    known = {"2027-01-01+", "2027-10-01+", "2027-10-02+", "2027-10-03+"}
    days = {f"{row.day}{'+' if row.kind == 'off' else '-'}" for row in draft.rows}
    assert known <= days
    return {day.removeprefix("2027-") for day in days - known}, tuple(
        problem for problem in draft.problems if "相差" not in problem
    )


@pytest.mark.parametrize("year", range(2021, 2027))
def test_the_paper_of_a_year_gives_exactly_the_published_days(year: int) -> None:
    assert read_day_off_notice(paper(year)) == DayOffDraft(year, title(year), published(year), ())


def test_the_paper_of_2020_and_then_its_amendment_give_exactly_the_published_days() -> None:
    first = read_day_off_notice(paper(2020))
    amendment = read_day_off_notice(
        "国务院办公厅关于调整2020年春节假期安排的通知\n各省、自治区、直辖市人民政府：\n"
        "经国务院批准，2020年春节放假调休日期调整为：1月24日至2月2日放假调休，共10天。1月19日（星期日）上班。"
    )
    assert (first.notice, first.problems) == (title(2020), ())
    assert amendment.notice == "国务院办公厅关于调整2020年春节假期安排的通知"
    kinds = {row.day: row.kind for row in (*first.rows, *amendment.rows)}
    assert kinds == {row.day: row.kind for row in published(2020)}


def test_the_name_of_the_rows_is_the_one_that_the_shipped_days_bear() -> None:
    draft = read_day_off_notice(paper(2026))
    assert {row.notice for row in draft.rows} == {draft.notice} == {NOTICE_NAME.format(year=2026)}
    assert 2026 in WorkCalendar(draft.rows).published


def test_the_law_that_the_paper_of_2025_goes_back_to_sets_no_day() -> None:
    assert read_day_off_notice(paper(2025, law=LAW_OF_2025)) == read_day_off_notice(paper(2025))


def reflowed(text: str, width: int) -> str:
    """The text hard-wrapped at any place, even inside a number, as a narrow window pastes it."""
    return "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width))


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
MENUS = """首页 | 政策 | 服务
2026年11月22日 星期日
索引号：000014349/2026
发布日期：2026年11月04日 16:04
字号：大 中 小 打印

"""
FOOT = """
责任编辑：某某
相关稿件
国务院办公厅关于做好值班工作的通知
扫一扫在手机打开当前页
网站地图 联系我们 1 2 3 4 下一页
"""
DISGUISES = {
    "full-width digits": lambda text: text.translate(FULL_WIDTH),
    "half-width brackets and commas": lambda text: text.replace("（", "(").replace("）", ")").replace("，", ","),
    "half-width colons": lambda text: text.replace("：", ":"),
    "a space at every number": lambda text: re.sub(r"([0-9]+)", r" \1 ", text),
    "wide and hard spaces": lambda text: re.sub(r"([月日年])", "　\\1\u00a0", text),
    "tabs and Windows line ends": lambda text: text.replace("：", "：\t").replace("\n", "\r\n"),
    "everything on one line": lambda text: text.replace("\n", ""),
    "a blank line between the lines": lambda text: text.replace("\n", "\n\n"),
    "a line for every clause": lambda text: re.sub("(，)(?=共)|(、)(?=2月)|(。)(?=[0-9])", r"\g<0>\n", text),
    "a line after every heading": lambda text: text.replace("节：", "节：\n").replace("元旦：", "元旦：\n"),
    "broken before the brackets": lambda text: text.replace("（", "\n（"),
    "menus around": lambda text: MENUS + text + FOOT,
    "invisible signs": lambda text: "\ufeff" + text.replace("月", "月\u200b").replace("（", "\u200e（"),
    "radicals out of a PDF": lambda text: text.replace("月", "\u2f49").replace("日", "\u2f47"),
    "星期 for 周": lambda text: re.sub("周(?!末)", "星期", text),
    "a dash for 至": lambda text: text.replace("日）至", "日）—").replace("日至", "日－"),
    "a wave for 至": lambda text: text.replace("至", "～"),
    "a hyphen for 至": lambda text: text.replace("至", "-"),
    "号 for 日": lambda text: re.sub(r"([0-9])日", r"\1号", text),
    "Arabic headings": lambda text: re.sub(
        r"(?m)^([一二三四五六七])、", lambda m: f"{HEADINGS.index(m[1]) + 1}. ", text
    ),
    "headings in brackets": lambda text: re.sub(r"(?m)^([一二三四五六七])、", r"（\1）", text),
    "no headings": lambda text: re.sub(r"(?m)^[一二三四五六七]、", "", text),
    "semicolons for stops": lambda text: text.replace("天。", "天；").replace("班。", "班；"),
    "commas for stops": lambda text: text.replace("天。", "天，").replace("天，\n", "天。\n"),
    "the paper twice": lambda text: text + text,
}


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2026])
@pytest.mark.parametrize("disguise", DISGUISES)
def test_another_look_of_the_paper_changes_no_day(disguise: str, year: int) -> None:
    draft = read_day_off_notice(DISGUISES[disguise](paper(year)))
    assert (draft.rows, draft.problems) == (published(year), ())


@pytest.mark.parametrize("width", [7, 11, 16, 23, 40])
@pytest.mark.parametrize("year", [2023, 2026])
def test_a_paper_broken_anywhere_gives_no_day_that_it_does_not_set(year: int, width: int) -> None:
    draft = read_day_off_notice(reflowed(paper(year), width))
    assert set(kinds(draft.rows)) <= set(kinds(published(year)))
    missing = set(kinds(published(year))) - set(kinds(draft.rows))
    assert bool(draft.problems) == bool(missing)


def kinds(rows: tuple[DayOff, ...]) -> list[tuple[date, str]]:
    return [(row.day, row.kind) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("五、端午节：6月9日放假1天，不调休。", "06-09+"),
        ("五、端午节：6月9日放假，与周末连休。", "06-09+"),
        ("五、端午节：6月9日放假，6月11日（星期五）补休。", "06-09+ 06-11+"),
        ("五、端午节：6月9日放假，6月11日补休，共2天。", "06-09+ 06-11+"),
        ("五、端午节：6月9日、11日放假，共2天。", "06-09+ 06-11+"),
        ("五、端午节：6月9-11日放假公休，共3天。", "06-09+ 06-10+ 06-11+"),
        ("五、端午节：6月9日（星期三，端午节）至10日放假。", "06-09+ 06-10+"),
        ("四、劳动节：4月30日至5月1日放假2天。", "04-30+ 05-01+"),
        ("放假时间：6月9日至10日，共2天，6月12日（周六）上班。", "06-09+ 06-10+ 06-12-"),
        ("端午节放假调休日期调整为6月9日至10日，6月12日（周六）、13日（周日）上班。", "06-09+ 06-10+ 06-12- 06-13-"),
        ("2027年端午节假期为6月9日，共1天。", "06-09+"),
        ("10月9日（周六）照常上班。", "10-09-"),
        ("10月9日周六和10月10日星期天调休上班。", "10-09- 10-10-"),
        ("2027年9月25日（周六）上班。", "09-25-"),
        ("一、元旦：2026年12月31日至2027年1月1日放假，共2天。", "2026-12-31+"),
        ("一、元旦：2027年1月1日放假。2026年12月27日（周日）上班。", "2026-12-27-"),
        ("鼓励各单位安排职工在除夕（2月5日）休息。", ""),
        ("新华社北京11月4日电（记者）国务院办公厅4日发布通知。", ""),
        ("节假日期间，各单位要安排好值班。", ""),
    ],
)
def test_these_wordings_are_understood(sentence: str, days: str) -> None:
    assert sentence_of_2027(sentence) == (set(days.split()), ())


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("五、端午节：6月9日至11日放假，共4天。", "写的是 4 天，数出来是 3 天"),
        ("五、端午节：6月9日至11日放假1天。", "写的是 1 天，数出来是 3 天"),
        ("五、端午节：6月9日（周四）至11日放假。", "2027年6月9日是周三，与写的星期不符"),
        ("五、端午节：6月9日至11日（星期四）放假。", "2027年6月11日是周五，与写的星期不符"),
        ("6月12日（周日）上班。", "2027年6月12日是周六，与写的星期不符"),
        ("6月11日（周五）上班。", "2027年6月11日是周五，本来就上班，不会是调休上班的日子"),
        ("五、端午节：6月31日放假。", "没有2027年6月31日这一天"),
        ("二、春节：2月29日放假。", "没有2027年2月29日这一天"),
        ("二、春节：13月1日放假。", "没有2027年13月1日这一天"),
        ("二、春节：0月0日放假。", "没有2027年0月0日这一天"),
        ("五、端午节：6月11日至9日放假。", "2027年6月11日到2027年6月9日先后颠倒"),
        ("五、端午节：6月9日至9日放假。", "2027年6月9日到2027年6月9日先后颠倒"),
        ("五、端午节：6月9日至7月10日放假。", "从2027年6月9日到2027年7月10日有 32 天，太长了"),
        ("五、端午节：2028年6月9日放假。", "2028年6月9日不在2027年"),
        ("五、端午节：2026年6月9日放假。", "2026年6月9日不在2027年"),
        ("一、元旦：2026年11月30日放假。", "2026年11月30日不在2027年"),
        ("一、元旦：12月31日至1月2日放假。", "2027年12月31日到2027年1月2日先后颠倒"),
        ("一、元旦：2026年12月31日至1月2日放假。", "前面写了别的年份，后面的日子没有写是哪一年"),
        ("一、元旦：2026年12月31日放假，1月4日补休。", "前面写了别的年份，后面的日子没有写是哪一年"),
        ("2026年端午节：6月9日放假。", "说的不是2027年"),
        ("五、端午节：27年6月9日放假。", "年份不是四位数"),
        ("一、元旦：10月1日放假。", "2027年10月1日不会是元旦放假的日子"),
        ("三、清明节：7月3日至5日放假，共3天。", "2027年7月3日不会是清明放假的日子"),
        ("六、国庆节、中秋节：5月1日放假。", "2027年5月1日不会是中秋、国庆放假的日子"),
        ("五、端午节：9日放假。", "有一个日子没有写月份"),
        ("五、端午节：6月9日放假，10日补休。", "有一个日子没有写月份"),
    ],
)
def test_what_contradicts_itself_is_a_problem_with_its_sentence_and_gives_no_day(sentence: str, reason: str) -> None:
    days, problems = sentence_of_2027(sentence)
    shown = sentence.rstrip("。").replace("：", ":").replace("（", "(").replace("）", ")").replace("，", ",")
    assert problems == (f"{reason}，这句话里的日子没有取：“{shown}”",)
    assert days == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "五、端午节：6月9日至11日。",
        "五、端午节：6月9日。",
        "五、端午节：6月9日（周三",
        "6月12日（周六）。",
        "五、端午节：6月9日至11日不放假。",
        "五、端午节：6月9日至11日放假取消。",
        "五、端午节：取消6月9日至11日放假。",
        "五、端午节：6月9日至11日（10日除外）放假。",
        "五、端午节：6月9日（取消）放假。",
        "五、端午节：由6月9日至11日调整为6月10日至12日放假。",
        "五、端午节：除6月9日外放假。",
        "五、端午节：6月9日左右放假。",
        "五、端午节：6月9日下午放假。",
        "五、端午节：6月9日起放假。",
        "五、端午节：6月9日正常放假。",
        "五、端午节：6月9日调休。",
        "五、端午节：6月9日放假，共三天。",
        "五、端午节：6月9日放假，共1日。",
        "五、端午节：六月九日放假。",
        "五、端午节：2027-06-09放假。",
        "五、端午节：6/9放假。",
        "五、端午节：6.9放假。",
        "五、端午节：6月上旬9日放假。",
        "①6月9日放假。",
        "五、端午节：1\n6月9日放假。",
        "五、端午节：1 6月9日放假。",
        "6月12日（周六）起正常上班。",
        "6月12日（周六）不上班。",
        "6月12日（周六）原则上上班。",
        "鼓励6月12日（周六）上班。",
        "端午节假期延长至6月11日，6月12日（周六）上班。",
        "五、端午节：6月9日放假、上班。",
        "日（周六）放假，共3天。",
        "放假，共3天。",
        "五、端午节：99999999年6月9日放假。",
    ],
)
def test_what_is_not_understood_is_a_problem_and_gives_no_day(sentence: str) -> None:
    days, problems = sentence_of_2027(sentence)
    assert len(problems) == 1
    assert problems[0].startswith(NOT_UNDERSTOOD) or "四位数" in problems[0] or "月份" in problems[0]
    assert days == set()


def test_a_sentence_that_is_wrong_keeps_no_other_from_being_read() -> None:
    draft = read_day_off_notice(paper(2026).replace("共9天", "共8天"))
    feast = {date(2026, 2, 15) + timedelta(days=n) for n in range(9)} | {date(2026, 2, 14), date(2026, 2, 28)}
    assert {row.day for row in published(2026)} - {row.day for row in draft.rows} == feast
    problem, of_its_work = draft.problems
    assert of_its_work.startswith("2026年2月14日上班，离它前面写的放假超过 14 天")
    assert problem.startswith(
        "写的是 8 天，数出来是 9 天，这句话里的日子没有取：“二、春节:2月15日(农历腊月二十八、周日)至23日"
    )


def test_what_was_read_in_part_does_not_go_by_the_name_of_the_whole() -> None:
    """Taking rows replaces all rows of that name: the part would put out the shipped whole."""
    draft = read_day_off_notice(paper(2026).replace("共9天", "共8天"))
    assert draft.notice == f"{title(2026)}（摘录1月1日至10月10日）"
    assert {row.notice for row in draft.rows} == {draft.notice}


def test_a_day_both_off_and_worked_is_neither_and_named_with_both_sentences() -> None:
    days, problems = sentence_of_2027("五、端午节：6月11日至13日放假。6月12日（周六）、19日（周六）上班。")
    assert days == {"06-11+", "06-13+", "06-19-"}
    assert problems == (
        "2027年6月12日又写放假又写上班，没有取：“五、端午节:6月11日至13日放假”“6月12日(周六)、19日(周六)上班”",
    )


@pytest.mark.parametrize(
    ("day", "taken"),
    [("9月12日", False), ("9月18日", True), ("10月17日", True), ("10月23日", False), ("1月9日", False)],
)
def test_a_make_up_day_more_than_fourteen_days_from_the_days_off_before_it_is_not_taken(day: str, taken: bool) -> None:
    days, problems = sentence_of_2027(f"{day}上班。")
    assert bool(days) is taken
    reason = f"2027年{day}上班，离它前面写的放假超过 14 天，这句话里的日子没有取：“{day}上班”"
    assert problems == (() if taken else (reason,))


def test_a_make_up_day_before_all_days_off_is_not_taken_when_none_is_near() -> None:
    draft = read_day_off_notice(paper(2027, "6月12日上班。\n" + FEASTS))
    assert draft.problems == ("2027年6月12日上班，前后 14 天里却没有放假的日子，没有取：“6月12日上班”",)
    assert date(2027, 6, 12) not in {row.day for row in draft.rows}


@pytest.mark.parametrize(
    ("gone", "missing"),
    [("元旦", "元旦（1月1日）"), ("国庆节", "国庆节（10月1日）"), ("元旦|国庆节", "元旦（1月1日）和国庆节（10月1日）")],
)
def test_a_paper_without_new_year_or_national_day_says_that_the_year_is_not_published(gone: str, missing: str) -> None:
    schedule = "\n".join(line for line in SCHEDULES[2026].split("\n") if not re.search(f"、({gone})：", line))
    draft = read_day_off_notice(paper(2026, schedule))
    assert draft.problems == (f"没有读到2026年{missing}的放假：只凭这份文字，2026年还不算已公布，仍按估算",)
    assert 2026 not in WorkCalendar(draft.rows).published


@pytest.mark.parametrize("gone", ["四、", "五、"])
def test_a_feast_that_was_cut_out_is_missed_by_the_count_of_the_year(gone: str) -> None:
    schedule = "\n".join(line for line in SCHEDULES[2026].split("\n") if not line.startswith(gone))
    (problem,) = read_day_off_notice(paper(2026, schedule)).problems
    assert "法定节假日是 13 天" in problem


def test_a_make_up_day_that_was_cut_out_is_missed_by_the_count_of_the_year() -> None:
    (problem,) = read_day_off_notice(paper(2026).replace("2月14日（周六）、", "")).problems
    assert problem == (
        "放假占去周一至周五 19 天，补班 5 天，相差 14 天，法定节假日是 13 天：请对照通知看看有没有漏掉或者读错"
    )


def test_an_amendment_keeps_its_own_title_and_takes_only_its_own_days() -> None:
    text = (
        "国务院办公厅关于调整2019年劳动节假期安排的通知\n国办发明电〔2019〕3号\n各省、自治区、直辖市人民政府：\n"
        "　　经国务院批准，现将2019年劳动节假期安排调整通知如下。\n"
        "　　一、2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。\n"
        "　　二、各地区、各部门要抓紧做好相关工作。\n　　国务院办公厅\n　　2019年3月22日\n"
    )
    draft = read_day_off_notice(text)
    assert (draft.year, draft.notice) == (2019, "国务院办公厅关于调整2019年劳动节假期安排的通知")
    expected = {(row.day, row.kind) for row in published(2019) if date(2019, 4, 20) < row.day < date(2019, 5, 20)}
    assert set(kinds(draft.rows)) == expected
    assert [problem[:6] for problem in draft.problems] == ["没有读到20"]


def test_a_prolonged_feast_whose_beginning_is_not_said_is_refused() -> None:
    text = """国务院办公厅关于延长2020年春节假期的通知
一、延长2020年春节假期至2月2日（农历正月初九、星期日），2月3日（星期一）起正常上班。"""
    draft = read_day_off_notice(text)
    assert draft.rows == ()
    assert draft.problems[0].startswith(NOT_UNDERSTOOD)


@pytest.mark.parametrize(
    ("text", "year", "notice"),
    [
        ("2027年元旦放假安排：1月1日放假1天。", 2027, "2027年放假安排（无标题）（摘录1月1日）"),
        ("一、元旦：2027年1月1日放假1天。", 2027, "2027年放假安排（无标题）（摘录1月1日）"),
        ("一、元旦：2026年12月31日至2027年1月1日放假。", 2027, "2027年放假安排（无标题）（摘录12月31日至1月1日）"),
        (
            f"{title(2026)}\n{title(2027)}\n现将2027年元旦安排通知如下。1月1日放假。",
            2027,
            f"{title(2027)}（摘录1月1日）",
        ),
    ],
)
def test_the_year_is_found_in_the_title_the_first_words_or_the_dates(text: str, year: int, notice: str) -> None:
    draft = read_day_off_notice(text)
    assert (draft.year, draft.notice) == (year, notice)
    assert date(2027, 1, 1) in {row.day for row in draft.rows}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("一、元旦：1月1日放假1天。", "没有写明是哪一年的放假安排：请连同通知的标题一起粘贴"),
        (
            f"{title(2026)}\n{title(2027)}\n一、元旦：1月1日放假1天。",
            "文字里有几个年份的放假安排（2026、2027），不知道读哪一年：请只粘贴一份通知的正文",
        ),
        ("9999年元旦：1月1日放假1天。", "没有写明是哪一年的放假安排：请连同通知的标题一起粘贴"),
    ],
)
def test_a_paper_whose_year_is_not_sure_gives_no_day(text: str, problem: str) -> None:
    assert read_day_off_notice(text) == DayOffDraft(None, "", (), (problem,))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t　\r\n",
        "关于印发2021年政务公开工作要点的通知\n一、6月30日前完成。",
        "会议定于2027年3月5日召开，请准时参加。",
        "\x00\x01\x02PK\x03\x04" * 200,
        "\ud800\udfff",
        "The quick brown fox.",
        title(2027),
    ],
)
def test_a_text_that_is_no_such_paper_gives_nothing_but_says_so(text: str) -> None:
    draft = read_day_off_notice(text)
    assert (draft.rows, draft.problems) == ((), (NOTHING_READ,))


def test_control_characters_inside_a_date_make_no_other_date() -> None:
    days, problems = sentence_of_2027("五、端午节：1\x006月9日放假。")
    assert days == set()
    assert problems == ("没有读懂，这句话里的日子没有取：“五、端午节:1�6月9日放假”",)


@pytest.mark.parametrize(
    "piece",
    ["2027年元旦：1月1日放假。", "1月", "1月1日（", "（", "1", "\n\n2027年1月1日\n", "元旦、", "1月1日至", "6.9放假。"],
)
def test_a_megabyte_is_refused_and_the_largest_text_is_read_within_seconds(piece: str) -> None:
    began = time.process_time()  # of this process alone: the machine may be busy
    largest = (piece * LARGEST_TEXT)[:LARGEST_TEXT]
    draft = read_day_off_notice(largest)
    assert len(draft.problems) <= MOST_PROBLEMS + 1
    (problem,) = read_day_off_notice((piece * 1_000_000)[:1_000_000]).problems
    assert problem == "文字超过 100000 个字，不像是一份通知：请只粘贴通知的正文"
    assert time.process_time() - began < 5


def test_many_problems_are_counted_and_not_all_listed() -> None:
    lines = "\n".join(f"6月{day}日起放假。" for day in range(1, 31))
    problems = sentence_of_2027(lines)[1]
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == "还有 10 处没有列出"


def test_a_long_sentence_is_cut_in_its_message() -> None:
    (problem,) = sentence_of_2027(f"6月9日放假{'很长' * 500}。")[1]
    assert len(problem) < 100
    assert problem.endswith("…”")


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="0123456789年月日号至到—～、和，。；：（）周六日三星期放假上班调休补共天元旦国庆节\n 农历不与",
        max_size=80,
    )
)
def test_any_run_of_the_paper_s_own_signs_is_read_without_an_error(text: str) -> None:
    draft = read_day_off_notice(f"{title(2027)}\n{text}")
    days = [row.day for row in draft.rows]
    assert days == sorted(set(days))
    assert all(row.day.year == 2027 or (row.day.year, row.day.month) == (2026, 12) for row in draft.rows)
    assert all(row.kind == "off" or row.day.weekday() >= 5 for row in draft.rows)


@st.composite
def schedules(draw: st.DrawFn) -> tuple[int, str, dict[date, str]]:
    """A year, the sentences of random blocks of days off with make-up days, and what they say."""
    year = draw(st.integers(2008, 2099))
    new_year, national = date(year, 1, 1), date(year, 10, 1)
    begins = draw(st.lists(st.integers(10, 255), min_size=1, max_size=6, unique=True))
    blocks = [(new_year, draw(st.integers(1, 5))), (national, draw(st.integers(1, 9)))]
    blocks += [(new_year + timedelta(days=begin), draw(st.integers(1, 9))) for begin in begins]
    said = {first + timedelta(days=n): "off" for first, length in blocks for n in range(length)}
    lines = []
    for number, (first, length) in enumerate(blocks):
        weekends = [first + timedelta(days=n) for n in (-3, -2, length, length + 1, length + 2)]
        work = [day for day in weekends if day.weekday() >= 5 and day not in said and day.year == year]
        work = draw(st.lists(st.sampled_from(work), unique=True, max_size=2)) if work else []
        said |= dict.fromkeys(work, "work")
        lines.append(f"{HEADINGS[number]}、{draw(st.sampled_from(('假期', '节日放假', '放假时间')))}：")
        lines[-1] += rendered(draw, first, length) + "".join(
            f"{'、' * (work[0] != day)}{dated(draw, day)}" for day in work
        )
        lines[-1] += "上班。" if work else ""
    return year, "\n".join(lines), said


def dated(draw: st.DrawFn, day: date, month: bool = True, year: bool = False) -> str:
    weekday = f"{draw(st.sampled_from(('周', '星期')))}{WEEKDAYS[day.weekday()]}"
    bracket = draw(st.sampled_from(("", f"（{weekday}）", f"（农历正月初七、{weekday}）")))
    return f"{day.year}年" * year + f"{day.month}月" * month + f"{day.day}日{bracket}"


def rendered(draw: st.DrawFn, first: date, length: int) -> str:
    """The days off of a block in the wording of one of the papers."""
    last = first + timedelta(days=length - 1)
    days = dated(draw, first, year=draw(st.booleans()))
    if length > 1:
        days += draw(st.sampled_from("至到—～")) + dated(
            draw, last, month=last.month != first.month or draw(st.booleans())
        )
    endings = ("放假，共{}天。", "放假调休，共{}天。", "放假{}天，不调休。", "放假。", "放假，与周末连休。")
    return days + draw(st.sampled_from(endings)).format(length)


@settings(max_examples=150, deadline=None)
@given(schedules())
def test_a_paper_of_any_blocks_of_days_is_read_back_exactly(given_schedule: tuple[int, str, dict[date, str]]) -> None:
    year, schedule, said = given_schedule
    draft = read_day_off_notice(paper(year, schedule))
    assert {row.day: row.kind for row in draft.rows} == said
    assert all("相差" in problem for problem in draft.problems)
    assert (draft.year, draft.notice) == (year, title(year))


@pytest.mark.parametrize("length", [1, 2, 9])
@pytest.mark.parametrize("year", [2021, 2026])
def test_a_schedule_from_which_any_piece_is_cut_out_is_never_wrong_without_a_problem(year: int, length: int) -> None:
    whole = paper(year)
    begin, end = whole.index("一、元旦"), whole.index("节假日期间")
    expected = kinds(published(year))
    for at in range(begin, end):
        draft = read_day_off_notice(whole[:at] + whole[at + length :])
        assert draft.problems or kinds(draft.rows) == expected, whole[at - 20 : at + 20]
