import re
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.limits import ADDRESS_LIMIT, TITLE_LIMIT, clean_text
from db.rules.publication_words import CHANNEL_WORDS, FORM_WORDS, is_header
from db.rules.publications import LineProblem, NewPublication, likeness, read_lines
from db.rules.rows import PublicationRow
from db.rules.words import CHANNELS, FORMS

TODAY = date(2026, 3, 7)
DAY = date(2026, 3, 5)
TITLE = "关于2026年3月2日停水情况的公告"
ADDRESS = "https://www.example.gov.cn/zwgk/2026-03-01/t1.html"


def taken(line: str) -> NewPublication:
    """The one publication of one line, which has no problem."""
    found, problems = read_lines(line, TODAY, 7)
    assert problems == ()
    (publication,) = found
    return publication


def refused(line: str, today: date = TODAY) -> str:
    """Why the one line is not taken."""
    found, problems = read_lines(line, today, 7)
    assert found == ()
    (problem,) = problems
    assert (problem.number, problem.line) == (1, line)
    return problem.why


@pytest.mark.parametrize("gap", ["\t", " | ", "|", "｜", "  ", "     ", " \t "])
def test_columns_are_read_in_any_order(gap: str) -> None:
    for cells in permutations(("2026-03-05", TITLE, "公众号", "图解", ADDRESS)):
        line = gap.join(cells)
        assert taken(line) == NewPublication(7, DAY, TITLE, "公众号", ADDRESS, "图解"), line


@pytest.mark.parametrize(
    "line",
    [
        f"2026-03-05 {TITLE} {ADDRESS}",
        f"{TITLE} 2026-03-05 {ADDRESS}",
        f"{ADDRESS} 2026-03-05 {TITLE}",
        f"2026-03-05 {ADDRESS} {TITLE}",
        f"2026-03-05 {TITLE}{ADDRESS}",
        f"2026-03-05 {TITLE}（{ADDRESS}）",
        f"2026-03-05 {TITLE} <{ADDRESS}>",
        f"2026-03-05 {TITLE} ({ADDRESS})",
        f"2026-03-05 {TITLE} {ADDRESS}。",
        f"  2026-03-05 {TITLE} {ADDRESS}  ",
        f"| 2026-03-05 {TITLE} | {ADDRESS} |",
        f"2026-03-05　{TITLE}　{ADDRESS}",
    ],
)
def test_day_title_and_address_with_single_spaces(line: str) -> None:
    assert taken(line) == NewPublication(7, DAY, TITLE, "网站", ADDRESS, "文字")


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2026-03-05",
            "2026-3-5",
            "2026/3/5",
            "2026/03/05",
            "2026.3.5",
            "2026.03.05",
            "2026年3月5日",
            "2026年03月05日",
        ),
        *("3月5日", "03月05日", "03-05", "2026年3月5号", "２０２６－０３－０５", "２０２６年３月５日", "2026／3／5"),
        *("【2026-03-05】", "[2026-03-05]", "[03-05]", "(3月5日)", "（2026年3月5日）", "〔2026.3.5〕", "【03-05】"),
        *("20260305", "２０２６０３０５", "20260305 10:30", "【20260305】"),
        *("2026 年 3 月 5 日", "2026-03-05 10:30", "2026-03-05 10:30:22", "2026/3/5 0:00", "2026-03-05T10:30:22"),
    ],
)
def test_a_day_is_read_in_each_way_of_writing_it(written: str) -> None:
    for around in ("{}\t公告", "公告\t{}", "{} 公告", "公告 {}", "公告 {} https://a.cn", "{} 网站 公告"):
        line = around.format(written)
        assert (taken(line).day, taken(line).title) == (DAY, "公告"), line


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("公告", "没有单独写出的日期（如 2026-03-05）"),
        (f"{TITLE}\t网站\t{ADDRESS}", "没有单独写出的日期（如 2026-03-05）"),
        ("2026-03-05公告", "没有单独写出的日期（如 2026-03-05）"),
        ("公告【2026-03-05】", "没有单独写出的日期（如 2026-03-05）"),
        ("关于 2026年3月5日 会议的公告", "没有单独写出的日期（如 2026-03-05）"),
        ("2026-03/05 公告", "没有单独写出的日期（如 2026-03-05）"),
        ("26-03-05 公告", "没有单独写出的日期（如 2026-03-05）"),
        ("2026年3月 公告", "没有单独写出的日期（如 2026-03-05）"),
        ("3-5 公告", "没有单独写出的日期（如 2026-03-05）"),
        ("20260305公告", "没有单独写出的日期（如 2026-03-05）"),
        ("12345678 公告", "没有单独写出的日期（如 2026-03-05）"),
        ("20261305 公告", "没有单独写出的日期（如 2026-03-05）"),
        ("202603051 公告", "没有单独写出的日期（如 2026-03-05）"),
        ("20260231 公告", "没有2026年2月31日这一天"),
        ("20260308 公告", "日期 20260308 晚于今天"),
        ("2026-03-05 公告 20260306", "有两个日期（2026-03-05、20260306），分不清用哪一个"),
        ("2026-03-08 公告", "日期 2026-03-08 晚于今天"),
        ("2027年1月1日\t公告", "日期 2027年1月1日 晚于今天"),
        ("3月8日 公告", "日期 3月8日 没有写年份，按今年算是 2026-03-08，晚于今天"),
        ("12-30 公告", "日期 12-30 没有写年份，按今年算是 2026-12-30，晚于今天"),
        ("2026-03-05 2026-03-06 公告", "有两个日期（2026-03-05、2026-03-06），分不清用哪一个"),
        ("2026-03-05 公告 3月6日", "有两个日期（2026-03-05、3月6日），分不清用哪一个"),
        ("2026-03-05\t公告\t2026-03-05", "有两个日期（2026-03-05、2026-03-05），分不清用哪一个"),
        ("2026-02-29 公告", "没有2026年2月29日这一天"),
        ("2026年2月30日 公告", "没有2026年2月30日这一天"),
        ("2月29日 公告", "没有2026年2月29日这一天"),
        ("2026-13-01\t公告", "没有2026年13月1日这一天"),
        ("2026-00-10 公告", "没有2026年0月10日这一天"),
        ("0000-01-01 公告", "没有0年1月1日这一天"),
        ("2026-03-05", "没有标题"),
        (f"2026-03-05 网站 图解 {ADDRESS}", "没有标题"),
        ("2026-03-05\t网站", "没有标题"),
        ("1. 2026-03-05", "没有标题"),
        ("1\t2026-03-05", "没有标题"),
        ("2026-03-05 公告 https://a.cn/1 https://a.cn/2", "有两个网址，分不清用哪一个"),
        ("2026-03-05\t公告\t网站\t公众号", "有两个渠道（公众号、网站），请分成两行"),
        ("2026-03-05 图解 公告 视频", "有两个形式（图解、视频），请分成两行"),
        ("2026-03-05 公告 其他", "“其他”可以是渠道，也可以是形式，分不清是哪一个"),
        ("2026-03-05\t公告\t网站\t图解\t其他", "“其他”可以是渠道，也可以是形式，分不清是哪一个"),
        ("2026-03-05 " + "公" * (TITLE_LIMIT + 1), f"标题太长：共 {TITLE_LIMIT + 1} 字，上限是 {TITLE_LIMIT} 字"),
        (
            "2026-03-05 公告 https://" + "a" * (ADDRESS_LIMIT - 7),
            f"网址太长：共 {ADDRESS_LIMIT + 1} 字，上限是 {ADDRESS_LIMIT} 字",
        ),
    ],
)
def test_what_is_missing_or_can_be_read_twice_is_a_problem(line: str, why: str) -> None:
    assert refused(line) == why


def test_today_itself_is_taken_and_the_year_before_is_never_guessed() -> None:
    assert taken("3月7日 公告").day == TODAY
    assert taken("2026-03-07 公告").day == TODAY
    assert taken("2025-12-30 公告").day == date(2025, 12, 30)
    assert "晚于今天" in refused("12月30日 公告", date(2026, 1, 2))


def test_the_29th_of_february_is_taken_in_a_leap_year() -> None:
    found, problems = read_lines("2月29日 公告\n2024-02-29 公告", date(2024, 3, 1), None)
    assert ([one.day for one in found], problems) == ([date(2024, 2, 29)] * 2, ())


def test_the_longest_title_and_address_are_taken_whole() -> None:
    address = "https://" + "a" * (ADDRESS_LIMIT - 8)
    found = taken(f"2026-03-05 {'公' * TITLE_LIMIT} {address}")
    assert (found.title, found.address) == ("公" * TITLE_LIMIT, address)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2026-03-05 关于2026年3月2日停水的公告", "关于2026年3月2日停水的公告"),
        ("2026-03-05 名单（2026年3月2日）", "名单（2026年3月2日）"),
        ("2026-03-05 【3月2日】情况通报", "【3月2日】情况通报"),
        ("2026-03-05\t关于 2026年3月2日 停水的公告", "关于 2026年3月2日 停水的公告"),
        ("2026-03-05\t停水公告 2026年3月2日", "停水公告 2026年3月2日"),
        ("2026-03-05 关于 3月2日 停水的公告", "关于 3月2日 停水的公告"),
        ("2026-03-05 政务 网站 建设", "政务 网站 建设"),
        ("2026-03-05\t政务网站 图解", "政务网站 图解"),
        ("2026-03-05 网站建设", "网站建设"),
        ("2026-03-05  公告  （全文）", "公告  （全文）"),
        ("2026-03-05 | 一图读懂 | 政务公开 | 网站", "一图读懂 | 政务公开"),
        ("2026-03-05 一图读懂｜政务公开", "一图读懂｜政务公开"),
        ("2026-03-05 图解 | 政务公开", "政务公开"),
        ("2026-03-05\t公告\t办公室", "公告 办公室"),
        ("公告\t2026-03-05\t办公室", "公告 办公室"),
        ("2026-03-05 ＡＢＣ，“公告” =1+1 [/] <b>", "ＡＢＣ，“公告” =1+1 [/] <b>"),
        ("2026-03-05 公\u200b告\x07", "公告"),
        ("2026-03-05 www.a.cn 公告", "www.a.cn 公告"),
        ("2026-03-05 ftp://a.cn 公告", "ftp://a.cn 公告"),
    ],
)
def test_a_title_is_kept_as_written(line: str, title: str) -> None:
    assert taken(line).title == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("1. 2026-03-05 公告", "公告"),
        ("1.2026-03-05 公告", "公告"),
        ("1、2026年3月5日 公告", "公告"),
        ("2、3月5日 公告", "公告"),
        ("12．公告 2026-03-05", "公告"),
        ("（1）公告 2026-03-05", "公告"),
        ("(1) 公告 2026-03-05", "公告"),
        ("1\t2026-03-05\t公告", "公告"),
        ("| 3 | 2026-03-05 | 公告 |", "公告"),
        ("1.\t2026-03-05\t公告", "公告"),
        ("1.2026年工作要点 2026-03-05", "2026年工作要点"),
        ("2026.3.5 公告", "公告"),
        ("1.5亿元项目 2026-03-05", "1.5亿元项目"),
        ("1、2季度公告 2026-03-05", "1、2季度公告"),
        ("（2026）1号公告 2026-03-05", "（2026）1号公告"),
        ("2026-03-05 1、公告", "1、公告"),
        ("2026-03-05\t公告\t1", "公告 1"),
        ("2026-03-05 1.", "1."),
        ("1 公告 2026-03-05", "1 公告"),
    ],
)
def test_a_list_number_before_more_text_is_dropped_and_a_figure_is_not(line: str, title: str) -> None:
    assert (taken(line).day, taken(line).title) == (DAY, title)


@pytest.mark.parametrize("comma", [",", "，", ", ", " ，"])
def test_a_line_of_a_csv_file_is_read_in_any_order(comma: str) -> None:
    for cells in permutations(("2026-03-05", TITLE, "公众号", "图解", ADDRESS)):
        line = comma.join(cells)
        assert taken(line) == NewPublication(7, DAY, TITLE, "公众号", ADDRESS, "图解"), line


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2026-03-05,公告", "公告"),
        ("20260305,公告,,,", "公告"),
        ("3月5日，公告", "公告"),
        ("1,2026-03-05,公告", "公告"),
        ("1.20260305,公告", "公告"),
        ('2026-03-05,"甲,乙公告",网站', "甲,乙公告"),
        ('"2026-03-05","关于""两会""的公告"', '关于"两会"的公告'),
        ("2026-03-05,关于甲，乙的公告", "关于甲，乙的公告"),
        ("2026-03-05，公告1,2号", "公告1,2号"),
        ("2026-03-05,关于 2026年3月2日 停水的公告", "关于 2026年3月2日 停水的公告"),
        ("2026-03-05 甲，乙公告", "甲，乙公告"),
        ("2026-03-05\t甲,2026-03-02,乙公告", "甲,2026-03-02,乙公告"),
        ("2026-03-05 | 甲，3月2日，乙公告", "甲，3月2日，乙公告"),
        ("2026-03-05 甲公告,网站", "甲公告,网站"),
    ],
)
def test_commas_divide_only_where_a_whole_cell_is_the_day(line: str, title: str) -> None:
    assert (taken(line).day, taken(line).title) == (DAY, title)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2026-03-05,甲,乙", "有几栏都像标题（甲、乙），标题里有逗号的请加引号，其余的请去掉"),
        (
            "2026-03-05，甲，乙公告，网站",
            "有几栏都像标题（甲、乙公告），标题里有逗号的请加引号，其余的请去掉",
        ),
        ('2026-03-05,"关于', "引号没有成对，分不清各栏；一条记录占一行"),
        ('2026-03-05,"两会"公告', "引号没有成对，分不清各栏；一条记录占一行"),
        ("2026-03-05,公告 2026-03-02", "日期有的用逗号隔开，有的用空格或另一种逗号隔开，分不清各栏"),
        ("2026-03-05 甲，3月2日，乙公告", "日期有的用逗号隔开，有的用空格或另一种逗号隔开，分不清各栏"),
        ("2026-03-05，甲,2026-03-02", "日期有的用逗号隔开，有的用空格或另一种逗号隔开，分不清各栏"),
        ("2026-03-05,2026-03-02,公告", "有两个日期（2026-03-05、2026-03-02），分不清用哪一个"),
        ("2026-03-05,网站", "没有标题"),
        ("2026-03-05,", "没有标题"),
        ("公告,网站", "没有单独写出的日期（如 2026-03-05）"),
        ("2026-03-05,公告,https://a.cn/1,https://a.cn/2", "有两个网址，分不清用哪一个"),
    ],
)
def test_a_line_with_commas_that_can_be_read_twice_is_a_problem(line: str, why: str) -> None:
    assert refused(line) == why


@pytest.mark.parametrize(
    ("title", "same"),
    [(TITLE, True), (f" {TITLE} ", True), ("关于２０２６年3月2日停水情况的公告", True), (f"{TITLE}（一）", False)],
)
def test_records_of_one_entry_day_and_title_are_alike_whatever_the_channel(title: str, same: bool) -> None:
    stored = PublicationRow(1, 7, DAY, TITLE, "网站", None, "文字")
    assert (likeness(NewPublication(7, DAY, title, "公众号", ADDRESS, "图解")) == likeness(stored)) is same
    assert likeness(NewPublication(None, DAY, title, "网站", None, "文字")) != likeness(stored)
    assert likeness(NewPublication(7, TODAY, title, "网站", None, "文字")) != likeness(stored)


@pytest.mark.parametrize("gap", ["\t", " "])
@pytest.mark.parametrize("word", sorted(CHANNEL_WORDS.keys() - {"其他"}))
def test_a_channel_word_of_its_own_sets_the_channel(word: str, gap: str) -> None:
    found = taken(gap.join(("2026-03-05", "公告", word)))
    assert (found.channel, found.form, found.title) == (CHANNEL_WORDS[word], "文字", "公告")


@pytest.mark.parametrize("gap", ["\t", " "])
@pytest.mark.parametrize("word", sorted(FORM_WORDS.keys() - {"其他"}))
def test_a_form_word_of_its_own_sets_the_form(word: str, gap: str) -> None:
    found = taken(gap.join((word, "公告", "2026-03-05")))
    assert (found.channel, found.form, found.title) == ("网站", FORM_WORDS[word], "公告")


@pytest.mark.parametrize(
    ("line", "channel", "form"),
    [
        ("2026-03-05\t公告\t公众号\t其他", "公众号", "其他"),
        ("2026-03-05\t公告\t其他\t视频", "其他", "视频"),
        ("2026-03-05\t公告\t网站\t网站", "网站", "文字"),
        ("2026-03-05 新闻发布会 公告 发布会", "新闻发布会", "发布会"),
    ],
)
def test_two_words_set_both(line: str, channel: str, form: str) -> None:
    assert (taken(line).channel, taken(line).form) == (channel, form)


def test_the_words_of_each_channel_and_form_are_known() -> None:
    assert set(CHANNEL_WORDS.values()) == set(CHANNELS)
    assert set(FORM_WORDS.values()) == set(FORMS)
    assert CHANNEL_WORDS.keys() & FORM_WORDS.keys() == {"其他"}


@pytest.mark.parametrize(
    "line",
    [
        *(
            "",
            "   ",
            "\t\t",
            "　",
            "日期 标题",
            "日期\t标题\t渠道\t形式\t网址",
            "序号 | 发布日期 | 标题",
            "| 标题 | 日期 |",
        ),
        *("|---|:--|", "--- | ---", "\u200b", "日期,标题,渠道", '"发布日期","标题"', "日期，标题", ",,,,"),
    ],
)
def test_blank_lines_and_header_lines_are_passed_over(line: str) -> None:
    assert read_lines(line, TODAY, 7) == ((), ())
    assert read_lines(f"{line}\n2026-03-05 公告", TODAY, 7)[0] == (taken("2026-03-05 公告"),)


@pytest.mark.parametrize("line", ["标题", "日期 标题 办公室", "备注 公告"])
def test_what_is_not_surely_a_header_is_shown_as_a_problem(line: str) -> None:
    assert refused(line) == "没有单独写出的日期（如 2026-03-05）"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_good_lines_are_taken_in_order_and_bad_ones_named_by_their_number(line_end: str) -> None:
    lines = ["日期 标题", "", "2026-03-05 甲", "乙", "  ", "2026-03-06 丙", "  2026-03-06  ", ""]
    found, problems = read_lines(line_end.join(lines), TODAY, None)
    assert [(one.entry, one.day.day, one.title) for one in found] == [(None, 5, "甲"), (None, 6, "丙")]
    assert problems == (
        LineProblem(4, "乙", "没有单独写出的日期（如 2026-03-05）"),
        LineProblem(7, "  2026-03-06  ", "没有标题"),
    )


def test_nothing_pasted_is_nothing_read() -> None:
    assert read_lines("", TODAY, None) == ((), ())


LETTERS = st.sampled_from(
    '关于甲乙丙年月日时分0123456789-/.|｜[]【】()（）、，。," 　\tTahtps:网站视频图解其他\u0301\u200b\r\n'
)
WORD = st.text("关于甲乙丙政务公开公告2026年3月，“”（）", min_size=1, max_size=12).filter(
    lambda word: not read_lines(f"{word} 甲", date(9999, 12, 31), None)[0] and word[0] not in "23（"
)


@given(st.text(LETTERS, max_size=60) | st.text(max_size=60))
def test_every_line_is_taken_or_named_whatever_it_holds(text: str) -> None:
    found, problems = read_lines(text, TODAY, 7)
    lines = re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text)
    cleaned = [clean_text(line, limit=1_000)[0].strip() for line in lines]
    assert len(found) + len(problems) == sum(1 for line in cleaned if line and not is_header(line))
    assert [problem.line for problem in problems] == [lines[problem.number - 1] for problem in problems]
    for one in found:
        assert one.title.strip() == one.title != ""
        assert "\n" not in one.title
        assert "\t" not in one.title
        assert one.day <= TODAY
        assert (one.channel in CHANNELS, one.form in FORMS) == (True, True)


@given(
    st.dates(date(2000, 1, 1), TODAY),
    WORD,
    st.sampled_from(CHANNELS[:-1]),
    st.sampled_from(FORMS[:-1]),
    st.sampled_from(["{0}\t{1}\t{2}\t{3}\t{4}", "{4} | {3} | {0} | {1} | {2}", "{2}  {0}  {1}  {4}  {3}"]),
)
def test_what_is_written_out_in_columns_comes_back(day: date, title: str, channel: str, form: str, shape: str) -> None:
    line = shape.format(day.isoformat(), title, channel, form, ADDRESS)
    assert taken(line) == NewPublication(7, day, title, channel, ADDRESS, form)
