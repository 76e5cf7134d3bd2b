"""工作日历 over a real file: the month, the day, the year's notice that is pasted, one day by hand."""

from datetime import date

import pytest

from db.intake.day_off_draft import DayOffDraft
from db.reads.office import DayRow
from db.rules.calendar import DayOff, WorkCalendar
from db.rules.publications import NewPublication
from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY, settled
from tests.tui.office import Office, a_deadline, an_entry, office
from tui.desk import Desk
from tui.dialogs.days import check_blocks
from tui.screens.calendar import CalendarScreen
from tui.screens.note_area import NoteArea
from tui.widgets.month_grid import MonthGrid
from tui.wording_days import day_kind_words, schedule_warning, things

NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
国务院办公厅
2026年11月20日
"""


async def paste(clerk: Office, text: str) -> None:
    """What the terminal sends when the clerk pastes into the field."""
    clerk.app.screen.query_one(NoteArea).take(text)
    await settled(clerk.pilot)


async def test_the_month_begins_on_monday_and_marks_days_today_and_what_falls_on_them(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("6")
        lines = clerk.lines()
        assert lines[0].startswith(" 工作日历  2026 年 11 月  工作日 21 天")
        assert lines[1].split() == list("一二三四五六日")
        assert lines[2].split()[:2] == ["26", "27"]
        assert ">22今<" in lines[5]
        assert "20 1项" in lines[5]
        assert " 3 30项" in lines[7]
        await clerk.press("pageup")
        assert "2026 年 10 月" in clerk.lines()[0]
        october = "\n".join(clerk.lines()[2:8])
        assert " 1休" in october
        assert "10班" in october
        assert "本月补班" in "\n".join(clerk.pane_lines())


async def test_the_keys_move_by_day_week_and_month_and_home_comes_back(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("6")
        for key, day in (
            ("right", "2026-11-23 星期一  上班  剩 1 天 · 1 个工作日"),
            ("down", "2026-11-30 星期一  上班"),
            ("pagedown", "2026-12-30 星期三"),
            ("up", "2026-12-23"),
            ("left", "2026-12-22"),
            ("home", "2026-11-22 星期日  周末  今天"),
            ("pageup", "2026-10-22 星期四  上班  已过 31 天"),
        ):
            await clerk.press(key)
            assert clerk.pane_lines()[0].startswith(day), key
        await clerk.press("home", *(["right"] * 9), "pagedown", "pagedown", *(["left"] * 2))
        # The last day of a month stays the last where the next one is shorter.
        assert clerk.pane_lines()[0].startswith("2027-01-30")
        await clerk.press("right", "pagedown")
        assert clerk.pane_lines()[0].startswith("2027-02-28")


async def test_the_calendar_ends_with_words_and_not_with_an_error(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("6")
        screen = clerk.app.screen
        assert isinstance(screen, CalendarScreen)
        for day, key in ((date(2000, 1, 1), "left"), (date(2099, 12, 31), "pagedown")):
            screen._move_to(day)
            await clerk.press(key)
            assert clerk.said == "日历从 2000 年到 2099 年。"
            assert clerk.pane_lines()[0].startswith(day.isoformat())


async def test_a_day_lists_entries_periods_clocks_and_reports(desk: Desk) -> None:
    rule = desk.statute_rules()[0]
    desk.start_clock(rule, "某件", date(2026, 11, 16), None)
    (clock,) = desk.clocks()
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("6")
        screen = clerk.app.screen
        assert isinstance(screen, CalendarScreen)
        assert clock.due is not None
        for day, words in (
            (date(2026, 11, 20), "到期      第 29 项"),
            (date(2026, 11, 30), "本期末    第 12 项（11月一期）"),
            (date(2026, 12, 6), "报送      "),
            (clock.due, "计时      某件："),
            (date(2026, 11, 24), "这一天没有到期的事项、计时和报送。"),
        ):
            screen._move_to(day)
            await settled(clerk.pilot)
            assert any(line.startswith(words) for line in clerk.pane_lines()), (day, clerk.pane_lines())


async def test_a_year_without_a_schedule_is_said_to_be_an_estimate(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("6")
        assert "2027 年的放假安排还没有录入" in clerk.said
        await clerk.press("pagedown", "pagedown")
        assert "2027 年 1 月  工作日 约 21 天" in clerk.lines()[0]
        assert "按周一至周五估算" in "\n".join(clerk.pane_lines())


@pytest.mark.parametrize(
    ("today", "warned"),
    [(date(2025, 10, 31), False), (date(2025, 11, 1), False), (date(2026, 10, 31), False), (date(2026, 11, 1), True)],
)
def test_the_missing_schedule_is_said_from_november_on(desk: Desk, today: date, warned: bool) -> None:
    assert bool(schedule_warning(today, desk.calendar())) is warned


async def test_a_pasted_notice_is_checked_run_by_run_and_then_counts(desk: Desk) -> None:
    before = desk.calendar()
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("6", "f3")
        await paste(clerk, NOTICE_2027)
        await clerk.press("f2")
        text = clerk.text()
        assert "共 12 天" in text
        pane = "\n".join(clerk.pane_lines())
        for words in (
            "上班（补班）（2 天）：9月26日（日）、10月9日（六）\n放假（10 天）",
            "1月1日（五）至1月3日（日）放假 3 天",
            "10月1日（五）至10月7日（四）放假 7 天",
        ):
            assert words in pane
        assert "无误按 F2 入库" in text
        # Two holidays of seven: the paper was cut short, and that is the first thing said.
        assert pane.startswith("请核对")
        await clerk.press("f2")
        assert "仍要入库请再按一次 F2" in clerk.text()
        assert desk.calendar() == before
        await clerk.press("f2")
        assert isinstance(clerk.app.screen, CalendarScreen)
        assert "已录入 12 天：国务院办公厅关于2027年部分节假日安排的通知" in clerk.said
        assert "2027 年 1 月  工作日 20 天" in clerk.lines()[0]
        assert "本单位录入" in "\n".join(clerk.pane_lines())
    assert desk.calendar().is_known(2027)
    assert desk.day_source("国务院办公厅关于2027年部分节假日安排的通知") == NOTICE_2027.strip()


async def test_a_paste_without_days_stays_where_it_is_and_says_why(desk: Desk) -> None:
    before = desk.calendar()
    async with office(desk) as clerk:
        await clerk.press("6", "f3", "f2")
        assert "还没有粘贴通知的文字" in clerk.text()
        await paste(clerk, "今天天气很好")
        await clerk.press("f2")
        assert "没有读出任何放假或上班的日期" in clerk.text()
        assert clerk.app.screen.query_one(NoteArea).text == "今天天气很好"
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, CalendarScreen)
    assert desk.calendar() == before


async def test_escape_from_the_check_goes_back_to_the_pasted_text(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("6", "f3")
        await paste(clerk, NOTICE_2027)
        await clerk.press("f2", "escape")
        assert clerk.app.screen.query_one(NoteArea).text == NOTICE_2027.strip()
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, CalendarScreen)
    assert not desk.calendar().is_known(2027)


async def test_the_list_in_toml_is_read_too(desk: Desk) -> None:
    toml = 'notice = "某市通知"\noff = ["2027-01-01", "2027-10-01"]\nwork = ["2027-10-09"]\n'
    async with office(desk) as clerk:
        await clerk.press("6", "f3")
        await paste(clerk, toml)
        await clerk.press("f2", "f2", "f2")
        assert "已录入 3 天：某市通知" in clerk.said


async def test_one_day_is_made_a_day_off_by_hand_with_what_says_so(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("6", "right", "enter")
        assert "改这一天：2026-11-23 星期一" in clerk.text()
        await clerk.press("f2")
        assert "请写明依据" in clerk.text()
        clerk.app.screen.query_one("#notice").line.value = "市政府临时通知"  # type: ignore[attr-defined]
        await clerk.press("f2")
        assert clerk.said.startswith("2026-11-23 已改")
        assert clerk.pane_lines()[0].startswith("2026-11-23 星期一  放假")
        assert "市政府临时通知（本单位录入）" in "\n".join(clerk.pane_lines())
        assert "23休" in clerk.text()
        await clerk.press("f2")
        clerk.app.screen.query_one("#notice").line.value = "收回"  # type: ignore[attr-defined]
        await clerk.press("f2")
        assert clerk.pane_lines()[0].startswith("2026-11-23 星期一  上班")
    assert desk.calendar().is_workday(date(2026, 11, 23))


async def test_a_click_on_a_day_moves_there_and_a_second_one_asks_to_change_it(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("6")
        await clerk.pilot.click("MonthGrid", offset=(2, 2))
        await settled(clerk.pilot)
        assert clerk.pane_lines()[0].startswith("2026-11-02 星期一")
        await clerk.pilot.click("MonthGrid", offset=(2, 2))
        await settled(clerk.pilot)
        assert "改这一天：2026-11-02" in clerk.text()


@pytest.mark.parametrize("size", [(40, 10), (60, 14), (80, 24), (200, 50)])
async def test_the_cursors_week_is_in_sight_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    async with office(desk, size) as clerk:
        await clerk.press("6")
        assert "工作日历" in clerk.lines()[0]
        assert ">22" in clerk.text()
        await clerk.press("down")
        assert ">29" in clerk.text()
        assert all(name in clerk.lines()[1] for name in "一二三四五六日")


def test_of_entries_only_what_is_open_falls_on_a_day() -> None:
    due = a_deadline("12月3日前", "on_day", date(2026, 12, 3))
    entries = [an_entry(1, deadline=due), an_entry(2, deadline=due, status="done"), an_entry(3)]
    assert [(thing.day, thing.kind, thing.text) for thing in things(entries, (), ())] == [
        (date(2026, 12, 3), "entry", "第 1 项  公开")
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 10, 1), "休"), (date(2026, 10, 10), "班"), (date(2026, 10, 11), ""), (date(2026, 10, 12), "")],
)
def test_only_what_the_schedule_changes_is_marked(day: date, words: str) -> None:
    calendar = WorkCalendar([DayOff(date(2026, 10, 1), "off", "通知"), DayOff(date(2026, 10, 10), "work", "通知")])
    assert day_kind_words(day, calendar) == words


def test_the_check_names_problems_first_then_what_changes_and_what_goes() -> None:
    rows = DayOff(date(2027, 1, 1), "off", "某通知"), DayOff(date(2027, 1, 2), "work", "某通知")
    draft = DayOffDraft(2027, "某通知", rows, ("看不懂",))
    before = [DayRow(date(2027, 1, 2), "off", "旧通知", "office"), DayRow(date(2027, 1, 3), "off", "某通知", "office")]
    lines = [f"{block.label}|{block.text}" for block in check_blocks(draft, before)]
    assert lines == [
        "请核对|看不懂",
        "|上班（补班）（1 天）：1月2日（六）（原为放假：旧通知）",
        "|放假（1 天）",
        "|1月1日（五）放假 1 天",
        "|这份通知原来还有、现在没有了的（1 天，将去掉）",
        "去掉|1月3日（日）放假",
    ]


def test_days_off_stand_in_runs_that_break_at_gaps_and_where_the_file_says_otherwise() -> None:
    days = [date(2026, 12, 31), *(date(2027, 1, day) for day in (1, 2, 3, 5))]
    draft = DayOffDraft(2027, "某通知", tuple(DayOff(day, "off", "某通知") for day in days), ())
    before = [DayRow(date(2027, 1, 2), "work", "旧通知", "office"), DayRow(date(2027, 1, 3), "off", "某通知", "office")]
    assert [(block.text, block.look) for block in check_blocks(draft, before)] == [
        ("放假（5 天）", "heading"),
        ("2026年12月31日（四）至1月1日（五）放假 2 天", "plain"),
        ("1月2日（六）放假 1 天（原为上班（补班）：旧通知）", "mark"),
        ("1月3日（日）放假 1 天（已有）", "plain"),
        ("1月5日（二）放假 1 天", "plain"),
    ]


async def test_the_answer_to_a_changed_calendar_names_what_it_moved_and_whereto(desk: Desk) -> None:
    rule = next(rule for rule in desk.statute_rules() if rule.key == "publish")
    for subject, start in (("先到的", date(2026, 11, 5)), ("后到的", date(2026, 11, 16))):
        desk.start_clock(rule, subject, start, None)
    first, second = (clock.due for clock in sorted(desk.clocks(), key=lambda clock: clock.start))
    assert (first, second) == (date(2026, 12, 3), date(2026, 12, 14))
    async with office(desk) as clerk:
        await clerk.press("6", "right", "f2")
        clerk.app.screen.query_one("#notice").line.value = "市政府临时通知"  # type: ignore[attr-defined]
        await clerk.press("f2")
        said = clerk.said
        # Every date that lies behind that Monday counts down by a workday less, also where it stays.
        assert said.startswith("2026-11-23 已改。2 个计时、")
        assert "项到期日的倒计时随之变化：" in said
        assert "先到的 2026-12-03 → 2026-12-04" in said
        assert "后到的 2026-12-14 → 2026-12-15" in said
        assert any(line.startswith("到期变动  先到的 2026-12-03 → 2026-12-04") for line in clerk.pane_lines())
        await clerk.press("right")
        assert "到期变动" not in "\n".join(clerk.pane_lines())
        # A Sunday of long ago moves nothing.
        await clerk.press("home", "pageup", "pageup", "f2")
        clerk.app.screen.query_one("#notice").line.value = "通知"  # type: ignore[attr-defined]
        await clerk.press("f2")
        assert clerk.said == "2026-09-22 已改。没有倒计时因此变化。"


async def test_delete_gives_a_day_back_and_control_z_says_so(desk: Desk) -> None:
    before = desk.calendar()
    async with office(desk) as clerk:
        await clerk.press("6", "right", "delete")
        assert "无需恢复" in clerk.said
        await clerk.press("f2")
        clerk.app.screen.query_one("#notice").line.value = "临时通知"  # type: ignore[attr-defined]
        await clerk.press("f2", "ctrl+z")
        assert clerk.said == "放假安排属于整个文件，不能撤销；按 Del 恢复"
        assert not desk.calendar().is_workday(date(2026, 11, 23))
        await clerk.press("delete")
        assert "依据：临时通知（本单位录入）" in clerk.text()
        # No notice was pasted, so there is none to take out.
        assert "去掉整份通知" not in clerk.text()
        await clerk.press("escape")
        assert not desk.calendar().is_workday(date(2026, 11, 23))
        await clerk.press("delete", "enter")
        assert clerk.said.startswith("2026-11-23 已恢复。")
        assert "项到期日的倒计时随之变化" in clerk.said
    assert desk.calendar() == before


async def test_a_shipped_day_that_was_changed_comes_back_as_shipped(desk: Desk) -> None:
    holiday = date(2026, 10, 1)
    (shipped,) = (row for row in desk.day_rows(2026) if row.day == holiday)
    desk.set_day(holiday, "work", "口误")
    async with office(desk) as clerk:
        await clerk.press("6")
        screen = clerk.app.screen
        assert isinstance(screen, CalendarScreen)
        screen._move_to(holiday)
        await clerk.press("delete", "enter")
        assert shipped in desk.day_rows(2026)
        await clerk.press("delete")
        assert clerk.said == "2026-10-01 就是随程序带来的安排，没有改过。"


async def test_delete_on_a_pasted_day_takes_out_that_day_or_the_whole_notice(desk: Desk) -> None:
    before = desk.calendar()
    desk.take_days(desk.read_days(NOTICE_2027), NOTICE_2027)
    async with office(desk) as clerk:
        await clerk.press("6")
        screen = clerk.app.screen
        assert isinstance(screen, CalendarScreen)
        screen._move_to(date(2027, 10, 9))
        await clerk.press("delete")
        assert "去掉整份通知，共 12 天" in clerk.text()
        await clerk.press("enter")
        assert clerk.said.startswith("2027-10-09 已恢复。")
        assert len(desk.day_rows(2027)) == 11
        screen._move_to(date(2027, 1, 1))
        await clerk.press("delete", "down", "f2")
        assert clerk.said.startswith("已去掉《国务院办公厅关于2027年部分节假日安排的通知》录入的 11 天。")
    assert desk.day_rows(2027) == ()
    assert desk.calendar() == before


async def test_on_the_smallest_screen_days_off_and_make_up_days_can_still_be_read(desk: Desk) -> None:
    async with office(desk, (40, 10)) as clerk:
        await clerk.press("6", "pageup", "up", "up")
        assert "10班" in clerk.text()
        assert all(f"{day}休" in clerk.text() for day in (5, 6, 7))
        assert "…" not in "\n".join(clerk.lines()[1:6])
        await clerk.press("up")
        assert "> 1休" in clerk.text()


@pytest.mark.parametrize(
    ("day", "number", "width", "text"),
    [
        (date(2026, 10, 1), 3, 10, " 1休 3项"),
        (date(2026, 10, 1), 3, 7, " 1休*"),
        (date(2026, 10, 1), 3, 4, " 1休"),
        (date(2026, 10, 1), 0, 4, " 1休"),
        (date(2026, 10, 22), 1, 8, "22今 1项"),
        (date(2026, 10, 22), 1, 5, "22今*"),
        (date(2026, 10, 22), 1, 4, "22今"),
        (date(2026, 10, 23), 12, 8, "23 12项"),
        (date(2026, 10, 23), 12, 4, "23*"),
        (date(2026, 10, 23), 12, 2, "23"),
    ],
)
def test_what_a_day_has_no_room_for_is_left_out_its_number_of_things_first(
    day: date, number: int, width: int, text: str
) -> None:
    grid = MonthGrid(day, date(2026, 10, 22))
    grid.refresh = lambda *_, **__: grid  # type: ignore[method-assign]
    calendar = WorkCalendar([DayOff(date(2026, 10, 1), "off", "通知"), DayOff(date(2026, 10, 10), "work", "通知")])
    grid.show(day, date(2026, 10, 22), calendar, {day: number} if number else {})
    assert grid.day_text(day, width) == text


async def test_a_changed_calendar_changes_the_countdowns_of_the_checklist(make_desk: DeskMaker) -> None:
    desk = make_desk()
    assert desk.publish([NewPublication(None, TODAY, "一条", "网站", None, "文字")]) == 1
    async with office(desk, (120, 36)) as clerk:
        assert "剩 11 天 · 9 个工作日" in clerk.line_with("加强行政执法信息公开。")
        await clerk.press("6", "right", "f2")
        clerk.app.screen.query_one("#notice").line.value = "通知"  # type: ignore[attr-defined]
        await clerk.press("f2", "escape")
        assert "剩 11 天 · 8 个工作日" in clerk.line_with("加强行政执法信息公开。")
