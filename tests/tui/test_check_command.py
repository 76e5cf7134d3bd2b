"""taizhang --check as it is typed: one line when all is well, each problem and exit code 4 when not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from db.care.checkup import Checkup
from db.file import open_file
from db.reads.check import Checked
from db.rules.findings import Finding, damage, remark, warning
from tests.db.store.samples import Paper, attached
from tests.db.test_file import print_of
from tests.tui.test_command_line import ROOT, db, taizhang
from tests.world import LEDGER, NOW, World, planted, rows, tamper
from tui.check_listing import check_text

__all__ = ["db", "planted"]


WRONG: Finding = damage("work", "甲")
OLD: Finding = warning("backups", "备份旧了", "请备份。")


@pytest.fixture
def kept(db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with two papers attached in it, a moment ago: no backup is asked for on the first day."""
    monkeypatch.setattr("tests.db.store.samples.NOW", datetime.now().astimezone())
    file = open_file(db, NOW, write=True)
    try:
        world = World(db, file, LEDGER)
        attached(world, Paper("照片.jpg", b"x" * 3000), Paper("截图.png", b"y" * 100), entry=world.ours(1)[0])
    finally:
        file.close()
    return db


@pytest.fixture
def screen(kept: Path) -> Iterator[Path]:
    """The same while another window has it open."""
    file = open_file(kept, NOW, write=True)
    assert not file.read_only
    yield kept
    file.close()


def test_a_whole_file_is_one_line_and_nothing_else(kept: Path) -> None:
    before = print_of(kept)
    names = sorted(os.listdir(kept.parent))
    done = taizhang("--db", kept, "--check")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"完好：{kept}（佐证 2 份，共 3 KB，已逐字节核对）\n"
    assert print_of(kept) == before
    assert sorted(os.listdir(kept.parent)) == names


def test_without_evidence_it_says_so(db: Path) -> None:
    done = taizhang("--db", db, "--check")
    assert (done.code, done.err, done.out) == (0, "", f"完好：{db}（没有佐证文件）\n")


def test_the_same_as_json(kept: Path) -> None:
    done = taizhang("--db", kept, "--check", "--json")
    assert (done.code, done.err) == (0, "")
    head = done.json.pop("head") if (shape := done.json) else None
    assert head == f"{len(rows(kept, 'history')):06d}-{rows(kept, 'history')[-1]['hash'][:16]}"
    assert {name: shape[name] for name in shape if name != "head"} == {
        "file": str(kept),
        "path": str(kept),
        "verdict": "ok",
        "findings": [],
        "intact": True,
        "files": 2,
        "bytes": 3100,
        "unread": 0,
        "problems": [],
        "remarks": [],
    }


def test_each_problem_stands_on_standard_output_and_the_code_is_4(kept: Path) -> None:
    tamper(kept, "UPDATE piece SET bytes = zeroblob(3000) WHERE length(bytes) = 3000")
    tamper(kept, "UPDATE ledger SET officer = '乙'")
    done = taizhang("--db", kept, "--check")
    assert done.code == 4
    head, *problems = done.out.splitlines()
    assert head.startswith(f"有 2 处问题：{kept}")
    assert len(problems) == 2
    assert "经办人" in problems[0]
    assert "照片.jpg" in problems[1]
    assert "截图.png" not in done.out
    assert done.err.startswith("taizhang：台账文件有 2 处问题")
    assert "备份" in done.err
    as_json = taizhang("--db", kept, "--check", "--json")
    assert as_json.code == 4
    assert as_json.json["intact"] is False
    assert [words.strip() for words in problems] == as_json.json["problems"]


def test_what_to_look_after_is_listed_with_what_to_do_and_the_code_is_3(kept: Path) -> None:
    kept.chmod(0o640)
    done = taizhang("--db", kept, "--check")
    assert done.code == 3
    head, line = done.out.splitlines()
    assert head.startswith(f"完好，有 1 处提醒：{kept}")
    assert line.startswith("  提醒：台账文件别人也能读写（权限 640）")
    assert done.err.startswith("taizhang：台账完好，有 1 处提醒")
    as_json = taizhang("--db", kept, "--check", "--json")
    (finding,) = as_json.json["findings"]
    assert (as_json.code, as_json.json["verdict"], as_json.json["intact"]) == (3, "warnings", True)
    assert (finding["level"], finding["area"], finding["mendable"]) == ("warning", "file", True)
    assert "--mend" in finding["hint"]


def test_mending_says_what_was_done_and_what_is_left(kept: Path) -> None:
    tamper(kept, "UPDATE ledger SET officer = '乙'")
    kept.chmod(0o640)
    done = taizhang("--db", kept, "--check", "--mend")
    assert (done.code, done.err) == (0, "")
    first, copy, *lines, last = done.out.splitlines()
    assert first == "修复："
    assert "整份另存为" in copy
    assert "换下" in copy
    assert ["仅本人可读写" in lines[0], "台账（ledger:1）已按办理流水" in lines[1], len(lines)] == [True, True, 2]
    assert last.startswith("完好：")
    tamper(kept, "INSERT INTO note (entry_id, at, text) SELECT id, '2021-11-22T09:30:00+08:00', 'x' FROM entry LIMIT 1")
    again = taizhang("--db", kept, "--check", "--mend", "--json")
    assert again.code == 4
    assert (again.json["verdict"], again.json["done"]) == ("damage", [])
    assert taizhang("--db", kept, "--mend").failed(2, "--check --mend")


def test_where_only_evidence_is_damaged_the_way_out_is_to_attach_it_again(kept: Path) -> None:
    tamper(kept, "UPDATE piece SET bytes = zeroblob(3000) WHERE length(bytes) = 3000")
    done = taizhang("--db", kept, "--check")
    assert done.code == 4
    assert "再附一次" in done.err
    assert "不要继续使用" not in done.err


def test_a_date_that_is_not_what_the_clerk_wrote_is_told_with_both_values(kept: Path) -> None:
    tamper(kept, "UPDATE evidence SET name = '照处.jpg' WHERE name = '照片.jpg'")
    done = taizhang("--db", kept, "--check")
    assert done.code == 4
    assert "名称：台账里是「照处.jpg」，办理流水最后记的是「照片.jpg」" in done.out
    assert "备份" in done.err


def damage_a_page(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(path.stat().st_size // 2 // 4096 * 4096)
        stream.write(b"\xa5" * 4096)


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 8192 * 4096)


@pytest.mark.parametrize("damage", [damage_a_page, halve, lambda path: tamper(path, "DROP TABLE draft")])
def test_a_file_too_damaged_to_be_opened_is_told_in_the_same_way(damage: object, kept: Path) -> None:
    assert callable(damage)
    damage(kept)
    done = taizhang("--db", kept, "--check")
    assert done.code == 4
    assert len(done.out.splitlines()) >= 2
    assert done.err.startswith("taizhang：")
    assert "Traceback" not in done.err
    assert "没有佐证" not in done.out
    as_json = taizhang("--db", kept, "--check", "--json")
    assert (as_json.code, as_json.json["intact"]) == (4, False)
    assert as_json.json["problems"]


def test_a_damaged_file_is_4_even_when_nobody_reads_on(kept: Path) -> None:
    tamper(kept, "INSERT INTO note (entry_id, at, text) VALUES (9999, 'x', 'x')")
    command = [sys.executable, "-m", "tui", "--db", kept, "--check"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert process.stderr is not None
    with closing(process.stdout), closing(process.stderr):
        process.stdout.close()
        err = process.stderr.read().decode()
        assert process.wait(60) == 4
    assert "Traceback" not in err


def test_it_works_beside_an_open_screen(screen: Path) -> None:
    done = taizhang("--db", screen, "--check")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("完好")


def test_a_file_that_is_not_there_is_not_made(own_home: Path, tmp_path: Path) -> None:
    taizhang("--check").failed(3, "找不到台账文件")
    taizhang("--db", tmp_path / "x.db", "--check").failed(3, "找不到台账文件")
    assert list(own_home.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("--check", "--list"),
        ("--check", "--export", "x.json"),
        ("--check", "--board"),
        ("--check", "--plans"),
        ("--check", "--new"),
        ("--check", "--plan", "jiangmen-2021", "--unit", "执法监督科"),
        ("--check", "--plan", "jiangmen-2021"),
        ("--check", "all"),
    ],
)
def test_it_stands_alone(words: tuple[str, ...], db: Path) -> None:
    taizhang("--db", db, *words).failed(2)


def test_no_name_of_a_file_sends_a_control_character_to_the_terminal(kept: Path) -> None:
    tamper(kept, "UPDATE evidence SET name = 'a\x1b[31m' || char(8238) || char(10) || 'b' WHERE name = '照片.jpg'")
    tamper(kept, "UPDATE piece SET bytes = zeroblob(3000) WHERE length(bytes) = 3000")
    for words in ((), ("--json",)):
        done = taizhang("--db", kept, "--check", *words)
        assert done.code == 4
        assert not {sign for sign in done.out if (ord(sign) < 32 and sign != "\n") or sign in "\x7f\u202e"}
    assert len(taizhang("--db", kept, "--check").out.splitlines()) == 3


@pytest.mark.parametrize(
    ("checked", "lines"),
    [
        (Checked(0, 0, ()), ["完好：/x（没有佐证文件）"]),
        (
            Checked(1, 1 << 20, (remark("evidence", "其中 1 份"),)),
            ["完好：/x（佐证 1 份，共 1 MB，已逐字节核对；其中 1 份）"],
        ),
        (Checked(0, 0, (WRONG,), unread=None), ["有 1 处问题：/x（佐证没有核对）", "  甲"]),
        (Checked(0, 0, (WRONG,), unread=2), ["有 1 处问题：/x（佐证 2 份都读不全，没有核对）", "  甲"]),
        (
            Checked(1, 3, (WRONG,), unread=2),
            ["有 1 处问题：/x（佐证 1 份，共 3 字节，已逐字节核对；另有 2 份读不全，没有核对）", "  甲"],
        ),
        (Checked(0, 0, (WRONG,)), ["有 1 处问题：/x（没有佐证文件）", "  甲"]),
        (
            Checked(0, 0, (damage("work", "甲\n乙"), damage("work", "丙"))),
            ["有 2 处问题：/x（没有佐证文件）", "  甲 乙", "  丙"],
        ),
        (
            Checked(0, 0, (OLD,)),
            ["完好，有 1 处提醒：/x（没有佐证文件）", "  提醒：备份旧了。请备份。"],
        ),
        (
            Checked(0, 0, (WRONG, OLD)),
            ["有 1 处问题：/x（没有佐证文件）", "  甲", "  提醒：备份旧了。请备份。"],
        ),
    ],
)
def test_the_lines_of_a_check(checked: Checked, lines: list[str]) -> None:
    assert check_text(Checkup(Path("/x"), None, checked, checked.findings)).splitlines() == lines
