"""The dialogs of counting and timing: keys in, what stands on the screen, what comes out."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from textual import events
from textual.screen import Screen

from db.rules.publications import NewPublication, read_lines
from db.rules.rows import (
    ClockRow,
    ClockRuleRow,
    Countdown,
    CountRow,
    EntryRow,
    Extension,
    ItemTally,
    OccurrenceRow,
    Pause,
    PublicationRow,
    QuotaRow,
    ReportRow,
    StageDay,
)
from db.rules.words import OccurrenceState
from tests.tui.desks import HOSTILE, Stage, seen, settled, type_in
from tests.tui.office import an_entry
from tui.cells import safe
from tui.dialogs.choice_field import ChoiceField
from tui.dialogs.clock import ClockAnswer, ClockDialog
from tui.dialogs.clock_act import (
    CloseAnswer,
    CloseDialog,
    ExtendAnswer,
    ExtendDialog,
    PauseAnswer,
    PauseDialog,
    ResumeDialog,
    StageAnswer,
    StageDialog,
    next_stages,
)
from tui.dialogs.clock_rules import ClockRulesDialog, RuleChoice
from tui.dialogs.count import CountAnswer, CountDialog
from tui.dialogs.dialog import Dialog
from tui.dialogs.item import ItemAnswer, ItemDialog
from tui.dialogs.number_field import whole_number
from tui.dialogs.period import PeriodAnswer, PeriodDialog, in_turn
from tui.dialogs.publish import PublishAnswer, PublishDialog
from tui.dialogs.publish_lines import PublishLinesDialog
from tui.dialogs.report import HandInAnswer, HandInDialog, ReportAnswer, ReportDialog
from tui.dialogs.rule import RuleAnswer, RuleDialog

TODAY = date(2026, 11, 20)
YEAR = date(2026, 1, 1), date(2026, 12, 31)
ENTRIES = (an_entry(1, number="1", requirement="甲事"), an_entry(2, number="四(二)", requirement="乙事"))


def rule(**values: object) -> ClockRuleRow:
    plain: dict[str, Any] = {
        "days": 20,
        "day_kind": "workday",
        "direction": "after",
        "bound": "max",
        "trigger": "收到申请",
        "action": "答复",
        "quote": "二十个工作日内答复",
        "task": None,
    }
    return ClockRuleRow(**{**plain, **values})


def clock(**values: object) -> ClockRow:
    plain: dict[str, Any] = {
        "id": 1,
        "entry": None,
        "number": None,
        "subject": "某申请",
        "rule": rule(source="statute", article="第三十三条", may_extend=20),
        "start": date(2026, 11, 2),
        "pauses": (),
        "extensions": (),
        "stages": (StageDay("registered", date(2026, 11, 2)),),
        "closed_on": None,
        "outcome": None,
        "state": "running",
        "due": date(2026, 11, 30),
        "countdown": Countdown(10, 6, False, False),
        "left": None,
        "late": None,
    }
    return ClockRow(**{**plain, **values})


def item_entry(*items: ItemTally) -> EntryRow:
    quota = QuotaRow(1, "次", "item", None, *YEAR, None, items, "每项决策不得少于1次")
    return an_entry(3, number="18", quotas=(quota,))


def recurring() -> EntryRow:
    months = [(date(2026, month, 1), date(2026, month, 28)) for month in (8, 9, 10, 11, 12)]
    states: tuple[OccurrenceState, ...] = ("done", "missed", "missed", "current", "coming")
    rows = (
        OccurrenceRow(
            start, end, state, date(2026, 8, 20) if state == "done" else None, "已发" if state == "done" else None
        )
        for (start, end), state in zip(months, states, strict=True)
    )
    return an_entry(4, number="12", occurrences=tuple(rows))


async def play(make: Callable[[], Screen[Any]], *steps: str, size: tuple[int, int] = (80, 24)) -> tuple[Stage, str]:
    """Keys by name, or text as 'typed:…' and 'pasted:…'; returns the app and what was seen last."""
    app = Stage(make)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for step in steps:
            what, _, text = step.partition(":")
            if what == "typed":
                await type_in(app, pilot, text)
            elif what == "pasted":
                app.post_message(events.Paste(text))
                await settled(pilot)
            else:
                await pilot.press(step)
        await settled(pilot)
        return app, seen(app)


# 记公开


def publish(**values: Any) -> Callable[[], PublishDialog]:
    return lambda: PublishDialog(ENTRIES, values.pop("entry", 1), TODAY, **values)


async def test_a_title_and_enter_register_a_publication_of_today() -> None:
    app, _ = await play(publish(), "typed:某某解读", "enter")
    new = NewPublication(1, TODAY, "某某解读", "网站", None, "文字")
    assert app.answers == [PublishAnswer((new,), 1)]


async def test_channel_and_form_are_chosen_by_arrow_digit_or_first_sign() -> None:
    app, _ = await play(publish(), "typed:某某解读", "tab", "tab", "right", "tab", "typed:3", "enter")
    assert [(new.channel, new.form) for new in app.answers[0].new] == [("公众号", "视频")]
    app, _ = await play(publish(), "typed:某某解读", "tab", "tab", "typed:电", "tab", "typed:２", "enter")
    assert [(new.channel, new.form) for new in app.answers[0].new] == [("电视", "图解")]
    _, screen = await play(publish(), "tab", "tab", "tab", "left")
    assert " [其他]" in screen


async def test_the_channel_of_the_last_publication_is_the_next_ones() -> None:
    last = PublicationRow(7, None, TODAY, "上一条", "公众号", None, "视频")
    app, _ = await play(publish(stored=[last]), "typed:某某解读", "enter")
    assert [(new.channel, new.form) for new in app.answers[0].new] == [("公众号", "文字")]


STORED = PublicationRow(7, 1, TODAY, "某某解读", "网站", None, "文字")


async def test_what_was_registered_already_is_said_as_it_is_typed_and_taken_at_the_second_enter() -> None:
    _, screen = await play(publish(stored=[STORED]), "typed:某某 解读")
    assert "疑似重复：同一天、同一标题、同一项的已经登记过" in screen
    app, screen = await play(publish(stored=[STORED]), "typed:某某解读", "enter")
    assert app.answers == []
    assert "注意：疑似重复" in screen
    app, _ = await play(publish(stored=[STORED]), "typed:某某解读", "enter", "enter")
    assert [new.title for new in app.answers[0].new] == ["某某解读"]
    app, _ = await play(publish(stored=[STORED]), "typed:某某解读", "enter", "typed:x", "backspace", "f2")
    assert app.answers == []


@pytest.mark.parametrize(
    "steps",
    [
        ("typed:某某解读之二",),
        ("typed:某某解读", "tab", "typed:2026-11-19"),
        ("typed:某某解读", *["tab"] * 5, "delete"),
    ],
)
async def test_another_title_day_or_entry_makes_another_publication(steps: tuple[str, ...]) -> None:
    app, screen = await play(publish(stored=[STORED]), *steps)
    assert "疑似重复" not in screen
    app, _ = await play(publish(stored=[STORED]), *steps, "enter")
    assert len(app.answers) == 1


async def test_a_publication_that_is_changed_is_not_taken_for_its_own_double() -> None:
    other = PublicationRow(8, 1, TODAY, "另一解读", "网站", None, "文字")
    app, _ = await play(publish(row=STORED, stored=[STORED, other]), "enter")
    assert len(app.answers) == 1
    app, screen = await play(publish(row=STORED, stored=[STORED, other]), "home", "delete", "delete", "typed:另一")
    assert "疑似重复" in screen


async def test_the_one_just_registered_is_known_to_the_next() -> None:
    _, screen = await play(publish(), "typed:某某解读", "f3", "typed:某某解读", "f3")
    assert "注意：疑似重复" in screen
    _, screen = await play(publish(), "typed:某某解读", "f3", "typed:某某解读", "f3", "f3")
    assert "已登记 2 条，请填下一条" in screen


async def test_a_day_of_another_year_is_said_not_to_count_and_is_taken() -> None:
    _, screen = await play(publish(year=2026))
    assert "不计入本年指标" not in screen
    app, screen = await play(publish(year=2026), "typed:某某解读", "tab", "typed:2025-12-31")
    assert "不在 2026 年内，不计入本年指标" in screen
    app, _ = await play(publish(year=2026), "typed:某某解读", "tab", "typed:2025-12-31", "enter")
    assert [new.day for new in app.answers[0].new] == [date(2025, 12, 31)]
    row = PublicationRow(7, 1, date(2025, 12, 31), "旧", "网站", None, "文字")
    _, screen = await play(publish(row=row, year=2026))
    assert "不计入本年指标" in screen


BY_TIMES = QuotaRow(1, "次", "year", 0, *YEAR, False, (), "不少于1次")
BY_PIECES = QuotaRow(2, "条", "year", 0, *YEAR, False, (), "不少于2条")


@pytest.mark.parametrize(
    ("quotas", "said"), [((BY_TIMES,), True), ((BY_TIMES, BY_PIECES), False), ((BY_PIECES,), False), ((), False)]
)
async def test_an_entry_that_is_counted_by_times_alone_says_so(quotas: tuple[QuotaRow, ...], said: bool) -> None:
    entries = an_entry(1, number="1", quotas=quotas), an_entry(2, number="2")
    words = "本条指标按次数计，公开记录不计入；记次数用 Ctrl+K"
    _, screen = await play(lambda: PublishDialog(entries, 1, TODAY))
    assert (words in screen) is said
    _, screen = await play(lambda: PublishDialog(entries, 1, TODAY), *["tab"] * 5, "typed:2")
    assert words not in screen
    _, screen = await play(lambda: PublishDialog(entries, 2, TODAY), *["tab"] * 5, "typed:1")
    assert (words in screen) is said


async def test_one_more_keeps_the_dialog_with_its_date_and_channel() -> None:
    taken: list[PublishAnswer] = []

    def make() -> PublishDialog:
        from tui.screens.asking import attempting

        return attempting(publish()(), lambda answer: taken.append(answer) if answer else None)  # type: ignore[return-value]

    app, _ = await play(make, "typed:第一条", "tab", "typed:11-18", "f3", "typed:第二条", "f3", "escape")
    assert [(new.title, new.day) for answer in taken for new in answer.new] == [
        ("第一条", date(2026, 11, 18)),
        ("第二条", date(2026, 11, 18)),
    ]
    assert app.answers == [None]


async def test_a_blank_title_a_coming_day_and_an_unknown_number_are_said_where_they_stand() -> None:
    app, screen = await play(publish(), "enter")
    assert "没有填标题" in screen
    _, screen = await play(publish(), "typed:某某解读", "tab", "typed:2026-11-21", "enter")
    assert "不能晚于 2026-11-20" in screen
    _, screen = await play(publish(), "typed:某某解读", *["tab"] * 5, "typed:99", "enter")
    assert "台账里没有编号「99」" in screen
    assert app.answers == []


async def test_several_lines_pasted_into_the_title_go_with_what_stood_there() -> None:
    app, _ = await play(publish(), "typed:前", "pasted:甲\n乙")
    assert app.answers == [PublishAnswer((), 1, "前甲\n乙")]


async def test_one_pasted_line_is_a_title() -> None:
    app, _ = await play(publish(), "pasted:甲\n", "enter")
    assert [new.title for new in app.answers[0].new] == ["甲"]


async def test_a_publication_is_changed_with_all_that_it_had() -> None:
    row = PublicationRow(7, 2, date(2026, 3, 1), "旧标题", "报纸", "第 3 版", "访谈")
    app, _ = await play(publish(entry=2, row=row), "end", "typed:改", "enter")
    assert app.answers == [
        PublishAnswer((NewPublication(2, date(2026, 3, 1), "旧标题改", "报纸", "第 3 版", "访谈"),), 2)
    ]
    app, screen = await play(publish(entry=2, row=row), "pasted:甲\n乙")
    assert app.answers == []
    assert "标题只能有一行" in screen


# 粘贴多条

LINES = "2026-03-05\t某某解读\t公众号\t图解\thttps://example.gov.cn/1\n没有日期的一行\n\n2026-04-01 某某公告"


def lines(text: str = LINES, **values: Any) -> Callable[[], PublishLinesDialog]:
    return lambda: PublishLinesDialog(text, lambda line: read_lines(line, TODAY, 1), **values)


async def test_lines_that_are_like_one_another_or_one_stored_are_marked_and_taken_at_the_second_enter() -> None:
    text = "2026-03-01 甲\n2026-03-01 乙\n2026-03-01 　甲\n2026-11-20 某某解读\n2025-12-31 丙"
    app, screen = await play(lines(text, stored=[STORED], year=2026), "enter")
    assert app.answers == []
    assert "共 5 行：认出 5 行，其中 3 行疑似重复" in screen
    assert "3 行疑似重复（行首有 ?）" in screen
    marked = [line for line in screen.split("\n") if "? 2026" in line]
    assert len(marked) == 3
    assert all("疑似重复" in line for line in marked)
    (outside,) = [line for line in screen.split("\n") if "2025-12-31" in line]
    assert "不在 2026 年内" in outside
    app, _ = await play(lines(text, stored=[STORED], year=2026), "enter", "enter")
    assert len(app.answers[0].new) == 5


async def test_the_other_of_two_like_lines_is_no_double_any_more_when_one_is_dropped() -> None:
    text = "2026-03-01 甲\n2026-03-01 甲"
    app, screen = await play(lines(text), "f8")
    assert "疑似重复" not in screen
    app, _ = await play(lines(text), "f8", "enter")
    assert [new.title for new in app.answers[0].new] == ["甲"]


async def test_a_line_that_was_asked_about_and_then_changed_into_a_double_is_asked_about_again() -> None:
    text = "2026-03-01 甲\n2026-03-01 甲\n2026-03-01 乙"
    app, screen = await play(lines(text), "enter", "down", "down", "end", "backspace", "typed:甲", "enter")
    assert app.answers == []
    assert "3 行疑似重复（行首有 ?）" in screen


async def test_what_was_registered_of_the_paste_is_known_to_the_lines_left() -> None:
    _, screen = await play(lines("2026-03-01 甲\n没有日期"), "enter", "end", "ctrl+u", "typed:2026-03-01 甲")
    assert "疑似重复：台账里已有" in screen


async def test_lines_of_a_csv_file_are_understood_and_two_titles_are_not_guessed_at() -> None:
    text = '日期,标题,渠道\n20260305,"甲,乙公告",公众号\n2026-03-06，丙公告，网站\n2026-03-07,丁,戊'
    _, screen = await play(lines(text))
    assert "共 3 行：认出 2 行，没认出 1 行" in screen
    assert "2026-03-05  甲,乙公告" in screen
    assert "有几栏都像标题" in screen


async def test_lines_that_were_not_understood_stand_first_with_their_reason() -> None:
    _, screen = await play(lines())
    assert "共 3 行：认出 2 行，没认出 1 行" in screen
    rows = [line for line in screen.split("\n") if "没有日期的一行" in line or "2026-0" in line]
    assert "! 没有日期的一行" in rows[0]
    assert "没有单独写出的日期" in rows[0]


async def test_what_was_understood_is_registered_and_the_rest_stays_to_be_changed() -> None:
    taken: list[PublishAnswer] = []

    def make() -> Dialog[Any]:
        from tui.screens.asking import attempting

        return attempting(lines()(), lambda answer: taken.append(answer) if answer else None)

    app, screen = await play(make, "enter")
    assert [new.title for answer in taken for new in answer.new] == ["某某解读", "某某公告"]
    assert app.answers == []
    assert "已登记 2 条；还有 1 行没有登记" in screen
    app, _ = await play(make, "enter", "end", "typed: 2026-05-01", "enter")
    assert [new.title for answer in taken[-1:] for new in answer.new] == ["没有日期的一行"]
    assert len(app.answers) == 1


async def test_a_line_can_be_dropped_and_lines_left_are_not_given_up_at_the_first_escape() -> None:
    app, screen = await play(lines("没有日期的一行"), "escape")
    assert app.answers == []
    assert "再按一次 Esc 放弃" in screen
    app, _ = await play(lines("没有日期的一行"), "escape", "escape")
    assert app.answers == [None]
    app, _ = await play(lines("没有日期的一行"), "f8", "escape")
    assert app.answers == [None]


async def test_lines_can_be_pasted_into_the_empty_review() -> None:
    app, screen = await play(lines(""), f"pasted:{LINES}")
    assert "认出 2 行" in screen
    app, screen = await play(lines(""), "enter")
    assert app.answers == []
    assert "先把几行粘贴进来" in screen
    app, _ = await play(lines(""), "typed:2026-05-01 某某公告", "enter")
    assert [new.title for new in app.answers[0].new] == ["某某公告"]


# 记次数, 事项


async def test_one_time_today_is_counted_with_one_key() -> None:
    app, _ = await play(lambda: CountDialog(an_entry(5), TODAY), "enter")
    assert app.answers == [CountAnswer(TODAY, 1, None, None)]


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "二", "100000", ""])
async def test_what_is_no_number_of_times_is_refused(typed: str) -> None:
    app, screen = await play(lambda: CountDialog(an_entry(5), TODAY), "ctrl+a", "delete", f"typed:{typed}", "enter")
    assert app.answers == []
    assert "注意：" in screen


async def test_full_width_digits_are_a_number() -> None:
    app, _ = await play(lambda: CountDialog(an_entry(5), TODAY), "typed:１２", "enter")
    assert app.answers == [CountAnswer(TODAY, 12, None, None)]
    assert whole_number("１２") == 12
    assert whole_number("²") is None


async def test_the_first_item_that_has_not_enough_is_the_one_counted() -> None:
    entry = item_entry(ItemTally("决策一", 1, True, 11), ItemTally("决策二", 0, False, 12))
    app, _ = await play(lambda: CountDialog(entry, TODAY), "enter")
    assert app.answers == [CountAnswer(TODAY, 1, 12, None)]
    app, _ = await play(lambda: CountDialog(entry, TODAY), "down", "enter")
    assert app.answers == [CountAnswer(TODAY, 1, None, None)]


async def test_a_count_is_changed_with_its_own_values() -> None:
    entry = item_entry(ItemTally("决策一", 1, True, 11), ItemTally("决策二", 0, False, 12))
    row = CountRow(3, entry.id, 11, date(2026, 5, 1), 4, "列席")
    app, _ = await play(lambda: CountDialog(entry, TODAY, row=row), "enter")
    assert app.answers == [CountAnswer(date(2026, 5, 1), 4, 11, "列席")]
    app, _ = await play(lambda: CountDialog(entry, TODAY, row=CountRow(3, entry.id, None, TODAY, 1, None)), "enter")
    assert app.answers == [CountAnswer(TODAY, 1, None, None)]


async def test_the_dialog_says_where_a_count_does_not_count() -> None:
    published = QuotaRow(2, "条", "year", 0, *YEAR, False, (), "不少于2条")
    _, screen = await play(lambda: CountDialog(an_entry(5, quotas=(published,)), TODAY))
    assert "次数不计入" in screen
    _, screen = await play(lambda: CountDialog(item_entry(), TODAY))
    assert "先按 Ctrl+X 增加事项" in screen


async def test_an_item_needs_a_name_and_may_have_a_day() -> None:
    app, screen = await play(lambda: ItemDialog(item_entry(), None, TODAY), "enter")
    assert app.answers == []
    assert "没有填事项名称" in screen
    app, _ = await play(lambda: ItemDialog(item_entry(), None, TODAY), "typed:某项决策", "enter")
    assert app.answers == [ItemAnswer("某项决策", None)]


# 本期销账


def test_this_period_comes_first_then_the_missed_ones() -> None:
    assert [(row.state, row.start.month) for row in in_turn(recurring().occurrences)] == [
        ("current", 11),
        ("missed", 9),
        ("missed", 10),
        ("done", 8),
    ]


async def test_this_period_is_settled_with_one_key_and_a_missed_one_with_two() -> None:
    app, _ = await play(lambda: PeriodDialog(recurring(), TODAY), "enter")
    assert app.answers == [PeriodAnswer((date(2026, 11, 1),), TODAY, None)]
    app, _ = await play(lambda: PeriodDialog(recurring(), TODAY), "down", "enter")
    assert app.answers == [PeriodAnswer((date(2026, 9, 1),), TODAY, None)]


async def test_several_missed_periods_are_marked_and_settled_together() -> None:
    app, screen = await play(lambda: PeriodDialog(recurring(), TODAY), "down", "space", "space")
    assert "* 2026-09-01 至" in screen
    assert "选中 2 期" in screen
    app, _ = await play(lambda: PeriodDialog(recurring(), TODAY), "down", "space", "space", "enter")
    assert app.answers == [PeriodAnswer((date(2026, 9, 1), date(2026, 10, 1)), TODAY, None)]
    app, _ = await play(lambda: PeriodDialog(recurring(), TODAY), "space", "up", "space", "enter")
    assert [len(answer.starts) for answer in app.answers] == [1]
    app, screen = await play(lambda: PeriodDialog(recurring(), TODAY), "end", "space")
    assert "已经销账" in screen
    app, screen = await play(lambda: PeriodDialog(recurring(), TODAY), "space", "end", "f5")
    assert app.answers == []
    assert "先按空格取消选中" in screen


async def test_a_settled_period_shows_its_day_and_words_and_can_be_reopened() -> None:
    app, screen = await play(lambda: PeriodDialog(recurring(), TODAY), "end")
    assert "2026-08-20 星期四" in screen
    assert "已发" in screen
    app, _ = await play(lambda: PeriodDialog(recurring(), TODAY), "end", "f5")
    assert app.answers == [PeriodAnswer((date(2026, 8, 1),), None, None)]
    app, screen = await play(lambda: PeriodDialog(recurring(), TODAY), "f5")
    assert app.answers == []
    assert "没有销账，不用恢复" in screen


async def test_words_that_were_typed_stay_when_another_period_is_chosen() -> None:
    app, _ = await play(
        lambda: PeriodDialog(recurring(), TODAY),
        "tab",
        "tab",
        "typed:发了两条",
        "shift+tab",
        "shift+tab",
        "end",
        "enter",
    )
    assert app.answers == [PeriodAnswer((date(2026, 8, 1),), TODAY, "发了两条")]


# 计时


def rules(task: str | None = "13", own: bool = True) -> Callable[[], ClockRulesDialog]:
    notice = (rule(trigger="其他事", task="17"), rule(trigger="本项事", task="13"))
    statute = (rule(source="statute", article="第三十三条", key="answer"),)
    return lambda: ClockRulesDialog(notice, statute, task, own=own)


async def test_the_rule_of_the_entrys_own_row_is_on_top() -> None:
    app, _ = await play(rules(), "enter")
    assert [choice.rule.trigger for choice in app.answers] == ["本项事"]
    _, screen = await play(rules())
    order = [screen.index(words) for words in ("本项事", "其他事", "第三十三条", "自定天数")]
    assert order == sorted(order)


async def test_the_last_line_lets_the_clerk_set_the_days() -> None:
    app, _ = await play(rules(), "end", "enter")
    assert app.answers == [RuleChoice(None)]
    _, screen = await play(rules(own=False))
    assert "自定天数" not in screen


def due_words(rule: ClockRuleRow, start: date) -> str:
    return f"{rule.days} {rule.day_kind} {rule.direction} {start.isoformat()}"


def clock_dialog(of: ClockRuleRow | None, **values: Any) -> Callable[[], ClockDialog]:
    return lambda: ClockDialog(of, ENTRIES, 1, TODAY, due=due_words, **values)


async def test_the_due_day_follows_the_day_that_is_typed() -> None:
    given = rule()
    app, screen = await play(clock_dialog(given), "typed:某申请", "tab", "typed:11-02")
    assert "20 workday after 2026-11-02" in screen
    app, _ = await play(clock_dialog(given), "typed:某申请", "tab", "typed:11-02", "enter")
    assert app.answers == [ClockAnswer(given, "某申请", date(2026, 11, 2), 1)]


async def test_only_a_backwards_clock_may_start_from_a_day_to_come() -> None:
    app, screen = await play(clock_dialog(rule()), "typed:某申请", "tab", "typed:12-15", "enter")
    assert app.answers == []
    assert "2026-12-15 还没有到" in screen
    backwards = rule(direction="before", days=3)
    app, screen = await play(clock_dialog(backwards), "typed:开放日", "tab", "typed:12-15", "enter")
    assert app.answers == [ClockAnswer(backwards, "开放日", date(2026, 12, 15), 1)]
    _, screen = await play(clock_dialog(backwards))
    assert "活动日期" in screen


async def test_a_rule_of_the_clerks_own_needs_days_and_a_reason() -> None:
    app, screen = await play(clock_dialog(None), "typed:催办", "enter")
    assert "没有填数字" in screen
    app, screen = await play(clock_dialog(None), "typed:催办", "tab", "typed:10", "enter")
    assert "请写明依据" in screen
    app, _ = await play(
        clock_dialog(None), "typed:催办", "tab", "typed:10", "tab", "right", *["tab"] * 3, "typed:电话要求", "enter"
    )
    (answer,) = app.answers
    assert (answer.rule.days, answer.rule.day_kind, answer.rule.direction) == (10, "calendar", "after")
    assert answer.rule.bound == "max"
    assert (answer.rule.source, answer.rule.quote, answer.start) == ("office", "电话要求", TODAY)


async def test_a_rule_of_the_clerks_own_may_be_a_minimum_and_count_backwards() -> None:
    filled = ("typed:公示", "tab", "typed:7", "tab", "right", "tab", "right", "tab")
    app, screen = await play(clock_dialog(None), *filled, "tab", "typed:党组要求", "enter")
    assert [(answer.rule.bound, answer.rule.direction) for answer in app.answers] == [("min", "after")]
    app, screen = await play(clock_dialog(None), *filled, "right", "tab", "typed:党组要求", "enter")
    assert [(answer.rule.bound, answer.rule.direction) for answer in app.answers] == [("min", "before")]
    _, screen = await play(clock_dialog(None))
    assert "起计时：自定天数" in screen


@pytest.mark.parametrize(
    ("reached", "open_to"),
    [
        ("registered", ("reviewed", "handling", "answered")),
        ("handling", ("answered",)),
        ("answered", ("archived",)),
        ("archived", ()),
    ],
)
def test_stages_go_forward_and_archiving_needs_the_answer(reached: Any, open_to: tuple[str, ...]) -> None:
    assert next_stages(clock(stages=(StageDay(reached, TODAY),))) == open_to


async def test_the_next_stage_is_taken_with_one_key() -> None:
    app, _ = await play(lambda: StageDialog(clock(), TODAY), "enter")
    assert app.answers == [StageAnswer("reviewed", TODAY)]
    app, _ = await play(lambda: StageDialog(clock(), TODAY), "end", "tab", "typed:11-18", "enter")
    assert app.answers == [StageAnswer("answered", date(2026, 11, 18))]


async def test_a_pause_for_opinions_does_not_count_and_one_for_correction_begins_anew() -> None:
    app, _ = await play(lambda: PauseDialog(clock(), TODAY), "enter")
    assert app.answers == [PauseAnswer(TODAY, False, "征求第三方或其他机关意见")]
    app, _ = await play(lambda: PauseDialog(clock(), TODAY), "right", "enter")
    assert app.answers == [PauseAnswer(TODAY, True, "要求申请人补正")]
    app, _ = await play(
        lambda: PauseDialog(clock(), TODAY), "tab", "tab", "typed:函询", "shift+tab", "shift+tab", "right", "enter"
    )
    assert app.answers == [PauseAnswer(TODAY, True, "征求第三方或其他机关意见函询")]


async def test_only_an_application_is_paused_for_a_correction() -> None:
    _, screen = await play(lambda: PauseDialog(clock(), TODAY))
    assert "补正" in screen
    app, screen = await play(lambda: PauseDialog(clock(stages=()), TODAY))
    assert "补正" not in screen
    app, screen = await play(lambda: PauseDialog(clock(stages=()), TODAY), "right", "enter")
    assert [answer.anew for answer in app.answers] == [False]


async def test_it_is_resumed_on_a_day_that_has_come() -> None:
    paused = clock(pauses=(Pause(date(2026, 11, 10), None, True, "补正"),), state="paused", due=None, left=14)
    app, screen = await play(lambda: ResumeDialog(paused, TODAY))
    assert "收到补正的日期" in screen
    assert "收到补正后重新起算 20 个工作日" in screen
    assert "剩 14" not in screen
    assert "接着算" not in screen
    app, _ = await play(lambda: ResumeDialog(paused, TODAY), "typed:11-19", "enter")
    assert app.answers == [date(2026, 11, 19)]
    opinion = clock(pauses=(Pause(date(2026, 11, 10), None, False, "意见"),), state="paused", due=None, left=14)
    _, screen = await play(lambda: ResumeDialog(opinion, TODAY))
    assert "已暂停，剩 14 个工作日" in screen
    assert "第二天起接着算" in screen


async def test_what_may_still_be_added_stands_there_and_a_reason_is_needed() -> None:
    extended = clock(extensions=(Extension(date(2026, 11, 5), 15, "同意"),))
    app, screen = await play(lambda: ExtendDialog(extended, TODAY), "enter")
    assert "最多还能延长 5 个工作日" in screen
    assert "请写明理由" in screen
    app, _ = await play(lambda: ExtendDialog(extended, TODAY), "tab", "typed:负责人同意", "enter")
    assert app.answers == [ExtendAnswer(5, "负责人同意", TODAY)]


async def test_more_days_than_may_be_added_are_refused_where_they_stand_before_anything_else() -> None:
    app, screen = await play(lambda: ExtendDialog(clock(), TODAY), "typed:21", "tab", "enter")
    assert app.answers == []
    assert "注意：最多还能延长 20 个工作日" in screen
    assert "请写明理由" not in screen
    app, screen = await play(
        lambda: ExtendDialog(clock(), TODAY), "typed:21", "tab", "enter", "typed:20", "tab", "typed:同意", "enter"
    )
    assert app.answers == [ExtendAnswer(20, "同意", TODAY)]
    app, _ = await play(lambda: ExtendDialog(clock(rule=rule()), TODAY), "typed:300", "tab", "typed:同意", "enter")
    assert [answer.days for answer in app.answers] == [300]


async def test_a_minimum_that_is_not_full_ends_only_with_a_reason() -> None:
    short = clock(rule=rule(bound="min", day_kind="calendar", days=30), due=date(2026, 12, 1), stages=())
    app, screen = await play(lambda: CloseDialog(short, TODAY), "enter")
    assert app.answers == []
    assert "到 2026-12-01 才满期限" in screen
    app, _ = await play(lambda: CloseDialog(short, TODAY), "tab", "typed:领导同意", "enter")
    assert app.answers == [CloseAnswer(TODAY, "领导同意")]
    app, _ = await play(lambda: CloseDialog(clock(), TODAY), "enter")
    assert app.answers == [CloseAnswer(TODAY, None)]


async def test_a_rule_of_the_statute_is_corrected() -> None:
    statute = rule(source="statute", article="第三十三条", key="answer", may_extend=20)
    app, _ = await play(lambda: RuleDialog(statute), "typed:15", "tab", "right", "tab", "delete", "enter")
    assert app.answers == [RuleAnswer(15, "calendar", None)]


# 报送


def report(**values: object) -> ReportRow:
    plain: dict[str, Any] = {
        "what": "工作总结",
        "to": "市局办公室",
        "due": date(2026, 12, 6),
        "attachments": ("台账",),
        "quote": "12月6日前报送",
        "countdown": Countdown(16, 11, False, False),
    }
    return ReportRow(**{**plain, **values})


async def test_a_report_is_handed_in_today_with_one_key() -> None:
    app, screen = await play(lambda: HandInDialog(report(), TODAY), "enter")
    assert app.answers == [HandInAnswer(TODAY, None)]
    _, screen = await play(lambda: HandInDialog(report(), TODAY), "typed:2026-12-01", "enter")
    assert "还没有到" in screen


async def test_one_handed_in_already_says_so_and_shows_its_day_and_remark() -> None:
    handed = report(handed_in_on=date(2026, 11, 10), remark="纸质")
    app, screen = await play(lambda: HandInDialog(handed, TODAY))
    assert "修改报送登记：工作总结" in screen
    assert "已登记 2026-11-10 报送" in screen
    app, _ = await play(lambda: HandInDialog(handed, TODAY), "enter")
    assert app.answers == [HandInAnswer(date(2026, 11, 10), "纸质")]
    _, screen = await play(lambda: HandInDialog(report(), TODAY))
    assert "已登记" not in screen


async def test_what_the_statute_asks_for_is_added_with_two_keys() -> None:
    app, _ = await play(lambda: ReportDialog(2026, TODAY), "down", "enter")
    (answer,) = app.answers
    assert (answer.what, answer.due, answer.source) == ("政府信息公开工作年度报告", date(2027, 1, 31), "statute")
    assert "1月31日" in answer.reason


async def test_a_report_by_hand_needs_everything_and_is_the_offices() -> None:
    app, screen = await play(lambda: ReportDialog(2026, TODAY), "enter", "enter")
    assert "没有填报送什么" in screen
    app, _ = await play(
        lambda: ReportDialog(2026, TODAY),
        *("tab", "typed:月报", "tab", "typed:办公室", "tab", "typed:12-25", "tab", "typed:电话要求", "enter"),
    )
    assert app.answers == [ReportAnswer("月报", "办公室", date(2026, 12, 25), "电话要求", "office")]


async def test_what_was_typed_is_not_replaced_by_the_statutes_words() -> None:
    _, screen = await play(lambda: ReportDialog(2026, TODAY), "tab", "typed:月报", "shift+tab", "down")
    assert "没有换成所选的一项" in screen
    assert "月报" in screen


# What they share


@pytest.mark.parametrize("typed", ["四(二)", "四（二）", " 第四（二）项 "])
async def test_an_entry_is_known_by_its_number_in_any_width(typed: str) -> None:
    app, _ = await play(publish(), "typed:某某解读", *["tab"] * 5, f"typed:{typed}", "enter")
    assert [new.entry for new in app.answers[0].new] == [2]


async def test_a_blank_number_is_no_entry() -> None:
    app, _ = await play(publish(), "typed:某某解读", *["tab"] * 5, "delete", "enter")
    assert [new.entry for new in app.answers[0].new] == [None]


async def test_a_click_on_a_name_chooses_it() -> None:
    app = Stage(publish())
    async with app.run_test() as pilot:
        await settled(pilot)
        channel = app.screen.query_one("#channel", ChoiceField)
        await pilot.click(channel, offset=(9, 1))
        assert channel.value == "公众号"


def dialogs_about(text: str) -> Sequence[Callable[[], Dialog[Any]]]:
    named = text or "名"
    entry = an_entry(1, number=named, requirement=named)
    hostile = rule(trigger=named, action=named, quote=named, article=named, task=named)
    running = clock(subject=named, rule=hostile, outcome=named, pauses=(Pause(TODAY, None, False, named),))
    publication = PublicationRow(1, 1, TODAY, named, "网站", named, "文字")
    handed = report(what=named, to=named, attachments=(named,), quote=named, handed_in_on=TODAY, remark=named)
    with_items = item_entry(ItemTally(named, 0, False, 1))
    period = an_entry(1, number=named, occurrences=(OccurrenceRow(*YEAR, "done", TODAY, named),))
    return [
        lambda: PublishDialog([entry], 1, TODAY, row=publication),
        lambda: PublishLinesDialog(text, lambda line: read_lines(line, TODAY, None), of=named),
        lambda: CountDialog(with_items, TODAY, row=CountRow(1, 1, 1, TODAY, 1, named)),
        lambda: ItemDialog(entry, ItemTally(named, 0, False, 1, TODAY), TODAY),
        lambda: PeriodDialog(period, TODAY),
        lambda: ClockRulesDialog([hostile], [hostile], named, title=named),
        lambda: ClockDialog(hostile, [entry], 1, TODAY, due=lambda rule, start: named, row=running),
        lambda: StageDialog(running, TODAY),
        lambda: PauseDialog(running, TODAY),
        lambda: ResumeDialog(running, TODAY),
        lambda: ExtendDialog(running, TODAY),
        lambda: CloseDialog(running, TODAY),
        lambda: RuleDialog(hostile),
        lambda: HandInDialog(handed, TODAY),
        lambda: ReportDialog(2026, TODAY, row=handed),
    ]


@pytest.mark.parametrize(("text", "size"), [("".join(HOSTILE), (80, 24)), ("".join(HOSTILE), (20, 5)), ("", (1, 1))])
async def test_a_hostile_text_is_shown_as_text_in_every_dialog(text: str, size: tuple[int, int]) -> None:
    for make in dialogs_about(text):
        app, screen = await play(make, "tab", "escape", "escape", size=size)
        assert safe(screen) == screen
        assert app._exception is None
        assert len(app.answers) == 1
