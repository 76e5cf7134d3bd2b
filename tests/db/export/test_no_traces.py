"""What leaves the office says nothing of the machine that it was made on: no user, no host, no folder, no clock."""

import getpass
import io
import os
import platform
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest

from db.export.form import PACKAGE, export, forms
from db.export.text_file import write_text_file
from db.intake.draft_file import draft_toml
from db.intake.evidence_source import look
from db.intake.readers.asking import read_document
from db.intake.understanding import understood
from db.reads.evidence import contents
from db.reads.sheet import sheet
from db.store.evidence import attach
from tests.house.tree import ROOT
from tests.world import NOW, TODAY, World, planted, world

__all__ = ["planted", "world"]
MARK: Final = "zq7kx"
"""In every name of this machine."""
SUFFIXES: Final = (*forms, PACKAGE)


@pytest.fixture
def named_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a machine whose user, host, home and folders bear the mark."""
    home = tmp_path / f"家{MARK}"
    home.mkdir()
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME"):
        monkeypatch.setenv(name, f"user{MARK}")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(home))
    host = SimpleNamespace(sysname="Linux", nodename=f"host{MARK}", release="", version="", machine="")
    monkeypatch.setattr(os, "uname", lambda: host)
    monkeypatch.setattr(platform, "node", lambda: f"host{MARK}")
    monkeypatch.setattr(getpass, "getuser", lambda: f"user{MARK}")
    folder = home / f"报送{MARK}"
    folder.mkdir()
    return folder


def worked(world: World, folder: Path) -> None:
    """A file attached from a folder that bears the mark."""
    photo = folder / "现场照片.png"
    photo.write_bytes(b"\x89PNG" + bytes(range(256)) * 40)
    source = look(photo, limit=1 << 20, own=lambda status: False)
    (entry,) = world.ours(1)
    where = {"entry": entry, "publication": None, "caption": "照片", "day": None}
    attach(world.file, world.ledger, [source], **where, today=TODAY, at=NOW)  # type: ignore[arg-type]


def everything(path: Path) -> Iterator[tuple[str, bytes]]:
    """All bytes of a file, of an archive also unpacked, with names, comments and extra fields."""
    yield from _parts(path.name, path.read_bytes())


def _parts(name: str, payload: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, payload
    if payload[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            yield f"{name} comment", archive.comment
            for member in archive.infolist():
                yield f"{name} {member.filename}", member.filename.encode() + member.extra + member.comment
                yield from _parts(f"{name} {member.filename}", archive.read(member))


def traces(path: Path, *words: str) -> list[str]:
    needles = [code for word in words for code in (word.encode(), word.encode("utf-16-le"))]
    return [where for where, content in everything(path) if any(needle in content for needle in needles)]


def of_the_machine(folder: Path) -> tuple[str, ...]:
    return (MARK, str(folder.parents[1]), str(ROOT), sys.prefix, os.sep + "tmp" + os.sep, "\\tmp\\")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_form_tells_of_the_machine(suffix: str, world: World, named_machine: Path) -> None:
    worked(world, named_machine)
    rows = sheet(world.file, world.ledger, TODAY, history=True)
    made = export(rows, named_machine / f"台账{suffix}", NOW, contents=contents(world.file)).path
    assert traces(made, *of_the_machine(named_machine)) == []


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".zip"])
def test_the_times_inside_are_the_exports_and_nobodys_clock(suffix: str, world: World, named_machine: Path) -> None:
    worked(world, named_machine)
    rows = sheet(world.file, world.ledger, TODAY, history=True)
    made = export(rows, named_machine / f"台账{suffix}", NOW, contents=contents(world.file)).path
    of_today = datetime.now().year  # noqa: DTZ005 - the clock that must not be seen
    assert of_today != NOW.year
    times = {
        member.date_time for where, payload in everything(made) if payload[:2] == b"PK" for member in _members(payload)
    }
    assert {time[0] for time in times} <= {NOW.year, 1980}
    assert traces(made, f"{of_today}-") == []


def _members(payload: bytes) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        return archive.infolist()


def test_a_draft_and_a_text_file_tell_nothing_of_the_machine(named_machine: Path) -> None:
    notice = named_machine / "通知.txt"
    notice.write_text((ROOT / "seeds" / "jiangmen-2021.txt").read_text(encoding="utf-8"), encoding="utf-8")
    source = read_document(notice, progress=lambda part, words: None, cancelled=lambda: False, own=lambda status: False)
    text = draft_toml(understood(source), "读稿.toml")
    draft = named_machine / "读稿.toml"
    draft.write_text(text, encoding="utf-8")
    assert "jiangmen" in text or "江门" in text
    kept = write_text_file(named_machine / "记事.txt", "已与办公室联系。", NOW).path
    assert traces(draft, *of_the_machine(named_machine)) == traces(kept, *of_the_machine(named_machine)) == []


def test_a_planted_trace_is_found_wherever_it_is(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", f"<creator>user{MARK}</creator>")
    for at, write in enumerate((
        lambda archive: archive.writestr("a.xlsx", inner.getvalue()),
        lambda archive: archive.writestr(f"{MARK}/a.txt", "甲"),
        lambda archive: setattr(archive, "comment", MARK.encode()),
    )):  # fmt: skip
        path = tmp_path / f"{at}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("b.txt", "乙")
            write(archive)
        assert traces(path, MARK)
