"""Whatever kind of file a command is given, and whatever lies where the program keeps its own: an answer at once,
nothing waited for, nothing followed, nothing changed."""

import os
import signal
import socket
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from db.file import open_file
from db.lock import holder, lock_path, take_lock
from db.places import crash_log, default_file, drafts_folder, heads_file, local_backups
from db.seen import all_seen
from tests.tui.desks import NOW
from tests.world import copied
from tui.__main__ import main
from tui.cells import safe

PATIENCE: Final = 20
"""Seconds after which something waits for ever, however busy the machine is."""
SECONDS: Final = 1.0
"""Of the processor's time within which there is an answer."""
TEBIBYTE: Final = 1 << 40


def fifo(path: Path) -> None:
    os.mkfifo(path)


def local_socket(path: Path) -> None:
    held = socket.socket(socket.AF_UNIX)
    # A path of more than 107 bytes is none for a socket.
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        held.bind(f"/proc/self/fd/{descriptor}/{path.name}")
    finally:
        os.close(descriptor)
        held.close()


def link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("管道"))
    path.symlink_to(path.with_name("管道"))


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), TEBIBYTE)


KINDS: Final[dict[str, Callable[[Path], Any]]] = {
    "pipe": fifo,
    "local socket": local_socket,
    "folder": Path.mkdir,
    "link to a pipe": link_to_a_pipe,
    "link to nothing": lambda path: path.symlink_to("没有这个文件"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "link to a file of the kernel": lambda path: path.symlink_to("/proc/self/mem"),
    "link to a folder": lambda path: path.symlink_to("/"),
    "empty": lambda path: path.write_bytes(b""),
    "sparse": sparse,
    "text": lambda path: path.write_text("不是这种文件", encoding="utf-8"),
    "another archive": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(60)),
}
NO_FILE: Final = (
    *("pipe", "local socket", "folder", "link to a pipe"),
    *("link to nothing", "link to itself", "link to a device", "link to a folder"),
)
"""Kinds over which nothing can be written; over the others the old one is kept beside."""


@pytest.fixture(autouse=True)
def an_answer_at_once() -> Iterator[None]:
    """Neither waits for ever nor works for long; and the mask of new files is as the clerk's shell had it before."""

    def waits(*_: object) -> NoReturn:
        raise AssertionError("it waits for ever")

    before, mask = signal.signal(signal.SIGALRM, waits), os.umask(0o022)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        os.umask(mask)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "位置"
    made.mkdir()
    return made


def tree(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything below a folder: kind and mode, size, and the first bytes of regular files."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        head = path.read_bytes()[:1000] if stat.S_ISREG(status.st_mode) and status.st_size < TEBIBYTE else b""
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_size, head)
    return found


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["taizhang", *map(str, words)])
    begun = time.process_time()
    try:
        return main()
    except SystemExit as left:
        return int(left.code or 0)
    finally:
        assert time.process_time() - begun < 3 * SECONDS


def said_well(told: pytest.CaptureFixture[str]) -> str:
    said = told.readouterr().err
    assert said.startswith("taizhang：")
    assert safe(said) == said
    return said


READING: Final = {
    "--db": lambda path, ledger, folder: ["--db", path, "--list"],
    "--db for the screen's work": lambda path, ledger, folder: ["--db", path, "--plan", "a", "--unit", "b", "--list"],
    "--check": lambda path, ledger, folder: ["--db", path, "--check"],
    "--import": lambda path, ledger, folder: ["--db", ledger, "--import", path, "--draft", folder / "读稿.toml"],
    "--restore": lambda path, ledger, folder: ["--db", ledger, "--restore", path, "--yes"],
}
SUFFIX: Final = {"--import": ".docx"}


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_such_file_is_refused_at_once_and_left_alone(
    command: str,
    kind: str,
    place: Path,
    planted: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = place / f"给出的{SUFFIX.get(command, '.db')}"
    KINDS[kind](path)
    ledger = copied(planted, place.parent / "台账.db")
    before, whole = tree(place), ledger.read_bytes()
    assert run(monkeypatch, *READING[command](path, ledger, place)) in (2, 3, 4)
    said_well(capsys)
    assert tree(place) == before
    assert ledger.read_bytes() == whole


def test_a_draft_that_is_no_file_is_refused_at_once(
    place: Path, planted: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = copied(planted, place.parent / "台账.db")
    for kind, make in KINDS.items():
        path = place / f"{kind.replace(' ', '')}.toml"
        make(path) if kind != "link to a pipe" else path.symlink_to(place / "pipe.toml")
        assert run(monkeypatch, "--db", ledger, "--import", path) in (2, 3, 4), kind
        said_well(capsys)


WRITING: Final = {
    "--export": (".csv", lambda path, ledger: ["--db", ledger, "--export", path]),
    "--export a package": (".zip", lambda path, ledger: ["--db", ledger, "--export", path]),
    "--backup": (".db", lambda path, ledger: ["--db", ledger, "--backup", path]),
    "--import-template": (".xlsx", lambda path, ledger: ["--import-template", path]),
}


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("kind", NO_FILE)
def test_nothing_is_written_over_what_is_no_file(
    command: str,
    kind: str,
    place: Path,
    planted: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    suffix, words = WRITING[command]
    path = place / f"写出的{suffix}"
    KINDS[kind](path)
    ledger = copied(planted, place.parent / "台账.db")
    before = tree(place)
    assert run(monkeypatch, *words(path, ledger)) == 3
    said_well(capsys)
    assert tree(place) == before


OWN: Final[dict[str, Callable[[Path], Path]]] = {
    "the lock": lock_path,
    "what was seen": lambda ledger: heads_file(),
    "the drafts": lambda ledger: drafts_folder(),
    "the log": lambda ledger: crash_log(),
    "local backups": lambda ledger: local_backups(),
    "backups beside": lambda ledger: ledger.with_name(ledger.name + ".备份"),
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("link to a folder", "folder")])
@pytest.mark.parametrize("what", OWN)
def test_whatever_lies_where_the_program_keeps_its_own_the_ledger_is_listed(
    what: str,
    kind: str,
    place: Path,
    planted: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ledger = copied(planted, place / "台账.db")
    path = OWN[what](ledger)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    KINDS[kind](path)
    assert run(monkeypatch, "--db", ledger, "--list") == 0
    assert "共 " in capsys.readouterr().out
    assert all_seen(heads_file()) == () or what != "what was seen"


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_ledger_whose_lock_is_no_file_is_read_and_not_written(kind: str, place: Path, planted: Path) -> None:
    ledger = copied(planted, place / "台账.db")
    KINDS[kind](lock_path(ledger))
    with pytest.raises(OSError, match=r"."):
        take_lock(ledger, "2026")
    assert holder(ledger) == ""
    file = open_file(ledger, NOW, write=True)
    try:
        assert file.read_only
        assert file.read_only_reason == "台账所在的位置不能写入（台账.db.lock 不是普通文件，请移走它）。"
    finally:
        file.close()


def test_what_a_huge_lock_tells_is_not_read_to_its_end(place: Path) -> None:
    ledger = place / "台账.db"
    sparse(lock_path(ledger))
    assert holder(ledger) == ""


def test_all_that_is_made_is_the_clerks_own_also_where_the_shell_lets_others_read(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """G21: begun with umask 022."""
    start = ["--new", "--plan", "jiangmen-2021", "--unit", "执法监督科"]
    assert run(monkeypatch, *start, "--list") == 0
    for suffix in (".xlsx", ".docx", ".csv", ".md", ".json", ".zip"):
        assert run(monkeypatch, "--export", place / f"台账{suffix}") == 0
    assert run(monkeypatch, "--import-template", place / "样表.xlsx") == 0
    assert run(monkeypatch, "--backup", place / "整份.db") == 0
    notice = place / "通知.txt"
    notice.write_text(_NOTICE, encoding="utf-8")
    notice.chmod(0o600)
    run(monkeypatch, "--import", notice, "--draft", place / "读稿.toml")
    assert (place / "读稿.toml").is_file()
    home = Path(os.environ["HOME"])
    made = [path for folder in (place, home) for path in folder.rglob("*")]
    assert default_file() in made
    open_to_others = [
        f"{stat.S_IMODE(path.stat().st_mode):o} {path.name}" for path in made if path.stat().st_mode & 0o077
    ]
    assert open_to_others == []
    capsys.readouterr()


_NOTICE: Final = """某市市场监督管理局关于印发2026年政务公开工作要点的通知
一、主动公开规划。
1.公开规划纲要。责任单位：办公室。完成时限：6月底前。
2.公开年度报告。责任单位：办公室。完成时限：12月底前。
"""


def test_a_name_that_ends_a_line_or_speaks_to_the_terminal_is_said_safely_on_one_line(
    place: Path, planted: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("甲\n乙.docx", "\x1b]0;PWNED\x07.docx", "\u202e倒.docx", "-rf.docx", "字" * 83 + ".docx"):
        path = place / name
        path.write_bytes(b"")
        assert (
            run(monkeypatch, "--db", copied(planted, place / "台账.db"), "--import", path, "--draft", place / "a.toml")
            == 3
        )
        said = said_well(capsys)
        assert said.count("\n") == 2
        path.unlink()
