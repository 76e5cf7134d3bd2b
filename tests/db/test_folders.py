"""What lies in a folder: everything visible, the folders first, the newest file at the top, nothing opened."""

import os
from pathlib import Path

import pytest

from db.intake import folders
from db.intake.folders import list_folder, nearest_folder
from tests.db.test_file import as_nobody

SECOND = 1_000_000_000


def made(path: Path, seconds: int = 0, content: bytes = b"x") -> Path:
    path.write_bytes(content)
    os.utime(path, ns=(0, seconds * SECOND))
    return path


def names(path: Path) -> list[str]:
    return [line.name for line in list_folder(path).lines]


def test_folders_stand_by_name_and_then_the_files_newest_first(tmp_path: Path) -> None:
    for name in ("乙", "Beta", "alpha", "甲"):
        (tmp_path / name).mkdir()
    made(tmp_path / "old.pdf", 1)
    made(tmp_path / "new.pdf", 1000)
    made(tmp_path / "b.pdf", 500)
    made(tmp_path / "a.pdf", 500)
    assert names(tmp_path) == ["alpha", "Beta", "乙", "甲", "new.pdf", "a.pdf", "b.pdf", "old.pdf"]


def test_what_is_hidden_is_left_out_and_an_empty_folder_is_no_refusal(tmp_path: Path) -> None:
    made(tmp_path / ".secret")
    (tmp_path / ".config").mkdir()
    found = list_folder(tmp_path)
    assert (found.path, found.lines, found.refused, found.more) == (tmp_path, (), "", False)


def test_a_line_says_size_and_time_and_whether_it_fits(tmp_path: Path) -> None:
    made(tmp_path / "x.pdf", 1_637_544_600, b"x" * 1234)
    (line,) = list_folder(tmp_path).lines
    assert (line.name, line.path, line.is_folder, line.size, line.fits) == (
        *("x.pdf", tmp_path / "x.pdf", False),
        *(1234, True),
    )
    assert line.modified is not None
    assert line.modified.isoformat() == "2021-11-22T09:30:00+08:00"


def test_what_cannot_be_attached_is_shown_as_not_fitting_and_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "empty").touch()
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    made(tmp_path / "file")
    (tmp_path / "to file").symlink_to("file")
    (tmp_path / "to folder").symlink_to("folder")

    def opening(*_: object, **__: object) -> int:
        raise AssertionError("something was opened")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", opening)
        patch.setattr("builtins.open", opening)
        found = list_folder(tmp_path)
    assert {line.name: (line.is_folder, line.fits) for line in found.lines} == {
        "pipe": (False, False),
        "dangling": (False, False),
        "empty": (False, False),
        "device": (False, False),
        "folder": (True, True),
        "file": (False, True),
        "to file": (False, True),
        "to folder": (True, True),
    }


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("照片.jpg".encode(), "照片.jpg"),
        ("照片.jpg".encode("gb18030"), "照片.jpg"),
        (b"\xff.jpg", "�.jpg"),
        (b"a\nb\x1b", "a\nb\x1b"),
    ],
)
def test_a_name_is_text_whatever_its_bytes_and_the_path_is_the_file_s(raw: bytes, shown: str, tmp_path: Path) -> None:
    path = made(Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw)))
    (line,) = list_folder(tmp_path).lines
    assert line.name == shown
    assert line.path == path
    assert line.path.read_bytes() == b"x"


@pytest.mark.parametrize(("count", "shown", "more"), [(9, 9, False), (10, 10, False), (11, 10, True), (25, 10, True)])
def test_more_files_than_fit_are_cut_off_at_the_oldest_and_that_is_said(
    count: int, shown: int, more: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOST_LINES", 10)
    for number in range(count):
        made(tmp_path / f"{number}", number)
    found = list_folder(tmp_path)
    assert [line.name for line in found.lines] == [str(number) for number in reversed(range(count))][:shown]
    assert found.more == more


def test_a_folder_of_a_million_is_not_looked_at_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_LINES", 3)
    monkeypatch.setattr(folders, "_MOST_SEEN", 5)
    for number in range(20):
        made(tmp_path / f"{number}")
    found = list_folder(tmp_path)
    assert len(found.lines) == 3
    assert found.more


@pytest.mark.parametrize(
    ("name", "words"),
    [("missing", "不存在"), ("file", "不是文件夹"), ("file/x", "不"), ("loop", "链接互相指向"), ("a\0b", "不能使用")],
)
def test_what_cannot_be_listed_is_said_and_raises_nothing(name: str, words: str, tmp_path: Path) -> None:
    made(tmp_path / "file")
    (tmp_path / "loop").symlink_to("loop")
    found = list_folder(tmp_path / name)
    assert found.lines == ()
    assert words in found.refused


def test_a_folder_that_may_not_be_entered_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    closed = folder / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0o000)

    def work() -> None:
        assert "没有权限" in list_folder(closed).refused

    try:
        as_nobody(folder, work)
    finally:
        closed.chmod(0o700)


def test_a_folder_behind_a_link_is_told_by_its_real_path(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert list_folder(tmp_path / "link").path == tmp_path / "real"


# Where the picker begins


def test_the_remembered_folder_or_the_nearest_above_it(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    made(tmp_path / "a" / "x.pdf")
    for asked, found in (("a/b", "a/b"), ("a/b/c/d", "a/b"), ("a/x.pdf", "a"), ("a/x.pdf/y", "a"), ("a/\0", "a")):
        assert nearest_folder(tmp_path / asked) == tmp_path / found


def test_without_any_it_is_the_clerk_s_home(own_home: Path) -> None:
    for asked in (None, Path("/没有/这里"), Path("relative"), Path("~/x")):
        assert nearest_folder(asked) == own_home
    assert nearest_folder(Path("/")) == Path("/")


def test_without_a_home_it_is_the_root(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(own_home / "gone"))
    assert nearest_folder(None) == Path("/")
