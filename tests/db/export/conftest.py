"""Ledgers made by hand: a plain one, one of hostile text, and what makes more of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from db.rules.rows import (
    Adjusted,
    ClockRuleRow,
    Countdown,
    DeadlineRow,
    EntryRow,
    ItemTally,
    LedgerRow,
    LedgerSheet,
    NoteRow,
    PartyDate,
    QuotaRow,
    ReportRow,
    RuleRow,
    Summary,
)

AT = datetime(2026, 11, 22, 9, 5, 7)
TODAY = date(2026, 11, 22)

LEDGER = LedgerRow(
    id=1,
    plan="plan-2021",
    agency="某市市场监督管理局",
    title="关于印发某市市场监督管理局2021年政务公开工作要点分工方案的通知",
    document_number="某市监办〔2021〕233号",
    notice_year=2021,
    year=2026,
    unit="执法监督科",
    officer="经办人甲",
)
NO_DEADLINE = DeadlineRow(None, "none", "none", None, None, (), None, None)
BY_NOTICE = DeadlineRow(
    "12月3日前",
    "on_day",
    "notice",
    date(2026, 12, 3),
    "均要求在12月3日前完成",
    (PartyDate(None, date(2026, 12, 3)),),
    None,
    None,
)
ENTRY = EntryRow(
    id=1,
    position=1,
    number="1",
    own=False,
    section="一、做好各类规划主动公开。",
    matter=None,
    requirement="主动公开规划纲要、专项规划、政策解读等相关信息。",
    assignment="综合规划科会同执法监督科办理。",
    role="support",
    through="name",
    reached_by="执法监督科",
    applicability="ours",
    decided=False,
    leads=("综合规划科",),
    responsible=(),
    supports=("执法监督科",),
    deadline=BY_NOTICE,
    countdown=Countdown(11, 9, False, False),
    status="not_started",
    done_on=None,
    what_was_done=None,
    reason=None,
    remark=None,
    remark_source=None,
    quotas=(),
    notes=(),
)
QUOTA = QuotaRow(2, "条", "quarter", None, date(2026, 1, 1), date(2026, 3, 31), None, (), "每季度不少于2条")
ENTRIES = (
    replace(
        ENTRY,
        status="done",
        done_on=date(2026, 3, 9),
        countdown=None,
        what_was_done="在门户网站公开三项规划。",
        notes=(
            NoteRow(1, "2026-03-02T10:00:00+08:00", "经办人甲", "已与规划科联系。\n材料共3份。"),
            NoteRow(2, "2026-03-09T16:30:00+08:00", "经办人甲", "已上网。"),
        ),
    ),
    replace(
        ENTRY,
        id=2,
        position=2,
        number="2",
        role="responsible",
        through="related",
        reached_by="各相关科室",
        applicability="possible",
        assignment="各相关科室",
        deadline=DeadlineRow("全年", "standing", "cell", None, "全年", (), None, None),
        countdown=None,
        remark="与年度考核衔接",
        remark_source="cell",
    ),
    replace(
        ENTRY,
        id=3,
        position=3,
        number="3",
        section="二、推进行政执法信息公开。",
        assignment=None,
        role="responsible",
        through="group",
        reached_by="各科室",
        leads=(),
        responsible=("办公室", "各科室"),
        supports=(),
        units_from="above",
        deadline=replace(
            BY_NOTICE,
            text="9月底前",
            kind="month_end",
            source="cell",
            due=date(2026, 9, 30),
            adjusted=Adjusted(date(2026, 11, 19), "上级系统升级，经分管领导同意"),
        ),
        countdown=Countdown(-3, -2, False, True),
        status="in_progress",
        remark="各科室应当明确专人。",
        remark_source="body",
        quotas=(QUOTA, replace(QUOTA, period_start=date(2026, 4, 1), period_end=date(2026, 6, 30))),
    ),
    replace(
        ENTRY,
        id=4,
        position=4,
        number="4",
        section="二、推进行政执法信息公开。",
        status="not_applicable",
        countdown=None,
        reason="本科室无此项职能",
        deadline=NO_DEADLINE,
    ),
    replace(
        ENTRY,
        id=5,
        position=1_000_001,
        number="自1",
        own=True,
        section=None,
        assignment=None,
        role=None,
        through=None,
        reached_by=None,
        leads=(),
        supports=(),
        requirement="补报第三季度执法公示数据。",
        own_reason="局领导电话交办",
        deadline=DeadlineRow(
            "2027-01-08",
            "on_day",
            "none",
            date(2027, 1, 8),
            None,
            (PartyDate(None, date(2027, 1, 8)),),
            None,
            None,
        ),
        countdown=Countdown(47, 33, True, False),
    ),
)
HEAD = "000123-1a2b3c4d5e6f7a8b"
SHEET = LedgerSheet(
    head=HEAD,
    ledger=LEDGER,
    today=TODAY,
    entries=ENTRIES,
    unit_quotas=(replace(QUOTA, period="item", items=(ItemTally("甲决定", 1, False),), quote="每项决定至少2条"),),
    clock_rules=(
        ClockRuleRow(5, "workday", "after", "max", "收到留言", "首次回复", "5个工作日内首次回复", None),
        ClockRuleRow(3, "workday", "before", "max", "举办活动", "备案", "活动前3个工作日备案", "2"),
        ClockRuleRow(30, "calendar", "after", "min", "征求意见", "公开征求意见", "一般不少于30天", None),
    ),
    reports=(ReportRow("工作总结", "办公室", date(2026, 12, 6), ("台账", "图片资料"), "12月6日前报办公室"),),
    rules=(RuleRow("ledger", "要建立政务公开工作台账。"),),
    summary=Summary(4, 1, 1, 0, 1, 0.25),
)

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://a.example","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "001234",
    "110105199001011234",
    "1E5",
    "TRUE",
    "#N/A",
    "_x0041_",
    "_x005F_x0041_",
    "_x0041_x0042_",
    "<r><t>&x</t></r>",
    "<r></r>",
    "<r>\n</r>",
    "</t></si>",
    "]]>&amp;&lt;",
    " 前后空格 ",
    "　全角空格　",
    "末行\n",
    "\n\n",
    "a\tb",
    "|a|b\\|c\\\\|",
    "\\",
    "a\\",
    "<script>alert(1)</script>",
    "<br>",
    "&#32;&nbsp;",
    "![x](http://a.example/x.png)",
    "[a](javascript:x)",
    "**b** __c__ `d` ~~e~~ ^f^ ==g== ++h++ :smile: $x$ #1 @a a@b.example",
    "http://a.example www.a.example a.example",
    "# 标题",
    "- 列表",
    "---",
    "\x00\x1b[2J\x07\x7f\x85\x9b",
    "\u202e倒序\u202c\u2066x\u2069\u200b\ufeff",
    "\ud800 \udfff",
    "\ufffe\uffff\U0001fffe\U000e0041",
    "e\u0301 \u00e9 𠮷 👨\u200d👩",
    "[/] [red]x[/red] [@click=app.quit]y[/]",
    "$(touch x) ; DROP TABLE entry; %n {{7*7}}",
)


@pytest.fixture
def sheet() -> LedgerSheet:
    """Five entries: done with notes, possible, overdue with an adjusted date, not applicable, an own one."""
    return SHEET


@pytest.fixture
def hostile_sheet() -> LedgerSheet:
    """The plain ledger with every hostile text in every place that takes text."""
    return with_texts(HOSTILE)


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str], Path]:
    """A target in an empty folder, by its suffix."""
    return lambda suffix: tmp_path / f"台账{suffix}"


def with_texts(texts: tuple[str, ...]) -> LedgerSheet:
    """The plain ledger with one entry for each text, which stands in all of its columns and in the further tables."""
    from tests.db.export.worked import of_texts

    made = replace(
        SHEET,
        ledger=replace(LEDGER, title=texts[0], unit=texts[-1] or "科", officer=texts[0]),
        entries=tuple(_entry_of(at, text) for at, text in enumerate(texts, start=1)),
        rules=tuple(RuleRow("ledger", text) for text in texts),
        reports=tuple(ReportRow(text, text, TODAY, (text,), text) for text in texts),
        clock_rules=tuple(ClockRuleRow(1, "workday", "after", "max", text, text, text, None) for text in texts),
    )
    return of_texts(made, texts)


def _entry_of(at: int, text: str) -> EntryRow:
    return replace(
        ENTRY,
        id=at,
        position=at,
        number=text or "1",
        section=text,
        matter=text,
        requirement=text,
        assignment=text,
        deadline=replace(BY_NOTICE, text=text, source="cell", adjusted=Adjusted(TODAY, text)),
        what_was_done=text,
        notes=(NoteRow(at, "2026-03-02T10:00:00+08:00", None, text),),
        remark=text,
        remark_source="cell",
        reached_by=text,
    )
