"""The JSON shape: every key of the design, absent is null, values exact."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from db.export.json_form import as_dict, document, json_page, json_text
from db.export.text import has_surrogate
from db.rules.rows import CountRow, LedgerSheet
from tests.db.export.attached import ATTACHED, SHA, attached_texts
from tests.db.export.conftest import AT, ENTRIES, HOSTILE, LEDGER, SHEET, with_texts
from tests.db.export.worked import WORKED

ENTRY_KEYS = [
    "number",
    "own",
    "section",
    "matter",
    "requirement",
    "assignment",
    "role",
    "through",
    "applicability",
    "leads",
    "responsible",
    "supports",
    "deadline",
    "countdown",
    "status",
    "done_on",
    "what_was_done",
    "reason",
    "remark",
    "quotas",
    "notes",
    "publications",
    "evidence",
    "occurrences",
    "counts",
]
QUOTA_KEYS = ["target", "counter", "period", "tally", "period_start", "period_end", "met", "items", "quote"]


def test_every_key_of_the_shape_is_there_in_its_order(sheet: LedgerSheet) -> None:
    shape = json.loads(json_text(as_dict(sheet)))
    assert list(shape) == [
        *("ledger", "entries", "unit_quotas", "clock_rules", "clocks", "reports", "rules", "summary"),
        *("publications", "evidence"),
    ]
    assert list(shape["ledger"]) == ["plan", "agency", "title", "year", "unit", "officer", "today", "head"]
    assert list(shape["clock_rules"][0]) == ["days", "day_kind", "direction", "bound", "trigger", "action", "quote"]
    assert list(shape["reports"][0]) == [
        *("what", "to", "due", "attachments", "quote"),
        *("source", "handed_in_on", "remark", "countdown"),
    ]
    assert list(shape["rules"][0]) == ["kind", "text"]
    assert list(shape["summary"]) == ["total", "done", "overdue", "due_within_7_days", "standing", "completion_rate"]
    assert list(shape["unit_quotas"][0]) == QUOTA_KEYS
    assert list(shape["unit_quotas"][0]["items"][0]) == ["name", "tally", "met"]
    for entry in shape["entries"]:
        assert list(entry) == ENTRY_KEYS
        assert list(entry["deadline"]) == ["text", "kind", "source", "due", "quote", "dates", "recurrence", "adjusted"]


def test_an_entry_carries_its_values_as_the_design_writes_them(sheet: LedgerSheet) -> None:
    done, possible, late, not_applicable, own = as_dict(sheet)["entries"]  # type: ignore[misc]
    assert done["number"] == "1"
    assert (done["role"], done["status"], done["done_on"]) == ("support", "done", "2026-03-09")
    assert done["notes"][1] == {"at": "2026-03-09T16:30:00+08:00", "text": "已上网。"}
    assert done["deadline"]["dates"] == [{"party": None, "due": "2026-12-03"}]
    assert (possible["applicability"], possible["countdown"]) == ("possible", None)
    assert late["countdown"] == {"days": -3, "workdays": -2, "estimated": False, "overdue": True}
    assert late["deadline"]["due"] == "2026-09-30"
    assert late["deadline"]["adjusted"] == {"due": "2026-11-19", "reason": "上级系统升级，经分管领导同意"}
    assert [quota["period_end"] for quota in late["quotas"]] == ["2026-03-31", "2026-06-30"]
    assert not_applicable["reason"] == "本科室无此项职能"
    assert (own["own"], own["role"], own["publications"], own["evidence"]) == (True, None, [], [])


def test_a_publication_stands_under_its_entry_and_that_of_the_unit_for_itself() -> None:
    shape: dict[str, Any] = as_dict(WORKED)
    assert shape["entries"][0]["publications"] == [
        {
            "on": "2026-03-09",
            "title": "001 号公告",
            "channel": "网站",
            "address": "https://a.example/001",
            "form": "文字",
        },
        {"on": "2026-05-02", "title": "图解规划", "channel": "公众号", "address": None, "form": "图解"},
    ]
    # The second one's entry is not the unit's any more; what was published is not lost with it.
    assert [row["title"] for row in shape["publications"]] == ["年度报告", "后来标为非本单位的"]
    assert all(list(row) == ["on", "title", "channel", "address", "form"] for row in shape["publications"])


def test_evidence_stands_under_its_entry_and_that_of_the_unit_for_itself() -> None:
    shape: dict[str, Any] = as_dict(ATTACHED)
    of_first = shape["entries"][0]["evidence"]
    assert of_first[0] == {
        "name": "001234.png",
        "sha256": SHA,
        "size": 1_234_567,
        "added_at": "2026-03-09T16:31:07+08:00",
        "address": None,
        "caption": "门户网站截图",
        "day": "2026-03-09",
        "publication": None,
    }
    # The same file by the entry's publication stands with that one's title.
    assert [(each["name"], each["publication"]) for each in of_first] == [
        ("001234.png", None),
        ("通知.pdf", None),
        ("001234.png", "001 号公告"),
    ]
    (link,) = shape["entries"][2]["evidence"]
    assert (link["sha256"], link["size"], link["address"]) == (None, None, "https://a.example/3")
    assert [(each["name"], each["publication"]) for each in shape["evidence"]] == [
        ("年报.docx", "年度报告"),
        ("别科的.png", "后来标为非本单位的"),
    ]
    assert sum(len(entry["evidence"]) for entry in shape["entries"]) + len(shape["evidence"]) == len(ATTACHED.evidence)


def test_hostile_names_of_evidence_stay_exact(hostile_sheet: LedgerSheet) -> None:
    written = document(attached_texts(hostile_sheet, HOSTILE), AT)
    assert written.differs(written.payload) is None
    names = [each["name"] for each in json.loads(written.payload)["entries"][0]["evidence"]]
    assert names == [text if not has_surrogate(text) else "⟨U+D800⟩ ⟨U+DFFF⟩" for text in HOSTILE]
    assert "001234" in names


def test_a_clock_carries_its_rule_its_days_and_all_that_happened() -> None:
    shape: dict[str, Any] = as_dict(WORKED)
    closed, running, paused, full = shape["clocks"]
    assert running == {
        "subject": "张某的申请",
        "number": None,
        "source": "statute",
        "article": "第三十三条",
        "days": 20,
        "day_kind": "workday",
        "direction": "after",
        "bound": "max",
        "trigger": "收到申请",
        "action": "答复",
        "quote": "20个工作日内答复",
        "start": "2026-11-02",
        "due": "2026-12-16",
        "state": "running",
        "countdown": {"days": 24, "workdays": 18, "estimated": False, "overdue": False},
        "left": None,
        "pauses": [{"from": "2026-11-04", "to": "2026-11-06", "anew": False, "reason": "征求第三方意见"}],
        "extensions": [{"on": "2026-11-16", "days": 10, "reason": "情况复杂"}],
        "stages": [{"stage": "registered", "on": "2026-11-02"}, {"stage": "handling", "on": "2026-11-06"}],
        "closed_on": None,
        "late": None,
        "outcome": None,
    }
    assert list(running) == list(closed) == list(paused) == list(full)
    assert (closed["closed_on"], closed["late"], closed["outcome"]) == ("2026-10-28", True, "已答复")
    assert (paused["due"], paused["left"], paused["pauses"][0]["to"]) == (None, 14, None)
    assert (full["number"], full["article"], full["source"], full["bound"]) == ("1", None, "notice", "min")


def test_a_report_and_an_occurrence_carry_their_state() -> None:
    shape: dict[str, Any] = as_dict(WORKED)
    handed_in, coming, _, missing = shape["reports"]
    assert (handed_in["source"], handed_in["handed_in_on"], handed_in["remark"]) == ("notice", "2026-12-08", "已附图片")
    assert coming["countdown"] == {"days": 70, "workdays": 50, "estimated": True, "overdue": False}
    assert (missing["due"], missing["countdown"]) == (None, None)
    assert shape["entries"][0]["occurrences"][:2] == [
        {
            "start": "2026-01-01",
            "end": "2026-03-31",
            "state": "done",
            "done_on": "2026-03-09",
            "what_was_done": "已更新目录。",
        },
        {"start": "2026-04-01", "end": "2026-06-30", "state": "missed", "done_on": None, "what_was_done": None},
    ]


def test_a_plain_count_stands_under_its_entry_with_the_name_of_its_item() -> None:
    item = next(item for entry in WORKED.entries if entry.id == 3 for quota in entry.quotas for item in quota.items)
    counts = (
        CountRow(2, 3, item.id, date(2026, 5, 20), 2, "邀请代表列席"),
        CountRow(1, 1, None, date(2026, 2, 3), 1, None),
    )
    shape: dict[str, Any] = as_dict(replace(WORKED, counts=counts))
    counted = {entry.id: made["counts"] for entry, made in zip(WORKED.entries, shape["entries"], strict=True)}
    assert counted[3] == [{"on": "2026-05-20", "number": 2, "item": item.name, "what": "邀请代表列席"}]
    assert counted[1] == [{"on": "2026-02-03", "number": 1, "item": None, "what": None}]
    assert [found for number, found in counted.items() if number not in (1, 3)] == [[]] * (len(counted) - 2)


def test_absent_is_null_and_never_an_empty_text() -> None:
    blank = replace(ENTRIES[0], section="", matter="", assignment="", what_was_done="", reason="", remark="")
    shape = as_dict(replace(SHEET, entries=(blank,), ledger=replace(LEDGER, officer="", title="", agency="")))
    assert '""' not in json_text(shape)


def test_no_tasks_at_all_still_make_the_whole_shape() -> None:
    summary = replace(SHEET.summary, total=0, done=0, completion_rate=None)
    shape = json.loads(json_text(as_dict(replace(SHEET, entries=(), summary=summary))))
    assert shape["entries"] == []
    assert shape["summary"]["completion_rate"] is None


def test_the_page_for_a_pipe_is_the_same_shape_with_a_line_for_each_object(sheet: LedgerSheet) -> None:
    shape = as_dict(sheet)
    page = json_page(shape)
    assert json.loads(page) == json.loads(json_text(shape))
    lines = page.splitlines()
    assert [line[0] for line in lines] == ["{", *lines_of(shape), "}"]


def lines_of(shape: dict[str, Any]) -> list[str]:
    """The first sign of each line: of a key a quotation mark, of an object of a list its brace."""
    return [
        sign
        for value in shape.values()
        for sign in ('"', *("{" for _ in listed(value)), *("]" if listed(value) else ""))
    ]


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def test_a_page_has_no_raw_control_or_bidi_sign(sheet: LedgerSheet) -> None:
    hostile = replace(sheet, ledger=replace(sheet.ledger, title="甲\x1b[2J\u202e乙\u2028丙"))
    page = json_page(as_dict(hostile))
    assert not any(sign in page for sign in "\x1b\u202e\u2028")
    assert json.loads(page)["ledger"]["title"] == "甲\x1b[2J\u202e乙\u2028丙"


def test_the_file_is_indented_chinese_with_a_last_line_end(sheet: LedgerSheet) -> None:
    text = document(sheet, AT).payload.decode("utf-8")
    assert text.startswith('{\n  "ledger": {\n    "plan": "plan-2021",\n    "agency": "某市市场监督管理局"')
    assert text.endswith("}\n")


def test_hostile_text_stays_exact_and_nothing_raw_is_in_the_bytes(hostile_sheet: LedgerSheet) -> None:
    written = document(hostile_sheet, AT)
    assert written.differs(written.payload) is None
    texts = [entry["requirement"] for entry in json.loads(written.payload)["entries"]]
    assert texts == [
        entry.requirement if not has_surrogate(entry.requirement) else "⟨U+D800⟩ ⟨U+DFFF⟩"
        for entry in hostile_sheet.entries
    ]
    assert not any(raw in written.payload for raw in (b"\x1b", b"\x00", b"\x7f", "\u202e".encode(), "\x9b".encode()))


def test_a_changed_value_is_noticed(sheet: LedgerSheet) -> None:
    written = document(sheet, AT)
    assert written.differs(written.payload.replace("推进行政".encode(), "推进行改".encode())) is not None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=4))
def test_any_text_goes_in_and_comes_back(texts: list[str]) -> None:
    written = document(attached_texts(with_texts(tuple(texts)), tuple(texts)), AT)
    assert written.differs(written.payload) is None
