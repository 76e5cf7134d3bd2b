"""Writing a file so that nothing is lost: what is refused, what is kept, and every step failing or being the last."""

import errno
import os
import socket
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db.errors import ExportError
from db.export.writing import Kept, write_safely
from tests.db.export.conftest import AT

# The children do nothing but one export and leave at once.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
OLD, NEW = b"old" * 1000, b"new" * 2000
KEPT = "台账.旧-20261122-090507.xlsx"


def write_new(path: Path) -> None:
    path.write_bytes(NEW)


def is_new(path: Path) -> None:
    assert path.read_bytes() == NEW


def put(target: Path, at: datetime = AT) -> Kept:
    return write_safely(target, write_new, is_new, at)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "台账.xlsx"


@pytest.fixture
def old(target: Path) -> Path:
    target.write_bytes(OLD)
    return target


def names(target: Path) -> list[str]:
    return sorted(os.listdir(target.parent))


def test_a_new_file_is_whole_and_private_and_nothing_stands_beside_it(target: Path) -> None:
    assert put(target) == Kept(target, None)
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(target) == ["台账.xlsx"]


def test_what_stood_there_is_kept_with_the_time_in_its_name(old: Path) -> None:
    assert put(old) == Kept(old, old.with_name(KEPT))
    assert (old.read_bytes(), old.with_name(KEPT).read_bytes()) == (NEW, OLD)
    assert names(old) == sorted(["台账.xlsx", KEPT])


def test_another_kept_file_is_never_replaced(old: Path) -> None:
    kept = [put(old).kept_as for _ in range(3)]
    stem = "台账.旧-20261122-090507"
    assert kept == [old.with_name(f"{stem}{turn}.xlsx") for turn in ("", "-2", "-3")]
    assert [path.read_bytes() for path in kept if path] == [OLD, NEW, NEW]


@pytest.mark.parametrize("name", ["台账", ".xlsx", "a.b.xlsx", "台 账.XLSX", "-rf.csv"])
def test_a_name_of_any_kind_is_kept_by_its_stem_and_suffix(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(OLD)
    kept = put(target).kept_as
    assert kept is not None
    assert kept.name == f"{target.stem}.旧-20261122-090507{target.suffix}"
    assert kept.read_bytes() == OLD


def test_without_hard_links_the_old_file_is_renamed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old.with_name(KEPT).write_bytes(b"another")
    monkeypatch.setattr(os, "link", failing(os.link, errno.EPERM, only=lambda to: not os.path.lexists(to)))
    done = put(old)
    assert done.kept_as == old.with_name("台账.旧-20261122-090507-2.xlsx")
    assert done.kept_as.read_bytes() == OLD
    assert old.with_name(KEPT).read_bytes() == b"another"
    assert old.read_bytes() == NEW


def test_a_link_to_a_file_is_followed(old: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "链接.xlsx"
    link.symlink_to(old)
    assert put(link) == Kept(old, old.with_name(KEPT))
    assert link.is_symlink()
    assert link.read_bytes() == NEW


def make_folder(target: Path) -> None:
    target.mkdir()


def make_pipe(target: Path) -> None:
    os.mkfifo(target)


def make_socket(target: Path) -> None:
    here = os.getcwd()
    os.chdir(target.parent)  # a socket's path may only be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(target.name)
    os.chdir(here)


def link_to_device(target: Path) -> None:
    target.symlink_to("/dev/null")


def link_to_folder(target: Path) -> None:
    target.symlink_to(target.parent)


def link_to_nothing(target: Path) -> None:
    target.symlink_to(target.with_name("没有.xlsx"))


def link_to_itself(target: Path) -> None:
    target.symlink_to(target)


@pytest.mark.parametrize(
    "make", [make_folder, make_pipe, make_socket, link_to_device, link_to_folder, link_to_nothing, link_to_itself]
)
def test_what_is_no_regular_file_is_refused_and_left(target: Path, make: Callable[[Path], None]) -> None:
    make(target)
    before = os.lstat(target)
    with pytest.raises(ExportError, match="无法导出到") as refused:
        put(target)
    assert refused.value.hint
    assert refused.value.exit_code == 3
    assert os.lstat(target).st_ino == before.st_ino
    assert names(target) == ["台账.xlsx"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("没有/台账.xlsx", "文件夹不存在"),
        ("文件/台账.xlsx", "不是文件夹"),
        ("a\0b.xlsx", "不能使用的字符"),
        ("\ud800.xlsx", "不能使用的字符"),
        ("公" * 86 + ".xlsx", "文件名太长"),
    ],
)
def test_a_place_that_cannot_take_a_file_is_refused_with_the_reason(tmp_path: Path, place: str, reason: str) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(ExportError, match=reason):
        put(tmp_path / place)
    assert os.listdir(tmp_path) == ["文件"]


def test_a_name_too_long_to_keep_the_old_file_beside_is_refused(tmp_path: Path) -> None:
    target = tmp_path / ("公" * 83 + ".xlsx")
    target.write_bytes(OLD)
    with pytest.raises(ExportError, match="文件名太长"):
        put(target)
    assert target.read_bytes() == OLD
    assert names(target) == [target.name]


def test_an_escape_in_a_name_does_not_reach_the_message(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as refused:
        put(tmp_path / "没有" / "\x1b]0;x\x07.xlsx")
    assert "\x1b" not in str(refused.value)
    assert "⟨U+001B⟩" in str(refused.value)


def test_a_folder_that_may_not_be_written_is_refused(old: Path) -> None:
    old.parent.chmod(0o555)
    if os.getuid() == 0:  # root may write anywhere, so another user asks; the folders above are opened for it
        for folder in old.parents[1:-1]:
            folder.chmod(stat.S_IMODE(folder.stat().st_mode) | 0o011)
    said = in_child(lambda: put(old), as_user=65534)
    old.parent.chmod(0o755)
    assert "不能写入" in said
    assert names(old) == ["台账.xlsx"]
    assert old.read_bytes() == OLD


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EACCES, "没有写入权限"),
        (errno.EIO, "读写出错"),
        (errno.EROFS, "只读"),
        (errno.EDQUOT, "配额"),
        (errno.ETXTBSY, os.strerror(errno.ETXTBSY)),
    ],
)
def test_a_failed_write_names_the_reason_and_leaves_the_old_file(old: Path, number: int, reason: str) -> None:
    def half(path: Path) -> None:
        path.write_bytes(NEW[:100])
        raise OSError(number, os.strerror(number))

    with pytest.raises(ExportError, match=reason):
        write_safely(old, half, is_new, AT)
    assert names(old) == ["台账.xlsx"]
    assert old.read_bytes() == OLD


def test_a_file_that_does_not_read_back_is_removed(old: Path) -> None:
    def refuse(path: Path) -> None:
        raise ExportError("读回后与台账不符")

    with pytest.raises(ExportError, match="不符"):
        write_safely(old, write_new, refuse, AT)
    assert names(old) == ["台账.xlsx"]
    assert old.read_bytes() == OLD


def test_an_interrupt_while_writing_leaves_no_trace(old: Path) -> None:
    def interrupt(path: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_safely(old, interrupt, is_new, AT)
    assert names(old) == ["台账.xlsx"]


STEPS = ("open", "fsync", "link", "replace")


def failing(whole: Callable[..., Any], number: int, only: Callable[[Any], bool] | None = None) -> Callable[..., Any]:
    """The call, failing with the number where the last argument says so."""

    def call(*arguments: Any, **options: Any) -> Any:
        if only is None or only(arguments[-1]):
            raise OSError(number, os.strerror(number))
        return whole(*arguments, **options)

    return call


class Counted:
    """The calls of one export in their order; at the wanted one `then` happens instead."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, wanted: int, then: Callable[[], None]) -> None:
        self.calls = 0
        for name in STEPS:
            monkeypatch.setattr(os, name, self._counted(getattr(os, name), wanted, then))

    def _counted(self, whole: Callable[..., Any], wanted: int, then: Callable[[], None]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == wanted:
                then()
            return whole(*arguments, **options)

        return call


def steps_of_an_export(tmp_path: Path) -> int:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(OLD)
    with pytest.MonkeyPatch.context() as patch:
        counted = Counted(patch, 0, lambda: None)
        put(target)
    return counted.calls


def each_step(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Each system call of an export that changes something, each time with a fresh old file."""
    (tmp_path / "0").mkdir()
    steps = steps_of_an_export(tmp_path / "0")
    assert steps >= 9
    for step in range(1, steps + 1):
        folder = tmp_path / str(step)
        folder.mkdir()
        target = folder / "台账.xlsx"
        target.write_bytes(OLD)
        yield step, target


@pytest.mark.parametrize("links", [True, False])
def test_whichever_step_fails_the_old_file_stands_at_its_name_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", failing(os.link, errno.EOPNOTSUPP))

    def fail() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    for _, target in each_step(tmp_path):
        step = int(target.parent.name)
        with pytest.MonkeyPatch.context() as patch:
            Counted(patch, step, fail)
            with pytest.raises(ExportError, match="读写出错"):
                put(target)
        assert names(target) == ["台账.xlsx"], f"step {step}"
        assert target.read_bytes() == OLD, f"step {step}"


@pytest.mark.parametrize("links", [True, False])
def test_whichever_step_is_interrupted_the_old_file_stands_at_its_name_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", failing(os.link, errno.EOPNOTSUPP))

    def interrupt() -> None:
        raise KeyboardInterrupt

    for step, target in each_step(tmp_path):
        with pytest.MonkeyPatch.context() as patch:
            Counted(patch, step, interrupt)
            with pytest.raises(KeyboardInterrupt):
                put(target)
        assert names(target) == ["台账.xlsx"], f"step {step}"
        assert target.read_bytes() == OLD, f"step {step}"


def test_whichever_step_fails_a_new_name_stays_free(tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for step, target in each_step(tmp_path):
        target.unlink()
        with pytest.MonkeyPatch.context() as patch:
            counted = Counted(patch, step, fail)
            try:
                put(target)
            except ExportError:
                assert names(target) == [], f"step {step}"
            else:  # without an old file there are fewer steps
                assert counted.calls < step


@pytest.mark.parametrize("links", [True, False])
def test_killed_before_any_step_the_old_file_is_whole_under_one_of_its_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", failing(os.link, errno.EOPNOTSUPP))
    for step, target in each_step(tmp_path):

        def last(target: Path = target, step: int = step) -> None:
            with pytest.MonkeyPatch.context() as patch:
                Counted(patch, step, lambda: os._exit(9))
                put(target)

        assert in_child(last) == "9", f"step {step}"
        found = {path.name: path.read_bytes() for path in target.parent.iterdir() if not path.name.startswith(".")}
        assert OLD in (found.get("台账.xlsx"), found.get(KEPT)), f"step {step}"
        assert found.get("台账.xlsx") in (OLD, NEW, None), f"step {step}"


def in_child(run: Callable[[], object], as_user: int | None = None) -> str:
    """What a forked process says: the error's text, or its exit code."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if as_user is not None and os.getuid() == 0:
                os.setuid(as_user)
            run()
        except ExportError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        text = said.read().decode()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return text or str(code)
