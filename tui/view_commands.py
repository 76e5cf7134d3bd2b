"""The commands of the views beside the checklist, declared as in tui.commands."""

from typing import Final

from tui.commands import (
    ADJUST,
    ATTACH,
    BACK,
    COUNT,
    GO,
    ITEMS,
    NOT_APPLICABLE,
    NOT_OURS,
    NOTE,
    OURS,
    PUBLISH,
    REDO,
    SETTLE,
    SETTLE_PERIOD,
    UNDO,
    VIEWS,
    Command,
    space_bar,
)

BOARD: Final[tuple[Command, ...]] = (
    Command("open", ("enter",), "打开", "到这一行所说的事项、计时或报送。", "Enter", True),
    GO,
    *VIEWS,
    UNDO,
    REDO,
    BACK,
)
"""今日."""

PUBLICATIONS: Final[tuple[Command, ...]] = (
    Command("add", ("insert", "f7", "plus", "fullwidth_plus_sign"), "增加", "登记一条公开记录。", "Ins", True, True),
    Command("paste_lines", ("ctrl+v", "f3"), "粘贴多条", "粘贴几行，一行一条，先核对再登记。", "F3", True, True),
    Command("edit", ("enter", "f2"), "修改", "修改这条公开记录。", "Enter", True, True),
    Command("remove", ("delete", "f8"), "删除", "删除这条公开记录，可以撤销。", "Del", True, True),
    ATTACH,
    Command("search", ("ctrl+f", "slash", "fullwidth_solidus"), "查找", "边输边查；Esc 清除。", "Ctrl+F", True),
    GO,
    *VIEWS,
    UNDO,
    REDO,
    BACK,
)
"""公开记录."""

QUOTAS: Final[tuple[Command, ...]] = (
    PUBLISH,
    COUNT,
    ITEMS,
    Command("open", ("enter",), "明细", "到这一项的明细。", "Enter", True),
    GO,
    *VIEWS,
    UNDO,
    REDO,
    BACK,
)
"""量化指标."""

CLOCKS: Final[tuple[Command, ...]] = (
    Command("add", ("insert", "f7", "ctrl+g"), "起计时", "按通知、条例或自定的规则开始计时。", "Ins", True, True),
    Command("register", ("f4", "left", "right"), "申请登记", "只看依申请公开的登记；再按一次看全部。", "F4", True),
    Command("stage", ("f2", "enter"), "进度", "登记到了审核、办理、答复还是归档。", "F2", True, True),
    Command("close", ("f3",), "了结", "登记办结的日期和结果。", "F3", True, True),
    Command("pause", ("f5", *space_bar()), "暂停/继续", "征求意见、补正期间不计时；再按一次继续。", "F5", True, True),
    Command("extend", ("f6",), "延长", "经同意延长并写明理由。", "F6", True, True),
    Command("edit", ("ctrl+u",), "修改", "修改事由、起算日或所属事项。", "Ctrl+U", False, True),
    Command("reopen", ("ctrl+r",), "恢复", "把已了结的计时恢复。", "Ctrl+R", False, True),
    Command("remove", ("delete", "f8"), "删除", "删除这个计时，可以撤销。", "Del", False, True),
    Command("correct_rule", ("ctrl+t",), "改条例规则", "条例修订后，更正随程序带来的规则。", "Ctrl+T", False, True),
    GO,
    *VIEWS,
    UNDO,
    REDO,
    BACK,
)
"""计时 and 申请登记."""

REPORTS: Final[tuple[Command, ...]] = (
    Command("hand_in", ("f2", "enter"), "已报送", "登记报送的日期。", "F2", True, True),
    Command("take_back", ("f5",), "撤回", "取消报送登记。", "F5", True, True),
    Command("add", ("insert", "f7"), "增加", "增加法定的或临时要求的报送。", "Ins", True, True),
    Command("edit", ("ctrl+u",), "修改", "修改自己增加的报送。", "Ctrl+U", False, True),
    Command("remove", ("delete", "f8"), "删除", "删除自己增加的报送，可以撤销。", "Del", False, True),
    GO,
    *VIEWS,
    UNDO,
    REDO,
    BACK,
)
"""报送."""

CALENDAR: Final[tuple[Command, ...]] = (
    Command(
        "paste_days", ("f3", "ctrl+v"), "录入放假通知", "粘贴国务院办公厅的放假通知，核对后入库。", "F3", True, True
    ),
    Command("set_day", ("f2", "enter"), "改这一天", "手工把这一天改为放假或上班，写明依据。", "F2", True, True),
    Command(
        "restore_day",
        ("delete", "f8"),
        "恢复",
        "恢复随程序带来的安排：这一天，或录入的整份通知。",
        "Del",
        True,
        True,
    ),
    GO,
    Command("this_day", ("home",), "今天", "回到今天。", "Home", True),
    Command("previous_month", ("pageup",), "上月", "到上一个月。", "PgUp", True),
    Command("next_month", ("pagedown",), "下月", "到下一个月。", "PgDn", True),
    Command("previous_day", ("left",), "前一天", "到前一天。", "左"),
    Command("next_day", ("right",), "后一天", "到后一天。", "右"),
    Command("previous_week", ("up",), "上一周", "到上一周。", "上"),
    Command("next_week", ("down",), "下一周", "到下一周。", "下"),
    *VIEWS,
    Command("undo", UNDO.keys, "撤销", "放假安排属于整个文件，不能撤销；按 Del 恢复。", UNDO.shown_key),
    BACK,
)
"""工作日历."""

YEAR: Final[tuple[Command, ...]] = (
    Command("confirm", ("enter", "f2"), "确认", "确认这一项换算的日期。", "Enter", True, True),
    Command("confirm_all", ("ctrl+a",), "全部确认", "确认全部待核对的日期（2 月 29 日的除外）。", "Ctrl+A", True, True),
    ADJUST,
    GO,
    *VIEWS,
    UNDO,
    REDO,
    BACK,
)
"""年度换算."""

ITEM_LIST: Final[tuple[Command, ...]] = (
    Command("add_item", ("insert", "f7"), "增加事项", "增加一个要逐项计数的事项，例如一项决策。", "Ins", True, True),
    Command("add_count", ("plus", "fullwidth_plus_sign", "f3"), "记次数", "给光标所在的事项记次数。", "+", True, True),
    Command("edit", ("enter", "f2"), "修改", "修改这个事项或这条次数。", "Enter", True, True),
    Command("remove", ("delete", "f8"), "删除", "删除，可以撤销。", "Del", True, True),
    UNDO,
    REDO,
    BACK,
)
"""事项和次数 of one entry."""

SIZE_LIMIT: Final = Command(
    "size_limit", ("ctrl+t",), "佐证大小上限", "每个文件最多多少 MB，对整个台账文件有效。", "Ctrl+T", False, True
)

EVIDENCE_OF_ENTRY: Final[tuple[Command, ...]] = (
    Command("open", ("enter",), "打开", "用系统的程序打开只读副本；网址用浏览器打开。", "Enter", True),
    Command("save_as", ("f3",), "另存为", "把文件另存到别处，读回核对。", "F3", True),
    Command("edit", ("f2",), "改说明", "修改说明和公开日期。", "F2", True, True),
    Command("remove", ("delete", "f8"), "移除", "移除这件佐证，可以撤销。", "Del", True, True),
    Command("attach", (*ATTACH.keys, "insert", "f7"), ATTACH.label, ATTACH.help, "Ins", True, True),
    SIZE_LIMIT,
    UNDO,
    REDO,
    BACK,
)
"""本条佐证, from the details or the walk."""

EVIDENCE: Final[tuple[Command, ...]] = (
    *EVIDENCE_OF_ENTRY[:-3],
    Command("search", ("ctrl+f", "slash", "fullwidth_solidus"), "查找", "边输边查；Esc 清除。", "Ctrl+F", True),
    GO,
    *VIEWS,
    UNDO,
    REDO,
    BACK,
)
"""佐证材料."""

SELF_CHECK: Final[tuple[Command, ...]] = (
    Command("open", ("enter",), "去补上", "到能补上这一处的地方；补好按 Esc 回来，光标在下一处。", "Enter", True),
    SETTLE,
    NOTE,
    ATTACH,
    OURS,
    NOT_OURS,
    NOT_APPLICABLE,
    PUBLISH,
    COUNT,
    SETTLE_PERIOD,
    GO,
    *VIEWS,
    UNDO,
    REDO,
    BACK,
)
"""自查."""

BACKUPS: Final[tuple[Command, ...]] = (
    Command("open", ("enter", "f5"), "恢复", "恢复成光标所在的一份：先列出会改变什么，再问一遍。", "Enter", True, True),
    Command("back_up", ("f2", "insert"), "立即备份", "现在就备份一次，存到各处。", "F2", True),
    Command("check_now", ("f3",), "体检", "逐页、逐字节检查台账文件、佐证和备份。", "F3", True),
    Command("second_place", ("f4",), "第二备份位置", "选另一个磁盘上的文件夹，每次备份也存一份。", "F4", True, True),
    Command("elsewhere", ("f6",), "别处的备份", "从文件夹里选一份备份（U 盘、旧电脑），看看再恢复。", "F6", True),
    GO,
    *VIEWS,
    BACK,
)
"""备份."""

RESCUE: Final[tuple[Command, ...]] = (
    Command("take", ("enter", "f2"), "办这一项", "照光标所在的一行办，改动之前再问一遍。", "Enter", True),
    Command("leave", ("escape",), "退出", "退出，什么也不改。", "Esc", True),
)
"""抢救: what is shown in place of the ledger when the file cannot be opened."""

REVIEW: Final[tuple[Command, ...]] = (
    Command(
        "accept",
        space_bar(),
        "确认",
        "照读稿确认光标所在的问题，有几种读法的选一种；没有问题的确认这一行。",
        "空格",
        True,
    ),
    Command("mend", ("enter", "f2"), "改正", "改正这一行的一栏，或到能回答这个问题的地方。", "Enter", True),
    Command("next_open", ("f3", "right"), "下一问题", "到下一个没有核对的问题。", "F3", True),
    Command("previous_open", ("left",), "上一问题", "到上一个没有核对的问题。", "左"),
    Command("take_in", ("f9", "ctrl+s"), "确认入库", "必须核对的都核对后，整份通知一次入库。", "F9", True),
    Command("turn", ("f6",), "原文", "窄的窗口里换成原文，再按一次换回；宽的窗口两边都在。", "F6", True),
    Command("order", ("f4",), "换次序", "问题在前，或按原文次序。", "F4", True),
    Command("undo", UNDO.keys, "撤销", "撤销核对中的上一步，可以一直撤到最初。", UNDO.shown_key, True),
    Command("redo", REDO.keys, "重做", "把刚撤销的一步再做一遍。", REDO.shown_key),
    Command("search", ("ctrl+f", "slash", "fullwidth_solidus"), "查找", "边输边查；Esc 清除。", "Ctrl+F", True),
    Command("drop", ("delete", "f8"), "删行", "这一行不是任务，从读稿里去掉。", "Del"),
    Command("add", ("insert", "f7"), "加行", "在这一行下面加一项读漏的任务。", "Ins"),
    Command(
        "split", ("ctrl+x", "minus", "fullwidth_hyphen_minus"), "拆成两项", "在要求的一处断开，成为两项。", "Ctrl+X"
    ),
    Command("join", ("ctrl+b", "plus", "fullwidth_plus_sign"), "并入下一项", "与紧接的下一项并成一项。", "Ctrl+B"),
    Command("head", ("f5", "ctrl+t"), "来文信息", "短名、发文机关、标题、文号、年份、印发日期、统一时限。", "F5"),
    Command("columns", ("ctrl+l",), "表格各栏", "一栏是什么，改一次，各行都照办。", "Ctrl+L"),
    Command("roster", ("ctrl+u",), "单位名册", "名册里的单位和类别：增加、改类别、去掉。", "Ctrl+U"),
    Command("standing", ("f11", "ctrl+r"), "报送和要求", "报送、数量、时限规则和普遍要求，看原句，去掉读错的。", "F11"),
    Command("next_pane", ("tab",), "换栏", "到下一栏，用方向键上下翻看。", "Tab"),
    Command("back", ("escape",), "离开", "离开核对；待确认稿留着，改天接着核对。", "Esc", True),
)
"""核对: what was read of a document, beside the document."""
