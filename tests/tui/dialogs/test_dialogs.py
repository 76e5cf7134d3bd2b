"""The dialogs as the clerk meets them: keys in, what stands on the screen, what comes out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from db.rules.rows import Adjusted, Draft, EntryRow
from tests.tui.desks import HOSTILE, TODAY, Stage, first_entry, real_desk, seen, settled, type_in
from tui.cells import safe
from tui.commands import CHECKLIST, EVERYWHERE
from tui.desk import Desk
from tui.dialogs.adjust import AdjustAnswer, AdjustDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.dialog import Dialog
from tui.dialogs.draft import DraftDialog
from tui.dialogs.export import ExportDialog
from tui.dialogs.officer import OfficerDialog
from tui.dialogs.own import OwnAnswer, OwnTaskDialog
from tui.dialogs.palette import PaletteDialog, matching
from tui.dialogs.reason import ReasonDialog
from tui.dialogs.settle import SettleAnswer, SettleDialog
from tui.dialogs.unit import UnitAnswer, UnitDialog
from tui.text import shown

SIZES = [(80, 24), (120, 36), (20, 5), (1, 1)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with real_desk(tmp_path_factory.mktemp("desk")) as desk:
        first_entry(desk)
        yield desk


@pytest.fixture
def entries(desk: Desk) -> tuple[EntryRow, ...]:
    return desk.entries()


async def play(make: Callable[[], Screen[Any]], *steps: str, size: tuple[int, int] = (80, 24)) -> tuple[Stage, str]:
    """Keys by name, or text as 'typed:…' and 'pasted:…'; returns the app and what was seen last."""
    app = Stage(make)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for step in steps:
            await _do(app, pilot, step)
        await settled(pilot)
        return app, seen(app)


async def _do(app: Stage, pilot: Pilot[None], step: str) -> None:
    what, _, text = step.partition(":")
    if what == "typed":
        await type_in(app, pilot, text)
    elif what == "pasted":
        app.post_message(events.Paste(text))
        await pilot.pause()
    else:
        await pilot.press(step)


async def test_settling_takes_today_unless_told_otherwise(entries: tuple[EntryRow, ...]) -> None:
    app, _ = await play(lambda: SettleDialog(entries[:1], TODAY), "enter")
    assert app.answers == [SettleAnswer(TODAY, None)]


async def test_the_date_typed_replaces_the_one_that_stood_there(entries: tuple[EntryRow, ...]) -> None:
    app, _ = await play(lambda: SettleDialog(entries[:1], TODAY), "typed:11月20日", "tab", "typed:已公开3条，", "f2")
    assert app.answers == [SettleAnswer(date(2026, 11, 20), "已公开3条，")]


async def test_the_day_understood_stands_below_what_was_typed(entries: tuple[EntryRow, ...]) -> None:
    _, screen = await play(lambda: SettleDialog(entries[:1], TODAY), "typed:11.20")
    assert "2026-11-20 星期五，2 天前" in screen


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        (["down"], date(2026, 11, 21)),
        (["down", "down", "up"], date(2026, 11, 21)),
        (["up"], TODAY),
        (["typed:11-01", "down"], date(2026, 10, 31)),
        (["typed:no", "down"], TODAY),
    ],
)
async def test_the_arrows_move_by_a_day_and_never_past_today(
    entries: tuple[EntryRow, ...], keys: list[str], day: date
) -> None:
    app, _ = await play(lambda: SettleDialog(entries[:1], TODAY), *keys, "enter")
    assert app.answers == [SettleAnswer(day, None)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("11-23", "2026-11-23 还没有到"),
        ("2-30", "「2-30」不是能认出的日期"),
        ("abc", "「abc」不是能认出的日期"),
        (" ", "没有填日期"),
    ],
)
async def test_a_wrong_date_is_refused_where_it_was_typed_and_stays(
    entries: tuple[EntryRow, ...], typed: str, said: str
) -> None:
    app, screen = await play(lambda: SettleDialog(entries[:1], TODAY), f"typed:{typed}", "enter")
    assert app.answers == []
    assert "注意：" + said in screen
    assert typed in screen


async def test_an_error_goes_when_the_clerk_types_on(entries: tuple[EntryRow, ...]) -> None:
    _, screen = await play(lambda: SettleDialog(entries[:1], TODAY), "typed:2-30", "enter", "backspace", "typed:1")
    assert "注意" not in screen
    assert "2026-02-01" not in screen


async def test_many_entries_are_counted_and_the_rest_named_as_a_number(entries: tuple[EntryRow, ...]) -> None:
    _, screen = await play(lambda: SettleDialog(entries[:7], TODAY))
    assert "销账：共 7 项" in screen
    assert "以及另外 4 项" in screen
    assert "写下的内容记入这 7 项的每一项" in screen


async def test_a_done_entry_shows_its_day_and_words(entries: tuple[EntryRow, ...]) -> None:
    done = replace(entries[0], status="done", done_on=date(2026, 11, 2), what_was_done="已办")
    app, _ = await play(lambda: SettleDialog([done], TODAY), "enter")
    assert app.answers == [SettleAnswer(date(2026, 11, 2), "已办")]


async def test_escape_changes_nothing(entries: tuple[EntryRow, ...]) -> None:
    app, _ = await play(lambda: SettleDialog(entries[:1], TODAY), "typed:1", "escape")
    assert app.answers == [None]


async def test_two_enters_at_once_answer_once(entries: tuple[EntryRow, ...]) -> None:
    app = Stage(lambda: SettleDialog(entries[:1], TODAY))
    async with app.run_test() as pilot:
        await pilot.pause()
        for _ in range(3):
            app.post_message(events.Key("enter", "\r"))
        await settled(pilot)
        assert app.answers == [SettleAnswer(TODAY, None)]


async def test_a_burst_of_tab_and_text_goes_into_the_next_field(entries: tuple[EntryRow, ...]) -> None:
    app = Stage(lambda: SettleDialog(entries[:1], TODAY))
    async with app.run_test() as pilot:
        await pilot.pause()
        for key, character in [
            ("1", "1"),
            ("1", "1"),
            ("-", "-"),
            ("9", "9"),
            ("tab", "\t"),
            ("好", "好"),
            ("的", "的"),
        ]:
            app.post_message(events.Key(key, character))
        app.post_message(events.Key("f2", None))
        await settled(pilot)
        assert app.answers == [SettleAnswer(date(2026, 11, 9), "好的")]


async def test_what_is_typed_before_the_dialog_has_its_focus_is_not_lost(entries: tuple[EntryRow, ...]) -> None:
    app = Stage(lambda: ReasonDialog(shown("不适用"), entries[:1], "理由"))
    async with app.run_test() as pilot:
        await pilot.pause()
        dialog = app.screen
        for character in "不涉及":
            dialog.post_message(events.Key(character, character))
        await pilot.pause()
        await pilot.press("enter")
        assert app.answers == ["不涉及"]


async def test_a_paste_comes_in_on_one_line_without_what_a_terminal_would_obey(entries: tuple[EntryRow, ...]) -> None:
    app, screen = await play(
        lambda: ReasonDialog(shown("不适用"), entries[:1], "理由"), "pasted:第一行\r\n第二\x1b[2J行\u202e", "f2"
    )
    assert app.answers == ["第一行 第二[2J行"]
    _, screen = await play(lambda: ReasonDialog(shown("不适用"), entries[:1], "理由"), "pasted:甲\u202e乙")
    assert "粘贴的文字已整理：去掉了 1 个不可见字符" in screen


async def test_a_reason_is_needed_and_blanks_are_none(entries: tuple[EntryRow, ...]) -> None:
    app, screen = await play(lambda: ReasonDialog(shown("不适用"), entries[:1], "理由"), "typed:  ", "enter")
    assert app.answers == []
    assert "注意：请写明理由" in screen


@pytest.mark.parametrize(("length", "taken"), [(499, True), (500, True), (501, False)])
async def test_a_text_over_the_limit_is_refused_whole(entries: tuple[EntryRow, ...], length: int, taken: bool) -> None:
    text = "理" * length
    app, screen = await play(lambda: ReasonDialog(shown("不适用"), entries[:1], "理由"), f"pasted:{text}", "enter")
    assert app.answers == ([text] if taken else [])
    assert ("共 501 字" in screen) is not taken


async def test_adjusting_shows_the_notices_own_words_and_date(entries: tuple[EntryRow, ...]) -> None:
    app, screen = await play(
        lambda: AdjustDialog(entries[0], TODAY), "typed:2026-12-20", "tab", "typed:局长要求", "enter"
    )
    assert app.answers == [AdjustAnswer(date(2026, 12, 20), "局长要求")]
    _, screen = await play(lambda: AdjustDialog(entries[0], TODAY))
    assert "通知的时限：12月3日前（通知统一时限）" in screen
    assert "原日期：2026-12-03 星期四，11 天后" in screen
    assert "恢复原时限" not in screen


async def test_two_dates_for_two_parties_are_both_shown(entries: tuple[EntryRow, ...]) -> None:
    _, screen = await play(lambda: AdjustDialog(entries[28], TODAY))
    assert "市直有关部门：2026-11-20" in screen
    assert "各市（区）基层部门：2026-12-10" in screen


async def test_the_notices_own_day_is_no_adjustment(entries: tuple[EntryRow, ...]) -> None:
    app, screen = await play(lambda: AdjustDialog(entries[0], TODAY), "typed:12-3", "tab", "typed:理由", "enter")
    assert app.answers == []
    assert "与原时限是同一天" in screen


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["f5"], AdjustAnswer(None, "恢复原时限")),
        (["tab", "end", "typed:！", "f5"], AdjustAnswer(None, "局长要求！")),
        (["typed:12-21", "enter"], AdjustAnswer(date(2026, 12, 21), "局长要求")),
    ],
)
async def test_an_adjustment_can_be_changed_or_taken_back(
    entries: tuple[EntryRow, ...], keys: list[str], answer: AdjustAnswer
) -> None:
    app, _ = await play(lambda: AdjustDialog(adjusted(entries[0]), TODAY), *keys)
    assert app.answers == [answer]


def adjusted(entry: EntryRow) -> EntryRow:
    return replace(entry, deadline=replace(entry.deadline, adjusted=Adjusted(date(2026, 12, 20), "局长要求")))


async def test_an_own_task_needs_words_and_a_reason_but_no_date() -> None:
    app, screen = await play(lambda: OwnTaskDialog(None, TODAY), "enter")
    assert "注意：请写明事项内容" in screen
    app, screen = await play(lambda: OwnTaskDialog(None, TODAY), "typed:整理来信", "enter")
    assert app.answers == []
    assert "注意：请写明来源或理由" in screen
    app, _ = await play(lambda: OwnTaskDialog(None, TODAY), "typed:整理来信", "tab", "tab", "typed:局长电话", "enter")
    assert app.answers == [OwnAnswer("整理来信", None, "局长电话")]


async def test_an_own_task_takes_a_date_to_come() -> None:
    app, _ = await play(
        lambda: OwnTaskDialog(None, TODAY), "typed:整理来信", "tab", "typed:12.1", "tab", "typed:电话", "enter"
    )
    assert app.answers == [OwnAnswer("整理来信", date(2026, 12, 1), "电话")]


async def test_an_officers_name_may_be_left_open() -> None:
    app, _ = await play(lambda: OfficerDialog(None), "enter")
    assert app.answers == [""]
    app, _ = await play(lambda: OfficerDialog("经办甲"), "backspace", "typed:乙", "enter")
    assert app.answers == ["经办乙"]
    app, _ = await play(lambda: OfficerDialog("经办甲"), "escape")
    assert app.answers == [None]


@pytest.mark.parametrize(("key", "answer"), [("enter", True), ("f2", True), ("escape", False)])
async def test_a_question_is_answered_by_enter_or_escape(key: str, answer: bool) -> None:
    app, _ = await play(lambda: ConfirmDialog(shown("删除？"), "自1"), key)
    assert app.answers == [answer]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("", "台账.xlsx"), ("b.csv", "b.csv"), ("~/c.md", "c.md"), ("D.JSON", "D.JSON"), (" 表 格.xlsx ", "表 格.xlsx")],
)
async def test_an_export_goes_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, name: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    steps = ["tab", "ctrl+u", f"typed:{typed}"] if typed else []
    app, _ = await play(lambda: ExportDialog(tmp_path / "台账.xlsx"), *steps, "enter")
    assert app.answers == [tmp_path / name]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "没有填文件名"),
        ("a.pdf", "后缀「.pdf」不是能写的格式"),
        ("a", "后缀「」不是能写的格式"),
        (".", "是文件夹"),
        ("没有/a.xlsx", "没有文件夹"),
        ("长" * 300 + ".xlsx", "这个位置不能用"),
    ],
)
async def test_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path, typed: str, said: str) -> None:
    app, screen = await play(lambda: ExportDialog(tmp_path / "台账.xlsx"), "tab", "ctrl+u", f"pasted:{typed}", "enter")
    assert app.answers == []
    assert "注意" in screen
    assert said in screen.replace("\n", "").replace("│", "").replace(" ", "")


async def test_the_file_that_lies_there_is_said_to_be_kept(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(b"old")
    _, screen = await play(lambda: ExportDialog(tmp_path / "台账.xlsx"))
    assert "台账.旧-年月日-时分秒.xlsx" in screen
    _, screen = await play(lambda: ExportDialog(tmp_path / "台账.xlsx"), "tab", "ctrl+u", "typed:新.xlsx")
    assert "旧-" not in screen


async def test_the_palette_finds_a_command_by_its_words_and_takes_it() -> None:
    commands = CHECKLIST + EVERYWHERE
    app, screen = await play(lambda: PaletteDialog(commands), "typed:台账", "down", "enter")
    assert app.answers == [matching(commands, "台账")[1]]
    app, screen = await play(lambda: PaletteDialog(commands), "typed:没有这个", "enter")
    assert app.answers == []
    assert "没有含这些字的命令" in screen


def test_the_palette_has_every_command_and_knows_them_by_label_key_and_help() -> None:
    commands = CHECKLIST + EVERYWHERE
    assert matching(commands, "") == commands
    assert matching(commands, "导出")[0].name == "export"
    assert [command.name for command in matching(commands, "ctrl+q")] == ["quit"]
    assert "settle" in [command.name for command in matching(commands, "办结 日期")]
    assert matching(commands, "[/]") == ()


async def test_a_unit_that_the_notice_does_not_name_gets_a_kind() -> None:
    app, _ = await play(lambda: UnitDialog(["办公室"]), "typed:信访科", "enter")
    assert app.answers == [UnitAnswer("信访科", "科室")]
    app, _ = await play(lambda: UnitDialog(["办公室"]), "typed:检测中心", "down", "down", "enter")
    assert app.answers == [UnitAnswer("检测中心", "中心")]
    app, _ = await play(lambda: UnitDialog(["办公室"]), "typed:某队", "tab", "down", "enter")
    assert app.answers == [UnitAnswer("某队", "所队")]


@pytest.mark.parametrize("name", ["办公室", "全局", " 办公室 "])
async def test_a_unit_of_the_roster_is_not_typed_anew(name: str) -> None:
    app, screen = await play(lambda: UnitDialog(["办公室"]), f"typed:{name}", "enter")
    assert app.answers == []
    assert "已在单位名册里" in screen


@pytest.mark.parametrize("name", ["网监科(信息)", "网监科 （信息）", "网 监 科（信息）", "全 局"])
async def test_a_unit_of_the_roster_is_known_in_any_width_and_with_spaces(name: str) -> None:
    app, screen = await play(lambda: UnitDialog(["网监科（信息）"]), f"typed:{name}", "enter")
    assert app.answers == []
    known = "全局" if "局" in name else "网监科（信息）"
    assert f"「{known}」已在单位名册里" in screen


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (20, 5)])
async def test_the_box_of_the_palette_keeps_its_size_whatever_is_found(size: tuple[int, int]) -> None:
    app = Stage(lambda: PaletteDialog(CHECKLIST + EVERYWHERE))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        before = app.screen.query_one(".dialog--box").region
        await type_in(app, pilot, "没有这个")
        assert app.screen.query_one(".dialog--box").region == before


async def test_a_draft_is_discarded_only_at_the_second_key() -> None:
    draft = Draft("note", 1, "草稿一", "2026-11-22T09:30:00+08:00")
    app, screen = await play(lambda: DraftDialog(draft), "f8")
    assert app.answers == []
    assert "请再按一次 F8" in screen
    assert "草稿一" in screen
    app, _ = await play(lambda: DraftDialog(draft), "f8", "f8")
    assert app.answers == ["discard"]
    app, _ = await play(lambda: DraftDialog(draft), "enter")
    assert app.answers == ["restore"]


async def test_a_click_on_the_key_line_does_what_the_key_does(entries: tuple[EntryRow, ...]) -> None:
    from tui.widgets.key_line import KeyLine

    app = Stage(lambda: SettleDialog(entries[:1], TODAY))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.click(KeyLine, offset=(7, 0))
        assert app.answers == [SettleAnswer(TODAY, None)]


def hostile_entry(entry: EntryRow, text: str) -> EntryRow:
    return replace(
        entry,
        requirement=text,
        number=text[:20],
        reason=text,
        what_was_done=text,
        done_on=TODAY,
        deadline=replace(entry.deadline, text=text, adjusted=Adjusted(date(2026, 12, 20), text)),
    )


def dialogs_about(entry: EntryRow, text: str) -> list[Callable[[], Dialog[Any]]]:
    return [
        lambda: SettleDialog([entry], TODAY),
        lambda: SettleDialog([entry] * 9, TODAY),
        lambda: ReasonDialog(shown(text), [entry], text),
        lambda: AdjustDialog(entry, TODAY),
        lambda: OwnTaskDialog(entry, TODAY),
        lambda: OfficerDialog(text),
        lambda: ConfirmDialog(shown(text), text),
        lambda: ExportDialog(Path("/nowhere") / (text.replace("/", "") + ".xlsx")),
        lambda: DraftDialog(Draft("note", 1, text, text)),
        lambda: UnitDialog([text]),
    ]


@pytest.mark.parametrize(("text", "size"), [("".join(HOSTILE), (80, 24)), ("".join(HOSTILE), (20, 5)), ("", (80, 24))])
async def test_a_hostile_text_is_shown_as_text_in_every_dialog(
    entries: tuple[EntryRow, ...], text: str, size: tuple[int, int]
) -> None:
    for make in dialogs_about(hostile_entry(entries[0], text), text):
        app, screen = await play(make, "f2", "tab", "escape", size=size)
        assert safe(screen) == screen
        assert app._exception is None
        assert len(app.answers) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_key_line_and_the_field_with_the_focus_are_seen_at_any_size(
    entries: tuple[EntryRow, ...], size: tuple[int, int]
) -> None:
    _, screen = await play(lambda: AdjustDialog(entries[28], TODAY), "typed:12-24", size=size)
    if size != (1, 1):
        assert "12-24" in screen
        assert "Enter 确定" in screen
