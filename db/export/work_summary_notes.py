"""附：起草说明: what the clerk has to know before the draft is handed in, and is no text of a summary."""

from collections.abc import Iterator
from typing import Final

from db.export.columns import number
from db.export.package_names import NOT_OURS, OF_UNIT, Group, groups
from db.export.work_summary_entries import idle
from db.export.work_summary_figures import apart, kept
from db.export.work_summary_words import Line, called, counted_off
from db.rules.rows import EntryRow, EvidenceRow, LedgerSheet
from db.rules.shift import waits

HEADING: Final = "附：起草说明（报送前删除）"
_ABOUT: Final = {OF_UNIT: "不属于单项任务", NOT_OURS: "后来标为非本单位的事项之下"}


def notes(sheet: LedgerSheet) -> Iterator[Line]:
    """Its heading and its paragraphs."""
    today = sheet.today
    yield Line("heading 1", HEADING)
    found = [
        "本稿由台账自动汇编，须核实修改后报送。"
        f"文字为办理人在台账中的记载，数字截至{today.year}年{today.month}月{today.day}日。",
        *(() if sheet.ledger.title else ("台账未载通知的标题，请在正文首段补写。",)),
        *_of_entries(sheet),
        *(() if sheet.publications else ("台账中没有公开记录。",)),
        *apart(sheet),
        kept(sheet) if not sheet.evidence else f"{kept(sheet)}存放位置如下。",
    ]
    yield from (Line("note", text) for text in counted_off(found))
    for group in groups(sheet):
        about = f"序号{number(group.about)}" if isinstance(group.about, EntryRow) else _ABOUT[group.about]
        yield Line("note", f"{about}：{evidence_words(group)}")


def evidence_words(group: Group) -> str:
    """文件2个，在“佐证材料/01 …”，其中照片.png（公开栏）；网页链接1条：原文（https://…）。"""
    paths = [placed.path for placed in group.items if placed.path is not None]
    noted = "、".join(_labelled(placed.row) for placed in group.items if placed.path is not None and placed.row.caption)
    links = [_labelled(placed.row) for placed in group.items if placed.path is None]
    folder = paths[0].rpartition("/")[0] if paths else ""
    parts = [f"文件{len(paths)}个，在“{folder}”" + (f"，其中{noted}" if noted else "")] if paths else []
    parts += [f"网页链接{len(links)}条：{'、'.join(links)}"] if links else []
    return "；".join(parts) + "。"


def _of_entries(sheet: LedgerSheet) -> Iterator[str]:
    if not sheet.entries:
        yield "台账中没有事项。"
    rows = [entry for entry in sheet.entries if entry.counted]
    done = [entry for entry in rows if entry.status == "done"]
    found = {
        "没有办理记载": idle(sheet),
        "已办结而没有佐证材料": [entry for entry in done if not entry.evidence],
        # As the self-check: what a period, a count or a publication tells stands in the summary all the same.
        "已办结而没有记事和工作做法": [
            entry for entry in done if not entry.notes and not (entry.what_was_done or "").strip()
        ],
        "是否属于本单位尚待确认": [entry for entry in rows if entry.applicability == "possible"],
        f"按{sheet.ledger.year}年换算的日期尚待核对": [entry for entry in rows if waits(entry)],
    }
    for what, entries in found.items():
        if entries:
            yield f"{what}的{len(entries)}项：{called(entries)}。"
    dateless = [report.what for report in sheet.reports if report.due is None]
    if dateless:
        yield f"报送日期待核对的{len(dateless)}项：{'；'.join(dateless)}。"


def _labelled(row: EvidenceRow) -> str:
    """照片.png（公开栏）, 原文（https://…）: each of its words once."""
    name, *further = dict.fromkeys(said for said in (row.name, row.caption, row.address) if said)
    return name + (f"（{'，'.join(further)}）" if further else "")
