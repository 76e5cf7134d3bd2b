"""The 办理流水 in words: what evidence is attached to, and what an entry is called that is not at hand.

The other sentences are tested where the screen shows them (tests/tui/screens/test_history_words.py).
"""

from collections.abc import Mapping

import pytest

from db.rules.history_words import ToldStep, told_steps
from db.rules.rows import HistoryRow

AT = "2026-11-22T09:30:00+08:00"
ENTRIES = {1: "第 1 项"}
PUBLICATION = {"entry_id": 1, "title": "某某解读", "day": "2026-11-22"}
Image = Mapping[str, object] | None


def row(seq: int, subject: str, before: Image, after: Image, verb: str = "attach") -> HistoryRow:
    return HistoryRow(seq, seq, AT, "甲", verb, subject, before, after, None)


def told(*rows: HistoryRow, missing: str = "已删的事项") -> list[ToldStep]:
    return list(told_steps(rows, ENTRIES, missing=missing))


def changes(*rows: HistoryRow) -> tuple[tuple[str, str], ...]:
    """Of the newest step."""
    return told(*rows)[0].changes


@pytest.mark.parametrize(
    ("before", "after", "where", "words"),
    [
        (
            None,
            {"entry_id": 1, "name": "图.png", "caption": "首页", "day": "2026-11-20", "sha256": "0" * 64},
            "第 1 项",
            "名称：图.png；说明：首页；日期：2026-11-20",
        ),
        (
            None,
            {"entry_id": 1, "name": "专栏", "address": "https://a.example"},
            "第 1 项",
            "名称：专栏；网址：https://a.example",
        ),
        ({"entry_id": 1, "name": "图.png"}, None, "第 1 项", "删去佐证材料「图.png」"),
        (
            {"entry_id": 1, "name": "图.png", "caption": "旧"},
            {"entry_id": 1, "name": "图.png", "caption": "新"},
            "第 1 项",
            "说明：由「旧」改为「新」",
        ),
        (None, {"publication_id": 7, "name": "图.png"}, "公开记录", "名称：图.png；所属公开记录：一条公开记录"),
        (None, {"entry_id": 9, "name": "图.png"}, "已删的事项", "名称：图.png"),
    ],
)
def test_evidence_is_told_with_what_it_belongs_to(before: Image, after: Image, where: str, words: str) -> None:
    assert changes(row(1, "evidence:3", before, after)) == ((where, words),)


@pytest.mark.parametrize(
    ("entry", "where"), [({"entry_id": 1}, "第 1 项"), ({"entry_id": None}, "本单位"), ({"entry_id": 9}, "已删的事项")]
)
def test_evidence_of_a_publication_is_told_under_its_entry_with_its_title(entry: Image, where: str) -> None:
    published = row(1, "publication:7", None, {**PUBLICATION, **(entry or {})}, verb="publish")
    attached = row(2, "evidence:3", None, {"publication_id": 7, "name": "图.png"})
    assert changes(attached, published) == ((where, "名称：图.png；所属公开记录：某某解读"),)


def test_a_publication_is_called_by_its_newest_title_also_when_it_is_gone() -> None:
    published = row(1, "publication:7", None, PUBLICATION, verb="publish")
    edited = row(2, "publication:7", PUBLICATION, {**PUBLICATION, "title": "新题"}, verb="edit_publication")
    attached = row(3, "evidence:3", None, {"publication_id": 7, "name": "图.png"})
    removed = row(4, "publication:7", {**PUBLICATION, "title": "新题"}, None, verb="remove_publication")
    steps = told(removed, attached, edited, published)
    assert steps[1].changes == (("第 1 项", "名称：图.png；所属公开记录：新题"),)


def test_an_entry_that_is_not_at_hand_is_called_as_the_reader_asks() -> None:
    decided = row(1, "entry:50", {"decision": None}, {"decision": "not_ours"}, verb="not_ours")
    assert told(decided)[0].changes[0][0] == "已删的事项"
    assert told(decided, missing="（非本单位）")[0].changes[0][0] == "（非本单位）"
    moved = row(2, "clock:1", {"entry_id": 50, "subject": "甲"}, {"entry_id": 1, "subject": "甲"}, verb="edit_clock")
    assert told(moved, missing="（非本单位）")[0].changes == (
        ("第 1 项", "所属事项：由「（非本单位）」改为「第 1 项」"),
    )


def test_a_step_is_told_once_with_all_that_it_changed_in_order() -> None:
    rows = [
        HistoryRow(3, 1, AT, "甲", "start", "entry:1", {"status": "not_started"}, {"status": "in_progress"}, None),
        HistoryRow(2, 1, AT, "甲", "attach", "evidence:4", None, {"entry_id": 1, "name": "乙.png"}, None),
        HistoryRow(1, 1, AT, "甲", "attach", "evidence:3", None, {"entry_id": 1, "name": "甲.png"}, None),
    ]
    (step,) = told(*rows)
    assert (step.at, step.officer, step.name) == (AT, "甲", "附佐证、标为推进中")
    assert [words for _, words in step.changes] == ["名称：甲.png", "名称：乙.png", "状态：由「未开始」改为「推进中」"]


def test_no_history_tells_nothing() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("verb", "image", "told"),
    [
        (
            "restore",
            {"backup": "台账-1.db", "replaced": "000057-00", "missing": []},
            "所用备份 台账-1.db；换下的文件流水校验码 000057-00",
        ),
        ("mend", {"done": ["重建了索引"]}, "重建了索引"),
        ("salvage", {"former": None, "backup": None, "lines": [str(n) for n in range(7)]}, "0；1；2；3；4；另有 2 条"),
        ("mend", {}, "没有改动内容"),
    ],
)
def test_what_was_done_to_the_whole_file_is_told(verb: str, image: dict[str, object], told: str) -> None:
    (step,) = told_steps([row(1, f"file:{verb}", None, image, verb)], {})
    assert step.name in ("从备份恢复", "修复", "抢救损坏的文件")
    assert step.changes == (("整个文件", told),)
