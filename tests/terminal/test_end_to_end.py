"""The real command in a real terminal: from the first run on a fresh HOME to the exported file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.terminal.pty_terminal import Terminal

COMMAND = str(Path(sys.executable).with_name("taizhang"))
TODAY = ["--today", "2026-11-23"]
NOTE = "已请综合规划科提供清单，周三前汇总。"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "家"
    home.mkdir()
    return {"HOME": str(home), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def _listed(environment: dict[str, str], *more: str) -> dict[str, list[dict[str, object]]]:
    words = [COMMAND, "--list", "--json", *TODAY, *more]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True, encoding="utf-8")
    found: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return found


def _begin(terminal: Terminal) -> None:
    """The first run's questions: jiangmen, this year, 执法监督科, an officer."""
    terminal.see("江门市市场监督管理局")
    terminal.press("down", "down", "enter")
    terminal.see("第 2 步")
    terminal.press("enter")
    terminal.see("第 3 步")
    terminal.press("down", "down", "down", "enter")
    terminal.see("经办人姓名")
    terminal.press("某甲", "enter")
    terminal.see("今天 2026-11-23")


def test_from_the_first_run_to_the_exported_ledger(environment: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "年终台账.xlsx"
    with Terminal([COMMAND, *TODAY], environment, tmp_path, columns=110) as terminal:
        _begin(terminal)
        screen = terminal.see("逾期 3 天")
        assert "已办结 0/32" in screen
        assert "剩 10 天 · 8 个工作日" in screen

        terminal.press("F4")
        terminal.see("第 1 / 32 项")
        terminal.press("F3")
        terminal.see("写记事")
        terminal.press(NOTE)
        terminal.see(NOTE)
        terminal.press("F2")
        terminal.see("第 1 / 32 项")
        terminal.press("F2")
        terminal.see("办结日期")
        terminal.press("tab", "基层目录已编制并发布。", "F2")
        terminal.see("第 2 / 32 项")
        terminal.press("esc")
        terminal.see("已办结 1/32")

        terminal.press("ctrl+z")
        terminal.see("已办结 0/32")
        terminal.press("ctrl+y")
        terminal.see("已办结 1/32")

        terminal.press("F9")
        terminal.see("导出台账")
        terminal.rest(1.0)
        terminal.press("tab")
        terminal.rest(1.0)
        terminal.press("ctrl+u")
        # An emptied field shows nothing to wait for, and Textual runs a binding after keys of the same burst.
        terminal.rest(2.0)
        terminal.press(str(target), "enter")
        terminal.see("已导出")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0

    entry = next(row for row in _listed(environment)["entries"] if row["number"] == "29")
    assert entry["status"] == "done"
    assert entry["done_on"] == "2026-11-23"
    assert entry["what_was_done"] == "基层目录已编制并发布。"
    assert [note["text"] for note in entry["notes"]] == [NOTE]  # type: ignore[attr-defined]

    sheet = openpyxl.load_workbook(target)["台账"]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    exported = next(row for row in rows if row[0] == "29")
    assert any("基层目录已编制并发布。" in cell and NOTE in cell for cell in exported)
    assert any("已办结" in cell for cell in exported)
    assert "2026-11-23" in exported
    assert sum(1 for row in rows if row[0].isdigit()) == 32


def test_what_is_published_counted_and_timed_reaches_board_and_export(
    environment: dict[str, str], tmp_path: Path
) -> None:
    begin = ["--plan", "liupanshui-2020", "--unit", "登记注册科", "--year", "2026", *TODAY]
    with Terminal([COMMAND, *begin], environment, tmp_path, columns=110) as terminal:
        terminal.see("今天 2026-11-23")
        terminal.press("1")
        terminal.see("每季度不少于 2 条")
        terminal.press("2")
        terminal.see("还没有公开记录")
        terminal.press("+")
        terminal.see("标题")
        terminal.press("个体工商户登记办事指南", "enter")
        terminal.see("个体工商户登记办事指南")
        terminal.press("ctrl+z")
        terminal.see("还没有公开记录")
        terminal.press("ctrl+y")
        terminal.see("个体工商户登记办事指南")
        terminal.press("1")
        terminal.see("缺 1 条")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0

    board = subprocess.run(
        [COMMAND, "--board", "--json", *TODAY], env=environment, capture_output=True, text=True, check=True
    )
    groups = {group["key"]: group["lines"] for group in json.loads(board.stdout)["groups"]}
    assert [line["quota"]["missing"] for line in groups["quotas"] if line["number"] is None] == [1, 9]
    target = tmp_path / "年终台账.xlsx"
    subprocess.run([COMMAND, "--export", str(target), *TODAY], env=environment, check=True, capture_output=True)
    sheet = openpyxl.load_workbook(target)["公开记录"]
    assert "个体工商户登记办事指南" in [cell.value for row in sheet.iter_rows() for cell in row]
