"""量化指标 over a real file."""

from datetime import date

from db.rules.publications import NewPublication
from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY
from tests.tui.office import ids, office
from tui.desk import Desk
from tui.screens.detail import DetailScreen
from tui.screens.quotas import QuotasScreen


def published(entry: int | None, day: date, form: str = "文字") -> NewPublication:
    return NewPublication(entry, day, f"{day:%m-%d} 的信息", "网站", None, form)  # type: ignore[arg-type]


async def test_each_period_says_whether_it_is_met_missed_short_or_still_to_come(desk: Desk) -> None:
    entry = ids(desk.entries(), "12")[0]
    march = [published(entry, date(2026, 3, 31)), published(entry, date(2026, 3, 1))]
    desk.publish([*march, published(entry, date(2026, 4, 1)), published(entry, date(2026, 11, 1))])
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("3")
        assert "本期不足 2 项" in clerk.lines()[0]
        assert "「专栏每月至少更新2条信息」" in clerk.line_with("第 12 项  每月不少于 2 条")
        assert "2/2 达到" in clerk.line_with("3月  03-01—03-31")
        assert "未达到（1/2）" in clerk.line_with("4月  04-01—04-30")
        assert "未达到（0/2）" in clerk.line_with("5月  05-01—05-31")
        assert "1/2，缺 1 条，剩 8 天 · 6 个工作日" in clerk.line_with("11月  11-01—11-30")
        assert clerk.line_with("12月  12-01—12-31").split("│")[0].strip().endswith("未到")


async def test_the_cursor_begins_on_what_is_short_and_the_pane_shows_the_sentence(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("3")
        assert next(line for line in clerk.lines() if line.startswith(">")).startswith("> 全年")
        pane = "\n".join(clerk.pane_lines())
        assert "每年不少于 1 次。按次数计：Ctrl+K 记次数。" in pane
        assert "「市直有关部门每年至少更新一次“开放江门”数据集」" in pane
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, DetailScreen)
        assert clerk.pane_lines()[0].startswith("第 9 项")
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, QuotasScreen)


async def test_plus_and_the_count_key_work_on_the_task_under_the_cursor(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("3", "ctrl+k")
        assert "第 9 项" in clerk.text()
        await clerk.press("f2")
        assert "已记次数" in clerk.said
        assert "1/1 达到" in clerk.line_with("全年  01-01—12-31")
        await clerk.press("ctrl+z")
        assert "0/1，缺 1 次" in clerk.line_with("全年  01-01—12-31")
        await clerk.press("down", "+")
        assert type(clerk.app.screen).__name__ == "PublishDialog"
        assert "第 12 项" in clerk.text()


async def test_without_a_shortage_the_cursor_begins_on_the_present_period_in_sight(desk: Desk) -> None:
    nine, twelve = ids(desk.entries(), "9", "12")
    desk.publish([published(twelve, date(2026, 11, day)) for day in (1, 2)])
    desk.not_applicable([nine], "不归本单位")
    async with office(desk, (80, 16)) as clerk:
        await clerk.press("3")
        assert "本期没有不足" in clerk.lines()[0]
        assert next(line for line in clerk.lines() if line.startswith(">")).startswith("> 11月")


async def test_what_is_short_later_in_the_list_is_where_the_cursor_begins(make_desk: DeskMaker) -> None:
    desk = make_desk(date(2020, 11, 22))
    desk.begin("liupanshui-2020", 2020, "办公室", "科室", None)
    desk.add_count(ids(desk.entries(), "四(二)")[0], desk.today(), 1, None, None)
    desk.publish([published(None, date(2020, 10, day)) for day in (1, 2)])
    async with office(desk, (80, 10)) as clerk:
        await clerk.press("3")
        assert "2/10，缺 8 条" in next(line for line in clerk.lines() if line.startswith(">"))


async def test_in_the_ledger_of_the_whole_bureau_the_units_quotas_are_not_counted(make_desk: DeskMaker) -> None:
    desk = make_desk(date(2020, 11, 22))
    desk.begin("liupanshui-2020", 2020, "全局", None, None)
    desk.publish([published(None, date(2020, 10, 1))])
    async with office(desk, (120, 40)) as clerk:
        await clerk.press("3")
        assert "各责任单位  每季度不少于 2 条" in clerk.text()
        for span in ("一季度  01-01—03-31", "四季度  10-01—12-31"):
            row = clerk.line_with(span).split("│")[0].rstrip()
            assert row.endswith("逐单位计，全局台账不计数")
        assert "本期不足 1 项" in clerk.lines()[0]
        await clerk.press("end")
        pane = "".join(clerk.pane_lines())
        assert pane.startswith("各责任单位  每年不少于 10 条逐单位计，全局台账不计数")
        assert "一季度 " not in pane
        await clerk.press("escape", "f11")
        text = "\n".join(clerk.pane_lines())
        assert text.count("逐单位计，全局台账不计数") == 2


async def test_the_units_quotas_count_every_publication_and_take_no_counts(make_desk: DeskMaker) -> None:
    desk = make_desk(date(2020, 11, 22))
    desk.begin("liupanshui-2020", 2020, "办公室", "科室", None)
    desk.publish([published(None, date(2020, 10, 1)), published(desk.entries()[0].id, date(2020, 12, 31))][:1])
    desk.publish([published(desk.entries()[0].id, date(2020, 9, 30))])
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("3")
        assert "1/2，缺 1 条，剩 39 天 · 29 个工作日" in clerk.line_with("四季度  10-01—12-31")
        assert "未达到（1/2）" in clerk.line_with("三季度  07-01—09-30")
        assert "未达到（0/2）" in clerk.line_with("二季度  04-01—06-30")
        await clerk.press("end")
        assert "2/10，缺 8 条" in next(line for line in clerk.lines() if line.startswith(">"))
        assert "本单位：全部公开记录都计入" in "\n".join(clerk.pane_lines()).replace("\n", "")
        await clerk.press("ctrl+k")
        assert "单位的指标" in clerk.said
        await clerk.press("ctrl+x", "enter")
        assert isinstance(clerk.app.screen, QuotasScreen)
        await clerk.press("+")
        assert type(clerk.app.screen).__name__ == "PublishDialog"


async def test_a_rate_and_the_items_of_a_quota_stand_in_words(make_desk: DeskMaker) -> None:
    desk = make_desk(date(2021, 11, 22))
    desk.begin("jiading-2021", 2021, "全局", None, None)
    rate, items = ids(desk.entries(), "9", "18")
    async with office(desk, (120, 36)) as clerk:
        await clerk.press("3")
        assert "还没有公开记录" in clerk.line_with("全年  01-01—12-31")
        assert "还没有登记事项" in clerk.line_with("逐项  01-01—12-31")
        day = date(2021, 6, 1)
        desk.publish([published(rate, day, form) for form in ("图解", "视频", "访谈", "文字", "文字")])
        desk.add_item(items, "某项重大决策", None)
        await clerk.press("escape", "3")
        assert "3/5（60%） 达到" in clerk.line_with("全年  01-01—12-31")
        assert "0/1 个事项达到，缺 1 次" in clerk.line_with("逐项  01-01—12-31")
        assert "0/1 缺 1 次" in clerk.line_with("    某项重大决策")
        desk.publish([published(rate, day)])
        await clerk.press("escape", "3")
        assert "3/6（50%），缺 2 条" in clerk.line_with("全年  01-01—12-31")


async def test_a_ledger_without_quotas_says_so(make_desk: DeskMaker) -> None:
    desk = make_desk()
    desk.begin("hubei-2022", 2022, "全局", None, None)
    async with office(desk) as clerk:
        await clerk.press("3")
        assert "通知没有给本单位的任务定数量指标。" in clerk.text()
        await clerk.press("enter", "+", "ctrl+k", "ctrl+x")
        assert isinstance(clerk.app.screen, QuotasScreen)


async def test_a_quota_of_a_task_that_does_not_apply_is_left_out(desk: Desk) -> None:
    desk.not_applicable(ids(desk.entries(), "9"), "不归本单位")
    assert desk.today() == TODAY
    async with office(desk) as clerk:
        await clerk.press("3")
        assert "第 9 项" not in clerk.text()
        assert "本期不足 1 项" in clerk.lines()[0]


async def test_the_key_line_names_what_fills_the_quota_under_the_cursor(desk: Desk) -> None:
    async with office(desk) as clerk:
        await clerk.press("3")
        assert clerk.lines()[-1].startswith(" Ctrl+K 记次数  Enter")
        assert "+ 记公开" not in clerk.lines()[-1]
        await clerk.press("down")
        assert "第 12 项" in clerk.pane_lines()[0]
        assert clerk.lines()[-1].startswith(" + 记公开  ")
        assert "记次数" not in clerk.lines()[-1]
        await clerk.press("up")
        assert "+ 记公开" not in clerk.lines()[-1]
