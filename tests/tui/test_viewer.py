"""The system's viewer: started only where there is one and a display, never for what may be a program."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import MendableError
from tests.tui.attaching import a_file
from tui import viewer
from tui.viewer import is_document, open_address, open_document, opener

# fmt: off
PROGRAMS = (
    ".exe", ".bat", ".cmd", ".com", ".msi", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta",
    ".scr", ".pif", ".cpl", ".jar", ".sh", ".bash", ".py", ".pyw", ".rb", ".pl", ".run", ".appimage",
    ".desktop", ".lnk", ".url", ".reg", ".inf", ".app", ".command", ".tool", ".action", ".workflow", ".dmg",
    ".iso", ".deb", ".rpm", ".apk", ".chm", ".gadget", ".msc", ".mst", ".scf", ".settingcontent-ms",
    ".library-ms", ".search-ms", ".html", ".htm", ".mht", ".svg", ".docm", ".xlsm", ".pptm", ".xll", ".so",
    ".dll", ".split",
)
# fmt: on


@pytest.mark.parametrize("suffix", PROGRAMS)
def test_what_may_be_a_program_is_no_document(suffix: str) -> None:
    assert not is_document(f"通知{suffix}")
    assert not is_document(f"通知.pdf{suffix.upper()}")


@pytest.mark.parametrize("name", ["通知", "通知.", ".pdf", "通知.pdf ", "通知.pdf.", "a.unknown", ""])
def test_what_has_no_suffix_or_an_unknown_one_is_no_document(name: str) -> None:
    assert not is_document(name)


@pytest.mark.parametrize("name", ["通知.pdf", "通知.PDF", "公文.ofd", "表.xlsx", "截图.jpg", "录像.mp4", "打包.zip"])
def test_what_an_office_keeps_is_a_document(name: str) -> None:
    assert is_document(name)


def tool(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


@pytest.mark.parametrize(
    ("platform", "environ", "command"),
    [
        ("linux", {}, None),
        ("linux", {"DISPLAY": ""}, None),
        ("linux", {"DISPLAY": ":0"}, "xdg-open"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "xdg-open"),
        ("darwin", {}, "open"),
        ("win32", {}, ""),
    ],
)
def test_the_opener_of_each_system(tmp_path: Path, platform: str, environ: dict[str, str], command: str | None) -> None:
    for name in ("xdg-open", "open"):
        tool(tmp_path, name, "exit 0")
    found = opener({**environ, "PATH": str(tmp_path)}, platform)
    assert found == (str(tmp_path / command) if command else command)


def test_without_the_command_there_is_no_opener_even_with_a_display(tmp_path: Path) -> None:
    assert opener({"DISPLAY": ":0", "PATH": str(tmp_path)}, "linux") is None


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A desktop whose opener runs a script that keeps its arguments in a file."""

    def made(script: str) -> Path:
        told = tmp_path / "told"
        tool(tmp_path, "xdg-open", f'printf "%s\\n" "$#" "$@" > "{told}"\n{script}')
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setenv("DISPLAY", ":7")
        monkeypatch.setattr(sys, "platform", "linux")
        return told

    return made


def test_a_document_is_handed_over_by_its_path_whatever_its_name_says(
    desktop: Callable[[str], Path], tmp_path: Path
) -> None:
    told = desktop("exit 0")
    path = a_file(tmp_path, "$(touch 坏) ; `rm` 'x'.pdf")
    open_document(path)
    assert told.read_text(encoding="utf-8").splitlines() == ["1", str(path)]
    assert not (tmp_path / "坏").exists()


def test_an_opener_that_knows_no_program_is_said(desktop: Callable[[str], Path], tmp_path: Path) -> None:
    desktop("exit 3")
    with pytest.raises(MendableError, match="没有能打开它的程序"):
        open_document(a_file(tmp_path, "通知.pdf"))


def test_a_viewer_that_stays_open_is_not_waited_for(
    desktop: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = desktop("sleep 2")
    monkeypatch.setattr(viewer, "_FAILS_WITHIN", 0.3)
    open_document(a_file(tmp_path, "通知.pdf"))
    assert told.exists()


def test_a_program_is_not_handed_over(desktop: Callable[[str], Path], tmp_path: Path) -> None:
    told = desktop("exit 0")
    path = a_file(tmp_path, "通知.desktop")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(MendableError, match="可能是程序"):
        open_document(path)
    assert not told.exists()


def test_without_a_display_nothing_is_started(
    desktop: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = desktop("exit 0")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(MendableError, match="没有图形界面"):
        open_document(a_file(tmp_path, "通知.pdf"))
    assert not told.exists()


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "ftp://a", "-h", "", "https//a", "https://a\n-x", " https://a"],
)
def test_only_web_addresses_are_handed_over(desktop: Callable[[str], Path], address: str) -> None:
    told = desktop("exit 0")
    with pytest.raises(MendableError, match="只打开"):
        open_address(address)
    assert not told.exists()


def test_a_web_address_is_handed_over_as_it_is(desktop: Callable[[str], Path]) -> None:
    told = desktop("exit 0")
    open_address("HTTPS://example.gov.cn/a?b=$(c)&d='e'")
    assert told.read_text(encoding="utf-8").splitlines() == ["1", "HTTPS://example.gov.cn/a?b=$(c)&d='e'"]
