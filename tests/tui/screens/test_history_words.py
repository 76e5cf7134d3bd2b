"""The 办理流水 of what is counted and timed, in words that a clerk can read."""

from datetime import date

import pytest

from db.rules.publications import NewPublication
from db.rules.rows import HistoryRow
from tests.tui.conftest import DeskMaker
from tests.tui.desks import TODAY
from tests.tui.timed import JIADING, JIANGMEN, numbered, statute_rule
from tui.desk import Desk
from tui.dialogs.count import items_of
from tui.screens.history_words import history_blocks


@pytest.fixture
def jiading(make_desk: DeskMaker) -> Desk:
    return make_desk(whole=JIADING)


def newest(desk: Desk) -> list[str]:
    """The lines of the newest step: heading, then place and words of each row."""
    told: list[str] = []
    for block in history_blocks(desk.history(None), desk.entries()):
        if not block.text:
            return told
        told.append(f"{block.label}|{block.text}" if block.label else block.text)
    return told


def test_a_clock_from_start_to_end(jiading: Desk) -> None:
    clock = jiading.start_clock(statute_rule(jiading, "answer"), "某某的申请", date(2026, 11, 2), None)
    heading, line = newest(jiading)
    assert heading.endswith("起计时  经办甲")
    assert line == (
        "计时|事由：某某的申请；规则：收到政府信息公开申请，20 个工作日；起算日：2026-11-02；进度：申请登记 2026-11-02"
    )
    jiading.pause_clock(clock, date(2026, 11, 10), False, "征求意见")
    assert newest(jiading)[1] == "计时|暂停：2026-11-10 起暂停（期间不计入），还没有继续：征求意见"
    jiading.resume_clock(clock, date(2026, 11, 12))
    assert newest(jiading)[1].startswith(
        "计时|暂停：2026-11-10 起暂停（期间不计入），2026-11-12 继续：征求意见；去掉暂停"
    )
    jiading.extend_clock(clock, 5, "同意", date(2026, 11, 13))
    assert newest(jiading)[1] == "计时|延长：2026-11-13 延长 5 天（同意）"
    jiading.move_stage(clock, "answered", date(2026, 11, 20))
    assert newest(jiading)[1] == "计时|进度：答复 2026-11-20；了结日期：2026-11-20"
    jiading.remove_clock(clock)
    assert newest(jiading)[1] == "计时|删去计时「某某的申请」"
    jiading.undo()
    assert newest(jiading)[0].endswith("撤销：删除计时  经办甲")


def test_a_clock_that_is_moved_to_an_entry(jiading: Desk) -> None:
    entry = numbered(jiading, "13")
    clock = jiading.start_clock(statute_rule(jiading, "answer"), "某某的申请", date(2026, 11, 2), None)
    jiading.edit_clock(clock, "某某的申请", date(2026, 11, 2), entry.id)
    assert newest(jiading)[1] == "第 13 项|所属事项：第 13 项"


def test_a_publication_and_the_entry_that_it_begins(make_desk: DeskMaker) -> None:
    desk = make_desk(whole=JIANGMEN)
    entry = numbered(desk, "12")
    desk.publish([NewPublication(entry.id, TODAY, "某某解读", "公众号", None, "图解")])
    assert newest(desk)[1:] == [
        "第 12 项|标题：某某解读；日期：2026-11-22；渠道：公众号；形式：图解",
        "第 12 项|状态：由「未开始」改为「推进中」",
    ]
    (row,) = desk.publications()
    desk.edit_publication(row.id, NewPublication(None, TODAY, "某某解读", "公众号", None, "图解"))
    assert newest(desk)[1] == "本单位|所属事项：去掉「第 12 项」"
    desk.remove_publications([row.id])
    assert newest(desk)[1] == "本单位|删去公开记录「某某解读」"


def test_items_counts_periods_and_reports(jiading: Desk) -> None:
    entry = numbered(jiading, "18").id
    jiading.add_item(entry, "甲决策", None)
    assert newest(jiading)[1] == "第 18 项|事项：甲决策"
    (item,) = items_of(numbered(jiading, "18"))
    jiading.add_count(entry, TODAY, 2, item.id, "列席")
    assert "第 18 项|次数：2；日期：2026-11-22；做了什么：列席" in newest(jiading)
    jiading.remove_item(item.id)
    assert {"第 18 项|删去次数「2」", "第 18 项|删去事项「甲决策」"} <= set(newest(jiading))
    jiading.add_report("月报", "办公室", date(2026, 12, 1), "电话", "office")
    assert newest(jiading)[1] == "报送|报送：月报；报给：办公室；时间：2026-12-01；依据：电话"
    jiading.hand_in("月报", TODAY, None)
    assert newest(jiading)[1] == "报送|报送日期：2026-11-22"


def test_a_period_of_a_recurring_entry(make_desk: DeskMaker) -> None:
    desk = make_desk(whole=JIANGMEN)
    entry = numbered(desk, "12").id
    desk.settle_occurrence(entry, date(2026, 11, 1), TODAY, "发了两条")
    assert "第 12 项|一期：2026-11-01 起；办结日期：2026-11-22；工作做法及成效：发了两条" in newest(desk)
    desk.reopen_occurrence(entry, date(2026, 11, 1))
    assert newest(desk)[1] == "第 12 项|删去本期销账「2026-11-01 起」"


@pytest.mark.parametrize("text", ["不是列表", "[{}]", '[{"from":"x"}]', "null"])
def test_a_damaged_list_is_told_as_it_stands(text: str) -> None:
    row = HistoryRow(
        1, 1, "2026-11-22T09:30:00+08:00", None, "pause_clock", "clock:1", {"pauses": "[]"}, {"pauses": text}, None
    )
    assert [block.text for block in history_blocks([row], ())][1] == f"暂停：{text}"
