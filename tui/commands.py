"""Every command of the clerk, declared once: keys, key line, help and palette all read these tuples.

A Chinese input method swallows letters, so each command has a key that is no letter; letters are extra.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Command:
    """Something that the clerk can do: `action_<name>` on the screen, or on the app."""

    name: str
    keys: tuple[str, ...]
    """Textual's key names."""
    label: str
    help: str
    shown_key: str
    in_key_line: bool = False
    changes: bool = False
    """Changes the ledger: refused in read-only mode."""


def bindings(commands: Sequence[Command]) -> list[Binding]:
    """The same commands as Textual's bindings, for a BINDINGS class variable."""
    return [
        Binding(",".join(command.keys), command.name, command.label, show=False, key_display=command.shown_key)
        for command in commands
    ]


def space_bar() -> tuple[str, str]:
    """The key, and what it sends under a Chinese input method (U+3000)."""
    return "space", "ideographic_space"


SETTLE: Final = Command(
    "settle", ("f2", "d"), "销账", "登记办结：填办结日期和工作做法，选中多项时一次办理。", "F2", True, True
)
NOTE: Final = Command("note", ("f3", "n"), "记事", "给本条写一条办理记录。", "F3", True, True)
NOTES: Final = Command("notes", ("ctrl+e",), "改记事", "列出本条的记事，可修改或删除。", "Ctrl+E", False)
REOPEN: Final = Command("reopen", ("f5", "r"), "恢复", "把已办结、不适用或非本单位的条目恢复办理。", "F5", False, True)
ADJUST: Final = Command(
    "adjust", ("f6", "t"), "调整时限", "另定办理期限并写明理由，与通知的时限并列。", "F6", True, True
)
ADD_OWN: Final = Command(
    "add_own", ("f7", "insert", "a"), "自增事项", "增加通知以外的事项，例如领导临时交办。", "F7", True, True
)
EDIT_OWN: Final = Command(
    "edit_own", ("ctrl+u",), "改自增事项", "修改自增事项的内容、时限和理由。", "Ctrl+U", False, True
)
REMOVE_OWN: Final = Command("remove_own", ("delete",), "删自增事项", "删除自增事项，可以撤销。", "Del", False, True)
NOT_APPLICABLE: Final = Command(
    "not_applicable", ("f8", "x"), "不适用", "写明理由，把条目标为不适用，不计入总数。", "F8", True, True
)
START: Final = Command(
    "start", ("ctrl+s",), "推进中", "标为推进中。写第一条记事时也会自动标上。", "Ctrl+S", False, True
)
OURS: Final = Command("ours", ("ctrl+b",), "确认本单位", "待确认的条目：确认由本单位办理。", "Ctrl+B", False, True)
NOT_OURS: Final = Command("not_ours", ("ctrl+n",), "非本单位", "待确认的条目：不由本单位办理。", "Ctrl+N", False, True)
UNDO: Final = Command("undo", ("ctrl+z",), "撤销", "撤销上一步改动，可以一直撤到最初。", "Ctrl+Z", False, True)
REDO: Final = Command("redo", ("ctrl+y",), "重做", "把刚撤销的一步再做一遍。", "Ctrl+Y", False, True)
HISTORY: Final = Command("history", ("ctrl+l",), "办理流水", "查看每一步改动的时间和内容。", "Ctrl+L")
PUBLISH: Final = Command(
    "publish", ("plus", "fullwidth_plus_sign", "p"), "记公开", "登记公开记录；粘贴几行就登记几条。", "+", True, True
)
COUNT: Final = Command(
    "count", ("ctrl+k", "c"), "记次数", "没有公开发布的（汇报、培训等）记一次数。", "Ctrl+K", False, True
)
SETTLE_PERIOD: Final = Command(
    "settle_period", ("ctrl+d", "m"), "本期销账", "周期事项：把本月、本季度或漏办的一期销账。", "Ctrl+D", False, True
)
START_CLOCK: Final = Command(
    "start_clock", ("ctrl+g", "k"), "起计时", "按通知或条例的时限规则开始计时。", "Ctrl+G", False, True
)
ITEMS: Final = Command("items", ("ctrl+x", "i"), "事项和次数", "逐项计数的事项（每项决策）和记下的次数。", "Ctrl+X")
ATTACH: Final = Command(
    "attach",
    ("full_stop", "ideographic_full_stop", "fullwidth_full_stop", "v"),
    "附佐证",
    "附文件或网址：输入、粘贴、拖入路径，或从文件夹里选。",
    ".",
    True,
    True,
)
GO: Final = Command("go", ("tab",), "转到", "今日、公开记录、量化指标、计时、报送、工作日历等画面。", "Tab", True)


def _digit(digit: str) -> tuple[str, ...]:
    """The digit and the full-width one, which Textual names by itself."""
    return digit, chr(ord(digit) + 0xFEE0)


BACKUPS_VIEW: Final = Command(
    "backups",
    ("minus", "fullwidth_hyphen_minus"),
    "备份",
    "备份和体检：立即备份、恢复成一份备份、第二备份位置、全面检查。",
    "-",
)

VIEWS: Final[tuple[Command, ...]] = (
    Command("board", _digit("1"), "今日", "逾期、今天和本周到期、数量不足、计时、报送。", "1"),
    Command("publications", _digit("2"), "公开记录", "本台账的公开记录：查找、增加、修改。", "2"),
    Command("quotas", _digit("3"), "量化指标", "各项数量指标逐期的完成和缺口。", "3"),
    Command("clocks", _digit("4"), "计时", "计时和依申请公开登记。", "4"),
    Command("reports", _digit("5"), "报送", "报送什么、报给谁、何时报，报了没有。", "5"),
    Command("calendar", _digit("6"), "工作日历", "月历：放假、补班、到期、报送、计时。", "6"),
    Command("year", _digit("7"), "年度换算", "按另一年度办理时，逐项核对换算的日期。", "7"),
    Command("evidence", _digit("8"), "佐证材料", "附上的文件和网址：打开、另存、改说明、移除。", "8"),
    Command("self_check", _digit("9"), "自查", "报送前自查：还缺什么，一处一行，按 Enter 去补。", "9"),
    BACKUPS_VIEW,
)
"""The other views of the ledger, from the checklist and from one another."""

EVIDENCE_HERE: Final = Command("evidence_here", _digit("8"), "本条佐证", "本条的佐证：打开、另存、改说明、移除。", "8")

BACK: Final = Command("back", ("escape",), "返回", "返回上一个画面。", "Esc", True)

IMPORT_NOTICE: Final = Command(
    "import_notice",
    _digit("0"),
    "导入通知",
    "读入新的通知（.docx、.xlsx、.pdf 等），核对后入库，由它开立台账。",
    "0",
    False,
    True,
)

CHECKLIST: Final[tuple[Command, ...]] = (
    SETTLE,
    NOTE,
    PUBLISH,
    ATTACH,
    GO,
    Command("walk", ("f4", "w"), "逐项办理", "一项一屏，按清单次序逐项办理，从上次停下的地方接着办。", "F4", True),
    Command("detail", ("enter",), "明细", "全屏查看本条的全部内容和出处。", "Enter", True),
    Command("next_filter", ("right",), "下一筛选", "换到右边的筛选。", "右"),
    Command("previous_filter", ("left",), "上一筛选", "换到左边的筛选。", "左"),
    Command(
        "search",
        ("ctrl+f", "slash", "fullwidth_solidus"),
        "查找",
        "边输边查，空格隔开多个词；Esc 清除。",
        "Ctrl+F",
        True,
    ),
    Command("mark", space_bar(), "选中", "选中或取消本条，再按销账等键一次办理多项。", "空格", True),
    ADD_OWN,
    ADJUST,
    NOT_APPLICABLE,
    Command("export", ("f9", "e"), "导出", "导出：电子表格、公文、报送包等，先看装入什么。", "F9", True),
    REOPEN,
    UNDO,
    REDO,
    OURS,
    NOT_OURS,
    START,
    NOTES,
    EDIT_OWN,
    REMOVE_OWN,
    Command("mark_all", ("ctrl+a",), "全选", "选中当前清单的全部条目；已全选时全部取消。", "Ctrl+A"),
    Command("ledger_info", ("f11", "ctrl+r"), "通知要求", "通知的普遍要求、报送时间、数量指标和时限规则。", "F11"),
    COUNT,
    SETTLE_PERIOD,
    START_CLOCK,
    ITEMS,
    *VIEWS,
    HISTORY,
    Command("hand_over", ("ctrl+t",), "交接", "更换经办人，之后的记录都记在新经办人名下。", "Ctrl+T", False, True),
    IMPORT_NOTICE,
    Command("choose", ("f10", "ctrl+o", "o"), "换台账", "回到选择：换通知、年度或单位。", "F10"),
    Command("clear", ("escape",), "取消", "取消选中；没有选中时清除查找，再清除筛选。", "Esc"),
)
"""The checklist, the clerk's desk."""

WALK: Final[tuple[Command, ...]] = (
    Command("settle", ("f2", "d"), "销账并下一项", "登记办结，然后到下一项。", "F2", True, True),
    Command("skip", ("right", *space_bar()), "跳过", "不改动，到下一项。", "右", True),
    Command("previous", ("left",), "上一项", "回到上一项。", "左", True),
    NOTE,
    NOT_APPLICABLE,
    OURS,
    NOT_OURS,
    ADJUST,
    REOPEN,
    START,
    NOTES,
    PUBLISH,
    ATTACH,
    EVIDENCE_HERE,
    COUNT,
    SETTLE_PERIOD,
    START_CLOCK,
    ITEMS,
    UNDO,
    REDO,
    HISTORY,
    Command("back", ("escape",), "返回清单", "返回清单，下次从这里接着办。", "Esc", True),
)
"""逐项办理: one entry a card."""

DETAIL: Final[tuple[Command, ...]] = (
    SETTLE,
    NOTE,
    Command("next_entry", ("right",), "下一条", "看清单里的下一条。", "右", True),
    Command("previous_entry", ("left",), "上一条", "看清单里的上一条。", "左", True),
    ADJUST,
    NOT_APPLICABLE,
    REOPEN,
    OURS,
    NOT_OURS,
    START,
    NOTES,
    EDIT_OWN,
    REMOVE_OWN,
    PUBLISH,
    ATTACH,
    EVIDENCE_HERE,
    COUNT,
    SETTLE_PERIOD,
    START_CLOCK,
    ITEMS,
    UNDO,
    REDO,
    HISTORY,
    BACK,
)
"""明细 over the whole screen."""

NOTE_LIST: Final[tuple[Command, ...]] = (
    Command("edit", ("enter", "f2"), "修改", "修改这条记事。", "Enter", True, True),
    Command("add", ("f3", "insert"), "新记事", "再写一条记事。", "F3", True, True),
    Command("remove", ("delete", "f8"), "删除", "删除这条记事，可以撤销。", "Del", True, True),
    UNDO,
    REDO,
    BACK,
)
"""改记事: the notes of one entry."""

SAVE_TYPED: Final = Command("save_typed", ("f9",), "另存文字", "把写的文字存成一个 .txt 文件，台账存不进去时用。", "F9")
DROP_RESTORED: Final = Command(
    "drop_restored", ("f10",), "丢弃恢复的", "丢掉自动恢复的、上次没有保存的内容，要按两次。", "F10"
)
TYPED: Final[tuple[Command, ...]] = (SAVE_TYPED, DROP_RESTORED)
"""Where something is typed: the note editor and the windows with fields."""

READING: Final[tuple[Command, ...]] = (BACK,)
"""A page to read (通知要求)."""

CHOICE: Final[tuple[Command, ...]] = (
    Command("choose", ("enter",), "选定", "选定光标所在的一行，到下一步。", "Enter", True),
    replace(IMPORT_NOTICE, in_key_line=True),
    BACKUPS_VIEW,
    Command("back", ("escape",), "上一步", "回到上一步；在第一步则返回清单，第一次使用时退出程序。", "Esc", True),
)
"""选择: notice, year, unit, officer."""

EVERYWHERE: Final[tuple[Command, ...]] = (
    Command("help", ("f1", "question_mark", "fullwidth_question_mark"), "帮助", "列出这个画面的全部按键。", "F1"),
    Command("palette", ("f12", "ctrl+p"), "命令面板", "输入几个字，找到命令并执行。", "F12"),
    Command("quit", ("ctrl+q",), "退出", "退出；没写完的记事留作草稿。", "Ctrl+Q"),
)
"""On every screen."""
