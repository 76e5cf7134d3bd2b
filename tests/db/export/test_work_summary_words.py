"""Every text that the clerk wrote stands in the draft 工作总结; only whom an application may name is not told."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.export.docx_reading import Paragraph, read
from db.export.text import file_text
from db.export.work_summary import document, lines, title
from db.export.work_summary_notes import notes
from db.rules.rows import ClockRow, LedgerSheet, NoteRow, ReportRow
from db.rules.words import WHOLE_BUREAU
from tests.db.export.conftest import AT, ENTRIES, ENTRY, SHEET
from tests.db.export.packed import PACKED
from tests.db.export.worked import CLOSED, COUNTED, FULL, ITEMS, OCCURRENCES, RULE, WORKED

NOTES: Final = ENTRIES[0].notes
STATUSES: Final = ("not_started", "in_progress", "done", "not_applicable")
THIRD_PARTY: Final = replace(RULE, article="第三十二条", trigger="第三方收到征求意见书", action="第三方提出意见")
THIRD: Final = replace(FULL, rule=THIRD_PARTY, subject="某商场：征求意见书")
RULES: Final = (
    RULE,
    THIRD_PARTY,
    replace(RULE, source="office", article=None),
    replace(RULE, source="notice", article=None),
)

# What the clerk writes, by row and field (db/schema), where the row says that it is the clerk's.
WRITTEN: Final[dict[str, dict[str, Callable[[Any], bool]]]] = {
    "EntryRow": {
        "requirement": lambda row: row.own,
        "own_reason": lambda row: row.own,
        "what_was_done": lambda row: row.status == "done",
        "reason": lambda row: row.status == "not_applicable",
    },
    "Adjusted": {"reason": lambda row: True},
    "NoteRow": {"text": lambda row: True},
    "OccurrenceRow": {"what_was_done": lambda row: row.state == "done"},
    "ItemTally": {"name": lambda row: True},
    "CountRow": {"what": lambda row: True},
    "PublicationRow": {"title": lambda row: True, "address": lambda row: True},
    "ClockRow": {"subject": lambda row: True, "outcome": lambda row: row.closed_on is not None},
    "Pause": {"reason": lambda row: True},
    "Extension": {"reason": lambda row: True},
    "ClockRuleRow": {name: lambda row: row.source == "office" for name in ("trigger", "action", "quote")},
    "ReportRow": {
        **{name: lambda row: row.source != "notice" for name in ("what", "to", "quote")},
        "remark": lambda row: row.handed_in_on is not None,
    },
    "EvidenceRow": {"caption": lambda row: True, "address": lambda row: row.sha256 is None},
}
LEFT_ALONE: Final = ("history", "rules", "clock_rules", "headings")
"""Parts of the sheet that hold nothing of the clerk's which the draft tells."""


class Texts:
    """Gives each place a text of its own, and keeps which."""

    def __init__(self, drawn: list[str]) -> None:
        self._drawn = drawn
        self.given: list[str] = []

    def new(self) -> str:
        text = f"{self._drawn[len(self.given) % len(self._drawn)]}〔{len(self.given)}〕"
        self.given.append(text)
        return text

    def filled(self, row: Any) -> Any:
        """The row, with all that is in it, rewritten."""
        if isinstance(row, tuple):
            return tuple(map(self.filled, row))
        if not is_dataclass(row) or isinstance(row, type):
            return row
        written = WRITTEN.get(type(row).__name__, {})
        changes: dict[str, Any] = {}
        for field in fields(row):
            if field.name in written and written[field.name](row):
                changes[field.name] = self.new()
            elif field.name not in LEFT_ALONE and not (type(row).__name__ == "EntryRow" and field.name == "clocks"):
                changes[field.name] = self.filled(getattr(row, field.name))
        return replace(row, **changes)


def may_name(clocks: tuple[ClockRow, ...]) -> set[str]:
    """The subjects that are not to be told."""
    about = [clock for clock in clocks if clock.stages or clock.rule.article in ("第三十二条", "第三十三条")]
    of = {clock.entry for clock in about} - {None}
    return {clock.subject for clock in clocks if clock in about or clock.entry in of}


def draft(sheet: LedgerSheet) -> str:
    """The words of the document, as read back."""
    return "\n".join(each.text for each in read(document(sheet, AT).payload) if isinstance(each, Paragraph))


def parts(text: str) -> Iterator[str]:
    return (line.strip().removesuffix("。") for line in file_text(text).split("\n"))


@st.composite
def sheets(draw: st.DrawFn) -> LedgerSheet:
    """The packed ledger with its entries in any state or not ours any more, its clocks under any of them."""
    where = st.sampled_from((None, 1, 2, 3, 4, 5, 99))
    entries = []
    for entry in PACKED.entries:
        if draw(st.integers(0, 5)):
            worked = {"occurrences": OCCURRENCES, "quotas": (*COUNTED, ITEMS)} if draw(st.booleans()) else {}
            notes = NOTES if draw(st.booleans()) else ()
            entries.append(replace(entry, status=draw(st.sampled_from(STATUSES)), notes=notes, **worked))  # type: ignore[arg-type]
    clocks = tuple(
        replace(
            clock,
            entry=draw(where),
            rule=draw(st.sampled_from(RULES)),
            stages=clock.stages if draw(st.booleans()) else (),
        )
        for clock in PACKED.clocks
    )
    counts = tuple(replace(count, entry=draw(st.sampled_from((1, 2, 4, 99)))) for count in PACKED.counts)
    reports = tuple(replace(report, source=draw(st.sampled_from(("notice", "office")))) for report in PACKED.reports)
    return replace(PACKED, entries=tuple(entries), clocks=clocks, counts=counts, reports=reports)


@settings(max_examples=40, deadline=None)
@given(sheet=sheets(), drawn=st.lists(st.text(min_size=1, max_size=90).filter(str.strip), min_size=1, max_size=5))
def test_every_text_of_the_clerk_stands_in_the_draft(sheet: LedgerSheet, drawn: list[str]) -> None:
    texts = Texts(drawn)
    filled = texts.filled(sheet)
    found, hidden = draft(filled), may_name(filled.clocks)
    assert len(texts.given) > 20
    for text in texts.given:
        for part in parts(text):
            assert text in hidden or part in found, text
    assert not [text for text in hidden if list(parts(text))[-1] in found]


def test_the_table_of_what_the_clerk_writes_names_real_fields() -> None:
    seen: dict[str, set[str]] = {}

    def walk(row: Any) -> None:
        if isinstance(row, tuple):
            for each in row:
                walk(each)
        elif is_dataclass(row):
            names = seen.setdefault(type(row).__name__, set())
            for field in fields(row):
                names.add(field.name)
                walk(getattr(row, field.name))

    walk(PACKED)
    assert {(row, name) for row, names in WRITTEN.items() for name in names} <= {
        (row, name) for row, names in seen.items() for name in names
    }


def test_what_was_done_before_an_entry_came_not_to_apply_stands_below_the_reason() -> None:
    entry = replace(
        ENTRY,
        status="not_applicable",
        reason="职能已划出",
        countdown=None,
        notes=(NoteRow(1, "2026-03-02T10:00:00+08:00", None, "已与规划科联系。"),),
        occurrences=OCCURRENCES,
        quotas=COUNTED,
    )
    sheet = replace(WORKED, entries=(entry,), reports=(), unit_quotas=())
    said = [line.text for line in lines(sheet)]
    name = "主动公开规划纲要、专项规划、政策解读等相关信息"
    start = said.index(f"序号1（{name}）不适用，不计入应办事项，原因：职能已划出。")
    assert said[start + 1 : start + 6] == [
        "序号1已开展的工作：",
        "3月2日，已与规划科联系。",
        "每月应不少于2条：10月1条；11月2条。每项应不少于1次：甲决定2次、乙决定0次。"
        "全年应不低于60%，实际50%（10条中5条）。第1季度已于3月9日办理：已更新目录。第3季度达到要求。"
        "累计1次：2月3日1次。",
        "公开信息2条：3月9日“001 号公告”（网站，文字，https://a.example/001）；5月2日“图解规划”（公众号，图解）。",
        "“某办法征求意见”（征求意见，不少于30天后征求意见截止）：11月2日起，正在办理。",
    ]


def test_a_task_that_does_not_apply_and_has_no_work_has_only_its_reason() -> None:
    said = [line.text for line in lines(replace(SHEET, entries=(ENTRIES[3],)))]
    assert any(text.endswith("不适用，不计入应办事项，原因：本科室无此项职能。") for text in said)
    assert "序号4已开展的工作：" not in said


def test_registered_items_are_work_though_nothing_is_counted_yet() -> None:
    items = replace(ITEMS, tally=0, items=tuple(replace(item, tally=0, met=False) for item in ITEMS.items))
    sheet = replace(SHEET, entries=(replace(ENTRY, quotas=(items,)),))
    assert "每项应不少于1次：甲决定0次（缺1次）、乙决定0次（缺1次）。" in [line.text for line in lines(sheet)]
    assert not [line for line in notes(sheet) if "没有办理记载" in line.text]


def test_a_clock_is_work_and_is_told_with_its_outcome() -> None:
    clock = replace(FULL, closed_on=date(2026, 11, 20), outcome="已备案", state="closed", countdown=None, late=False)
    sheet = replace(SHEET, entries=(ENTRY,), clocks=(clock,))
    assert (
        "“某办法征求意见”（征求意见，不少于30天后征求意见截止）：11月2日起，11月20日办结（按期），结果：已备案。"
        in [line.text for line in lines(sheet)]
    )
    assert not [line for line in notes(sheet) if "没有办理记载" in line.text]


def test_an_own_task_without_work_is_told_with_its_source_and_is_still_without_work() -> None:
    sheet = replace(SHEET, entries=(ENTRIES[4],))
    assert "任务来源：局领导电话交办。" in [line.text for line in lines(sheet)]
    assert "2．没有办理记载的1项：序号自1。" in [line.text for line in notes(sheet)]


def test_a_long_own_task_stands_whole_below_its_heading() -> None:
    long = "整理" + "历史数据" * 20 + "，" + "并上网" * 20
    said = [line.text for line in lines(replace(SHEET, entries=(replace(ENTRIES[4], requirement=long),)))]
    assert any(text.startswith(f"任务内容：{long}。") for text in said)


@pytest.mark.parametrize(
    "clocks",
    [
        (THIRD,),
        (replace(THIRD, rule=replace(THIRD_PARTY, article="第三十三条")),),
        (replace(THIRD, rule=replace(THIRD_PARTY, article="32")),),
        # Under the entry of an application, whatever rule it has.
        (replace(FULL, subject=THIRD.subject), replace(CLOSED, entry=1, number="1")),
    ],
)
@pytest.mark.parametrize("late", [None, True])
def test_the_third_party_of_an_application_is_not_named(clocks: tuple[ClockRow, ...], late: bool | None) -> None:
    clock = clocks[0] if late is None else replace(clocks[0], late=late, closed_on=date(2026, 11, 20), state="closed")
    assert "某商场" not in draft(replace(SHEET, entries=(ENTRY,), clocks=(clock, *clocks[1:])))


@pytest.mark.parametrize("article", ["第二十六条", "26"])
def test_publishing_by_the_statute_is_no_application_and_is_named(article: str) -> None:
    clock = replace(FULL, rule=replace(RULE, article=article))
    assert "“某办法征求意见”" in draft(replace(SHEET, entries=(ENTRY,), clocks=(clock,)))


def test_a_report_handed_in_on_time_is_told_with_its_remark_and_source() -> None:
    given = ReportRow(
        "小结", "办公室", date(2026, 11, 25), (), "微信群通知", "office", date(2026, 11, 24), "纸质件同时送达"
    )
    said = [line.text for line in lines(replace(SHEET, reports=(given,)))]
    assert "小结，应于11月25日前报办公室，11月24日报出。备注：纸质件同时送达。依据：微信群通知。" in said


@pytest.mark.parametrize(
    ("unit", "agency", "signer"),
    [
        (WHOLE_BUREAU, "某市市场监督管理局", "某市市场监督管理局"),
        (WHOLE_BUREAU, None, WHOLE_BUREAU),
        ("执法监督科", "某市市场监督管理局", "执法监督科"),
    ],
)
def test_the_agency_signs_for_the_whole_bureau(unit: str, agency: str | None, signer: str) -> None:
    sheet = replace(PACKED, ledger=replace(PACKED.ledger, unit=unit, agency=agency))
    found = read(document(sheet, AT).payload)
    assert [each.text for each in found if isinstance(each, Paragraph) and each.style == "Unit"] == [signer]
    assert title(sheet)[0] == f"2026年{signer}政务公开工作总结"
    assert any(f"现将{signer}2026年政务公开工作情况总结如下。" in line.text for line in lines(sheet))
