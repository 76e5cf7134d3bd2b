"""The command as a clerk types it: a process of its own, a fresh home, its exit code and what stands on its outputs.

Most are children of a process that has loaded the libraries; the first run, the exports and what locale and encoding do
are started from nothing.
"""

import csv
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from db.file import make_file, open_file
from tests.starter import started
from tests.world import LEDGER, NOW, PLAN, UNIT, copied, planted, rows, tamper

__all__ = ["planted"]

ROOT = Path(__file__).parents[2]
THIS = ("--plan", PLAN, "--unit", UNIT)
TODAY = ("--today", "2021-11-22")


class Ran:
    """What a run of the command left."""

    def __init__(self, done: "subprocess.CompletedProcess[bytes]") -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def failed(self, code: int, *words: str) -> "Ran":
        """It ended so, with a message of the program and not with a traceback, and wrote no result."""
        assert (self.code, self.out) == (code, ""), self.err
        assert self.err.startswith("taizhang："), self.err
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err
        return self


def taizhang(*words: object) -> Ran:
    """Run as a child of tests/starter.py."""
    return Ran(started("-m", "tui", *map(str, words)))


def taizhang_from_nothing(*words: object, **environment: str) -> Ran:
    """Run by an interpreter of its own."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **environment}
    command = [sys.executable, "-m", "tui", *map(str, words)]
    return Ran(
        subprocess.run(command, capture_output=True, timeout=60, env=environ, cwd=ROOT, stdin=subprocess.DEVNULL)
    )


@pytest.fixture
def db(planted: Path, tmp_path: Path) -> Path:
    """A ledger file of the clerk's, with one ledger in it."""
    return copied(planted, tmp_path / "我的 台账.db")


@pytest.fixture
def default(planted: Path, own_home: Path) -> Path:
    """The same at the default place, seen before."""
    folder, state = own_home / "xdg_data_home" / "taizhang", own_home / "xdg_state_home" / "taizhang"
    folder.mkdir(parents=True)
    state.mkdir(parents=True)
    (state / "seen").touch()
    return copied(planted, folder / "taizhang.db")


@pytest.fixture
def writer(db: Path) -> Iterator[None]:
    """Another window that has the file open."""
    file = open_file(db, NOW, write=True)
    assert not file.read_only
    yield
    file.close()


# A first run, and the file


def without_head(ledger: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in ledger.items() if name != "head"}


def test_a_first_run_makes_the_file_and_the_ledger_at_the_default_place(own_home: Path) -> None:
    done = taizhang_from_nothing(*THIS, *TODAY, "--officer", "甲", "--list", "--json")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"\d{6}-[0-9a-f]{16}", done.json["ledger"]["head"])
    assert without_head(done.json["ledger"]) == {
        "plan": PLAN,
        "agency": "江门市市场监督管理局",
        "title": "关于印发江门市市场监督管理局2021年政务公开工作要点分工方案的通知",
        "year": 2021,
        "unit": UNIT,
        "officer": "甲",
        "today": "2021-11-22",
    }
    path = own_home / "xdg_data_home" / "taizhang" / "taizhang.db"
    modes = {item.name: stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir()}
    assert modes == {"taizhang.db": 0o600, "taizhang.db.lock": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (own_home / "xdg_state_home" / "taizhang" / "seen").is_file()
    again = taizhang(*TODAY, "--list", "--json")
    assert again.out == done.out


def test_a_ledger_seen_before_and_gone_is_not_made_anew(default: Path) -> None:
    default.unlink()
    for _ in range(2):
        taizhang("--plans").failed(3, str(default), "以前有过", "--new")
        assert list(default.parent.iterdir()) == []
    assert taizhang("--plans", "--new").code == 0
    assert default.is_file()


def test_a_default_place_that_was_there_but_never_marked_is_marked(default: Path, own_home: Path) -> None:
    mark = own_home / "xdg_state_home" / "taizhang" / "seen"
    mark.unlink()
    assert taizhang("--plans").code == 0
    default.unlink()
    taizhang("--plans").failed(3, "以前有过")


def test_a_state_folder_that_cannot_be_made_is_no_obstacle(default: Path, own_home: Path) -> None:
    shutil.rmtree(own_home / "xdg_state_home")
    (own_home / "xdg_state_home").write_text("in the way", encoding="utf-8")
    assert taizhang("--plans").code == 0


def test_another_file_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "新 建" / "台账.db"
    taizhang("--db", path, *THIS, "--list").failed(3, "找不到台账文件", "--new")
    assert not path.parent.exists()
    done = taizhang("--db", path, "--new", *THIS, "--list")
    assert (done.code, done.err) == (0, "")
    assert path.is_file()
    before = path.read_bytes()
    assert taizhang("--db", path, "--new", "--list").code == 0  # there already: it is opened
    assert path.read_bytes() == before


def test_another_file_leaves_no_mark_of_the_default_one(db: Path, own_home: Path) -> None:
    assert taizhang("--db", db, "--plans").code == 0
    assert not (own_home / "xdg_state_home").exists()


@pytest.mark.parametrize("name", ["loop", "~nosuchuser/x.db", "folder", "pipe", "text", "empty", "below/x.db"])
def test_a_file_that_is_no_ledger_is_refused_and_left_as_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for file, content in (("text", "各科室：\n" * 100), ("empty", ""), ("below", "x")):
        (tmp_path / file).write_text(content, encoding="utf-8")
    path = name if name.startswith("~") else tmp_path / name
    taizhang("--db", path, "--new", "--plans").failed(3)
    assert (tmp_path / "text").read_text(encoding="utf-8") == "各科室：\n" * 100
    assert (tmp_path / "empty").stat().st_size == 0
    assert (tmp_path / "below").read_text(encoding="utf-8") == "x"


def test_a_damaged_file_is_exit_4(db: Path) -> None:
    os.truncate(db, db.stat().st_size // 8192 * 4096)
    taizhang("--db", db, "--plans").failed(4, "已损坏", "备份")


def test_a_file_of_a_newer_program_is_exit_3(db: Path) -> None:
    tamper(db, "PRAGMA user_version = 99")
    taizhang("--db", db, "--list").failed(3, "更新版本")


def test_a_path_with_any_character_is_that_path(planted: Path, tmp_path: Path) -> None:
    for name in ("a?mode=memory.db", "100%41#.db", "\udcff.db"):
        path = copied(planted, tmp_path / "x.db").replace(tmp_path / name)
        assert taizhang("--db", path, "--plans").code == 0


def test_a_link_to_the_ledger_is_the_ledger(db: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(db)
    assert taizhang("--db", link, "--list").code == 0
    assert not (tmp_path / "link.db.lock").exists()


# --plans


def test_the_plans_are_listed_with_their_units(db: Path) -> None:
    done = taizhang("--db", db, "--plans")
    assert (done.code, done.err) == (0, "")
    for plan in ("jiangmen-2021", "liupanshui-2020", "jiangmen-culture-2021", "hubei-2022", "jiading-2021"):
        assert plan in done.out
    assert UNIT in done.out


def test_the_plans_as_json_have_every_unit_and_its_tasks(db: Path) -> None:
    found = taizhang("--db", db, "--plans", "--json").json
    assert {plan["plan"]: plan["tasks"] for plan in found} == {
        "jiangmen-2021": 39,
        "liupanshui-2020": 16,
        "jiangmen-culture-2021": 33,
        "hubei-2022": 28,
        "jiading-2021": 32,
    }
    for plan in found:
        assert set(plan) >= {"plan", "agency", "title", "document_number", "year", "issued_on", "tasks", "units"}
        assert all(set(unit) >= {"name", "kind", "tasks", "possible"} for unit in plan["units"])


# --list


def test_the_list_shows_number_limit_countdown_status_and_the_figures(db: Path) -> None:
    done = taizhang("--db", db, *TODAY, "--list")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    for word in ("江门市市场监督管理局", UNIT, "2021-11-22"):
        assert word in lines[0]
    found = taizhang("--db", db, *TODAY, "--list", "--json").json
    assert len(found["entries"]) == found["summary"]["total"]
    assert len(lines) >= len(found["entries"]) + 2
    assert f"共 {found['summary']['total']} 项" in lines[-1]
    assert "剩 11 天 · 9 个工作日" in done.out
    assert "未开始" in done.out


def test_the_list_says_that_the_plan_is_another_years_and_what_waits(db: Path) -> None:
    done = taizhang("--db", db, *THIS, "--year", 2026, "--today", "2026-11-22", "--list")
    assert done.out.splitlines()[1] == "2021 年的通知，按 2026 年办理：各项日期已换算，2 项待核对。"
    assert "年办理" not in taizhang("--db", db, *THIS, *TODAY, "--list").out


def test_the_list_ends_with_the_clocks_and_reports_that_are_open(db: Path) -> None:
    tamper(db, "DELETE FROM clock")
    sql = (
        "INSERT INTO clock (ledger_id, subject, source, article, days, day_kind, direction, bound, [trigger], action,"
        " quote, start_day, pauses, extensions, closed_on) VALUES (1, ?, 'statute', '第三十三条', 20, 'workday',"
        " 'after', 'max', '收到申请', '答复', '20个工作日内答复', '2021-11-15', '[]', '[]', ?)"
    )
    tamper(db, sql, "甲的申请", None)
    tamper(db, sql, "乙的申请", "2021-11-19")
    lines = taizhang("--db", db, *TODAY, "--list").out.splitlines()
    clocks = [line for line in lines if line.startswith("计时")]
    assert [line.split() for line in clocks] == [
        ["计时", "甲的申请：答复", "2021-12-13", "剩", "21", "天", "·", "15", "个工作日"]
    ]
    reports = [line for line in lines if line.startswith("报送")]
    assert [line.split()[:4] for line in reports] == [["报送", "本年度政务公开工作总结情况", "办公室", "2021-12-06"]]
    assert lines[-3:] == [*clocks, *reports, lines[-1]]
    tamper(
        db,
        "INSERT INTO report_state (ledger_id, what, source, handed_in_on) VALUES (1, ?, 'notice', '2021-11-20')",
        "本年度政务公开工作总结情况",
    )
    assert not [line for line in taizhang("--db", db, *TODAY, "--list").out.splitlines() if line.startswith("报送")]


def test_the_list_as_json_is_the_export_as_json(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.json"
    listed = taizhang("--db", db, *TODAY, "--list", "--json")
    exported = taizhang("--db", db, *TODAY, "--export", target)
    assert (listed.code, exported.code) == (0, 0)
    assert json.loads(target.read_text(encoding="utf-8")) == listed.json


def test_today_decides_the_countdowns_and_nothing_else(db: Path) -> None:
    early, late = (
        taizhang("--db", db, "--today", day, "--list", "--json").json for day in ("2021-11-22", "2021-12-04")
    )
    assert early["summary"]["overdue"] < late["summary"]["overdue"]
    for found in (early, late):
        del found["summary"], found["ledger"]["today"]
        for counted in (*found["entries"], *found["reports"]):
            del counted["countdown"]
        for entry in found["entries"]:
            for occurrence in entry["occurrences"]:
                del occurrence["state"]
    assert early == late


def test_without_today_it_is_the_day_in_china(db: Path) -> None:
    # A zone thirteen hours behind and one six hours ahead of China's: the day is China's in both.
    days = {
        taizhang_from_nothing("--db", db, "--list", "--json", TZ=zone).json["ledger"]["today"]
        for zone in ("UTC+5", "UTC-14")
    }
    now = datetime.now(NOW.tzinfo).date().isoformat()
    assert days <= {now} or max(days) == now


def test_an_old_notice_is_the_plan_of_the_present_year(db: Path) -> None:
    found = taizhang("--db", db, *THIS, "--year", 2026, "--today", "2026-11-22", "--list", "--json").json
    assert found["ledger"]["year"] == 2026
    assert {entry["deadline"]["due"] for entry in found["entries"] if entry["deadline"]["source"] == "notice"} == {
        "2026-12-03"
    }
    assert {row["year"] for row in rows(db, "ledger")} == {2021, 2026}


def test_the_whole_bureau_sees_every_task_without_a_role(db: Path) -> None:
    found = taizhang("--db", db, "--plan", "hubei-2022", "--unit", "全局", "--list", "--json").json
    assert len(found["entries"]) == found["summary"]["total"] == 28
    assert {(entry["role"], entry["applicability"]) for entry in found["entries"]} == {(None, "ours")}


def test_an_unknown_unit_names_the_nearest_and_makes_nothing(db: Path) -> None:
    before = db.read_bytes()
    taizhang("--db", db, "--plan", PLAN, "--unit", "执法科", "--list").failed(3, "执法监督科", "--kind")
    taizhang("--db", db, "--plan", "jiangmen-2022", "--unit", UNIT, "--list").failed(3, "jiangmen-2021", "--plans")
    assert db.read_bytes() == before


def test_a_unit_that_the_notice_does_not_name_joins_with_its_kind(db: Path) -> None:
    words = ("--db", db, "--plan", PLAN, "--unit", "新闻宣传科")
    found = taizhang(*words, "--kind", "科室", "--list", "--json").json
    assert {entry["through"] for entry in found["entries"] if entry["applicability"] == "ours"} == {"group"}
    assert taizhang(*words, "--list", "--json").json == found  # known from now on
    assert "新闻宣传科" in taizhang("--db", db, "--plans").out
    taizhang(*words, "--kind", "中心", "--list").failed(3, "类别是“科室”")


def test_several_ledgers_and_none_opened_yet_are_named(db: Path) -> None:
    assert taizhang("--db", db, *THIS, "--year", 2026, "--list").code == 0
    done = taizhang("--db", db, "--list").failed(3, "几本台账")
    for year in (2021, 2026):
        assert f"--plan {PLAN} --unit {UNIT} --year {year}" in done.err


def test_without_a_ledger_the_clerk_is_told_how_to_begin(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    taizhang("--db", path, "--new", "--list").failed(3, "还没有台账", "--plans")


def test_another_officer_takes_the_ledger_over(db: Path) -> None:
    assert taizhang("--db", db, *THIS, "--list").code == 0
    assert rows(db, "ledger")[0]["officer"] == "甲"
    found = taizhang("--db", db, *THIS, "--officer", "乙", "--list", "--json").json
    assert found["ledger"]["officer"] == "乙"
    assert rows(db, "history", "verb = 'hand_over'")[0]["ledger_id"] == LEDGER


def test_listing_changes_nothing_in_the_file(db: Path) -> None:
    before = db.read_bytes()
    for words in (("--list",), ("--list", "--json"), ("--plans",), ("--board",), (*THIS, "--list")):
        assert taizhang("--db", db, *words).code == 0
    assert db.read_bytes() == before
    assert {item.name for item in db.parent.iterdir()} == {db.name}


# --board


def test_the_board_says_whose_and_what_day_it_is_and_what_presses(db: Path) -> None:
    done = taizhang("--db", db, "--today", "2021-12-02", "--board")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == f"{UNIT}  2021 年  今天 2021-12-02 星期四 工作日"
    assert any(line.startswith("本周（7 天或 5 个工作日内）（") for line in lines)
    assert any("剩 1 天 · 1 个工作日" in line for line in lines)
    # Nothing is due on that day: that group is not named.
    assert not any(line.startswith("今天到期") for line in lines)


def test_a_board_with_overdue_lines_is_still_exit_0(db: Path) -> None:
    done = taizhang("--db", db, "--today", "2022-03-01", "--board")
    assert (done.code, done.err) == (0, "")
    assert "逾期 88 天" in done.out


def test_the_board_as_json_has_every_group_and_the_ledger_of_the_export(db: Path) -> None:
    found = taizhang("--db", db, *TODAY, "--board", "--json").json
    # A board changes with every day; only what is handed in names the state of the file.
    assert found["ledger"] == without_head(taizhang("--db", db, *TODAY, "--list", "--json").json["ledger"])
    assert found["today"] == "2021-11-22"
    assert [group["key"] for group in found["groups"]] == [
        *("overdue", "due_today", "week", "quotas", "clocks", "reports"),
    ]
    lines = [line for group in found["groups"] for line in group["lines"]]
    assert lines
    assert {tuple(line) for line in lines} == {
        ("kind", "number", "text", "due", "countdown", "quota", "missed"),
    }


def test_a_board_without_a_ledger_is_exit_3(tmp_path: Path) -> None:
    taizhang("--db", tmp_path / "x.db", "--new", "--board").failed(3, "还没有台账", "--plans")
    taizhang("--db", tmp_path / "y.db", "--board").failed(3, "找不到台账文件")


def test_a_board_tells_an_old_notices_dates_in_the_present_year(db: Path) -> None:
    found = taizhang("--db", db, *THIS, "--year", 2026, "--today", "2026-12-03", "--board", "--json").json
    due_today = next(group for group in found["groups"] if group["key"] == "due_today")
    assert {line["due"] for line in due_today["lines"]} == {"2026-12-03"}


# A file that another window holds


@pytest.mark.usefixtures("writer")
def test_a_locked_file_is_listed_and_exported_all_the_same(db: Path, tmp_path: Path) -> None:
    assert taizhang("--db", db, "--list").code == 0
    assert taizhang("--db", db, *THIS, "--list").code == 0
    assert taizhang("--db", db, "--plans").code == 0
    assert taizhang("--db", db, "--board").code == 0
    assert taizhang("--db", db, "--export", tmp_path / "x.csv").code == 0


@pytest.mark.usefixtures("writer")
def test_a_locked_file_takes_no_new_ledger_and_says_who_holds_it(db: Path) -> None:
    before = db.read_bytes()
    for more in (("--year", 2026), ("--officer", "乙")):
        taizhang("--db", db, *THIS, *more, "--list").failed(3, "另一个窗口", f"进程 {os.getpid()}")
    assert db.read_bytes() == before


@pytest.mark.usefixtures("writer")
def test_a_locked_file_with_older_readings_is_listed_as_it_is(db: Path) -> None:
    tamper(db, "UPDATE setting SET value = 'older'")
    assert taizhang("--db", db, "--list").code == 0
    assert rows(db, "setting")[0]["value"] == "older"


def test_older_readings_are_brought_up_by_the_next_run(db: Path) -> None:
    held = rows(db, "setting")[0]["value"]
    tamper(db, "UPDATE setting SET value = 'older'")
    assert taizhang("--db", db, "--list").code == 0
    assert rows(db, "setting")[0]["value"] == held


def test_a_locked_file_without_readings_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    make_file(path)
    file = open_file(path, NOW, write=True)
    try:
        taizhang("--db", path, "--plans").failed(3, "还没有通知", "另一个窗口")
    finally:
        file.close()


# --export


def test_each_form_is_written_and_named(db: Path, tmp_path: Path) -> None:
    number = len(taizhang_from_nothing("--db", db, *TODAY, "--list", "--json").json["entries"])
    for suffix in (".xlsx", ".docx", ".csv", ".md", ".json", ".zip"):
        target = tmp_path / f"年终 台账{suffix}"
        done = taizhang_from_nothing("--db", db, *TODAY, "--export", target)
        assert (done.code, done.err) == (0, "")
        assert f"已导出 {number} 项" in done.out
        assert target.name in done.out
    assert (tmp_path / "年终 台账.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO((tmp_path / "年终 台账.csv").read_text(encoding="utf-8-sig"))))
    assert len(table) > number
    for suffix in (".xlsx", ".docx", ".zip"):
        with ZipFile(tmp_path / f"年终 台账{suffix}") as book:
            assert book.testzip() is None
    assert "执法监督科" in (tmp_path / "年终 台账.md").read_text(encoding="utf-8")


def test_what_stood_at_the_target_is_kept_and_named(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "台账.md"
    target.write_text("去年的", encoding="utf-8")
    done = taizhang("--db", db, "--export", target)
    assert done.code == 0
    (kept,) = tmp_path.glob("台账.旧-*.md")
    assert kept.read_text(encoding="utf-8") == "去年的"
    assert kept.name in done.out


def test_an_export_never_goes_over_the_ledger_itself(db: Path, tmp_path: Path) -> None:
    named = tmp_path / "台账.xlsx"
    db.rename(named)
    before = named.read_bytes()
    linked = tmp_path / "x.xlsx"
    linked.symlink_to(named)
    for target in (named, linked):
        taizhang("--db", named, "--export", target).failed(3, "它就是正在使用的台账文件")
    assert named.read_bytes() == before
    assert not list(tmp_path.glob("*旧*"))


@pytest.mark.parametrize("name", ["x.doc", "x.rar", "x.xls", "x", "台账.", ".xlsx"])
def test_a_form_that_is_not_built_is_exit_2_before_anything_is_made(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    taizhang("--db", path, "--new", *THIS, "--export", tmp_path / name).failed(2, ".xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_cannot_be_written_is_exit_3(db: Path, tmp_path: Path) -> None:
    taizhang("--db", db, "--export", tmp_path / "none" / "x.md").failed(3)
    (tmp_path / "x.md").mkdir()
    taizhang("--db", db, "--export", tmp_path / "x.md").failed(3)


# What is wrong with a command


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lists",), "--lists"),
        (("--li",), "--li"),
        (("list",), "list"),
        (("--list", "--plans"), "一次只能用一个"),
        (("--list", "--export", "x.md"), "一次只能用一个"),
        (("--board", "--list"), "一次只能用一个"),
        (("--board", "--plans"), "一次只能用一个"),
        (("--board", "--export", "x.md"), "一次只能用一个"),
        (("--kind", "科室", "--board"), "--plan"),
        (("--json",), "--list"),
        (("--export", "x.json", "--json"), "--json"),
        (("--plan", PLAN, "--list"), "--unit"),
        (("--unit", UNIT, "--list"), "--plan"),
        (("--year", "2026", "--list"), "--plan"),
        (("--officer", "甲", "--list"), "--plan"),
        (("--officer", "", "--list"), "--plan"),
        (("--kind", "科室", "--list"), "--plan"),
        ((*THIS, "--kind", "处室", "--list"), "所队"),
        ((*THIS, "--year", "26", "--list"), "年度"),
        ((*THIS, "--year", "２０２６", "--list"), "年度"),
        ((*THIS, "--year", "2026.0", "--list"), "年度"),
        (("--list", "--today"), "--today"),
        (("--list", "--today", "2026-02-29"), "2026-02-29"),
        (("--list", "--today", "11-22"), "日期"),
        (("--list", "--today", "今天"), "日期"),
        (("--list", "--today", "2026-11-22T08:00"), "日期"),
        (("--list", "--today", "20261122"), "日期"),
        (("--list", "--today", "2026-W47-7"), "日期"),
        (("--plan", "\udcff", "--unit", UNIT, "--list"), "--plan"),
        (("--plan", PLAN, "--unit", "\udcff", "--list"), "--unit"),
        ((*THIS, "--officer", "甲\udcff", "--list"), "--officer"),
    ],
)
def test_a_command_that_cannot_be_meant_is_exit_2_and_makes_nothing(
    words: tuple[str, ...], told: str, own_home: Path
) -> None:
    taizhang(*words).failed(2, told)
    assert list(own_home.iterdir()) == []


@pytest.mark.parametrize("year", ["1999", "2020", "2042", "9999"])
def test_a_year_that_the_notice_cannot_be_used_for_is_exit_3(year: str, db: Path) -> None:
    before = db.read_bytes()
    taizhang("--db", db, *THIS, "--year", year, "--list").failed(3)
    assert db.read_bytes() == before


def test_the_screen_needs_a_terminal(own_home: Path) -> None:
    for words in ((), THIS):
        taizhang(*words).failed(2, "终端", "--list")
    assert list(own_home.iterdir()) == []


def test_help_and_version_are_printed_and_open_nothing(own_home: Path) -> None:
    done = taizhang("--help")
    assert (done.code, done.err) == (0, "")
    for flag in ("--plan", "--unit", "--year", "--officer", "--kind", "--plans", "--list", "--board"):
        assert flag in done.out
    for flag in ("--json", "--export"):
        assert flag in done.out
    for flag in ("--db", "--new", "--today", "退出码"):
        assert flag in done.out
    done = taizhang("--version")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("taizhang")
    assert list(own_home.iterdir()) == []


# Where the output goes


@pytest.mark.parametrize("environment", [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LANG": ""}])
def test_in_any_locale_the_output_is_utf_8(environment: dict[str, str], db: Path) -> None:
    done = taizhang_from_nothing("--db", db, "--list", **environment)
    assert (done.code, done.err) == (0, "")
    assert UNIT in done.out
    assert "找不到台账文件" in taizhang_from_nothing("--db", db.parent / "没有", "--list", **environment).err


def test_an_encoding_without_chinese_is_told(db: Path) -> None:
    done = taizhang_from_nothing("--db", db, "--list", PYTHONIOENCODING="ascii")
    assert (done.code, done.out) == (3, "")
    # The message in the same poor encoding: escaped, and no traceback.
    assert "UTF-8" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", [("--list", "--json"), ("--plans",)])
def test_a_reader_that_has_seen_enough_is_no_error(words: tuple[str, ...], db: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "--db", db, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), err) == (0, b"")


def test_a_full_disk_behind_the_output_is_told(db: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "--db", db, "--list", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            timeout=60,
        )
    assert done.returncode == 3
    assert done.stderr.decode().startswith("taizhang：结果没有写完")
    assert "Traceback" not in done.stderr.decode()


def test_a_closed_output_is_told(db: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m tui --db "$1" --plans >&-', sys.executable, db],
        stderr=subprocess.PIPE,
        cwd=ROOT,
        timeout=60,
    )
    assert done.returncode == 3
    assert done.stderr.decode().startswith("taizhang：")


def test_what_the_notice_or_the_clerk_wrote_sends_no_control_character_to_the_terminal(db: Path) -> None:
    tamper(db, "UPDATE task SET requirement = 'a\x1b[31m红' || char(8238) || requirement")
    for words in (("--list",), ("--list", "--json"), ("--plans",), ("--board",), ("--board", "--json")):
        out = taizhang("--db", db, *words).out
        assert not {sign for sign in out if (ord(sign) < 32 and sign != "\n") or sign in "\x7f\u202e"}
    taizhang("--db", db.parent / "a\x1b[31m", "--list").failed(3)
    assert "\x1b" not in taizhang("--db", db.parent / "a\x1b[31m", "--list").err
